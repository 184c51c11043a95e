"""An association day on 24 April, planned in January by the circle; Bengt's association and others are in the register."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from brobygget.associations.models import Association
from brobygget.circles import analysis
from brobygget.circles.models import Circle
from brobygget.house.models import House
from brobygget.openhouse.commands import answering, events, gatherings, inviting, places
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.models import Answer, Gathering, Invitation, OpenHouse, Place
from brobygget.openhouse.request import let_in
from brobygget.people.models import Account
from brobygget.web import clock as real_clock
from brobygget.web.moments import SWEDEN
from tests.conftest import NOW, TODAY
from tests.openhouse.at_the_tables import CAFE
from tests.openhouse.hands import stand_at
from tests.openhouse.screens import Screen

DAY = date(2027, 4, 24)  # a Saturday
FACTS: dict[str, Any] = {
    "name": "Föreningsdag",
    "language": "sv",
    "day": DAY,
    "starts": time(11),
    "ends": time(16),
    "place": "Älvhallen, Storgatan 2",
    "places": 3,
    "languages": ["sv", "ar"],
}


def swedish(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """A moment by the clock in Sweden."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SWEDEN)


@pytest.fixture
def the_day(house: House, circle: Circle) -> OpenHouse:
    return events.plan_open_house(house=house, circle=circle, facts=Facts(**FACTS), on=TODAY, at=NOW)


@pytest.fixture
def association(house: House) -> Callable[..., Association]:
    """Make one: `association("Byns kör", email="kor@byn.example")`."""

    def make(name: str, **facts: Any) -> Association:
        email = facts.setdefault("email", "")
        facts.setdefault("reach", "email" if email else "letter")
        return Association.objects.create(house=house, name=name, created_on=TODAY, changed_at=NOW, **facts)

    return make


@pytest.fixture
def invited(the_day: OpenHouse, association: Callable[..., Association]) -> Callable[..., Invitation]:
    """An association that is invited: `invited("Byns kör", email="kor@byn.example")`."""

    def make(name: str, **facts: Any) -> Invitation:
        one = association(name, **facts)
        inviting.invite_associations(the_day, [one], on=TODAY)
        return Invitation.objects.select_related("openhouse__house", "association").get(association=one)

    return make


@pytest.fixture
def bengts(invited: Callable[..., Invitation]) -> Invitation:
    return invited("Byns hembygdsförening", email="info@byns.example", phone="0980-31 92 01")


@pytest.fixture
def says() -> Callable[..., answering.Saved]:
    """An association answers: `says(invitation, "yes", at=..., kind="g-music")`."""

    def make(invitation: Invitation, said: str = "yes", at: datetime = NOW, **facts: Any) -> answering.Saved:
        return answering.answer_invitation(
            invitation,
            answers={"said": said, **facts},
            seen={},
            sitting="",
            channel=Answer.Channel.LINK,
            at=at,
        )

    return make


@pytest.fixture
def frozen(the_day: OpenHouse) -> OpenHouse:
    """The rule is written and frozen in time."""
    places.write_rule(the_day, criteria=["kind", "try", "beginners"], words="", language="sv", at=NOW)
    places.freeze_rule(the_day, by=None, at=NOW)
    return OpenHouse.objects.select_related("house").get(pk=the_day.pk)


@pytest.fixture
def client_invited() -> Callable[[Invitation], Client]:
    """The computer of somebody who has come in with an invitation."""

    def make(invitation: Invitation) -> Client:
        client = Client()
        client.cookies.update(let_in(HttpResponse(), invitation).cookies)
        return client

    return make


@pytest.fixture
def screen(live_server: Any, chromium: Browser) -> Iterator[Screen]:
    """A screen of its own: `screen(390, client)`, signed in or come in as the client is."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def make(width: int, client: Client | None = None, *, language: str = "sv", **facts: Any) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 844},
            locale="sv",
            base_url=live_server.url,
            reduced_motion="reduce",
            **facts,
        )
        contexts.append(context)
        cookies = [{"name": "language", "value": language, "url": live_server.url}]
        for name, morsel in (client.cookies if client else {}).items():
            cookies.append({"name": name, "value": morsel.value, "url": live_server.url})
        context.add_cookies(cookies)  # type: ignore[arg-type]
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == []


# -- many --------------------------------------------------------------------------------------------------------
def three_hundred_more(openhouse: OpenHouse, *, given_at: datetime | None = None) -> list[Invitation]:
    """Associations that want a place, and have one where `given_at` says since when."""
    made = Association.objects.bulk_create(
        Association(
            house=openhouse.house, name=f"Z {number}", reach="letter", created_on=TODAY, changed_at=NOW
        )
        for number in range(300)
    )
    inviting.invite_associations(openhouse, made, on=TODAY)
    extra = list(Invitation.objects.filter(association__name__startswith="Z"))
    Answer.objects.bulk_create(
        Answer(invitation=one, said="yes", said_at=NOW, wants_since=NOW, channel="link", changed_at=NOW)
        for one in extra
    )
    Place.objects.bulk_create(
        Place(openhouse=openhouse, invitation=one, position=number, wants_since=NOW, given_at=given_at)
        for number, one in enumerate(extra, start=100)
    )
    return extra


# -- at the tables -----------------------------------------------------------------------------------------------
@pytest.fixture(autouse=True)
def _little_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    """How well tables mix is asked of the engine."""
    monkeypatch.setattr(analysis, "PIECE", analysis.PIECE / 20)


@pytest.fixture
def cafe(the_day: OpenHouse) -> Gathering:
    return gatherings.add_gathering(the_day, facts=CAFE)


@pytest.fixture
def leader(birgit: Account, client_of_account: Callable[[Account], Client]) -> Client:
    return client_of_account(birgit)


# -- on the day -------------------------------------------------------------------------------------------------
@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """The real clock shows noon of the day, or what it is set to."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(real_clock, "read", lambda: moment)

    set_to(swedish(DAY, 12))
    return set_to


@pytest.fixture
def standing(the_day: OpenHouse, at_noon: Callable[[datetime], None]) -> list[Invitation]:
    """Two associations on the day that everybody can read about."""
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    return stand_at(the_day, "Byns hembygdsförening", "Byns kör")


@pytest.fixture
def bygd(standing: list[Invitation]) -> Invitation:
    return standing[0]


@pytest.fixture
def kor(standing: list[Invitation]) -> Invitation:
    return standing[1]
