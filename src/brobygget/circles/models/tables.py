"""Who sits at which table, round after round. A plan belongs to a house; at a circle's evening also to a meeting."""

from __future__ import annotations

from django.db import models

from brobygget.circles.models.evening import Circle, Meeting
from brobygget.house.models import House
from brobygget.people.models import Participant, YearsHere
from brobygget.people.sealed import SealedField


class SpokenLanguage(models.Model):
    """A language that somebody says they can talk in, beside the one they read."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="spoken_languages")
    code = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "code"], name="one_row_a_spoken_language")
        ]

    def __str__(self) -> str:
        return self.code


class TablePlan(models.Model):
    """People, tables and rounds of one gathering."""

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="table_plans")
    # Without a meeting it is a later stage's plan, which says itself who leads it.
    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="table_plan"
    )
    # Without a meeting: the circle whose evenings count as history too. With one it is the meeting's own.
    history_of = models.ForeignKey(
        Circle, on_delete=models.SET_NULL, null=True, blank=True, related_name="plans_that_remember"
    )
    version = models.PositiveIntegerField(default=0)  # every screen of the tables follows it
    minutes_each = models.PositiveSmallIntegerField(default=12)
    seed = models.PositiveBigIntegerField(default=1)
    made_on = models.DateField()  # the day of the gathering, where it is known before
    # Guests come in by a link while it is open; another number closes the links before.
    is_door_open = models.BooleanField(default=False)
    door_generation = models.PositiveSmallIntegerField(default=1)
    # Large plans get better in pieces, each short enough to wait for.
    pieces_left = models.PositiveSmallIntegerField(default=0)
    # How many more meetings one more interpreter would give, found by planning with one; nothing when none is shared.
    one_more_gives = models.PositiveSmallIntegerField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"tables {self.pk}"


class Table(models.Model):
    """A table of the plan; `place` is where it stands, as the leader would say it."""

    plan = models.ForeignKey(TablePlan, on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=60, blank=True)
    first_round = models.PositiveSmallIntegerField(default=1)
    last_round = models.PositiveSmallIntegerField(null=True, blank=True)  # the last one before it broke

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_table_of_a_number")]

    def __str__(self) -> str:
        return f"table {self.number}"


class TableRound(models.Model):
    """One round at the tables. What has begun is never planned again."""

    plan = models.ForeignKey(TablePlan, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_table_round_of_a_number")]

    def __str__(self) -> str:
        return f"round {self.number}"

    @property
    def is_now(self) -> bool:
        """Everybody sits in this round."""
        return self.began_at is not None and self.ended_at is None


class TableGuest(models.Model):
    """Somebody at the tables: a participant, or only what the leader was told to call them this evening."""

    plan = models.ForeignKey(TablePlan, on_delete=models.CASCADE, related_name="guests")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="table_guests"
    )
    alias = SealedField(default="", blank=True)  # of somebody without a phone of their own here
    languages = models.CharField(max_length=120, blank=True)  # codes; empty: as the participant says themself
    years_here = models.CharField(max_length=10, choices=YearsHere.choices, blank=True)
    interprets = models.BooleanField(default=False)
    first_round = models.PositiveSmallIntegerField(default=1)
    last_round = models.PositiveSmallIntegerField(null=True, blank=True)  # 0: was not there after all

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "participant"], name="one_guest_a_participant"),
        ]

    def __str__(self) -> str:
        return f"guest {self.pk}"


class TableSeat(models.Model):
    """Who sits where in a round."""

    round = models.ForeignKey(TableRound, on_delete=models.CASCADE, related_name="seats")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="seats")
    guest = models.ForeignKey(TableGuest, on_delete=models.CASCADE, related_name="seats")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "guest"], name="one_seat_a_round")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.table_id}"


class TableWish(models.Model):
    """The leader's wish for two people, with no room for a why: "at-one 5 8" or "apart 5 8", sealed."""

    plan = models.ForeignKey(TablePlan, on_delete=models.CASCADE, related_name="wishes")
    secret = SealedField()

    def __str__(self) -> str:
        return f"wish {self.pk}"


class TableChange(models.Model):
    """The rounds that were still open before a change, so that it can be told and taken back."""

    plan = models.ForeignKey(TablePlan, on_delete=models.CASCADE, related_name="changes")
    before = models.TextField()  # lines of "round table guest guest ...", numbers of rows; read in one piece

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"change {self.pk}"
