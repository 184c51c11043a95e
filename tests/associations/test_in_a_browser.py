"""Bengt, 68, treasurer: a letter, a PC at 200 %, a code typed in, a form that saves itself, a receipt on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from brobygget.associations.commands import links
from brobygget.associations.models import Association, ImportRun
from tests.conftest import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bengts_pc(live_server: Any, chromium: Browser, register: ImportRun) -> Iterator[Page]:
    """1440 by 900 at 200 %: the page has 720 by 450 to itself."""
    context = chromium.new_context(
        viewport={"width": 720, "height": 450},
        device_scale_factor=2,
        locale="sv",
        base_url=live_server.url,
    )
    context.add_cookies([{"name": "language", "value": "sv", "url": live_server.url}])
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def test_bengt_comes_in_with_the_code_answers_and_prints_his_receipt(
    bengts: Association, bengts_pc: Page, artefacts: Path
) -> None:
    page = bengts_pc
    (door,) = links.give_doors([bengts], on=TODAY)
    page.goto("/own/")
    page.get_by_label("Koden i brevet").fill(door.code.lower().replace("-", " "))
    page.get_by_role("button", name="Öppna formuläret").click()
    page.get_by_role("heading", name="Byns hembygdsförening").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")  # nothing to scroll sideways
    page.get_by_label("Vad kan man prova hos er?").fill("Baka våfflor och se gamla hus")
    page.get_by_text("Sparat ").first.wait_for()
    assert Association.objects.get(pk=bengts.pk).can_try == "Baka våfflor och se gamla hus"
    page.get_by_role("group", name="Kan den som talar lite svenska vara med?").get_by_label("Ja").check()
    page.get_by_label("Vem möter en ny i dörren?").fill("Bengt")
    page.screenshot(path=artefacts / "bengts-form-at-200.png")
    page.get_by_role("button", name="Klart, spara").click()
    page.get_by_text("Sparat. Tack!").wait_for()
    page.get_by_role("button", name="Skriv ut kvittot").wait_for()  # a script shows it
    printed = page.pdf(format="A4")
    (artefacts / "bengts-receipt.pdf").write_bytes(printed)
    sheets = PdfReader(io.BytesIO(printed)).pages
    text = sheets[0].extract_text()
    assert len(sheets) == 1
    assert all(words in text for words in ("Byns hembygdsförening", "Baka våfflor och se gamla hus", "Bengt"))
    assert "Skriv ut kvittot" not in text
    saved = Association.objects.get(pk=bengts.pk)
    assert (saved.little_swedish, saved.met_by, saved.last_confirmed_on) == ("yes", "Bengt", TODAY)


def test_without_scripts_the_button_does_the_same(
    bengts: Association, live_server: Any, chromium: Browser
) -> None:
    (door,) = links.give_doors([bengts], on=TODAY)
    context = chromium.new_context(java_script_enabled=False, locale="sv", base_url=live_server.url)
    page = context.new_page()
    page.goto(f"/own/{door.token}/")
    page.locator("main button").click()
    page.locator("#id_met_by").fill("Gun")
    page.locator(".own-form button").click()
    assert page.url.endswith("/own/receipt/")
    assert Association.objects.get(pk=bengts.pk).met_by == "Gun"
    context.close()
