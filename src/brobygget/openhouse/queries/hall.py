"""The day as it goes: what is on, what begins soon, what was moved or called off, and in which languages somebody welcomes now.

Everybody may read all of it. It knows no person: of those who host only the languages, of bookings only that there are any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Min, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from brobygget.associations.rules import may_be_shown
from brobygget.openhouse.models import Booking, HostShift, OpenHouse, Slot
from brobygget.openhouse.plans.programme_hosts import HALF_HOUR
from brobygget.openhouse.queries.programme import comes
from brobygget.web.moments import SWEDEN

SOON = timedelta(minutes=10)
SHOWN = (
    *(field.name for field in Slot._meta.concrete_fields),
    "hall__name",
    "hall__step_free",
    "invitation__association__name",
    "invitation__association__language",
    "invitation__association__status",
    "invitation__association__hidden_on",
    "invitation__association__last_confirmed_on",
    "invitation__association__source_seen_on",
    "invitation__association__created_on",
    "invitation__place__given_at",
    "invitation__place__given_up_at",
)
CHANGES_SHOWN = timedelta(hours=2)  # before and after what was changed would have begun


def slots_for_everybody(openhouse: OpenHouse, *, on: date) -> list[Slot]:
    """The house's own, and those of associations that come and are shown: one query, and only what pages show."""
    seats = Booking.objects.filter(slot=OuterRef("pk")).order_by().values("slot").annotate(sum=Sum("seats"))
    found = openhouse.slots.annotate(booked=Coalesce(Subquery(seats.values("sum")), "booked_then", 0))
    found = found.select_related("hall", "invitation__association", "invitation__place").only(*SHOWN)
    return [one for one in found.order_by("starts", "ends", "pk") if _is_shown(one, on=on)]


def _is_shown(slot: Slot, *, on: date) -> bool:
    if slot.invitation is None:
        return True
    return comes(slot) and may_be_shown(slot.invitation.association, on=on)


@dataclass(frozen=True)
class Going:
    """The programme by the clock."""

    now: list[Slot]
    soon: list[Slot]  # begins within ten minutes
    later: list[Slot]
    been: list[Slot]

    @property
    def next(self) -> list[Slot]:
        """What begins at the next hour, where nothing begins soon."""
        return [one for one in self.later if one.starts == self.later[0].starts]


def going_of(slots: Sequence[Slot], *, at: datetime) -> Going:
    """Where each slot stands. What is called off is never on, and never begins."""
    happen = [one for one in slots if one.called_off_at is None]
    return Going(
        now=[one for one in happen if one.starts_at <= at < one.ends_at],
        soon=[one for one in happen if at < one.starts_at <= at + SOON],
        later=[one for one in happen if one.starts_at > at + SOON],
        been=[one for one in happen if one.ends_at <= at],
    )


@dataclass(frozen=True)
class Changed:
    """Something that people have seats for and that is not as they know it."""

    slot: Slot
    was: datetime  # when it would have begun
    is_off: bool

    @property
    def is_moved_in_time(self) -> bool:
        """Otherwise it has another room."""
        return not self.is_off and self.was != self.slot.starts_at


def changed_in(openhouse: OpenHouse, slots: Sequence[Slot], *, at: datetime) -> list[Changed]:
    """What to tell a hall about just now: at most one query."""
    booked = Booking.objects.filter(slot__openhouse=openhouse).exclude(version=F("slot__version"))
    was = dict(booked.values("slot").annotate(was=Min("starts_at")).values_list("slot", "was"))
    found = []
    for one in slots:
        is_off = one.called_off_at is not None
        before = was.get(one.pk, one.starts_at if is_off else None)
        if before is not None and min(before, one.starts_at) - CHANGES_SHOWN <= at < _end(one, before):
            found.append(Changed(one, before.astimezone(SWEDEN), is_off))
    return found


def _end(slot: Slot, before: datetime) -> datetime:
    """Until somebody who has not heard of it would give up waiting, or has found the new hour."""
    return max(before + (slot.ends_at - slot.starts_at), before if slot.called_off_at else slot.ends_at)


# -- who welcomes --------------------------------------------------------------------------------------------------
def languages_now(openhouse: OpenHouse, *, at: datetime) -> list[str]:
    """The languages of those who host in this half-hour: one query, and never who."""
    clock = at.astimezone(SWEDEN)
    if clock.date() != openhouse.day:
        return []
    begins = clock.time().replace(minute=clock.minute // HALF_HOUR * HALF_HOUR, second=0, microsecond=0)
    shifts = HostShift.objects.filter(host__openhouse=openhouse, starts=begins).order_by("host")
    rows = shifts.values_list("host__languages", flat=True)
    return list(dict.fromkeys(code for row in rows for code in row.split(",") if code))
