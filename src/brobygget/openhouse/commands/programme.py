"""The programme: slots added, moved, called off. What conflicts is saved all the same and named; see plans/."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.associations.models import Association
from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands.holding import locked, locked_while_on
from brobygget.openhouse.models import Hall, Invitation, OpenHouse, Slot

MOST_SLOTS = 300
# What a phone that has booked has to hear of.
TOLD = ("starts", "ends", "hall", "place")


@dataclass(frozen=True)
class SlotFacts:
    """What is decided about a slot."""

    kind: str
    title: str
    starts: time
    ends: time
    invitation: Invitation | None = None
    hall: Hall | None = None
    place: str = ""
    capacity: int = 0
    is_loud: bool = False
    needs_floor: bool = False
    languages: Iterable[str] = ()
    changing: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    bring: str = ""

    def columns(self) -> dict[str, Any]:
        """As the table has them. Nobody books what is on the stage."""
        columns = {**vars(self), "languages": Association.languages_of(self.languages)}
        if self.kind == Slot.Kind.STAGE:
            columns["capacity"] = 0
        return columns


@transaction.atomic
def add_slot(openhouse: OpenHouse, *, facts: SlotFacts) -> Slot:
    """One more."""
    held = locked_while_on(openhouse.pk)
    if held.slots.count() >= MOST_SLOTS:
        raise Refused(
            _("There is room for %(most)d times in one day's programme. Take one away first.")
            % {"most": MOST_SLOTS}
        )
    return Slot.objects.create(openhouse=held, **facts.columns())


@transaction.atomic
def change_slot(slot: Slot, *, facts: SlotFacts) -> Slot:
    """Other facts. Another hour or room is a new version, so that phones and calendars say that it was moved."""
    locked_while_on(slot.openhouse_id)
    slot = Slot.objects.get(pk=slot.pk)
    if facts.kind == Slot.Kind.STAGE and slot.bookings.exists():
        raise Refused(
            _("Seats are booked here, and on the stage there are none. Call it off first."), status=409
        )
    columns = facts.columns()
    if any(columns[name] != getattr(slot, name) for name in TOLD):
        slot.version += 1
    for name, value in columns.items():
        setattr(slot, name, value)
    slot.save()
    return slot


@transaction.atomic
def call_off_slot(slot: Slot, *, is_off: bool, at: datetime) -> Slot:
    """It does not happen, or does after all. The phones that have booked say so."""
    locked_while_on(slot.openhouse_id)
    slot = Slot.objects.get(pk=slot.pk)
    if is_off != (slot.called_off_at is not None):
        slot.called_off_at = at if is_off else None
        slot.version += 1
        slot.save(update_fields=["called_off_at", "version"])
    return slot


@transaction.atomic
def remove_slot(slot: Slot) -> None:
    """It was not to be; only as long as nobody has booked, who would come for nothing."""
    locked(slot.openhouse_id)
    if slot.bookings.exists():
        raise Refused(_("Seats are booked here. Call it off instead: then the phones say so."), status=409)
    Slot.objects.filter(pk=slot.pk).delete()
