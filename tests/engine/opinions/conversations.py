"""Published and made-up conversations for the tests of this room."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from brobygget.commandline.vote_files import read_conversation
from brobygget.engine.opinions import BridgingMap, VoteMatrix, bridging_map, vote_matrix, without_ideas

DATA = Path(__file__).parents[3] / "benchmarks" / "data" / "opinions"
NAMES = sorted(each.name for each in DATA.iterdir() if each.is_dir())


@dataclass(frozen=True)
class Published:
    """A published conversation with its reference and our map of it."""

    ids: list[str]
    votes: VoteMatrix
    known: np.ndarray
    found: BridgingMap
    reference: dict[str, Any]


@cache
def published(name: str) -> Published:
    talk = read_conversation(str(DATA / name), "group-id")
    votes = without_ideas(talk.matrix, talk.removed)
    assert talk.known is not None
    return Published(
        [i for i, gone in zip(talk.ideas, talk.removed, strict=True) if not gone],
        votes,
        talk.known,
        bridging_map(votes, rng=np.random.default_rng(1), known=talk.known),
        json.loads((DATA / name / "reference.json").read_text()),
    )


def everybody_answers(answers: np.ndarray) -> VoteMatrix:
    n_people, n_ideas = answers.shape
    return vote_matrix(
        *np.indices(answers.shape).reshape(2, -1), answers.ravel(), n_people=n_people, n_ideas=n_ideas
    )


def circle(kind: str, n: int, rng: np.random.Generator, n_ideas: int = 30) -> VoteMatrix:
    """Answers to all ideas: 'none', 'agree to all' (a quarter does) or 'strong' (two camps)."""
    lean = rng.normal(0, 1, n_ideas) + rng.normal(0, 1, (n, n_ideas))
    if kind == "strong":
        apart = rng.normal(0, 1.6, n_ideas)
        lean += np.where(np.arange(n)[:, None] % 2 == 0, apart, -apart)
    answers = np.where(lean > 0.4, 1, np.where(lean < -0.4, -1, 0))
    if kind == "agree to all":
        answers[rng.random(n) < 0.25] = 1
    return everybody_answers(answers)
