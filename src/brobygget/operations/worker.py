"""Work that no page waits for: one worker a house, beside the pages, one job at a time.

What is due stands in the database, so nothing is lost when the worker is killed at any moment: the next one finds
it due again. A lock lets one worker work; others, in other processes or on other machines, wait for their turn.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connection

from brobygget.ideas.jobs import refresh_bridging_maps
from brobygget.openhouse.jobs import call_the_next, make_timetables, tell_associations

JOBS: tuple[Callable[[], int], ...] = (
    refresh_bridging_maps,
    tell_associations,
    call_the_next,
    make_timetables,
)
EVERY_SECONDS = 1.0
# After work the worker rests twice as long as the work took, so that pages have two thirds of the machine.
REST = 2.0
LONGEST_REST = 60.0
LOCK_NUMBER = 0x62726F  # "bro", for PostgreSQL's advisory locks
log = logging.getLogger(__name__)


def run_due_jobs() -> int:
    """Everything that is due now; how much was done. A job that fails is told in the log and tried again."""
    done = 0
    for job in JOBS:
        try:
            done += job()
        except Exception:  # one job that fails must not keep the others from being done
            log.exception("%s failed", job.__name__)
            close_old_connections()
    return done


@contextlib.contextmanager
def only_worker() -> Iterator[bool]:
    """True for the one worker that may work now."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_NUMBER])
            is_mine = bool(cursor.fetchone()[0])
        try:
            yield is_mine
        finally:
            if is_mine:
                with contextlib.suppress(Exception), connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])
        return
    with (Path(settings.DATA) / "worker.lock").open("w") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except OSError:
            yield False
            return
        yield True


def work(
    *, should_stop: Callable[[], bool] = lambda: False, rest: Callable[[float], object] = time.sleep
) -> None:
    """Until told to stop: what is due, then a rest."""
    while not should_stop():
        took = 0.0
        try:
            with only_worker() as is_mine:
                began = time.monotonic()
                if is_mine and run_due_jobs():
                    took = time.monotonic() - began
        except Exception:  # a database that is away comes back; a worker that ended would not
            log.exception("the worker could not reach the database")
            close_old_connections()
        rest(min(max(EVERY_SECONDS, REST * took), LONGEST_REST))
