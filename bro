#!/usr/bin/env python3
"""The one entry to Brobygget: ./bro demo | serve | test | check | bench | messages | ...

The first call makes `.venv` from the locked versions in requirements/ (with uv where it is installed, else
with pip) and remembers that it did; every later call starts at once. Everything else is the same
`brobygget` command that an ordinary installation has.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parent
HOME = ROOT / ".venv"
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
FOR_DEVELOPERS = {"test", "check", "bench", "messages"}


def fingerprint(lock: pathlib.Path) -> str:
    """What the set-up depends on: the locked versions and this Python."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def is_ready(name: str) -> bool:
    """A set-up for developers holds all that running needs."""
    for each in {name, "dev"}:
        stamp = HOME / f"{each}.stamp"
        wanted = fingerprint(ROOT / "requirements" / f"{each}.txt")
        if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
            return True
    return False


def run(*command: str) -> bool:
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0


def set_up(name: str) -> None:
    """Make the environment, or bring it up to the lock."""
    lock = ROOT / "requirements" / f"{name}.txt"
    print(f"Setting up Brobygget in {HOME.name}/ (once; about a minute) ...", file=sys.stderr)
    if not PYTHON.exists():
        shutil.rmtree(HOME, ignore_errors=True)
        venv.create(HOME, with_pip=False)
    uv = shutil.which("uv")
    locked = ["--require-hashes", "-r", str(lock)]
    done = uv is not None and run(uv, "pip", "install", "-q", "--python", str(PYTHON), *locked)
    if not done:
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "-qq"]
        done = run(*pip, "--disable-pip-version-check", "--no-deps", *locked)
    if not done:
        sys.exit(
            "bro: the packages in requirements/ could not be installed; see the lines above and try again."
        )
    (HOME / f"{name}.stamp").write_text(fingerprint(lock))


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit("bro: Brobygget needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    name = "dev" if FOR_DEVELOPERS & set(sys.argv[1:2]) else "run"
    if not is_ready(name):
        with alone():
            if not is_ready(name):
                set_up(name)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [str(PYTHON), "-m", "brobygget", *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)
    os.execve(PYTHON, command, environment)


class alone:
    """Two first calls at once: the second waits for the first."""

    def __enter__(self) -> None:
        self.file = open(ROOT / ".venv.lock", "w")
        try:
            import fcntl

            fcntl.flock(self.file, fcntl.LOCK_EX)
        except ImportError:
            pass

    def __exit__(self, *_: object) -> None:
        self.file.close()


if __name__ == "__main__":
    main()
