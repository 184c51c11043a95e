"""Stamp cards: how many were given and handed in, and the draw.

The stamps themselves lie sealed on the visitor's phone, or on paper, and in no table. A row of a card says that there
is one and which number it has in the draw: not whose it is, from which tables, or when. All of it but the sums is gone
two days after the day.
"""

from __future__ import annotations

import uuid

from django.db import models

from brobygget.openhouse.models.events import OpenHouse
from brobygget.openhouse.models.invitations import Invitation


class TableCode(models.Model):
    """The code on an association's table has been renewed; without a row it is still the first one."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="table_code")
    generation = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.generation}"


class StampSums(models.Model):
    """What is left when the cards are forgotten."""

    openhouse = models.OneToOneField(OpenHouse, on_delete=models.CASCADE, related_name="stamp_sums")
    by_code = models.PositiveIntegerField(default=0)  # cards given
    on_paper = models.PositiveIntegerField(default=0)  # cards given, as the desk has counted them
    handed_in = models.PositiveIntegerField(default=0)
    stamps = models.PositiveIntegerField(default=0)  # on the cards that were handed in

    def __str__(self) -> str:
        return f"{self.openhouse_id} {self.handed_in}"


class StampCard(models.Model):
    """A card: on a phone since its first stamp, on paper since it was handed in."""

    # Random, so that the order of the rows tells nothing of who came first.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    openhouse = models.ForeignKey(OpenHouse, on_delete=models.CASCADE, related_name="stamp_cards")
    digest = models.CharField(max_length=64, blank=True)  # of the phone's secret; empty on paper
    number = models.PositiveSmallIntegerField(null=True)  # in the draw, since it was handed in

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["openhouse", "number"], name="each_card_number_once"),
            models.UniqueConstraint(
                fields=["digest"], condition=~models.Q(digest=""), name="each_card_of_a_phone_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(digest="") | models.Q(number__isnull=False),
                name="a_card_is_on_a_phone_or_in_the_box",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or ''}"


class StampDraw(models.Model):
    """The draw: which numbers were in the box and what was called out, from which everybody can find the order again."""

    openhouse = models.OneToOneField(OpenHouse, on_delete=models.CASCADE, related_name="stamp_draw")
    said = models.CharField(max_length=20)  # digits that the room called out, or that were drawn
    box = models.TextField()  # the numbers of all cards, "1041,2093,..."; read in one piece
    prizes = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.openhouse_id} {self.said}"

    @property
    def numbers(self) -> list[int]:
        """Every number that was in the box."""
        return [int(one) for one in self.box.split(",") if one]
