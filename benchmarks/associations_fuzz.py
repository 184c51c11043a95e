"""Hostile register files, generated and fed to the reader: nothing but its own clear refusal may come back.

    ./bro bench associations_fuzz [--files 100000] [--seed 1] [--rows 30000] [--json FILE] [--save DIR]

What the files are: `_hostile_files.py`. The same seed makes the same files. The first part reads one large register.
`./bro bench associations_hostile` sends the files through the house too.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks._hostile_files import HEADER, ROWS, hostile_file, keep
from brobygget.associations.register import UnreadableRegister, read_register, report


@dataclass(frozen=True)
class Outcome:
    files: int
    read: int
    refused: int
    crashed: int
    cpu_seconds: float
    slowest_seconds: float
    peak_megabytes: float
    by_kind: dict[str, int]


def fuzz(files: int, seed: int, save: Path | None) -> Outcome:
    """Feed the reader; whatever is not a reading or its own refusal is a crash."""
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    cpu = slowest = 0.0
    for number in range(files):
        kind, data = hostile_file(seed, number)
        kinds[kind] += 1
        began = time.process_time()
        try:
            json.dumps(report(read_register(data)), ensure_ascii=False, allow_nan=False).encode("utf-8")
            counts["read"] += 1
        except UnreadableRegister as refused:
            counts["refused" if str(refused) and "\n" not in str(refused) else "crashed"] += 1
        except Exception:  # noqa: BLE001 (any other error is what this looks for)
            counts["crashed"] += 1
            traceback.print_exc()
            keep(save, f"crash-{seed}-{number}", data)
        took = time.process_time() - began
        cpu += took
        slowest = max(slowest, took)
        if number % 1_000 == 0 and sys.stderr.isatty():
            print(f"\r  {number} of {files}", end="", file=sys.stderr)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Outcome(
        files, counts["read"], counts["refused"], counts["crashed"], cpu, slowest, peak, dict(kinds)
    )


def large_register(rows: int) -> bytes:
    """Honest rows with different names and numbers, as one CSV."""
    lines = [";".join(HEADER)]
    for number in range(rows):
        row = list(ROWS[number % 2])
        row[0], row[1] = f"F{number}", f"Förening {number * 7919 % rows} i byn {number % 997}"
        row[2], row[3], row[4] = "", f"info@f{number}.example", f"0980-{319000 + number % 1000}"
        row[11] = f"By {number % 290}"
        lines.append(";".join(row))
    return "\r\n".join(lines).encode("cp1252")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./bro bench associations_fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--save", type=Path, help="keep each file that crashed the reader here")
    arguments = parser.parse_args(argv)
    data = large_register(arguments.rows)
    began = time.process_time()
    reading = read_register(data)
    large_seconds = time.process_time() - began
    print(
        f"{'one register':24}{len(reading.records):>10} rows   {len(data) / 1e6:7.1f} MB   {large_seconds:8.1f} s CPU"
    )
    outcome = fuzz(arguments.files, arguments.seed, arguments.save)
    for kind, count in outcome.by_kind.items():
        print(f"{kind:24}{count:>10} files")
    print(
        f"{'read':24}{outcome.read:>10}\n{'refused in a sentence':24}{outcome.refused:>10}\n{'crashed':24}{outcome.crashed:>10}"
    )
    print(f"{'CPU':24}{outcome.cpu_seconds:>10.1f} s   slowest file {outcome.slowest_seconds:.2f} s   "
          f"peak memory {outcome.peak_megabytes:.0f} MB")  # fmt: skip
    if arguments.json:
        shown = vars(outcome) | {"large_rows": len(reading.records), "large_cpu_seconds": large_seconds}
        arguments.json.write_text(json.dumps(shown, indent=1), encoding="utf-8")
    return 1 if outcome.crashed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
