"""`./bro place FILE`: who stands where at the open house."""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np

from brobygget.commandline import BadInput, read_json
from brobygget.commandline.floor_plans import read_open_house, read_placements
from brobygget.commandline.give import Words
from brobygget.commandline.quiet import quiet_solver
from brobygget.engine.placing import (
    FloorPlan,
    OpenHouse,
    Placement,
    check_plan,
    conflict_facts,
    lost_wishes,
    place_stands,
    replan,
)

HELP = (
    "Says who stands where at the open house: every need kept where that is possible, then wishes, then fair. "
    "What cannot be kept is named, with what would have to give."
)
EXAMPLE = "./bro place benchmarks/data/placing/hall15.json"

PART_FOR_SEARCH = 0.94
UNTIL_PROVEN = 10.0
"""Effort where somebody gives time: go on until it is proven or the time is up."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "file", metavar="FILE", help="the format brobygget-place-1, .gz too; - for standard input"
    )
    parser.add_argument(
        "--keep", metavar="PLAN", help="an earlier plan (JSON); stay near it: at most --moves others move"
    )
    parser.add_argument("--moves", type=int, default=3, metavar="N", help="with --keep (default 3)")
    parser.add_argument(
        "--hold",
        action="append",
        default=[],
        metavar="STAND",
        help="with --keep: set by hand, stays where PLAN has it",
    )


def answer(arguments: argparse.Namespace) -> dict[str, Any]:
    """Make the plan: `brobygget-placement-1`."""
    limit = arguments.time
    if limit is not None and not (math.isfinite(limit) and limit > 0):
        raise BadInput("--time: expected a number of seconds above 0.")
    if arguments.seed < 0:
        raise BadInput("--seed: expected a whole number from 0.")
    if arguments.moves < 0:
        raise BadInput("--moves: expected a whole number from 0.")
    data = read_json(arguments.file)
    house = read_open_house(data, arguments.file)
    keep = _kept(arguments)
    began, used = time.perf_counter(), time.process_time()
    rng = np.random.default_rng(arguments.seed)

    def seconds_left() -> float:
        return math.inf if limit is None else PART_FOR_SEARCH * limit - (time.perf_counter() - began)

    words = Words(house, data)
    with quiet_solver():
        if keep is not None:
            _known_stands(house, arguments.hold)
            near = replan(
                house,
                keep,
                rng=rng,
                set_by_hand=arguments.hold,
                most_moved=arguments.moves,
                seconds_left=seconds_left,
            )
            out = _told(house, words, near.placements)
            out |= {"moved": list(near.moved), "optimal": False, "gap": None, "conflicts": []}
            out["lost_wishes"] = [words.lost(wish, None) for wish in near.verdict.lost]
        else:
            effort = 1.0 if limit is None else UNTIL_PROVEN
            plan = place_stands(house, rng=rng, effort=effort, seconds_left=seconds_left)
            out = _told(house, words, plan.placements) | _judged(house, words, plan)
    out["id"] = data.get("name", data.get("id"))
    out["seconds"] = round(time.process_time() - used, 3)
    return out


def _kept(arguments: argparse.Namespace) -> tuple[Placement, ...] | None:
    if arguments.keep is None:
        return None
    return read_placements(read_json(arguments.keep), arguments.keep)


def _known_stands(house: OpenHouse, names: Collection[str]) -> None:
    for name in names:
        if name not in {stand.id for stand in house.stands}:
            raise BadInput(f"--hold: there is no stand {name!r}. Look in the file for its id.")


def _told(house: OpenHouse, words: Words, placements: Iterable[Placement]) -> dict[str, Any]:
    plan = tuple(placements)
    verdict = check_plan(house, plan)
    return {
        "format": "brobygget-placement-1",
        "placements": [
            {"stand": each.stand, "positions": list(each.positions), "circuit": each.circuit} for each in plan
        ],
        "unmet": [{"rule": rule.id, "give": words.give(rule, plan)} for rule in verdict.unmet],
        "vector": list(verdict.merits.vector),
    }


def _judged(house: OpenHouse, words: Words, plan: FloorPlan) -> dict[str, Any]:
    """Proofs, conflicts and lost wishes."""
    conflicts = plan.conflicts
    return {
        "bound": list(plan.bound.vector),
        "proven_entries": plan.proven,
        "optimal": plan.is_optimal,
        "gap": round(plan.gap, 3),
        "conflicts": [[rule.id for rule in rules] for rules in conflicts.found] if conflicts else [],
        "all_conflicts": conflicts.are_all if conflicts else True,
        "why": words.no_room(plan) + [words.conflict(facts) for facts in conflict_facts(house, plan)],
        "lost_wishes": [words.lost(each.wish, each.cause) for each in lost_wishes(house, plan)],
    }
