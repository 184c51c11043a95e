"""An import or an undoing that is killed leaves nothing half done: a real process and database, kill -9 at any moment."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from brobygget.associations.commands import staging
from brobygget.associations.commands.applying import apply_run
from brobygget.associations.commands.undoing import undo_run
from brobygget.associations.models import (
    Association,
    AssociationContact,
    AssociationInterest,
    AssociationTime,
    ImportEffect,
    ImportRun,
)
from brobygget.house.models import House
from tests.associations.conftest import ALVNAS, AT

KILLS = 16
ROOT = Path(__file__).resolve().parents[2]
# One process that is ready; for each line on its way in it lets a child do the work, tells the child's number, and tells
# when the child is no more.
READY = """
import os
import sys
from datetime import UTC, datetime
import django
from django.conf import settings
if "BROBYGGET_NAME_OF_THE_DATABASE" in os.environ:
    settings.DATABASES["default"]["NAME"] = os.environ["BROBYGGET_NAME_OF_THE_DATABASE"]
django.setup()
from brobygget.associations.commands import staging, undoing
from brobygget.associations.commands.applying import apply_run
from brobygget.associations.models import ImportRun
undoing.AT_ONCE = 5
staging.AT_ONCE = 5
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        act = {"read": staging.read_rows, "apply": apply_run, "undo": undoing.undo_run}[line.split()[0]]
        run = ImportRun.objects.select_related("house").get(pk=int(line.split()[1]))
        print(os.getpid(), flush=True)
        act(run, at=datetime(2027, 1, 22, 12, 0, tzinfo=UTC))
        os._exit(0)
    os.waitpid(child, 0)
    print("over", flush=True)
"""


@pytest.fixture
def working() -> Iterator[subprocess.Popen[str]]:
    """Another process that is ready to work in the database that this test uses."""
    settings = connection.settings_dict
    here = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "brobygget.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    if connection.vendor == "sqlite":
        here["BROBYGGET_NAME_OF_THE_DATABASE"] = str(settings["NAME"])
    else:
        address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{settings['NAME']}")
        here["DATABASE_URL"] = urlunsplit(address)
    with subprocess.Popen(
        [sys.executable, "-c", READY], env=here, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def _sums() -> tuple[int, ...]:
    tables = (Association, AssociationInterest, AssociationTime, AssociationContact, ImportEffect)
    return tuple(table.objects.count() for table in tables)


def _taken() -> ImportRun:
    house = House.objects.create(name="Brohuset", town="Älvnäs", opened_on=AT.date())
    run = staging.take_file(house=house, data=ALVNAS.read_bytes(), name="a.csv", by=None, at=AT)
    return staging.confirm_columns(run, mapping=run.mapping, on=AT.date())


def _staged() -> ImportRun:
    return staging.read_rows(_taken(), at=AT)


def _gone(run: ImportRun) -> int:
    return run.effects.exclude(undone="").count()


def _rows(run: ImportRun) -> list[tuple[int, str, str]]:
    return list(run.rows.order_by("line", "pk").values_list("line", "outcome", "understood"))


def _somebody_writes() -> bool:
    """Whether another process is writing at this moment."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0)) as asked:
            try:
                asked.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
            asked.execute("ROLLBACK")
            return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
            " WHERE datname = current_database() AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid())"
        )
        return bool(cursor.fetchone()[0])


def _kill(
    working: subprocess.Popen[str],
    act: str,
    run: ImportRun,
    *,
    when: Callable[[], bool] = lambda: True,
    after: float = 0,
) -> None:
    """Let another process begin, and kill it some seconds after something is so, whatever it is doing."""
    assert working.stdin is not None
    assert working.stdout is not None
    connection.close()
    working.stdin.write(f"{act} {run.pk}\n")
    working.stdin.flush()
    child = int(working.stdout.readline())
    waited_until = time.monotonic() + 60
    while not when():
        assert time.monotonic() < waited_until
        time.sleep(0.001)
    time.sleep(after)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    assert working.stdout.readline() == "over\n"
    run.refresh_from_db()


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_leaves_nothing_half_done_and_can_be_done_again(
    working: subprocess.Popen[str],
) -> None:
    run = _staged()
    halves = 0
    for number in range(KILLS):
        _kill(working, "apply", run, when=_somebody_writes, after=0.002 * number)
        is_applied = run.state == ImportRun.State.APPLIED
        assert (_sums()[0], _sums()[4]) == ((295, 295) if is_applied else (0, 0))
        assert all(_sums()) if is_applied else not any(_sums())
        halves += not is_applied  # killed while it wrote
        if is_applied:
            break
    assert halves >= 2  # more than once
    apply_run(run, at=AT)
    assert Association.objects.count() == 295


@pytest.mark.django_db(transaction=True)
def test_a_killed_reading_shows_no_rows_before_all_are_there_and_can_be_done_again(
    working: subprocess.Popen[str],
) -> None:
    whole = _rows(_staged())
    run = _taken()
    halves = 0
    for rows in (1, 40, 150, 290, 304):
        last = max(run.rows.values_list("pk", flat=True), default=0)
        _kill(working, "read", run, when=lambda: run.rows.filter(pk__gt=last).count() >= rows)  # noqa: B023 -- asked now
        if run.state == ImportRun.State.READ:  # the page shows the rows in this state alone
            assert (_rows(run), run.counts["foreseen"]) == (whole, {"added": 295})
        else:
            assert (run.state, bool(run.file.content)) == (ImportRun.State.READING, True)
            halves += 0 < len(_rows(run)) < len(whole)
    assert halves >= 2  # it was killed with some of the rows written, more than once
    run = staging.read_rows(run, at=AT)
    assert (_rows(run), Association.objects.count()) == (whole, 0)
    apply_run(run, at=AT)
    assert Association.objects.count() == 295


@pytest.mark.django_db(transaction=True)
def test_a_killed_undoing_knows_what_is_left_and_goes_on(working: subprocess.Popen[str]) -> None:
    run = apply_run(_staged(), at=AT)
    gone = halves = 0
    for number in range(KILLS):  # later in the step each time: some steps end before the kill, some do not
        before = gone
        _kill(working, "undo", run, when=lambda: _gone(run) > before, after=0.02 * number)  # noqa: B023 -- asked now
        gone = _gone(run)
        removed = run.counts["undone"]["removed"]
        assert (Association.objects.count(), removed) == (295 - gone, gone)
        halves += 0 < gone < 295
        if gone == 295:  # all of it, whether the last word about it was written or not
            break
    assert halves >= 2  # it was killed in the midst of it, more than once
    if run.state != ImportRun.State.UNDONE:
        run = undo_run(run, at=AT)
    assert (_sums()[:4], run.state, run.counts["undone"]["removed"]) == (
        (0, 0, 0, 0),
        ImportRun.State.UNDONE,
        295,
    )
