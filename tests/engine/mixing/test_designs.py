from __future__ import annotations

import json
from itertools import combinations

import numpy as np
import pytest

from brobygget.engine.mixing import bound_of, gather, known_rounds, seat_guests, violations_of
from brobygget.engine.mixing.designs.fields import IRREDUCIBLE, field_of
from brobygget.engine.mixing.designs.starters import LISTED, STARTERS
from tests.engine.mixing.events import STORED

CASES = json.loads((STORED / "golfer_best_known.json").read_text())["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['g']}-{c['s']}-{c['rounds']}")
def test_every_known_case_is_in_the_catalogue_and_nobody_meets_twice(case: dict) -> None:
    tables, seats, rounds = case["g"], case["s"], case["rounds"]
    plan = known_rounds(tables, seats, rounds)
    assert plan is not None
    assert [each.shape for each in plan] == [(tables, seats)] * rounds
    for each in plan:
        assert sorted(each.ravel()) == list(range(tables * seats))
    pairs = [pair for each in plan for table in each for pair in combinations(sorted(table.tolist()), 2)]
    assert len(pairs) == len(set(pairs)) == rounds * tables * seats * (seats - 1) // 2


@pytest.mark.parametrize("case", [*STARTERS, *LISTED])
def test_no_listed_design_claims_more_rounds_than_can_be(case: tuple[int, int]) -> None:
    tables, seats = case
    rounds = LISTED.get(case) or STARTERS[case].rounds()
    assert len(rounds) <= (tables * seats - 1) // (seats - 1)
    assert known_rounds(tables, seats, len(rounds) + 1) is None


@pytest.mark.parametrize("order", [2, 3, 5, 7, 11, *IRREDUCIBLE])
def test_a_field_is_a_field(order: int) -> None:
    field = field_of(order)
    assert field is not None
    every = np.arange(order)
    a, b, c = every[:, None, None], every[None, :, None], every[None, None, :]
    assert (np.sort(field.add, axis=1) == every).all()
    assert (np.sort(field.times[1:], axis=1) == every).all()
    assert (field.times[0] == 0).all()
    assert (field.times == field.times.T).all()
    assert (field.times[a, field.add[b, c]] == field.add[field.times[a, b], field.times[a, c]]).all()


@pytest.mark.parametrize("order", [1, 6, 10, 12, 100])
def test_there_is_no_field_of_other_orders(order: int) -> None:
    assert field_of(order) is None


@pytest.mark.parametrize(
    ("tables", "people", "rounds"), [(8, 32, 10), (7, 28, 9), (5, 24, 4), (60, 298, 10), (9, 27, 13)]
)
def test_a_plain_event_gets_a_design_and_meets_both_bounds_of_meetings(
    tables: int, people: int, rounds: int
) -> None:
    evening = gather(people=people, tables=[tables] * rounds)
    plan = seat_guests(evening, rng=np.random.default_rng(3))
    assert (plan.origin, plan.merits.met, plan.merits.repeats) == ("design", bound_of(evening).met, 0)
    assert violations_of(evening, plan.rounds) == ()


def test_ten_thousand_people_are_spread_at_once_with_both_sides_at_every_table() -> None:
    evening = gather(people=10_000, tables=[2000] * 10, newcomer=np.arange(10_000) % 2)
    plan = seat_guests(evening, rng=np.random.default_rng(1))
    assert (plan.merits.met, plan.merits.met_across) == (200_000, 120_000)
    assert (plan.bound.met, plan.bound.met_across) == (200_000, 120_000)


def test_rules_and_absences_rule_a_design_out() -> None:
    evening = gather(people=16, tables=[4] * 5, apart=[(0, 1)])
    plan = seat_guests(evening, rng=np.random.default_rng(1), effort=0.2)
    assert (plan.origin, plan.violations) == ("search", ())
