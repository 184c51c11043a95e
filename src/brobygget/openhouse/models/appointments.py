"""Meetings by appointment: when there are any, what a phone or a slip has wished, and who meets whom when.

No row tells who wished: there is no name, no way to reach anybody and no participant, only a random number that stands
on a phone or on paper. All of it but the sums is gone two days after the day.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import pgettext_lazy

from brobygget.openhouse.models.events import OpenHouse
from brobygget.openhouse.models.invitations import Invitation
from brobygget.web.moments import SWEDEN


class AppointmentPlan(models.Model):
    """Between which hours, how long each meeting is, and how the timetable came out."""

    openhouse = models.OneToOneField(OpenHouse, on_delete=models.CASCADE, related_name="appointment_plan")
    starts = models.TimeField()
    ends = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    pause = models.PositiveSmallIntegerField(default=0)  # minutes between two meetings
    at_once = models.PositiveSmallIntegerField(
        default=1
    )  # visitors in a meeting, unless the association says
    choose_by = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)  # somebody waits for the worker to make it
    asks_for_all = models.BooleanField(default=False)  # from the start, also what is told
    made_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)  # goes up with every change of who meets whom
    # How the latest timetable came out; what is left when everything else is forgotten.
    visitors = models.PositiveIntegerField(default=0)
    served = models.PositiveIntegerField(default=0)
    most_served = models.PositiveIntegerField(default=0)  # no timetable serves more
    meetings = models.PositiveIntegerField(default=0)
    share = models.FloatField(default=1.0)  # of the usefulness that no timetable surpasses

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="appointments_begin_before_they_end"
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, at_once__gte=1), name="an_appointment_has_room"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.openhouse_id} {self.starts}-{self.ends}"

    @property
    def closes_at(self) -> datetime:
        """Until when visitors choose: never longer than until the first meeting, also when the day was moved."""
        return min(self.choose_by, datetime.combine(self.openhouse.day, self.starts, tzinfo=SWEDEN))


class AppointmentHost(models.Model):
    """What an association has said about its own meetings; without a row it takes part as the plan says."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="appointment_host")
    declined_on = models.DateField(null=True, blank=True)
    at_once = models.PositiveSmallIntegerField(null=True, blank=True)
    # Times when nobody of them can sit down: "13:00-13:20,14:00-14:20"; read in one piece.
    away = models.TextField(blank=True)
    cause = models.CharField(max_length=30, blank=True)  # why nobody comes, by the latest timetable

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(at_once=None) | models.Q(at_once__gte=1), name="a_host_has_room"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitation_id}"


class VisitWish(models.Model):
    """What one phone, or one slip of paper, has wished for."""

    class Channel(models.TextChoices):
        PHONE = "phone", pgettext_lazy("wish", "On a phone")
        PAPER = "paper", pgettext_lazy("wish", "On paper")

    # Random, so that the order of the rows tells nothing of who came first.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    openhouse = models.ForeignKey(OpenHouse, on_delete=models.CASCADE, related_name="visit_wishes")
    # With the link key (which is no table's) a seed gives the phone's secret and the code again.
    seed = models.CharField(max_length=64)
    token_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64, unique=True)
    number = models.PositiveSmallIntegerField()  # what the association calls them by; drawn, opens nothing
    channel = models.CharField(max_length=6, choices=Channel.choices)
    comes = models.TimeField()
    leaves = models.TimeField()
    most = models.PositiveSmallIntegerField()  # meetings
    languages = models.CharField(max_length=200, blank=True)  # ",ar,sv,"; may be left out
    version = models.PositiveSmallIntegerField(default=1)  # two phones with one code
    cause = models.CharField(max_length=30, blank=True)  # why there is no meeting, by the latest timetable
    would_help = models.CharField(max_length=200, blank=True)  # invitations where one more place would do

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["openhouse", "number"], name="each_number_once"),
            models.CheckConstraint(condition=models.Q(leaves__gt=models.F("comes")), name="comes_and_leaves"),
            models.CheckConstraint(condition=models.Q(most__gte=1, most__lte=4), name="one_to_four_meetings"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def language_codes(self) -> list[str]:
        """The languages that were named."""
        return [code for code in self.languages.split(",") if code]


class WishedInterest(models.Model):
    """One of at most five pictures, the dearest first."""

    # Random, as the wish itself: rows in the order of the presses would tell who came when.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wish = models.ForeignKey(VisitWish, on_delete=models.CASCADE, related_name="interests")
    interest = models.CharField(max_length=40)  # an activity, or a whole group
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["wish", "interest"], name="each_wished_interest_once"),
        ]

    def __str__(self) -> str:
        return self.interest


class Appointment(models.Model):
    """One visitor sits down with one association."""

    wish = models.ForeignKey(VisitWish, on_delete=models.CASCADE, related_name="appointments")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="appointments")
    starts = models.TimeField()
    ends = models.TimeField()
    interest = models.CharField(max_length=40)  # which of the pictures led here
    is_same_kind = models.BooleanField(default=False)  # another activity of that picture's group
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["starts", "invitation_id", "wish__number"]
        constraints = [
            models.UniqueConstraint(fields=["wish", "invitation"], name="each_association_once"),
            models.UniqueConstraint(fields=["wish", "starts"], name="in_one_place_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="an_appointment_lasts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wish_id} {self.invitation_id} {self.starts}"
