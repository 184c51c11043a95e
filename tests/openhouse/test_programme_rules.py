"""What does not go together in a programme, over made-up days; compared with the plainest way to ask the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from brobygget.openhouse.plans.programme_conflicts import (
    BREATH,
    STAGE,
    TALK,
    TRY,
    Conflict,
    Going,
    clock_of,
    conflicts_in,
    minutes_of,
    times_that_fit,
)

OPENS, CLOSES = 11 * 60, 16 * 60


def slot(key: int, starts: int, ends: int, **facts: object) -> Going:
    kind = facts.pop("kind", TRY)
    return Going(key, str(kind), starts, ends, **{"room": f"room {key}", "capacity": 12, **facts})  # type: ignore[arg-type]


@st.composite
def days(draw: st.DrawFn) -> list[Going]:
    made = []
    for key in range(1, draw(st.integers(0, 7)) + 1):
        kind = draw(st.sampled_from((TRY, TRY, STAGE, TALK)))
        starts = draw(st.integers(10 * 60, 17 * 60))
        made.append(
            Going(
                key,
                kind,
                starts,
                starts + draw(st.integers(1, 90)),
                association=None if kind == TALK else draw(st.sampled_from((None, 1, 2))),
                hall=draw(st.sampled_from((None, 1, 2))),
                room=draw(st.sampled_from(("", "stage", "corner"))),
                is_loud=draw(st.booleans()),
                needs_floor=draw(st.booleans()),
                capacity=0 if kind == STAGE else 12,
                booked=draw(st.integers(0, 14)) if kind == TRY else 0,
                has_place=draw(st.booleans()),
            )
        )
    return made


def _found(day: list[Going]) -> list[Conflict]:
    return conflicts_in(day, opens=OPENS, closes=CLOSES, with_floor=[1], halls=True)


def _plainly(day: list[Going]) -> set[Conflict]:
    """Every pair is looked at, minute by minute."""
    found: set[Conflict] = set()
    for one in (each for each in day if each.kind != TALK):
        alone = {
            "outside": not all(OPENS <= minute < CLOSES for minute in range(one.starts, one.ends)),
            "no_place": not one.has_place,
            "overbooked": one.booked > one.capacity,
            "no_room": one.hall is None and one.room == "",
            "no_floor": one.needs_floor and one.hall == 2,
        }
        found |= {Conflict(code, one.key) for code, is_so in alone.items() if is_so}  # type: ignore[arg-type]
    for pair in combinations(day, 2):
        one, other = sorted(pair, key=lambda each: (each.starts, each.ends, each.kind == TALK, each.key))
        minutes = set(range(one.starts, one.ends)) & set(range(other.starts, other.ends))
        kinds = [one.kind, other.kind]
        if kinds == [STAGE, STAGE] and not minutes and other.starts - one.ends < BREATH:
            found.add(Conflict("no_breath", one.key, other.key))
        if not minutes or kinds == [TALK, TALK]:
            continue
        if TALK in kinds:
            talk, loud = (one, other) if one.kind == TALK else (other, one)
            is_loud = loud.kind == STAGE or loud.is_loud
            if is_loud and not (talk.hall and loud.hall and talk.hall != loud.hall):
                found.add(Conflict("beside_talk", loud.key, talk.key, at_tables=True))
            continue
        if one.association and one.association == other.association:
            found.add(Conflict("two_places", one.key, other.key))
        same_words = one.room == other.room and one.room != ""
        whole_hall = one.hall is not None and "" in (one.room, other.room)
        if kinds == [STAGE, STAGE]:
            found.add(Conflict("two_on_stage", one.key, other.key))
        elif one.hall == other.hall and (same_words or whole_hall):
            found.add(Conflict("one_room", one.key, other.key))
    return found


@given(days())
def test_every_conflict_is_found_and_none_that_is_not_there(day: list[Going]) -> None:
    found = _found(day)
    assert set(found) == _plainly(day)
    assert len(found) == len(set(found))


@given(days(), st.randoms(use_true_random=False))
def test_the_order_in_which_they_were_written_down_changes_nothing(day: list[Going], chance) -> None:
    shuffled = [*day]
    chance.shuffle(shuffled)
    assert _found(shuffled) == _found(day)


@given(days())
def test_at_a_time_that_fits_it_meets_nothing(day: list[Going]) -> None:
    for one in (each for each in day if each.kind != TALK):
        others = [each for each in day if each is not one]
        for start in times_that_fit(one, day, opens=OPENS, closes=CLOSES):
            moved = replace(one, starts=start, ends=start + one.ends - one.starts)
            about = [each for each in _found([*others, moved]) if each.is_about(one.key)]
            assert [each for each in about if each.other is not None or each.code == "outside"] == []


@given(days())
def test_a_time_that_is_not_named_meets_something(day: list[Going]) -> None:
    for one in (each for each in day if each.kind != TALK):
        others = [each for each in day if each is not one]
        named = times_that_fit(one, day, opens=OPENS, closes=CLOSES)
        for start in range(OPENS, CLOSES - (one.ends - one.starts) + 1, 15):
            moved = replace(one, starts=start, ends=start + one.ends - one.starts)
            meets = any(
                each.is_about(one.key) and each.other is not None for each in _found([*others, moved])
            )
            assert meets == (start not in named)


def test_what_ends_when_the_next_begins_does_not_meet_it() -> None:
    day = [slot(1, 660, 690, association=1, room="x"), slot(2, 690, 720, association=1, room="x")]
    assert conflicts_in(day, opens=OPENS, closes=CLOSES) == []


def test_the_stage_keeps_away_from_the_tables_unless_the_hall_is_another() -> None:
    cafe = Going(9, TALK, 780, 840, hall=1)
    on_stage = slot(1, 830, 850, kind=STAGE, capacity=0)
    beside = Conflict("beside_talk", 1, 9, at_tables=True)
    asked = {
        hall: conflicts_in([cafe, replace(on_stage, hall=hall)], opens=OPENS, closes=CLOSES)
        for hall in (None, 1, 2)
    }
    assert asked == {None: [beside], 1: [beside], 2: []}
    assert [one.is_about(9) for one in asked[1]] == [False]  # the number of the gathering is no slot's


def test_where_free_floor_is_nobody_is_told_before_the_house_has_said_it() -> None:
    dance = slot(1, 700, 730, hall=2, needs_floor=True)
    codes = [
        [one.code for one in conflicts_in([dance], opens=OPENS, closes=CLOSES, with_floor=[1], halls=is_said)]
        for is_said in (False, True)
    ]
    assert codes == [[], ["no_floor"]]


@given(st.integers(0, 24 * 60 - 1))
def test_minutes_are_clocks_and_back(minutes: int) -> None:
    assert minutes_of(clock_of(minutes)) == minutes
    assert clock_of(13 * 60 + 5) == time(13, 5)
