"""Polis' own method from a cold start, for comparison: re-stated from its published formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.opinions.clustering import distances, nearest_centre, silhouettes
from brobygget.engine.opinions.components import components_of, mean_answers, residuals
from brobygget.engine.opinions.counts import Counts, count_by_group
from brobygget.engine.opinions.existence import GroupTest
from brobygget.engine.opinions.groups import Groups
from brobygget.engine.opinions.representative import one_proportion_score, two_proportion_score
from brobygget.engine.opinions.votes import VoteMatrix, without_ideas

Floats = NDArray[Any]
ONE_SIDED_90 = 1.2816
FEWEST_VOTES, FEWEST_PEOPLE = 7, 15
BASE_CLUSTERS, GROUP_ROUNDS, BASE_ROUNDS = 100, 20, 20


@dataclass(frozen=True, slots=True)
class PolisMap:
    """What Polis' formulas give.

    Attributes
    ----------
    groups : Groups
        Its groups, 2 to 5, never one; the test's p-value is 1 because none is made. -1 for those left out.
    people_on_map : ndarray of float64, shape (n_people, 2)
        Projections scaled by ``sqrt(S / n_i)``; NaN for those left out.
    ideas_on_map : ndarray of float64, shape (n_ideas, 2)
        Projection of a person whose only vote is disagreement with the idea.
    representative : list of list of int
        For each group up to five ideas that set it apart, the most agreed one first.
    agreed, rejected : list of int
        Up to five ideas that everybody together agrees with, or rejects.
    priorities : ndarray of float64, shape (n_ideas,)
        Chance weights for the next idea to show.

    Examples
    --------
    >>> from brobygget.engine.opinions import vote_matrix
    >>> votes = vote_matrix([0, 1], [0, 0], [1, -1], n_people=2, n_ideas=1)
    >>> polis_map(votes, np.zeros(1, bool)).groups.count
    2
    """

    groups: Groups
    people_on_map: Floats
    ideas_on_map: Floats
    representative: list[list[int]]
    agreed: list[int]
    rejected: list[int]
    priorities: Floats


def polis_map(matrix: VoteMatrix, moderated: NDArray[np.bool_]) -> PolisMap:
    """Group people as Polis does when it starts from nothing.

    Parameters
    ----------
    matrix : VoteMatrix
        All votes, those on moderated ideas too.
    moderated : ndarray of bool, shape (n_ideas,)
        Ideas that a moderator took away. The results number the remaining ones.

    Returns
    -------
    PolisMap
        With fewer than two different people: one group.

    Notes
    -----
    [1]_ and the public documentation of Polis' mathematics. A moderated idea counts as a 0 from everybody, so that it enters
    everybody's scaling. Those with at least ``min(7, S)`` votes are in, and the most active up to 15. Base clusters: k-means with
    100 centres from the first distinct rows, 20 rounds; groups: weighted k-means over the base clusters from
    their first k, for k = 2 to ``min(5, 2 + n_base // 12)``; the widest unweighted silhouette wins. Departures: exact components
    in place of 100 unseeded power iterations; a cold start has no k-smoother and no "once in, always in". The result
    depends on the order of rows, as Polis' does.

    References
    ----------
    .. [1] Small et al. (2021), RECERCA 26(2), doi:10.6035/recerca.5516.

    Examples
    --------
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> camps = np.where(np.arange(80).reshape(8, 10) // 40 == np.arange(10) % 2, 1, -1)
    >>> votes = vote_matrix(*np.indices((8, 10)).reshape(2, -1), camps.ravel(), n_people=8, n_ideas=10)
    >>> polis_map(votes, np.zeros(10, bool)).groups.labels.tolist()
    [0, 0, 0, 0, 1, 1, 1, 1]
    """
    live = without_ideas(matrix, moderated)
    means = mean_answers(live)
    sparse = residuals(live, means)
    loadings = components_of(sparse, means, 2).loadings
    counted = live.answers_each + int(moderated.sum())
    places = (sparse @ loadings) * np.sqrt(matrix.n_ideas / np.maximum(counted, 1))[:, None]
    members = _members(matrix)
    labels = np.full(live.n_people, -1)
    silhouette = 0.0
    if len(members):
        found = _grouped(places[members])
        labels[members], silhouette = found.labels, found.silhouette
    outside = np.ones(live.n_people, bool)
    outside[members] = False
    places[outside] = np.nan
    n_groups = int(labels.max(initial=-1)) + 1
    sizes = np.bincount(labels[labels >= 0], minlength=n_groups)
    groups = Groups(labels, n_groups, sizes, silhouette, GroupTest(1.0, 0, len(members)))
    counts = count_by_group(live, labels, max(n_groups, 1))
    everybody = count_by_group(live, np.zeros(live.n_people, np.int64), 1)
    ideas = (-1 - means)[:, None] * loadings * np.sqrt(matrix.n_ideas)
    return PolisMap(
        groups,
        places,
        ideas,
        [_representative(counts, group) for group in range(n_groups)],
        _consensus(everybody.agree[:, 0], everybody.seen[:, 0]),
        _consensus(everybody.disagree[:, 0], everybody.seen[:, 0]),
        _priorities(everybody, np.linalg.norm(ideas, axis=1)),
    )


def _members(matrix: VoteMatrix) -> NDArray[np.int64]:
    each = matrix.answers_each
    enough = each >= max(1, min(FEWEST_VOTES, matrix.n_ideas))
    if enough.sum() < FEWEST_PEOPLE:
        enough[np.argsort(-each, kind="stable")[:FEWEST_PEOPLE]] = True
        enough &= each > 0
    return np.flatnonzero(enough)


@dataclass(frozen=True, slots=True)
class _Grouped:
    labels: NDArray[np.int64]
    silhouette: float


def _grouped(places: Floats) -> _Grouped:
    _, first = np.unique(places, axis=0, return_index=True)
    centres = places[np.sort(first)[:BASE_CLUSTERS]]
    base = _rounds(places, np.ones(len(places)), centres, BASE_ROUNDS)
    used, base_of = np.unique(nearest_centre(places, base), return_inverse=True)
    base, weights = base[used], np.bincount(base_of).astype(np.float64)
    best = _Grouped(np.zeros(len(places), np.int64), 0.0)
    widest = -np.inf
    for k in range(2, min(5, 2 + len(base) // 12) + 1):
        if len(base) < k:
            break
        labels = nearest_centre(base, _rounds(base, weights, base[:k], GROUP_ROUNDS))
        width = float(silhouettes(distances(base), np.ones(len(base)), labels[None], k)[0])
        if width > widest:
            widest = width
            _, packed = np.unique(labels, return_inverse=True)
            best = _Grouped(packed[base_of], width)
    return best


def _rounds(points: Floats, weights: Floats, centres: Floats, rounds: int) -> Floats:
    for _ in range(rounds):
        labels = nearest_centre(points, centres)
        total = np.bincount(labels, weights, minlength=len(centres))
        sums = np.stack([np.bincount(labels, weights * s, minlength=len(centres)) for s in points.T], axis=1)
        moved = np.where(total[:, None] > 0, sums / np.where(total > 0, total, 1)[:, None], centres)
        if np.array_equal(moved, centres):
            break
        centres = moved
    return centres


def _representative(counts: Counts, group: int) -> list[int]:
    """Rank by ``ratio * z_ratio * share * z_share`` where both scores pass; best five, best agreement first."""
    seen = counts.seen[:, group]
    others = counts.seen.sum(1) - seen
    scores, pass_both = [], []
    for answers in (counts.agree, counts.disagree):
        own = answers[:, group]
        rest = answers.sum(1) - own
        share = (own + 1) / (seen + 2)
        ratio = share / ((rest + 1) / (others + 2))
        z_share = one_proportion_score(own, seen)
        z_ratio = two_proportion_score(own, seen, rest, others)
        scores.append(ratio * z_ratio * share * z_share)
        pass_both.append((z_share > ONE_SIDED_90) & (z_ratio > ONE_SIDED_90))
    agrees = np.where(pass_both[0], scores[0], -np.inf)
    best = np.maximum(agrees, np.where(pass_both[1], scores[1], -np.inf))
    order = [int(i) for i in np.argsort(-best, kind="stable")[:5] if best[i] > -np.inf]
    top = int(agrees.argmax()) if len(agrees) and agrees.max() > -np.inf else None
    return order if top is None else [top, *(i for i in order if i != top)][:5]


def _consensus(answers: NDArray[np.int64], seen: NDArray[np.int64]) -> list[int]:
    share, z = (answers + 1) / (seen + 2), one_proportion_score(answers, seen)
    fits = (share > 0.5) & (z > ONE_SIDED_90)
    order = np.argsort(-np.where(fits, share * z, -np.inf), kind="stable")[:5]
    return [int(i) for i in order if fits[i]]


def _priorities(everybody: Counts, extremity: Floats) -> Floats:
    seen = everybody.seen[:, 0]
    passing, agreeing = (everybody.passed[:, 0] + 1) / (seen + 2), (everybody.agree[:, 0] + 1) / (seen + 2)
    importance = (1 - passing) * (extremity + 1) * agreeing
    return np.asarray((importance * (1 + 8 * 2.0 ** (-seen / 5))) ** 2)
