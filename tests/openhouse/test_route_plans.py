"""Which tables and why: every term told, no order that matters, small ones seen as often as large ones, and a short walk."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brobygget.openhouse.plans.route import (
    COUNTED_FROM,
    EXACT,
    FIRST,
    FREE_TRY,
    LANGUAGE,
    MOST_OF_FIRST,
    NO_SWEDISH,
    SAME_GROUP,
    TIME,
    Choice,
    Stall,
    Term,
    Wished,
    because,
    choose,
    may_be_shown_to,
)
from brobygget.openhouse.plans.walk import Stop, in_walking_order, length

PICTURES = {f"{group}{number}": f"g-{group}" for group in "abcd" for number in range(3)}
interests = st.dictionaries(st.sampled_from(sorted(PICTURES)), st.none(), max_size=3).map(
    lambda keys: {key: PICTURES[key] for key in keys}
)
known = st.sampled_from([None, True, False])
stall = st.builds(
    Stall,
    pk=st.just(0),
    interests=interests,
    times=st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from(["", "day", "evening", "weekend"])), max_size=3
    ),
    languages=st.sets(st.sampled_from(["sv", "ar", "ti"])),
    no_swedish=st.booleans(),
    free_try=st.booleans(),
    ages=st.sampled_from([(0, 120), (7, 12), (18, 120), (65, 120)]),
    is_closed=st.booleans(),
    meets=st.fixed_dictionaries({"step-free": known, "quiet": known, "free": known}),
)
stalls_ = st.lists(stall, max_size=25).map(
    lambda found: [replace(one, pk=pk) for pk, one in enumerate(found, start=1)]
)
likes = st.lists(
    st.sampled_from([*PICTURES.items(), ("g-a", "g-a"), ("g-d", "g-d")]), max_size=4, unique=True
)
wished = st.builds(
    Wished,
    likes=likes,
    parts=st.sets(st.sampled_from(["day", "evening", "weekend"])),
    days=st.sets(st.integers(0, 6), max_size=2),
    languages=st.lists(st.sampled_from(["ar", "ti", "uk"]), unique=True),
    ages=st.sampled_from([(0, 120), (18, 120), (0, 6), (7, 12)]),
    needs=st.sets(st.sampled_from(["step-free", "quiet", "free"])),
)
WORTH = {
    "interest": EXACT,
    "group": SAME_GROUP,
    "time": TIME,
    "speaks": LANGUAGE,
    "no-swedish": NO_SWEDISH,
    "try-free": FREE_TRY,
}


def drawn(those: Sequence[Stall], wish: Wished, **more: object) -> list[Choice]:
    facts: dict[str, object] = {"most": 5, "seen": {}, "lot": 1, **more}
    return choose(those, wish, **facts)  # type: ignore[arg-type]


# -- the sum -------------------------------------------------------------------------------------------------------
def test_the_weights_are_those_that_were_agreed() -> None:
    assert list(WORTH.values()) == [5, 2, 2, 2, 1, 1]


@given(stall, wished)
def test_every_point_of_a_score_is_a_term_that_can_be_told(one: Stall, wish: Wished) -> None:
    found = because(one, wish)
    assert found.score == sum(WORTH[term.code] for term in found.terms)
    assert len({term.code for term in found.terms}) == len(found.terms)
    for term in found.terms:
        true = {
            "interest": term.about in one.interests or term.about in one.groups,
            "group": term.about in dict(wish.likes) and dict(wish.likes)[term.about] in one.groups,
            "time": term.about.isdigit() and int(term.about) < len(one.times),
            "speaks": term.about in one.languages and term.about in wish.languages,
            "no-swedish": one.no_swedish,
            "try-free": one.free_try,
        }
        assert true[term.code]
    assert found.is_surprise == (not any(term.code in ("interest", "group") for term in found.terms))


def test_a_reason_is_chess_and_tuesday_evening() -> None:
    club = Stall(1, {"chess": "g-games"}, times=[(0, "day"), (1, "evening")], languages=["ar"], free_try=True)
    wish = Wished([("chess", "g-games")], parts=["evening"], languages=["ar", "sv"])
    assert because(club, wish) == Choice(
        1, (Term("interest", 5, "chess"), Term("time", 2, "1"), Term("speaks", 2, "ar"), Term("try-free", 1))
    )


@given(stall, wished)
def test_what_nobody_has_said_shuts_nobody_out(one: Stall, wish: Wished) -> None:
    said_nothing = replace(one, ages=(0, 120), is_closed=False, meets={})
    assert may_be_shown_to(said_nothing, wish)
    assert not may_be_shown_to(replace(one, is_closed=True), wish)


@pytest.mark.parametrize(
    ("ages", "wanted", "may"),
    [
        ((7, 12), (18, 120), False),
        ((7, 12), (7, 12), True),
        ((7, 12), (0, 120), True),
        ((65, 120), (0, 6), False),
    ],
)
def test_an_age_shuts_out_only_where_none_fits(
    ages: tuple[int, int], wanted: tuple[int, int], may: bool
) -> None:
    assert may_be_shown_to(Stall(1, ages=ages), Wished(ages=wanted)) is may


@pytest.mark.parametrize(("said", "may"), [(True, True), (None, True), (False, False)])
def test_a_need_is_known_or_asked_and_a_known_no_is_not_shown(said: bool | None, may: bool) -> None:
    one = Stall(1, meets={"quiet": said})
    assert may_be_shown_to(one, Wished(needs=["quiet"])) is may
    assert may_be_shown_to(one, Wished())


# -- which ---------------------------------------------------------------------------------------------------------
@given(stalls_, wished, st.integers(0, 9), st.randoms(use_true_random=False))
def test_the_order_in_which_tables_are_given_does_not_matter(
    those: list[Stall], wish: Wished, lot: int, chance: random.Random
) -> None:
    mixed = list(those)
    chance.shuffle(mixed)
    seen = {one.pk: one.pk % 4 for one in those}
    assert drawn(mixed, wish, lot=lot, seen=seen) == drawn(those, wish, lot=lot, seen=seen)


@given(stalls_, wished)
def test_a_route_has_five_tables_at_most_and_one_surprise_in_five(those: list[Stall], wish: Wished) -> None:
    found = drawn(those, wish)
    assert len({one.pk for one in found}) == len(found) <= 5
    fitting = [one for one in those if may_be_shown_to(one, wish)]
    assert {one.pk for one in found} <= {one.pk for one in fitting}
    if wish.likes:
        others = [one for one in fitting if not one.groups & wish.groups]
        assert sum(one.is_surprise for one in found) == min(len(others), 1)
        assert sum(not one.is_surprise for one in found) == min(
            len(fitting) - len(others), 5 - min(len(others), 1)
        )
        scores = [one.score for one in found if not one.is_surprise]
        assert scores == sorted(scores, reverse=True)
    else:
        assert len(found) == min(len(fitting), 5)


@given(stalls_, wished)
def test_more_tables_come_after_those_that_are_there(those: list[Stall], wish: Wished) -> None:
    first = [one.pk for one in drawn(those, wish)]
    more = [one.pk for one in drawn(those, wish, most=10, kept=first)]
    assert more[: len(first)] == first
    if wish.likes and len(more) == 10:
        assert sum(one.is_surprise for one in drawn(those, wish, most=10, kept=first)) <= 2


def test_surprise_me_shows_each_of_another_kind() -> None:
    those = [
        Stall(number, {f"{group}{number % 3}": f"g-{group}"})
        for number, group in enumerate("aaaabbbccdde", 1)
    ]
    found = drawn(those, Wished())
    kinds = [next(iter(those[one.pk - 1].groups)) for one in found]
    assert sorted(kinds) == ["g-a", "g-b", "g-c", "g-d", "g-e"]


# -- who is seen ---------------------------------------------------------------------------------------------------
def _visitors(those: Sequence[Stall], wishes: Sequence[Wished]) -> Counter[int]:
    """A day of visitors, each counted as the program counts."""
    seen: Counter[int] = Counter({one.pk: 0 for one in those})
    for wish in wishes:
        found = drawn(those, wish, seen=seen, lot=sum(seen.values()))
        seen.update(one.pk for one in found[:FIRST])
    return seen


def test_of_forty_that_fit_alike_each_is_seen_as_often_as_any_other() -> None:
    those = [Stall(pk, {"a0": "g-a"}) for pk in range(1, 41)]
    seen = _visitors(those, [Wished([("a0", "g-a")])] * 312)
    assert max(seen.values()) - min(seen.values()) <= 1
    assert sum(seen.values()) == 312 * FIRST


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_the_one_that_everybody_likes_has_no_more_than_its_share_of_the_first_places(seed: int) -> None:
    """Table 1 has everything that can be chosen, a shared language and a free try; sixty others have one thing each."""
    chance = random.Random(seed)
    favourite = Stall(1, PICTURES, languages=["ar"], no_swedish=True, free_try=True)
    others = [Stall(pk, dict([sorted(PICTURES.items())[pk % 12]])) for pk in range(2, 62)]
    wishes = [Wished([chance.choice(sorted(PICTURES.items()))], languages=["ar"]) for _visitor in range(150)]
    seen = _visitors([favourite, *others], wishes)
    given_ = sum(seen.values())
    assert given_ > COUNTED_FROM
    assert seen[1] <= MOST_OF_FIRST * given_ + COUNTED_FROM / FIRST
    late = _visitors([favourite, *others], wishes * 3)
    assert late[1] <= MOST_OF_FIRST * sum(late.values()) + 1


def test_where_no_other_fits_the_favourite_is_shown_all_the_same() -> None:
    those = [Stall(1, {"a0": "g-a"}), Stall(2, {"b0": "g-b"})]
    found = drawn(those, Wished([("a0", "g-a")]), seen={1: 500, 2: 0})
    assert [one.pk for one in found] == [1, 2]


# -- the walk ------------------------------------------------------------------------------------------------------
stops = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 200), st.integers(0, 300)), min_size=1, max_size=6
).map(
    lambda found: [
        Stop(pk, hall, {1: 0, 2: 150, 3: 80}[hall], (100, 0 if hall == 2 else 300), (x, y))
        for pk, (hall, x, y) in enumerate(found, start=1)
    ]
)


@settings(max_examples=40, deadline=None)
@given(stops, st.randoms(use_true_random=False))
def test_no_other_order_that_enters_each_hall_once_is_shorter(
    those: list[Stop], chance: random.Random
) -> None:
    way = in_walking_order(those)
    mixed = list(those)
    chance.shuffle(mixed)
    assert in_walking_order(mixed) == way
    assert sorted(one.pk for one in way) == sorted(one.pk for one in those)
    halls = [one.hall for one in way]
    assert list(dict.fromkeys(halls)) == sorted(set(halls), key={1: 0, 3: 1, 2: 2}.__getitem__)
    assert all(
        length(way) <= length(other) for other in permutations(those) if [one.hall for one in other] == halls
    )


def test_fifteen_tables_of_one_hall_are_walked_along_the_rows_and_not_to_and_fro() -> None:
    those = [
        Stop(row * 5 + place, 1, 0, (100, 0), (40 * place, 60 * row))
        for row in range(3)
        for place in range(5)
    ]
    way = in_walking_order(those)
    assert length(way) <= 100 + 160 + 60 + 160 + 60 + 160
    assert length(way) < length(those) / 1.3
