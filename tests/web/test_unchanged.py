"""A page that is the same for every stranger is drawn once, and never shown when it is not true any more."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from brobygget.commandline.postgresql import throw_away_server
from brobygget.house.models import House
from brobygget.openhouse.commands import events
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.models import OpenHouse
from brobygget.people.models import Account
from brobygget.web import clock as real_clock
from brobygget.web import unchanged
from tests.conftest import NOW, TODAY
from tests.openhouse.conftest import FACTS

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def page(house: House) -> str:
    made = events.plan_open_house(house=house, circle=None, facts=Facts(**FACTS), on=TODAY, at=NOW)
    events.publish(made, is_public=True, on=TODAY, at=NOW)
    return f"/open-house/{made.pk}/programme/"


def _asked(client: Client, page: str) -> tuple[HttpResponse, int]:
    """The page, and how many questions were put to the house for it; asking for a mark of change is none."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page)
    questions = [each for each in asked.captured_queries if "snapshot" not in each["sql"]]
    return answer, len(questions)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else writes. PostgreSQL's mark is one for the whole server, where other tests write beside this one."""
    if connection.vendor == "postgresql":
        monkeypatch.setattr(unchanged, "last_change", lambda: "nobody")


@pytest.mark.usefixtures("alone")
def test_the_second_stranger_gets_the_same_page_without_a_question(page: str) -> None:
    first, questions = _asked(Client(), page)
    again, none = _asked(Client(), page)
    assert (questions, none) == (4, 0)
    assert TOKEN.sub(b"", first.content) == TOKEN.sub(b"", again.content)
    assert {**first.headers} == {**again.headers}
    assert first.headers["Cache-Control"] == "no-store, private"


def test_each_has_a_token_of_its_own_that_opens_the_form(page: str) -> None:
    strict = [Client(enforce_csrf_checks=True) for _each in range(3)]
    tokens = []
    for client in strict:
        found = TOKEN.search(client.get(page).content)
        assert found is not None
        tokens.append(found[1].decode())
        answer = client.post(
            "/language/", {"csrfmiddlewaretoken": tokens[-1], "language": "ar", "next": page}
        )
        assert answer.status_code == 302
        assert b'lang="ar"' in client.get(page).content  # and the other language is another page
    assert len(set(tokens)) == 3
    other = strict[0].post("/language/", {"csrfmiddlewaretoken": tokens[1], "language": "en", "next": page})
    assert other.status_code == 403


def test_whatever_is_written_is_on_the_next_page(page: str) -> None:
    Client().get(page)
    OpenHouse.objects.update(name="Öppet hus")
    answer, questions = _asked(Client(), page)
    assert ("Öppet hus" in answer.content.decode(), questions) == (True, 4)


@pytest.mark.on_postgresql
def test_what_another_process_writes_is_on_the_next_page_on_postgresql(page: str) -> None:
    _another_writes(page)


@pytest.mark.on_postgresql
def test_the_mark_on_postgresql_stays_until_somebody_writes() -> None:
    """On a server of its own: the mark is one for all the databases of a server."""
    with (
        throw_away_server() as url,
        psycopg.connect(url, autocommit=True) as ours,
        psycopg.connect(url) as theirs,
    ):
        ours.execute("ALTER SYSTEM SET autovacuum = off")
        ours.execute("SELECT pg_reload_conf()")
        ours.execute("CREATE TABLE told (word TEXT)")
        before = ours.execute(unchanged.SNAPSHOT).fetchone()
        assert ours.execute(unchanged.SNAPSHOT).fetchone() == before
        theirs.execute("INSERT INTO told VALUES ('x')")
        theirs.commit()
        assert ours.execute(unchanged.SNAPSHOT).fetchone() != before


@pytest.mark.on_sqlite
def test_what_another_connection_writes_changes_the_mark(tmp_path: Path) -> None:
    """The tests' own database lies in memory, where nobody else can write: here it is a file, as it is in a house."""
    file = tmp_path / "house.sqlite3"
    ours, theirs = sqlite3.connect(file), sqlite3.connect(file)
    ours.execute("CREATE TABLE told (word TEXT)")
    ours.commit()
    connection.ensure_connection()
    tests = connection.connection
    connection.connection = ours
    try:
        before = unchanged.last_change()
        assert unchanged.last_change() == before
        theirs.execute("INSERT INTO told VALUES ('x')")
        assert unchanged.last_change() == before  # not committed yet
        theirs.commit()
        after = unchanged.last_change()
        assert after != before
        ours.execute("INSERT INTO told VALUES ('y')")
        assert unchanged.last_change() != after
    finally:
        connection.connection = tests
        ours.close()
        theirs.close()


def _another_writes(page: str) -> None:
    Client().get(page)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("UPDATE openhouse_openhouse SET name = 'Öppet hus'")
    finally:
        other.close()
    assert "Öppet hus" in Client().get(page).content.decode()


def test_the_minute_makes_another_page(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Client().get(page)
    monkeypatch.setattr(real_clock, "read", lambda: NOW + timedelta(minutes=1))
    assert _asked(Client(), page)[1] == 4


def test_what_is_written_and_may_be_taken_back_is_never_remembered(page: str) -> None:
    Client().get(page)
    with transaction.atomic():
        assert unchanged.last_change() is None
        OpenHouse.objects.update(name="Öppet hus")
        assert "Öppet hus" in Client().get(page).content.decode()
        transaction.set_rollback(True)
    assert "Öppet hus" not in Client().get(page).content.decode()


def test_who_is_somebody_gets_a_page_drawn_for_them_and_leaves_none_behind(
    page: str, marit: Account, client_of_account: Callable[[Account], Client]
) -> None:
    about = page.removesuffix("programme/")
    leader = client_of_account(marit)
    assert "Översikt" in leader.get(about).content.decode()
    stranger, questions = _asked(Client(), about)
    assert questions > 4
    assert "Översikt" not in stranger.content.decode()
    assert "Översikt" in leader.get(about).content.decode()


def test_a_page_with_the_key_of_a_press_is_never_remembered() -> None:
    """Two phones with one key would be one press."""
    request = RequestFactory().get("/x/")
    drawn: list[int] = []

    def page_with_a_key(request: object) -> HttpResponse:
        drawn.append(1)
        answer = HttpResponse(f'<input name="key" value="{len(drawn)}">')
        return unchanged.same_for_strangers(answer)

    show = unchanged.UnchangedMiddleware(page_with_a_key)
    assert [show(request).content for _time in range(2)] == [
        b'<input name="key" value="1">',
        b'<input name="key" value="2">',
    ]
