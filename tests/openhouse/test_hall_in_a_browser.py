"""The day on a phone that loses its network, and every page of the hall accessible and narrow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from brobygget.openhouse.commands import booking, events, language_hosts, programme
from brobygget.openhouse.commands import door as doors
from brobygget.openhouse.commands.language_hosts import HostFacts
from brobygget.openhouse.models import DoorCount, OpenHouse
from brobygget.people.models import Account
from brobygget.web import clock as real_clock
from tests.conftest import NOW, TODAY
from tests.looking_at_a_page import LANGUAGES
from tests.openhouse.conftest import DAY, swedish
from tests.openhouse.in_the_programme import at, slot
from tests.openhouse.screens import Screen, faults_on
from tests.openhouse.test_door import address
from tests.openhouse.test_hall import _moved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = """async () => {
  const kept = await caches.open("brobygget-1");
  return Promise.all((await kept.keys()).map(async (each) =>
    [new URL(each.url).pathname, await (await kept.match(each)).text()]));
}"""


@pytest.fixture
def public(the_day: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> OpenHouse:
    made = events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    OpenHouse.objects.filter(pk=made.pk).update(languages=",sv,ar,ti,uk,")
    slot(made, "Prova trumma med ett rätt så långt namn på raden", time(12), time(12, 30))
    slot(made, "Kören sjunger", time(11, 30), time(12, 15), kind="stage")
    monkeypatch.setattr(real_clock, "read", lambda: swedish(DAY, 11, 55))
    return made


def _worker(phone: Page) -> None:
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")


def test_programme_and_map_open_without_a_network_and_a_press_is_there_once(
    screen: Screen, public: OpenHouse, leader: Client
) -> None:
    room = doors.watch_door(public, room="Hela huset").rooms.get()
    pages = [at("day_programme", public), at("day_map", public), address(room.door, "counting_room", room.pk)]
    phone = screen(390, leader)  # somebody who is known to the house: nothing of that may be kept
    phone.goto(pages[0])
    _worker(phone)
    for page in [
        *pages,
        at("run_now", public),
        at("plan", public),
        at("open_house", public),
        at("own_seats", public),
    ]:
        phone.goto(page)
    kept = dict(phone.evaluate(KEPT))
    html = {path for path in kept if not path.startswith(("/static/", "/sheet/"))}
    assert html == {"/offline/", *pages}
    assert not [path for path in html if "Översikt" in kept[path] or "Birgit" in kept[path]]
    phone.context.set_offline(True)
    phone.goto(pages[0])
    expect(phone.locator("#coming")).to_be_visible()
    phone.goto(pages[1])
    expect(phone.locator("h1")).to_have_text("Karta")
    phone.goto(at("run_now", public))
    expect(phone.get_by_role("heading")).to_contain_text("Inget nät just nu")
    phone.goto(pages[2])
    phone.locator("form:has(input[value='adult-in']) button").click()
    expect(phone.locator("#inside")).to_have_text("1")
    assert not DoorCount.objects.exists()
    phone.context.set_offline(False)
    phone.goto(pages[2])
    expect(phone.locator("#inside")).to_have_text("1", timeout=20_000)
    phone.reload()
    expect(phone.locator("#inside")).to_have_text("1")
    assert list(DoorCount.objects.values_list("adults_in", flat=True)) == [1]


@pytest.mark.slow  # a walk over every page
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_hall_is_accessible_and_narrow(
    language: str,
    screen: Screen,
    public: OpenHouse,
    marit: Account,
    client_of_account: Callable[[Account], Client],
) -> None:
    moved, off = slot(public, "Schack"), slot(public, "Dans")
    for one in (moved, off):
        booking.book_seats(one, seats=1, phone="", at=NOW)
    _moved(moved, time(13))
    programme.call_off_slot(off, is_off=True, at=NOW)
    host = language_hosts.add_host(public, facts=HostFacts(languages=("ar", "ti"), alias="Sol"))
    host.shifts.create(starts=time(11, 30))
    walks = [
        (None, [at(name, public) for name in ("day_programme", "day_map", "hall_wall")]),
        (client_of_account(marit), [at("run_now", public), at("bookings", public)]),
    ]
    assert faults_on(screen, walks, language) == []


def test_the_wall_fits_a_projector_and_follows_what_happens(screen: Screen, public: OpenHouse) -> None:
    for number in range(3):
        slot(public, f"Prova något som heter nummer {number}", time(12), time(12, 30), place="Sal A, bord 12")
        slot(public, f"Något som pågår {number}", time(11), time(13), place="Gården")
    wall = screen(1920)
    wall.set_viewport_size({"width": 1920, "height": 1080})
    wall.goto(at("hall_wall", public))
    expect(wall.locator(".hall-soon")).to_be_visible()
    assert wall.evaluate("document.documentElement.scrollHeight") == 1080
    assert wall.evaluate("document.documentElement.scrollWidth") == 1920
    smallest = "Math.min(...[...document.querySelectorAll('.hall-wall *')].filter((each) => each.innerText).map((each) => parseFloat(getComputedStyle(each).fontSize)))"
    assert wall.evaluate(smallest) >= 24  # pixels of 1,080: 8 metres from a wall of 2.5 metres
    for one in public.slots.filter(starts=time(12)):
        programme.call_off_slot(one, is_off=True, at=NOW)
    expect(wall.locator(".hall-changed")).to_be_visible(timeout=20_000)
    expect(wall.locator(".hall-soon")).to_have_count(0)
