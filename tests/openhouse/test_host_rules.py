"""Language hosts by the half-hour: what a table lacks, and a proposal that is as good as any where that can be asked."""

from __future__ import annotations

from itertools import product
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from brobygget.openhouse.plans.programme_hosts import (
    MOST_IN_A_ROW,
    NEEDED,
    NOT_COUNTED,
    Grid,
    Host,
    Lack,
    half_hours,
    lacks_in,
    propose,
    runs_of,
    spoken_in,
)

LANGUAGES = ("sv", "ar", "so", "ti", "uk", "fa")


def host(key: int, languages: str, free: range | set[int] = range(10)) -> Host:
    return Host(key, frozenset(languages.split()), frozenset(free))


def hosts_of(most: int, length: int) -> st.SearchStrategy[list[Host]]:
    one = st.tuples(
        st.frozensets(st.sampled_from(LANGUAGES), min_size=1, max_size=3),
        st.frozensets(st.integers(0, length - 1)),
    )
    return st.lists(one, max_size=most).map(
        lambda rows: [Host(key, languages, free) for key, (languages, free) in enumerate(rows, start=1)]
    )


def _missing(hosts: list[Host], grid: Grid, length: int, needed: int) -> int:
    return sum(max(needed - len(spoken_in(hosts, grid, each) - NOT_COUNTED), 0) for each in range(length))


@given(hosts_of(9, 12))
@settings(max_examples=60)
def test_nobody_works_over_two_hours_or_when_they_cannot(hosts: list[Host]) -> None:
    made = propose(hosts, length=12)
    assert [one for one in lacks_in(hosts, made.grid, length=12) if one.code != "languages"] == []
    assert made.lacking == _missing(hosts, made.grid, 12, NEEDED)
    assert set(made.grid) == {one.key for one in hosts}


@given(hosts_of(3, 4), st.integers(1, 2), st.integers(1, 3))
@settings(max_examples=60)
def test_no_table_at_all_lacks_less(hosts: list[Host], most_in_a_row: int, needed: int) -> None:
    made = propose(hosts, length=4, needed=needed, most_in_a_row=most_in_a_row)
    assert made.is_proven
    least = 4 * needed
    choices = [
        [
            works
            for size in product((False, True), repeat=4)
            for works in [frozenset(each for each in range(4) if size[each])]
            if works <= one.free and all(end - first <= most_in_a_row for first, end in runs_of(works))
        ]
        for one in hosts
    ]
    for chosen in product(*choices):
        grid = {one.key: works for one, works in zip(hosts, chosen, strict=True)}
        least = min(least, _missing(hosts, grid, 4, needed))
    assert made.lacking == least


@given(hosts_of(6, 8), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_the_list_changes_nothing(hosts: list[Host], chance) -> None:
    shuffled = [*hosts]
    chance.shuffle(shuffled)
    assert propose(shuffled, length=8) == propose(hosts, length=8)


def test_five_hosts_of_five_languages_keep_everything_over_five_hours() -> None:
    five = [host(key, f"{code} sv") for key, code in enumerate(LANGUAGES[1:], start=1)]
    made = propose(five, length=10)
    assert (made.lacking, made.is_proven, lacks_in(five, made.grid, length=10)) == (0, True, [])
    # Thirty half-hours of work are spread over all five; nobody has more than two hours in a row.
    assert sorted(len(works) for works in made.grid.values()) == [4, 6, 6, 7, 7]


def test_many_hosts_take_no_longer_than_a_press_may() -> None:
    many = [host(key, LANGUAGES[key % 5 + 1], range(20)) for key in range(30)]
    begun = process_time()
    made = propose(many, length=20)
    assert (made.lacking, made.is_proven, lacks_in(many, made.grid, length=20)) == (0, True, [])
    assert process_time() - begun < 20  # seconds of this process; about three where nothing else runs


def test_what_is_missing_is_named_from_when_to_when() -> None:
    hosts = [host(1, "ar sv"), host(2, "so uk", set(range(5)))]
    grid = {1: frozenset(range(6)), 2: frozenset({4, 5})}
    assert lacks_in(hosts, grid, length=7) == [
        Lack(0, 4, "languages", has=("ar",)),
        Lack(0, 6, "long", 1),
        Lack(5, 6, "absent", 2),
        Lack(6, 7, "languages", has=()),
    ]


def test_swedish_is_not_counted_and_nobody_is_asked_to_come_for_it_alone() -> None:
    hosts = [host(1, "sv"), host(2, "ar sv")]
    made = propose(hosts, length=4)
    assert made.grid == {1: frozenset(), 2: frozenset(range(4))}
    assert (made.lacking, made.is_proven) == (8, True)


def test_half_hours_follow_the_clock_also_when_the_doors_do_not() -> None:
    assert half_hours(660, 780) == [660, 690, 720, 750]
    assert half_hours(675, 770) == [660, 690, 720, 750]
    assert runs_of({7, 1, 2, 3}) == [(1, 4), (7, 8)]
    assert MOST_IN_A_ROW * 30 == 120
