"""What cannot be started is told in one line, and nothing is made; what is starting can be ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _bro(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BROBYGGET_")}
    clean |= {"PYTHONPATH": str(ROOT / "src"), "BROBYGGET_DATA": str(folder / "house"), **environment}
    clean.pop("DATABASE_URL", None) if "DATABASE_URL" not in environment else None
    return subprocess.run(
        [sys.executable, "-m", "brobygget", *words],
        env=clean,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["demo", "--chapter", "K"], "a chapter is a letter from A to J"),
        (["demo", "--chapter", "CD"], "a chapter is a letter from A to J"),
        (["demo", "--port", "x"], "'x' is not a port"),
        (["serve", "--port", "99999"], "'99999' is not a port"),
        (["serve", "--wings"], "unrecognized arguments: --wings"),
        (["fly"], "there is no command 'fly'"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(words: list[str], told: str, tmp_path: Path) -> None:
    result = _bro(tmp_path, *words)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert told in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_port_that_is_taken_is_told_before_anything_is_made(command: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = _bro(tmp_path, command, "--port", str(port))
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert f"port {port}" in result.stderr
    assert f"./bro {command} --port {port + 1}" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://root@localhost/x", "DATABASE_URL is not the address of a PostgreSQL database"),
        ("postgres://nobody@127.0.0.1:1/x", "The database does not answer"),
    ],
)
def test_a_database_that_is_not_there_is_told_in_one_line(url: str, told: str, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    result = _bro(tmp_path, "serve", "--port", str(port), DATABASE_URL=url)
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert told in result.stderr


def test_a_server_that_is_told_to_end_while_it_starts_ends_and_kills_nobody(tmp_path: Path) -> None:
    """A server process that is a copy of its parent once took the signal and forgot it, and the parent waited for ever."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = (
        "import os, pathlib, time\n"
        "from brobygget.commandline.serve import prepare, serve\n"
        "assert prepare('serve') == 0\n"
        "from brobygget.operations import keeping\n"
        "def take_long():\n    pathlib.Path(f'beginning-{os.getpid()}').touch()\n    time.sleep(300)\n"
        "keeping.begin_keeping = take_long\n"
        f"serve(host='127.0.0.1', port={port}, is_working=False)"
    )
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BROBYGGET_")},
        "BROBYGGET_DATA": str(tmp_path / "house"),
        "PYTHONPATH": str(ROOT / "src"),
    }
    with (tmp_path / "said").open("wb") as said:
        server = subprocess.Popen(
            [sys.executable, "-c", serve], cwd=tmp_path, env=environment, stdout=said, stderr=said
        )
    deadline = time.monotonic() + 60
    while len(list(tmp_path.glob("beginning-*"))) < 2:
        assert server.poll() is None, (tmp_path / "said").read_text()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=60) == 0
    assert (tmp_path / "said").read_text() == ""


def test_a_start_reads_no_solver_and_no_opinions_in(tmp_path: Path) -> None:
    """They cost a second and a half, and wait until somebody asks for a plan or a map."""
    asked = (
        "import sys, django; django.setup();"
        "from brobygget.operations.demo import doors, opening; import brobygget.urls;"
        "print(sorted({'scipy.optimize', 'scipy.sparse', 'brobygget.engine.opinions'} & set(sys.modules)))"
    )
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BROBYGGET_")},
        "DJANGO_SETTINGS_MODULE": "brobygget.settings",
        "BROBYGGET_DATA": str(tmp_path / "house"),
        "PYTHONPATH": str(ROOT / "src"),
    }
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (told.stdout.strip(), told.returncode) == ("[]", 0), told.stderr
