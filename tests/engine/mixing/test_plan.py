from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brobygget.engine.mixing import gather, merits_of, violations_of
from brobygget.engine.mixing.dealing import deal
from brobygget.engine.mixing.gathering import Gathering, units_of
from tests.engine.mixing.events import events, legal_by_definition, new_pairs


@settings(max_examples=60, deadline=None)
@given(events(), st.integers(0, 2**32))
def test_violations_are_those_of_the_definition(evening: Gathering, seed: int) -> None:
    rounds = deal(evening, np.random.default_rng(seed))
    found = violations_of(evening, rounds)
    illegal = {
        (r, t)
        for r, tables in enumerate(rounds)
        for t, table in enumerate(tables)
        if not legal_by_definition(evening, list(table))
    }
    close = {
        (r, min(a, b), max(a, b))
        for r, ts in enumerate(rounds)
        for t in ts
        for a, b in evening.apart.tolist()
        if a in t and b in t
    }
    parted = {
        (r, tuple(unit))
        for r, tables in enumerate(rounds)
        for unit in units_of(evening, r)
        if not any(set(unit) <= set(table) for table in tables)
    }
    assert {(v.round, v.table) for v in found if v.rule == "language"} == illegal
    assert {(v.round, *v.people) for v in found if v.rule == "apart"} == close
    assert {(v.round, v.people) for v in found if v.rule == "together"} == parted
    assert [v for v in found if v.rule in ("seating", "size", "held")] == []


@settings(max_examples=60, deadline=None)
@given(events(), st.integers(0, 2**32))
def test_merits_are_those_of_the_definition(evening: Gathering, seed: int) -> None:
    rounds = deal(evening, np.random.default_rng(seed))
    merits, new = merits_of(evening, rounds), new_pairs(evening, rounds)
    across = [pair for pair in new if evening.newcomer[pair[0]] != evening.newcomer[pair[1]]]
    contacts = [sum(person in pair for pair in new) for person in range(evening.people)]
    there = [count for count, present in zip(contacts, evening.present, strict=True) if present.any()]
    assert (merits.met, merits.met_across, merits.fewest_new) == (len(new), len(across), min(there))
    assert merits.new_contacts.tolist() == contacts


@pytest.mark.parametrize(
    ("rounds", "rules"),
    [
        ([[[0, 1], [2, 3]]], []),
        ([[[0, 1], [2]]], ["seating", "size"]),
        ([[[0, 1], [1, 2, 3]]], ["seating", "size"]),
        ([[[0, 1, 2, 3], []]], ["size"]),
        ([[[0, 1, 2], [3]]], ["size"]),
    ],
)
def test_a_plan_that_forgets_somebody_or_has_uneven_tables_breaks_a_rule(
    rounds: list, rules: list[str]
) -> None:
    evening = gather(people=4, tables=[2])
    assert [violation.rule for violation in violations_of(evening, rounds)] == rules


def test_a_changed_held_round_is_a_violation() -> None:
    evening = gather(people=4, tables=[2, 2], held=[[[0, 1], [2, 3]]])
    kept = [[[1, 0], [2, 3]], [[0, 2], [1, 3]]]
    changed = [[[0, 2], [1, 3]], [[0, 2], [1, 3]]]
    assert violations_of(evening, kept) == ()
    assert [(v.rule, v.round) for v in violations_of(evening, changed)] == [("held", 0)]


def test_a_language_violation_names_who_cannot_follow_and_what_they_speak() -> None:
    evening = gather(people=3, tables=[1], languages=[1, 1, 4])
    (violation,) = violations_of(evening, [[[0, 1, 2]]])
    assert (violation.rule, violation.people, violation.languages) == ("language", (2,), 4)


def test_two_interpreters_can_stand_between_two_people_who_share_nothing() -> None:
    speaks = [0b0001, 0b0101, 0b0110, 0b0010]
    evening = gather(people=4, tables=[1], languages=speaks, interpreter=[0, 1, 1, 0])
    assert violations_of(evening, [[[0, 1, 2, 3]]]) == ()
