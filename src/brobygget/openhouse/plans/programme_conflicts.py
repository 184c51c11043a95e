"""What cannot go together in a day's programme: two at once, music beside talk, no time to breathe. Codes, no prose.

Times are half open: what ends at one and what begins at one do not meet. Nothing here is forbidden; it is named, so that
somebody decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Literal

TRY, STAGE, TALK = "try", "stage", "talk"
BREATH = 10  # minutes between two on the stage: off, on, and the hall hears itself again
STEP = 15  # minutes between the times that are tried for another hour

Code = Literal[
    "two_places",
    "one_room",
    "two_on_stage",
    "no_breath",
    "beside_talk",
    "outside",
    "no_place",
    "overbooked",
    "no_room",
    "no_floor",
]


@dataclass(frozen=True)
class Going:
    """A slot, or a time at the tables, as far as conflicts look at it. Clocks are minutes from midnight."""

    key: int
    kind: str
    starts: int
    ends: int
    association: int | None = None
    hall: int | None = None
    room: str = ""  # in words, within the hall where there is one
    is_loud: bool = False
    needs_floor: bool = False
    capacity: int = 0
    booked: int = 0
    has_place: bool = True  # its association comes

    @property
    def disturbs(self) -> bool:
        """Whether one cannot talk beside it."""
        return self.kind == STAGE or (self.kind == TRY and self.is_loud)


@dataclass(frozen=True, order=True)
class Conflict:
    """What does not go together: one slot, or one and another (`at_tables`: the other is a time at the tables)."""

    code: Code
    slot: int
    other: int | None = None
    at_tables: bool = False

    def is_about(self, slot: int) -> bool:
        """Whether this slot would have to give."""
        return slot == self.slot or (slot == self.other and not self.at_tables)


def minutes_of(clock: time) -> int:
    """Minutes from midnight."""
    return clock.hour * 60 + clock.minute


def clock_of(minutes: int) -> time:
    """And back."""
    return time(*divmod(minutes, 60))


def conflicts_in(
    going: Iterable[Going], *, opens: int, closes: int, with_floor: Iterable[int] = (), halls: bool = False
) -> list[Conflict]:
    """Every conflict of a day, in the order of the clock.

    `with_floor`: halls that have free floor. `halls`: whether the house has said where its free floor is at all; before
    that nobody is told that there is none.
    """
    ordered = sorted(going, key=lambda one: (one.starts, one.ends, one.kind == TALK, one.key))
    floors = frozenset(with_floor)
    found = [
        conflict
        for one in ordered
        if one.kind != TALK
        for conflict in _alone(one, opens, closes, floors if halls else None)
    ]
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.starts >= one.ends + BREATH:
                break
            found += _between(one, other)
    clocks = {(one.kind == TALK, one.key): (one.starts, one.key) for one in ordered}
    return sorted(found, key=lambda each: (clocks[False, each.slot], each))


def _alone(one: Going, opens: int, closes: int, floors: frozenset[int] | None) -> Iterable[Conflict]:
    if one.starts < opens or one.ends > closes:
        yield Conflict("outside", one.key)
    if not one.has_place:
        yield Conflict("no_place", one.key)
    if one.booked > one.capacity:
        yield Conflict("overbooked", one.key)
    if one.hall is None and not one.room:
        yield Conflict("no_room", one.key)
    if floors is not None and one.needs_floor and one.hall is not None and one.hall not in floors:
        yield Conflict("no_floor", one.key)


def _between(one: Going, other: Going) -> Iterable[Conflict]:
    """Of two that meet, or nearly: `one` begins first, or at the same time."""
    if one.kind == TALK and other.kind == TALK:
        return
    if TALK in (one.kind, other.kind):
        slot, talk = (other, one) if one.kind == TALK else (one, other)
        if _meet(one, other) and slot.disturbs and _may_be_near(slot, talk):
            yield Conflict("beside_talk", slot.key, talk.key, at_tables=True)
        return
    if not _meet(one, other):
        if one.kind == other.kind == STAGE:
            yield Conflict("no_breath", one.key, other.key)
        return
    if one.association is not None and one.association == other.association:
        yield Conflict("two_places", one.key, other.key)
    if one.kind == other.kind == STAGE:
        yield Conflict("two_on_stage", one.key, other.key)
    elif _one_room(one, other):
        yield Conflict("one_room", one.key, other.key)


def _meet(one: Going, other: Going) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _one_room(one: Going, other: Going) -> bool:
    """The same hall, unless both say where in it and say different things; without halls, the same words."""
    if one.hall != other.hall:
        return False
    if one.hall is None:
        return bool(one.room) and one.room == other.room
    return not one.room or not other.room or one.room == other.room


def _may_be_near(slot: Going, talk: Going) -> bool:
    """Another hall is far enough away; where one of the two is, is not always said, and then nobody can promise that."""
    return slot.hall is None or talk.hall is None or slot.hall == talk.hall


def times_that_fit(one: Going, others: Sequence[Going], *, opens: int, closes: int) -> list[int]:
    """When it could begin instead, so that it meets nothing: every quarter of an hour while the doors are open."""
    long = one.ends - one.starts
    around = [other for other in others if other.kind == TALK or other.key != one.key]
    first = -(-opens // STEP) * STEP
    return [
        start
        for start in range(first, closes - long + 1, STEP)
        if not any(
            each.other is not None
            for each in _with_each(replace(one, starts=start, ends=start + long), around)
        )
    ]


def _with_each(one: Going, others: Sequence[Going]) -> Iterable[Conflict]:
    for other in others:
        first, second = sorted((one, other), key=lambda each: (each.starts, each.ends))
        if second.starts < first.ends + BREATH:
            yield from _between(first, second)
