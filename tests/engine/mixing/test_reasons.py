from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brobygget.engine.mixing import (
    Move,
    NotAGathering,
    consequences,
    gather,
    merits_of,
    reasons_for,
    violations_of,
)
from brobygget.engine.mixing.dealing import deal
from brobygget.engine.mixing.gathering import Gathering
from tests.engine.mixing.events import events, new_pairs

SWEDISH, DARI = 1, 2


def test_a_table_says_who_interprets_for_whom_and_what_is_new() -> None:
    evening = gather(
        people=4,
        tables=[1, 1],
        newcomer=[1, 0, 0, 0],
        languages=[DARI, SWEDISH | DARI, SWEDISH, SWEDISH],
        interpreter=[0, 1, 0, 0],
        history=[(2, 3, 1)],
        together=[(2, 3)],
    )
    first, second = reasons_for(evening, [[[0, 1, 2, 3]], [[0, 1, 2, 3]]])
    assert first.codes == ("interpreter", "new_meetings", "across", "together", "met_before")
    assert (first.language, first.interpreters, first.interpreted_for) == (0, (1,), (0,))
    assert (first.new_meetings, first.across, first.met_before, first.together) == (5, 3, 1, ((2, 3),))
    assert (second.new_meetings, second.across, second.met_before) == (0, 0, 6)


def test_a_table_where_somebody_cannot_follow_says_so() -> None:
    evening = gather(people=3, tables=[1], languages=[SWEDISH, SWEDISH, DARI])
    (told,) = reasons_for(evening, [[[0, 1, 2]]])
    assert (told.codes[0], told.not_reached) == ("not_all_follow", (2,))


@settings(max_examples=40, deadline=None)
@given(events(), st.integers(0, 1000))
def test_the_new_meetings_of_all_tables_are_those_of_the_plan(evening: Gathering, seed: int) -> None:
    rounds = deal(evening, np.random.default_rng(seed))
    merits, told = merits_of(evening, rounds), reasons_for(evening, rounds)
    assert sum(reason.new_meetings for reason in told) == merits.met
    assert sum(reason.across for reason in told) == merits.met_across
    assert sum(reason.met_before for reason in told) == merits.repeats
    broken = {(v.round, v.table) for v in violations_of(evening, rounds) if v.rule == "language"}
    assert {(reason.round, reason.table) for reason in told if reason.codes[0] == "not_all_follow"} == broken


@settings(max_examples=40, deadline=None)
@given(events(), st.data())
def test_consequences_are_the_difference_of_two_plans(evening: Gathering, data: st.DataObject) -> None:
    rounds = deal(evening, np.random.default_rng(data.draw(st.integers(0, 100))))
    r = data.draw(st.integers(0, evening.rounds - 1))
    there = np.flatnonzero(evening.present[:, r]).tolist()
    person, other = data.draw(st.sampled_from(there)), data.draw(st.sampled_from(there))
    told = consequences(evening, rounds, Move(r, person, swap_with=other))
    was, now = merits_of(evening, rounds), merits_of(evening, told.rounds)
    assert (told.met, told.met_across) == (now.met - was.met, now.met_across - was.met_across)
    assert len(told.meetings_gained) - len(told.meetings_lost) == told.met
    assert new_pairs(evening, told.rounds) - new_pairs(evening, rounds) == set(told.meetings_gained)
    back = consequences(evening, told.rounds, Move(r, person, swap_with=other))
    assert back.rounds == tuple(tuple(tuple(sorted(t)) for t in tables) for tables in rounds)
    assert (back.violations_gained, back.violations_lost) == (told.violations_lost, told.violations_gained)


def test_moving_somebody_alone_makes_tables_uneven_and_says_so() -> None:
    evening = gather(people=4, tables=[2])
    told = consequences(evening, [[[0, 1], [2, 3]]], Move(0, 1, to_table=1))
    assert [v.rule for v in told.violations_gained] == ["size"]
    assert told.rounds == (((0,), (1, 2, 3)),)


@pytest.mark.parametrize(
    ("move", "code"),
    [
        (Move(0, 1, to_table=1), "held"),
        (Move(7, 1, to_table=1), "held"),
        (Move(1, 9, to_table=1), "unknown_person"),
        (Move(1, 1, swap_with=-1), "unknown_person"),
        (Move(1, 1, to_table=5), "tables"),
        (Move(1, 1), "move"),
        (Move(1, 1, to_table=1, swap_with=2), "move"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(move: Move, code: str) -> None:
    evening = gather(people=4, tables=[2, 2], held=[[[0, 1], [2, 3]]])
    with pytest.raises(NotAGathering) as refused:
        consequences(evening, [[[0, 1], [2, 3]], [[0, 2], [1, 3]]], move)
    assert refused.value.code == code
