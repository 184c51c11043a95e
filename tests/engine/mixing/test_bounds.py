from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brobygget.engine.mixing import bound_of, merits_of, violations_of
from brobygget.engine.mixing.bounds import most_across
from brobygget.engine.mixing.gathering import Gathering
from brobygget.engine.mixing.obstacles import forced_repeats
from tests.engine.mixing.events import events, stored


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.data())
def test_most_pairs_across_equals_the_best_of_all_divisions(sizes: list[int], data: st.DataObject) -> None:
    newcomers = data.draw(st.integers(0, sum(sizes)))
    divisions = product(*(range(size + 1) for size in sizes))
    best = max(
        sum(k * (s - k) for k, s in zip(ks, sizes, strict=True)) for ks in divisions if sum(ks) == newcomers
    )
    assert most_across(np.array(sizes), newcomers) == best


def every_round(people: list[int], sizes: list[int]) -> list[list[list[int]]]:
    if not sizes:
        return [[]]
    return [
        [list(table), *rest]
        for table in combinations(people, sizes[0])
        for rest in every_round([p for p in people if p not in table], sizes[1:])
    ]


@settings(max_examples=40, deadline=None)
@given(events().filter(lambda e: e.people <= 6 and e.rounds <= 2))
def test_no_plan_that_keeps_the_rules_is_above_the_bound(evening: Gathering) -> None:
    bound = bound_of(evening)
    choices = [
        every_round(np.flatnonzero(evening.present[:, r]).tolist(), evening.table_sizes(r).tolist())
        for r in range(evening.rounds)
    ]
    for rounds in product(*choices):
        merits = merits_of(evening, rounds)
        if merits.met > bound.met or merits.met_across > bound.met_across:
            assert violations_of(evening, rounds) != ()


def test_the_stored_cafe_has_the_bound_of_its_file() -> None:
    bound = bound_of(stored("cafe24"))
    assert (bound.met, bound.met_across) == (227, 140)


@pytest.mark.parametrize(("speakers", "helpers"), [(1, 1), (2, 1), (3, 1), (3, 2), (4, 2), (2, 3)])
def test_forced_repeats_are_never_more_than_the_best_plan_of_three_rounds_has(
    speakers: int, helpers: int
) -> None:
    # Every speaker picks a helper in every round; repeats are counted from that alone.
    picks = list(product(range(helpers), repeat=speakers))
    fewest = 10**6
    for plan in product(picks, repeat=3):
        meets = [
            ("s", a, b) for pick in plan for a, b in combinations(range(speakers), 2) if pick[a] == pick[b]
        ]
        meets += [("h", a, h) for pick in plan for a, h in enumerate(pick)]
        fewest = min(fewest, len(meets) - len(set(meets)))
    assert forced_repeats(speakers, helpers, 3) <= fewest
