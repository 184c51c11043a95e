from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from brobygget.engine.placing import (
    Circuit,
    FloorPlan,
    NotAnOpenHouse,
    OpenHouse,
    Position,
    Rule,
    Stand,
    Wish,
    WishKind,
    Zone,
    check_plan,
    conflict_facts,
    lost_wishes,
    place_stands,
)
from tests.engine.placing.houses import best_by_trying_everything, data, random_house, stored


def planned(house: OpenHouse, **more: object) -> FloorPlan:
    return place_stands(house, rng=np.random.default_rng(1), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(40))
def test_no_plan_of_a_tiny_house_is_better(seed: int) -> None:
    house = random_house(np.random.default_rng(seed), stands=3)
    plan = planned(house)
    assert plan.verdict == check_plan(house, plan.placements)
    assert plan.verdict.broken == ()
    assert plan.verdict.merits == best_by_trying_everything(house)
    assert plan.is_optimal


@pytest.mark.parametrize("name", ["hall15", "alvnas40"])
def test_the_stored_halls_are_proven_optimal(name: str) -> None:
    house = stored(name)
    plan = planned(house)
    best = data("reference")[name]["best"]
    assert (list(plan.verdict.merits.vector), list(plan.bound.vector)) == (best, best)
    assert (plan.is_optimal, plan.gap, plan.verdict.broken, plan.conflicts) == (True, 0.0, (), None)
    assert [lost.wish for lost in lost_wishes(house, plan)] == list(plan.verdict.lost)


@pytest.mark.slow  # two exact searches; tiny houses with conflicts are searched in every run
def test_one_need_too_many_is_explained_by_its_only_minimal_conflict_and_the_cheapest_way_out() -> None:
    house = stored("alvnas40_infeasible")
    plan = planned(house, effort=0.1)
    reference = data("reference")["alvnas40_infeasible"]
    assert plan.conflicts is not None
    assert plan.conflicts.are_all
    assert [{rule.id for rule in rules} for rules in plan.conflicts.found] == [set(reference["conflicts"][0])]
    assert list(plan.verdict.merits.vector[:2]) == list(plan.bound.vector[:2]) == reference["best"][:2]
    (given_up,) = plan.verdict.unmet
    (facts,) = conflict_facts(house, plan)
    assert (facts.cheapest, given_up.kind) == (given_up, Rule.POWER)
    assert facts.circuits == ("A1", "C1")


def test_the_order_in_which_things_are_given_does_not_matter() -> None:
    house = stored("hall15")
    turned = OpenHouse(
        positions=house.positions[::-1],
        stands=house.stands[::-1],
        zones=house.zones,
        neighbours=tuple((b, a) for a, b in house.neighbours[::-1]),
        circuits=house.circuits[::-1],
        circuit_rules=house.circuit_rules,
        hosts=house.hosts[::-1],
        wishes=house.wishes[::-1],
        limits=house.limits,
        costs=house.costs,
    )
    assert planned(turned) == planned(house)


@pytest.mark.parametrize("seed", range(12))
def test_every_conflict_is_minimal_and_what_is_given_up_ends_them_all(seed: int) -> None:
    house = random_house(np.random.default_rng(100 + seed), stands=4)
    plan = planned(house)
    if plan.conflicts is None:
        assert plan.verdict.unmet == ()
        return
    assert plan.verdict.unmet != ()
    lost_places = any(rule.kind is Rule.PLACE for rule in plan.verdict.unmet)
    for rules in plan.conflicts.found:
        assert lost_places or set(rules) & set(plan.verdict.unmet)
        assert not any(set(other) < set(rules) for other in plan.conflicts.found)


def test_more_stands_than_tables_leave_somebody_waiting_and_say_so() -> None:
    house = OpenHouse((Position("A1", "A", 0, 0),), (Stand("s1", "sport"), Stand("s2", "music")))
    plan = planned(house)
    assert len(plan.placements) == 1
    assert [rule.kind for rule in plan.verdict.unmet] == [Rule.PLACE]
    assert plan.conflicts is not None
    assert (plan.conflicts.has_room, plan.is_optimal) == (False, True)


def test_an_empty_open_house_is_legal() -> None:
    plan = planned(OpenHouse((), ()))
    assert (plan.placements, plan.verdict.merits.vector, plan.is_optimal) == ((), (0, 0, 0, 0, 0), True)
    nobody = planned(OpenHouse((Position("A1", "A", 0, 0),), ()))
    assert (nobody.placements, nobody.is_optimal) == ((), True)


def test_a_search_that_is_stopped_at_once_still_gives_a_plan_that_can_be_carried_out() -> None:
    house = stored("alvnas40")
    plan = planned(house, seconds_left=lambda: 0.0)
    assert plan.verdict.broken == ()
    assert len(plan.placements) == 40
    assert not plan.is_optimal


@pytest.mark.parametrize("name", ["alvnas40", "fair120"])
def test_a_search_that_is_stopped_early_tells_its_gap_honestly(name: str) -> None:
    best = tuple(data("reference")[name]["best"])  # proven by another program
    plan = planned(stored(name), seconds_left=lambda: 0.0)
    assert plan.bound.vector <= best <= plan.verdict.merits.vector
    assert not plan.is_optimal
    assert plan.gap > 0


TABLE = Position("A1", "A", 0, 0)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"stands": (Stand("s1", "sport", tables=0),)}, "stands: s1"),
        ({"stands": (Stand("s1", "sport"), Stand("s1", "sport"))}, "stands: s1"),
        ({"circuits": (Circuit("c", -5),)}, "circuits: c"),
        ({"positions": (replace(TABLE, circuit="zz"),)}, "positions: A1"),
        ({"zones": (Zone("A"), Zone("A"))}, "zones: A"),
        ({"neighbours": (("A1", "A9"),)}, "neighbours: A1 and A9"),
        ({"neighbours": (("A1", "A1"),)}, "neighbours: A1 and A1"),
        ({"wishes": (Wish("w", "s1", WishKind.NEAR, 1, "s9"),)}, "wishes: w"),
        ({"wishes": (Wish("w", "s1", WishKind.NEAR, 1, "s1"),)}, "wishes: w"),
        ({"positions": (replace(TABLE, floor=float("nan")),)}, "positions: A1"),
    ],
)
def test_what_does_not_belong_together_is_refused(change: dict[str, object], where: str) -> None:
    fields: dict[str, object] = {"positions": (TABLE,), "stands": (Stand("s1", "sport"),)}
    with pytest.raises(NotAnOpenHouse) as wrong:
        OpenHouse(**{**fields, **change})  # type: ignore[arg-type]
    assert wrong.value.where == where
