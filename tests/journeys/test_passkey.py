"""Somebody who hosts signs in with a code from a mail, adds a passkey, and the next time needs only that."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import OpenTown

pytestmark = [pytest.mark.browser, pytest.mark.on_sqlite]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def _code(mails: Path) -> str:
    for _ in range(50):
        for mail in sorted(mails.glob("*"), reverse=True):
            found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.read_text(), re.MULTILINE)
            if found:
                return found.group(1)
        time.sleep(0.1)
    raise AssertionError("no mail with a code")


def test_a_code_by_mail_and_then_a_passkey(chromium: Browser, open_town: Callable[[str], OpenTown]) -> None:
    town = open_town("B")
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="sv")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    sign_in = f"{town.address}/accounts/login/code/"

    page.goto(sign_in)
    page.fill("input[name=email]", "marit@alvnasbo.example")
    page.locator("main form button").first.click()
    page.fill("input[name=code]", _code(town.folder / "mail"))
    page.locator("main form button").first.click()
    page.wait_for_url(f"{town.address}/")

    page.goto(f"{town.address}/accounts/passkeys/add/")
    page.fill("input[name=name]", "Telefon")
    page.locator("#passkey_add").click()
    page.wait_for_url(f"{town.address}/accounts/passkeys/")
    expect(page.locator("main li")).to_contain_text("Telefon")

    context.clear_cookies()
    page.goto(f"{town.address}/overview/")
    assert page.url.startswith(sign_in)
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda address: not address.startswith(sign_in), timeout=10_000)
    page.goto(f"{town.address}/overview/")
    expect(page.locator("h1")).to_contain_text("Brohuset")

    # The phone with the passkey is lost: the code by mail still opens the door.
    for mail in (town.folder / "mail").glob("*"):
        mail.unlink()
    context.clear_cookies()
    page.goto(sign_in)
    page.fill("input[name=email]", "marit@alvnasbo.example")
    page.locator("main form button").first.click()
    page.fill("input[name=code]", _code(town.folder / "mail"))
    page.locator("main form button").first.click()
    page.wait_for_url(f"{town.address}/")
    page.goto(f"{town.address}/accounts/passkeys/")
    page.locator("main li a").click()
    page.locator("main form button").click()
    expect(page.locator("main")).to_contain_text("Ingen nyckel än")
    context.close()
