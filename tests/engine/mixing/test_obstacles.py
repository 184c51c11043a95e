from __future__ import annotations

import numpy as np
import pytest

from brobygget.engine.mixing import (
    gain_of_interpreter,
    gather,
    obstacles_to,
    seat_guests,
    with_one_more_interpreter,
)
from tests.engine.mixing.events import stored

SWEDISH, TIGRINYA = 1, 2


def test_three_who_share_one_interpreter_and_what_a_second_would_give() -> None:
    languages = [SWEDISH] * 20 + [TIGRINYA] * 3 + [SWEDISH | TIGRINYA]
    interpreter = [False] * 23 + [True]
    evening = gather(people=24, tables=[6] * 5, languages=languages, interpreter=interpreter)
    (told,) = obstacles_to(evening)
    assert (told.code, told.hard, told.people, told.helpers) == (
        "shared_interpreter",
        False,
        (20, 21, 22),
        (23,),
    )
    assert (told.languages, told.repeats, told.would_gain) == (TIGRINYA, 24, 13)
    plan = seat_guests(evening, rng=np.random.default_rng(1), effort=0.2)
    assert plan.violations == ()
    assert plan.merits.repeats >= told.repeats


def test_a_second_interpreter_gives_what_was_promised_or_nearly() -> None:
    one = gather(
        people=24,
        tables=[6] * 5,
        languages=[SWEDISH] * 20 + [TIGRINYA] * 3 + [3],
        interpreter=[False] * 23 + [True],
    )
    two = gather(
        people=24,
        tables=[6] * 5,
        languages=[SWEDISH] * 19 + [3] + [TIGRINYA] * 3 + [3],
        interpreter=[False] * 19 + [True] + [False] * 3 + [True],
    )
    plans = [seat_guests(each, rng=np.random.default_rng(1), effort=0.6) for each in (one, two)]
    gained = plans[1].merits.met - plans[0].merits.met
    assert abs(gained - obstacles_to(one)[0].would_gain) <= 3


def test_what_one_more_interpreter_gives_is_found_by_planning_with_one() -> None:
    evening = stored("cafe24")
    (told,) = obstacles_to(evening)
    plan = seat_guests(evening, rng=np.random.default_rng(1), effort=0.4)
    gain = gain_of_interpreter(evening, told, plan, rng=np.random.default_rng(1), effort=0.4)
    helped = with_one_more_interpreter(evening, told)
    changed = np.flatnonzero(
        (helped.languages != evening.languages) | (helped.interpreter != evening.interpreter)
    )
    assert changed.tolist() == [gain.person]
    assert gain.person not in {*told.people, *told.helpers}
    assert helped.languages[gain.person] & told.languages == told.languages
    again = seat_guests(helped, rng=np.random.default_rng(1), effort=0.4)
    assert (again.violations, again.merits.met - plan.merits.met) == ((), gain.met)
    assert gain.met >= 5


def test_no_gain_is_told_where_the_search_finds_none() -> None:
    evening = stored("cafe24")
    (told,) = obstacles_to(evening)
    plan = seat_guests(evening, rng=np.random.default_rng(1), effort=0.4)
    hurried = gain_of_interpreter(
        evening, told, plan, rng=np.random.default_rng(1), effort=0.0, should_stop=lambda: True
    )
    assert (hurried.met, hurried.met_across) == (0, 0)


def test_only_a_shared_interpreter_can_be_helped_by_another() -> None:
    evening = gather(people=6, tables=[2, 2], languages=[1, 1, 1, 1, 1, 8])
    with pytest.raises(ValueError, match="shared interpreter"):
        with_one_more_interpreter(evening, obstacles_to(evening)[0])


def test_somebody_whom_nobody_understands_is_named_and_seated_all_the_same() -> None:
    evening = gather(people=6, tables=[2, 2], languages=[1, 1, 1, 1, 1, 8])
    told = obstacles_to(evening)
    assert [(o.code, o.hard, o.round, o.people, o.languages) for o in told] == [
        ("nobody_understands", True, 0, (5,), 8),
        ("nobody_understands", True, 1, (5,), 8),
    ]
    plan = seat_guests(evening, rng=np.random.default_rng(1), effort=0.05)
    assert [(v.rule, v.people) for v in plan.violations] == [("language", (5,))] * 2


def test_a_family_larger_than_the_tables_is_explained() -> None:
    evening = gather(people=6, tables=[3], together=[(0, 1), (1, 2)])
    (told,) = obstacles_to(evening)
    assert (told.code, told.people, told.seats) == ("group_too_large", (0, 1, 2), 2)
    assert [v.rule for v in seat_guests(evening, rng=np.random.default_rng(1), effort=0.05).violations] == [
        "together"
    ]


def test_more_couples_than_tables_with_two_seats_are_explained_and_sizes_kept() -> None:
    evening = gather(people=9, tables=[8], together=[(0, 3), (5, 6)])
    assert [(o.code, o.people, o.seats) for o in obstacles_to(evening)] == [
        ("too_few_large_tables", (0, 3, 5, 6), 2)
    ]
    plan = seat_guests(evening, rng=np.random.default_rng(1), effort=0.05)
    assert [v.rule for v in plan.violations] == ["together"]


def test_more_who_must_all_be_apart_than_tables_are_explained() -> None:
    evening = gather(people=6, tables=[2], apart=[(0, 1), (1, 2), (0, 2)])
    (told,) = obstacles_to(evening)
    assert (told.code, told.people, told.seats) == ("too_few_tables_for_apart", (0, 1, 2), 2)
    assert [v.rule for v in seat_guests(evening, rng=np.random.default_rng(1), effort=0.05).violations] == [
        "apart"
    ]


def test_a_chain_of_friends_that_holds_two_who_must_be_apart_is_explained() -> None:
    evening = gather(people=8, tables=[2], together=[(0, 1), (1, 2)], apart=[(0, 2)])
    assert [(o.code, o.people) for o in obstacles_to(evening)] == [("group_holds_apart", (0, 2))]
    assert len(seat_guests(evening, rng=np.random.default_rng(1), effort=0.05).violations) == 1


def test_an_event_without_trouble_has_no_obstacles() -> None:
    assert obstacles_to(gather(people=12, tables=[3, 3])) == ()
