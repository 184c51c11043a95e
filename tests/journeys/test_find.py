"""Samira has little Swedish and a phone: four screens of pictures, and she has found the sewing association."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from brobygget.house.models import House
from tests.associations.directory.register import an_association

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.on_sqlite]


@pytest.fixture
def a_town_with_associations(house: House) -> None:
    an_association(
        house,
        "Syföreningen Tråden",
        interests=["sewing"],
        meets=[(1, "18:00", "20:00")],
        languages=["sv", "fa"],
        met_by="Birgitta",
        try_free="yes",
        swedish_needed="none",
    )
    for number in range(6):
        an_association(house, f"Bollklubben {number}", interests=["football"])


@pytest.mark.parametrize("has_scripts", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_samira_finds_the_sewing_association_with_pictures(
    has_scripts: bool, chromium: Browser, live_server: Any, a_town_with_associations: None
) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=has_scripts, locale="fa"
    )
    context.add_cookies([{"name": "language", "value": "fa", "url": live_server.url}])
    faults: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/find/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator('input[name="group"][value="g-craft"]').check(force=True)
    page.locator(".phone-action button").click()
    page.locator('input[name="like"][value="sewing"]').check(force=True)
    page.locator(".phone-action button").click()
    page.locator('input[name="who"][value="me"]').check(force=True)
    page.locator('input[name="when"][value="evening"]').check(force=True)
    page.locator('input[name="speak"][value="fa"]').check(force=True)
    page.locator(".phone-action button").click()
    first = page.locator(".found").first
    assert "Syföreningen Tråden" in first.inner_text()
    assert "Birgitta" in first.inner_text()
    first.locator("h2 a").click()
    assert page.locator("h1").inner_text() == "Syföreningen Tråden"
    assert page.locator(".welcome").is_visible()
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert not has_scripts or page.evaluate(sideways) == 0
    assert faults == []
    assert {cookie["name"] for cookie in context.cookies()} <= {"language", "csrftoken"}
    context.close()
