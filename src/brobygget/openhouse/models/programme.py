"""What happens at which hour: what one can try and has a seat for, what is on the stage, and who hosts in which language."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import pgettext_lazy

from brobygget.openhouse.models.events import OpenHouse
from brobygget.openhouse.models.floor import Hall
from brobygget.openhouse.models.invitations import Invitation
from brobygget.web.moments import SWEDEN


class Slot(models.Model):
    """Something to try, for so many at a time, or something on the stage, for whoever is there."""

    class Kind(models.TextChoices):
        TRY = "try", pgettext_lazy("programme", "Something to try")
        STAGE = "stage", pgettext_lazy("programme", "On the stage")

    class Changing(models.TextChoices):
        """Where one changes clothes: what keeps people away is not to know."""

        NOT_SAID = "", pgettext_lazy("changing", "Nobody has said yet")
        NONE = "none", pgettext_lazy("changing", "Come as you are")
        ROOM = "room", pgettext_lazy("changing", "There is a room to change in")
        SHOWER = "shower", pgettext_lazy("changing", "There is a room to change in, and a shower")

    openhouse = models.ForeignKey(OpenHouse, on_delete=models.CASCADE, related_name="slots")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    title = models.CharField(max_length=80)  # in the language of the open house
    # Whose it is; nobody's is the house's own.
    invitation = models.ForeignKey(
        Invitation, on_delete=models.CASCADE, null=True, blank=True, related_name="slots"
    )
    hall = models.ForeignKey(Hall, on_delete=models.SET_NULL, null=True, blank=True, related_name="slots")
    place = models.CharField(max_length=120, blank=True)  # in the hall, or where there is no hall
    starts = models.TimeField()
    ends = models.TimeField()
    capacity = models.PositiveSmallIntegerField(default=0)  # seats to book; nothing on the stage is booked
    is_loud = models.BooleanField(default=False)
    needs_floor = models.BooleanField(default=False)  # free floor: for dance, gymnastics
    languages = models.CharField(max_length=200, blank=True)  # it is shown and told in: ",sv,ar,"
    changing = models.CharField(max_length=6, choices=Changing.choices, blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    bring = models.CharField(max_length=200, blank=True)  # what to wear or to have with one
    called_off_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)  # of hour and room: phones and calendars follow
    booked_then = models.PositiveSmallIntegerField(null=True, blank=True)  # when the bookings were forgotten

    class Meta:
        ordering = ["starts", "ends", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="slot_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="stage", capacity=0) | models.Q(kind="try", capacity__gte=1),
                name="seats_to_try_and_none_on_the_stage",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        return datetime.combine(self.openhouse.day, self.starts, tzinfo=SWEDEN)

    @property
    def ends_at(self) -> datetime:
        """When it is meant to end."""
        return datetime.combine(self.openhouse.day, self.ends, tzinfo=SWEDEN)

    @property
    def language_codes(self) -> list[str]:
        """The languages in which it is shown."""
        return [code for code in self.languages.split(",") if code]


class Booking(models.Model):
    """So many seats for somebody who showed a code or keeps it on a phone. It names nobody, and nothing else is kept."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="bookings")
    seats = models.PositiveSmallIntegerField()
    # The code follows from seed and link key (which is no table's); the phone's cookie lies here as a hash.
    seed = models.CharField(max_length=36)
    code_digest = models.CharField(max_length=64, unique=True)
    browser_digest = models.CharField(max_length=64, blank=True)  # empty: on paper
    # What was booked, so that the phone can say when it was moved.
    starts_at = models.DateTimeField()
    version = models.PositiveIntegerField()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "browser_digest"],
                condition=~models.Q(browser_digest=""),
                name="one_booking_for_each_phone",
            ),
            models.CheckConstraint(condition=models.Q(seats__gte=1, seats__lte=4), name="one_to_four_seats"),
        ]
        indexes = [models.Index(fields=["browser_digest"], name="open_house_bookings_kept")]

    def __str__(self) -> str:
        return f"{self.slot_id} {self.seats}"


class LanguageHost(models.Model):
    """Somebody who welcomes in their languages: of the circle by alias, of the staff, or a short name made for the day."""

    openhouse = models.ForeignKey(OpenHouse, on_delete=models.CASCADE, related_name="language_hosts")
    alias = models.CharField(max_length=30, blank=True)
    participant = models.ForeignKey(
        "people.Participant", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    account = models.ForeignKey(
        "people.Account", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    languages = models.CharField(max_length=200)  # ",ar,sv,"
    comes = models.TimeField(null=True, blank=True)  # can be there from, where it is not the whole day
    goes = models.TimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(alias="", participant__isnull=False, account__isnull=True)
                | models.Q(alias="", participant__isnull=True, account__isnull=False)
                | (~models.Q(alias="") & models.Q(participant__isnull=True, account__isnull=True)),
                name="a_host_is_somebody",
            ),
            models.UniqueConstraint(fields=["openhouse", "participant"], name="hosts_once_of_the_circle"),
            models.UniqueConstraint(fields=["openhouse", "account"], name="hosts_once_of_the_staff"),
        ]

    def __str__(self) -> str:
        return f"host {self.pk}"

    @property
    def language_codes(self) -> list[str]:
        """What they welcome in."""
        return [code for code in self.languages.split(",") if code]


class HostShift(models.Model):
    """A half-hour in which somebody hosts."""

    host = models.ForeignKey(LanguageHost, on_delete=models.CASCADE, related_name="shifts")
    starts = models.TimeField()

    class Meta:
        ordering = ["starts", "pk"]
        constraints = [models.UniqueConstraint(fields=["host", "starts"], name="each_half_hour_once")]

    def __str__(self) -> str:
        return f"{self.host_id} {self.starts:%H:%M}"
