"""Numbers that a day calls people and cards by: none twice, and none that looks like a year or a clock."""

from __future__ import annotations

from datetime import time

from brobygget.openhouse import rules
from brobygget.openhouse.commands.numbers import FIRST, drawn


def test_a_drawn_number_is_nobody_elses_and_has_four_digits_as_long_as_there_are_any() -> None:
    taken: set[int] = set()
    for _each in FIRST:
        number = drawn(taken)
        assert number not in taken
        taken.add(number)
    assert taken == set(FIRST)
    assert drawn(taken) >= 10_000  # and nobody is turned away


def test_there_are_numbers_for_all_who_raise_a_hand_beside_all_who_have_wished() -> None:
    taken = set(FIRST)
    while len(taken) < rules.MOST_VISITORS + rules.MOST_WISHES:
        number = drawn(taken)
        assert number < 2**15  # what the column holds
        taken.add(number)


def test_none_looks_like_a_year_or_a_clock() -> None:
    clocks = {int(f"{time(hour, minute):%H%M}") for hour in range(24) for minute in range(60)}
    assert clocks.isdisjoint(FIRST)
    assert set(range(1900, 2100)).isdisjoint(FIRST)
