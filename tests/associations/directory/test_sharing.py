"""What other programs read: each format by its own rules, and never a private datum."""

from __future__ import annotations

import io
import json
import re
import urllib.parse
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pypdf import PdfReader

from brobygget.associations.sharing.directory_api import id_of, number_in
from brobygget.house.models import House
from tests.agreements.doors_find import PAGES
from tests.associations.directory import register
from tests.associations.directory.register import an_association, with_everything_private
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
CANARY = "Kanariefågel"
EXAMPLES = register.__file__.rsplit("/", 1)[0] + "/data"


def addresses(pk: int) -> list[str]:
    """Every public address, with the variants that might know more."""
    plain = [reverse(f"find:{name}") for name in PAGES]
    plain += [
        reverse(f"find:{name}", args=[pk])
        for name in ("association", "association_paper", "association_contact", "association_calendar")
    ]
    plain += [
        reverse("find:interest_calendar", args=["sewing"]),
        reverse("find:language_calendar", args=["fa"]),
        reverse("find:talk_wall", args=[1]),
        reverse("find:api_organization", args=[id_of("organization", pk)]),
        reverse("find:api_service", args=[id_of("service", pk)]),
        f"{reverse('find:public_csv')}?bom=1",
    ]
    found = f"{reverse('find:results')}?q={urllib.parse.quote(CANARY)}"
    return [*plain, found, *(f"{address}?variant=full&format=full&full=1" for address in plain)]


def everything_said(response: Any) -> str:
    """Body and headers, with what lies packed inside opened."""
    parts = [str(response.headers), response.content.decode("utf-8", "replace")]
    if response.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
            parts += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    if response.content.startswith(b"%PDF"):
        parts += [page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages]
    text = "\n".join(parts)
    unescaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return f"{text}\n{unescaped}\n{urllib.parse.unquote(text)}"


def test_no_public_address_holds_a_private_datum(house: House) -> None:
    one = with_everything_private(house, CANARY)
    shown, searched = 0, f"q={urllib.parse.quote(CANARY)}"
    for address in addresses(one.pk):
        response = Client().get(address, follow=True)
        assert response.status_code == 200, address
        said = everything_said(response)
        shown += one.name in said
        if searched not in address:  # the word that was searched for stands in the box
            for private in (CANARY, CANARY.lower(), '070"', "source_id", "reach", "Kanarief"):
                assert private not in said, f"{private} in {address}"
        else:
            assert "Föreningen som syns" not in said
    assert shown > 25


def test_whoever_meets_people_is_on_the_page_and_in_no_file(house: House) -> None:
    one = with_everything_private(house, CANARY)
    on_pages = {"results", "results_paper", "association", "association_paper"}
    pages = {reverse("find:results"), reverse("find:results_paper")}
    pages |= {reverse(f"find:{name}", args=[one.pk]) for name in on_pages if name.startswith("association")}
    for address in addresses(one.pk):
        said = everything_said(Client().get(address, follow=True))
        assert ("Yonas" in said) == (address.split("?")[0] in pages and "q=" not in address), address


def test_a_hidden_association_is_in_no_file(house: House) -> None:
    hidden = an_association(
        house, "Den dolda", hidden_on=NOW.date(), interests=["sewing"], meets=[(1, "18:00", "20:00")]
    )
    seen = an_association(house, "Den synliga", interests=["sewing"], meets=[(1, "18:00", "20:00")])
    for address in addresses(seen.pk):
        assert "Den dolda" not in everything_said(Client().get(address, follow=True)), address
    assert Client().get(reverse("find:api_service", args=[id_of("service", hidden.pk)])).status_code == 404


def test_the_full_files_are_for_a_session_and_are_kept_by_nobody(
    house: House, marit: Any, client_of_account: Any
) -> None:
    with_everything_private(house, CANARY)
    for kind in ("json", "csv", "xlsx"):
        address = reverse("find:full_file", args=[kind])
        assert Client().get(address).status_code == 302
        response = client_of_account(marit).get(address)
        assert CANARY in everything_said(response)
        assert response.headers["Cache-Control"] == "no-store, private"
    assert client_of_account(marit).get(reverse("find:full_file", args=["exe"])).status_code == 404


