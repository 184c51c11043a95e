from __future__ import annotations

import pytest

from brobygget.engine.placing import (
    Appliance,
    Circuit,
    CircuitRule,
    OpenHouse,
    Placement,
    Position,
    Stand,
    check_plan,
    first_come,
)
from tests.engine.placing.houses import data, stored, stored_plan

NAMES = ("hall15", "alvnas40", "alvnas40_infeasible", "fair120")


@pytest.mark.parametrize(
    ("house", "plan", "vector", "unmet"),
    [
        ("hall15", "plan_hall15", (0, 4, 0, 0, 2), []),
        ("alvnas40_infeasible", "plan_alvnas40_infeasible", (15, 13, 0, 1, 6), ["power:s02"]),
        ("alvnas40", "plan_alvnas40_first_fit", (8, 63, 0, 1, 5), ["floor:s31"]),
    ],
)
def test_stored_plans_are_judged_as_the_reference_scorer_judges_them(
    house: str, plan: str, vector: tuple[int, ...], unmet: list[str]
) -> None:
    verdict = check_plan(stored(house), stored_plan(plan))
    assert (verdict.broken, [rule.id for rule in verdict.unmet]) == ((), unmet)
    assert verdict.merits.vector == vector


@pytest.mark.parametrize("name", NAMES)
def test_first_come_is_the_greedy_baseline_of_the_reference(name: str) -> None:
    order = [stand["id"] for stand in data(name)["stands"]]
    verdict = check_plan(stored(name), first_come(stored(name), order))
    assert verdict.broken == ()
    assert list(verdict.merits.vector) == data("reference")[name]["first_fit"]


HOUSE = OpenHouse(
    positions=(
        Position("A1", "A", 0, 0, circuit="c"),
        Position("A2", "A", 20, 0, circuit="c"),
        Position("A3", "A", 40, 0),
        Position("A4", "A", 60, 0, fire_lane=True),
    ),
    stands=(
        Stand("one", "sport", appliances=(Appliance("iron", 900),)),
        Stand("two", "music", appliances=(Appliance("iron", 800),)),
        Stand("wide", "craft", tables=2),
    ),
    neighbours=(("A1", "A2"), ("A2", "A3")),
    circuits=(Circuit("c", 1500),),
    circuit_rules=(CircuitRule("one_iron", frozenset({"iron"}), 1),),
)


@pytest.mark.parametrize(
    ("plan", "codes"),
    [
        ([Placement("one", ("A1",), "c"), Placement("wide", ("A2", "A3"))], []),
        ([Placement("nobody", ("A1",))], ["unknown_stand"]),
        ([Placement("one", ("A1",)), Placement("one", ("A2",))], ["placed_twice"]),
        ([Placement("one", ("Z9",))], ["unknown_position"]),
        ([Placement("one", ("A1", "A2"))], ["wrong_number_of_tables"]),
        ([Placement("wide", ("A1", "A3"))], ["not_neighbours"]),
        ([Placement("one", ("A1",)), Placement("two", ("A1",))], ["taken"]),
        ([Placement("one", ("A4",))], ["fire_lane"]),
        ([Placement("wide", ("A1", "A2"), "c")], ["nothing_to_plug_in"]),
        ([Placement("one", ("A3",), "c")], ["out_of_reach"]),
        ([Placement("one", ("A1",), "c"), Placement("two", ("A2",), "c")], ["never_together", "overload"]),
    ],
)
def test_each_breach_is_named(plan: list[Placement], codes: list[str]) -> None:
    assert [breach.code for breach in check_plan(HOUSE, plan).broken] == codes


def test_an_overload_is_told_in_watts() -> None:
    plan = [Placement("one", ("A1",), "c"), Placement("two", ("A2",), "c")]
    (breach,) = [each for each in check_plan(HOUSE, plan).broken if each.code == "overload"]
    assert (breach.stands, breach.where, breach.amount, breach.most) == (("one", "two"), "c", 1700, 1500)
