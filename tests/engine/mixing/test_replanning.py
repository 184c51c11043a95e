from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brobygget.engine.mixing import Gathering, gather, moved_from, seat_guests
from tests.engine.mixing.events import events, stored


def evening_of(present: np.ndarray, tables: list[int], held: object = ()) -> Gathering:
    people = len(present)
    return gather(people=people, tables=tables, newcomer=np.arange(people) % 2, present=present, held=held)


@settings(max_examples=25, deadline=None)
@given(events().filter(lambda e: e.rounds >= 2), st.integers(0, 100))
def test_a_held_round_is_never_changed(evening: Gathering, seed: int) -> None:
    first = seat_guests(evening, rng=np.random.default_rng(seed), effort=0.01)
    later = gather(
        people=evening.people,
        tables=evening.tables,
        newcomer=evening.newcomer,
        languages=evening.languages,
        interpreter=evening.interpreter,
        present=evening.present,
        together=evening.together,
        apart=evening.apart,
        history=evening.history,
        held=first.rounds[:1],
    )
    again = seat_guests(later, rng=np.random.default_rng(seed + 1), effort=0.01)
    near = seat_guests(later, rng=np.random.default_rng(seed), effort=0.01, keep=first.rounds)
    assert again.rounds[0] == near.rounds[0] == first.rounds[0]
    assert not [v for plan in (again, near) for v in plan.violations if v.rule in ("held", "seating", "size")]


def test_the_stored_event_is_replanned_with_its_held_rounds_as_they_were() -> None:
    evening = stored("replan_town100")
    plan = seat_guests(evening, rng=np.random.default_rng(1))
    assert plan.rounds[:2] == tuple(tuple(tuple(sorted(t)) for t in tables) for tables in evening.held)
    assert plan.violations == ()
    assert plan.merits.met + plan.merits.met_across >= 0.99 * (1021 + 610)


def test_nothing_moves_when_nothing_happened() -> None:
    evening = evening_of(np.ones((24, 5), bool), [6] * 5)
    plan = seat_guests(evening, rng=np.random.default_rng(1))
    again = seat_guests(evening, rng=np.random.default_rng(2), keep=plan.rounds)
    assert moved_from(evening, plan.rounds, again.rounds) == 0
    assert again.rounds == plan.rounds


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_when_one_leaves_few_others_move(seed: int) -> None:
    evening = evening_of(np.ones((100, 6), bool), [20] * 6)
    plan = seat_guests(evening, rng=np.random.default_rng(seed))
    present = np.ones((100, 6), bool)
    present[17, 2:] = False
    later = evening_of(present, [20] * 6, plan.rounds[:2])
    again = seat_guests(later, rng=np.random.default_rng(seed), keep=plan.rounds)
    afresh = seat_guests(later, rng=np.random.default_rng(seed + 10))
    assert again.violations == ()
    assert moved_from(later, plan.rounds, again.rounds) <= 8
    assert moved_from(later, plan.rounds, afresh.rounds) > 200
    assert again.merits.met >= 0.99 * afresh.merits.met


def test_two_come_late_and_a_table_breaks() -> None:
    present = np.ones((24, 5), bool)
    present[22:, :1] = False
    first = evening_of(present[:, :], [6] * 5)
    plan = seat_guests(first, rng=np.random.default_rng(1))
    later = evening_of(present, [6, 5, 5, 5, 5], plan.rounds[:1])
    again = seat_guests(later, rng=np.random.default_rng(1), keep=plan.rounds)
    assert again.violations == ()
    assert [len(tables) for tables in again.rounds] == [6, 5, 5, 5, 5]
    # Those of the broken table move, and hardly anybody else.
    assert moved_from(later, plan.rounds, again.rounds) <= 4 * (4 + 6)
