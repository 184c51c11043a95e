"""“I want to try”: who has raised a hand, as they choose to be called, and towards which associations.

A visitor has no row before the first hand. What they tell is sealed, the keys are random, nothing is dated finer than
the day, and ninety days after the open house only sums are left.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brobygget.openhouse.models.events import OpenHouse
from brobygget.openhouse.models.invitations import Invitation
from brobygget.people.sealed import SealedField


class Visitor(models.Model):
    """Somebody who wants to try something: what every association gets to whom they raise their hand."""

    class Way(models.TextChoices):
        """How they are reached; all three are as ordinary."""

        RECEPTION = "reception", _("I pick up answers at the reception, with a code")
        MESSAGE = "message", _("Message to a number")
        CALL = "call", _("Call to a number")

    class Years(models.TextChoices):
        """Only as coarse as the sums need it."""

        NEW = "new", _("Three years or less")
        LONG = "long", pgettext_lazy("years", "Longer")
        UNSAID = "", _("I would rather not say")

    # Random, so that the order of the rows tells nothing of who came first.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    openhouse = models.ForeignKey(OpenHouse, on_delete=models.CASCADE, related_name="visitors")
    # With the link key (which is no table's) a seed gives the phone's secret and the code again.
    seed = models.CharField(max_length=64)
    token_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64, unique=True)
    number = models.PositiveSmallIntegerField()  # what they are called without an alias; drawn, opens nothing
    alias = SealedField(default="", blank=True)
    spoken = SealedField(default="", blank=True)  # the code of a language
    way = models.CharField(max_length=9, choices=Way.choices, default=Way.RECEPTION)
    telephone = SealedField(default="", blank=True)
    years = models.CharField(max_length=4, choices=Years.choices, default=Years.UNSAID, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["openhouse", "number"], name="each_visitor_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Handover(models.Model):
    """One hand raised towards one association: it may see the visitor's row, and nobody else's association may."""

    class Channel(models.TextChoices):
        PHONE = "phone", pgettext_lazy("hand", "On the visitor's phone")
        STAND = "stand", pgettext_lazy("hand", "At the stand")
        PAPER = "paper", pgettext_lazy("hand", "On paper, written in afterwards")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="handovers")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="handovers")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    wish = SealedField(default="", blank=True)
    reply = SealedField(default="", blank=True)  # waits at the reception

    class Meta:
        ordering = ["visitor__number"]
        constraints = [
            models.UniqueConstraint(fields=["visitor", "invitation"], name="one_hand_each"),
        ]

    def __str__(self) -> str:
        return f"{self.visitor_id} {self.invitation_id}"

    @property
    def is_on_paper(self) -> bool:
        """Whether somebody has written it in from a slip."""
        return self.channel == self.Channel.PAPER


class HandSums(models.Model):
    """How many hands there were: all that is left when the visitors are forgotten."""

    openhouse = models.OneToOneField(OpenHouse, on_delete=models.CASCADE, related_name="hand_sums")
    people = models.PositiveIntegerField(default=0)
    hands = models.PositiveIntegerField(default=0)
    associations = models.PositiveIntegerField(default=0)  # to which at least one was raised
    on_paper = models.PositiveIntegerField(default=0)
    by_message = models.PositiveIntegerField(default=0)
    by_call = models.PositiveIntegerField(default=0)
    by_reception = models.PositiveIntegerField(default=0)
    new_here = models.PositiveIntegerField(default=0)
    long_here = models.PositiveIntegerField(default=0)
    years_unsaid = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.openhouse_id} {self.hands}"
