"""Who is named first changes nothing, not even the last digit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
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


def told(found: BridgingMap, people: np.ndarray, ideas: np.ndarray) -> dict[str, Any]:
    """All that is said of each person and idea, in the order asked for."""
    by_idea = {
        "score": found.score,
        "verdict": found.verdict,
        "needed": found.votes_needed,
        "opposed": found.opposed,
        "priority": found.priority,
        "place": found.ideas_on_map,
        "q10": found.latent.least.q10,
        "lower": found.latent.lower,
        "typical": found.latent.representative.is_typical,
    }
    return {
        "groups": (found.groups.count, found.groups.sizes.tolist(), found.groups.test),
        "members": found.groups.labels[people].tolist(),
        "places": np.nan_to_num(found.people_on_map[people], nan=9.0).tolist(),
        **{name: values[ideas].tolist() for name, values in by_idea.items()},
        "strengths in order": found.score[found.ranking].tolist(),
    }


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
    assert told(shuffled, rows, columns) == told(first, np.arange(8), np.arange(7))
