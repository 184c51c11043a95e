"""A thread in the worker, or in each process that answers pages where there is none beside them.

It tidies every six hours, and wipes what was removed within a minute.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, connections

from brobygget.operations.commands import catch_up, tidy
from brobygget.people.traces import wipe_traces
from brobygget.web import clock

logger = logging.getLogger(__name__)
SECONDS = 30
HOURS = 6


def begin_keeping() -> threading.Event:
    """Keep the house tidy until the event that comes back is set, or the program ends. Tests tidy for themselves."""
    stop = threading.Event()
    if not settings.TESTING:
        threading.Thread(target=_keep, args=(stop,), name="keeping", daemon=True).start()
    return stop


def _keep(stop: threading.Event) -> None:
    tidied: datetime | None = None
    while not stop.is_set():
        try:
            now = clock.read()
            if tidied is None or now - tidied >= timedelta(hours=HOURS):
                tidy(at=now)
                catch_up(at=now)
                tidied = now
            if has_traces():
                wipe_traces()
        except DatabaseError as wrong:
            logger.warning("The house could not be tidied: %s", type(wrong).__name__)
        finally:
            connections.close_all()
        stop.wait(SECONDS)


def has_traces() -> bool:
    """Whether SQLite's write-ahead log holds anything."""
    log = Path(f"{settings.DATABASES['default']['NAME']}-wal")
    return connection.vendor == "sqlite" and log.exists() and log.stat().st_size > 0
