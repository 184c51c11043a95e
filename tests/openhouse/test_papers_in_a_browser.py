"""Petra reminds those who come, Marit prints; every page of it accessible and narrow, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from playwright.sync_api import expect

from brobygget.associations.models import Association
from brobygget.openhouse.commands import events, floor
from brobygget.openhouse.commands.sending import send_due_mails
from brobygget.openhouse.models import Invitation, OpenHouse
from brobygget.people.models import Account
from tests.conftest import NOW, TODAY
from tests.looking_at_a_page import LANGUAGES
from tests.openhouse.papers import pages_of
from tests.openhouse.screens import Screen, faults_on
from tests.openhouse.test_floor import _put, furnished

__all__ = ["furnished"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "https://brohuset.example"


@pytest.fixture
def told(the_day: OpenHouse, furnished: dict[str, Invitation]) -> OpenHouse:
    _put(the_day, Bandet=5, Språkcaféet=1, Köket=2)
    Association.objects.filter(name="Bandet").update(email="", reach="letter", phone="0980-31 92 05")
    send_due_mails(the_day.house, address=ADDRESS, at=NOW)
    floor.tell_floor(the_day, is_told=True, at=NOW)
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    return OpenHouse.objects.select_related("house").get(pk=the_day.pk)


def test_everybody_is_reminded_from_one_page_without_scripts(
    screen: Screen, told: OpenHouse, petra: Account, client_of_account: Callable[[Account], Client]
) -> None:
    page = screen(390, client_of_account(petra), java_script_enabled=False)
    page.goto(f"/open-houses/{told.pk}/papers/")
    page.get_by_role("link", name="Bekräftelser: Påminn och skriv ut").click()
    page.get_by_label("Vem de frågar på dagen").fill("Greta vid entrén, 0980-31 92 40")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".messages")).to_contain_text("Sparat.")
    page.get_by_role("button", name="Skicka 2 påminnelser").click()
    expect(page.get_by_text("Mejlet är på väg")).to_have_count(2)
    row = page.locator("tr", has_text="Bandet")
    expect(row).to_contain_text("0980-31 92 05")
    row.get_by_role("button", name="Har fått veta per telefon").click()
    expect(page.locator("tr", has_text="Bandet")).to_contain_text("Fick veta fredag 22 januari")
    mail.outbox.clear()
    assert send_due_mails(told.house, address=ADDRESS, at=NOW) == 2
    assert all("Greta vid entrén" in message.body for message in mail.outbox)
    page.reload()
    expect(page.locator(".answers-sum")).to_contain_text("av 3 vet när och var")
    expect(page.get_by_text("Alla som har en adress har fått mejl.")).to_be_visible()


def test_badges_are_made_from_what_is_typed_and_a_mistake_loses_nothing(
    screen: Screen,
    told: OpenHouse,
    marit: Account,
    client_of_account: Callable[[Account], Client],
    tmp_path: Path,
) -> None:
    page = screen(1280, client_of_account(marit), accept_downloads=True)
    page.goto(f"/open-houses/{told.pk}/papers/badges/")
    page.get_by_text("Språkvärdar").click()
    lines = page.get_by_label("Vad de vill kallas, en rad var")
    lines.fill("Amal, arabiska svenska\nDawit, klingonska")
    page.get_by_role("button", name="Gör namnlapparna").click()
    expect(page.locator("#id_lines_error")).to_contain_text("klingonska")
    expect(lines).to_have_value("Amal, arabiska svenska\nDawit, klingonska")
    lines.fill("Amal, arabiska svenska\nDawit, tigrinja")
    page.get_by_label("Och så många tomma, att skriva på").fill("18")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.get_by_role("button", name="Gör namnlapparna").click(no_wait_after=True)
    assert answered.value.headers["content-type"] == "application/pdf"


def test_the_association_prints_its_own_confirmation(
    screen: Screen,
    told: OpenHouse,
    furnished: dict[str, Invitation],
    client_invited: Callable[[Invitation], Client],
) -> None:
    client = client_invited(furnished["Köket"])
    page = screen(390, client)
    page.goto(f"/open-house/{told.pk}/answer/receipt/")
    link = page.get_by_role("link", name="Skriv ut bekräftelsen").get_attribute("href") or ""
    assert pages_of(client.get(link).content) == 1


@pytest.mark.slow  # a walk over every page
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_it_is_accessible_and_narrow(
    language: str,
    screen: Screen,
    told: OpenHouse,
    furnished: dict[str, Invitation],
    marit: Account,
    client_of_account: Callable[[Account], Client],
    client_invited: Callable[[Invitation], Client],
) -> None:
    Association.objects.filter(name="Köket").update(name="Äldrehemsvolontärsamordningsföreningen " * 2)
    base = f"/open-houses/{told.pk}"
    staff = [f"{base}/papers/", f"{base}/papers/badges/", f"{base}/reminders/"]
    own = [f"/open-house/{told.pk}/answer/receipt/"]
    walks = [(client_of_account(marit), staff), (client_invited(furnished["Köket"]), own)]
    assert faults_on(screen, walks, language) == []
