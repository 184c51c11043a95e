from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brobygget.engine.mixing import gather, obstacles_to, seat_guests, violations_of
from brobygget.engine.mixing.assignment import reassign
from brobygget.engine.mixing.block_exchange import exchange_units
from brobygget.engine.mixing.board import Board
from brobygget.engine.mixing.dealing import deal
from brobygget.engine.mixing.exchange import GumbelNoise, exchange_pairs
from brobygget.engine.mixing.gathering import Gathering
from brobygget.engine.mixing.languages import left_out
from brobygget.engine.mixing.meetings import RoundByRound
from tests.engine.mixing.events import events, legal_by_definition, stored

SWEDISH, ENGLISH, TIGRINYA = 1, 2, 4


def permuted(evening: Gathering, order: np.ndarray) -> Gathering:
    """The same event with person ``order[i]`` called ``i``."""
    number = np.argsort(order)
    renamed = {
        name: [[number[a], number[b], *rest] for a, b, *rest in getattr(evening, name).tolist()]
        for name in ("together", "apart", "history")
    }
    return gather(
        people=evening.people,
        tables=evening.tables,
        newcomer=evening.newcomer[order],
        languages=evening.languages[order],
        interpreter=evening.interpreter[order],
        present=evening.present[order],
        held=[[[int(number[p]) for p in table] for table in tables] for tables in evening.held],
        **renamed,
    )


@settings(max_examples=25, deadline=None)
@given(events(), st.integers(0, 1000))
def test_any_event_gets_a_complete_plan_and_the_same_for_the_same_seed(evening: Gathering, seed: int) -> None:
    plan = seat_guests(evening, rng=np.random.default_rng(seed), effort=0.02)
    again = seat_guests(evening, rng=np.random.default_rng(seed), effort=0.02)
    assert plan.rounds == again.rounds
    assert {v.rule for v in plan.violations} <= {"language", "together", "apart"}
    if not plan.violations:
        assert plan.merits.met <= plan.bound.met
        assert plan.merits.met_across <= plan.bound.met_across
    if any(obstacle.hard for obstacle in obstacles_to(evening)):
        assert plan.violations != ()


@pytest.mark.parametrize("name", ["cafe24", "cafe60"])
def test_renumbering_people_changes_neither_the_bound_nor_the_quality(name: str) -> None:
    evening = stored(name)
    other = permuted(evening, np.random.default_rng(7).permutation(evening.people))
    plans = [seat_guests(each, rng=np.random.default_rng(1), effort=0.6) for each in (evening, other)]
    assert plans[0].bound == plans[1].bound
    assert [plan.violations for plan in plans] == [(), ()]
    totals = [plan.merits.met + plan.merits.met_across for plan in plans]
    assert abs(totals[0] - totals[1]) <= 0.02 * max(totals)


@pytest.mark.parametrize("case", [(20, 5, 6), (60, 5, 10)])
def test_the_plain_core_with_two_sides_reaches_both_bounds(case: tuple[int, int, int]) -> None:
    tables, seats, rounds = case
    evening = gather(people=tables * seats, tables=[tables] * rounds, newcomer=np.arange(tables * seats) % 2)
    plan = seat_guests(evening, rng=np.random.default_rng(1), effort=1.0, use_designs=False)
    assert plan.origin == "search"
    assert (plan.merits.met, plan.merits.met_across) == (plan.bound.met, plan.bound.met_across)


def test_a_search_that_is_told_to_stop_still_answers() -> None:
    evening = stored("cafe60")
    plan = seat_guests(evening, rng=np.random.default_rng(1), effort=1e9, should_stop=lambda: True)
    assert len(plan.rounds) == evening.rounds
    assert {v.rule for v in plan.violations} <= {"language", "together", "apart"}


def test_a_search_stops_when_it_is_told_to() -> None:
    asked = []

    def should_stop() -> bool:
        asked.append(True)
        return len(asked) > 20

    plan = seat_guests(stored("cafe24"), rng=np.random.default_rng(1), effort=1e9, should_stop=should_stop)
    assert len(asked) == 22
    assert plan.weighings > 0


def test_couples_and_families_stay_together_and_others_apart() -> None:
    evening = gather(
        people=30,
        tables=[6] * 4,
        newcomer=np.arange(30) % 2,
        together=[(0, 1), (2, 3), (3, 4), (5, 6), (6, 7), (7, 8)],
        apart=[(0, 2), (5, 9), (10, 11), (0, 5)],
    )
    plan = seat_guests(evening, rng=np.random.default_rng(1), effort=0.3)
    assert plan.violations == ()
    for tables in plan.rounds:
        assert any({5, 6, 7, 8} <= set(table) for table in tables)
        assert any({2, 3, 4} <= set(table) for table in tables)


def test_those_who_need_the_interpreter_sit_with_the_interpreter() -> None:
    languages = [SWEDISH] * 14 + [TIGRINYA] * 3 + [SWEDISH | TIGRINYA] * 3
    interpreter = [False] * 17 + [True] * 3
    evening = gather(people=20, tables=[5] * 4, languages=languages, interpreter=interpreter)
    plan = seat_guests(evening, rng=np.random.default_rng(1), effort=0.3)
    assert plan.violations == ()
    tables = [set(table) for tables in plan.rounds for table in tables]
    assert all(table & {17, 18, 19} for table in tables if table & {14, 15, 16})


