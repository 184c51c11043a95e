"""Who meets whom: share of the exact flow, CPU time and the best-pair-first list, for each open house.

./bro bench matching [DIR] [--json FILE] [--only NAME ...]
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from pathlib import Path
from typing import Any

from brobygget.commandline.match import read_wishes
from brobygget.commandline.quiet import quiet_solver
from brobygget.engine.matching import (
    arrange_meetings,
    best_pair_first,
    broken_rules,
    fair_flow,
    unserved_visitors,
)

HERE = Path(__file__).resolve().parent / "data" / "matching"
SECONDS = {300: 1.0, 2_000: 3.0, 20_000: 30.0}
HEADINGS = (
    "fair",
    "served",
    "of",
    "causes",
    "fair % of flow",
    "list served",
    "list % of flow",
    "flow s",
    "in all s",
)


def main(argv: list[str]) -> int:
    """Measure every open house in a folder; 0 when all rules are kept and the targets are met."""
    parser = argparse.ArgumentParser(prog="./bro bench matching", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=HERE, metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    arguments = parser.parse_args(argv)
    files = sorted(arguments.folder.glob("*.json*"))
    rows = [
        measure(file) for file in files if not arguments.only or file.name.split(".")[0] in arguments.only
    ]
    print("  ".join(f"{heading:>14}" for heading in HEADINGS))
    for row in rows:
        print("  ".join(f"{row[heading]:>14}" for heading in HEADINGS))
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0 if rows and all(row["ok"] for row in rows) else 1


def _seconds_for(visitors: int) -> float:
    """How long the three sizes may take, on one thread."""
    return next((seconds for most, seconds in SECONDS.items() if visitors <= most), 30.0)


def measure(file: Path) -> dict[str, Any]:
    """One open house: bound, timetable and list, on one thread."""
    text = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    wishes = read_wishes(json.loads(text), file.name)
    with quiet_solver():
        started = time.process_time()
        fair_flow(wishes)
        flow_seconds = time.process_time() - started
        started = time.process_time()
        plan = arrange_meetings(wishes)
        seconds = time.process_time() - started
    listed = best_pair_first(wishes)
    unserved = unserved_visitors(wishes, plan)
    broken = broken_rules(wishes, plan.visitor, plan.association, plan.slot)
    served_share = plan.fairness.served / max(plan.bound.served, 1)
    enough = 0.995 if "tight" in file.name else 1.0
    return {
        "fair": file.name.split(".")[0],
        "served": plan.fairness.served,
        "of": plan.bound.served,
        "causes": f"{len(unserved)}/{wishes.visitors - plan.fairness.served}",
        "fair % of flow": f"{100 * plan.share_of_bound:.3f}",
        "list served": listed.served,
        "list % of flow": f"{100 * listed.total / max(plan.bound.total, 1):.1f}",
        "flow s": f"{flow_seconds:.2f}",
        "in all s": f"{seconds:.2f}",
        "broken": list(broken),
        "with_more": list(plan.fairness.with_more),
        "with_more_bound": list(plan.bound.with_more),
        "ok": not broken
        and served_share >= enough
        and plan.share_of_bound >= 0.995
        and len(unserved) == wishes.visitors - plan.fairness.served
        and seconds <= _seconds_for(wishes.visitors),
    }
