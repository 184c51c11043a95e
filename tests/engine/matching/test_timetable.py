from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from brobygget.engine.matching import (
    Fairness,
    VisitWishes,
    arrange_meetings,
    best_pair_first,
    broken_rules,
    fair_flow,
    fairness_of,
)
from brobygget.engine.matching.board import Board
from tests.engine.matching.fairs import best_by_trying_everything, random_fair


@pytest.mark.parametrize("seed", range(120))
def test_no_timetable_of_a_tiny_fair_is_better(seed: int) -> None:
    rng = np.random.default_rng(seed)
    wishes = random_fair(
        rng, visitors=int(rng.integers(1, 5)), associations=3, slots=int(rng.integers(1, 4)), density=0.6
    )
    assert arrange_meetings(wishes).fairness == best_by_trying_everything(wishes)


@pytest.mark.parametrize("seed", range(40))
def test_the_flow_is_the_best_choice_of_pairs_when_slots_are_left_out(seed: int) -> None:
    rng = np.random.default_rng(1000 + seed)
    wishes = random_fair(rng, visitors=4, associations=3, slots=3, density=0.75)
    places = wishes.capacity.sum(axis=1)
    stay = wishes.last_slot - wishes.first_slot + 1
    best = fairness_of(wishes, np.array([], dtype=int))
    for size in range(wishes.pairs + 1):
        for chosen in map(np.array, itertools.combinations(range(wishes.pairs), size)):
            pairs = chosen.astype(int)
            met = np.bincount(wishes.visitor[pairs], minlength=4)
            came = np.bincount(wishes.association[pairs], minlength=3)
            reached = [
                wishes.capacity[
                    wishes.association[p],
                    wishes.first_slot[wishes.visitor[p]] : wishes.last_slot[wishes.visitor[p]] + 1,
                ].any()
                for p in pairs
            ]
            if (met <= np.minimum(wishes.wanted, stay)).all() and (came <= places).all() and all(reached):
                best = max(best, fairness_of(wishes, pairs))
    assert fair_flow(wishes).fairness == best


@pytest.mark.parametrize("seed", range(12))
def test_a_crowded_fair_keeps_every_rule_and_beats_the_best_pair_first(seed: int) -> None:
    wishes = random_fair(np.random.default_rng(seed), visitors=120, associations=14, slots=8, density=0.4)
    plan = arrange_meetings(wishes)
    assert broken_rules(wishes, plan.visitor, plan.association, plan.slot) == ()
    assert best_pair_first(wishes) < plan.fairness <= plan.bound
    assert plan.fairness.served == most_that_can_be_served(wishes)


def most_that_can_be_served(wishes: VisitWishes) -> int:
    """One meeting each, slots included: a maximum matching of visitors and single places."""
    places = [
        (stand, slot)
        for stand, slot in np.argwhere(wishes.capacity)
        for _ in range(int(wishes.capacity[stand, slot]))
    ]
    stands, slots = np.array(places).T
    fits = np.zeros((wishes.visitors, len(places)), dtype=bool)
    for who, stand in zip(wishes.visitor, wishes.association, strict=True):
        present = (wishes.first_slot[who] <= slots) & (slots <= wishes.last_slot[who])
        fits[who] |= (stands == stand) & present & (wishes.wanted[who] > 0)
    return int((maximum_bipartite_matching(csr_matrix(fits), "column") >= 0).sum())


def test_first_meetings_come_before_second_ones_and_those_before_usefulness() -> None:
    wishes = VisitWishes(
        wanted=np.array([2, 1]),
        first_slot=np.array([0, 0]),
        last_slot=np.array([1, 1]),
        capacity=np.array([[1, 0], [0, 1]]),
        visitor=np.array([0, 0, 1]),
        association=np.array([0, 1, 0]),
        usefulness=np.array([100, 5, 1]),
    )
    plan = arrange_meetings(wishes)
    assert np.column_stack([plan.visitor, plan.association, plan.slot]).tolist() == [[0, 1, 1], [1, 0, 0]]
    assert plan.fairness == Fairness(served=2, visited=2, with_more=(0,), total=6)


def test_no_stand_is_left_empty_for_the_sake_of_usefulness() -> None:
    wishes = VisitWishes(
        wanted=np.array([1, 1]),
        first_slot=np.array([0, 0]),
        last_slot=np.array([1, 1]),
        capacity=np.array([[1, 1], [1, 1]]),
        visitor=np.array([0, 1, 1]),
        association=np.array([0, 0, 1]),
        usefulness=np.array([90, 90, 2]),
    )
    assert arrange_meetings(wishes).fairness == Fairness(served=2, visited=2, with_more=(), total=92)


