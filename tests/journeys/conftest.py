"""A town of its own for each journey: the program as its users start it, in a process of its own."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest


@dataclass(frozen=True)
class OpenTown:
    """A demo that runs: its doors as the terminal prints them."""

    doors: dict[str, Any]
    folder: Path
    log: Path

    @property
    def address(self) -> str:
        return str(self.doors["start"]).rstrip("/")

    def account(self, called: str) -> str:
        return next(row["address"] for row in self.doors["accounts"] if row["called"] == called)

    def phone(self, alias: str) -> dict[str, str]:
        return next(row for row in self.doors["participants"] if row["alias"] == alias)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _own_database(name: str) -> dict[str, str]:
    """On PostgreSQL each town gets a database of its own."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {}
    import psycopg

    parts = urlsplit(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}


@pytest.fixture(scope="session")
def shared_static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Style sheets and fonts are gathered and compressed once for all the towns of a test process."""
    return tmp_path_factory.mktemp("static") / "static"


class _Towns:
    """Demos that run side by side, each in a folder of its own."""

    def __init__(self, folder: Path, *, static: Path, built: Path | None) -> None:
        self.folder = folder
        self.static = static
        self.built = built
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, chapter: str) -> OpenTown:
        """`./bro demo --chapter C`, and wait until it answers; in a town that was built before, as on a second start."""
        port = _free_port()
        towns = self.folder / f"towns-{port}"
        if self.built is not None:
            shutil.copytree(self._built(chapter), towns)
        return self._serve(chapter, towns=towns, port=port)

    def stop(self) -> None:
        while self.running:
            _end(self.running.pop())
        for towns in self.folder.glob("towns-*"):
            shutil.rmtree(towns, ignore_errors=True)

    def _built(self, chapter: str) -> Path:
        """The chapter as its first start leaves it: one test process builds it, and every test begins with a copy."""
        assert self.built is not None
        self.built.mkdir(exist_ok=True)
        whole = self.built / chapter
        with (self.built / f"{chapter}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not whole.exists():
                half = self.built / f"{chapter}-half"
                self._serve(chapter, towns=half, port=_free_port())
                _end(self.running.pop())
                half.rename(whole)
        return whole

    def _serve(self, chapter: str, *, towns: Path, port: int) -> OpenTown:
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("BROBYGGET_")},
            **_own_database(f"town_{os.getpid()}_{port}"),
            # PostgreSQL in the tests runs without fsync, on a cluster that is thrown away.
            **({"BROBYGGET_TESTING": "1"} if os.environ.get("DATABASE_URL") else {}),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "BROBYGGET_STATIC": str(self.static),
        }
        command = [sys.executable, "-m", "brobygget", "demo", "--chapter", chapter, "--no-browser"]
        command += ["--port", str(port), "--folder", str(towns)]
        log = self.folder / f"town-{chapter}.log"
        with log.open("wb") as said:
            process = subprocess.Popen(
                command, env=environment, stdout=said, stderr=said, start_new_session=True
            )
        self.running.append(process)
        deadline = time.monotonic() + 300  # a busy machine is not a fault of the program
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/health/", timeout=2):
                    break
            except OSError:
                assert process.poll() is None, log.read_text(encoding="utf-8")
                time.sleep(0.2)
        folder = towns / f"chapter-{chapter}"
        return OpenTown(json.loads((folder / "doors.json").read_text(encoding="utf-8")), folder, log)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=40)  # the server gives what it answers ten seconds, and so does the worker
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # the server, its processes and the worker beside it
        process.wait()


@pytest.fixture(scope="session")
def built_chapters(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """Where towns are built, for all test processes; on PostgreSQL each town is built in its own database."""
    if os.environ.get("DATABASE_URL"):
        return None
    folder = tmp_path_factory.getbasetemp()
    return (folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder) / "chapters"


@pytest.fixture
def open_town(
    tmp_path: Path, shared_static: Path, built_chapters: Path | None
) -> Iterator[Callable[[str], OpenTown]]:
    """`open_town("C")` opens a town of the test's own."""
    towns = _Towns(tmp_path, static=shared_static, built=built_chapters)
    yield towns.start
    towns.stop()


@pytest.fixture(scope="module")
def open_towns(
    tmp_path_factory: pytest.TempPathFactory, shared_static: Path, built_chapters: Path | None
) -> Iterator[Callable[[str], OpenTown]]:
    """The same for tests that only look: one town for all of them."""
    towns = _Towns(tmp_path_factory.mktemp("town"), static=shared_static, built=built_chapters)
    yield towns.start
    towns.stop()
