"""A town of its own for each journey: the program as its users start it, in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
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

    def __init__(self, folder: Path, static: Path) -> None:
        self.folder = folder
        self.static = static
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, chapter: str) -> OpenTown:
        """`./bro demo --chapter C`, and wait until it answers."""
        port = _free_port()
        towns = self.folder / f"towns-{port}"
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
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/health/", timeout=2):
                    break
            except OSError:
                assert process.poll() is None, log.read_text(encoding="utf-8")
                time.sleep(0.2)
        folder = towns / f"chapter-{chapter}"
        return OpenTown(json.loads((folder / "doors.json").read_text(encoding="utf-8")), folder, log)

    def stop(self) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
        for towns in self.folder.glob("towns-*"):
            shutil.rmtree(towns, ignore_errors=True)


@pytest.fixture
def open_town(tmp_path: Path, shared_static: Path) -> Iterator[Callable[[str], OpenTown]]:
    """`open_town("C")` opens a town of the test's own."""
    towns = _Towns(tmp_path, shared_static)
    yield towns.start
    towns.stop()


@pytest.fixture(scope="module")
def open_towns(
    tmp_path_factory: pytest.TempPathFactory, shared_static: Path
) -> Iterator[Callable[[str], OpenTown]]:
    """The same for tests that only look: one town for all of them."""
    towns = _Towns(tmp_path_factory.mktemp("town"), shared_static)
    yield towns.start
    towns.stop()
