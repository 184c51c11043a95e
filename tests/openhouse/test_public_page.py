"""What everybody may read: time, place, who comes, what it costs; a calendar file, a feed; no participant."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from brobygget.associations.models import Association
from brobygget.circles.models import Membership
from brobygget.openhouse.commands import events, places
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.models import OpenHouse, Place
from brobygget.web import clock as real_clock
from tests.conftest import NOW, TODAY
from tests.openhouse.conftest import DAY, FACTS, swedish


@pytest.fixture
def public(the_day: OpenHouse) -> OpenHouse:
    facts = {**FACTS, "about": "Prova med händerna.", "way_there": "Buss 3 till Hallen."}
    events.change_open_house(the_day, facts=Facts(**facts), on=TODAY, at=NOW)
    return events.publish(the_day, is_public=True, on=TODAY, at=NOW)


def _parts(page: str) -> list[str]:
    """The head of the page, and the facts under it."""
    head, _, rest = page.partition('class="event-hero"')[2].partition('class="event-facts"')
    return [head, rest.partition('class="section"')[0]]


def _page(openhouse: OpenHouse, language: str = "sv") -> str:
    client = Client()
    client.cookies["language"] = language
    return client.get(f"/open-house/{openhouse.pk}/").content.decode()


def test_nothing_is_public_before_somebody_says_so(the_day: OpenHouse) -> None:
    addresses = [f"/open-house/{the_day.pk}/", f"/open-house/{the_day.pk}/calendar.ics"]
    assert [Client().get(one).status_code for one in addresses] == [404, 404]
    assert "Föreningsdag" not in Client().get("/open-house/feed.rss").content.decode()
    assert Client().get("/open-house/").status_code == 200
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    assert [Client().get(one).status_code for one in addresses] == [200, 200]
    assert Client().get("/open-house/").headers["Location"] == f"/open-house/{the_day.pk}/"
    events.publish(the_day, is_public=False, on=TODAY, at=NOW)
    assert [Client().get(one).status_code for one in addresses] == [404, 404]


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_the_page_says_time_place_way_cost_and_languages(language: str, public: OpenHouse) -> None:
    page = _page(public, language)
    for words in ("Föreningsdag", "Älvhallen, Storgatan 2", "Prova med händerna.", "Buss 3 till Hallen."):
        assert words in page
    day, hours, cost, spoken = {
        "sv": ("lördag 24 april", "11.00–16.00", "Ingenting", "svenska · arabiska"),
        "en": ("Saturday 24 April", "11:00–16:00", "Nothing", "Swedish · Arabic"),
        "ar": ("السبت، 24 أبريل", "11:00–16:00", "لا شيء", "السويدية · العربية"),
    }[language]
    hero, facts = (re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", part)) for part in _parts(page))
    assert day in hero.casefold() or day in hero
    assert hours in hero
    assert f" {cost} " in facts
    assert spoken in facts
    assert f'href="/open-house/{public.pk}/calendar.ics"' in page
    assert 'href="/open-house/feed.rss"' in page.partition("<main")[2]
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]  # nothing to comment on


def test_associations_with_a_place_are_named_and_nobody_else(
    public: OpenHouse, frozen: OpenHouse, invited: Any, says: Any, amina: Membership
) -> None:
    found = []
    for number in range(5):
        one = invited(f"Förening {number}", languages=",so,")
        says(one, at=NOW + timedelta(minutes=number), kind="m", hands=f"Prova {number}")
        found.append(one)
    assert "Prova 0" not in _page(public)
    places.give_places(frozen, at=swedish(public.closes_on + timedelta(1)))
    Association.objects.filter(pk=found[1].association_id).update(hidden_on=TODAY)
    page = _page(public)
    named = [f"Prova {number}" in page for number in range(5)]
    assert named == [True, False, True, False, False]
    assert "somaliska" in page
    assert "Amina" not in page


def test_the_calendar_file_follows_a_moved_and_a_called_off_day(public: OpenHouse) -> None:
    def event() -> Any:
        answer = Client().get(f"/open-house/{public.pk}/calendar.ics")
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        (found,) = Calendar.from_ical(answer.content).walk("VEVENT")
        return found

    first = event()
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (swedish(DAY, 11), swedish(DAY, 16))
    assert (str(first["location"]), str(first["status"])) == ("Älvhallen, Storgatan 2", "CONFIRMED")
    later = Facts(**{**FACTS, "day": DAY + timedelta(7)})
    events.change_open_house(public, facts=later, on=TODAY, at=NOW)
    events.call_off(public, on=TODAY, at=NOW)
    second = event()
    assert (second["uid"], second.decoded("dtstart").date()) == (first["uid"], DAY + timedelta(7))
    assert second["sequence"] == first["sequence"] + 2
    assert str(second["status"]) == "CANCELLED"


def test_the_feed_tells_of_published_days(public: OpenHouse) -> None:
    answer = Client().get("/open-house/feed.rss")
    channel = ElementTree.fromstring(answer.content).find("channel")
    assert channel is not None
    (item,) = channel.findall("item")
    assert item.findtext("title") == "Föreningsdag"
    assert str(item.findtext("link")).endswith(f"/open-house/{public.pk}/")
    assert "Älvhallen" in str(item.findtext("description"))


def test_a_called_off_day_says_so_everywhere_and_tells_those_who_wanted_to_come(
    public: OpenHouse, invited: Any, says: Any
) -> None:
    yes, no = invited("A", email="a@a.example"), invited("B", email="b@a.example")
    says(yes)
    says(no, "no")
    for _time in range(2):
        events.call_off(public, on=date(2027, 4, 1), at=NOW)
    assert "Dagen är inställd." in _page(public)
    assert [one.about for one in yes.sendings.all()] == ["called-off"]
    assert not no.sendings.exists()


def test_the_start_page_shows_the_way_until_the_day_has_been(
    public: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown() -> bool:
        return f'href="/open-house/{public.pk}/"' in Client().get("/").content.decode()

    assert shown()
    monkeypatch.setattr(real_clock, "read", lambda: swedish(DAY + timedelta(1)))
    assert not shown()


def test_the_page_asks_the_same_number_of_questions_for_three_and_three_hundred(
    public: OpenHouse, frozen: OpenHouse, invited: Callable[..., Any], says: Any
) -> None:
    def asked() -> int:
        Client().get(f"/open-house/{public.pk}/")
        with CaptureQueriesContext(connection) as found:
            _page(public)
        return len(found)

    OpenHouse.objects.update(places=400)
    for number in range(3):
        says(invited(f"Förening {number}"), hands="Prova")
    places.give_places(frozen, at=swedish(public.closes_on + timedelta(1)))
    few = asked()
    for number in range(3, 60):
        one = invited(f"Förening {number}")
        says(one, hands="Prova", at=swedish(public.closes_on + timedelta(2)))
    Place.objects.update(given_at=NOW)
    assert _page(public).count("Prova") >= 60
    assert asked() == few
