"""How each group answered each idea."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.opinions.votes import VoteMatrix, whole_people

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers by idea and group.

    Attributes
    ----------
    agree, passed, disagree : ndarray of int64, shape (n_ideas, n_groups)
        How many of the group gave each answer.

    Examples
    --------
    >>> Counts(np.array([[3, 0]]), np.array([[1, 0]]), np.array([[0, 2]])).seen.tolist()
    [[4, 2]]
    """

    agree: Whole
    passed: Whole
    disagree: Whole

    @property
    def seen(self) -> Whole:
        """How many of the group answered, passes included, shape (n_ideas, n_groups)."""
        return self.agree + self.passed + self.disagree

    @property
    def everybody(self) -> Counts:
        """The same with all groups added together: one column."""
        return Counts(*(part.sum(1, keepdims=True) for part in (self.agree, self.passed, self.disagree)))


def count_by_group(matrix: VoteMatrix, labels: NDArray[Any], n_groups: int) -> Counts:
    """Count agreeing, passing and disagreeing answers of every group to every idea.

    Parameters
    ----------
    matrix : VoteMatrix
        The votes.
    labels : ndarray of int, shape (n_people,)
        Group of each person, 0 to ``n_groups - 1``; -1 for those in no group, who are not counted.
    n_groups : int
        Number of groups.

    Returns
    -------
    Counts
        Zeros for a group that nobody is in.

    Examples
    --------
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> votes = vote_matrix([0, 1, 2], [0, 0, 0], [1, -1, 1], n_people=3, n_ideas=1)
    >>> count_by_group(votes, np.array([0, 1, 1]), 2).agree.tolist()
    [[1, 1]]
    """
    n_ideas = matrix.n_ideas
    # Those in no group are counted in one more that is dropped.
    group = np.where(labels < 0, n_groups, labels).astype(np.int64)
    base = group * (3 * n_ideas)
    total = np.zeros((n_groups + 1) * 3 * n_ideas, np.int64)
    each = matrix.answers_each
    # By whole people, so that no list of the person of each vote is needed.
    for people in whole_people(matrix):
        part = slice(int(matrix.starts[people.start]), int(matrix.starts[people.stop]))
        key = np.repeat(base[people], each[people])
        key += (matrix.votes[part].astype(np.int64) + 1) * n_ideas
        key += matrix.ideas[part]
        found = np.bincount(key)
        total[: len(found)] += found
    table = total.reshape(n_groups + 1, 3, n_ideas)[:n_groups].transpose(1, 2, 0)
    return Counts(agree=table[2].copy(), passed=table[1].copy(), disagree=table[0].copy())


def group_aware_consensus(counts: Counts) -> NDArray[np.float64]:
    """Polis' consensus across groups: the product of the groups' agreeing shares.

    Parameters
    ----------
    counts : Counts
        Answers by idea and group.

    Returns
    -------
    ndarray of float64, shape (n_ideas,)
        0 to 1, exclusive. Falls with the number of groups, so it is not comparable across conversations.
        1 where there are no groups.

    Notes
    -----
    ``prod_g (A_g + 1) / (N_g + 2)`` [1]_: passes count as seen, a group that has not answered contributes 1/2.

    References
    ----------
    .. [1] Small et al. (2021), RECERCA 26(2), doi:10.6035/recerca.5516.

    Examples
    --------
    >>> two = Counts(np.array([[2, 0]]), np.array([[0, 0]]), np.array([[0, 0]]))
    >>> group_aware_consensus(two).tolist()
    [0.375]
    """
    return np.asarray(np.prod((counts.agree + 1) / (counts.seen + 2), axis=1))
