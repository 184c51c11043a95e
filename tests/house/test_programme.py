"""The programme: written once, read in the visitor's language, printed in large letters."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, time, timedelta

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brobygget.house.commands import programme as commands
from brobygget.house.models import House, Partner, ProgrammeItem
from brobygget.house.queries import programme
from brobygget.house.views.programme import card_of
from brobygget.operations.demo import loading
from brobygget.people.models import Account
from tests.conftest import TODAY


@pytest.fixture
def partner(house: House) -> Partner:
    return Partner.objects.create(house=house, name="Älvnäsbo", kind="housing")


def _add(
    partner: Partner, title: str = "Boskola", weekday: int | None = 3, day: date | None = None
) -> ProgrammeItem:
    return commands.add_item(
        partner=partner,
        title=title,
        text="Hur hyr man?",
        language="sv",
        weekday=weekday,
        day=day,
        starts=time(10),
        ends=time(12),
        place="Rum 2",
        who_for="Alla",
        cost="Gratis",
    )


@pytest.fixture
def school(partner: Partner) -> ProgrammeItem:
    item = _add(partner)
    commands.translate_item(item=item, language="ti", title="ትምህርቲ መንበሪ ገዛ", text="ብኸመይ ገዛ ትካረ?")
    return item


def test_a_visitor_reads_it_in_their_own_language_with_the_original_beside(school: ProgrammeItem) -> None:
    visitor = Client()
    visitor.cookies["language"] = "ti"
    page = visitor.get(reverse("house:programme")).content.decode()
    assert "ትምህርቲ መንበሪ ገዛ" in page
    assert "Boskola" in page


def test_without_a_translation_the_original_is_shown_in_its_own_language(school: ProgrammeItem) -> None:
    visitor = Client()
    visitor.cookies["language"] = "ar"
    page = visitor.get(reverse("house:programme")).content.decode()
    assert 'lang="sv"' in page
    assert "Boskola" in page


def test_what_happens_every_thursday_happens_next_thursday(school: ProgrammeItem, house: House) -> None:
    found = programme.programme_between(house, TODAY, TODAY + timedelta(6), language="sv")
    assert [(one.title, one.day) for one in found] == [("Boskola", date(2027, 1, 28))]


def test_what_happens_once_happens_once_and_what_has_ended_does_not(partner: Partner, house: House) -> None:
    _add(partner, "Loppis", weekday=None, day=TODAY)
    commands.end_item(_add(partner, "Nedlagt", weekday=TODAY.weekday()), on=TODAY)
    found = programme.programme_between(house, TODAY, TODAY + timedelta(30), language="sv")
    assert [one.title for one in found] == ["Loppis"]


@pytest.mark.parametrize("language", ["sv", "ar", "ti", "uk", "fa", "so", "en", "sv-easy"])
def test_a_card_in_large_text_in_every_language(
    language: str, school: ProgrammeItem, elsa: Account, client_of_account: Callable
) -> None:
    answer = client_of_account(elsa).get(reverse("house:card", args=[school.pk, language]))
    assert answer["Content-Type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    assert "Rum 2" in text
    assert ("ትምህርቲ" in text) == (language == "ti")
    assert "Boskola" in text


def test_every_card_of_the_story_is_one_sheet(db: None) -> None:
    loading.load_town(chapter="B")
    for item in ProgrammeItem.objects.prefetch_related("translations"):
        for language in ("sv", *item.translations.values_list("language", flat=True)):
            made = card_of(item, language, today=TODAY, address="http://localhost:8000/programme/")
            assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 1


def test_a_partner_adds_changes_and_ends_an_item(
    partner: Partner, elsa: Account, client_of_account: Callable, press: Callable
) -> None:
    desk = client_of_account(elsa)
    words = {
        "partner": partner.pk,
        "title": "Sykafé",
        "text": "Kom och sy",
        "language": "sv",
        "weekday": "2",
        "starts": "13:00",
        "ends": "15:00",
        "place": "Verkstaden",
    }
    press(desk, reverse("house:item_new"), **words)
    item = ProgrammeItem.objects.get()
    commands.translate_item(item=item, language="ar", title="مقهى", text="", status="checked")
    press(desk, reverse("house:item", args=[item.pk]), **{**words, "title": "Sykafé för alla"})
    item.refresh_from_db()
    assert (item.title, item.weekday) == ("Sykafé för alla", 2)
    assert item.translations.get().status == "draft"
    press(desk, reverse("house:item_ending", args=[item.pk]))
    assert desk.get(reverse("house:item", args=[item.pk])).status_code == 404


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ends": "12:00"}, "Det slutar innan det börjar"),
        ({"weekday": "", "day": ""}, "Välj en veckodag eller en dag"),
        ({"title": ""}, "Skriv något först"),
        ({"title": "A" * 81}, "81"),
        ({"text": "ring 19121212-1212"}, "Vi sparar aldrig"),
        ({"partner": "0"}, ""),
        ({"starts": "25:00"}, ""),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    fields: dict[str, str],
    sentence: str,
    partner: Partner,
    elsa: Account,
    client_of_account: Callable,
    press: Callable,
) -> None:
    words = {"partner": partner.pk, "title": "Sykafé", "text": "Kom", "language": "sv", "weekday": "2"}
    words |= {"starts": "13:00", "ends": "15:00", "place": "Verkstaden"}
    answer = press(client_of_account(elsa), reverse("house:item_new"), **{**words, **fields})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Verkstaden" in page
    assert not ProgrammeItem.objects.exists()


def test_another_houses_item_is_not_there(
    other_house: House, elsa: Account, client_of_account: Callable
) -> None:
    theirs = _add(Partner.objects.create(house=other_house, name="Granbo", kind="housing"))
    desk = client_of_account(elsa)
    assert desk.get(reverse("house:item", args=[theirs.pk])).status_code == 404
    assert desk.get(reverse("house:card", args=[theirs.pk, "sv"])).status_code == 404


@pytest.mark.parametrize("name", ["house:programme", "house:items"])
def test_three_items_and_three_hundred_ask_the_same_number_of_questions(
    name: str, partner: Partner, elsa: Account, client_of_account: Callable
) -> None:
    desk = client_of_account(elsa)
    asked = []
    for number in (3, 297):
        for n in range(number):
            item = _add(partner, f"Sak {number}-{n}", weekday=n % 7)
            commands.translate_item(item=item, language="ar", title="شيء", text="")
        desk.get(reverse(name))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(reverse(name)).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
