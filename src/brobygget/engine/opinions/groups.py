"""The opinion groups that the votes show, from one (no groups) up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.opinions.clustering import (
    base_points,
    distances,
    many_k_means,
    nearest_centre,
    nearest_of_each,
    silhouettes,
)
from brobygget.engine.opinions.coordinates import Evidence, ridge_coordinates
from brobygget.engine.opinions.existence import MOST_PEOPLE, GroupTest, look_for_groups
from brobygget.engine.opinions.stability import half_against_half, in_halves
from brobygget.engine.opinions.votes import VoteMatrix

Floats = NDArray[Any]
Labels = NDArray[np.int64]
DIMENSIONS = 4
MOST_GROUPS = 5
STARTS = 16
SETTLED = 3
ENOUGH_VOTES = 7
SMALLEST_SHARE = 0.03
SAMPLE = 8192
STABLE = 0.5
MOST_CAUTION = 24.0
CALM_CROWD = 48_000.0


@dataclass(frozen=True, slots=True)
class Groups:
    """Who belongs with whom, as far as the votes can tell.

    Attributes
    ----------
    labels : ndarray of int64, shape (n_people,)
        Group of each person, 0 the largest; -1 for a person without votes. All voters are in group 0 where the votes
        show no groups.
    count : int
        Number of groups, 1 to 5; 0 when nobody voted.
    sizes : ndarray of int64, shape (count,)
        People in each group.
    silhouette : float
        -1 to 1; 0 for a single group.
    test : GroupTest
        Whether there are groups at all.

    Examples
    --------
    >>> from brobygget.engine.opinions import bridging_map, vote_matrix
    >>> camps = np.where(np.arange(80).reshape(8, 10) // 40 == np.arange(10) % 2, 1, -1)
    >>> people, ideas = np.indices((8, 10)).reshape(2, -1)
    >>> votes = vote_matrix(people, ideas, camps.ravel(), n_people=8, n_ideas=10)
    >>> found = bridging_map(votes, rng=np.random.default_rng(1))
    >>> found.groups.count, found.groups.labels.tolist()
    (2, [1, 1, 1, 1, 0, 0, 0, 0])
    """

    labels: Labels
    count: int
    sizes: NDArray[np.int64]
    silhouette: float
    test: GroupTest


def caution_for(n_people: int) -> float:
    """How strongly people with few answers are held in the middle while groups are sought.

    Parameters
    ----------
    n_people : int
        Number of people.

    Returns
    -------
    float
        24 up to 2,000 people, falling to 1 at 48,000.

    Notes
    -----
    Chosen on published conversations (docs/engine/opinions.md): a few people with few answers must not make a group;
    in a large crowd the many who answered much outweigh them.

    Examples
    --------
    >>> caution_for(30), caution_for(96_000)
    (24.0, 1.0)
    """
    return float(min(MOST_CAUTION, max(1.0, CALM_CROWD / max(n_people, 1))))


def find_groups(
    matrix: VoteMatrix,
    found: Evidence,
    rng: np.random.Generator,
    should_stop: Callable[[], bool] = lambda: False,
) -> Groups:
    """Part people into the groups that the votes show; one group where they show none.

    Parameters
    ----------
    matrix : VoteMatrix
        The votes, sorted with `in_own_order`.
    found : Evidence
        From `evidence`, with at least 4 components.
    rng : numpy.random.Generator
        Chance.
    should_stop : callable
        Bounds the permutation test.

    Returns
    -------
    Groups
        Never with a group of one: the smallest has at least ``max(2, 3 %)`` of the people.

    Notes
    -----
    1. `look_for_groups` says whether there are any.
    2. Ridge coordinates in four dimensions; those with at least 7 answers (or all ideas) shape the groups, each
       weighted by ``n / (n + median)``.
    3. 16 k-means starts for each k from 2 to 5 over at most 256 base points; the local optima that
       leave no group too small are settled over all people, and the one with the widest silhouette wins.
       Polis takes one start in row order.
    4. Above 2,000 people a grouping must moreover be found again in two halves of the people: see
       `in_halves`; the adjusted Rand index must be at least 0.5 [1]_.
    5. Everybody with a vote joins the nearest centre.

    References
    ----------
    .. [1] Hennig, C. (2007), Cluster-wise assessment of cluster stability, CSDA 52(1).

    Examples
    --------
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> votes = vote_matrix([0, 1], [0, 0], [1, -1], n_people=2, n_ideas=1)
    >>> nothing = Evidence(np.zeros((2, 4)), np.zeros((2, 10)), 1.0)
    >>> find_groups(votes, nothing, np.random.default_rng(1)).count
    1
    """
    voters = matrix.answers_each > 0
    if not voters.any():
        return Groups(np.full(matrix.n_people, -1), 0, np.zeros(0, np.int64), 0.0, GroupTest(1.0, 0, 0))
    test = look_for_groups(matrix, rng, should_stop)
    together = Groups(np.where(voters, 0, -1), 1, np.array([int(voters.sum())]), 0.0, test)
    if not test.finds_groups:
        return together
    points = ridge_coordinates(found, DIMENSIONS, caution_for(int(voters.sum())))
    each = matrix.answers_each
    shaping = np.flatnonzero(each >= min(ENOUGH_VOTES, matrix.n_ideas))
    if len(shaping) < 8:
        shaping = np.flatnonzero(voters)
    candidates = _candidates(points[shaping], each[shaping], range(2, MOST_GROUPS + 1), STARTS, rng)
    if int(voters.sum()) > MOST_PEOPLE:
        candidates = _stable(candidates, matrix, shaping, rng)
    if not candidates:
        return together
    best = candidates[0]
    labels = np.where(voters, nearest_centre(points, best.centres.astype(points.dtype)), -1)
    sizes = np.bincount(labels[voters], minlength=len(best.centres))
    if sizes.min() < smallest_group(int(voters.sum())):
        return together
    first = np.array([int((labels == g).argmax()) for g in range(len(sizes))])
    rank = np.empty(len(sizes) + 1, np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    rank[-1] = -1
    return Groups(rank[labels], len(sizes), np.sort(sizes)[::-1], best.silhouette, test)


def smallest_group(n_people: int) -> int:
    """The fewest people that make a group: two, or three in a hundred.

    Parameters
    ----------
    n_people : int
        Number of people.

    Returns
    -------
    int
        ``max(2, ceil(0.03 n))``.

    Examples
    --------
    >>> smallest_group(8), smallest_group(600)
    (2, 18)
    """
    return max(2, int(np.ceil(SMALLEST_SHARE * n_people - 1e-9)))


@dataclass(frozen=True, slots=True)
class _Found:
    centres: Floats
    silhouette: float


def _stable(
    candidates: list[_Found], matrix: VoteMatrix, people: NDArray[np.int64], rng: np.random.Generator
) -> list[_Found]:
    """The first candidate whose number of groups is found again in halves of the people, if any is."""
    caution = caution_for(int((matrix.answers_each > 0).sum()))
    halves = in_halves(matrix, people, DIMENSIONS, caution)
    tried: set[int] = set()
    for candidate in candidates:
        k = len(candidate.centres)
        if k in tried:
            continue
        tried.add(k)

        def widest(points: Floats, answers: NDArray[np.int64], k: int = k) -> Floats | None:
            found = _candidates(points, answers, [k], STARTS // 2, rng)
            return found[0].centres if found else None

        if half_against_half(halves, widest) >= STABLE:
            return [candidate]
    return []


def _candidates(
    points: Floats, answers: NDArray[np.int64], counts: Iterable[int], starts: int, rng: np.random.Generator
) -> list[_Found]:
    """Distinct local optima without too small a group, widest silhouette first."""
    if len(points) > SAMPLE:
        some = np.linspace(0, len(points) - 1, SAMPLE).astype(np.int64)
        points, answers = points[some], answers[some]
    points = points.astype(np.float64)
    weights = answers / (answers + np.median(answers))
    bases = base_points(points, weights)
    least = smallest_group(len(points))
    people_in_base = np.bincount(bases.members, minlength=len(bases.points))
    apart = distances(bases.points)
    found: list[_Found] = []
    for k in counts:
        if len(bases.points) < k:
            break
        centres = many_k_means(bases.points, bases.weights, k, starts, rng)
        labels = nearest_of_each(bases.points, centres)
        distinct = _distinct(labels, k)
        if len(distinct) == 0:
            continue
        centres, labels = centres[distinct], labels[distinct]
        sizes = (labels[:, None, :] == np.arange(k)[:, None]) @ people_in_base
        large = sizes.min(1) >= least
        centres, labels = centres[large], labels[large]
        if len(centres) == 0:
            continue
        width = silhouettes(apart, bases.weights, labels, k)
        # The best few are settled over all the people, not the base points only.
        best = np.argsort(-width, kind="stable")[:SETTLED]
        settled = centres[best]
        if len(bases.points) < len(points):
            settled = _settled(points, weights, settled)
            sizes = (nearest_of_each(points, settled)[:, None, :] == np.arange(k)[:, None]).sum(2)
        else:
            sizes = sizes[large][best]
        found += [
            _Found(centre, float(width[at]))
            for at, centre, size in zip(best, settled, sizes, strict=True)
            if size.min() >= least
        ]
    return sorted(found, key=lambda each: -each.silhouette)


def _settled(points: Floats, weights: Floats, centres: Floats) -> Floats:
    """Three more rounds of several groupings over all the points, shape (m, k, d)."""
    many, k, d = centres.shape
    weighted = np.hstack([points * weights[:, None], weights[:, None]])
    groups = np.arange(k)[:, None]
    for _ in range(3):
        belongs = nearest_of_each(points, centres)[:, None, :] == groups
        sums = (belongs.reshape(many * k, -1).astype(np.float64) @ weighted).reshape(many, k, d + 1)
        total = sums[:, :, -1:]
        centres = np.where(total > 0, sums[:, :, :-1] / np.where(total > 0, total, 1), centres)
    return centres


def _distinct(labels: NDArray[np.signedinteger[Any]], k: int) -> NDArray[np.int64]:
    """One of each different grouping, whatever its groups are called; those with an empty group left out."""
    belongs = labels[:, None, :] == np.arange(k)[:, None]
    first = np.where(belongs.any(2), belongs.argmax(2), labels.shape[1])
    # Name each group by its first point: then equal groupings have equal sums of name times place.
    name = np.take_along_axis(first, labels, 1)
    key = (name * np.arange(1, labels.shape[1] + 1)).sum(1) * 1_000_003 + (name * name).sum(1)
    full = np.flatnonzero((first < labels.shape[1]).all(1))
    _, index = np.unique(key[full], return_index=True)
    return full[np.sort(index)]