def test_people_who_met_before_are_seated_with_others() -> None:
    met = [(a, b, 1) for a in range(4) for b in range(a)]
    evening = gather(people=16, tables=[4], history=met)
    plan = seat_guests(evening, rng=np.random.default_rng(1), effort=0.2)
    assert plan.merits.met == plan.bound.met == 24


def test_the_least_served_person_is_not_left_far_behind() -> None:
    plan = seat_guests(stored("cafe24"), rng=np.random.default_rng(1))
    assert plan.merits.fewest_new >= 12


@pytest.mark.parametrize("plans", [1, 3])
@pytest.mark.parametrize("heat", [0.0, 0.3])
@pytest.mark.parametrize("step", ["pairs", "units", "assignment"])
def test_every_move_brings_what_it_says(step: str, heat: float, plans: int) -> None:
    evening = _everything()
    rng = np.random.default_rng(5)
    starts = [deal(evening, rng) for _ in range(plans)]
    board = Board(evening, starts, keep=starts[0], loyalty=0.7)
    noise = GumbelNoise(rng)
    warm = np.full(plans, heat, dtype=np.float32)
    before, gained, changed = board.total(), np.zeros(plans), 0.0
    for _ in range(60):
        each = board.rounds[int(rng.integers(len(board.rounds)))]
        board.counts.forget(each.number, each.seats)
        order = rng.permutation(each.seats.shape[1])
        half = len(order) // 2
        first, second = order[:half], order[half : 2 * half]
        moves: dict[str, Callable[[], np.ndarray]] = {
            "pairs": lambda: exchange_pairs(board, each, first, second, warm, noise),  # noqa: B023
            "units": lambda: exchange_units(board, each, first, second, warm, noise, 2),  # noqa: B023
            "assignment": lambda: reassign(board, each, order, rng),  # noqa: B023
        }
        won = moves[step]()
        gained += won
        changed += np.abs(won).sum()
        board.counts.remember(each.number, each.seats)
    assert changed > 1
    np.testing.assert_allclose(board.total() - before, gained, atol=0.05)
    for which in range(plans):
        found = violations_of(evening, board.plan(which))
        assert {v.rule for v in found} <= {"language", "together", "apart"}


def _everything() -> Gathering:
    """Languages, interpreters, couples, absences, history and uneven tables in one event."""
    rng = np.random.default_rng(2)
    return gather(
        people=33,
        tables=[6, 7, 8],
        newcomer=rng.random(33) < 0.4,
        languages=rng.choice([1, 3, 2, 5, 4], p=[0.4, 0.3, 0.1, 0.1, 0.1], size=33),
        interpreter=rng.random(33) < 0.2,
        present=rng.random((33, 3)) < 0.95,
        together=[(0, 1), (2, 3), (4, 5)],
        apart=[(6, 7), (0, 8)],
        history=[(9, 10, 2), (11, 12, 1)],
    )


def test_counting_round_by_round_values_meetings_like_counting_every_pair() -> None:
    evening = _everything()
    start = deal(evening, np.random.default_rng(3))
    board = Board(evening, [start])
    other = RoundByRound(evening, board.empty_seats)
    for each in board.rounds:
        other.remember(each.number, each.seats)
    for each in board.rounds:
        board.counts.forget(each.number, each.seats)
        other.forget(each.number, each.seats)
        np.testing.assert_allclose(other.worth(each.seats), board.counts.worth(each.seats), atol=0.03)
        board.counts.remember(each.number, each.seats)
        other.remember(each.number, each.seats)


@given(st.lists(st.tuples(st.integers(1, 15), st.booleans()), min_size=1, max_size=5))
def test_nobody_is_left_out_exactly_at_legal_tables(people: list[tuple[int, bool]]) -> None:
    masks = np.array([mask for mask, _ in people])
    interprets = np.array([helps for _, helps in people])
    evening = gather(people=len(people), tables=[1], languages=masks, interpreter=interprets)
    assert (int(left_out(masks, interprets)) == 0) == legal_by_definition(evening, list(range(len(people))))


@pytest.mark.parametrize(
    "evening",
    [
        gather(people=1, tables=[1]),
        gather(people=4, tables=[1, 1, 4]),
        gather(people=4, tables=[2, 2], held=[[[0, 1], [2, 3]], [[0, 2], [1, 3]]]),
        gather(people=60, tables=[2, 1], newcomer=np.arange(60) % 2),
        gather(
            people=40, tables=[2, 2], together=[(a, a + 1) for a in range(7)], languages=[1] * 20 + [3] * 20
        ),
        gather(people=3, tables=[1], present=[[True], [False], [False]]),
    ],
    ids=[
        "one person",
        "tables for all and for one",
        "all held",
        "two long tables",
        "a large family",
        "one came",
    ],
)
def test_the_smallest_and_oddest_events_get_a_plan(evening: Gathering) -> None:
    plan = seat_guests(evening, rng=np.random.default_rng(1), effort=0.05)
    assert plan.violations == ()
    assert len(plan.rounds) == evening.rounds
    assert obstacles_to(evening) == ()
