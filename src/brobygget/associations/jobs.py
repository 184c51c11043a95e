"""Large files are read and written while the page shows how far it has come."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import close_old_connections, connection, transaction

from brobygget.associations.commands import applying, directory, staging, undoing
from brobygget.associations.models import ImportRun
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House

ROWS_AT_ONCE = 2_000
"""So many rows are done while the browser waits; with more, a thread goes on and the page asks."""

log = logging.getLogger(__name__)


def read_later(run: ImportRun, *, at: datetime) -> None:
    """Read the rows of a file, after this transaction."""
    _later(run, lambda fresh: staging.read_rows(fresh, at=at, progress=Progress(fresh.pk)), at=at)


def apply_later(run: ImportRun, *, at: datetime) -> None:
    """Write the rows to the register, after this transaction: it shall not hold others up while it thinks."""
    _later(run, lambda fresh: applying.apply_run(fresh, at=at, progress=Progress(fresh.pk)), at=at)


def undo_later(run: ImportRun, *, at: datetime) -> None:
    """Take an import back, after this transaction."""
    _later(run, lambda fresh: undoing.undo_run(fresh, at=at), at=at)


def refresh_later(house: House) -> None:
    """Renew what visitors search in, after this transaction, where a command has left it for later."""

    def begin() -> None:
        if directory.entries_to_renew(house).exists():
            threading.Thread(
                target=_in_a_thread, args=(lambda: directory.refresh_directory(house),), daemon=True
            ).start()

    transaction.on_commit(begin)


def _later(run: ImportRun, work: Callable[[ImportRun], object], *, at: datetime) -> None:
    ImportRun.objects.filter(pk=run.pk).update(started_at=at)
    is_small = run.total <= ROWS_AT_ONCE

    def begin() -> None:
        if is_small:
            _do(run.pk, work)
        else:
            threading.Thread(target=_in_a_thread, args=(lambda: _do(run.pk, work),), daemon=True).start()

    transaction.on_commit(begin)


def _in_a_thread(work: Callable[[], object]) -> None:
    close_old_connections()
    try:
        work()
    finally:
        connection.close()


def _do(pk: int, work: Callable[[ImportRun], object]) -> None:
    """A file that cannot be dealt with waits for its person again; what is being undone goes on from where it is."""
    try:
        work(ImportRun.objects.select_related("house", "file").get(pk=pk))
    except Refused as no:
        ImportRun.objects.filter(pk=pk).update(failure=no.sentence[:300])
        _let_wait_again(pk)
    except (
        Exception
    ):  # whatever went wrong, the file goes back to its person instead of standing at "working"
        log.exception("an import stopped")
        _let_wait_again(pk)
        raise


def _let_wait_again(pk: int) -> None:
    state = ImportRun.State
    for stopped, before in (
        (state.READING, state.UPLOADED),
        (state.APPLYING, state.READ),
        (state.UNDOING, state.UNDOING),
    ):
        ImportRun.objects.filter(pk=pk, state=stopped).update(state=before, started_at=None)


class Progress:
    """Notes how many rows are done, one row in a thousand, for the page that shows it."""

    def __init__(self, pk: int) -> None:
        self.pk = pk

    def __call__(self, done: int, total: int) -> None:
        if total > ROWS_AT_ONCE and (done % 1_000 == 0 or done == total):
            ImportRun.objects.filter(pk=self.pk).update(done=done, total=total)
