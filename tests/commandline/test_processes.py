"""The processes of a served house stand by each other: who is killed is replaced, and nobody is left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks._hall import Hall
from benchmarks._processes import members
from brobygget.commandline.serve import PATIENCE_SECONDS

pytestmark = [
    pytest.mark.on_sqlite,
    pytest.mark.xdist_group("a served house"),
    pytest.mark.skipif(not Path("/proc").exists(), reason="who began whom is read in /proc"),
]
WAIT = 60.0
DATABASE = "brobygget.sqlite3"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house that was started once, so that later starts are short."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "house").mkdir()
    hall = Hall(folder, arguments=())
    hall.start()
    hall.stop()
    return folder


@pytest.fixture
def hall(made: Path) -> Iterator[Hall]:
    (made / "server.log").unlink(missing_ok=True)
    hall = Hall(made, arguments=())
    hall.start()
    yield hall
    hall.stop()


def _until(what: Callable[[], bool]) -> bool:
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.05)
    return False


def _begun_by(hall: Hall) -> list[int]:
    assert hall.process is not None
    return [pid for pid in members(hall.process.pid) if pid != hall.process.pid]


def _niceness(pid: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, pid)


def _serves(pid: int) -> bool:
    """Whether a process answers pages by now: its server has begun a thread of its own."""
    with contextlib.suppress(OSError):  # a thread that has ended meanwhile
        threads = Path(f"/proc/{pid}/task").glob("*/comm")
        return any(thread.read_text().startswith("tokio") for thread in threads)
    return False


def _is_gone(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    try:
        return state.read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def _answers(hall: Hall) -> bool:
    with urllib.request.urlopen(f"http://localhost:{hall.port}/health/", timeout=10) as page:
        return bool(page.status == 200)


def _said(hall: Hall) -> str:
    return (hall.folder / "server.log").read_text()


def test_two_processes_and_a_worker_serve_a_house_and_one_that_is_killed_is_replaced(hall: Hall) -> None:
    assert _until(lambda: sorted(map(_niceness, _begun_by(hall))) == [0, 0, 5])
    killed = next(pid for pid in _begun_by(hall) if _niceness(pid) == 0)
    os.kill(killed, signal.SIGKILL)
    assert _until(lambda: killed not in _begun_by(hall) and len(_begun_by(hall)) == 3)
    assert _answers(hall)


def test_nobody_serves_on_when_the_server_is_killed_and_its_door_is_free(hall: Hall) -> None:
    assert _until(lambda: len(_begun_by(hall)) == 3)
    left = _begun_by(hall)
    assert hall.process is not None
    hall.process.kill()
    hall.process.wait()
    assert _until(lambda: all(map(_is_gone, left)))
    hall.start()
    assert _answers(hall)


@pytest.mark.slow  # four starts
def test_ctrl_c_that_reaches_everybody_at_once_ends_everybody_in_order(hall: Hall) -> None:
    for _time in range(3):
        assert hall.process is not None
        assert _until(lambda: sum(map(_serves, _begun_by(hall))) == 2)
        left = _begun_by(hall)
        os.killpg(hall.process.pid, signal.SIGINT)
        assert hall.process.wait(timeout=PATIENCE_SECONDS - 1) == 0, "somebody was waited for, and killed"
        assert all(map(_is_gone, left))
        hall.start()
    assert "Traceback" not in _said(hall)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param((), id="by the worker"),
        pytest.param(("--no-work",), id="by the pages where there is none", marks=pytest.mark.slow),
    ],
)
def test_what_has_had_its_time_is_removed_while_the_house_is_served(
    made: Path, arguments: tuple[str, ...]
) -> None:
    with contextlib.closing(sqlite3.connect(made / "house" / DATABASE)) as kept, kept:
        kept.execute("DELETE FROM django_session")
        kept.execute("INSERT INTO django_session VALUES ('old', '', '2020-01-01'), ('new', '', '2999-01-01')")
    hall = Hall(made, arguments=arguments)
    hall.start()
    try:
        assert _until(lambda: _sessions(made) == ["new"])
    finally:
        hall.stop()


def _sessions(folder: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(folder / "house" / DATABASE)) as kept:
        return [row[0] for row in kept.execute("SELECT session_key FROM django_session")]
