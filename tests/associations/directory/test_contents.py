"""What stands in each page, file and feed of an association: its own words, and not only that it opens."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader

from brobygget.associations.explainer import WRITTEN, explanation
from brobygget.associations.models import Association, Known
from brobygget.associations.views.paper import ON_PAPER
from brobygget.house.models import House
from brobygget.web.figures import qr_svg
from brobygget.web.languages import BY_CODE, LANGUAGES
from tests.associations.directory.register import an_association, many_associations
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db


def page_of(name: str, *args: object, language: str = "sv", **query: str) -> str:
    client = Client()
    client.cookies["language"] = language
    return client.get(reverse(f"find:{name}", args=args), query).content.decode()


def paper_of(name: str, *args: object, language: str = "sv", **query: str) -> str:
    client = Client()
    client.cookies["language"] = language
    response = client.get(reverse(f"find:{name}", args=args), query)
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def sewing(house: House) -> Association:
    return an_association(
        house,
        "Syföreningen",
        interests=["sewing"],
        meets=[(1, "18:00", "20:00")],
        languages=["sv", "fa"],
        can_try="Sy en väska",
        email="info@sy.example",
        phone="+46701740605",
        venue="Folkets hus",
        street="Storgatan 1",
        fee_sek=100,
        fee_text="100 kr",
        try_free=Known.YES,
        step_free=Known.YES,
    )


# -- calendars, feeds, cards -----------------------------------------------------------------------------------------
def in_calendar(address: str) -> list[str]:
    calendar = Calendar.from_ical(Client().get(address).content)
    return [str(event["summary"]) for event in calendar.walk("VEVENT")]


def test_a_calendar_of_an_interest_or_a_language_holds_those_and_no_others(
    house: House, sewing: Association
) -> None:
    an_association(house, "Sykaféet", interests=["sewing", "fika"], meets=[(2, "10:00", "12:00")])
    an_association(house, "Bollklubben", interests=["football"], languages=["fa"], meets=[(3, "18:00", "")])
    an_association(house, "Utan tider", interests=["sewing"], languages=["fa"])
    page = page_of("open_data")
    expected = {
        reverse("find:interest_calendar", args=["sewing"]): ["Sykaféet", "Syföreningen"],
        reverse("find:interest_calendar", args=["football"]): ["Bollklubben"],
        reverse("find:interest_calendar", args=["fika"]): ["Sykaféet"],
        reverse("find:language_calendar", args=["fa"]): ["Bollklubben", "Syföreningen"],
        reverse("find:language_calendar", args=["sv"]): ["Syföreningen"],
        reverse("find:language_calendar", args=["ti"]): [],
    }
    for address, names in expected.items():
        assert sorted(in_calendar(address)) == sorted(names), address
        assert f'href="{address}"' in page
    assert reverse("find:interest_calendar", args=["chess"]) not in page  # nothing would be in it
    assert Client().get(reverse("find:interest_calendar", args=["nothing"])).status_code == 404
    assert Client().get(reverse("find:language_calendar", args=["xx"])).status_code == 404


def test_news_tell_what_it_does_and_what_somebody_new_wants_to_know(sewing: Association) -> None:
    told = "Sy en väska · Första gången är gratis · "
    client = Client(headers={"accept-language": "sv"})
    root = ElementTree.fromstring(client.get(reverse("find:rss")).content)
    (item,) = root.iter("item")
    assert item.findtext("title") == "Syföreningen"
    assert item.findtext("link") == f"http://testserver{reverse('find:association', args=[sewing.pk])}"
    assert (item.findtext("description") or "").startswith(told)
    (entry,) = client.get(reverse("find:json_feed")).json()["items"]
    assert entry["content_text"].startswith(told)


def test_a_contact_card_holds_the_ways_to_reach_the_association(sewing: Association) -> None:
    card = Client().get(reverse("find:association_contact", args=[sewing.pk])).content.decode()
    lines = card.replace("\r\n ", "").split("\r\n")
    address = f"http://testserver{reverse('find:association', args=[sewing.pk])}"
    for line in (
        "FN:Syföreningen",
        "EMAIL:info@sy.example",
        "TEL;VALUE=text:+46701740605",
        "ADR:;;Storgatan 1;Älvnäs;;;",
        f"URL:{address}",
    ):
        assert line in lines


def test_the_code_for_a_camera_leads_to_the_page_that_it_stands_on(sewing: Association) -> None:
    address = f"http://testserver{reverse('find:association', args=[sewing.pk])}"
    page = page_of("association", sewing.pk)
    assert re.findall(r'd="([^"]+)"', qr_svg(address, label="Den här sidan"))[-1] in page
    assert re.findall(r'd="([^"]+)"', qr_svg(address + "x", label="Den här sidan"))[-1] not in page


def test_the_linked_data_says_who_speaks_what_and_whether_there_are_steps(sewing: Association) -> None:
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', page_of("association", sewing.pk), re.DOTALL
    )
    assert found is not None
    organisation, event = json.loads(found[1])["@graph"]
    assert (organisation["knowsLanguage"], organisation["knowsAbout"]) == (["sv", "fa"], ["sy"])
    assert organisation["location"]["amenityFeature"] == {
        "@type": "LocationFeatureSpecification",
        "name": "step-free access",
        "value": True,
    }
    assert event["inLanguage"] == ["sv", "fa"]
    assert [(one["name"], one["price"]) for one in event["offers"]] == [
        ("Första gången", 0),
        ("Medlemsavgift", 100),
    ]


# -- the open files --------------------------------------------------------------------------------------------------
COLUMNS = (
    "id name alternate_names org_nr interests category description language audience open_to takes_new_members"
    " minimum_age maximum_age members languages venue street postcode town district latitude longitude meets"
    " meeting_text email phone websites can_try try_free swedish_needed little_swedish little_swedish_how fee_text"
    " fee_sek fee_is_voluntary fritidskort gear gear_text step_free last_confirmed_on changed_at"
).split()


def test_the_open_files_have_these_columns_and_say_the_same(sewing: Association) -> None:
    client = Client()
    table = client.get(reverse("find:public_csv")).content.decode()
    (row,) = csv.DictReader(io.StringIO(table))
    assert list(row) == COLUMNS
    told = {"name": "Syföreningen", "fee_sek": "100", "try_free": "yes", "email": "info@sy.example"}
    assert {name: row[name] for name in told} == told
    assert (json.loads(row["interests"]), json.loads(row["languages"])) == (["sewing"], ["sv", "fa"])
    assert row["phone"] == "'+46701740605"  # no spreadsheet takes it for a formula
    sheet = load_workbook(io.BytesIO(client.get(reverse("find:public_xlsx")).content)).active
    heads, cells = sheet.iter_rows(values_only=True)
    assert list(heads) == COLUMNS
    assert ["" if cell is None else cell for cell in cells] == [row[name] for name in COLUMNS]
    (entry,) = client.get(reverse("find:public_json")).json()["associations"]
    assert sorted(entry) == sorted(COLUMNS)
    assert (entry["id"], entry["name"], entry["phone"]) == (sewing.pk, "Syföreningen", "+46701740605")
    assert entry["meets"] == [
        {"rrule": "FREQ=WEEKLY;BYDAY=TU", "starts": "18:00:00", "ends": "20:00:00", "place": "", "for": ""}
    ]


# -- old entries -----------------------------------------------------------------------------------------------------
OLD = "Fråga innan du går dit."


@pytest.mark.parametrize(
    ("days", "is_shown", "is_old"),
    [(365, True, False), (366, True, True), (455, True, True), (456, False, False)],
)
def test_an_old_entry_says_so_on_page_list_and_paper_and_then_hides(
    house: House, days: int, is_shown: bool, is_old: bool
) -> None:
    one = an_association(house, "Syföreningen", created_on=TODAY - timedelta(days))
    page = Client().get(reverse("find:association", args=[one.pk]), headers={"accept-language": "sv"})
    assert page.status_code == (200 if is_shown else 404)
    pages = [page_of("results"), paper_of("results_paper")]
    assert ["Syföreningen" in each for each in pages] == [is_shown] * 2
    if is_shown:
        pages += [page.content.decode(), paper_of("association_paper", one.pk)]
    assert [OLD in each for each in pages] == [is_old] * len(pages)


# -- paper -----------------------------------------------------------------------------------------------------------
ASSOCIATIONS = {
    "sv": "Föreningar",
    "sv-easy": "Föreningar",
    "en": "Associations",
}


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_the_list_is_printed_in_each_language(sewing: Association, language: str) -> None:
    client = Client()
    client.cookies["language"] = language
    answer = client.get(reverse("find:results_paper"))
    document = PdfReader(io.BytesIO(answer.content))
    assert document.trailer["/Root"]["/Lang"].split("-")[0] == BY_CODE[language].tag
    text = "\n".join(page.extract_text() for page in document.pages)
    assert "Syföreningen" in text
    assert "18" in text
    if language in ASSOCIATIONS:
        assert ASSOCIATIONS[language] in text


def test_a_paper_that_has_no_room_for_all_says_how_many_it_leaves_to_the_screen(house: House) -> None:
    many_associations(house, ON_PAPER)
    assert "Alla finns på skärmen" not in paper_of("results_paper")
    many_associations(house, 1)
    assert "Här är 60 av 61. Alla finns på skärmen." in paper_of("results_paper")


# -- the talk --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", WRITTEN)
def test_the_talk_asks_its_quiz_and_shows_the_towns_own_in_each_language(
    sewing: Association, language: str
) -> None:
    told = explanation(language, {"card": "500", "card_more": "2000"})
    page = page_of("talk", language=language)
    steps = re.findall(
        r"<li>\s*<div class=\"talk-head\">.*?</li>\s*(?=<li>\s*<div class=\"talk-head\">|</ol>)",
        page,
        re.DOTALL,
    )
    assert len(steps) == len(told.talk.steps)
    quiz = next(number for number, step in enumerate(told.talk.steps) if not step.ask)
    asked = re.findall(r"<summary>(.*?)</summary><p>(.*?)</p>", steps[quiz], re.DOTALL)
    assert [(_plain(first), _plain(second)) for first, second in asked] == [
        (one.question, one.answer) for one in told.talk.quiz
    ]
    own = reverse("find:association", args=[sewing.pk])
    assert [own in step for step in steps] == [step.section == "start" for step in told.talk.steps]
    wall = page_of("talk_wall", quiz + 1, language=language)
    assert all(one.question in _plain(wall) for one in told.talk.quiz)
    if language in ("sv", "en"):  # a PDF keeps Arabic in the order of its shapes
        paper = " ".join(paper_of("talk_paper", language=language).split())
        assert "Syföreningen" in paper
        assert told.talk.quiz[0].question in paper


def _plain(text: str) -> str:
    return text.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")


def test_everything_of_it_is_kept_apart(sewing: Association, house: House, other_house: House) -> None:
    an_association(other_house, "Granbys syklubb", interests=["sewing"], meets=[(1, "18:00", "20:00")])
    told: list[Any] = [
        in_calendar(reverse("find:interest_calendar", args=["sewing"])),
        [one["name"] for one in Client().get(reverse("find:public_json")).json()["associations"]],
    ]
    assert told == [["Syföreningen"], ["Syföreningen"]]
