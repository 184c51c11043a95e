"""A small cast that everybody knows.

Amina is new in town and in the circle. Birgit has lived here always and leads it. Chidi is in another circle
of the same house. Doris has an account and no role. Elsa receives at the desk. Frans leads in another house. Petra keeps the register of associations.
"""

from __future__ import annotations

import gc
import os
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from brobygget.circles.models import Circle, Meeting, Membership
from brobygget.house.models import House
from brobygget.people import guessing
from brobygget.people.models import Account, Participant, Role
from brobygget.web import clock as real_clock
from tests.cast import (
    NOW,
    TODAY,
    gather,
    open_brohuset,
    open_first_evening,
    open_granhuset,
    phone_of,
    screen_of,
    seat,
    sign_up,
)

__all__ = ["NOW", "TODAY"]
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
    """What is true of one database only is not asked of the other; the journeys come first."""
    elsewhere = "on_postgresql" if connection.vendor == "sqlite" else "on_sqlite"
    kept = [item for item in items if item.get_closest_marker(elsewhere) is None]
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker(elsewhere)])
    # What takes minutes begins first, so that at the end both processes have something to do.
    items[:] = sorted(kept, key=lambda item: "journeys" not in item.path.parts)


def pytest_collection_finish() -> None:
    """Six thousand tests lie in memory to the end: what looks for rubbish need not look through them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


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
    return open_brohuset()


@pytest.fixture
def other_house(db: None) -> House:
    return open_granhuset()


@pytest.fixture
def birgit(house: House) -> Account:
    return sign_up("Birgit", house, Role.Kind.LEADER)


@pytest.fixture
def doris(house: House) -> Account:
    return sign_up("Doris", None)


@pytest.fixture
def elsa(house: House) -> Account:
    return sign_up("Elsa", house, Role.Kind.RECEPTION)


@pytest.fixture
def frans(house: House, other_house: House) -> Account:
    return sign_up("Frans", other_house, Role.Kind.LEADER, Role.Kind.COORDINATOR)


@pytest.fixture
def marit(house: House) -> Account:
    return sign_up("Marit", house, Role.Kind.COORDINATOR)


@pytest.fixture
def petra(house: House) -> Account:
    return sign_up("Petra", house, Role.Kind.ASSOCIATIONS)


@pytest.fixture
def circle(house: House, birgit: Account) -> Circle:
    return gather(house, "Brobyggarcirkeln", birgit)


@pytest.fixture
def other_circle(house: House, marit: Account) -> Circle:
    return gather(house, "Fredagscirkeln", marit)


@pytest.fixture
def meeting(circle: Circle) -> Meeting:
    """The first evening, open and without steps."""
    return open_first_evening(circle)


@pytest.fixture
def member() -> Callable[..., Membership]:
    """Make one more member: `member(circle, "Yusuf", "so", organiser=False)`."""
    return seat


@pytest.fixture
def amina(circle: Circle) -> Membership:
    return seat(circle, "Amina", "ar")


@pytest.fixture
def chidi(other_circle: Circle) -> Membership:
    return seat(other_circle, "Chidi", "en")


@pytest.fixture
def client_of() -> Callable[[Membership | Participant], Client]:
    """A participant's phone."""
    return phone_of


@pytest.fixture
def client_of_account() -> Callable[[Account], Client]:
    """A screen where somebody has signed in."""
    return screen_of


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