def test_a_calendar_says_when_it_comes_again_in_swedens_time(house: House) -> None:
    an_association(house, "Syföreningen", interests=["sewing"], meets=[(1, "18:00", "20:00"), (3, "", "")])
    calendar = Calendar.from_ical(Client().get(reverse("find:town_calendar")).content)
    events = calendar.walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Syföreningen"]
    assert events[0]["rrule"].to_ical() == b"FREQ=WEEKLY;BYDAY=TU"
    assert events[0]["dtstart"].dt.isoformat() == "2027-01-26T18:00:00+01:00"
    assert events[0]["dtstart"].params["TZID"] == "Europe/Stockholm"
    assert len(calendar.walk("VTIMEZONE")) == 1


def test_the_linked_data_of_a_page_cannot_be_broken_out_of(house: House) -> None:
    name = "</script><script>alert(1)</script> & Co"
    one = an_association(house, name, interests=["football"], meets=[(1, "18:00", "20:00")])
    page = Client().get(reverse("find:association", args=[one.pk])).content.decode()
    assert "<script>alert" not in page
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    graph = json.loads(found[1])["@graph"]
    assert [(thing["@type"], thing["name"]) for thing in graph] == [("SportsClub", name), ("Event", name)]
    assert graph[1]["eventSchedule"]["byDay"] == "https://schema.org/Tuesday"


def _fits(ours: Any, example: Any, path: str = "") -> list[str]:
    """Where ours has a name or a kind of value that the example has not."""
    if isinstance(ours, dict):
        if not isinstance(example, dict):
            return [path]
        return [
            fault
            for name, value in ours.items()
            for fault in (
                [f"{path}.{name}"] if name not in example else _fits(value, example[name], f"{path}.{name}")
            )
        ]
    if isinstance(ours, list):
        if not isinstance(example, list) or not example:
            return [path]
        return [fault for value in ours for fault in _fits(value, example[0], f"{path}[]")]
    kinds = (int, float) if isinstance(example, int | float) else type(example)
    return [] if isinstance(ours, kinds) else [path]


def _example(name: str) -> Any:
    with open(f"{EXAMPLES}/hsds3-example-{name}.json", encoding="utf-8") as file:  # noqa: PTH123
        return json.load(file)


@pytest.mark.parametrize(
    ("address", "example"),
    [("api_organizations", "organization_full"), ("api_services", "service_full")],
)
def test_the_api_answers_in_the_shape_of_the_standards_examples(
    house: House, address: str, example: str
) -> None:
    an_association(
        house,
        "Syföreningen",
        interests=["sewing"],
        meets=[(1, "18:00", "20:00")],
        languages=["fa"],
        description="Vi syr.",
        can_try="Sy en väska",
        email="info@sy.example",
        phone="+46701740605",
        websites=["https://sy.example/"],
        alternate_names=["Sy"],
        org_nr="899999-0016",
        venue="Folkets hus",
        street="Storgatan 1",
        postcode="999 11",
        district="Centrum",
        latitude=65.8,
        longitude=21.7,
        fee_sek=100,
        fee_text="100 kr",
        try_free="yes",
        step_free="yes",
        minimum_age=7,
        maximum_age=99,
        audience="Alla",
        little_swedish_how="Vi visar",
        last_confirmed_on=NOW.date(),
    )
    page = Client().get(reverse(f"find:{address}")).json()
    assert set(page) == set(_example("taxonomy_term_list"))
    assert _fits(page["contents"][0], _example(example)) == []
    one = Client().get(f"{reverse(f'find:{address}')}/{page['contents'][0]['id']}").json()
    assert one == page["contents"][0]


def test_the_interests_are_terms_in_the_shape_of_the_standard(house: House) -> None:
    page = Client().get(reverse("find:api_terms"), {"per_page": "200"}).json()
    assert _fits(page, _example("taxonomy_term_list")) == []
    assert page["total_items"] == len(page["contents"]) == len({one["id"] for one in page["contents"]}) == 122


