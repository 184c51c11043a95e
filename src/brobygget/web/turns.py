"""One press at a time: whoever wants to write waits in the kernel's own queue, and is woken when it is their turn.

SQLite has one writer at a time, and lets others sleep and ask again, longer each time. With hundreds of phones that
is most of what they wait for. The lock is a file beside the database; the kernel gives it back when a process is
killed. It is a courtesy and no safety: what keeps writes whole is the database's own lock, which everybody takes.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

_here = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for the turn and keep it to the end; on PostgreSQL, which lets many write, there is nothing to wait for."""
    if connection.vendor != "sqlite" or getattr(_here, "has_it", False):
        yield
        return
    place = os.open(settings.DATA / "turn", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait_for(place)
        _here.has_it = True
        yield
    finally:
        _here.has_it = False
        os.close(place)  # which gives the lock back


def _wait_for(place: int) -> None:
    try:
        import fcntl
    except ImportError:
        return  # a system without such locks: there everybody sleeps and asks again
    fcntl.flock(place, fcntl.LOCK_EX)
