"""An import that is killed leaves nothing half done: a real process, a real database, kill -9 at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from brobygget.associations.commands import staging
from brobygget.associations.commands.applying import apply_run
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

KILLS = 12
ROOT = Path(__file__).resolve().parents[2]
APPLY = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from brobygget.associations.commands.applying import apply_run
from brobygget.associations.models import ImportRun
from django.db import connection
run = ImportRun.objects.select_related("house").get(pk=int(sys.argv[1]))
print("begins", flush=True)
apply_run(run, at=datetime(2027, 1, 22, 12, 0, tzinfo=UTC))
print("done", flush=True)
"""


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """The database that this test uses, for another process."""
    settings = connection.settings_dict
    here = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "brobygget.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    if connection.vendor == "sqlite":
        yield {**here, "BROBYGGET_TEST_DATABASE": str(settings["NAME"])}
    else:
        yield {
            **here,
            "DATABASE_URL": urlunsplit(
                urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{settings['NAME']}")
            ),
        }


def _sums() -> tuple[int, ...]:
    tables = (Association, AssociationInterest, AssociationTime, AssociationContact, ImportEffect)
    return tuple(table.objects.count() for table in tables)


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_leaves_nothing_half_done_and_can_be_done_again(environment: dict[str, str]) -> None:
    house = House.objects.create(name="Brohuset", town="Älvnäs", opened_on=AT.date())
    run = staging.take_file(house=house, data=ALVNAS.read_bytes(), name="a.csv", by=None, at=AT)
    run = staging.read_rows(staging.confirm_columns(run, mapping=run.mapping, on=AT.date()), at=AT)
    script = APPLY
    if connection.vendor == "sqlite":
        script = (
            "import os\\nfrom django.conf import settings\\n"
            "settings.DATABASES['default']['NAME'] = os.environ['BROBYGGET_TEST_DATABASE']\\n"
        ).replace("\\n", "\n") + APPLY
    connection.close()
    halves = 0
    for number in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(run.pk)], env=environment, stdout=subprocess.PIPE, text=True
        ) as working:
            assert working.stdout is not None
            assert working.stdout.readline() == "begins\n"
            time.sleep(0.02 + 0.03 * number)
            working.send_signal(signal.SIGKILL)
        run.refresh_from_db()
        is_applied = run.state == ImportRun.State.APPLIED
        assert (_sums()[0], _sums()[4]) == ((295, 295) if is_applied else (0, 0))
        assert all(_sums()) if is_applied else not any(_sums())
        halves += not is_applied
        connection.close()
        if is_applied:
            break
    assert halves >= 2  # it was killed while it worked, more than once
    apply_run(run, at=AT)
    assert Association.objects.count() == 295
