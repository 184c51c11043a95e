"""Hostile register files sent through the house: read, staged, applied. No crash, and no partial write.

    ./bro bench associations_hostile [--files 100000] [--seed 1] [--from 0] [--kept FILE] [--save DIR]

What the files are: `_hostile_files.py`. A partial write is anything in the register that does not belong to a finished
import: after every file the register must be what the finished import says, row for row, and after a refusal or a
crash it must be as it was, to the byte. An association that has spoken for itself stands there all the time, and no
file may touch its words. Every twentieth file is imported a second time, which must change nothing, and undone, after
which everything must be as before.

With `--kept FILE` the sums are noted every hundred files, and a run that was stopped goes on from there. One file is
done again with `--from NUMBER --files 1`. Nobody's data lies in this database, so it does not wait for the disk.
"""

from __future__ import annotations

import argparse
import gc
import json
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks._hostile_files import hostile_file, keep

if TYPE_CHECKING:
    from brobygget.associations.models import ImportRun
    from brobygget.house.models import House

AT = datetime(2027, 2, 8, 9, 0, tzinfo=UTC)
TWICE_EVERY = 20
NOTED_EVERY = 100
WRONG = ("crashed", "partial", "changed_twice", "not_undone")
SUMS = ("files", "applied", "refused", "twice", *WRONG)

# What the register holds, in one question. `%(run)s` is the import that has just been finished, 0 for none.
STANDING = """
SELECT (SELECT count(*) FROM associations_association),
       (SELECT count(*) FROM associations_association WHERE made_by_id = %(run)s),
       (SELECT count(*) FROM associations_importeffect),
       (SELECT count(*) FROM associations_importeffect WHERE run_id = %(run)s AND kind = 'added'),
       (SELECT count(*) FROM associations_importeffect WHERE run_id = %(run)s AND kind = 'changed'),
       (SELECT count(*) FROM associations_importeffect WHERE run_id = %(run)s AND kind = 'same'),
       (SELECT count(*) FROM associations_importrow WHERE run_id = %(run)s AND outcome IN ('added', 'changed', 'same')),
       (SELECT count(*) FROM associations_importrow WHERE outcome = ''),
       (SELECT count(*) FROM associations_directoryentry),
       (SELECT count(*) FROM associations_association WHERE name = 'Åby IF' AND fee_text = 'egna ord')
"""