def test_pages_of_the_api_hold_everything_once(house: House) -> None:
    for number in range(7):
        an_association(house, f"Förening {number}")
    seen = []
    for number in (1, 2, 3):
        page = Client().get(reverse("find:api_organizations"), {"page": number, "per_page": 3}).json()
        seen += [one["name"] for one in page["contents"]]
    assert seen == [f"Förening {number}" for number in range(7)]
    assert (page["total_items"], page["total_pages"], page["last_page"]) == (7, 3, True)


@pytest.mark.parametrize("wrong", ["x", "00000000-0000-0000-0000-000000000000", "1", "%00"])
def test_an_id_that_is_none_of_ours_is_not_there(house: House, wrong: str) -> None:
    response = Client().get(f"/api/organizations/{wrong}")
    assert response.status_code == 404


def test_ids_lead_back_to_what_they_are_of() -> None:
    assert [number_in(id_of("service", number), "service") for number in (1, 2**40)] == [1, 2**40]
    assert number_in(id_of("service", 7), "organization") is None


def _references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if "$ref" in value else set()
        return own.union(*(_references(each) for each in value.values()))
    return set().union(*(_references(each) for each in value)) if isinstance(value, list) else set()


def test_the_description_of_the_api_is_whole(house: House) -> None:
    document = Client().get(reverse("find:openapi")).json()
    assert document["openapi"] == "3.1.0"
    names = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert _references(document) <= names
    for path in document["paths"]:
        if "{" not in path:
            assert Client().get(path).status_code == 200, path


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("rss", "item"),
        ("atom", "{http://www.w3.org/2005/Atom}entry"),
        ("catalogue", "{http://www.w3.org/ns/dcat#}Dataset"),
    ],
)
def test_feeds_and_the_catalogue_record_are_xml_also_with_odd_names(
    house: House, name: str, tag: str
) -> None:
    an_association(house, "Sy & \x0bväv <b>")
    root = ElementTree.fromstring(Client().get(reverse(f"find:{name}")).content)
    assert len(list(root.iter(tag))) == 1


def test_the_json_feed_tells_what_changed_last(house: House) -> None:
    one = an_association(house, "Syföreningen", description="Vi syr.")
    feed = Client().get(reverse("find:json_feed")).json()
    assert [(item["title"], item["url"]) for item in feed["items"]] == [
        ("Syföreningen", f"http://testserver/find/{one.pk}/")
    ]


def test_a_contact_card_folds_its_lines_and_keeps_its_letters(house: House) -> None:
    name = "Ålderstigna; skidåkares, förening\\" + "å" * 80
    one = an_association(house, name, phone="+46701740605")
    card = Client().get(reverse("find:association_contact", args=[one.pk])).content
    assert all(len(line) <= 75 for line in card.split(b"\r\n"))
    unfolded = card.decode().replace("\r\n ", "")
    assert (
        f"FN:{name.replace(chr(92), chr(92) * 2).replace(';', chr(92) + ';').replace(',', chr(92) + ',')}"
        in unfolded
    )


def test_the_list_for_other_pages_may_be_framed_and_sets_nothing(house: House) -> None:
    an_association(house, "Syföreningen", interests=["sewing"])
    response = Client().get(reverse("find:embed"), {"language": "ar"})
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert "X-Frame-Options" not in response.headers
    assert (response.headers["Referrer-Policy"], dict(response.cookies)) == ("no-referrer", {})
    assert "<script" not in response.content.decode().split("<body")[1]
    assert (
        "frame-ancestors 'none'" in Client().get(reverse("find:results")).headers["Content-Security-Policy"]
    )


@pytest.mark.parametrize(
    "name", ["public_csv", "public_xlsx", "public_json", "rss", "town_calendar", "api_organizations"]
)
def test_files_for_everybody_set_no_cookie(house: House, name: str) -> None:
    assert dict(Client().get(reverse(f"find:{name}")).cookies) == {}
