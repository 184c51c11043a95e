"""The worker beside the pages: one at a time, alive again after kill -9, and nothing that is due is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from brobygget.commandline.work import WorkerBeside
from brobygget.operations import worker
from tests.operations import beside

WAIT = 60.0
ROOT = Path(__file__).resolve().parents[2]


def _until(what: object) -> bool:
    """Whether something came true within a time that a busy machine can keep."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        if what():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)


@pytest.mark.usefixtures("_own_folder", "db")
def test_work_goes_on_until_it_is_told_to_stop_and_rests_longer_after_long_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done, rests = [], []

    def job() -> int:
        done.append(1)
        return len(done) % 2

    ticks = iter([0.0, 3.0, 10.0, 10.0, 20.0])
    monkeypatch.setattr(worker, "JOBS", (job,))
    monkeypatch.setattr(worker.time, "monotonic", lambda: next(ticks))
    worker.work(should_stop=lambda: len(rests) == 2, rest=rests.append)
    assert (len(done), rests) == (2, [6.0, worker.EVERY_SECONDS])


@pytest.mark.usefixtures("_own_folder", "db")
def test_a_job_that_fails_is_told_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> int:
        raise ValueError("broken")

    monkeypatch.setattr(worker, "JOBS", (broken, lambda: 1))
    assert worker.run_due_jobs() == 1
    assert "broken failed" in caplog.text


@pytest.mark.on_sqlite
@pytest.mark.usefixtures("_own_folder", "db")
def test_a_second_worker_waits_for_its_turn() -> None:
    assert connection.vendor == "sqlite"
    with worker.only_worker() as first, worker.only_worker() as second:
        assert (first, second) == (True, False)
    with worker.only_worker() as again:
        assert again is True


@pytest.fixture
def pids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a process in place of the worker notes its number."""
    monkeypatch.setenv(beside.NOTES, str(tmp_path / "pids.txt"))
    monkeypatch.setattr("brobygget.commandline.work.AGAIN_SECONDS", 0.05)
    return tmp_path / "pids.txt"


def _noted(notes: Path) -> list[int]:
    return [int(line) for line in notes.read_text().split()] if notes.exists() else []


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_worker_that_was_killed_is_there_again_and_ends_with_the_server(pids: Path) -> None:
    with WorkerBeside(beside.note_and_wait):
        assert _until(lambda: len(_noted(pids)) == 1)
        os.kill(_noted(pids)[0], signal.SIGKILL)
        assert _until(lambda: len(_noted(pids)) == 2)
        assert _is_alive(_noted(pids)[1])
    assert not any(_is_alive(pid) for pid in _noted(pids))


@pytest.mark.parametrize("times_killed", [0, 1], ids=["the first, a copy", "a later one, begun anew"])
def test_a_worker_ends_when_its_server_was_killed(pids: Path, times_killed: int) -> None:
    program = (
        "import time\nfrom brobygget.commandline import work\nfrom tests.operations import beside\n"
        "work.AGAIN_SECONDS = 0.05\n"
        "with work.WorkerBeside(beside.note_and_wait):\n    time.sleep(600)\n"
    )
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    server = subprocess.Popen([sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": path})
    for so_far in range(times_killed + 1):
        assert _until(lambda so_far=so_far: len(_noted(pids)) == so_far + 1)
        if so_far < times_killed:
            os.kill(_noted(pids)[so_far], signal.SIGKILL)
    assert _is_alive(_noted(pids)[-1])
    server.kill()
    server.wait()
    assert _until(lambda: not _is_alive(_noted(pids)[-1]))
