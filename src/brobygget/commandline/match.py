"""`./bro match FILE`: who meets whom at the open house."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from typing import Any

import numpy as np

from brobygget.commandline import BadInput, read_json
from brobygget.commandline.quiet import quiet_solver
from brobygget.engine.matching import (
    StandCause,
    UnservedVisitor,
    VisitorCause,
    VisitWishes,
    arrange_meetings,
    empty_stands,
    shares_of_ideal,
    unserved_visitors,
)

HELP = (
    "Says who meets whom, and when, at the open house: everybody served who can be, then fair, then useful."
)
EXAMPLE = "./bro match benchmarks/data/matching/fair300.json"

LARGEST = 10**6
"""Numbers from here on are mistakes, and would not add up exactly."""

VISITOR_REASONS: Mapping[VisitorCause, str] = {
    VisitorCause.NOTHING_WANTED: "wants no meeting",
    VisitorCause.NO_ELIGIBLE_ASSOCIATION: "no eligible association",
    VisitorCause.CLOSED_WHILE_PRESENT: "every eligible association is closed while the visitor is there",
    VisitorCause.PLACES_TAKEN: "every place at the eligible associations goes to somebody who would else meet nobody",
    VisitorCause.SLOTS_COLLIDE: "the eligible associations have places only when their slots are taken",
}

STAND_REASONS: Mapping[StandCause, str] = {
    StandCause.NO_PLACES: "has no places",
    StandCause.NOBODY_ELIGIBLE: "no visitor is eligible",
    StandCause.CLOSED_WHILE_PRESENT: "is closed while its eligible visitors are there",
    StandCause.VISITORS_NEEDED_ELSEWHERE: "its eligible visitors would leave another association empty",
    StandCause.SLOTS_COLLIDE: "no slot was found for its eligible visitors",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a file."""
    parser.add_argument(
        "file", metavar="FILE", help="wishes in the format brobygget-fair-1, .gz too; - for standard input"
    )


def answer(arguments: argparse.Namespace) -> dict[str, Any]:
    """Read wishes, arrange meetings, explain who has none."""
    data = read_json(arguments.file)
    wishes = read_wishes(data, arguments.file)
    started = time.process_time()
    deadline = None if arguments.time is None else time.monotonic() + arguments.time
    with quiet_solver():
        timetable = arrange_meetings(wishes, lambda: deadline is not None and time.monotonic() > deadline)
    seconds = time.process_time() - started
    shares = shares_of_ideal(wishes, timetable.visitor, timetable.association)
    known = shares[~np.isnan(shares)]
    reached, bound = timetable.fairness, timetable.bound
    meetings = np.column_stack([timetable.visitor, timetable.association, timetable.slot])
    return {
        "format": "brobygget-timetable-1",
        "id": data.get("id"),
        "meetings": meetings.tolist(),
        "served": reached.served,
        "total": float(reached.total),
        "share_of_bound": round(timetable.share_of_bound, 6),
        "unserved": [_told(each) for each in unserved_visitors(wishes, timetable)],
        "empty_associations": [
            {"association": each.association, "code": each.cause.value, "reason": STAND_REASONS[each.cause]}
            for each in empty_stands(wishes, timetable)
        ],
        "with_at_least": [reached.served, *reached.with_more],
        "bound": {
            "served": bound.served,
            "associations_visited": bound.visited,
            "with_at_least": [bound.served, *bound.with_more],
            "total": float(bound.total),
        },
        "share_of_ideal": {
            "least": round(float(known.min()), 4) if len(known) else None,
            "fifth_percentile": round(float(np.quantile(known, 0.05)), 4) if len(known) else None,
            "mean": round(float(known.mean()), 4) if len(known) else None,
        },
        "seconds": round(seconds, 3),
    }


def _told(unserved: UnservedVisitor) -> dict[str, Any]:
    return {
        "visitor": unserved.visitor,
        "code": unserved.cause.value,
        "reason": VISITOR_REASONS[unserved.cause],
        "one_more_place_at": list(unserved.would_help),
    }


def read_wishes(data: Any, name: str) -> VisitWishes:
    """Turn a `brobygget-fair-1` document into wishes, or say what is wrong with it."""
    if not isinstance(data, dict) or data.get("format") != "brobygget-fair-1":
        raise BadInput(
            f'{name}: "format" is not "brobygget-fair-1". See docs/engine/matching.md for the fields.'
        )
    visitors, associations, slots = (_count(data, name, key) for key in ("visitors", "associations", "slots"))
    wanted, first, last = (_numbers(data, name, key, visitors) for key in ("need", "first", "last"))
    table = data.get("cap")
    if not isinstance(table, list) or len(table) != associations:
        raise BadInput(f'{name}: "cap" must be a list of {associations} rows, one for each association.')
    rows = [_numbers({f"cap[{a}]": row}, name, f"cap[{a}]", slots) for a, row in enumerate(table)]
    pairs = data.get("pairs_v")
    length = len(pairs) if isinstance(pairs, list) else 0
    visitor, association, usefulness = (
        _numbers(data, name, key, length) for key in ("pairs_v", "pairs_a", "pairs_u")
    )
    for key, numbers, limit in (("pairs_v", visitor, visitors), ("pairs_a", association, associations)):
        beyond = np.flatnonzero(numbers >= limit)
        if len(beyond):
            raise BadInput(
                f'{name}: "{key}"[{beyond[0]}] is {numbers[beyond[0]]}, but they are numbered 0 to {limit - 1}.'
            )
    beyond = np.flatnonzero(last >= slots)
    if len(beyond):
        raise BadInput(
            f'{name}: "last"[{beyond[0]}] is {last[beyond[0]]}, but the slots are numbered 0 to {slots - 1}.'
        )
    turned = np.flatnonzero(first > last)
    if len(turned):
        who = turned[0]
        raise BadInput(
            f"{name}: visitor {who} comes in slot {first[who]} and leaves in slot {last[who]}. Swap them."
        )
    keys = visitor * max(associations, 1) + association
    names, index = np.unique(keys, return_index=True)
    if len(names) != len(keys):
        twice = int(np.setdiff1d(np.arange(len(keys)), index)[0])
        raise BadInput(
            f"{name}: the pair of visitor {visitor[twice]} and association {association[twice]} occurs twice "
            f'(again at "pairs_v"[{twice}]). Keep one.'
        )
    capacity = np.array(rows, dtype=np.int64).reshape(associations, slots)
    return VisitWishes(wanted, first, last, capacity, visitor, association, usefulness)


def _count(data: Mapping[str, Any], name: str, key: str) -> int:
    number = data.get(key)
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < LARGEST:
        raise BadInput(f'{name}: "{key}" is {_shown(number)}, not a whole number from 0 to {LARGEST - 1}.')
    return number


def _numbers(
    data: Mapping[str, Any], name: str, key: str, length: int
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """A list of whole numbers from 0, of one length."""
    numbers = data.get(key)
    if not isinstance(numbers, list):
        raise BadInput(f'{name}: "{key}" is {_shown(numbers)}, not a list of {length} numbers.')
    if len(numbers) != length:
        raise BadInput(f'{name}: "{key}" has {len(numbers)} numbers instead of {length}.')
    for index, number in enumerate(numbers):
        if type(number) is not int or not 0 <= number < LARGEST:
            raise BadInput(
                f'{name}: "{key}"[{index}] is {_shown(number)}, not a whole number from 0 to {LARGEST - 1}.'
            )
    return np.array(numbers, dtype=np.int64)


def _shown(value: Any) -> str:
    return "missing" if value is None else f"{value!r}"[:60]
