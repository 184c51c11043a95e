from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from brobygget.engine.matching import (
    EmptyStand,
    StandCause,
    UnservedVisitor,
    VisitorCause,
    VisitWishes,
    arrange_meetings,
    empty_stands,
    shares_of_ideal,
    unserved_visitors,
)
from tests.engine.matching.fairs import random_fair


def test_every_cause_is_told() -> None:
    wishes = VisitWishes(
        wanted=np.array([0, 1, 1, 1, 1]),
        first_slot=np.array([0, 0, 0, 1, 1]),
        last_slot=np.array([1, 1, 0, 1, 1]),
        capacity=np.array([[0, 1], [0, 0], [1, 1]]),
        visitor=np.array([0, 2, 3, 4]),
        association=np.array([0, 0, 0, 0]),
        usefulness=np.array([9, 9, 9, 8]),
    )
    plan = arrange_meetings(wishes)
    assert unserved_visitors(wishes, plan) == (
        UnservedVisitor(0, VisitorCause.NOTHING_WANTED, ()),
        UnservedVisitor(1, VisitorCause.NO_ELIGIBLE_ASSOCIATION, ()),
        UnservedVisitor(2, VisitorCause.CLOSED_WHILE_PRESENT, (0,)),
        UnservedVisitor(4, VisitorCause.PLACES_TAKEN, (0,)),
    )
    assert empty_stands(wishes, plan) == (
        EmptyStand(1, StandCause.NO_PLACES),
        EmptyStand(2, StandCause.NOBODY_ELIGIBLE),
    )


def test_a_collision_of_slots_is_not_blamed_on_places() -> None:
    # Two places in all, but both visitors are there in the first slot only.
    wishes = VisitWishes(
        wanted=np.array([1, 1]),
        first_slot=np.array([0, 0]),
        last_slot=np.array([0, 0]),
        capacity=np.array([[1, 1]]),
        visitor=np.array([0, 1]),
        association=np.array([0, 0]),
        usefulness=np.array([9, 8]),
    )
    assert unserved_visitors(wishes, arrange_meetings(wishes)) == (
        UnservedVisitor(1, VisitorCause.SLOTS_COLLIDE, (0,)),
    )


@pytest.mark.parametrize("seed", range(12))
def test_everybody_is_served_or_has_a_cause_and_one_more_place_does_help(seed: int) -> None:
    wishes = random_fair(np.random.default_rng(seed), visitors=30, associations=5, slots=4, density=0.25)
    plan = arrange_meetings(wishes)
    unserved = unserved_visitors(wishes, plan)
    assert sorted({*plan.visitor.tolist(), *(each.visitor for each in unserved)}) == list(range(30))
    for each in unserved:
        for stand in each.would_help:
            more = wishes.capacity.copy()
            more[stand, wishes.first_slot[each.visitor]] += 1
            helped = VisitWishes(
                wishes.wanted,
                wishes.first_slot,
                wishes.last_slot,
                more,
                wishes.visitor,
                wishes.association,
                wishes.usefulness,
            )
            assert arrange_meetings(helped).fairness.served > plan.fairness.served


def test_shares_compare_what_one_gets_with_what_one_would_get_alone() -> None:
    wishes = VisitWishes(
        wanted=np.array([2, 1, 1]),
        first_slot=np.array([0, 0, 0]),
        last_slot=np.array([1, 1, 1]),
        capacity=np.array([[1, 1], [1, 1], [1, 1]]),
        visitor=np.array([0, 0, 0, 1]),
        association=np.array([0, 1, 2, 2]),
        usefulness=np.array([50, 30, 20, 40]),
    )
    shares = shares_of_ideal(wishes, np.array([0, 0, 1]), np.array([0, 2, 2]))
    assert shares[:2].tolist() == [70 / 80, 1.0]
    assert np.isnan(shares[2])


def test_when_as_many_are_served_as_can_be_the_cause_is_places_whoever_is_left() -> None:
    # The flow may serve visitor 0 and the timetable visitor 1: neither is kept out by slots.
    wishes = VisitWishes(
        wanted=np.array([1, 1]),
        first_slot=np.array([0, 0]),
        last_slot=np.array([1, 1]),
        capacity=np.array([[1, 0]]),
        visitor=np.array([0, 1]),
        association=np.array([0, 0]),
        usefulness=np.array([9, 9]),
    )
    plan = arrange_meetings(wishes)
    for served in (0, 1):
        other = replace(plan, visitor=np.array([served]))
        assert unserved_visitors(wishes, other) == (
            UnservedVisitor(1 - served, VisitorCause.PLACES_TAKEN, (0,)),
        )
