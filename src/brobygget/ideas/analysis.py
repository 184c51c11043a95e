"""The door to the engine: answers in, what the map says of each idea and each opinion group out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.opinions import VERDICTS, BridgingMap, Counts, Partition, bridging_map, vote_matrix
from brobygget.engine.opinions.bridging import chance_all_above_half
from brobygget.engine.opinions.verdicts import verdict_codes, votes_needed

SEED = 1  # the same answers give the same map
NEW, ESTABLISHED, NOT_SAID = 0, 1, -1
BANKS = (NEW, ESTABLISHED)
SURE = 0.9
SMALLEST_HEARD = 5
MOST_ASKED_FOR = 200  # more answers than that from one bank are not waited for: it stands close to the middle
WIDEST = 3.0  # a cloud is drawn no further out than so many times its own spread


@dataclass(frozen=True)
class Ballots:
    """All answers of one tally; people and ideas by their places, counted from 0."""

    people: Sequence[int]
    ideas: Sequence[int]
    choices: Sequence[int]
    banks: Sequence[int]  # of each person
    n_ideas: int


@dataclass(frozen=True)
class IdeaFigures:
    """What the answers say of one idea. Counts are by bank: new here, established."""

    agree: list[int]
    seen: list[int]
    needed: list[int]  # further answers from each bank; 0 where they would settle nothing
    verdict: str
    bank_verdict: str  # by the two banks alone, whatever the opinion groups say
    strength: float
    is_opposed: bool
    priority: float
    bank_priorities: list[float]
    agree_by_group: list[int]
    seen_by_group: list[int]


@dataclass(frozen=True)
class OpinionGroup:
    """People who answer alike: where their cloud lies, and what is typical of them."""

    size: int
    dots: list[tuple[float, float]]  # drawn by chance from where the group lies: no dot is anybody
    agrees: list[int] = field(default_factory=list)  # places of ideas, the most typical first
    disagrees: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Opinions:
    """The whole map of one tally."""

    ideas: list[IdeaFigures]
    groups: list[OpinionGroup]
    labels: list[int]  # the group of each person, -1 for somebody without answers
    agreed: list[int]  # places of ideas that every group says yes to, the strongest first


def opinions_of(ballots: Ballots) -> Opinions:
    """Groups, bridges and what an answer would tell, of the answers to one vote."""
    matrix = vote_matrix(
        ballots.people, ballots.ideas, ballots.choices, n_people=len(ballots.banks), n_ideas=ballots.n_ideas
    )
    known = np.asarray(ballots.banks, dtype=np.int64)
    is_both = set(BANKS) <= set(ballots.banks)
    found = bridging_map(matrix, rng=np.random.default_rng(SEED), known=known if is_both else None)
    return Opinions(
        ideas=_ideas(found, ballots.n_ideas),
        groups=_groups(found),
        labels=[int(label) for label in found.groups.labels],
        agreed=[int(at) for at in found.ranking if VERDICTS[int(found.verdict[at])].value == "carries"],
    )


def _ideas(found: BridgingMap, n_ideas: int) -> list[IdeaFigures]:
    none = np.zeros((n_ideas, len(BANKS)), dtype=np.int64)
    by_bank = found.known.counts if found.known else Counts(none, none, none)
    if found.known:
        priorities = found.known.priorities
    else:
        priorities = np.repeat(found.priority[:, None], len(BANKS), axis=1)
    needed = _needed(by_bank)
    by_banks = _bank_verdicts(found)
    # No verdict rests on a group that is too small to be shown: one of four people could be read out of it.
    is_heard = found.known is None or bool((found.groups.sizes >= SMALLEST_HEARD).all())
    verdicts = found.verdict if is_heard else by_banks
    strength = found.score if is_heard or found.known is None else found.known.least.ranking
    by_group = found.latent.counts
    return [
        IdeaFigures(
            agree=[int(n) for n in by_bank.agree[at]],
            seen=[int(n) for n in by_bank.seen[at]],
            needed=[int(n) for n in needed[at]],
            verdict=VERDICTS[int(verdicts[at])].value,
            bank_verdict=VERDICTS[int(by_banks[at])].value,
            strength=round(float(strength[at]), 2),
            is_opposed=bool(found.is_opposed[at]),
            priority=float(found.priority[at]),
            bank_priorities=[float(value) for value in priorities[at]],
            agree_by_group=[int(n) for n in by_group.agree[at]],
            seen_by_group=[int(n) for n in by_group.seen[at]],
        )
        for at in range(n_ideas)
    ]


def _bank_verdicts(found: BridgingMap) -> NDArray[np.int8]:
    known = found.known
    if known is None:
        return found.verdict
    return verdict_codes(known.least, known.lower, np.asarray((known.counts.seen > 0).all(axis=1)))


def _needed(by_bank: Counts) -> NDArray[np.int64]:
    """How many more answers each bank should give by itself; none from a bank that has made up its mind."""
    columns = []
    for bank in BANKS:
        alone = Counts(*(x[:, [bank]] for x in (by_bank.agree, by_bank.passed, by_bank.disagree)))
        chance = chance_all_above_half(alone, np.zeros(1, dtype=np.int64))[0]
        is_open = (chance < SURE) & (chance > 1 - SURE)
        columns.append(votes_needed(alone, is_open))
    together = np.stack(columns, axis=1)
    return np.asarray(np.where(together > MOST_ASKED_FOR, 0, together))


def _groups(found: BridgingMap) -> list[OpinionGroup]:
    latent = found.latent
    groups = []
    for label in range(found.groups.count):
        places = found.people_on_map[(latent.labels == label) & ~np.isnan(found.people_on_map[:, 0])]
        agrees, disagrees = _typical(latent, label)
        groups.append(OpinionGroup(len(places), _cloud(places, label), agrees, disagrees))
    return groups


def _cloud(places: NDArray[np.float64], label: int) -> list[tuple[float, float]]:
    """As many dots as people, drawn from the group's own middle and spread; the people's places are not used."""
    if len(places) < 2:
        return []
    rng = np.random.default_rng([SEED, label, len(places)])
    middle = places.mean(axis=0)
    spread = np.cov(places.T) + 1e-6 * np.eye(2)
    root = np.linalg.cholesky(spread)
    steps = rng.standard_normal((len(places), 2))
    length = np.linalg.norm(steps, axis=1, keepdims=True)
    steps *= np.minimum(1, WIDEST / np.maximum(length, 1e-9))
    return [(round(float(x), 3), round(float(y), 3)) for x, y in middle + steps @ root.T]


def _typical(latent: Partition, label: int) -> tuple[list[int], list[int]]:
    told = latent.representative
    typical = told.is_typical[:, label]

    def first(sign: int, scores: NDArray[np.float64]) -> list[int]:
        which = np.flatnonzero(typical == sign)
        return [int(at) for at in which[np.argsort(-scores[which, label], kind="stable")]]

    return first(1, told.agree_z), first(-1, told.disagree_z)
