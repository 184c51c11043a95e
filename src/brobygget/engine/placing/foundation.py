"""Whether every rule can hold; if not, why, and what costs least to give up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brobygget.engine.placing.baseline import hardest_first
from brobygget.engine.placing.check import check_plan
from brobygget.engine.placing.conflicts import Conflicts, minimal_conflicts
from brobygget.engine.placing.floor import Floor, floor_of
from brobygget.engine.placing.model import Model, Prices, price_list, rules_of
from brobygget.engine.placing.open_house import OpenHouse, Rule
from brobygget.engine.placing.plan import NamedRule, Placement
from brobygget.engine.placing.programme import Effort


@dataclass(frozen=True)
class Foundation:
    """A plan that keeps as many rules as can be kept, wishes aside.

    Attributes
    ----------
    placements : tuple of Placement
        The plan.
    unmet, bound : int
        What its unmet rules cost, and what no plan undercuts.
    prices : Prices
        Rules that may still be unmet, and what they cost; all others hold in every plan as cheap as this one.
    conflicts : Conflicts or None
        Why rules are unmet; None when none is.
    """

    placements: tuple[Placement, ...]
    unmet: int
    bound: int
    prices: Prices
    conflicts: Conflicts | None

    @property
    def is_proven(self) -> bool:
        """Whether no plan costs less in unmet rules."""
        return self.unmet == self.bound


def foundation_of(floor: Floor, effort: Effort) -> Foundation:
    """Keep every rule, or give up what costs least and say why."""
    house = floor.house
    strict = Model(floor, {})
    answer = strict.programme.solve(np.zeros(strict.programme.size), effort=effort)
    if answer.x is not None:
        return Foundation(strict.placements(answer.x), 0, 0, {}, None)
    prices: Prices = price_list(house, rules_of(house))
    relaxed = Model(floor, prices)
    solved = relaxed.programme.solve(relaxed.costs("unmet"), effort=effort)
    plans = (
        [hardest_first(house)] if solved.x is None else [relaxed.placements(solved.x), hardest_first(house)]
    )
    costs = [check_plan(house, plan).merits.unmet for plan in plans]
    unmet = min(costs)
    placements = plans[costs.index(unmet)]
    least = min(house.costs.values()) if answer.is_impossible else 0
    bound = min(unmet, max(least, int(max(solved.bound, 0))))
    conflicts = _why(floor, placements, effort)
    if bound == unmet:
        prices = _still_open(house, prices, unmet, conflicts)
    return Foundation(placements, unmet, bound, prices, conflicts)


def _why(floor: Floor, placements: tuple[Placement, ...], effort: Effort) -> Conflicts:
    """Conflicts among everybody; where there is no room for everybody, among those who have a place."""
    conflicts = minimal_conflicts(floor, effort)
    placed = {each.stand for each in placements}
    if conflicts.has_room or not placed:
        return conflicts
    among = minimal_conflicts(floor_of(without_others(floor.house, placed)), effort)
    return Conflicts(among.found, among.are_all, has_room=False)


def without_others(house: OpenHouse, names: set[str]) -> OpenHouse:
    """The same open house, with some of its stands only."""
    return OpenHouse(
        positions=house.positions,
        stands=tuple(stand for stand in house.stands if stand.id in names),
        zones=house.zones,
        neighbours=house.neighbours,
        circuits=house.circuits,
        circuit_rules=house.circuit_rules,
        hosts=house.hosts,
        limits=house.limits,
        costs=house.costs,
    )


def _still_open(house: OpenHouse, prices: Prices, unmet: int, conflicts: Conflicts) -> Prices:
    """Leave out rules that no plan of this cost gives up.

    Conflicts without a rule in common each cost their cheapest rule. A plan that gives up a rule outside
    them pays for it beside that; so what would make the sum too large always holds. A place given up is another
    matter: it may end several conflicts at once.
    """
    if unmet >= house.costs[Rule.PLACE] or not conflicts.has_room:
        return prices
    apart: list[tuple[NamedRule, ...]] = []
    for conflict in conflicts.found:
        if not any(set(conflict) & set(other) for other in apart):
            apart.append(conflict)
    least = {conflict: min(prices[rule] for rule in conflict) for conflict in apart}

    def at_least(rule: NamedRule) -> int:
        """What a plan costs that gives the rule up."""
        return prices[rule] + sum(cost for conflict, cost in least.items() if rule not in conflict)

    return {rule: price for rule, price in prices.items() if at_least(rule) <= unmet}
