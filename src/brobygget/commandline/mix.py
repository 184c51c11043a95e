"""`./bro mix FILE`: who sits with whom, round after round."""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from brobygget.commandline import BadInput
from brobygget.commandline.guest_lists import GuestList, read_guest_list
from brobygget.engine.mixing import (
    NotAGathering,
    Obstacle,
    Seating,
    Violation,
    gain_of_interpreter,
    moved_from,
    obstacles_to,
    ordinary_effort,
    seat_guests,
)

HELP = (
    "Seat people at tables, round after round, so that they meet somebody new and can talk to each other. "
    "FILE is brobygget-mixing-1 (JSON) or a CSV of people (name,languages,group,present,apart_from,with). "
    "Rounds, tables and people in the answer are numbered from 0."
)
EXAMPLE = "printf 'name,languages\\nAmina,ar sv\\nBirgit,sv\\nChidi,sv en\\nDoris,sv' | ./bro mix - --tables 2 --rounds 3"
# Work is counted generously: on an idle ordinary core this takes about three quarters of the time given.
PART_FOR_SEARCH = 1.2
PART_BEFORE_STOP = 0.94
# Planning once more with another interpreter, to say what that would give: so much of the time, for so many languages.
PART_FOR_WHAT_IF = 0.15
MOST_WHAT_IFS = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", metavar="FILE", help="brobygget-mixing-1 or a CSV; - for standard input")
    parser.add_argument(
        "--tables", metavar="N[,N...]", help="for CSV: tables in each round, or one number for all"
    )
    parser.add_argument("--rounds", type=int, metavar="N", help="for CSV: how many rounds")
    parser.add_argument(
        "--no-designs", action="store_true", help="search even where a published design is known"
    )


def answer(arguments: argparse.Namespace) -> dict[str, Any]:
    """Make the plan: `brobygget-seating-1`."""
    began = time.perf_counter()
    limit = arguments.time
    if limit is not None and not (math.isfinite(limit) and limit > 0):
        raise BadInput("--time: expected a number of seconds above 0.")
    if arguments.seed < 0:
        raise BadInput("--seed: expected a whole number from 0.")
    tables, rounds = _asked_for(arguments.tables, arguments.rounds)
    guests = read_guest_list(arguments.file, tables, rounds)
    gathering = guests.gathering

    obstacles = obstacles_to(gathering)
    shared = sorted((o for o in obstacles if o.code == "shared_interpreter"), key=lambda o: -o.repeats)
    shared = shared[:MOST_WHAT_IFS]
    for_plan = 1 - PART_FOR_WHAT_IF * len(shared)
    whole = ordinary_effort(gathering) if limit is None else PART_FOR_SEARCH * limit

    def until(part: float) -> Callable[[], bool]:
        return lambda: limit is not None and time.perf_counter() - began > PART_BEFORE_STOP * part * limit

    try:
        seating = seat_guests(
            gathering,
            rng=np.random.default_rng(arguments.seed),
            effort=whole if limit is None else whole * for_plan,
            should_stop=until(for_plan),
            keep=guests.keep,
            use_designs=not arguments.no_designs,
        )
    except NotAGathering as wrong:
        raise BadInput(f"{arguments.file}: {wrong}. Correct it and try again.") from wrong
    gains = {}
    for number, obstacle in enumerate(shared):
        if len({*obstacle.people, *obstacle.helpers}) == gathering.people:
            continue  # nobody else is there who could interpret
        gains[obstacle] = gain_of_interpreter(
            gathering,
            obstacle,
            seating,
            rng=np.random.default_rng(arguments.seed),
            effort=whole if limit is None else whole * PART_FOR_WHAT_IF,
            should_stop=until(for_plan + PART_FOR_WHAT_IF * (number + 1)),
        ).met
    out = _told(guests, seating)
    out["why"] = [_why(guests, obstacle, gains.get(obstacle)) for obstacle in obstacles]
    out["seconds"] = round(time.perf_counter() - began, 3)
    return out


