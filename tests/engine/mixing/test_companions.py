from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brobygget.engine.mixing import NotAGathering, pair_companions

bits = st.integers(1, 7)


def worth(speaks: list[int], likes: list[int], a: int, b: int) -> float:
    if not speaks[a] & speaks[b]:
        return -1e6
    return 2 + 2 * (likes[a] & likes[b]).bit_count()


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.data())
def test_pairs_are_the_best_of_all_pairings(side: int, data: st.DataObject) -> None:
    speaks = data.draw(st.lists(bits, min_size=2 * side, max_size=2 * side))
    likes = data.draw(st.lists(bits, min_size=2 * side, max_size=2 * side))
    newcomer = [True] * side + [False] * side
    found = pair_companions(newcomer=newcomer, languages=speaks, interests=likes)
    best = max(
        sum(worth(speaks, likes, a, side + b) for a, b in enumerate(order))
        for order in permutations(range(side))
    )
    unpaired = side - len(found.groups)
    assert sum(group.score for group in found.groups) - 1e6 * unpaired == pytest.approx(best)
    assert all(len(group.people) == 2 and newcomer[group.people[0]] for group in found.groups)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 16), st.sampled_from([3, 4]), st.data())
def test_small_groups_share_a_language_and_a_time_and_everybody_is_placed_or_told_why(
    people: int, size: int, data: st.DataObject
) -> None:
    def drawn() -> list[int]:
        return data.draw(st.lists(bits, min_size=people, max_size=people))

    newcomer = data.draw(st.lists(st.booleans(), min_size=people, max_size=people))
    found = pair_companions(newcomer=newcomer, languages=drawn(), times=drawn(), size=size)
    placed = [person for group in found.groups for person in group.people]
    assert sorted([*placed, *found.alone]) == list(range(people))
    for group in found.groups:
        assert 2 <= len(group.people) <= size
        assert group.languages
        assert group.times
        assert {"shared_language", "shared_time", "across"} <= set(group.reasons)


def test_each_who_is_left_alone_is_told_why() -> None:
    found = pair_companions(
        newcomer=[1, 1, 1, 1, 0, 0],
        languages=[1, 2, 1, 1, 1, 1],
        times=[1, 1, 2, 1, 1, 1],
    )
    assert len(found.groups) == 2
    assert found.alone == {1: "no_shared_language", 2: "no_shared_time"}
    crowded = pair_companions(newcomer=[1, 1, 0], languages=[1, 1, 1])
    assert list(crowded.alone.values()) == ["nobody_left"]


def test_those_who_must_be_apart_are_not_proposed() -> None:
    found = pair_companions(newcomer=[1, 0], languages=[1, 1], apart=[(0, 1)])
    assert (found.groups, found.alone) == ((), {0: "no_shared_language", 1: "no_shared_language"})


def test_nobody_is_a_legal_company() -> None:
    assert pair_companions(newcomer=[], languages=[]).groups == ()


def test_wrong_sizes_and_lengths_are_refused() -> None:
    with pytest.raises(NotAGathering):
        pair_companions(newcomer=[1, 0], languages=[1, 1], size=7)
    with pytest.raises(NotAGathering):
        pair_companions(newcomer=[1, 0], languages=[1])
    with pytest.raises(NotAGathering):
        pair_companions(newcomer=[1, 0], languages=[1, 1], apart=[(0, 5)])


def test_three_hundred_people_get_the_same_companions_every_time() -> None:
    rng = np.random.default_rng(1)
    said = {
        "newcomer": rng.random(300) < 0.5,
        "languages": rng.integers(1, 64, 300),
        "interests": rng.integers(0, 4096, 300),
    }
    first, second = (pair_companions(**said) for _ in range(2))
    assert first == second
    assert len(first.groups) > 120
