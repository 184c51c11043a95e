"""Which idea to show next, and to whom."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.opinions.counts import Counts

UNHEARD_BOOST = 8.0
HALF_HEARD = 5.0


def next_idea_priorities(counts: Counts) -> NDArray[np.float64]:
    """How much one more answer would tell, by idea and group of the person who answers.

    Parameters
    ----------
    counts : Counts
        Answers by idea and group.

    Returns
    -------
    ndarray of float64, shape (n_ideas, n_groups)
        Positive; shown with a chance proportional to it among the ideas that the person has not seen.

    Notes
    -----
    The expected fall of the variance of the group's share through one more answer, ``Var / (a + b + 1)`` for
    ``Beta(a, b)`` with ``a = A + 1, b = N - A + 1``, times the chance (normal approximation) that this
    group is the one that agrees least, times ``1 + 8 * 2^(-N / 5)`` for a group that is little heard. The last
    factor is Polis' for a new idea [1]_, here for each group. Polis' priorities were all equal for 16 months
    because of a mistake; a test holds that these differ.

    References
    ----------
    .. [1] Small et al. (2021), RECERCA 26(2), doi:10.6035/recerca.5516.

    Examples
    --------
    >>> two = Counts(np.array([[9, 0]]), np.array([[0, 0]]), np.array([[0, 0]]))
    >>> row = next_idea_priorities(two)[0]
    >>> bool(row[1] > row[0])
    True
    """
    seen = counts.seen
    a, b = counts.agree + 1.0, seen - counts.agree + 1.0
    whole = a + b
    share, variance = a / whole, a * b / (whole**2 * (whole + 1))
    # A soft choice of the least: how far each group lies below the others, in units of what is not known.
    spread = np.sqrt(variance.sum(1, keepdims=True))
    closeness = np.exp(-np.clip((share - share.min(1, keepdims=True)) / spread, 0, 30))
    responsible = closeness / closeness.sum(1, keepdims=True)
    boost = 1 + UNHEARD_BOOST * 2.0 ** (-seen / HALF_HEARD)
    return np.asarray(variance / (whole + 1) * responsible * boost)
