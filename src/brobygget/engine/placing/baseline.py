"""What a person with a list would do: the next stand to the best place that is left. To begin with, and to compare with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from brobygget.engine.placing.floor import NONE, Floor, floor_of
from brobygget.engine.placing.open_house import OpenHouse, Rule
from brobygget.engine.placing.plan import Placement


def first_come(house: OpenHouse, order: Sequence[str]) -> tuple[Placement, ...]:
    """Take stands in the order they registered; each gets the first place where it breaks least.

    Parameters
    ----------
    house : OpenHouse
        The open house.
    order : sequence of str
        Ids of the stands, the first to register first.

    Returns
    -------
    tuple of Placement
        A plan that can be carried out. Rules may be unmet; wishes are not looked at.

    Examples
    --------
    >>> from brobygget.engine.placing import Position, Stand
    >>> tables = (Position("A1", "A", 0, 0, step_free=True), Position("A2", "A", 20, 0))
    >>> house = OpenHouse(tables, (Stand("s1", "sport"), Stand("s2", "music", step_free=True)))
    >>> first_come(house, ["s1", "s2"])[1].positions
    ('A2',)
    """
    index = {stand.id: number for number, stand in enumerate(house.stands)}
    return _fill(floor_of(house), [index[name] for name in order])


def hardest_first(house: OpenHouse) -> tuple[Placement, ...]:
    """Take those first who are hardest to place: two tables, floor, stage, step-free, many watts.

    Parameters
    ----------
    house : OpenHouse
        The open house.

    Returns
    -------
    tuple of Placement
        A plan that can be carried out. Rules may be unmet; wishes are not looked at.

    Examples
    --------
    >>> from brobygget.engine.placing import Position, Stand
    >>> tables = (Position("A1", "A", 0, 0, step_free=True), Position("A2", "A", 20, 0))
    >>> house = OpenHouse(tables, (Stand("s1", "sport"), Stand("s2", "music", step_free=True)))
    >>> hardest_first(house)[1].positions
    ('A1',)
    """

    def ease(number: int) -> tuple[object, ...]:
        """The harder, the earlier."""
        stand = house.stands[number]
        return (-stand.tables, -stand.floor, not stand.stage, not stand.step_free, -stand.watts, number)

    return _fill(floor_of(house), sorted(range(len(house.stands)), key=ease))


def _fill(floor: Floor, order: Sequence[int]) -> tuple[Placement, ...]:
    """Give each in turn the first place and circuit that cost the least in rules unmet."""
    house = floor.house
    free = np.ones(len(floor.places), dtype=np.bool_)
    watts = [circuit.watts for circuit in house.circuits]
    room = [[rule.most for rule in house.circuit_rules] for _ in house.circuits]
    at: dict[int, int] = {}
    plan = []
    for number in order:
        stand = house.stands[number]
        counts = [sum(a.type in rule.types for a in stand.appliances) for rule in house.circuit_rules]
        fits = np.flatnonzero(free & (floor.size == stand.tables))
        if not len(fits):
            continue
        cost = (
            house.costs[Rule.STEP_FREE] * (~floor.step_free & stand.step_free)
            + house.costs[Rule.FLOOR] * (floor.floor < stand.floor)
            + house.costs[Rule.STAGE] * (~floor.stage & stand.stage)
        ).astype(np.int64)
        for other, place in at.items():
            neighbour = house.stands[other]
            noisy = (stand.loud and neighbour.quiet) + (stand.quiet and neighbour.loud)
            cost += house.costs[Rule.NOISE] * noisy * floor.loud[place]
            cost += house.costs[Rule.SAME_KIND] * (stand.kind == neighbour.kind) * floor.beside[place]
        best: tuple[int, int, int] | None = None
        for place in fits.tolist():
            plugs = [
                circuit
                for circuit in floor.circuits[place]
                if stand.watts
                and stand.watts <= watts[circuit]
                and all(count <= left for count, left in zip(counts, room[circuit], strict=True))
            ]
            unplugged = house.costs[Rule.POWER] if stand.watts and not plugs else 0
            option = (int(cost[place]) + unplugged, place, plugs[0] if plugs else NONE)
            if best is None or option[0] < best[0]:
                best = option
        assert best is not None
        _, place, plug = best
        at[number] = place
        free &= ~floor.meets[place]
        if plug != NONE:
            watts[plug] -= stand.watts
            room[plug] = [left - count for count, left in zip(counts, room[plug], strict=True)]
        names = tuple(house.positions[position].id for position in floor.places[place])
        plan.append(Placement(stand.id, names, None if plug == NONE else house.circuits[plug].id))
    return tuple(sorted(plan))
