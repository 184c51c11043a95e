from __future__ import annotations

import pytest

from brobygget.engine.mixing import NotAGathering, gather
from brobygget.engine.mixing.gathering import units_of


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"people": 0, "tables": [1]}, "nobody"),
        ({"people": 4, "tables": []}, "rounds"),
        ({"people": 4, "tables": [0]}, "tables"),
        ({"people": 4, "tables": [-2]}, "tables"),
        ({"people": 4, "tables": [5]}, "fewer_people_than_tables"),
        ({"people": 900, "tables": [2]}, "table_too_large"),
        ({"people": 4, "tables": [2], "apart": [(1, 1)]}, "apart_with_self"),
        ({"people": 4, "tables": [2], "together": [(1, 9)]}, "unknown_person"),
        ({"people": 4, "tables": [2], "apart": [(-1, 2)]}, "unknown_person"),
        ({"people": 4, "tables": [2], "together": [(1, 2)], "apart": [(2, 1)]}, "together_and_apart"),
        ({"people": 4, "tables": [2], "history": [(1, 2, -3)]}, "history"),
        ({"people": 4, "tables": [2], "languages": [1, 1, 0, 1]}, "no_language"),
        ({"people": 4, "tables": [2], "newcomer": [True]}, "length"),
        ({"people": 4, "tables": [2], "present": [[True]] * 3}, "length"),
        ({"people": 4, "tables": [2], "held": [[[0, 1], [1, 2]]]}, "held"),
        ({"people": 4, "tables": [2], "held": [[[0, 1]], [[0, 1]]]}, "held"),
    ],
)
def test_a_description_that_contradicts_itself_is_refused_with_a_code(said: dict, code: str) -> None:
    with pytest.raises(NotAGathering) as refused:
        gather(**said)
    assert refused.value.code == code


def test_table_sizes_differ_by_at_most_one_and_follow_who_is_there() -> None:
    present = [[True, True]] * 5 + [[True, False]] * 3
    evening = gather(people=8, tables=[3, 2], present=present)
    assert [evening.table_sizes(r).tolist() for r in (0, 1)] == [[3, 3, 2], [3, 2]]


def test_friends_of_friends_are_one_group_only_in_rounds_where_the_link_is_there() -> None:
    present = [[True, True], [True, False], [True, True]]
    evening = gather(people=3, tables=[1, 1], present=present, together=[(0, 1), (1, 2)])
    assert units_of(evening, 0) == [[0, 1, 2]]
    assert units_of(evening, 1) == []


def test_the_arrays_of_the_caller_are_neither_kept_nor_changed() -> None:
    import numpy as np

    languages = np.array([1, 2, 3])
    evening = gather(people=3, tables=[1], languages=languages)
    languages[:] = 4
    assert evening.languages.tolist() == [1, 2, 3]
