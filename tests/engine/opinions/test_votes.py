"""Votes as they come in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from brobygget.engine.opinions import vote_matrix, without_ideas
from brobygget.engine.opinions.order import in_own_order

casts = some.lists(some.tuples(some.integers(0, 4), some.integers(0, 6), some.integers(-1, 1)), max_size=60)


def as_table(matrix) -> dict[tuple[int, int], int]:
    return dict(
        zip(
            zip(matrix.person_of_each_vote().tolist(), matrix.ideas.tolist(), strict=True),
            matrix.votes.tolist(),
            strict=True,
        )
    )


def matrix_of(cast):
    columns = list(zip(*cast, strict=True)) or [[], [], []]
    people, ideas, votes = (np.array(column, dtype=np.int64) for column in columns)
    return vote_matrix(people, ideas, votes, n_people=5, n_ideas=7)


@given(casts)
def test_a_new_answer_replaces_the_earlier_one(cast: list[tuple[int, int, int]]) -> None:
    latest = {(person, idea): vote for person, idea, vote in cast}
    assert as_table(matrix_of(cast)) == latest


@given(casts)
def test_answers_lie_by_person_and_idea(cast: list[tuple[int, int, int]]) -> None:
    matrix = matrix_of(cast)
    assert list(as_table(matrix)) == sorted(as_table(matrix))
    assert matrix.votes.dtype == np.int8
    assert matrix.answers_each.sum() == matrix.n_votes


def test_pairs_too_large_for_one_number_are_sorted_all_the_same() -> None:
    people, ideas = np.array([2**31, 0, 2**31, 0]), np.array([5, 2**30, 5, 1])
    pairs = people * 2**31 + ideas
    from brobygget.engine.opinions.votes import _latest_in_order

    assert _latest_in_order(people, ideas, 2**31).tolist() == [3, 1, 2]
    assert pairs.max() > 2**61


@pytest.mark.parametrize(
    ("people", "ideas", "votes", "says"),
    [
        ([0], [0], [7], "votes must lie between -1 and 1"),
        ([2], [0], [1], "people must lie between 0 and 1"),
        ([0], [-1], [1], "ideas must lie between 0 and 1"),
        ([0], [0], [0.5], "votes must be whole numbers"),
        ([0, 1], [0], [1], "same length"),
    ],
)
def test_what_cannot_be_a_vote_is_refused(people: list, ideas: list, votes: list, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        vote_matrix(people, ideas, votes, n_people=2, n_ideas=2)


def test_a_moderated_idea_is_as_if_it_had_never_been_there() -> None:
    matrix = vote_matrix([0, 0, 1, 1], [0, 1, 1, 2], [1, -1, 0, 1], n_people=3, n_ideas=3)
    left = without_ideas(matrix, np.array([False, True, False]))
    assert (as_table(left), left.n_ideas, left.n_people) == ({(0, 0): 1, (1, 1): 1}, 2, 3)


def test_the_arrays_that_were_given_are_left_alone() -> None:
    people, ideas, votes = (np.array(column) for column in ([1, 0], [0, 1], [1, -1]))
    before = [each.copy() for each in (people, ideas, votes)]
    vote_matrix(people, ideas, votes, n_people=2, n_ideas=2)
    assert all(np.array_equal(a, b) for a, b in zip(before, (people, ideas, votes), strict=True))


@settings(max_examples=200)
@given(casts, some.permutations(range(5)), some.permutations(range(7)))
def test_the_own_order_does_not_depend_on_the_order_given(cast, people, ideas) -> None:
    shuffled = [(people[person], ideas[idea], vote) for person, idea, vote in cast]
    one, two = in_own_order(matrix_of(cast)), in_own_order(matrix_of(shuffled))
    assert one.matrix.starts.tolist() == two.matrix.starts.tolist()
    assert one.matrix.ideas.tolist() == two.matrix.ideas.tolist()
    assert one.matrix.votes.tolist() == two.matrix.votes.tolist()


@given(casts)
def test_the_own_order_holds_the_same_votes(cast) -> None:
    ordered = in_own_order(matrix_of(cast))
    back = {
        (int(ordered.people[p]), int(ordered.ideas[i])): v for (p, i), v in as_table(ordered.matrix).items()
    }
    assert back == as_table(matrix_of(cast))
