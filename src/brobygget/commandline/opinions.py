"""``./bro opinions``: votes in, groups and the ideas that carry across them out."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from brobygget.commandline.vote_files import Conversation, read_conversation
from brobygget.engine.opinions import (
    VERDICTS,
    BridgingMap,
    Partition,
    PolisMap,
    bridging_map,
    compare_known_groups,
    polis_map,
    without_ideas,
)

HELP = "Find the opinion groups in votes, and the ideas that carry across the groups."
EXAMPLE = "./bro opinions benchmarks/data/opinions/brexit-consensus --known group-id"
FEW_PEOPLE = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Name what the command takes."""
    parser.add_argument(
        "source",
        help="folder of a Polis export, a CSV participant,idea,vote[,group] or Parquet file, or - for CSV on standard input",
    )
    parser.add_argument("--known", metavar="COLUMN", help="column that holds each participant's known group")
    parser.add_argument(
        "--compat", choices=["polis"], help="group people by Polis' own method, for comparison"
    )


def answer(arguments: argparse.Namespace) -> dict[str, Any]:
    """Read, analyse and describe."""
    began = time.perf_counter()
    conversation = read_conversation(arguments.source, arguments.known)
    votes = without_ideas(conversation.matrix, conversation.removed)
    rng = np.random.default_rng(arguments.seed)
    polis = polis_map(conversation.matrix, conversation.removed) if arguments.compat else None
    found = bridging_map(
        votes,
        rng=rng,
        known=conversation.known,
        groups=polis.groups if polis else None,
        should_stop=_deadline(began, arguments.time),
    )
    said = described(conversation, found, polis)
    if conversation.known is not None and votes.n_people <= FEW_PEOPLE and "known" in said:
        test = compare_known_groups(votes, conversation.known, rng)
        said["known"] |= {"p_value": test.p_value, "smallest_possible_p_value": test.smallest_possible}
    said["seconds"] = round(time.perf_counter() - began, 4)
    return said


def _deadline(began: float, seconds: float | None) -> Callable[[], bool]:
    return lambda: seconds is not None and time.perf_counter() - began > seconds


def described(conversation: Conversation, found: BridgingMap, polis: PolisMap | None) -> dict[str, Any]:
    """The map in the words of the contract ``brobygget-opinions-1``."""
    ids = [
        name for name, gone in zip(conversation.ideas, conversation.removed.tolist(), strict=True) if not gone
    ]
    labels = found.groups.labels.tolist()
    places = found.people_on_map if polis is None else polis.people_on_map
    idea_places = found.ideas_on_map if polis is None else polis.ideas_on_map
    present: list[bool] = np.atleast_1d(np.isfinite(places).all(1)).tolist()
    said: dict[str, Any] = {
        "format": "brobygget-opinions-1",
        "participants": len(conversation.people),
        "ideas": len(ids),
        "votes": found.matrix.n_votes,
        "method": "polis" if polis else "brobygget",
        "latent": {
            "groups": found.groups.count,
            "p_value": found.groups.test.p_value if polis is None else None,
            "sizes": found.groups.sizes.tolist(),
            "silhouette": round(found.groups.silhouette, 6),
            "members": {
                name: label for name, label in zip(conversation.people, labels, strict=True) if label >= 0
            },
        },
    }
    if found.known is not None:
        said["known"] = {
            "groups": len(conversation.known_names),
            "sizes": found.known.sizes.tolist(),
            "labels": list(conversation.known_names),
        }
    said["ideas_by_id"] = _ideas(ids, found)
    said["ranking"] = [ids[at] for at in found.ranking.tolist()]
    said["map"] = {
        "participants": [
            [name, *place]
            for name, place, there in zip(
                conversation.people,
                np.round(places, 6).tolist(),
                present,
                strict=True,
            )
            if there
        ],
        "ideas": [[name, *place] for name, place in zip(ids, np.round(idea_places, 6).tolist(), strict=True)],
        "explained": np.round(found.components.explained[:2], 6).tolist(),
    }
    if polis is not None:
        said["polis"] = {
            "representative": [[ids[at] for at in group] for group in polis.representative],
            "agreed": [ids[at] for at in polis.agreed],
            "rejected": [ids[at] for at in polis.rejected],
            "priorities": dict(zip(ids, np.round(polis.priorities, 6).tolist(), strict=True)),
        }
    return said


def _ideas(ids: list[str], found: BridgingMap) -> dict[str, dict[str, Any]]:
    total = found.total
    columns: dict[str, list[Any]] = {
        "votes": total.seen[:, 0].tolist(),
        "agree": total.agree[:, 0].tolist(),
        "disagree": total.disagree[:, 0].tolist(),
        "pass": total.passed[:, 0].tolist(),
        "latent": _partition(found.latent),
    }
    if found.known is not None:
        columns["known"] = _partition(found.known)
    columns |= {
        "score": np.round(found.score, 6).tolist(),
        "verdict": [VERDICTS[code].value for code in found.verdict.tolist()],
        "votes_needed": found.votes_needed.tolist(),
        "opposed": np.round(found.opposed, 6).tolist(),
        "much_opposed": found.is_opposed.tolist(),
        "priority": np.round(found.priority, 9).tolist(),
    }
    return {
        name: dict(zip(columns, row, strict=True))
        for name, row in zip(ids, zip(*columns.values(), strict=True), strict=True)
    }


def _partition(part: Partition) -> list[dict[str, Any]]:
    """One dictionary an idea. A group that has not answered has the share null."""
    seen = part.counts.seen
    share = np.round(part.counts.agree / np.maximum(seen, 1), 6).astype(object)
    share[seen == 0] = None
    columns = {
        "consensus": np.round(part.consensus, 9).tolist(),
        "q10": np.round(part.least.q10, 6).tolist(),
        "q50": np.round(part.least.q50, 6).tolist(),
        "q90": np.round(part.least.q90, 6).tolist(),
        "q10_among_best": np.round(part.lower, 6).tolist(),
        "agree_share": share.tolist(),
        "typical": part.representative.is_typical.tolist(),
        "priority": np.round(part.priorities, 9).tolist(),
        "votes_needed": part.needed.tolist(),
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
