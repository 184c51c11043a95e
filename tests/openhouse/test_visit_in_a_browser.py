"""A visitor's phone in a browser: pictures, the way, a stamp without a network, the box; every page accessible and narrow."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from brobygget.openhouse.commands import stamps
from brobygget.openhouse.models import OpenHouse, StampCard
from brobygget.openhouse.queries import stamps as queries
from tests.openhouse.screens import Screen, faults_on
from tests.openhouse.stamping import NOON, Phone, Tables, at, desk_of, public_day, tables
from tests.openhouse.test_visit import fair

__all__ = ["at", "fair", "public_day", "tables"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("at"),
]
PICKS = "group=g-craft&group=g-games&like=chess&like=sewing"


def _choose(phone: Page, day: int) -> None:
    """From the public page to the way, by pictures alone."""
    phone.goto(f"/open-house/{day}/")
    phone.locator(f".visit-call a[href='/open-house/{day}/visit/']").click()
    for group in ("g-games", "g-craft"):
        phone.locator(f"label.tile:has(input[value={group}])").click()
    phone.locator(".visit-surprise").click()
    phone.locator(".phone-action button").click()
    phone.locator("label.tile:has(input[value=chess])").click()
    phone.locator(".phone-action button").click()
    phone.locator("label.tile:has(input[value=evening])").click()
    phone.locator("label.chip:has(input[name=speak][value=ar])").click()
    phone.locator(".phone-action button").click()


def _table(day: OpenHouse, tables: Tables, number: int) -> str:
    return f"/open-house/{day.pk}/table/{queries.table_secret(tables[number])}/"


def test_from_pictures_to_the_way_and_back_to_it_later(
    screen: Screen, public_day: OpenHouse, fair: Tables
) -> None:
    phone = screen(390, language="ar")
    _choose(phone, public_day.pk)
    expect(phone.locator("h1")).to_have_text("طريقك")
    expect(phone.locator(".stop-number").first).to_contain_text("7")
    expect(phone.locator(".stop-surprise")).to_have_count(1)
    way = phone.url
    shown = phone.locator(".stop h2").all_inner_texts()
    phone.reload()
    assert phone.locator(".stop h2").all_inner_texts() == shown
    # Another day the phone knows it again, and nobody else does.
    phone.goto(f"/open-house/{public_day.pk}/")
    phone.locator(".visit-call [data-visit-kept] a").click()
    expect(phone.locator(".stop")).to_have_count(len(shown))
    assert phone.url == way
    phone.locator("[data-visit-forget]").click()
    expect(phone.locator("[data-visit-kept]")).to_be_hidden()
    assert phone.evaluate("localStorage.length") == 0


def test_a_stamp_without_a_network_comes_once_and_the_card_goes_into_the_box(
    screen: Screen, public_day: OpenHouse, fair: Tables
) -> None:
    phone = screen(390)
    phone.goto(_table(public_day, fair, 6))
    phone.context.set_offline(True)
    phone.locator(".button-stamp").click()
    expect(phone.locator("[data-stamp-kept]")).to_be_visible()
    expect(phone.locator("[data-outbox-banner]")).to_contain_text("1")
    with phone.expect_response("**/stamp/"):
        phone.context.set_offline(False)
    for number in (6, 11, 12, 22, 34):
        phone.goto(_table(public_day, fair, number))
        if number == 6:
            expect(phone.locator(".button-stamp")).to_have_count(0)
            continue
        phone.locator(".button-stamp").click()
        expect(phone.locator("h1")).to_have_text("Stämpelkort")
    expect(phone.locator(".square-full")).to_have_count(5)
    phone.locator(".button-stamp").click()
    expect(phone.get_by_role("alert")).to_contain_text("En ruta är kvar")
    phone.locator(".last-square").click()
    phone.locator(".button-stamp").click()
    expect(phone.locator("h1")).to_have_text("Ditt kort ligger i lådan")
    expect(phone.locator(".card-digits")).to_have_text(str(queries.in_the_box(public_day)[0]))
    assert StampCard.objects.count() == 1
    told = phone.evaluate("document.cookie")
    assert "stamps" not in told  # no script reads the card


def test_all_of_it_works_without_scripts(screen: Screen, public_day: OpenHouse, fair: Tables) -> None:
    phone = screen(390, java_script_enabled=False)
    _choose(phone, public_day.pk)
    expect(phone.locator("h1")).to_have_text("Din väg")
    for number in (6, 11, 12, 22, 34):
        phone.goto(_table(public_day, fair, number))
        phone.locator(".button-stamp").click()
    phone.locator(".last-square").click()
    phone.locator(".button-stamp").click()
    expect(phone.locator("h1")).to_have_text("Ditt kort ligger i lådan")
    desk = screen(390, java_script_enabled=False)
    desk.goto(desk_of(public_day, "paper_cards"))
    desk.locator(".digit:has(input[value='7'])").click()
    desk.locator(".digit-press").click()
    expect(desk.locator(".card-digits")).to_have_count(1)
    assert len(queries.in_the_box(public_day)) == 2


@pytest.mark.slow  # a walk over every page
@pytest.mark.parametrize("language", ["sv", "ar", "ti"])
def test_every_page_of_the_visit_is_accessible_and_narrow(
    language: str,
    screen: Screen,
    public_day: OpenHouse,
    fair: Tables,
    leader: Client,
) -> None:
    day = f"/open-house/{public_day.pk}/"
    name = "Föreningen för hantverk och föreningsdagsplanering i Älvnäs"
    fair[11].association.name = name
    fair[11].association.save()
    full, boxed = Phone(public_day), Phone(public_day)
    for phone in (full, boxed):
        for number in (0, 1, 22, 23, 34):
            phone.stamp(fair[number])
    boxed.hand_in()
    for _card in range(20):
        stamps.hand_in_paper(public_day, stamps=6, zones=3, at=NOON)
    walks = [
        (
            None,
            [
                f"{day}visit/",
                f"{day}visit/interests/?{PICKS}",
                f"{day}visit/wishes/?{PICKS}",
                f"{day}visit/route/?{PICKS}&surprise=1&when=evening&day=1&speak=ar&need=step-free&need=quiet&need=free",
                _table(public_day, fair, 11),
                f"{day}card/",
                desk_of(public_day, "paper_cards"),
            ],
        ),
        (full.client, [_table(public_day, fair, 0), f"{day}card/"]),
        (boxed.client, [f"{day}card/"]),
        (leader, [f"/open-houses/{public_day.pk}/door/stamps/"]),
    ]
    assert faults_on(screen, walks, language) == []
    stamps.draw(public_day, prizes=3, said="4719")
    drawn = [(leader, [f"/open-houses/{public_day.pk}/door/stamps/"]), (boxed.client, [f"{day}card/"])]
    assert faults_on(screen, drawn, language) == []
