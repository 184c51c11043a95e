"""Elin counts for forty minutes without a network: every tap once, also when the page is opened anew meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import OpenTown

pytestmark = [pytest.mark.browser, pytest.mark.on_sqlite]
MINUTES = 40


def _at_the_desk(chromium: Browser, town: OpenTown) -> Page:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="sv")
    page = context.new_page()
    page.goto(town.account("Elin"))
    page.locator("main form button").click()
    page.goto(f"{town.address}/reception/")
    return page


def _wait_for_the_worker(page: Page) -> None:
    for _ in range(200):
        if page.evaluate("navigator.serviceWorker.controller !== null"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the worker never came")


def _numbers(page: Page) -> tuple[str, str]:
    return page.locator("#count-adult").inner_text(), page.locator("#count-child").inner_text()


def test_forty_minutes_without_a_network_are_counted_once(
    chromium: Browser, open_town: Callable[[str], OpenTown], artefacts: Path
) -> None:
    town = open_town("C")
    page = _at_the_desk(chromium, town)
    grown_up, child = page.locator(".count-button").first, page.locator(".count-button").last
    less = page.locator(".count-half .button-text").first
    expect(page.locator("#count-adult")).to_have_text("117")
    grown_up.click()
    expect(page.locator("#count-adult")).to_have_text("118")
    # The worker has the page when it controls it.
    _wait_for_the_worker(page)
    page.reload()

    page.context.set_offline(True)
    for tap in range(MINUTES):
        (child if tap % 5 == 4 else grown_up).click()
    less.click()
    expect(page.locator("#count-adult")).to_have_text(str(118 + 32 - 1))
    expect(page.locator("#count-child")).to_have_text(str(18 + 8))
    expect(page.locator("[data-outbox-banner]")).to_contain_text(str(MINUTES + 1))
    page.screenshot(path=artefacts / "reception-without-network.png")
    # The phone threw the page away meanwhile; it opens again, and what was tapped is still there.
    page.reload()
    expect(page.locator(".count-button").first).to_be_visible()
    expect(page.locator("[data-outbox-banner]")).to_contain_text(str(MINUTES + 1))

    page.context.set_offline(False)
    expect(page.locator("#count-adult")).to_have_text("149", timeout=30_000)
    expect(page.locator("#count-child")).to_have_text("26")
    page.reload()
    assert _numbers(page) == ("149", "26")
    page.goto(f"{town.address}/reception/week/")
    expect(page.locator("tfoot")).to_contain_text("682")
    page.context.close()


def test_elsewhere_the_phone_says_that_there_is_no_network(
    chromium: Browser, open_town: Callable[[str], OpenTown], artefacts: Path
) -> None:
    town = open_town("C")
    page = _at_the_desk(chromium, town)
    _wait_for_the_worker(page)
    page.context.set_offline(True)
    page.goto(f"{town.address}/programme/")
    expect(page.locator("h1")).to_have_text("Inget nät just nu.")
    page.screenshot(path=artefacts / "no-network.png")
    kept = page.evaluate(
        "caches.open('brobygget-1').then(kept => kept.keys()).then(all => all.map(one => new URL(one.url).pathname))"
    )
    pages = sorted(path for path in kept if not path.startswith(("/static/", "/sheet/")))
    assert pages == ["/offline/"] or pages == ["/offline/", "/reception/"]
    page.context.set_offline(False)
    page.locator(".button").click()
    expect(page.locator("h1")).to_have_text("Den här veckan i huset")
    page.context.close()
