"""Run all the tests: `./bro test`, with a path or -k as with pytest.

Without arguments the suite runs on SQLite, browser tests included, but for what is marked as slow: the same journey
once more in another way. `--all` runs that too, and `--long` also what takes minutes each, for the night. `--database
postgresql` runs it on a PostgreSQL server that is started for the purpose and thrown away. With CI=true everything
but the long ones runs, on both. What a machine lacks is skipped loudly and counted; with CI=true nothing is skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
WITHOUT_DATABASE = ["tests/engine", "tests/commandline", "tests/journeys/test_wheel.py"]


def main(argv: list[str]) -> int:
    """Run pytest; in CI on both databases when nothing was chosen."""
    if not (ROOT / "tests").is_dir():
        print(
            "bro test: the tests are in the repository; clone it and run ./bro test there.", file=sys.stderr
        )
        return 2
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    # The tests are read in by each process, and the program is started some fifty times: compiled once is enough.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    database = ""
    if argv[:1] == ["--database"]:
        database, argv = argv[1], argv[2:]
    is_ci = os.environ.get("CI") == "true"
    is_long = "--long" in argv
    is_everything = is_ci or is_long or "--all" in argv
    argv = [argument for argument in argv if argument not in {"--all", "--long"}]
    chosen = [argument for argument in argv if not argument.startswith("-")] or "-k" in argv
    # One more than there are processors: a journey spends half of its time waiting for its browser.
    spread = [] if chosen else ["-n", str(min(4, os.cpu_count() or 1) + 1), "--dist", "loadgroup"]
    base = [sys.executable, "-m", "pytest", *spread, *argv]
    is_short = not chosen and not is_everything
    began = time.monotonic()
    status = 0
    if database in {"", "sqlite"}:
        environment.pop("DATABASE_URL", None)
        print("Tests on SQLite", flush=True)
        left_out = [] if chosen or is_long else ["not long"]
        left_out += ["not slow"] if is_short else []
        short = ["-m", " and ".join(left_out)] if left_out else []
        status = subprocess.run([*base, *short], cwd=ROOT, env=environment, check=False).returncode
    if database == "postgresql" or (is_ci and not chosen and not database):
        print("The same on PostgreSQL", flush=True)
        environment["BROBYGGET_TEST_DATABASE"] = "postgresql"
        # What a browser shows does not depend on the database; everything that is stored and asked does.
        without = [
            *(f"--ignore={path}" for path in WITHOUT_DATABASE),
            "-m",
            "not browser and not long" + (" and not slow" if is_short else ""),
        ]
        from brobygget.commandline.postgresql import NoServer, throw_away_server

        try:
            with throw_away_server() as url:
                environment["DATABASE_URL"] = url
                second = subprocess.run([*base, *without], cwd=ROOT, env=environment, check=False).returncode
        except NoServer as wrong:
            second = 1
            print(f"The suite could not run on PostgreSQL: {wrong}.", flush=True)
        status = status or second
    print(f"{time.monotonic() - began:.0f} s in all", flush=True)
    return status