def test_the_same_wishes_give_the_same_timetable_and_are_not_written_to() -> None:
    wishes = random_fair(np.random.default_rng(5), visitors=80, associations=10, slots=6, density=0.5)
    before = [array.copy() for array in vars(wishes).values()]
    one, two = arrange_meetings(wishes), arrange_meetings(wishes)
    assert one.slot.tolist() == two.slot.tolist()
    assert one.association.tolist() == two.association.tolist()
    assert all((array == kept).all() for array, kept in zip(vars(wishes).values(), before, strict=True))


def test_renaming_visitors_and_associations_changes_nothing_in_what_is_reached() -> None:
    rng = np.random.default_rng(8)
    wishes = random_fair(rng, visitors=40, associations=6, slots=5, density=0.5)
    people, stands, rows = rng.permutation(40), rng.permutation(6), rng.permutation(wishes.pairs)
    renamed = VisitWishes(
        wishes.wanted[people],
        wishes.first_slot[people],
        wishes.last_slot[people],
        wishes.capacity[stands],
        np.argsort(people)[wishes.visitor][rows],
        np.argsort(stands)[wishes.association][rows],
        wishes.usefulness[rows],
    )
    assert arrange_meetings(renamed).fairness == arrange_meetings(wishes).fairness


def test_a_search_that_is_stopped_at_once_still_keeps_every_rule() -> None:
    wishes = random_fair(np.random.default_rng(3), visitors=90, associations=9, slots=6, density=0.5)
    plan = arrange_meetings(wishes, should_stop=lambda: True)
    assert broken_rules(wishes, plan.visitor, plan.association, plan.slot) == ()
    assert plan.fairness.served > 0


def test_an_open_house_without_visitors_or_pairs_is_legal() -> None:
    nobody = np.array([], dtype=int)
    empty = arrange_meetings(
        VisitWishes(nobody, nobody, nobody, np.ones((2, 3), dtype=int), nobody, nobody, nobody)
    )
    assert (empty.fairness, empty.share_of_bound) == (Fairness(0, 0, (), 0), 1.0)
    one = np.array([1])
    alone = arrange_meetings(
        VisitWishes(one, one * 0, one * 0, np.zeros((0, 1), dtype=int), nobody, nobody, nobody)
    )
    assert alone.fairness == Fairness(0, 0, (), 0)


def test_a_path_over_slots_makes_room_without_taking_a_meeting_away() -> None:
    # Amina can come in slot 0 only; Birgit sits there and can move to slot 1, where Chidi can move to slot 2.
    wishes = VisitWishes(
        wanted=np.array([1, 1, 1]),
        first_slot=np.array([0, 0, 1]),
        last_slot=np.array([0, 1, 2]),
        capacity=np.array([[1, 1, 1]]),
        visitor=np.array([0, 1, 2]),
        association=np.array([0, 0, 0]),
        usefulness=np.array([1, 1, 1]),
    )
    board = Board(wishes)
    board.put(1, 0)
    board.put(2, 1)
    assert board.make_room(0)
    assert board.slot_of == {0: 0, 1: 1, 2: 2}


def test_where_no_path_exists_nothing_is_changed() -> None:
    wishes = VisitWishes(
        wanted=np.array([1, 1]),
        first_slot=np.array([0, 0]),
        last_slot=np.array([0, 0]),
        capacity=np.array([[1]]),
        visitor=np.array([0, 1]),
        association=np.array([0, 0]),
        usefulness=np.array([1, 1]),
    )
    board = Board(wishes)
    board.put(1, 0)
    assert not board.make_room(0, [[0], [1]])
    assert board.slot_of == {1: 0}


@pytest.mark.parametrize(
    ("field", "numbers", "sentence"),
    [
        ("wanted", [-1], "start at 0"),
        ("usefulness", [-1], "start at 0"),
        ("last_slot", [1], "within the slots"),
        ("visitor", [1], "unknown visitor"),
        ("association", [-1], "unknown association"),
        ("capacity", [[-1]], "capacity"),
        ("first_slot", [0, 0], "differ in length"),
    ],
)
def test_arrays_that_do_not_belong_together_are_refused(
    field: str, numbers: list[int], sentence: str
) -> None:
    fields = {
        "wanted": [1],
        "first_slot": [0],
        "last_slot": [0],
        "capacity": [[1]],
        "visitor": [0],
        "association": [0],
        "usefulness": [1],
    }
    with pytest.raises(ValueError, match=sentence):
        VisitWishes(**{name: np.array(value) for name, value in (fields | {field: numbers}).items()})
