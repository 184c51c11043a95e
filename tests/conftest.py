"""A small cast that everybody knows.

Amina is new in town and in the circle. Birgit has lived here always and leads it. Chidi is in another circle
of the same house. Doris has an account and no role. Elsa receives at the desk. Frans leads in another house. Petra keeps the register of associations.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from brobygget.circles.models import Circle, Meeting, Membership
from brobygget.house.models import House
from brobygget.people import commands as people
from brobygget.people import guessing
from brobygget.people.models import Account, Participant, PersonalLink, Role
from brobygget.people.request import COOKIE
from brobygget.web import clock as real_clock

NOW = datetime(2027, 1, 22, 12, 0, tzinfo=UTC)  # 13.00 in Älvnäs, a Friday
TODAY = NOW.date()
CHROMIUM = os.environ.get("BROBYGGET_CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    # Playwright's own list, as a later one takes its place; then the address bar's pop-up, which no test can see
    # and which costs as much as a page in every window.
    (
        "--disable-features=AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
        "HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,"
        "AvoidCorsURLLoaderRestartOnRedirect,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,"
        "WebUIOmniboxPopup,WebUIOmniboxFullPopup,WebUIOmniboxAimPopup"
    ),
]
ARTEFACTS = Path(__file__).resolve().parents[1] / "test-artefacts"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is true of one database only is not asked of the other."""
    elsewhere = "on_postgresql" if connection.vendor == "sqlite" else "on_sqlite"
    kept = [item for item in items if item.get_closest_marker(elsewhere) is None]
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker(elsewhere)])
    items[:] = kept


@pytest.fixture(autouse=True)
def _time_stands_still(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Every test happens on the evening of the first circle, unless it asks for `moving_clock`."""
    if "moving_clock" not in request.fixturenames:
        monkeypatch.setattr(real_clock, "read", lambda: NOW)


@pytest.fixture(autouse=True)
def _nobody_has_guessed() -> None:
    guessing.forget_networks()


@pytest.fixture
def moving_clock() -> None:
    """The real time."""


@pytest.fixture
def clock() -> datetime:
    return NOW


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def artefacts() -> Path:
    """Where screenshots are kept."""
    ARTEFACTS.mkdir(exist_ok=True)
    return ARTEFACTS


@pytest.fixture
def house(db: None) -> House:
    return House.objects.create(name="Brohuset", town="Älvnäs", opened_on=date(2026, 12, 4))


@pytest.fixture
def other_house(db: None) -> House:
    return House.objects.create(name="Granhuset", town="Granby", opened_on=date(2026, 12, 4))


def _account(name: str, house: House | None, *kinds: Role.Kind) -> Account:
    account = people.open_account(email=f"{name.lower()}@alvnas.example", called=name, on=date(2026, 12, 4))
    for kind in kinds:
        assert house is not None
        people.give_role(account=account, house_id=house.pk, kind=kind, on=date(2026, 12, 4))
    return account


@pytest.fixture
def birgit(house: House) -> Account:
    return _account("Birgit", house, Role.Kind.LEADER)


@pytest.fixture
def doris(house: House) -> Account:
    return _account("Doris", None)


@pytest.fixture
def elsa(house: House) -> Account:
    return _account("Elsa", house, Role.Kind.RECEPTION)


@pytest.fixture
def frans(house: House, other_house: House) -> Account:
    return _account("Frans", other_house, Role.Kind.LEADER, Role.Kind.COORDINATOR)


@pytest.fixture
def marit(house: House) -> Account:
    return _account("Marit", house, Role.Kind.COORDINATOR)


@pytest.fixture
def petra(house: House) -> Account:
    return _account("Petra", house, Role.Kind.ASSOCIATIONS)


@pytest.fixture
def circle(house: House, birgit: Account) -> Circle:
    return Circle.objects.create(house=house, name="Brobyggarcirkeln", leader=birgit, started_on=TODAY)


@pytest.fixture
def other_circle(house: House, marit: Account) -> Circle:
    return Circle.objects.create(house=house, name="Fredagscirkeln", leader=marit, started_on=TODAY)


@pytest.fixture
def meeting(circle: Circle) -> Meeting:
    """The first evening, open and without steps."""
    return Meeting.objects.create(
        circle=circle, number=1, starts_at=NOW, place="Brohuset, rum 2", opened_at=NOW, planned_minutes=135
    )


@pytest.fixture
def member() -> Callable[..., Membership]:
    """Make one more member: `member(circle, "Yusuf", "so", organiser=False)`."""

    def make(circle: Circle, alias: str, language: str = "sv", *, organiser: bool = False) -> Membership:
        person = Participant.objects.create(
            house=circle.house, alias=alias, language=language, years_here="<1", joined_on=TODAY
        )
        seat = circle.memberships.count() + 1
        return Membership.objects.create(
            circle=circle, participant=person, seat=seat, joined_on=TODAY, is_organiser=organiser
        )

    return make


@pytest.fixture
def amina(circle: Circle, member: Callable[..., Membership]) -> Membership:
    return member(circle, "Amina", "ar")


@pytest.fixture
def chidi(other_circle: Circle, member: Callable[..., Membership]) -> Membership:
    return member(other_circle, "Chidi", "en")


@pytest.fixture
def client_of() -> Callable[[Membership | Participant], Client]:
    """A participant's phone."""

    def make(who: Membership | Participant) -> Client:
        person = who.participant if isinstance(who, Membership) else who
        client = Client()
        client.cookies[COOKIE] = people.give_link(person, purpose=PersonalLink.Purpose.DEVICE, on=TODAY)
        return client

    return make


@pytest.fixture
def client_of_account() -> Callable[[Account], Client]:
    """A screen where somebody has signed in."""

    def make(account: Account) -> Client:
        client = Client()
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


@pytest.fixture
def press() -> Callable[..., HttpResponse]:
    """Press a button: `press(client, url, field=value)` with a fresh key, or with `key=` a repeat."""

    def make(client: Client, url: str, *, key: str = "", **fields: Any) -> HttpResponse:
        return client.post(url, {"key": key or str(uuid.uuid4()), **fields})  # type: ignore[return-value]

    return make


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all; skipped loudly where there is none, and never in CI."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail("There is no browser; set BROBYGGET_CHROMIUM.")
        pytest.skip("There is no browser; set BROBYGGET_CHROMIUM.")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()
