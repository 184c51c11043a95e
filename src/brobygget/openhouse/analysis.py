"""The door to the engine: the floor to tables, stands and circuits, and back. Codes come out; pages make sentences."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from itertools import combinations
from math import ceil

import numpy as np

from brobygget.engine import placing
from brobygget.openhouse.findings import Fault, Judgement, NoFloor, Placed, Spot, Spots, Unmet, Weighed
from brobygget.openhouse.models import Hall, Position
from brobygget.openhouse.queries.floor import Floor, Needs

TIME_BOX = 8.0  # seconds that somebody waits at the very most, on a machine that has much else to do
SIDE_BY_SIDE = 10  # dm: a gap of a metre or more is an aisle
LOUD = 40  # dm: two tables away, as tables usually stand
MOST_MOVED = 3
SEED = 1


def door_of(hall: Hall) -> tuple[int, int]:
    """Where the door is: in the middle of its wall."""
    middle = {"near": (hall.wide // 2, hall.deep), "far": (hall.wide // 2, 0)}
    return {**middle, "left": (0, hall.deep // 2), "right": (hall.wide, hall.deep // 2)}[hall.door]


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
