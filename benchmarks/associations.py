"""A register of 30,000 rows, from file to associations: read, looked at, imported, imported again, undone.

    ./bro bench associations [--rows 30000] [--once] [--json FILE] [--profile]

The rows are those of the demo town, carried over to a hundred villages with names, numbers and addresses of their
own, so that every row has everything a real one has. The bound is 60 seconds of CPU from the file to the register.

Meanwhile another process presses a button twenty times a second, as somebody at the door would, and notes how long
each press waited for the database: none may wait for two seconds because of an import.
"""

from __future__ import annotations

import argparse
import cProfile
import csv
import io
import json
import os
import pstats
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

BOUND = 60.0
LONGEST_WAIT = 2.0
BETWEEN_TAPS = 0.05
REGISTER = Path(__file__).resolve().parents[1] / "src/brobygget/operations/demo/alvnas_register.csv"
BANNER_ROWS = 3
AT = datetime(2027, 2, 8, 9, 0, tzinfo=UTC)


def many_villages(rows: int) -> bytes:
    """The demo town's register again and again, each time in another village."""
    lines = list(csv.reader(io.StringIO(REGISTER.read_bytes().decode("cp1252"), newline=""), delimiter=";"))
    header, town = lines[BANNER_ROWS], lines[BANNER_ROWS + 1 :]
    column = {name: place for place, name in enumerate(header)}
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    for number in range(rows):
        village, place = divmod(number, len(town))
        row = [
            cell.replace("lvnäs", f"lvnäs{village}").replace("LVNÄS", f"LVNÄS{village}")
            for cell in town[place]
        ]
        row[column["Fören.nr"]] = f"{row[column['Fören.nr']]}-{village}"
        row[column["Org.nr"]] = ""
        row[column["E-post"]] = row[column["E-post"]].replace(".example", f"{village}.example")
        row[column["Hemsida"]] = row[column["Hemsida"]].replace(".example", f"{village}.example")
        row[column["Telefon"]] = f"0980-{319000 + number % 1000}" if row[column["Telefon"]] else ""
        row[column["Postort"]] = f"{row[column['Postort']]} {village}"
        writer.writerow(row)
    return written.getvalue().encode("cp1252", "replace")


class Watch:
    """CPU seconds of each step, and when it was."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.spans: dict[str, tuple[float, float]] = {}

    def __call__(self, name: str, act: Callable[[], Any]) -> Any:
        began, at = time.process_time(), time.monotonic()
        answer = act()
        self.seconds[name] = time.process_time() - began
        self.spans[name] = (at, time.monotonic())
        print(f"  {name:28}{self.seconds[name]:8.1f} s CPU", flush=True)
        return answer


def tap(notes: Path) -> None:
    """Somebody else in the house: one small write after another, each with how long it took."""
    import uuid

    from django.db import connection, transaction

    from brobygget.web.models import Receipt

    connection.ensure_connection()
    with notes.open("w") as told:
        while True:
            began = time.monotonic()
            with transaction.atomic():
                Receipt.objects.create(
                    key=uuid.uuid4(), fingerprint="", location="", made_on=date(2027, 2, 8)
                )
            told.write(f"{began} {time.monotonic() - began}\n")
            told.flush()
            time.sleep(BETWEEN_TAPS)


def longest_waits(notes: Path, spans: dict[str, tuple[float, float]]) -> dict[str, float]:
    """Of the presses that were made during each step, how long the slowest took."""
    taps = [
        tuple(map(float, line.split())) for line in notes.read_text().splitlines() if line.count(" ") == 1
    ]
    return {
        name: round(max((took for at, took in taps if start <= at + took and at <= end), default=0.0), 2)
        for name, (start, end) in spans.items()
    }


def measure(rows: int, *, is_once: bool = False) -> dict[str, Any]:
    from brobygget.associations.commands import applying, staging, undoing
    from brobygget.associations.models import Association
    from brobygget.house.models import House

    house = House.objects.create(name="Stora huset", town="Älvnäs", opened_on=date(2026, 12, 4))
    data = many_villages(rows)
    watch = Watch()
    seen: list[int] = []

    def staged() -> Any:
        run = staging.take_file(house=house, data=data, name="large.csv", by=None, at=AT)
        run = staging.confirm_columns(run, mapping=run.mapping, on=AT.date())
        return staging.read_rows(run, at=AT, progress=lambda done, _total: seen.append(done))

    run = watch("read and looked at", staged)
    run = watch("imported", lambda: applying.apply_run(run, at=AT))
    first = sum(watch.seconds.values())
    made = Association.objects.count()
    again = run
    if not is_once:
        again = watch("the same file, looked at", staged)
        again = watch("the same file, imported", lambda: applying.apply_run(again, at=AT))
        watch("undone", lambda: undoing.undo_run(again, at=AT))
    watch("undone, the first too", lambda: undoing.undo_run(run, at=AT))
    return {
        "rows": rows,
        "megabytes": round(len(data) / 1e6, 1),
        "associations": made,
        "applied": run.counts["applied"],
        "again": again.counts["applied"],
        "left_after_undo": Association.objects.count(),
        "progress_steps": len(seen),
        "seconds": {name: round(each, 1) for name, each in watch.seconds.items()},
        "spans": watch.spans,
        "from_file_to_register": round(first, 1),
        "bound": BOUND,
    }


def house_for_the_bench(folder: Path) -> None:
    """A database of its own that is thrown away."""
    os.environ |= {"BROBYGGET_DATA": str(folder / "house"), "BROBYGGET_KEYS": str(folder / "keys")}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brobygget.settings")
    (folder / "house").mkdir(parents=True)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def with_somebody_who_taps(folder: Path, rows: int, *, is_once: bool) -> dict[str, Any]:
    """The measurement while another process writes too."""
    notes = folder / "taps"
    command = [sys.executable, "-m", "benchmarks.associations", "--tap", str(notes)]
    here = os.pathsep.join([str(REGISTER.parents[4]), str(REGISTER.parents[3])])
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": here}) as other:
        try:
            while not notes.exists() and other.poll() is None:
                time.sleep(0.1)
            found = measure(rows, is_once=is_once)
        finally:
            other.terminate()
    found["longest_wait"] = longest_waits(notes, found.pop("spans"))
    found["longest_wait_bound"] = LONGEST_WAIT
    return found


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./bro bench associations", description=__doc__)
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument(
        "--once", action="store_true", help="import and undo only, without the same file again"
    )
    parser.add_argument("--tap", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    if arguments.tap:
        import django

        django.setup()
        tap(arguments.tap)
    folder = Path(tempfile.mkdtemp(prefix="brobygget-bench-"))
    try:
        house_for_the_bench(folder)
        profile = cProfile.Profile()
        if arguments.profile:
            profile.enable()
        found = with_somebody_who_taps(folder, arguments.rows, is_once=arguments.once)
        if arguments.profile:
            profile.disable()
            pstats.Stats(profile).sort_stats("tottime").print_stats(35)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(found, indent=1, ensure_ascii=False))
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    is_right = found["left_after_undo"] == 0 and (
        arguments.once or found["again"]["same"] == found["associations"]
    )
    is_short = max(found["longest_wait"].values()) < LONGEST_WAIT
    return 0 if is_right and is_short and found["from_file_to_register"] < BOUND else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
