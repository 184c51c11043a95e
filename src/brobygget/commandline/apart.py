"""Work in a process of its own: what it read in and left lying in memory is gone when it is done."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def apart(work: Callable[[], T]) -> T:
    """What `work` gives, done by a copy of this process; where processes do not begin as copies, by this one.

    The copy must be able to hand the answer over: pickle says what can be. There must be no other thread, and no open
    database, for a copy inherits both.
    """
    if sys.platform != "linux":
        return work()
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("fork")) as copy:
        return copy.submit(work).result()
