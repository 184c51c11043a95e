"""Who is invited, how they were asked, and what they have answered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brobygget.associations.models import Association, Known
from brobygget.openhouse.models.events import OpenHouse
from brobygget.people.sealed import SealedField


class Invitation(models.Model):
    """One association is invited to one open house, once, with a link of its own for this day and no other."""

    openhouse = models.ForeignKey(OpenHouse, on_delete=models.CASCADE, related_name="invitations")
    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="invitations")
    way = models.CharField(max_length=10, choices=Association.Reach.choices)
    # With the link key (which is no table's) a seed gives link and code again, so that a letter can be printed again.
    seed = models.CharField(max_length=36)
    link_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    opened_on = models.DateField(null=True, blank=True)  # the first day somebody came in with it

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["openhouse", "association"], name="invited_once"),
        ]

    def __str__(self) -> str:
        return f"{self.openhouse_id} {self.association_id}"


class Answer(models.Model):
    """What an association has said, and what it needs if it comes. There is one, whoever presses."""

    class Said(models.TextChoices):
        YES = "yes", pgettext_lazy("invitation", "Yes, we want a place")
        MAYBE = "maybe", pgettext_lazy("invitation", "Maybe, ask us again")
        NO = "no", pgettext_lazy("invitation", "No, not this time")

    class Table(models.TextChoices):
        TABLE = "table", _("A table and chairs")
        OWN = "own", _("We bring our own table")
        FLOOR = "floor", _("Free floor, no table")

    class Noise(models.TextChoices):
        QUIET = "quiet", _("Quiet: one must be able to talk")
        SOME = "some", _("Ordinary voices")
        LOUD = "loud", _("Loud: music, drums, dance")

    class Channel(models.TextChoices):
        LINK = "link", pgettext_lazy("answer", "by the link")
        STAFF = "staff", pgettext_lazy("answer", "told to the staff")

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="answer")
    said = models.CharField(max_length=6, choices=Said.choices)
    said_at = models.DateTimeField()
    wants_since = models.DateTimeField(null=True, blank=True)  # since when it is yes
    kind = models.CharField(max_length=40, blank=True)  # a group of interests, such as g-music
    hands = models.TextField(blank=True)  # what one can try at the table
    open_to_beginners = models.CharField(max_length=10, choices=Known.choices, default=Known.UNKNOWN)
    table = models.CharField(max_length=6, choices=Table.choices, default=Table.TABLE)
    watts = models.PositiveIntegerField(default=0)
    power_for = models.CharField(max_length=120, blank=True)
    noise = models.CharField(max_length=6, choices=Noise.choices, default=Noise.SOME)
    step_free = models.BooleanField(default=False)
    wish = models.TextField(blank=True)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.said}"


class AnswerChange(models.Model):
    """What a question's answer was before somebody wrote something else: two people with one link lose nothing."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=40)
    before = SealedField(default="")  # JSON
    after = SealedField(default="")  # JSON
    at = models.DateTimeField()
    sitting = models.CharField(max_length=36, blank=True)  # which open form wrote it

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.field}"


class Sending(models.Model):
    """Something that an association is told, by which way, and when it went. Mails go from here by the worker."""

    class About(models.TextChoices):
        INVITED = "invited", pgettext_lazy("told", "Invited")
        NUDGED = "nudged", pgettext_lazy("told", "Reminded")
        PLACE = "place", pgettext_lazy("told", "Has a place")
        WAITING = "waiting", pgettext_lazy("told", "On the waiting list")
        CALLED = "called", pgettext_lazy("told", "A place is free")
        PASSED = "passed", pgettext_lazy("told", "The time to answer has passed")
        CALLED_OFF = "called-off", pgettext_lazy("told", "Called off")
        REMINDER = "reminder", pgettext_lazy("told", "When to come and to which table")

    class Way(models.TextChoices):
        MAIL = "mail", pgettext_lazy("sending", "E-mail")
        LETTER = "letter", pgettext_lazy("sending", "Letter")
        CALL = "call", pgettext_lazy("sending", "Telephone")

    class Outcome(models.TextChoices):
        """Of a telephone call."""

        NOBODY = "nobody", pgettext_lazy("call", "Nobody answered")
        TALKED = "talked", pgettext_lazy("call", "We talked")

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="sendings")
    about = models.CharField(max_length=10, choices=About.choices)
    way = models.CharField(max_length=6, choices=Way.choices)
    outcome = models.CharField(max_length=6, choices=Outcome.choices, blank=True)
    to_digest = models.CharField(max_length=64, blank=True)  # a keyed hash: one mail a day, not a list
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True, blank=True)  # the mail server was away, or one mail a day
    sent_at = models.DateTimeField(null=True, blank=True)
    # What a reminder has said, so that those are found who got another table or hour afterwards.
    told_table = models.PositiveSmallIntegerField(null=True, blank=True)
    told_clock = models.TimeField(null=True, blank=True)
    by = models.ForeignKey(
        "people.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["queued_at", "pk"]
        indexes = [
            models.Index(fields=["to_digest", "sent_at"], name="open_house_mail_to"),
            models.Index(
                fields=["queued_at"], condition=models.Q(sent_at=None), name="open_house_mail_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.way}"
