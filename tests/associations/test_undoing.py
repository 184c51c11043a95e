"""Undoing goes a few associations at a time: others come in between, and a stop anywhere loses and doubles nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from brobygget.associations.commands import editing, links, staging, undoing
from brobygget.associations.commands.applying import apply_run, begin_applying
from brobygget.associations.models import Association, DirectoryEntry, ImportEffect, ImportRun, Origin
from brobygget.associations.queries.register import to_reach
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.operations.commands import catch_up
from brobygget.people.models import Account
from tests.associations.conftest import AT, SMALL, everything

Import = Callable[..., ImportRun]
LATER = AT + timedelta(days=1)
CHANGED = (
    SMALL.replace(";150\r\n", ";200\r\n").replace("schack@", "ny@")
    + "4;Byns simsällskap;;;;;;Byn;;;;Simning;50\r\n"
)


class Stopped(BaseException):
    """As if somebody had pulled the plug."""


def _stop_after(statements: int) -> Any:
    left = [statements]

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:  # once: what is rolled back then is rolled back
            raise Stopped
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


def _what_is_left(run: ImportRun) -> tuple[list[str], list[str]]:
    """The names that stand because of the import, and those that its notes say are left to undo."""
    here = Association.objects.filter(made_by=run).order_by("name")
    noted = run.effects.filter(kind="added", undone="").order_by("association__name")
    return list(here.values_list("name", flat=True)), list(noted.values_list("association__name", flat=True))


def test_undoing_that_is_stopped_at_any_statement_goes_on_to_the_same_end(
    house: House, imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "AT_ONCE", 1)
    imported(house, SMALL)
    before = [(row[0], row[1], row[2], row[3], row[5]) for row in everything(house)]  # type: ignore[index]
    stops = 0
    is_stopped = True
    for statement in range(2, 400, 9):
        is_stopped = False
        run = imported(house, CHANGED, at=LATER)
        assert run.counts["applied"] == {"added": 1, "changed": 2, "same": 1, "kept_fields": 0}
        try:
            with _stop_after(statement):
                undoing.undo_run(run, at=LATER)
        except Stopped:
            is_stopped = True
            stops += 1
            standing, noted = _what_is_left(run)
            assert standing == noted
            undoing.undo_run(run, at=LATER)
        run.refresh_from_db()
        after = [(row[0], row[1], row[2], row[3], row[5]) for row in everything(house)]  # type: ignore[index]
        assert (after, run.state) == (before, ImportRun.State.UNDONE)
        assert run.counts["undone"] == {"removed": 1, "restored": 2, "kept": 0, "kept_fields": 0}
        assert DirectoryEntry.objects.count() == 3
        if not is_stopped:
            break
    assert not is_stopped  # the last time it came to its end by itself
    assert stops >= 6


def test_no_transaction_of_undoing_holds_more_than_a_few_associations(
    house: House, imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "AT_ONCE", 2)
    run = imported(house, CHANGED)
    with CaptureQueriesContext(connection) as asked:
        undoing.undo_run(run, at=LATER)
    gone = [
        query["sql"] for query in asked if query["sql"].startswith('DELETE FROM "associations_association" ')
    ]
    assert [sql.rpartition("(")[2].count(",") + 1 for sql in gone] == [2, 2]


def test_what_somebody_writes_while_an_import_is_being_undone_stays(
    house: House, register: ImportRun, bengts: Association
) -> None:
    undoing.begin_undoing(register)
    editing.save_answers(
        bengts, answers={"met_by": "Bengt"}, seen={}, origin=Origin.ASSOCIATION, sitting="a", at=AT
    )
    undone = undoing.undo_run(register, at=AT)
    assert list(Association.objects.values_list("name", "met_by")) == [("Byns hembygdsförening", "Bengt")]
    assert undone.counts["undone"] == {"removed": 2, "restored": 0, "kept": 1, "kept_fields": 0}
    assert undone.effects.get(undone=ImportEffect.Undoing.KEPT).association == bengts


def test_whoever_has_been_written_to_or_translated_stays_when_the_import_is_undone(
    house: House, register: ImportRun
) -> None:
    chess = Association.objects.get(name="Byns schackklubb")
    sewing = Association.objects.get(name="Sömnadens vänner")
    sewing.texts.create(field="description", language="ar", text="نخيط معًا", written_on=AT.date())
    waiting = [one for one in to_reach(house, "email", on=AT.date()) if one == chess]
    links.send_mails(waiting, address="https://brohuset.example", by=None, at=AT, on=AT.date())
    (address,) = re.findall(r"https://brohuset\.example(/own/\S+)", mail.outbox[0].body)
    undone = undoing.undo_run(register, at=AT)
    assert undone.counts["undone"] == {"removed": 1, "restored": 0, "kept": 2, "kept_fields": 0}
    assert set(Association.objects.values_list("name", flat=True)) == {"Byns schackklubb", "Sömnadens vänner"}
    assert sewing.texts.get().text == "نخيط معًا"
    assert Client().get(address, follow=True).status_code == 200


def test_nothing_comes_in_while_an_import_is_on_its_way_out(
    house: House, petra: Account, register: ImportRun
) -> None:
    run = staging.take_file(house=house, data=CHANGED.encode(), name="b.csv", by=petra, at=LATER)
    run = staging.read_rows(staging.confirm_columns(run, mapping=run.mapping, on=LATER.date()), at=LATER)
    undoing.begin_undoing(register)
    for come_in in (lambda: begin_applying(run), lambda: apply_run(run, at=LATER)):
        with pytest.raises(Refused, match="håller på att ångras"):
            come_in()
    undoing.undo_run(register, at=LATER)
    assert apply_run(run, at=LATER).counts["applied"]["added"] == 4


def test_a_house_that_starts_again_goes_on_undoing(house: House, register: ImportRun) -> None:
    undoing.begin_undoing(register)
    catch_up(at=AT)
    register.refresh_from_db()
    assert (register.state, register.undone_at, Association.objects.count()) == (
        ImportRun.State.UNDONE,
        AT,
        0,
    )


def test_undoing_twice_is_once(house: House, register: ImportRun) -> None:
    undoing.undo_run(register, at=AT)
    with pytest.raises(Refused):
        undoing.undo_run(register, at=LATER)
    register.refresh_from_db()
    assert (register.undone_at, register.counts["undone"]["removed"]) == (AT, 3)
