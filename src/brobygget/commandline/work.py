"""The worker: `./bro work`. `./bro serve` and `./bro demo` start one beside the pages and keep it alive."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import threading
from types import TracebackType

HELP = "Do what no page waits for: maps of the town's votes, mails to associations, calls from waiting lists."
AGAIN_SECONDS = 1.0


def main(argv: list[str]) -> int:
    """Work until SIGTERM; with `--beside` also until the program that started it is gone."""
    parser = argparse.ArgumentParser(prog="./bro work", description=HELP)
    parser.add_argument("--beside", action="store_true", help="end when standard input is closed")
    arguments = parser.parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brobygget.settings")
    if arguments.beside:
        # The server was killed: nobody else would end this process.
        threading.Thread(target=_end_with_parent, daemon=True).start()
        with contextlib.suppress(AttributeError, OSError):
            os.nice(5)  # whoever waits for a page comes before the map
    if not arguments.beside:
        from brobygget.commandline.serve import prepare

        status = prepare("work")
        if status:
            return status
    else:
        import django

        django.setup()
    from brobygget.operations.worker import work

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    work(should_stop=stop.is_set, rest=stop.wait)
    return 0


def _end_with_parent() -> None:
    # Not through sys.stdin: its lock would still be held by this thread when the program ends in the ordinary way.
    while os.read(0, 1024):
        pass
    os._exit(0)


class WorkerBeside:
    """Keeps one worker alive beside the server: a new one when it dies, none when the server ends.

    Use as a context manager round whatever serves.
    """

    def __init__(self) -> None:
        self._is_ending = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep_alive, daemon=True)

    def __enter__(self) -> WorkerBeside:
        self._keeper.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._is_ending.set()
        child = self._child
        if child is not None:
            child.terminate()
        self._keeper.join(timeout=10)

    def _keep_alive(self) -> None:
        command = [sys.executable, "-m", "brobygget", "work", "--beside"]
        while not self._is_ending.is_set():
            # Standard input is the line that tells the child when this process is gone, however it went.
            with subprocess.Popen(command, stdin=subprocess.PIPE, env=_environment()) as child:
                self._child = child
                if self._is_ending.is_set():
                    child.terminate()
                child.wait()
            self._is_ending.wait(AGAIN_SECONDS)


def _environment() -> dict[str, str]:
    """The same program with the same house, one thread for the mathematics, so that pages keep their processor."""
    one = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    return {**os.environ, **one, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
