"""The rule for places: breadth of kind, something to try, open to beginners, then time; frozen before anybody knows."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands import events, places, tasks, waiting
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.models import OpenHouse, Place, PlaceRule
from brobygget.openhouse.plans.fair_order import CRITERIA, Wanting, in_fair_order
from brobygget.people.models import Account
from tests.conftest import NOW
from tests.openhouse.conftest import DAY, FACTS, swedish

Press = Callable[..., Any]
Screen = Callable[[Account], Client]
ORDERS = [list(one) for length in range(4) for one in permutations(CRITERIA, length)]


def _one(
    number: int, kind: str = "m", *, tries: bool = False, opened: bool = False, late: bool = False
) -> Wanting:
    return Wanting(number, kind, tries, opened, NOW + timedelta(minutes=number), late)


def _numbers(wanting: list[Wanting], criteria: list[str]) -> list[int]:
    return [one.wanting.number for one in in_fair_order(wanting, criteria)]


def test_the_first_of_every_kind_comes_before_the_second_of_any() -> None:
    wanting = [_one(1), _one(2), _one(3), _one(4, "s"), _one(5, "s"), _one(6, "t")]
    assert _numbers(wanting, ["kind", "try", "beginners"]) == [1, 4, 6, 2, 5, 3]
    nth = [one.nth_of_kind for one in in_fair_order(wanting, ["kind"])]
    assert nth == [1, 1, 1, 2, 2, 3]


def test_within_a_kind_something_to_try_then_beginners_then_time() -> None:
    wanting = [_one(1), _one(2, opened=True), _one(3, tries=True), _one(4, tries=True, opened=True), _one(5)]
    assert _numbers(wanting, ["kind", "try", "beginners"]) == [4, 3, 2, 1, 5]


def test_between_the_firsts_of_kinds_the_same_things_decide() -> None:
    wanting = [_one(1, "a"), _one(2, "b", opened=True), _one(3, "c", tries=True)]
    assert _numbers(wanting, ["kind", "try", "beginners"]) == [3, 2, 1]


def test_another_order_of_the_rule_is_another_order_of_places() -> None:
    wanting = [_one(1, "a"), _one(2, "a", tries=True), _one(3, "b"), _one(4, "a", tries=True)]
    assert _numbers(wanting, ["try", "kind"]) == [2, 4, 1, 3]
    assert _numbers(wanting, []) == [1, 2, 3, 4]


def test_those_who_were_late_come_last_in_the_order_of_their_answers() -> None:
    wanting = [_one(9, "rare", tries=True, opened=True, late=True), _one(8, "rarer", late=True), _one(10)]
    assert _numbers(wanting, list(CRITERIA)) == [10, 8, 9]


@st.composite
def _wishes(draw: st.DrawFn) -> list[Wanting]:
    count = draw(st.integers(0, 25))
    return [
        Wanting(
            number,
            draw(st.sampled_from("abcd")),
            draw(st.booleans()),
            draw(st.booleans()),
            NOW + timedelta(minutes=draw(st.integers(0, 5))),
            draw(st.booleans()),
        )
        for number in range(count)
    ]


@given(wanting=_wishes(), criteria=st.sampled_from(ORDERS), seed=st.integers())
def test_everybody_stands_once_and_who_is_read_first_changes_nothing(
    wanting: list[Wanting], criteria: list[str], seed: int
) -> None:
    shuffled = wanting[:]
    random.Random(seed).shuffle(shuffled)
    found = _numbers(wanting, criteria)
    assert sorted(found) == sorted(one.number for one in wanting)
    assert _numbers(shuffled, criteria) == found


@given(wanting=_wishes(), places_there=st.integers(0, 25))
def test_no_kind_has_two_more_places_than_one_that_waits(wanting: list[Wanting], places_there: int) -> None:
    in_time = [one for one in wanting if not one.is_late]
    order = in_fair_order(in_time, list(CRITERIA))
    given_to, waiting = order[:places_there], order[places_there:]
    for kind in {one.wanting.kind for one in waiting}:
        mine = sum(one.wanting.kind == kind for one in given_to)
        others = {one.wanting.kind for one in given_to}
        assert all(sum(x.wanting.kind == each for x in given_to) <= mine + 1 for each in others)


def test_the_rule_is_frozen_before_registration_closes_or_not_at_all(the_day: OpenHouse) -> None:
    with pytest.raises(Refused):
        places.freeze_rule(the_day, by=None, at=NOW)  # there is none yet
    rule = {"criteria": ["kind"], "words": "", "language": "sv"}
    places.write_rule(the_day, **rule, at=NOW)
    closes = the_day.closes_on
    with pytest.raises(Refused):
        places.freeze_rule(the_day, by=None, at=swedish(closes + timedelta(1), 0))
    frozen = places.freeze_rule(the_day, by=None, at=swedish(closes, 23, 59))
    assert (
        places.freeze_rule(the_day, by=None, at=swedish(closes + timedelta(2))).frozen_at == frozen.frozen_at
    )
    with pytest.raises(Refused):
        places.write_rule(the_day, **{**rule, "criteria": ["try"]}, at=NOW)
    assert PlaceRule.objects.get().criteria == ["kind"]


def test_places_are_given_once_and_only_when_everybody_has_had_the_time(
    the_day: OpenHouse, frozen: OpenHouse, invited: Any, says: Any
) -> None:
    for number in range(5):
        says(
            invited(f"Förening {number}", email=f"f{number}@a.example"),
            at=NOW + timedelta(minutes=number),
            kind="m",
        )
    late = invited("Sen", email="sen@a.example")
    says(late, at=swedish(the_day.closes_on + timedelta(1)), kind="rare", hands="Trumma")
    with pytest.raises(Refused):
        places.give_places(frozen, at=swedish(the_day.closes_on, 23, 59))
    at = swedish(the_day.closes_on + timedelta(2))
    assert [places.give_places(frozen, at=at + timedelta(hours=hours)).given_at for hours in (0, 1)] == [
        at,
        at,
    ]
    found = [(one.position, one.nth_of_kind, one.has_place, one.was_late) for one in Place.objects.all()]
    assert found == [
        (1, 1, True, False),
        (2, 2, True, False),
        (3, 3, True, False),
        (4, 4, False, False),
        (5, 5, False, False),
        (6, 0, False, True),
    ]


def test_without_a_frozen_rule_nobody_gets_a_place(the_day: OpenHouse) -> None:
    places.write_rule(the_day, criteria=["kind"], words="", language="sv", at=NOW)
    with pytest.raises(Refused):
        places.give_places(the_day, at=swedish(the_day.closes_on + timedelta(2)))


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_the_order_is_printed_with_its_reasons(
    language: str, the_day: OpenHouse, frozen: OpenHouse, invited: Any, says: Any, petra: Account,
    client_of_account: Screen,
) -> None:  # fmt: skip
    for number in range(5):
        says(invited(f"Byns {number} <kör> *ett*"), kind="g-music", hands="Sjung" if number % 2 else "")
    client = client_of_account(petra)
    client.cookies["language"] = language
    assert client.get(f"/open-houses/{the_day.pk}/places.pdf").status_code == 404
    places.give_places(frozen, at=swedish(the_day.closes_on + timedelta(1)))
    pages = PdfReader(io.BytesIO(client.get(f"/open-houses/{the_day.pk}/places.pdf").content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for number in range(5):
        assert f"Byns {number} <kör> *ett*" in text
    for words in {
        "sv": (
            "nummer 1 av sitt slag",
            "Något att prova",
            "Inget att prova",
            "Här tog de 3 platserna slut",
        ),
        "en": ("number 1 of its kind", "Something to try", "Nothing to try", "Here the 3 places ended"),
        "ar": (),
    }[language]:
        assert words in text, text
    assert "flyttats för hand" not in text
    if language == "sv":
        assert "Regeln låstes" in text
        # who got a place stands above the line, who waits below it
        assert text.index("Byns 1") < text.index("Här tog") < text.index("Byns 4")


def test_a_closing_day_that_was_moved_is_told_on_the_paper(
    the_day: OpenHouse, frozen: OpenHouse, invited: Any, says: Any, petra: Account, client_of_account: Screen
) -> None:
    says(invited("Kören"))
    closing = the_day.tasks.get(kind="closing")
    later = the_day.closes_on + timedelta(3)
    tasks.change_task(closing, title="", due=later, clock=None, note="", pair={}, on=NOW.date())
    frozen.refresh_from_db()
    places.give_places(frozen, at=swedish(later + timedelta(1)))
    paper = client_of_account(petra).get(f"/open-houses/{the_day.pk}/places.pdf").content
    text = " ".join(PdfReader(io.BytesIO(paper)).pages[0].extract_text().split())
    assert "Dagen då anmälan stängde hade flyttats för hand" in text


def test_the_printed_order_stays_as_the_rule_gave_it_whatever_changes_afterwards(
    the_day: OpenHouse, frozen: OpenHouse, invited: Any, says: Any, petra: Account, client_of_account: Screen,
) -> None:  # fmt: skip
    """Number one gives up and says yes again, there are more places now, and the day has moved."""
    found = [invited(f"Byns {number}") for number in range(5)]
    for number, one in enumerate(found):
        says(one, at=NOW + timedelta(minutes=number), kind=f"g-{number}", hands="Sjung")
    at = swedish(the_day.closes_on + timedelta(1))
    places.give_places(frozen, at=at)

    def printed() -> str:
        answer = client_of_account(petra).get(f"/open-houses/{the_day.pk}/places.pdf")
        pages = PdfReader(io.BytesIO(answer.content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    before = printed()
    waiting.give_up_place(found[0], at=at)
    says(found[0], at=at + timedelta(minutes=1), kind="g-9", hands="")
    facts = Facts(**{**FACTS, "places": 9, "day": DAY + timedelta(days=28)})
    events.change_open_house(the_day, facts=facts, on=at.date(), at=at)
    assert printed().replace("22 maj", "24 april") == before
    first = Place.objects.get(invitation=found[0])
    assert (first.position, first.first_position, first.came_back) == (6, 1, True)
    page = client_of_account(petra).get(f"/open-houses/{the_day.pk}/places/").content.decode()
    assert "Gav upp platsen och sade ja igen" in page


def test_the_same_thing_twice_is_no_rule(
    the_day: OpenHouse, petra: Account, client_of_account: Screen, press: Press
) -> None:
    client = client_of_account(petra)
    url = f"/open-houses/{the_day.pk}/places/"
    answer = press(client, f"{url}rule/", first="kind", second="kind", third="", words="För att vi vill")
    assert (answer.status_code, "För att vi vill" in answer.content.decode()) == (422, True)
    press(client, f"{url}rule/", first="try", second="", third="kind", words="")
    assert PlaceRule.objects.get().criteria == ["try", "kind"]
    press(client, f"{url}freezing/")
    assert press(client, f"{url}giving/").status_code == 422  # registration is open
    assert PlaceRule.objects.get().frozen_by == petra
