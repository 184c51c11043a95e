"""What the standards demand, as their own shapes and schemas say it, asked of what the house gives out."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from brobygget.associations.commands.directory import choose_licence
from brobygget.house.models import House
from tests.associations.directory.register import an_association
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

# DCAT-AP-SE 3.0.1 (docs.dataportal.se) upon DCAT-AP 3.0 (SEMIC's SHACL): what a class must have. The Swedish profile
# adds the publisher of a dataset, the licence of the catalogue and the format of a distribution.
DCAT, DCT = "{http://www.w3.org/ns/dcat#}", "{http://purl.org/dc/terms/}"
FOAF, VCARD = "{http://xmlns.com/foaf/0.1/}", "{http://www.w3.org/2006/vcard/ns#}"
RDF, XML = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}", "{http://www.w3.org/XML/1998/namespace}"
DCATAP, SKOS = "{http://data.europa.eu/r5r/}", "{http://www.w3.org/2004/02/skos/core#}"
MUST_HAVE = {
    f"{DCAT}Catalog": {
        f"{DCT}title",
        f"{DCT}description",
        f"{DCT}publisher",
        f"{DCT}license",
        f"{DCAT}dataset",
    },
    f"{DCAT}Dataset": {f"{DCT}title", f"{DCT}description", f"{DCT}publisher"},
    f"{DCAT}Distribution": {f"{DCAT}accessURL", f"{DCT}format"},
    f"{DCAT}DataService": {f"{DCT}title", f"{DCAT}endpointURL"},
    f"{FOAF}Agent": {f"{FOAF}name"},
    f"{DCT}Location": set(),
}
# Recommended.
SHOULD_HAVE = {
    f"{DCAT}Catalog": {f"{FOAF}homepage", f"{DCT}language", f"{DCT}modified", f"{DCT}spatial", f"{DCAT}themeTaxonomy"},
    f"{DCAT}Dataset": {f"{DCAT}contactPoint", f"{DCAT}distribution", f"{DCAT}keyword", f"{DCAT}theme", f"{DCT}spatial",
                       f"{DCT}accessRights"},
    f"{DCAT}Distribution": {f"{DCT}license", f"{DCATAP}availability"},
    f"{DCAT}DataService": {f"{DCAT}endpointDescription", f"{DCAT}servesDataset", f"{DCT}license", f"{DCT}accessRights"},
    f"{DCT}Location": {f"{SKOS}prefLabel"},
}  # fmt: skip
# SHACL's maxCount 1; a text may come once in each language.
AT_MOST_ONCE = {f"{DCT}publisher", f"{DCT}license", f"{DCT}format", f"{DCAT}mediaType", f"{DCT}modified", f"{FOAF}homepage",
                f"{DCT}accessRights", f"{DCT}accrualPeriodicity", f"{DCATAP}availability"}  # fmt: skip
EU = "http://publications.europa.eu/resource/authority/"
FROM = {
    f"{DCAT}theme": rf"{EU}data-theme/(AGRI|ECON|EDUC|ENER|ENVI|GOVE|HEAL|INTR|JUST|REGI|SOCI|TECH|TRAN)",
    f"{DCAT}themeTaxonomy": rf"{EU}data-theme",
    f"{DCT}language": rf"{EU}language/[A-Z]{{3}}",
    f"{DCT}accrualPeriodicity": rf"{EU}frequency/[A-Z_0-9]+",
    f"{DCT}accessRights": rf"{EU}access-right/(PUBLIC|RESTRICTED|NON_PUBLIC)",
    f"{DCATAP}availability": rf"{EU}planned-availability/(TEMPORARY|EXPERIMENTAL|AVAILABLE|STABLE)",
    f"{DCAT}mediaType": r"http://www.iana.org/assignments/media-types/[a-z]+/[a-z0-9.+-]+",
    f"{DCT}license": r"http://creativecommons.org/(publicdomain/zero/1.0|licenses/by/4.0)/",
}
MEDIA_TYPE = r"\w+/[-.\w]+(?:\+[-.\w]+)?"  # the Swedish profile writes a format out


def _catalogue() -> ElementTree.Element:
    return ElementTree.fromstring(Client().get(reverse("find:catalogue")).content)


def test_the_catalogue_record_has_what_the_swedish_profile_demands_and_every_reference_leads_somewhere(
    house: House,
) -> None:
    an_association(house, "Syföreningen")
    root = _catalogue()
    things = {str(thing.get(f"{RDF}about")): thing for thing in root}
    assert sorted({thing.tag for thing in things.values()}) == sorted(MUST_HAVE)
    for thing in things.values():
        said = [part.tag for part in thing]
        assert MUST_HAVE[thing.tag] | SHOULD_HAVE.get(thing.tag, set()) <= set(said), thing.tag
        assert [tag for tag in AT_MOST_ONCE if said.count(tag) > 1] == []
        for part in thing:
            leads_to = part.get(f"{RDF}resource")
            if leads_to and "#" in leads_to:
                assert leads_to in things
            if part.tag in FROM:
                assert re.fullmatch(FROM[part.tag], str(leads_to)), part.tag
            if part.tag == f"{DCT}format":
                assert re.fullmatch(MEDIA_TYPE, str(part.text))
    services = list(root.iter(f"{DCAT}accessService"))
    addresses = [str(part.get(f"{RDF}resource")) for part in root.iter(f"{DCAT}downloadURL")]
    addresses += [str(part.get(f"{RDF}resource")) for part in root.iter(f"{DCAT}endpointDescription")]
    assert (len(services), len(addresses)) == (1, 5)
    for address in addresses:
        assert Client().get(address.removeprefix("http://testserver")).status_code == 200


def test_the_catalogue_itself_is_cc0_whatever_the_data_is(house: House) -> None:
    an_association(house, "Syföreningen")
    choose_licence(house, "cc-by")
    root = _catalogue()
    terms = {thing.tag: part.get(f"{RDF}resource") for thing in root for part in thing.iter(f"{DCT}license")}
    assert terms == {
        f"{DCAT}Catalog": "http://creativecommons.org/publicdomain/zero/1.0/",
        f"{DCAT}Distribution": "http://creativecommons.org/licenses/by/4.0/",
        f"{DCAT}DataService": "http://creativecommons.org/licenses/by/4.0/",
    }


def test_a_title_says_what_it_is_and_the_place_says_where(house: House) -> None:
    an_association(house, "Syföreningen")
    (dataset,) = _catalogue().iter(f"{DCAT}Dataset")
    titles = {part.get(f"{XML}lang"): str(part.text) for part in dataset.iter(f"{DCT}title")}
    assert titles == {"sv": "Föreningar att gå med i", "en": "Associations to join"}
    (town,) = _catalogue().iter(f"{DCT}Location")
    assert [part.text for part in town] == ["Älvnäs"]


def test_whoever_answers_questions_is_in_the_record_once_staff_have_said_who(
    house: House, petra: Any, client_of_account: Any, press: Any
) -> None:
    an_association(house, "Syföreningen")
    assert list(_catalogue().iter(f"{VCARD}hasEmail")) == []
    client = client_of_account(petra)
    wrong = press(client, reverse("find:licence"), licence="cc0", contact_email="nej")
    assert (wrong.status_code, "nej" in wrong.content.decode()) == (422, True)
    press(client, reverse("find:licence"), licence="cc0", contact_email="data@alvnas.example")
    (email,) = _catalogue().iter(f"{VCARD}hasEmail")
    assert email.get(f"{RDF}resource") == "mailto:data@alvnas.example"
    assert 'value="data@alvnas.example"' in client.get(reverse("find:register_files")).content.decode()


# Open Referral HSDS 3 (schema/*.json of openreferral/specification): what each object must have, the lists that a value
# must come from, and what is an address or an e-mail.
DEMANDED = {
    "organization": {"id", "name", "description"},
    "service": {"id", "name", "status"},
    "service_at_location": {"id"},
    "location": {"id", "location_type"},
    "address": {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"},
    "phone": {"id", "number"},
    "schedule": {"id"},
    "language": {"id"},
    "cost_option": {"id"},
    "accessibility": {"id"},
    "organization_identifier": {"id", "identifier_type", "identifier"},
    "attribute": {"id"},
    "taxonomy_term": {"id", "name", "description"},
}
CHOICES = {
    ("service", "status"): {"active", "inactive", "defunct", "temporarily closed"},
    ("location", "location_type"): {"physical", "postal", "virtual"},
    ("address", "address_type"): {"physical", "postal", "virtual"},
    ("schedule", "freq"): {"WEEKLY", "MONTHLY"},
    ("phone", "type"): {"text", "voice", "fax", "cell", "video", "pager", "textphone"},
}
NUMBERS = {"minimum_age", "maximum_age", "timezone", "interval", "amount", "latitude", "longitude"}
URIS = {"url", "website", "uri"}
CALLED = {  # where an object stands, by the name of its schema
    "services": "service", "locations": "location", "addresses": "address", "phones": "phone", "schedules": "schedule",
    "languages": "language", "cost_options": "cost_option", "accessibility": "accessibility", "attributes": "attribute",
    "organization_identifiers": "organization_identifier", "service_at_locations": "service_at_location",
    "organization": "organization", "location": "location", "taxonomy_term": "taxonomy_term",
}  # fmt: skip


def _faults(kind: str, thing: dict[str, Any]) -> list[str]:
    faults = [f"{kind} without {name}" for name in sorted(DEMANDED[kind] - thing.keys())]
    uuid.UUID(thing["id"])
    for name, value in thing.items():
        inside = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
        if name in CALLED and inside:
            faults += [fault for each in inside for fault in _faults(CALLED[name], each)]
            continue
        if isinstance(value, bool) or isinstance(value, int | float) != (name in NUMBERS):
            faults.append(f"{kind}.{name} is {value!r}")
        if (kind, name) in CHOICES and value not in CHOICES[kind, name]:
            faults.append(f"{kind}.{name} is {value!r}")
        if name in URIS and not re.match(r"https?://\S+$", value):
            faults.append(f"{kind}.{name} is {value!r}")
        if name in ("opens_at", "closes_at") and not re.fullmatch(r"\d\d:\d\d(:\d\d)?", value):
            faults.append(f"{kind}.{name} is {value!r}")
    return faults


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"town": "Älvnäs"},
        {"venue": "Folkets hus", "town": "Älvnäs", "latitude": 65.8, "longitude": 21.7},
        {"street": "Storgatan 1", "postcode": "999 11", "town": "Älvnäs", "district": "Centrum", "org_nr": "899999-0016",
         "phone": "+46701740605", "email": "info@sy.example", "websites": ["https://sy.example/"], "fee_sek": 100,
         "try_free": "yes", "step_free": "no", "minimum_age": 7, "languages": ["fa", "sv"]},
    ],
)  # fmt: skip
def test_whatever_an_association_has_said_the_api_keeps_to_the_schemas(
    house: House, said: dict[str, Any]
) -> None:
    an_association(
        house, "Syföreningen", interests=["sewing"], meets=[(1, "18:00", "20:00"), (3, "", "")], **said
    )
    for name, kind in (
        ("api_organizations", "organization"),
        ("api_services", "service"),
        ("api_terms", "taxonomy_term"),
    ):
        page = Client().get(reverse(f"find:{name}")).json()
        assert page["contents"]
        assert [fault for one in page["contents"] for fault in _faults(kind, one)] == []


def test_the_check_of_the_schemas_finds_what_is_missing_or_of_the_wrong_kind() -> None:
    thing = {
        "id": str(uuid.uuid4()),
        "name": "Syföreningen",
        "status": "open",
        "minimum_age": "7",
        "url": "sy.example",
    }
    assert _faults("service", thing) == [
        "service.status is 'open'", "service.minimum_age is '7'", "service.url is 'sy.example'"
    ]  # fmt: skip
    assert _faults("phone", {"id": str(uuid.uuid4())}) == ["phone without number"]


def test_a_language_has_its_name_and_every_other_week_its_first_day(house: House) -> None:
    one = an_association(
        house, "Syföreningen", interests=["sewing"], meets=[(1, "18:00", "20:00")], languages=["fa"]
    )
    one.times.update(interval=2, begins_on=NOW.date())
    (service,) = Client().get(reverse("find:api_services")).json()["contents"]
    assert [(one["name"], one["code"]) for one in service["languages"]] == [("Persian", "fa")]
    assert [(one["interval"], one["dtstart"]) for one in service["schedules"]] == [(2, "2027-01-22")]


def _linked(pk: int) -> list[dict[str, Any]]:
    page = Client().get(reverse("find:association", args=[pk])).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    graph: list[dict[str, Any]] = json.loads(found[1])["@graph"]
    return graph


def test_the_linked_data_tells_the_second_tuesday_of_every_other_month_as_schema_org_does(
    house: House,
) -> None:
    one = an_association(house, "Syföreningen", interests=["sewing"], meets=[(1, "18:00", "20:00")])
    one.times.update(frequency="MONTHLY", interval=2, nth=2, begins_on=NOW.date())
    _organisation, event = _linked(one.pk)
    assert event["eventSchedule"] == {
        "@type": "Schedule",
        "repeatFrequency": "P2M",
        "byDay": "2TU",
        "startDate": "2027-01-22",
        "startTime": "18:00:00",
        "endTime": "20:00:00",
        "scheduleTimezone": "Europe/Stockholm",
    }
    assert "startDate" not in event  # it stands in the schedule, and there alone


def test_the_linked_data_calls_free_only_what_costs_nothing(house: House) -> None:
    one = an_association(
        house,
        "Syföreningen",
        interests=["sewing"],
        meets=[(1, "18:00", "20:00")],
        fee_sek=100,
        try_free="yes",
    )
    free = an_association(house, "Gratiskören", interests=["choir"], meets=[(1, "18:00", "20:00")], fee_sek=0)
    organisation, event = _linked(one.pk)
    assert "isAccessibleForFree" not in organisation | event
    assert [(offer["name"], offer["price"], offer["priceCurrency"]) for offer in event["offers"]] == [
        ("Första gången", 0, "SEK"),
        ("Medlemsavgift", 100, "SEK"),
    ]
    assert _linked(free.pk)[1]["isAccessibleForFree"] is True