def _asked_for(tables: str | None, rounds: int | None) -> tuple[list[int] | None, int | None]:
    """The two options for CSV, each checked."""
    if rounds is not None and not 1 <= rounds <= 150:
        raise BadInput("--rounds: expected a whole number from 1 to 150.")
    if tables is None:
        return None, rounds
    parts = tables.split(",")
    if not all(part.strip().isascii() and part.strip().isdigit() and 0 < int(part) < 10**6 for part in parts):
        raise BadInput("--tables: expected a number above 0, or one for each round with commas between.")
    each = [int(part) for part in parts]
    if rounds is None:
        return each, len(each)
    if len(each) == 1:
        return each * rounds, rounds
    if len(each) != rounds:
        raise BadInput(
            f"--tables: {len(each)} numbers for {rounds} rounds. Give one number, or one for each round."
        )
    return each, rounds


def _told(guests: GuestList, seating: Seating) -> dict[str, Any]:
    merits, bound = seating.merits, seating.bound
    out: dict[str, Any] = {
        "format": "brobygget-seating-1",
        "id": guests.id,
        "rounds": [[list(table) for table in tables] for tables in seating.rounds],
        "met": merits.met,
        "met_across": merits.met_across,
        "bound": {"met": bound.met, "met_across": bound.met_across},
        "share_of_bound": {
            "met": _share(merits.met, bound.met),
            "met_across": _share(merits.met_across, bound.met_across),
        },
        "fewest_new": merits.fewest_new,
        "repeats": merits.repeats,
        "origin": seating.origin,
        "violations": [
            {"rule": v.rule, "round": v.round, "table": v.table, "people": list(v.people)}
            for v in seating.violations
        ],
        "unmet": [_unmet(guests, v) for v in seating.violations],
    }
    if guests.names:
        out["names"] = list(guests.names)
    if guests.keep is not None:
        out["moved"] = moved_from(guests.gathering, guests.keep, seating.rounds)
    return out


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def _spoken(guests: GuestList, mask: int) -> list[str]:
    return [language for at, language in enumerate(guests.languages) if mask >> at & 1]


def _unmet(guests: GuestList, violation: Violation) -> dict[str, Any]:
    helps = {
        "language": f"an interpreter for {' or '.join(_spoken(guests, violation.languages))}",
        "together": "larger tables, or letting them sit apart in this round",
        "apart": "more tables, or letting them sit together in this round",
    }
    return {
        "rule": violation.rule,
        "round": violation.round,
        "table": violation.table,
        "people": list(violation.people),
        "would_help": helps.get(violation.rule, "another number of tables in this round"),
    }


def _why(guests: GuestList, obstacle: Obstacle, gain: int | None) -> dict[str, Any]:
    """What stands in the way; ``gain_found`` is null where the event was not planned again with an interpreter more."""
    return {
        "code": obstacle.code,
        "hard": obstacle.hard,
        "round": obstacle.round,
        "people": list(obstacle.people),
        "helpers": list(obstacle.helpers),
        "languages": _spoken(guests, obstacle.languages),
        "seats": obstacle.seats,
        "repeats": obstacle.repeats,
        "would_gain": obstacle.would_gain,
        "gain_found": gain,
        "sentence": _sentence(guests, obstacle, gain),
    }


def _sentence(guests: GuestList, obstacle: Obstacle, gain: int | None) -> str:
    """The obstacle in English, for a terminal; pages make their own from the codes."""
    people, helpers = len(obstacle.people), len(obstacle.helpers)
    spoken = " and ".join(_spoken(guests, obstacle.languages))
    who = "person " + ", ".join(_called(guests, p) for p in obstacle.people[:6])
    understand = "1 understands" if helpers == 1 else f"{helpers} understand"
    more = f"; one more interpreter would give {gain} more meetings" if gain else ""
    sentences = {
        "nobody_understands": f"{who} speaks only {spoken} and nobody else there does: "
        f"an interpreter for {spoken} would let them take part",
        "group_too_large": f"{people} people must sit together and a table has {obstacle.seats} seats: "
        "fewer tables would make room",
        "too_few_large_tables": f"{people} people must sit in groups of {obstacle.seats} or more and too few "
        "tables have that many seats: fewer tables would make room",
        "group_holds_apart": f"{who} must be apart, but others keep them together",
        "too_few_tables_for_apart": f"{people} people must all be apart and there are {obstacle.seats} tables",
        "shared_interpreter": f"{people} speak only {spoken} and {understand} them: they sit together again and again"
        f"{more}",
    }
    return sentences[obstacle.code]


def _called(guests: GuestList, person: int) -> str:
    return guests.names[person] if guests.names else str(person)
