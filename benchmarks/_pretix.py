"""The peer of the programme's page: pretix, with a public event of its own, in a folder and an environment of its own.

As its manual sets it up for production (DEBUG off, gunicorn, the style sheets that its package brings ready), but on
SQLite as the house that it is measured beside, and without redis: it then keeps nothing of a page between two visits.
Two things are in its favour: connections stay open, and no worker is renewed after so many pages, as its manual has it.
Its licence is the AGPL. It runs in processes of its own, where `_pretix_inside.py` makes the event and counts, and its
page is asked for over HTTP; nothing of it is part of Brobygget.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks._hall import free_port
from benchmarks._processes import end

INSIDE = Path(__file__).with_name("_pretix_inside.py")
WORKERS, THREADS = 2, 4


class NoPeer(Exception):
    """It is not there, or it does not answer; the words say why."""


@dataclass
class Pretix:
    """Set up in a folder, and served from it."""

    python: str
    folder: Path
    port: int = field(default_factory=free_port)
    version: str = ""
    page: str = ""
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        if (
            os.sep in self.python
        ):  # it is started from another folder; a link stays a link, else it is no environment
            self.python = str(Path(self.python).absolute())

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the surroundings but where programs are: neither Brobygget's settings nor another pretix'."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            "HOME": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "pretix.settings",
            "PRETIX_CONFIG_FILE": os.devnull,
            "PRETIX_PRETIX_DATADIR": str(self.folder),
            "PRETIX_PRETIX_URL": f"http://127.0.0.1:{self.port}",
        }

    def look_for(self) -> None:
        """Whether this Python holds what is needed; takes a moment only."""
        found = self._ask("versions")
        missing = [name for name in ("pretix", "gunicorn") if name not in found]
        if missing:
            raise NoPeer(f"{self.python} holds no {' and no '.join(missing)}")
        self.version = found["pretix"]

    def set_up(self, items: int) -> None:
        """Its tables, which take a minute the first time, and an event."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as wrong:
            raise NoPeer(f"{self.folder} cannot be used: {wrong.strerror}") from wrong
        self._run("-m", "pretix", "migrate", "--verbosity", "0")
        self.page = self._ask("event", str(items))

    def queries(self) -> int:
        """How many questions the page puts to the database when it is drawn."""
        return int(self._ask("queries", self.page))

    def start(self) -> None:
        """Serve, and wait until the page is there."""
        served = ["--workers", str(WORKERS), "--threads", str(THREADS), "--bind", f"127.0.0.1:{self.port}"]
        log = self.folder / "server.log"
        with log.open("wb") as written:
            self.process = subprocess.Popen(
                [self.python, "-m", "gunicorn", "pretix.wsgi", *served],
                env=self.environment,
                cwd=self.folder,
                stdout=written,
                stderr=written,
                start_new_session=True,
            )
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{self.page}", timeout=60):
                    return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise NoPeer(
            f"pretix does not answer: {_last_line(log.read_text(encoding='utf-8', errors='replace'))}"
        )

    def stop(self) -> None:
        """End it with all its processes."""
        if self.process is not None:
            end(self.process)

    def _ask(self, *words: str) -> Any:
        told = self._run(str(INSIDE), *words)
        try:
            return json.loads(_last_line(told))
        except ValueError as wrong:
            raise NoPeer(f"{self.python} does not answer as Python does") from wrong

    def _run(self, *words: str) -> str:
        """With the peer's own Python, in its folder where there is one already."""
        place = self.folder if self.folder.is_dir() else None
        try:
            done = subprocess.run(
                [self.python, *words],
                env=self.environment,
                cwd=place,
                capture_output=True,
                text=True,
                check=False,
            )
        except OSError as wrong:
            raise NoPeer(f"{self.python} cannot be started: {wrong.strerror}") from wrong
        if done.returncode:
            raise NoPeer(f"pretix cannot be set up: {_last_line(done.stderr)}")
        return done.stdout


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "it says nothing"
