"""Who is named first changes nothing, not even the last digit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from brobygget.engine.opinions import BridgingMap, bridging_map, vote_matrix
from brobygget.engine.opinions.order import in_own_order

casts = some.lists(
    some.tuples(some.integers(0, 7), some.integers(0, 6), some.integers(-1, 1)), min_size=1, max_size=60
)


def wheels(*lengths: int) -> list[tuple[int, int, int]]:
    """People and ideas in rings: each answers two ideas, each idea is answered by two, all alike from close by."""
    cast, first = [], 0
    for length in lengths:
        for at in range(length):
            cast += [(first + at, first + at, 1), (first + at, first + (at + 1) % length, 1)]
        first += length
    return cast


@pytest.mark.parametrize(
    "cast",
    [
        wheels(2, 3),
        wheels(3, 2, 4, 3),
        wheels(5, 5),
        [(at, at, 1) for at in range(150)],
        [(at, at, 1 if at % 3 else -1) for at in range(12)],
        [(at, idea, 1) for at in range(6) for idea in range(6) if idea != at],
    ],
    ids=["rings", "more rings", "equal rings", "each an idea of their own", "two kinds", "all but one's own"],
)
def test_even_those_who_look_alike_get_an_order_that_does_not_depend_on_who_came_first(cast: list) -> None:
    size = 1 + max(max(person, idea) for person, idea, _ in cast)
    people, ideas, votes = np.array(cast).T
    rng, orders = np.random.default_rng(1), set()
    for _ in range(6):
        rows, columns = rng.permutation(size), rng.permutation(size)
        shuffled = vote_matrix(rows[people], columns[ideas], votes, n_people=size, n_ideas=size)
        own = in_own_order(shuffled).matrix
        orders.add((own.starts.tobytes(), own.ideas.tobytes(), own.votes.tobytes()))
    assert len(orders) == 1


def told(found: BridgingMap) -> dict[str, Any]:
    """All that is said, without who is called what.

    Two who are each other's mirror image get each other's places when they change names: of a pair that nothing tells
    apart somebody has to stand on the left. So all is compared that is said of people, of ideas, and of who
    answered what, but not by their numbers.
    """
    people = list(
        zip(
            found.groups.labels.tolist(),
            map(tuple, np.nan_to_num(found.people_on_map, nan=9.0).tolist()),
            strict=True,
        )
    )
    ideas = list(
        zip(
            *(
                [tuple(one) if isinstance(one, list) else one for one in values.tolist()]
                for values in (
                    found.score,
                    found.verdict,
                    found.votes_needed,
                    found.opposed,
                    found.priority,
                    found.ideas_on_map,
                    found.latent.least.q10,
                    found.latent.lower,
                    found.latent.representative.is_typical,
                )
            ),
            strict=True,
        )
    )
    votes = zip(
        found.matrix.person_of_each_vote().tolist(),
        found.matrix.ideas.tolist(),
        found.matrix.votes.tolist(),
        strict=True,
    )
    return {
        "groups": (found.groups.count, found.groups.sizes.tolist(), found.groups.test),
        "people": sorted(people),
        "ideas": sorted(ideas),
        "who answered what": sorted((people[person], ideas[idea], vote) for person, idea, vote in votes),
        "strengths in order": found.score[found.ranking].tolist(),
    }


@example(
    [(0, 4, 1), (0, 5, 1), (4, 4, 0), (5, 5, 0)], [0, 1, 2, 3, 5, 4, 6, 7], list(range(7))
)  # a mirrored pair
@settings(max_examples=60)
@given(casts, some.permutations(range(8)), some.permutations(range(7)))
def test_shuffling_people_and_ideas_changes_nothing_at_all(cast, rows, columns) -> None:
    latest = {(person, idea): vote for person, idea, vote in cast}
    people, ideas, votes = np.array([(*at, vote) for at, vote in latest.items()]).T
    rows, columns = np.array(rows), np.array(columns)
    first = bridging_map(
        vote_matrix(people, ideas, votes, n_people=8, n_ideas=7), rng=np.random.default_rng(1)
    )
    shuffled = bridging_map(
        vote_matrix(rows[people], columns[ideas], votes, n_people=8, n_ideas=7), rng=np.random.default_rng(1)
    )
    assert told(shuffled) == told(first)
