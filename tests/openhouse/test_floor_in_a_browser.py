"""The floor plan by keyboard alone, with the consequences before they are kept; every page accessible and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import expect

from brobygget.openhouse.commands import events, floor, floor_halls
from brobygget.openhouse.commands.floor_halls import HallFacts
from brobygget.openhouse.models import Circuit, Hall, Invitation, OpenHouse, Stand
from brobygget.people.models import Account
from tests.conftest import NOW, TODAY
from tests.looking_at_a_page import LANGUAGES
from tests.openhouse.screens import Screen, faults_on
from tests.openhouse.test_floor import _put, _tables, furnished

__all__ = ["furnished"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_stand_is_moved_by_keyboard_alone_and_taken_back(
    screen: Screen,
    the_day: OpenHouse,
    furnished: dict[str, Invitation],
    marit: Account,
    client_of_account: Callable[[Account], Client],
) -> None:
    _put(the_day, Bandet=5, Språkcaféet=1, Köket=2)
    page = screen(1280, client_of_account(marit))
    page.goto(f"/open-houses/{the_day.pk}/floor/")
    spot = page.locator("a[data-spot]")
    assert [each.get_attribute("tabindex") for each in spot.all()] == ["0", "-1", "-1", "-1", "-1"]
    for _stop in range(40):
        if page.evaluate("document.activeElement.matches('a[data-spot]')"):
            break
        page.keyboard.press("Tab")
    expect(spot.nth(0)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    panel = page.locator("#floor-panel")
    expect(panel.locator("h2")).to_have_text("Köket")
    expect(spot.nth(1)).to_be_focused()
    expect(spot.nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("har ingen el vid bord 3")
    expect(page.locator("#keep")).to_be_focused()
    assert _tables(the_day)["Köket"] == 2  # told, not kept
    page.keyboard.press("Escape")
    expect(panel.locator("h2")).to_have_text("Allt går ihop")
    expect(spot.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel.locator("h2")).to_have_text("Köket")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("Inget går sönder av det.")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Köket")
    expect(spot.nth(3)).to_be_focused()
    assert _tables(the_day) == {"Bandet": 5, "Språkcaféet": 1, "Köket": 4}
    page.locator("#take-back").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Ångrat.")
    assert _tables(the_day)["Köket"] == 2


def test_a_stand_is_moved_without_scripts(
    screen: Screen,
    the_day: OpenHouse,
    furnished: dict[str, Invitation],
    marit: Account,
    client_of_account: Callable[[Account], Client],
) -> None:
    _put(the_day, Bandet=5, Språkcaféet=1, Köket=2)
    page = screen(390, client_of_account(marit), java_script_enabled=False)
    page.goto(f"/open-houses/{the_day.pk}/floor/")
    page.get_by_role("row").get_by_role("link", name="Köket").click()
    page.get_by_label("Vart?").select_option(label="4 · ledigt")
    page.get_by_role("button", name="Se vad som ändras").click()
    page.locator("#keep").click()
    assert _tables(the_day)["Köket"] == 4


@pytest.mark.slow  # a walk over every page
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_floor_is_accessible_and_narrow(
    language: str,
    screen: Screen,
    the_day: OpenHouse,
    furnished: dict[str, Invitation],
    marit: Account,
    client_of_account: Callable[[Account], Client],
    client_invited: Callable[[Invitation], Client],
) -> None:
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    floor_halls.put_up_hall(the_day, facts=HallFacts(name="Källaren", wide=30, deep=30, step_free=False))
    _put(the_day, Bandet=2, Språkcaféet=1)  # loud beside quiet, and somebody without a table
    floor.tell_floor(the_day, is_told=True, at=NOW)
    base, own = f"/open-houses/{the_day.pk}/floor/", f"/open-house/{the_day.pk}/"
    band, hall, table = (
        furnished["Bandet"].pk,
        Hall.objects.earliest("pk"),
        Stand.objects.earliest("pk").position,
    )
    free = the_day.positions.get(number=5)
    marits = [
        base,
        f"{base}?stand={band}",
        f"{base}?stand={band}&to={free.pk}",
        f"{base}?stand={furnished['Köket'].pk}",
        f"{base}?table={free.pk}",
        f"{base}halls/",
        f"{base}halls/{hall.pk}/",
        f"{base}tables/{table.pk}/",
        f"{base}circuits/{Circuit.objects.get().pk}/",
    ]
    walks = [
        (client_of_account(marit), marits),
        (None, [own]),
        (client_invited(furnished["Bandet"]), [f"{own}answer/receipt/"]),
    ]
    assert faults_on(screen, walks, language) == []