@dataclass
class Hostility:
    """A house that gets one hostile file after another, each as if it were the first."""

    house: House
    seed: int
    save: Path | None = None

    def __post_init__(self) -> None:
        from brobygget.associations.commands.directory import refresh_directory
        from brobygget.associations.commands.marking import mark_of_register
        from brobygget.associations.models import Association

        own = {"origin": "association", "on": AT.date().isoformat()}
        Association.objects.create(
            house=self.house, name="Åby IF", source_system="register", source_id="F1", org_nr="899999-0016", town="Åby",
            email="info@aby.example", fee_text="egna ord", created_on=AT.date(), changed_at=AT, source_seen_on=AT.date(),
            reach="email", provenance=dict.fromkeys(("name", "fee_text", "email", "status"), own),
        )  # fmt: skip
        refresh_directory(self.house)
        self.mark, self.said = mark_of_register(self.house.pk), self._said()

    def meet(self, number: int) -> list[str]:
        """What came of one file, as names of `SUMS`."""
        from django.db import transaction

        _kind, data = hostile_file(self.seed, number)
        try:
            with transaction.atomic():
                came = self._through(data, is_twice=number % TWICE_EVERY == 0)
                transaction.set_rollback(True)
        except Exception:  # noqa: BLE001 (a transaction that cannot even be left)
            traceback.print_exc()
            came = ["crashed"]
        if wrong := [each for each in came if each in WRONG]:
            print(f"file {number} of seed {self.seed}: {', '.join(wrong)}", file=sys.stderr, flush=True)
            keep(self.save, f"{wrong[0]}-{self.seed}-{number}", data)
        return came

    def _through(self, data: bytes, *, is_twice: bool) -> list[str]:
        from brobygget.associations.commands import applying
        from brobygget.house.commands.refused import Refused

        try:
            run = applying.apply_run(self._staged(data), at=AT)
        except Refused:
            return ["refused"] if self._is_untouched() else ["refused", "partial"]
        except Exception:  # noqa: BLE001 (any other error is what this looks for)
            traceback.print_exc()
            return ["crashed"] if self._is_untouched() else ["crashed", "partial"]
        came = ["applied"] if self._is_whole(run) else ["applied", "partial"]
        if is_twice:
            try:
                came += ["twice", *self._again_and_back(run, data)]
            except Exception:  # noqa: BLE001 (any other error is what this looks for)
                traceback.print_exc()
                came.append("crashed")
        return came

    def _again_and_back(self, run: ImportRun, data: bytes) -> list[str]:
        from brobygget.associations.commands import applying, undoing

        wrong = []
        said = self._said()
        again = applying.apply_run(self._staged(data), at=AT)
        if self._said() != said or again.counts["applied"]["changed"] or again.counts["applied"]["added"]:
            wrong.append("changed_twice")
        undoing.undo_run(again, at=AT)
        undoing.undo_run(run, at=AT)
        if self._said() != self.said or self._standing(0)[8:] != (1, 1):
            wrong.append("not_undone")
        return wrong

    def _staged(self, data: bytes) -> ImportRun:
        from brobygget.associations.commands import staging

        run = staging.take_file(house=self.house, data=data, name="f", by=None, at=AT)
        run = staging.confirm_columns(run, mapping=run.mapping, on=AT.date())
        run = staging.read_rows(run, at=AT)
        run.house = self.house
        return run

    def _standing(self, run: int) -> tuple[int, ...]:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(STANDING, {"run": run})
            return tuple(cursor.fetchone())

    def _is_whole(self, run: ImportRun) -> bool:
        """Whether the register is the one association before and what the finished import says it did, no more."""
        told = run.counts["applied"]
        added, changed, same = told["added"], told["changed"], told["same"]
        done = added + changed + same
        return run.state == "applied" and self._standing(run.pk) == (
            1 + added, added, done, added, changed, same, done, 0, 1 + added, 1
        )  # fmt: skip

    def _is_untouched(self) -> bool:
        """Whether the register and the directory are as they were before the file, to the byte."""
        from brobygget.associations.commands.marking import mark_of_register

        alone = self._standing(0)
        return (alone[0], alone[2], alone[8], alone[9]) == (1, 0, 1, 1) and mark_of_register(
            self.house.pk
        ) == self.mark

    def _said(self) -> list[object]:
        """All that the register says, but for the day of the last file and the words that wait for an interest."""
        from brobygget.associations.commands.comparing import associations_of
        from brobygget.associations.commands.said import said_by_association

        return [
            (one.pk, one.reach, one.provenance, vars(said_by_association(one)))
            for one in associations_of(self.house.pk)
        ]


def meet_all(files: range, seed: int, save: Path | None, kept: Path | None) -> dict[str, int]:
    """One file after another; the sums."""
    from brobygget.house.models import House

    counts = Counter(dict.fromkeys(SUMS, 0))
    if kept and kept.exists():
        before = json.loads(kept.read_text("utf-8"))
        if before.pop("seed") != seed:
            raise SystemExit(f"{kept} is of another seed")
        counts.update(before)
        files = files[counts["files"] :]
    house = House.objects.create(name="Fuzz", town="Åby", opened_on=date(2026, 12, 4))
    hostility = Hostility(house, seed, save)
    gc.collect()
    gc.freeze()  # what the programs are made of stays; looking for cycles in it again and again finds nothing
    for number in files:
        counts["files"] += 1
        counts.update(hostility.meet(number))
        if kept and counts["files"] % NOTED_EVERY == 0:
            kept.write_text(json.dumps({"seed": seed, **counts}), encoding="utf-8")
    if kept:
        kept.write_text(json.dumps({"seed": seed, **counts}), encoding="utf-8")
    return dict(counts)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./bro bench associations_hostile", description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--kept", type=Path, help="note the sums here, and go on from them")
    parser.add_argument("--save", type=Path, help="keep each file that did wrong here")
    arguments = parser.parse_args(argv)
    from benchmarks.associations import house_for_the_bench

    folder = Path(tempfile.mkdtemp(prefix="brobygget-hostile-"))
    try:
        house_for_the_bench(folder)
        from django.db import connection

        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA synchronous = OFF")
        began = time.process_time()
        files = range(arguments.first, arguments.first + arguments.files)
        counts = meet_all(files, arguments.seed, arguments.save, arguments.kept)
        seconds = time.process_time() - began
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps({**counts, "cpu_seconds": round(seconds, 1)}, indent=1))
    return 1 if any(counts[each] for each in WRONG) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
