"""A conflict is planned and solved; a seat is booked in Arabic with two taps, and without scripts; hosts by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time

import pytest
from django.test import Client
from playwright.sync_api import expect

from brobygget.openhouse.commands import booking, events, floor_halls, language_hosts, programme
from brobygget.openhouse.commands.floor_halls import HallFacts
from brobygget.openhouse.commands.language_hosts import HostFacts
from brobygget.openhouse.models import (
    Booking,
    Gathering,
    HostShift,
    Invitation,
    LanguageHost,
    OpenHouse,
    Slot,
)
from brobygget.openhouse.queries import booking_doors as doors
from brobygget.openhouse.views.booking import cookie_of
from brobygget.people.models import Account
from tests.conftest import NOW, TODAY
from tests.looking_at_a_page import LANGUAGES
from tests.openhouse.in_the_programme import at, slot
from tests.openhouse.screens import Screen, faults_on
from tests.openhouse.test_programme import band

__all__ = ["band"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Signed = Callable[[Account], Client]


@pytest.fixture
def public(the_day: OpenHouse) -> OpenHouse:
    return events.publish(the_day, is_public=True, on=TODAY, at=NOW)


def test_a_slot_is_planned_beside_the_language_cafe_and_moved_to_where_it_fits(
    screen: Screen,
    the_day: OpenHouse,
    cafe: Gathering,
    marit: Account,
    client_of_account: Signed,
    band: Invitation,
) -> None:
    page = screen(1280, client_of_account(marit))
    page.goto(at("programme", the_day))
    page.get_by_role("link", name="Slå på trumman").click()
    expect(page.get_by_label("Vad heter det?")).to_have_value("Slå på trumman")
    page.get_by_label("Det börjar").fill("13:15")
    page.get_by_label("Det slutar").fill("13:45")
    page.get_by_label("Hur många platser?").fill("12")
    page.get_by_label("Var där?").fill("Bord 3")
    page.get_by_role("button", name="Lägg in det i programmet").click()
    clash = page.locator(".clashes")
    expect(clash).to_contain_text("låter högt medan man pratar vid")
    expect(clash).to_contain_text("Det krockar inte med något:")
    assert Slot.objects.get().starts == time(13, 15)  # saved all the same
    page.get_by_label("Det börjar").fill("12:15")
    page.get_by_label("Det slutar").fill("12:45")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("main")).to_contain_text("Allt går ihop.")
    expect(page.locator(".slot-clock")).to_have_text("12.15–12.45")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_visitor_books_in_arabic_with_two_taps_and_takes_it_back(
    has_scripts: bool, screen: Screen, public: OpenHouse
) -> None:
    made = slot(public, "Prova trumma", capacity=3)
    page = screen(390, language="ar", java_script_enabled=has_scripts)
    page.goto(at("open_house", public))
    page.locator(".slot-line a.button").click()
    page.locator("button[name=seats][value='2']").click()
    signs = page.locator(".seat-signs")
    assert signs.inner_text().strip("\u2066\u2069") == doors.code_of(Booking.objects.get())
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert Booking.objects.get().seats == 2
    page.get_by_role("button", name="أعِد المقاعد").click()
    expect(page.locator(".empty h2")).to_have_text("لا شيء محجوز على هذا الهاتف")
    assert made.bookings.count() == 0


def test_hosts_are_marked_by_keyboard_without_scripts_and_a_proposal_is_kept(
    screen: Screen, the_day: OpenHouse, marit: Account, client_of_account: Signed
) -> None:
    for code in ("ar", "so", "ti", "uk", "fa"):
        language_hosts.add_host(the_day, facts=HostFacts(languages=(code,), alias=f"Värd {code}"))
    page = screen(1280, client_of_account(marit), java_script_enabled=False)
    page.goto(at("hosts", the_day))
    box = page.get_by_label(re.compile("Värd ar, .11[.]00–11[.]30"))
    box.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Spara").press("Enter")
    assert list(HostShift.objects.values_list("starts", flat=True)) == [time(11), time(11, 30)]
    expect(page.locator(".clashes")).to_contain_text("Det ska vara 3 språk utöver svenska.")
    page.get_by_role("button", name="Gör ett förslag").click()
    expect(page.locator("main")).to_contain_text("Inget är sparat än.")
    page.get_by_role("button", name="Behåll förslaget").click()
    expect(page.locator("main")).to_contain_text("Varje timme har sina språk, och alla får en paus.")
    assert HostShift.objects.count() == 30


@pytest.mark.slow  # a walk over every page
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_programme_is_accessible_and_narrow(
    language: str,
    screen: Screen,
    public: OpenHouse,
    cafe: Gathering,
    band: Invitation,
    marit: Account,
    client_of_account: Signed,
    client_invited: Callable[[Invitation], Client],
) -> None:
    hall = floor_halls.put_up_hall(
        public, facts=HallFacts(name="Gymnastikhallen i källaren", wide=200, deep=100, step_free=False)
    )
    drum = slot(
        public, "Prova trumma", invitation=band, hall=hall, is_loud=True, bring="Mjuka skor", minimum_age=7
    )
    full = slot(
        public,
        "Föreningsdagsplaneringen för alla som vill",
        time(12, 15),
        time(12, 45),
        hall=hall,
        capacity=1,
    )
    off = slot(public, "Inställt", languages=["sv", "ar"], changing="shower", maximum_age=12)
    slot(public, "Kör", time(13), time(13, 20), kind="stage", place="Scenen")
    slot(public, "Ingenstans", time(10), time(10, 30), place="")
    number = "a visitor's number"
    for one in (drum, full, off):
        booking.book_seats(one, seats=1, phone=doors.browser_digest(number), at=NOW)
    paper = booking.book_seats(drum, seats=3, phone="", at=NOW)
    programme.call_off_slot(off, is_off=True, at=NOW)
    language_hosts.add_host(public, facts=HostFacts(languages=("ar", "sv"), alias="Ali", goes=time(12)))
    host = LanguageHost.objects.get()
    language_hosts.keep_grid(public, hosts=[host.pk], marked=[(host.pk, time(11)), (host.pk, time(13))])
    visitor = Client()
    visitor.cookies[cookie_of(public.pk)] = number
    marits = [
        at("programme", public),
        at("slot_new", public),
        f"{at('slot_new', public)}?from={band.pk}",
        *(at("slot", public, one.pk) for one in (drum, off)),
        at("hosts", public),
        f"{at('hosts', public)}?proposal=1",
        at("host", public, host.pk),
        at("bookings", public),
        at("seat_slip", public, paper.pk),
        "/overview/",
    ]
    visitors = [
        at("open_house", public),
        *(at("seats", public, one.pk) for one in (drum, full, off)),
        at("own_seats", public),
        at("seats_code", public),
    ]
    walks: list[tuple[Client | None, list[str]]] = [
        (client_of_account(marit), marits),
        (visitor, visitors),
        (None, [at("seats", public, full.pk), at("own_seats", public)]),
        (client_invited(band), [at("receipt", public)]),
    ]
    assert faults_on(screen, walks, language) == []
