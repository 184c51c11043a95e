"""What is told stays; who lacks a meeting gets the best that is left."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from brobygget.engine.matching import (
    VisitWishes,
    arrange_meetings,
    broken_rules,
    fairness_of,
    fill_meetings,
    filling,
)
from tests.engine.matching.fairs import random_fair


def _meetings(plan: object) -> set[tuple[int, int, int]]:
    return set(zip(plan.visitor.tolist(), plan.association.tolist(), plan.slot.tolist(), strict=True))  # type: ignore[attr-defined]


def _without(plan: object, stand: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    kept = plan.association != stand  # type: ignore[attr-defined]
    return plan.visitor[kept], plan.association[kept], plan.slot[kept]  # type: ignore[attr-defined]


def _closed(wishes: VisitWishes, stand: int) -> VisitWishes:
    capacity = wishes.capacity.copy()
    capacity[stand] = 0
    return VisitWishes(
        wishes.wanted,
        wishes.first_slot,
        wishes.last_slot,
        capacity,
        wishes.visitor,
        wishes.association,
        wishes.usefulness,
    )


@pytest.mark.parametrize("seed", range(12))
def test_when_an_association_drops_out_the_others_keep_every_meeting(seed: int) -> None:
    wishes = random_fair(np.random.default_rng(seed), visitors=60, associations=10, slots=8, density=0.4)
    told = arrange_meetings(wishes)
    later = _closed(wishes, 0)
    kept = _without(told, 0)
    again = fill_meetings(later, *kept)
    assert _meetings(again) >= set(zip(*(each.tolist() for each in kept), strict=True))
    assert broken_rules(later, again.visitor, again.association, again.slot) == ()
    assert again.bound == arrange_meetings(later).bound


@pytest.mark.parametrize("seed", range(40))
def test_nothing_better_fits_round_what_is_told(seed: int) -> None:
    rng = np.random.default_rng(2000 + seed)
    wishes = random_fair(rng, visitors=3, associations=3, slots=2, density=0.8)
    told = arrange_meetings(wishes)
    later = _closed(wishes, int(rng.integers(3)))
    kept = _without(told, int(np.flatnonzero(later.capacity.sum(axis=1) == 0)[0]))
    held = set(zip(*(each.tolist() for each in kept), strict=True))
    pairs = list(zip(later.visitor.tolist(), later.association.tolist(), strict=True))
    best = fairness_of(later, np.array([], dtype=np.int64))
    for slots in itertools.product([None, 0, 1], repeat=len(pairs)):
        met = [(*pair, slot) for pair, slot in zip(pairs, slots, strict=True) if slot is not None]
        columns = [np.array(each, dtype=np.int64) for each in zip(*met, strict=True)] or [
            np.array([], int)
        ] * 3
        if held <= set(met) and not broken_rules(later, *columns):
            chosen = [index for index, slot in enumerate(slots) if slot is not None]
            best = max(best, fairness_of(later, np.array(chosen, dtype=np.int64)))
    assert fill_meetings(later, *kept).fairness == best


def test_many_are_filled_in_groups_and_a_stop_keeps_what_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    wishes = random_fair(np.random.default_rng(7), visitors=60, associations=10, slots=8, density=0.4)
    told = arrange_meetings(wishes)
    later, kept = _closed(wishes, 0), _without(told, 0)
    monkeypatch.setattr(filling, "WHOLE", 100)
    again = fill_meetings(later, *kept)
    assert broken_rules(later, again.visitor, again.association, again.slot) == ()
    assert again.fairness.served >= len(set(kept[0].tolist()))
    stopped = fill_meetings(later, *kept, should_stop=lambda: True)
    assert _meetings(stopped) == set(zip(*(each.tolist() for each in kept), strict=True))


def test_nobody_and_nothing_told_is_legal() -> None:
    none = np.array([], dtype=np.int64)
    empty = VisitWishes(none, none, none, np.array([[1]]), none, none, none)
    assert fill_meetings(empty, none, none, none).fairness.served == 0


@pytest.mark.parametrize(
    "told",
    [([0], [1], [0]), ([0], [0], [1]), ([0, 1], [0, 0], [0, 0]), ([0, 0], [0, 0], [0, 0])],
    ids=["not eligible", "absent", "over capacity", "twice"],
)
def test_what_cannot_be_held_is_refused(told: tuple[list[int], list[int], list[int]]) -> None:
    wishes = VisitWishes(
        np.array([2, 1]),
        np.array([0, 0]),
        np.array([0, 1]),
        np.array([[1, 1], [1, 1]]),
        np.array([0, 1]),
        np.array([0, 0]),
        np.array([90, 50]),
    )
    with pytest.raises(ValueError, match="cannot keep a meeting"):
        fill_meetings(wishes, *map(np.array, told))
