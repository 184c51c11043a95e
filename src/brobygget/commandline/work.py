"""The worker: `./bro work`. `./bro serve` and `./bro demo` start one beside the pages and keep it alive."""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import TracebackType

from brobygget.commandline.serve import PATIENCE_SECONDS, prepare

HELP = "Do what no page waits for: maps of votes, mails to associations, calls from waiting lists, tidying."
AGAIN_SECONDS = 1.0


def main(argv: list[str]) -> int:
    """Work until SIGTERM."""
    argparse.ArgumentParser(prog="./bro work", description=HELP).parse_args(argv)
    status = prepare("work")
    if status:
        return status
    _work()
    return 0


def work_beside() -> None:
    """Work until SIGTERM, and no longer than the server that began this process."""
    end_with_parent()
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)  # whoever waits for a page comes before the map
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brobygget.settings")
    import django

    django.setup()
    _work()


def _work() -> None:
    from brobygget.operations.keeping import begin_keeping
    from brobygget.operations.worker import work

    begin_keeping()
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    work(should_stop=stop.is_set, rest=stop.wait)


def end_with_parent() -> None:
    """End this process when the one that began it is gone, however it went: nobody else would end it."""
    threading.Thread(target=_wait_for_its_end, daemon=True).start()


def _wait_for_its_end() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)


class WorkerBeside:
    """Keeps one worker alive beside the server: a new one when it dies, none when the server ends.

    Use as a context manager round whatever serves. The first worker begins as a copy of this process, with which it
    shares the program that is read in already; there must be no other thread yet, for a copy inherits the locks that
    threads hold. A later one is begun anew.
    """

    def __init__(self, target: Callable[[], None] = work_beside) -> None:
        self._target = target
        self._is_ending = threading.Event()
        self._child: BaseProcess | None = None
        self._keeper = threading.Thread(target=self._keep_alive, daemon=True)

    def __enter__(self) -> WorkerBeside:
        self._begin(as_copy=sys.platform == "linux")
        self._keeper.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._is_ending.set()
        if self._child is not None:
            self._child.terminate()
        self._keeper.join(PATIENCE_SECONDS)
        if self._keeper.is_alive() and self._child is not None:
            self._child.kill()  # what it was doing is done again by the next one

    def _begin(self, *, as_copy: bool) -> None:
        context = multiprocessing.get_context("fork") if as_copy else multiprocessing.get_context("spawn")
        self._child = context.Process(target=self._target, name="worker")
        self._child.start()

    def _keep_alive(self) -> None:
        while self._child is not None:
            self._child.join()
            if self._is_ending.wait(AGAIN_SECONDS):
                return
            self._begin(as_copy=False)
            if self._is_ending.is_set():
                self._child.terminate()
