"""Every address, every role: open to those it is for, and for everybody else there is no such page."""

from __future__ import annotations

import hashlib
import importlib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from brobygget.people.request import COOKIE
from tests.agreements import canaries, doors
from tests.agreements.doors import Door
from tests.agreements.town import Cast, Stages, Way, changes, way_to

LOOKS_THAT_WRITE = {"operations:health"}  # a write is what it asks about
# The vote gives a browser a number before its first press, so that the press can be told from another's.
# So does a table of the open house: presses that wait for a network are then for one stamp card.
LOOKS_THAT_NAME_A_BROWSER = {"ideas:vote_strip": {"ballot"}, "openhouse:at_table": {"stamps"}}
GETS = 20


def _rows() -> list[Door]:
    rows: list[Door] = []
    for file in sorted(Path(__file__).parent.glob("doors_*.py")):
        rows += importlib.import_module(f"tests.agreements.{file.stem}").DOORS
    return rows


ROWS = _rows()


def _patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, set[str]]]:
    """Every address by its name, and what its path takes, from the resolver itself."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern):
            name = f"{namespace}:{pattern.name}" if namespace else str(pattern.name)
            yield name, set(pattern.pattern.converters)


@pytest.fixture(scope="module")
def town(town: Cast) -> Cast:
    """Everything in it says something, and every text has a word of its own."""
    for circle in town.circles:
        canaries.fill(circle)
    town.planted = canaries.plant()
    return town


def test_every_address_has_a_row() -> None:
    known = {door.name for door in ROWS}
    assert [name for name, _ in _patterns(get_resolver()) if name not in known] == []


def _on_its_stage(door: Door) -> Any:
    """The row of a door; those which stand on one stage are tried by one process, so that it is set once."""
    name = f"{door.method} {door.name}"
    if door.prepare is Door.prepare:
        return pytest.param(door, id=name)
    stage = f"{door.prepare.__module__}.{door.prepare.__qualname__}"
    return pytest.param(door, id=name, marks=pytest.mark.xdist_group(stage))


@pytest.fixture
def stage(door: Door, stages: Stages) -> tuple[Cast, Way | None]:
    """The stage of the test's own door; it stands already where the test before needed it too."""
    return stages.set_for(door, ROWS)


# Those that need no stage of their own come first, one after the other.
IN_ORDER = sorted(ROWS, key=lambda door: door.prepare is not Door.prepare)


@pytest.mark.parametrize("door", [_on_its_stage(door) for door in IN_ORDER])
def test_a_door_is_open_to_those_it_is_for_and_tells_nobody_elses_words(
    door: Door, stage: tuple[Cast, Way | None], db: None
) -> None:
    cast, way = stage
    if way is None:
        way = way_to(door, cast)
        cast.planted = cast.plant()
    (url, fields), planted = way, cast.planted
    # Those who must be refused go first, so that nothing which a right person does can open a door for them.
    order = sorted(doors.EVERYBODY, key=lambda who: (who in door.open_to, who))
    wrong: dict[str, Any] = {}
    for who in order:
        client = cast.clients[who]
        if door.method == "POST":
            answer = client.post(url, {"key": str(uuid.uuid4()), **fields})
            written = []
        else:
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(url)
            written = changes(asked)
        status = answer.status_code
        if who in door.open_to:
            is_right = status < 400 or status in {409, 422}
        elif door.is_for_hosts and who in doors.NOT_SIGNED_IN:
            is_right = status == 302
        else:
            is_right = status == 404
        found = canaries.found_in(answer, planted)
        leaks = sorted({one.column for one in found if not canaries.may_read(who, one, door.name, cast)})
        if not is_right or leaks or (written and door.name not in LOOKS_THAT_WRITE):
            wrong[who] = (status, leaks, written)
    assert wrong == {}


def _whole_database() -> str:
    """Every row of every table, as one sum."""
    rows = hashlib.sha256()
    for model in apps.get_models(include_auto_created=True):
        columns = [field.attname for field in model._meta.concrete_fields]
        rows.update(repr(sorted(map(repr, model._default_manager.values_list(*columns)))).encode())
    return rows.hexdigest()


WITH_SECRET = {name for name, takes in _patterns(get_resolver()) if {"token", "signed"} & takes}
SECRETS = [door for door in ROWS if door.method == "GET" and door.name in WITH_SECRET]


def test_there_are_addresses_with_a_secret() -> None:
    assert len(SECRETS) >= 10


@pytest.mark.parametrize("door", SECRETS, ids=[door.name for door in SECRETS])
def test_looking_twenty_times_at_an_address_with_a_secret_changes_nothing(door: Door, cast: Cast) -> None:
    door.prepare(cast)
    url = reverse(door.name, args=door.args(cast))
    before = _whole_database()
    answers = [getattr(Client(), method)(url) for method in ("get", "head") for _ in range(GETS // 2)]
    assert {answer.status_code for answer in answers} <= {200, 204, 404}
    given = [(name, answer.cookies[name].value) for answer in answers for name in answer.cookies]
    assert {name for name, _ in given} <= LOOKS_THAT_NAME_A_BROWSER.get(door.name, set()) | {"csrftoken"}
    # A random number each time: it stands for nobody, and nothing is kept of it before a press.
    numbers = [value for name, value in given if name != "csrftoken"]
    assert len(set(numbers)) == len(numbers)
    assert _whole_database() == before


def test_every_text_of_the_database_has_a_canary_in_each_circle(cast: Cast) -> None:
    planted = cast.plant()
    wanted = {
        f"{model._meta.label}.{field.name}"
        for model in canaries.our_models()
        for field in canaries.texts(model)
    }
    # A circle that has an ending has ended.
    assert wanted - {one.field for one in planted} == {"circles.Circle.ending"}
    ideas = [one.owner for one in planted if one.column == "ideas.Idea.text"]
    assert sorted(owner.pk for owner in ideas) == sorted(circle.pk for circle in cast.circles)


def test_the_search_finds_a_word_however_it_is_written(cast: Cast) -> None:
    word = cast.planted[0]
    pages = ["<p>ZQ0000QZ</p>", "/x/?q=zq0000qz", '{"a": "zq0000qz"}', "&#122;q0000qz"]
    assert [canaries.found_in(HttpResponse(page), [word]) for page in pages] == [{word}] * 4
    assert canaries.found_in(HttpResponse("zq", headers={"Location": "/zq0000qz/"}), [word]) == {word}


def test_a_phone_that_was_closed_is_a_stranger_everywhere(cast: Cast) -> None:
    assert cast.clients[doors.REVOKED].cookies[COOKIE].value
    assert cast.clients[doors.REVOKED].get(reverse("people:me")).status_code == 404
