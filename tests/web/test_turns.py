"""Presses take turns: one at a time on SQLite, none waits for itself, and a killed one holds nobody up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings

from brobygget.web.turns import turn

HOLD = "import fcntl, os, sys, time; f = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT); fcntl.flock(f, fcntl.LOCK_EX); print('has it', flush=True); time.sleep(300)"


@pytest.mark.on_sqlite
def test_one_at_a_time_has_the_turn() -> None:
    inside, most = 0, 0

    def press() -> None:
        nonlocal inside, most
        with turn():
            inside += 1
            most = max(most, inside)
            time.sleep(0.01)
            inside -= 1

    threads = [threading.Thread(target=press) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert (inside, most) == (0, 1)


@pytest.mark.on_sqlite
def test_whoever_has_the_turn_does_not_wait_for_it_again_and_gives_it_back_after_a_fault() -> None:
    with pytest.raises(ZeroDivisionError), turn(), turn():
        raise ZeroDivisionError
    with turn():
        pass


@pytest.mark.on_sqlite
def test_a_process_that_is_killed_gives_the_turn_back() -> None:
    place = str(settings.DATA / "turn")
    with subprocess.Popen([sys.executable, "-c", HOLD, place], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "has it\n"
        got = threading.Event()

        def press() -> None:
            with turn():
                got.set()

        threading.Thread(target=press).start()
        assert not got.wait(0.2)
        os.kill(other.pid, signal.SIGKILL)
        assert got.wait(30)
