"""Whether two or more groups that we know about answer differently."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.opinions.components import mean_answers, residuals
from brobygget.engine.opinions.votes import VoteMatrix

MOST_ENUMERATED = 5_000


@dataclass(frozen=True, slots=True)
class KnownGroupTest:
    """Whether known groups answer differently.

    Attributes
    ----------
    p_value : float
        0 to 1; 1 where there are not two groups with people.
    smallest_possible : float
        The smallest p-value that groups of these sizes can give. Above 0.05 the test can never tell: say so.
    is_exact : bool
        True when every way to part the people was tried.

    Examples
    --------
    >>> KnownGroupTest(0.2, 1 / 8, is_exact=True).smallest_possible
    0.125
    """

    p_value: float
    smallest_possible: float
    is_exact: bool


def compare_known_groups(
    matrix: VoteMatrix, labels: NDArray[np.int64], rng: np.random.Generator, shuffles: int = 999
) -> KnownGroupTest:
    """Compare known groups by relabelling people.

    Parameters
    ----------
    matrix : VoteMatrix
        The votes.
    labels : ndarray of int64, shape (n_people,)
        Group of each person; -1 for those who did not say, who are left out.
    rng : numpy.random.Generator
        Chance, where relabellings are too many to try all.
    shuffles : int
        How many relabellings then.

    Returns
    -------
    KnownGroupTest
        With 1 + 7 people the smallest possible p-value is 1/8, with 4 + 4 it is 2/70.

    Notes
    -----
    Statistic: the sum over ideas of the squares between groups, ``sum_g N_gj (mean_gj - mean_j)^2``, which for two
    groups is ``n1 n2 / (n1 + n2) (difference of means)^2``. Null: labels dealt anew [1]_; for two groups all
    ``C(n, n1)`` ways where these are at most 5,000.

    References
    ----------
    .. [1] Fisher, R. A. (1935), The Design of Experiments, section 21.

    Examples
    --------
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> votes = vote_matrix(range(8), [0] * 8, [1] * 4 + [-1] * 4, n_people=8, n_ideas=1)
    >>> compare_known_groups(votes, np.array([0] * 4 + [1] * 4), np.random.default_rng(1)).p_value == 2 / 70
    True
    """
    people = np.flatnonzero((labels >= 0) & (matrix.answers_each > 0))
    _, group = np.unique(labels[people], return_inverse=True)
    sizes = np.bincount(group)
    if len(sizes) < 2:
        return KnownGroupTest(1.0, 1.0, is_exact=True)
    sparse = residuals(matrix, mean_answers(matrix))[people]
    answered = sparse.copy()
    answered.data = np.ones_like(answered.data)

    def statistic(belongs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of several labellings at once; ``belongs`` has shape (labellings, groups, people)."""
        flat = belongs.reshape(-1, len(people)).T
        sums, seen = sparse.T @ flat, answered.T @ flat
        squares = np.where(seen > 0, sums**2 / np.maximum(seen, 1), 0).sum(0)
        return np.asarray(squares.reshape(len(belongs), -1).sum(1))

    groups = np.arange(len(sizes))[:, None]
    real = statistic((group == groups)[None].astype(np.float64))[0] * (1 - 1e-9)
    ways = comb(len(people), int(sizes[0]))
    if len(sizes) == 2 and ways <= MOST_ENUMERATED:
        first = np.zeros((ways, len(people)))
        for row, members in enumerate(combinations(range(len(people)), int(sizes[0]))):
            first[row, list(members)] = 1
        at_least = int((statistic(np.stack([first, 1 - first], axis=1)) >= real).sum())
        least = (2 if sizes[0] == sizes[1] else 1) / ways
        return KnownGroupTest(at_least / ways, least, is_exact=True)
    reached = 0
    batch = max(1, 2_000_000 // (len(people) * len(sizes)))
    for begin in range(0, shuffles, batch):
        dealt = rng.permuted(np.tile(group, (min(batch, shuffles - begin), 1)), axis=1)
        reached += int((statistic((dealt[:, None, :] == groups).astype(np.float64)) >= real).sum())
    return KnownGroupTest((1 + reached) / (1 + shuffles), 1 / (1 + shuffles), is_exact=False)
