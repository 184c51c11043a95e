"""The door to the engine: the floor to tables, stands and circuits, and back. Codes come out; pages make sentences."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from itertools import combinations
from math import ceil
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from brobygget.engine import matching, placing
from brobygget.openhouse.findings import (
    Arranged,
    Fault,
    Judgement,
    Meeting,
    NoFloor,
    Placed,
    Spot,
    Spots,
    Unmet,
    Weighed,
)
from brobygget.openhouse.models import Appointment, Position
from brobygget.openhouse.plans.slots import Slot
from brobygget.openhouse.queries.appointments import Host, MeetingDay
from brobygget.openhouse.queries.floor import Floor, Needs, door_of

Integers = NDArray[np.int64]
TIME_BOX = 8.0  # seconds that somebody waits at the very most, on a machine that has much else to do
SIDE_BY_SIDE = 10  # dm: a gap of a metre or more is an aisle
LOUD = 40  # dm: two tables away, as tables usually stand
MOST_MOVED = 3
SEED = 1


def side_by_side(one: Position, other: Position) -> bool:
    """Whether two tables of a hall stand next to each other, with no aisle between them."""
    across = abs(one.x - other.x) - (one.wide + other.wide) / 2
    along = abs(one.y - other.y) - (one.deep + other.deep) / 2
    return (along < 0 and across < SIDE_BY_SIDE) or (across < 0 and along < SIDE_BY_SIDE)


class _House:
    """The floor as the engine knows it. Ids are text there, numbers of rows here."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        # Numbers with leading zeros, so that the engine's order of ids is ours.
        positions = [self._position(one) for one in floor.positions]
        walks = [one.entrance for one in positions if not one.fire_lane]
        back = sorted(walks)[-max(len(walks) // 3, 1)] if walks else 0
        stands = [self._stand(one) for one in floor.stands]
        small, far = sum(one.is_small for one in floor.stands), sum(walk > back for walk in walks)
        self.house = placing.OpenHouse(
            positions=tuple(positions),
            stands=tuple(stands),
            zones=self._zones(),
            neighbours=tuple(
                (_id(one.pk), _id(other.pk))
                for hall in floor.halls
                for one, other in combinations(floor.tables_in(hall), 2)
                if side_by_side(one, other)
            ),
            circuits=tuple(placing.Circuit(_id(one.pk), one.watts) for one in floor.circuits),
            circuit_rules=tuple(
                placing.CircuitRule(word, frozenset({word}), 1)
                for word in dict.fromkeys(floor.never_together)
            ),
            limits=placing.Limits(
                loud=LOUD,
                fair_entrance=round(sum(walks) / len(walks)) if walks else 0,
                back=back,
                small_back_max=ceil(far * small / max(len(walks), 1)),
            ),
        )

    def _position(self, one: Position) -> placing.Position:
        hall = self.floor.by_hall[one.hall_id]
        x, y = door_of(hall)
        return placing.Position(
            id=_id(one.pk),
            zone=_id(hall.pk),
            x=one.x,
            y=one.y,
            entrance=hall.walk + abs(one.x - x) + abs(one.y - y),
            circuit=_id(one.circuit_id) if one.circuit_id else None,
            step_free=one.step_free and hall.step_free,
            floor=float(one.has_floor),
            fire_lane=one.kept_free,
        )

    def _stand(self, one: Needs) -> placing.Stand:
        # An appliance of a name that may not meet another of it; a stand that brings two such is of the first.
        named = next((word for word in self.floor.never_together if one.plugs_in(word)), "")
        return placing.Stand(
            id=_id(one.pk),
            kind=one.kind or f"? {one.pk}",  # nobody knows what it is about, so it is like no other
            appliances=(placing.Appliance(named, one.watts),) if one.watts else (),
            step_free=one.step_free,
            floor=float(one.floor),
            loud=one.is_loud,
            quiet=one.is_quiet,
            small=one.is_small,
        )

    def _zones(self) -> tuple[placing.Zone, ...]:
        """In each hall at least half of all kinds, as far as there are tables."""
        kinds = len({one.kind for one in self.floor.stands})
        return tuple(
            placing.Zone(_id(hall.pk), min(len(self.floor.tables_in(hall)), ceil(kinds / 2)))
            for hall in self.floor.halls
        )

    def placements(self, spots: Spots) -> tuple[placing.Placement, ...]:
        """Who stands where, as the engine says it."""
        return tuple(
            placing.Placement(
                _id(stand), (_id(spot.position),), None if spot.circuit is None else _id(spot.circuit)
            )
            for stand, spot in spots.items()
        )

    def spots(self, placements: Iterable[placing.Placement]) -> dict[int, Spot]:
        """And back."""
        return {
            int(one.stand): Spot(int(one.positions[0]), None if one.circuit is None else int(one.circuit))
            for one in placements
        }


def _id(pk: int) -> str:
    return f"{pk:012d}"


def _unmet(rules: Iterable[placing.NamedRule]) -> tuple[Unmet, ...]:
    return tuple(
        Unmet(str(one.kind), int(one.stand), None if one.other is None else int(one.other)) for one in rules
    )


def _faults(breaches: Iterable[placing.Breach]) -> tuple[Fault, ...]:
    return tuple(
        Fault(
            code=one.code,
            stands=tuple(int(stand) for stand in one.stands),
            circuit=_circuit_in(one),
            watts=one.amount,
            most=one.most,
        )
        for one in breaches
    )


def _circuit_in(breach: placing.Breach) -> int | None:
    if breach.code not in {"overload", "never_together"}:
        return None
    return int(breach.where.split()[-1])  # after the name of the rule, where there is one


def _time_box(seconds: float) -> Callable[[], float]:
    """Seconds that are left: a measure of patience, not a time of day."""
    ends = time.monotonic() + seconds
    return lambda: ends - time.monotonic()


def place_everybody(floor: Floor, *, seconds: float = TIME_BOX) -> Placed:
    """A table for everybody, from nothing; those who were put somewhere by hand stay there."""
    desk = _House(floor)
    held = {stand: spot for stand, spot in floor.spots.items() if stand in floor.held}
    if held:
        return _near(desk, held, most_moved=0, seconds=seconds)
    found = placing.place_stands(desk.house, rng=np.random.default_rng(SEED), seconds_left=_time_box(seconds))
    conflicts = found.conflicts.found if found.conflicts else ()
    return Placed(desk.spots(found.placements), found.is_optimal, tuple(_unmet(one) for one in conflicts))


def place_the_rest(floor: Floor, *, seconds: float = TIME_BOX) -> Placed:
    """A table for those who have none. Others move, three at most, only when a need would not be kept otherwise."""
    desk = _House(floor)
    still = _near(desk, floor.spots, most_moved=0, seconds=seconds)
    unmet = _cost(desk, still)
    if not unmet:
        return still
    found = _near(desk, floor.spots, most_moved=MOST_MOVED, seconds=seconds)
    return found if _cost(desk, found) < unmet else still


def _cost(desk: _House, placed: Placed) -> int:
    """What the needs that are not kept cost; a floor that cannot be carried out is never made by the program."""
    return placing.check_plan(desk.house, desk.placements(placed.spots)).merits.unmet


def _near(desk: _House, keep: Spots, *, most_moved: int, seconds: float) -> Placed:
    found = placing.replan(
        desk.house,
        desk.placements(keep),
        rng=np.random.default_rng(SEED),
        set_by_hand=[_id(stand) for stand in desk.floor.held],
        most_moved=most_moved,
        seconds_left=_time_box(seconds),
    )
    return Placed(desk.spots(found.placements))


def judge(floor: Floor) -> Judgement:
    """What is kept and what is not, on the floor as it is."""
    return _judged(_House(floor))


def _judged(desk: _House) -> Judgement:
    return _judgement(placing.check_plan(desk.house, desk.placements(desk.floor.spots)))


def weigh(floor: Floor, stand: int, to: int | None) -> Weighed:
    """What happens when a stand goes to a table, and changes places with whoever stands there; or leaves the floor."""
    return weigh_each(floor, [(stand, to)])[0]


def weigh_each(floor: Floor, moves: Iterable[tuple[int, int | None]]) -> list[Weighed]:
    """The same for several moves, each of them alone."""
    desk = _House(floor)
    was = _judged(desk)
    return [_weighed(desk, was, stand, to) for stand, to in moves]


def _weighed(desk: _House, was: Judgement, stand: int, to: int | None) -> Weighed:
    floor = desk.floor
    if stand not in floor.by_stand or (to is not None and to not in floor.by_position):
        raise NoFloor
    before = desk.placements(floor.spots)
    other = floor.at.get(to or 0)
    if other == stand:
        raise NoFloor
    if other is not None and stand in floor.spots:
        move = placing.Move(_id(stand), swap_with=_id(other))
    else:
        move = placing.Move(_id(stand), to=() if to is None else (_id(to),))
    if other is not None and stand not in floor.spots:
        # A newcomer takes the table, and whoever stood there waits for another one.
        before = tuple(one for one in before if one.stand != _id(other))
    told = placing.consequences(desk.house, before, move)
    now = _judgement(told.verdict)
    return Weighed(
        spots=desk.spots(told.placements),
        unmet=tuple(one for one in now.unmet if one not in was.unmet),
        met=tuple(one for one in was.unmet if one not in now.unmet),
        faults=tuple(one for one in now.faults if one not in was.faults),
        mended=tuple(one for one in was.faults if one not in now.faults),
    )


def _judgement(found: placing.Verdict) -> Judgement:
    return Judgement(_unmet(found.unmet), _faults(found.broken))


# -- meetings by appointment ---------------------------------------------------------------------------------------
SOON = 20_000  # phones times associations for which somebody may wait: a second or so
PAIRS_A_SECOND, LONGEST = 2_000, 90.0


class _Wishes:
    """The day's meetings as the engine knows them: places in lists there, rows here."""

    def __init__(self, day: MeetingDay, *, only_lost: bool = False) -> None:
        self.day = day
        self.hosts = list(day.by_host.values())
        self.place_of_host = {one.pk: place for place, one in enumerate(self.hosts)}
        self.place_of_wish = {one.pk: place for place, one in enumerate(day.wishes)}
        stays = [day.stay(one) for one in day.wishes]
        lost = {one.wish_id for one in day.dropped}
        by_hand = {(one.wish_id, one.invitation_id) for one in day.living}
        pairs = [
            (visitor, stand, found.usefulness if found else 0)
            for visitor, wish in enumerate(day.wishes)
            for stand, host in enumerate(self.hosts)
            if (found := day.because(wish, host)) or (only_lost and (wish.pk, host.pk) in by_hand)
        ]
        rows = np.array(pairs, dtype=np.int64).reshape(-1, 3)
        self.wishes = matching.VisitWishes(
            wanted=_whole(
                # Nobody who has been told, and lost nothing, is told of one more.
                len(day.meetings_of[one.pk])
                if only_lost and day.meetings_of[one.pk] and one.pk not in lost
                else one.most * bool(stay)
                for one, stay in zip(day.wishes, stays, strict=True)
            ),
            first_slot=_whole(stay[0] if stay else 0 for stay in stays),
            last_slot=_whole(stay[-1] if stay else 0 for stay in stays),
            capacity=np.array(
                [[day.room(host, slot) for slot in day.slots] for host in self.hosts], dtype=np.int64
            ).reshape(len(self.hosts), len(day.slots)),
            visitor=rows[:, 0],
            association=rows[:, 1],
            usefulness=rows[:, 2],
        )

    def columns(self, those: Iterable[Appointment]) -> tuple[Integers, Integers, Integers]:
        """Appointments as the engine says them."""
        found = [
            (
                self.place_of_wish[one.wish_id],
                self.place_of_host[one.invitation_id],
                self.day.slot_at[Slot(one.starts, one.ends)],
            )
            for one in those
        ]
        rows = np.array(found, dtype=np.int64).reshape(-1, 3)
        return rows[:, 0], rows[:, 1], rows[:, 2]

    def arranged(self, plan: matching.Timetable) -> Arranged:
        """And back."""
        wishes, hosts = self.day.wishes, self.hosts
        unserved: dict[UUID, tuple[str, tuple[int, ...]]] = {}
        for one in matching.unserved_visitors(self.wishes, plan):
            wish = wishes[one.visitor]
            cause = str(one.cause)
            if not self.day.stay(wish):
                cause = "no_time"
            elif not self.day.likes(wish):
                cause = "interest_gone"
            unserved[wish.pk] = (cause, tuple(hosts[each].pk for each in one.would_help))
        return Arranged(
            meetings=tuple(
                Meeting(wishes[who].pk, hosts[stand].pk, at)
                for who, stand, at in zip(
                    plan.visitor.tolist(), plan.association.tolist(), plan.slot.tolist(), strict=True
                )
            ),
            served=plan.fairness.served,
            most_served=plan.bound.served,
            share=min(plan.share_of_bound, 1.0),
            unserved=unserved,
            empty={
                hosts[one.association].pk: str(one.cause) for one in matching.empty_stands(self.wishes, plan)
            },
        )


def _whole(numbers: Iterable[int]) -> Integers:
    return np.array(list(numbers), dtype=np.int64)


def is_soon_arranged(day: MeetingDay) -> bool:
    """Whether somebody may wait for the timetable; else the worker makes it."""
    return len(day.wishes) * len(day.by_host) <= SOON


def _patience(wishes: matching.VisitWishes) -> Callable[[], bool]:
    """A larger day may take longer. Seldom felt: the search ends by itself long before."""
    left = _time_box(min(TIME_BOX + wishes.pairs / PAIRS_A_SECOND, LONGEST))
    return lambda: left() < 0


def arrange_meetings(day: MeetingDay) -> Arranged:
    """A timetable from nothing: everybody served who can be, nobody sits alone, fair, then what was dearest."""
    made = _Wishes(day)
    return made.arranged(matching.arrange_meetings(made.wishes, _patience(made.wishes)))


def fill_meetings(day: MeetingDay) -> Arranged:
    """Others for those who have lost a meeting and some for those who have none; everybody else keeps theirs."""
    made = _Wishes(day, only_lost=True)
    told = made.columns(day.living)
    return made.arranged(matching.fill_meetings(made.wishes, *told, should_stop=_patience(made.wishes)))


def weigh_meeting(day: MeetingDay, one: Appointment, host: Host, place: int) -> tuple[str, ...]:
    """What breaks when an appointment is at another association or time: of the two whom it concerns, no others."""
    desk = _Wishes(day)
    others = [each for each in day.living if each.pk != one.pk]
    concerned = [
        each
        for each in others
        if each.wish_id == one.wish_id
        or (each.invitation_id == host.pk and day.slot_at[Slot(each.starts, each.ends)] == place)
    ]
    columns = desk.columns(concerned)
    moved = (desk.place_of_wish[one.wish_id], desk.place_of_host[host.pk], place)
    after = (np.append(column, last) for column, last in zip(columns, moved, strict=True))
    return matching.broken_rules(desk.wishes, *after)
