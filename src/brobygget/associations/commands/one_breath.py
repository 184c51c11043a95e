"""Work on the register that is made ready while nobody waits, and written only if the register is still the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from django.db import transaction

from brobygget.associations.commands import bulk
from brobygget.associations.commands.marking import lock_register, mark_of_register
from brobygget.associations.models import ImportRun

TRIES = 3
"""So often is it made ready without a lock; if people write all the time, the last time is with one."""


class Prepared(Protocol):
    """What has been made ready, and for which register."""

    @property
    def mark(self) -> bytes:
        """The register's mark before the work began."""

    @property
    def rows(self) -> list[bulk.Rows]:
        """What can be laid ready."""


Ready = TypeVar("Ready", bound=Prepared)


def write_in_one_breath(
    run: ImportRun,
    *,
    prepare: Callable[[], Ready],
    is_done: Callable[[ImportRun], bool],
    write: Callable[[ImportRun, Ready], None],
) -> ImportRun:
    """Make ready and write, anew when somebody wrote in between. `is_done` is asked under the lock, and may refuse."""
    for is_last in (*[False] * (TRIES - 1), True):
        prepared = None if is_last else prepare()
        with bulk.laid_ready(prepared.rows if prepared else []), transaction.atomic():
            run = ImportRun.objects.select_for_update().select_related("house").get(pk=run.pk)
            if is_done(run):
                return run
            lock_register(run.house_id)
            if prepared is None:
                prepared = prepare()
            elif prepared.mark != mark_of_register(run.house_id):
                continue
            write(run, prepared)
            return run
    raise AssertionError("the last time is made ready under the lock")
