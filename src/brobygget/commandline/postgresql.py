"""A PostgreSQL server of one's own for as long as the tests run."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


class NoServer(Exception):
    """There is no PostgreSQL server program on this machine."""


def programs() -> Path:
    """The folder with initdb and pg_ctl."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    found = shutil.which("initdb")
    for place in [*places, *([Path(found).resolve().parent] if found else [])]:
        if (place / "initdb").exists() and (place / "pg_ctl").exists():
            return place
    raise NoServer("no initdb and pg_ctl; install a PostgreSQL server, 15 or newer")


@contextlib.contextmanager
def throw_away_server() -> Iterator[str]:
    """The address of a database on a server that listens to a socket only, and is gone afterwards."""
    bin_folder = programs()
    who = "nobody" if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="bropg"))
    if who:
        entry = pwd.getpwnam(who)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        result = subprocess.run(
            [str(bin_folder / program), *arguments],
            user=who,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)},
        )
        if result.returncode:
            raise NoServer(result.stdout.strip().splitlines()[-1] if result.stdout else program)

    try:
        run("initdb", "-D", str(data), "-U", "brobygget", "-A", "trust", "-E", "UTF8")
        options = (
            f"-c listen_addresses= -k {folder} -c fsync=off -c synchronous_commit=off -c max_connections=60"
        )
        log = str(folder / "log")
        run("pg_ctl", "-D", str(data), "-l", log, "-o", options, "-w", "start")
        try:
            yield f"postgres://brobygget@{str(folder).replace('/', '%2F')}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
