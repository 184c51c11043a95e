"""Tables that mix, beside the bound and beside Good Enough Golfers: `./bro bench mixing [DIR] [--json FILE]`.

Everything of ours is measured in this run, in CPU seconds on one thread. The figures of Good Enough Golfers
(the best-known free program for plain groups; MIT) are NOT measured here: they are those stored in
`data/mixing/golfer_best_known.json`, best of 3 to 20 runs each. Exit status 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from brobygget.commandline.guest_lists import read_guest_list
from brobygget.engine.mixing import Gathering, Seating, gather, known_rounds, moved_from, seat_guests

DATA = Path(__file__).resolve().parent / "data" / "mixing"
CORE = {"20-5-6": 1.0, "60-5-10": 2.0, "200-5-10": 5.0}
# Search without the catalogue: the share of all pairs that must be reached, where one was promised.
GOLF = {
    "5-3-7": 0.95,
    "8-4-9": 0.97,
    "8-4-10": 0.95,
    "6-5-6": 0.95,
    "10-4-9": 0.99,
    "10-4-10": 0.98,
    "7-7-8": 0.86,
}
CONSTRAINED = {"cafe24": 0.99, "cafe60": 0.99, "town100": 0.99, "replan_town100": 0.99}
OF_BOUND = {"town300": 0.99, "open1000": 0.99}
TEN_SECONDS = 10.0


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    part: str
    case: str
    result: str
    beside: str
    violations: int
    cpu_seconds: float
    target: str
    reached: bool


@dataclass(frozen=True)
class Timed:
    """A plan and the CPU time it took."""

    seating: Seating
    seconds: float


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="./bro bench mixing", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="more events, brobygget-mixing-1")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=list(PARTS), action="append", help="some parts only")
    arguments = parser.parse_args(argv)
    rows: list[Row] = []
    print(f"{'part':<12}{'case':<16}{'ours':<34}{'beside it':<36}{'broken':>6}{'CPU s':>8}  target")
    for name, part in PARTS.items():
        if arguments.only and name not in arguments.only:
            continue
        for measure in part():
            rows.append(measure(arguments.seed))
            _print(rows[-1])
    for file in sorted(arguments.folder.glob("*.json")) if arguments.folder else []:
        if json.loads(file.read_text()).get("format") == "brobygget-mixing-1":
            rows.append(_stored(file, "further", 0.0, "", arguments.seed))
            _print(rows[-1])
    short = [row for row in rows if not row.reached]
    print(
        f"{len(rows) - len(short)} of {len(rows)} targets reached; Good Enough Golfers: figures of the design study"
    )
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    return 1 if short else 0


def _print(row: Row) -> None:
    mark = "ok" if row.reached else "SHORT"
    print(
        f"{row.part:<12}{row.case:<16}{row.result:<34}{row.beside:<36}{row.violations:>6}{row.cpu_seconds:>8.2f}"
        f"  {row.target}: {mark}",
        flush=True,
    )


def _seat(gathering: Gathering, seed: int, effort: float, **options: Any) -> Timed:
    began = time.process_time()
    limit = options.pop("limit", None)

    def should_stop() -> bool:
        return limit is not None and time.process_time() - began > limit

    rng = np.random.default_rng(seed)
    seating = seat_guests(gathering, rng=rng, effort=effort, should_stop=should_stop, **options)
    return Timed(seating, time.process_time() - began)


def _plain(case: str, *, two_sides: bool) -> Gathering:
    tables, seats, rounds = map(int, case.split("-"))
    people = tables * seats
    sides = np.arange(people) % 2 if two_sides else None
    return gather(people=people, tables=[tables] * rounds, newcomer=sides)


def _golfers(case: str) -> str:
    figures = json.loads((DATA / "golfer_best_known.json").read_text())["measured_distinct_pairs"]
    return "Golfers " + str(figures.get(case, {}).get("good_enough_golfers", "not measured"))


def _shares(seating: Seating) -> str:
    met, across = seating.merits.met, seating.merits.met_across
    out = f"{met}/{seating.bound.met}"
    if seating.bound.met_across:
        out += f" across {across}/{seating.bound.met_across}"
    return out


Measure = Callable[[int], Row]


def core() -> Sequence[Measure]:
    """Plain events with two sides, by search alone."""

    def measure(case: str, limit: float) -> Measure:
        def run(seed: int) -> Row:
            done = _seat(_plain(case, two_sides=True), seed, limit, limit=0.9 * limit, use_designs=False)
            merits, bound = done.seating.merits, done.seating.bound
            full = (merits.met, merits.met_across) == (bound.met, bound.met_across)
            reached = full and done.seconds <= limit
            target = f"both bounds in {limit:g} s"
            return Row(
                "core",
                case,
                _shares(done.seating),
                _golfers(case),
                len(done.seating.violations),
                done.seconds,
                target,
                reached,
            )

        return run

    def large(seed: int) -> Row:
        done = _seat(_plain("2000-5-10", two_sides=True), seed, 2.0)
        merits, bound = done.seating.merits, done.seating.bound
        full = (merits.met, merits.met_across) == (bound.met, bound.met_across)
        reached = full and done.seconds <= 2
        return Row(
            "core",
            "2000-5-10",
            _shares(done.seating),
            f"by {done.seating.origin}",
            0,
            done.seconds,
            "both bounds in 2 s",
            reached,
        )

    return [*(measure(case, limit) for case, limit in CORE.items()), large]


def golf() -> Sequence[Measure]:
    """Dense small cases of the social golfer problem, by search alone."""

    def measure(case: str, share: float) -> Measure:
        def run(seed: int) -> Row:
            done = _seat(_plain(case, two_sides=False), seed, 12.0, limit=9.4, use_designs=False)
            # The bound of the problem is all pair slots, also where no plan is known to fill them.
            got = done.seating.merits.met / done.seating.bound.met
            reached = got >= share and done.seconds <= TEN_SECONDS + 0.5
            result = f"{_shares(done.seating)} = {got:.1%}"
            return Row(
                "golf search", case, result, _golfers(case), 0, done.seconds, f"{share:.0%} in 10 s", reached
            )

        return run

    return [measure(case, share) for case, share in GOLF.items()]


def catalogue() -> Sequence[Measure]:
    """Every case of the table of known results, from the catalogue."""
    cases = json.loads((DATA / "golfer_best_known.json").read_text())["cases"]

    def run(seed: int) -> Row:
        began = time.process_time()
        full = 0
        for case in cases:
            rounds = known_rounds(case["g"], case["s"], case["rounds"])
            if rounds is None:
                continue
            plan = seat_guests(
                gather(people=case["g"] * case["s"], tables=[case["g"]] * case["rounds"]),
                rng=np.random.default_rng(seed),
            )
            full += plan.merits.repeats == 0 and plan.origin == "design"
        seconds = time.process_time() - began
        return Row(
            "catalogue",
            "21 known cases",
            f"{full} without a repeat",
            "literature: all",
            0,
            seconds,
            "all",
            full == len(cases),
        )

    def dense(case: str) -> Measure:
        def measure(seed: int) -> Row:
            done = _seat(_plain(case, two_sides=True), seed, 1.0)
            full = done.seating.merits.met == done.seating.bound.met
            return Row(
                "catalogue",
                case,
                _shares(done.seating),
                _golfers(case),
                0,
                done.seconds,
                "100 % of pairs",
                full,
            )

        return measure

    return [run, dense("8-4-9"), dense("8-4-10")]


def _stored(file: Path, part: str, share: float, of: str, seed: int, limit: float = TEN_SECONDS) -> Row:
    guests = read_guest_list(str(file), None, None)
    best = json.loads(file.read_text()).get("best_known") or {}
    done = _seat(guests.gathering, seed, 1.2 * limit, limit=0.94 * limit)
    merits, bound = done.seating.merits, done.seating.bound
    beside, got = "", 1.0
    if best.get("M"):
        got = (merits.met + merits.met_across) / (best["M"] + best["X"])
        broken = best.get("violations", 0)
        beside = f"reference {best['M']}+{best['X']}, ours {got:.2%}" + (
            f" (it broke {broken})" if broken else ""
        )
    if of == "bound":
        got = min(merits.met / bound.met, merits.met_across / bound.met_across)
    held = list(done.seating.rounds[: len(guests.gathering.held)]) == [
        tuple(tuple(sorted(t)) for t in tables) for tables in guests.gathering.held
    ]
    broken_rules = len(done.seating.violations)
    reached = got >= share and broken_rules == 0 and held and done.seconds <= limit + 1
    target = f"{share:.0%} of {of} in {limit:g} s" if of else "rules kept"
    return Row(part, file.stem, _shares(done.seating), beside, broken_rules, done.seconds, target, reached)


def constrained() -> Sequence[Measure]:
    """Languages, couples, absences, history."""

    def measure(name: str, share: float, of: str) -> Measure:
        return lambda seed: _stored(DATA / f"{name}.json", "constrained", share, of, seed)

    against_best = [measure(name, share, "reference") for name, share in CONSTRAINED.items()]
    return [*against_best, *(measure(name, share, "bound") for name, share in OF_BOUND.items())]


def huge() -> Sequence[Measure]:
    """Ten thousand people with couples and languages."""
    return [lambda seed: _stored(DATA / "open10000.json", "huge", 0.99, "bound", seed, 60.0)]


def replan() -> Sequence[Measure]:
    """100 people, two rounds held, one does not come back: near the plan and afresh."""

    def run(seed: int) -> Row:
        guests = read_guest_list(str(DATA / "town100.json"), None, None)
        before = guests.gathering
        plan = _seat(before, seed, 1.0).seating
        present = before.present.copy()
        present[17, 2:] = False
        after = gather(
            people=before.people,
            tables=before.tables,
            newcomer=before.newcomer,
            languages=before.languages,
            interpreter=before.interpreter,
            present=present,
            together=before.together,
            apart=before.apart,
            history=before.history,
            held=plan.rounds[:2],
        )
        near = _seat(after, seed, 0.6, limit=0.85, keep=plan.rounds)
        afresh = _seat(after, seed, 0.6)
        moved = [moved_from(after, plan.rounds, each.seating.rounds) for each in (near, afresh)]
        kept = near.seating.rounds[:2] == plan.rounds[:2]
        result = f"{_shares(near.seating)}, {moved[0]} moved"
        beside = f"afresh {_shares(afresh.seating)}, {moved[1]} moved"
        broken = len(near.seating.violations)
        reached = kept and not broken and near.seconds <= 1
        return Row(
            "re-plan",
            "100, one leaves",
            result,
            re.sub(" across", "", beside),
            broken,
            near.seconds,
            "1 s, held rounds kept",
            reached,
        )

    return [run]


PARTS: dict[str, Callable[[], Sequence[Measure]]] = {
    "core": core,
    "golf": golf,
    "catalogue": catalogue,
    "constrained": constrained,
    "replan": replan,
    "huge": huge,
}

if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
