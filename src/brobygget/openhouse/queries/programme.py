"""The programme of a day: its slots with how many are booked, what conflicts, and what everybody may read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from brobygget.openhouse.models import Answer, Booking, Gathering, Invitation, OpenHouse, Position, Slot
from brobygget.openhouse.plans.programme_conflicts import (
    TALK,
    Conflict,
    Going,
    conflicts_in,
    minutes_of,
    times_that_fit,
)
from brobygget.openhouse.queries.places import have_places


def with_booked(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    """Slots in the order of the clock with how many seats are booked (`booked`), their association and hall: one query."""
    found = slots.annotate(booked=Coalesce(Sum("bookings__seats"), "booked_then", 0))
    found = found.select_related("invitation__association", "invitation__place", "hall", "openhouse__house")
    return found.order_by("starts", "ends", "pk")  # what is summed up has no order of its own


def booked_of(slot: Slot) -> int:
    """How many seats are booked, by what `with_booked` found."""
    return int(getattr(slot, "booked", 0))


def free_of(slot: Slot) -> int:
    """How many seats are left."""
    return max(slot.capacity - booked_of(slot), 0)


def comes(slot: Slot) -> bool:
    """Whether there is somebody to hold it: the house always is."""
    if slot.invitation is None:
        return True
    place = getattr(slot.invitation, "place", None)
    return place is not None and place.has_place


def slots_of(openhouse: OpenHouse) -> list[Slot]:
    """All of them in the order of the clock: one query."""
    return list(with_booked(openhouse.slots.all()))


# -- for those who plan --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Day:
    """Everything that conflicts are found in."""

    openhouse: OpenHouse
    slots: list[Slot]
    gatherings: list[Gathering]
    with_floor: frozenset[int]
    knows_floor: bool

    @property
    def opens(self) -> int:
        """Minutes from midnight."""
        return minutes_of(self.openhouse.starts)

    @property
    def closes(self) -> int:
        """Minutes from midnight."""
        return minutes_of(self.openhouse.ends)

    @property
    def tries(self) -> list[Slot]:
        """What one can book and that happens."""
        return [one for one in self.slots if one.kind == Slot.Kind.TRY and one.called_off_at is None]

    @property
    def seats(self) -> int:
        """In all."""
        return sum(one.capacity for one in self.tries)

    @property
    def booked(self) -> int:
        """Of them."""
        return sum(booked_of(one) for one in self.tries)


def day_of(openhouse: OpenHouse) -> Day:
    """In three queries."""
    rows = Position.objects.filter(openhouse=openhouse, has_floor=True).values_list("hall_id", flat=True)
    floors = frozenset(rows)
    return Day(
        openhouse=openhouse,
        slots=slots_of(openhouse),
        gatherings=list(openhouse.gatherings.all()),
        with_floor=floors,
        knows_floor=bool(floors),
    )


def _going(day: Day) -> list[Going]:
    halls = {one.hall_id: one.hall.name.casefold() for one in day.slots if one.hall is not None}
    return [
        *(going_of(one) for one in day.slots if one.called_off_at is None),
        *(_talk(one, halls) for one in day.gatherings),
    ]


def going_of(slot: Slot) -> Going:
    """A slot as conflicts look at it."""
    return Going(
        key=slot.pk,
        kind=slot.kind,
        starts=minutes_of(slot.starts),
        ends=minutes_of(slot.ends),
        association=slot.invitation_id,
        hall=slot.hall_id,
        room=" ".join(slot.place.casefold().split()),
        is_loud=slot.is_loud,
        needs_floor=slot.needs_floor,
        capacity=slot.capacity,
        booked=booked_of(slot),
        has_place=comes(slot),
    )


def _talk(one: Gathering, halls: dict[int | None, str]) -> Going:
    """A time at the tables. It says in words where it is; a hall's name among them tells the hall."""
    words = " ".join(one.place.casefold().split())
    named = [hall for hall, name in halls.items() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)]
    return Going(
        key=one.pk,
        kind=TALK,
        starts=minutes_of(one.starts),
        ends=minutes_of(one.ends),
        hall=named[0] if len(named) == 1 else None,
        room=words,
    )


