"""What is typical of each group, with false discoveries held down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.opinions.bridging import normal_chance
from brobygget.engine.opinions.counts import Counts

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Representative:
    """How far each idea sets each group apart.

    Attributes
    ----------
    agreeing, disagreeing : ndarray of float64, shape (n_ideas, n_groups)
        How much likelier the group is to give this answer than the others together; positive, 1 is no difference.
    agree_z, disagree_z : ndarray of float64, shape (n_ideas, n_groups)
        Two-proportion standard scores.
    is_typical : ndarray of int8, shape (n_ideas, n_groups)
        1 where agreement is typical of the group, -1 where disagreement is, 0 otherwise.

    Examples
    --------
    >>> from brobygget.engine.opinions.counts import Counts
    >>> camps = Counts(np.array([[30, 0]]), np.array([[0, 0]]), np.array([[0, 30]]))
    >>> representative_ideas(camps).agreeing.round().tolist()
    [[31.0, 0.0]]
    """

    agreeing: Floats
    disagreeing: Floats
    agree_z: Floats
    disagree_z: Floats
    is_typical: NDArray[np.int8]


def representative_ideas(counts: Counts, false_share: float = 0.1) -> Representative:
    """Find the ideas that are typical of each group.

    Parameters
    ----------
    counts : Counts
        Answers by idea and group.
    false_share : float
        Largest expected share of wrong finds among all finds, 0 to 1.

    Returns
    -------
    Representative
        Nothing is typical when there is one group only.

    Notes
    -----
    Shares, ratios and scores are those of Polis [1]_: ``p = (A + 1) / (N + 2)``, the ratio to the rest, and
    a two-proportion score with 1 added to every count. Polis calls an idea representative when that and a one-proportion score
    pass 1.28, for hundreds of ideas at once; here the more doubtful of the two p-values is held to
    Benjamini and Hochberg's bound [2]_ over all ideas, groups and both answers.

    References
    ----------
    .. [1] Small et al. (2021), RECERCA 26(2), doi:10.6035/recerca.5516.
    .. [2] Benjamini, Y. & Hochberg, Y. (1995), JRSS B 57(1).

    Examples
    --------
    >>> camps = Counts(np.array([[30, 0]]), np.array([[0, 0]]), np.array([[0, 30]]))
    >>> representative_ideas(camps).is_typical.tolist()
    [[1, -1]]
    """
    seen, everyone = counts.seen, counts.everybody
    others = everyone.seen - seen
    ratios, scores, doubts = [], [], []
    for own, all_own in ((counts.agree, everyone.agree), (counts.disagree, everyone.disagree)):
        rest = all_own - own
        ratios.append((own + 1) / (seen + 2) / ((rest + 1) / (others + 2)))
        against_half = one_proportion_score(own, seen)
        between = two_proportion_score(own, seen, rest, others)
        scores.append(between)
        doubts.append(normal_chance(np.minimum(against_half, between)))
    if seen.shape[1] < 2:
        nothing = np.zeros(seen.shape, np.int8)
        return Representative(np.ones(seen.shape), np.ones(seen.shape), nothing * 0.0, nothing * 0.0, nothing)  # type: ignore[arg-type]  # NumPy's types are wider
    found = discoveries(np.stack(doubts), false_share)
    typical = found[0].astype(np.int8) - found[1].astype(np.int8)
    return Representative(ratios[0], ratios[1], scores[0], scores[1], typical)


def one_proportion_score(successes: NDArray[np.int64], n: NDArray[np.int64]) -> Floats:
    """Standard score of a share against one half, with one success added.

    Parameters
    ----------
    successes, n : ndarray of int64
        Counts of one shape.

    Returns
    -------
    ndarray of float64
        ``2 sqrt(n + 1) ((s + 1) / (n + 1) - 1/2)``.

    Examples
    --------
    >>> one_proportion_score(np.array([3]), np.array([3])).tolist()
    [2.0]
    """
    return np.asarray(2 * np.sqrt(n + 1) * ((successes + 1) / (n + 1) - 0.5))


def two_proportion_score(
    successes: NDArray[np.int64], n: NDArray[np.int64], other: NDArray[np.int64], m: NDArray[np.int64]
) -> Floats:
    """Standard score of the difference between two shares, 1 added to every count.

    Parameters
    ----------
    successes, n, other, m : ndarray of int64
        Successes and answers here, successes and answers elsewhere.

    Returns
    -------
    ndarray of float64
        0 where everybody succeeds.

    Examples
    --------
    >>> two_proportion_score(*(np.array([x]) for x in (9, 9, 9, 9))).tolist()
    [0.0]
    """
    s, t, a, b = successes + 1, other + 1, n + 1, m + 1
    pooled = (s + t) / (a + b)
    spread = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / a + 1 / b))
    return np.divide(s / a - t / b, spread, out=np.zeros(np.shape(spread)), where=spread > 0)  # type: ignore[no-any-return]  # NumPy's types are wider


def discoveries(p_values: Floats, false_share: float) -> NDArray[np.bool_]:
    """Which p-values hold when at most a share of all finds may be false.

    Parameters
    ----------
    p_values : ndarray of float64
        0 to 1, any shape.
    false_share : float
        0 to 1.

    Returns
    -------
    ndarray of bool
        The same shape.

    References
    ----------
    .. [1] Benjamini, Y. & Hochberg, Y. (1995), JRSS B 57(1).

    Examples
    --------
    >>> discoveries(np.array([0.01, 0.04, 0.5]), 0.1).tolist()
    [True, True, False]
    """
    flat = np.sort(p_values, axis=None)
    below = np.flatnonzero(flat <= false_share * np.arange(1, flat.size + 1) / max(flat.size, 1))
    return p_values <= (flat[below[-1]] if len(below) else -1.0)
