"""Counting in and out, and how it was. Presses add to sums; nobody is registered, and no press is thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands.holding import locked, locked_while_on
from brobygget.openhouse.models import Door, DoorCount, DoorRoom, FaceCount, OpenHouse
from brobygget.openhouse.queries import door as queries

MOST_ROOMS = 20
SUMS = ("adults_in", "children_in", "adults_out", "children_out")


class Full(Refused):
    """As many are inside as may be. The press can be made again, for somebody who is inside already."""


@dataclass(frozen=True)
class Step:
    """What one press adds to the sums; the one that takes back a press adds less than nothing."""

    adults_in: int = 0
    children_in: int = 0
    adults_out: int = 0
    children_out: int = 0

    @property
    def comes(self) -> int:
        """How many more are inside afterwards."""
        return self.adults_in + self.children_in - self.adults_out - self.children_out


STEPS = {
    "adult-in": Step(adults_in=1),
    "child-in": Step(children_in=1),
    "adult-out": Step(adults_out=1),
    "child-out": Step(children_out=1),
    "one-out-one-in": Step(adults_in=1, adults_out=1),
    "adult-in-back": Step(adults_in=-1),
    "child-in-back": Step(children_in=-1),
    "adult-out-back": Step(adults_out=-1),
    "child-out-back": Step(children_out=-1),
}


# -- for those who plan the day ------------------------------------------------------------------------------------
@transaction.atomic
def watch_door(openhouse: OpenHouse, *, room: str) -> Door:
    """Make the two addresses, and a first room with the ordinary fire limit."""
    held = locked_while_on(openhouse.pk)
    door, is_new = Door.objects.get_or_create(openhouse=held)
    if is_new:
        DoorRoom.objects.create(door=door, name=room)
    return door


@transaction.atomic
def add_room(door: Door, *, name: str, most: int) -> DoorRoom:
    """One more room to count people into."""
    locked_while_on(door.openhouse_id)
    if door.rooms.count() >= MOST_ROOMS:
        raise Refused(_("There are %(most)d rooms already; more cannot be watched.") % {"most": MOST_ROOMS})
    _refuse_double(door.rooms.all(), name)
    return DoorRoom.objects.create(door=door, name=name, most=most)


@transaction.atomic
def change_room(room: DoorRoom, *, name: str, most: int) -> None:
    """Another name, or another limit; how many are inside stays."""
    locked_while_on(room.door.openhouse_id)
    _refuse_double(room.door.rooms.exclude(pk=room.pk), name)
    DoorRoom.objects.filter(pk=room.pk).update(name=name, most=most)


@transaction.atomic
def remove_room(room: DoorRoom) -> None:
    """A room where nobody has been counted."""
    locked(room.door.openhouse_id)
    if room.counts.exists():
        raise Refused(_("People have been counted there, and sums are not thrown away."), status=409)
    if room.door.rooms.count() == 1:
        raise Refused(_("The door needs one room. Change its name instead."), status=409)
    DoorRoom.objects.filter(pk=room.pk).delete()


def renew_addresses(door: Door) -> None:
    """Both addresses are new; phones that have the old ones count no more."""
    Door.objects.filter(pk=door.pk).update(generation=F("generation") + 1)


def _refuse_double(others: QuerySet[DoorRoom], name: str) -> None:
    if others.filter(name__iexact=name).exists():
        raise Refused(_("There is a room called %(name)s already. Choose another name.") % {"name": name})


# -- at the door ---------------------------------------------------------------------------------------------------
@transaction.atomic
def press(room: DoorRoom, step: Step, *, pressed_at: datetime, has_happened: bool) -> None:
    """Add one press to the sums of its quarter of an hour.

    `has_happened`: the press comes from a phone that had kept it, or for somebody who is inside already. It is counted
    whatever the limit says, because the number must tell how many are there.
    """
    if step.comes > 0 and not has_happened:
        held = _held(room)
        inside = queries.inside(held, on=pressed_at)
        if inside + step.comes > held.most:
            raise Full(
                ngettext(
                    "It is full: %(inside)d is inside, and not more may be. Wait until somebody goes out.",
                    "It is full: %(inside)d are inside, and not more may be. Wait until somebody goes out.",
                    inside,
                )
                % {"inside": inside},
                status=409,
            )
    if min(step.adults_in, step.children_in, step.adults_out, step.children_out) < 0:
        _take_back(_held(room), step, on=pressed_at)
        return
    begins = quarter_of(pressed_at)
    row = DoorCount.objects.filter(room=room, begins=begins)
    more = {name: F(name) + getattr(step, name) for name in SUMS if getattr(step, name)}
    if not row.update(**more):  # the first of its quarter of an hour
        _held(room)
        DoorCount.objects.get_or_create(room=room, begins=begins)
        row.update(**more)


def _held(room: DoorRoom) -> DoorRoom:
    """The room as it is now, and nobody else looks how many are inside before this press is written.

    Raises DoorRoom.DoesNotExist where somebody has removed it since the press began.
    """
    return DoorRoom.objects.select_for_update().get(pk=room.pk)


def _take_back(room: DoorRoom, step: Step, *, on: datetime) -> None:
    """From the latest quarter of an hour that has one; where there is none, nothing was pressed by mistake."""
    name = next(each for each in SUMS if getattr(step, each) < 0)
    last = queries.counts_on(room, on=on).filter(**{f"{name}__gt": 0}).last()
    if last is not None:
        DoorCount.objects.filter(pk=last.pk).update(**{name: F(name) - 1})


def quarter_of(moment: datetime) -> datetime:
    """When its quarter of an hour began."""
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


@transaction.atomic
def press_face(door: Door, face: str) -> None:
    """One more of these."""
    row = FaceCount.objects.filter(door=door, face=face)
    if not row.update(presses=F("presses") + 1):  # the first of these
        FaceCount.objects.get_or_create(door=door, face=face)
        row.update(presses=F("presses") + 1)