def conflicts_of(day: Day) -> list[Conflict]:
    """What does not go together."""
    return conflicts_in(
        _going(day), opens=day.opens, closes=day.closes, with_floor=day.with_floor, halls=day.knows_floor
    )


def other_times(day: Day, slot: Slot) -> list[int]:
    """When a slot could begin instead without meeting anything, as minutes from midnight."""
    going = _going(day)
    one = next((each for each in going if each.kind != TALK and each.key == slot.pk), None)
    if one is None:
        return []
    return [
        start
        for start in times_that_fit(one, going, opens=day.opens, closes=day.closes)
        if start != one.starts
    ]


def to_offer(openhouse: OpenHouse) -> list[Invitation]:
    """Associations that come, have written what one can try, and have no slot yet: one query."""
    found = have_places(openhouse).exclude(answer__hands="").annotate(slot_count=Count("slots"))
    return list(found.filter(slot_count=0))


def may_hold(openhouse: OpenHouse) -> list[Invitation]:
    """Whose a slot can be: those that come."""
    return list(have_places(openhouse))


def starting_text(invitation: Invitation) -> dict[str, object]:
    """What an association has said already, as the first words of its slot."""
    answer, association = invitation.answer, invitation.association
    stand = getattr(invitation, "stand", None)
    return {
        "title": answer.hands[:80],
        "association": str(invitation.pk),
        "is_loud": answer.noise == Answer.Noise.LOUD,
        "needs_floor": answer.table == Answer.Table.FLOOR,
        "languages": association.language_codes,
        "minimum_age": association.minimum_age,
        "maximum_age": association.maximum_age,
        "hall": str(stand.position.hall_id) if stand is not None else "",
    }


# -- for everybody -------------------------------------------------------------------------------------------------
def shown_slots(openhouse: OpenHouse, *, named: set[int]) -> list[Slot]:
    """What everybody may read: the house's own, and those of the associations that are shown. One query."""
    return [one for one in slots_of(openhouse) if one.invitation_id is None or one.invitation_id in named]


def with_room(slots: Sequence[Slot], *, besides: Slot) -> list[Slot]:
    """What else has seats left, the nearest in time first."""
    near = minutes_of(besides.starts)
    found = [
        one
        for one in slots
        if one.pk != besides.pk and one.kind == Slot.Kind.TRY and one.called_off_at is None and free_of(one)
    ]
    return sorted(found, key=lambda one: (abs(minutes_of(one.starts) - near), one.starts, one.pk))


def of_association(invitation: Invitation) -> list[Slot]:
    """An association's own, with how many are booked: one query."""
    return list(with_booked(invitation.slots.all()))


# -- bookings ------------------------------------------------------------------------------------------------------
def bookings_of_phone(openhouse: OpenHouse, phone: str) -> list[Booking]:
    """What this phone keeps for the day, in the order of the clock: one query."""
    if not phone:
        return []
    found = Booking.objects.filter(slot__openhouse=openhouse, browser_digest=phone)
    return list(
        found.select_related(
            "slot__openhouse__house", "slot__hall", "slot__invitation__association", "slot__invitation__place"
        ).order_by("slot__starts", "slot__ends", "pk")
    )


def at_once(bookings: Sequence[Booking]) -> list[tuple[Booking, Booking]]:
    """Pairs that go on at the same time."""
    happen = [one for one in bookings if one.slot.called_off_at is None]
    return [
        (one, other)
        for place, one in enumerate(happen)
        for other in happen[place + 1 :]
        if one.slot.starts < other.slot.ends and other.slot.starts < one.slot.ends
    ]
