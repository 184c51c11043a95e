"""The staff's pages: an import from the file to the undo, a list that asks few questions, private data where it may be."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from brobygget.associations.models import Association, ImportRun
from brobygget.house.models import House
from brobygget.people.models import Account
from tests.associations.conftest import ALVNAS, AT, SMALL
from tests.conftest import NOW, TODAY

Press = Callable[..., Any]
Screen = Callable[[Account], Client]


def _upload(client: Client, press: Press, data: bytes, name: str = "register.csv") -> Any:
    return press(client, "/register/imports/new/", file=SimpleUploadedFile(name, data))


def _columns(page: str) -> dict[str, str]:
    found = re.findall(r'<select name="(column_\d+)"[^>]*>(.*?)</select>', page, re.DOTALL)
    chosen = {name: re.search(r'value="([^"]*)" selected', body) for name, body in found}
    return {name: one[1] if one else "" for name, one in chosen.items()}


def test_petra_imports_the_storys_register_and_takes_it_back(
    house: House,
    petra: Account,
    client_of_account: Screen,
    press: Press,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client = client_of_account(petra)
    address = _upload(client, press, ALVNAS.read_bytes()).url
    page = client.get(address).content.decode()
    assert "Älvnäs hembygdsförening" in page  # a few cells of each column, to see what it is
    with django_capture_on_commit_callbacks(execute=True):
        press(client, f"{address}columns/", **_columns(page))
    page = client.get(address).content.decode()
    pairs = re.findall(r'name="(pair_\d+)"', page)
    assert (len(set(pairs)), Association.objects.count()) == (3, 0)
    press(client, f"{address}pairs/", **dict.fromkeys(pairs, "same"))
    with django_capture_on_commit_callbacks(execute=True):
        press(client, f"{address}application/")
    figures = re.findall(r'class="sum"><strong>(\d+)</strong>', client.get(address).content.decode())
    assert figures == ["304", "9", "295", "0", "0", "18"]
    assert Association.objects.count() == 295
    with django_capture_on_commit_callbacks(execute=True):
        press(client, f"{address}undoing/")
    assert Association.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "tom"),
        (b"\x00\x01", "det här är ingen textfil. Spara registret som CSV eller XLSX och skicka det."),
        (b"PK\x03\x04", "arbetsboken är skadad. Öppna den i Excel, spara den igen som XLSX och skicka den."),
        (b"<!doctype html><p>no", "det här är en webbsida utan tabell. Exportera registret som"),
        (b'[\n{"a": ', "rad 2, tecken 7: det här är inte JSON. Exportera filen igen."),
        (
            "Anm.;Kod\n100 % så;2\n".encode(),
            "ingen rad med kolumnnamn som Förening, E-post och Telefon hittades",
        ),
    ],
)
def test_what_is_no_register_gets_a_sentence_in_the_readers_language(
    house: House, petra: Account, client_of_account: Screen, press: Press, data: bytes, says: str
) -> None:
    answer = _upload(client_of_account(petra), press, data)
    assert answer.status_code == 422
    assert says in unescape(answer.content.decode())
    assert not ImportRun.objects.exists()


def test_the_name_must_be_one_of_the_columns(
    house: House, petra: Account, client_of_account: Screen, press: Press
) -> None:
    client = client_of_account(petra)
    address = _upload(client, press, SMALL.encode()).url
    none = dict.fromkeys(_columns(client.get(address).content.decode()), "")
    assert press(client, f"{address}columns/", **none).status_code == 422


def _many(house: House, count: int) -> None:
    Association.objects.bulk_create(
        Association(house=house, name=f"Förening {n}", reach="none", created_on=TODAY, changed_at=AT)
        for n in range(count)
    )


@pytest.mark.parametrize("address", ["/register/", "/register/?which=no-contact&q=f", "/register/imports/"])
def test_the_lists_ask_the_same_questions_with_3_and_300(
    house: House, petra: Account, client_of_account: Screen, address: str
) -> None:
    client = client_of_account(petra)
    counts = []
    for more in (3, 297):
        _many(house, more)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    own = [query["sql"] for query in asked if 'FROM "associations_' in query["sql"]]
    assert len(own) < 4  # the others ask who it is that asks


def test_the_preview_asks_the_same_questions_with_3_and_300_rows(
    house: House,
    petra: Account,
    client_of_account: Screen,
    press: Press,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client = client_of_account(petra)
    counts = []
    with_two_pairs = SMALL + (
        "9;Byns schackklubb;;;;;;Byn;;;;Schack;\r\n1;Byns hembygdsförening;;info@byns.example;;;;Byn;;;;;\r\n"
    )
    for data in (with_two_pairs.encode(), ALVNAS.read_bytes()):
        address = _upload(client, press, data).url
        with django_capture_on_commit_callbacks(execute=True):
            press(client, f"{address}columns/", **_columns(client.get(address).content.decode()))
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{address}?which=all")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_staff_edits_and_the_next_file_does_not_overwrite(
    house: House,
    petra: Account,
    bengts: Association,
    client_of_account: Screen,
    press: Press,
    imported: Callable[..., ImportRun],
) -> None:
    client = client_of_account(petra)
    page = client.get(f"/register/{bengts.pk}/").content.decode()
    assert "Bengt Nyström" in page
    seen = dict(re.findall(r'name="(seen-\w+)" value="(\w+)"', page))
    answer = press(
        client,
        f"/register/{bengts.pk}/",
        **seen,
        name="Byns hembygdsförening",
        status="dormant",
        contact_name="Gun Ek",
        email="info@byns.example",
    )
    assert answer.status_code == 302
    imported(house, SMALL)
    bengts.refresh_from_db()
    assert (bengts.status, [one.name for one in bengts.contacts.all()]) == ("dormant", ["Gun Ek"])


CANARIES = (
    "Kanarie",
    "Hemlig",
    "Björkvägen 4",
    "Nyström",
    "070-174",
    "+46701740606",
    "+46701740607",
    "0701740607",
)


def test_contacts_private_telephones_and_homes_are_on_no_page_but_the_staffs(
    house: House,
    petra: Account,
    marit: Account,
    elsa: Account,
    birgit: Account,
    register: ImportRun,
    client_of_account: Screen,
    client_of_association: Callable[[Association], Client],
) -> None:
    """Every address without arguments, and the pages of each association with its own link."""
    plain = [
        reverse(f"{namespace}:{pattern.name}")
        for resolver in get_resolver().url_patterns
        for namespace in [getattr(resolver, "namespace", "")]
        if namespace
        for pattern in resolver.url_patterns
        if isinstance(pattern, URLPattern) and "<" not in str(pattern.pattern)
    ]
    readers = [Client(), client_of_account(elsa), client_of_account(birgit)]
    readers += [client_of_association(one) for one in Association.objects.all()]
    leaks = []
    for client in readers:
        for address in plain:
            answer = client.get(address)
            body = answer.content.decode("utf-8", "replace") + str(answer.headers)
            leaks += [(address, canary) for canary in CANARIES if canary in body]
    assert leaks == []
    staff = client_of_account(petra)
    home = Association.objects.get(name="Sömnadens vänner")
    assert "Kanarie Hemlig" in staff.get(f"/register/{home.pk}/").content.decode()  # it can be found


def test_an_import_under_way_says_how_many_rows_are_done_of_how_many(
    house: House, petra: Account, client_of_account: Screen, press: Press
) -> None:
    client = client_of_account(petra)
    address = _upload(client, press, SMALL.encode()).url
    run = ImportRun.objects.get()
    for state, heading in (
        ("reading", "Läser raderna"),
        ("applying", "Importerar"),
        ("undoing", "Importen ångras"),
    ):
        ImportRun.objects.update(state=state, done=1_250, total=30_000, started_at=NOW)
        page = client.get(address, headers={"accept-language": "sv"}).content.decode()
        main = " ".join(re.sub(r"<[^>]+>", " ", page.split("<main")[1]).split())
        assert heading in main
        assert "1 250 av 30 000 rader" in main.replace("\xa0", " ")
        assert '<progress class="import-progress" max="30000" value="1250">' in page
        assert '<meta http-equiv="refresh" content="2">' in page  # it looks again by itself
    ImportRun.objects.update(started_at=NOW - timedelta(hours=3))
    page = client.get(address).content.decode()
    assert "<progress" not in page
    assert 'http-equiv="refresh"' not in page
    run.refresh_from_db()
    assert (run.done, run.total) == (1_250, 30_000)
