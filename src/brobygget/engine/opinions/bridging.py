"""Which ideas carry across groups: how much the least agreeing group agrees, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincc, betaln, log_ndtr, ndtr

from brobygget.engine.opinions.counts import Counts

Floats = NDArray[np.float64]
PASS_FOR_RANKING = 0.25


@dataclass(frozen=True, slots=True)
class LeastAgreement:
    """The agreeing share in the group that agrees least, as far as the answers tell.

    Attributes
    ----------
    q10, q50, q90 : ndarray of float64, shape (n_ideas,)
        Quantiles, 0 to 1: with chance 0.9, 0.5, 0.1 the least agreeing group agrees at least so much. A pass is
        seen and not agreed.
    ranking : ndarray of float64, shape (n_ideas,)
        The median with a quarter of each pass taken as agreement, for ordering ideas.
    """

    q10: Floats
    q50: Floats
    q90: Floats
    ranking: Floats


def least_agreement(counts: Counts) -> LeastAgreement:
    """Estimate for each idea the agreement of the group that agrees least.

    Parameters
    ----------
    counts : Counts
        Answers by idea and group, one group at least.

    Returns
    -------
    LeastAgreement
        Where nobody in a group has answered, q10 is about 0.1: not heard yet, never a bridge.

    Notes
    -----
    Each group's share has the posterior ``Beta(A + 1, N - A + 1)``, independently: nothing is borrowed from other
    groups, because that would lend the majority's view to the minority. ``P(min > t)`` is the product of the groups'
    survival functions; its quantiles are found by Newton's rule on the log-odds of t. No sampling. The continuous
    relative is the Gaussian model of Community Notes (2025). One more agreement in any group never lowers a quantile.

    References
    ----------
    .. [1] Gelman et al. (2013), Bayesian Data Analysis, section 2.4.

    Examples
    --------
    >>> two = Counts(np.array([[4, 4]]), np.array([[0, 0]]), np.array([[0, 0]]))
    >>> found = least_agreement(two)
    >>> found.q10.round(2).tolist(), found.q50.round(2).tolist()
    ([0.55], [0.78])
    """
    agree, seen = counts.agree.astype(np.float64), counts.seen.astype(np.float64)
    part = PASS_FOR_RANKING * counts.passed
    four = quantile_of_least(
        np.concatenate([agree, agree, agree, agree + part]) + 1,
        np.concatenate([seen - agree, seen - agree, seen - agree, seen - agree - part]) + 1,
        np.repeat([0.1, 0.5, 0.9, 0.5], len(agree)),
    ).reshape(4, -1)
    return LeastAgreement(four[0], four[1], four[2], four[3])


def quantile_of_least(a: Floats, b: Floats, chance: Floats | float) -> Floats:
    """Quantile of the smallest of several independent Beta variables.

    Parameters
    ----------
    a, b : ndarray of float64, shape (n, g)
        Parameters, positive.
    chance : float or ndarray of float64, shape (n,)
        0 to 1, exclusive: the chance to lie below.

    Returns
    -------
    ndarray of float64, shape (n,)
        0 to 1, to about 1e-9.

    Examples
    --------
    >>> quantile_of_least(np.array([[1.0, 1.0]]), np.array([[1.0, 1.0]]), 0.75).tolist()
    [0.5]
    """
    n = len(a)
    if n == 0:
        return np.zeros(0)
    target = np.log1p(-np.broadcast_to(np.asarray(chance, np.float64), (n,)))
    # Many ideas have the same counts while a conversation is young: each case is solved once.
    case, back = _cases(a, b, target)
    a, b, target = a[case], b[case], target[case]
    place = _first_guess(a, b, target)
    beta = betaln(a, b)
    low, high = np.full(len(a), -40.0), np.full(len(a), 40.0)
    active = np.arange(len(a))
    for _ in range(60):
        y = place[active]
        value, slope = _log_survival(a[active], b[active], beta[active], y)
        excess = value - target[active]
        low[active] = np.where(excess > 0, y, low[active])
        high[active] = np.where(excess > 0, high[active], y)
        step = excess / np.where(slope > 0, slope, np.inf)
        new = y + step
        outside = ~np.isfinite(new) | (new <= low[active]) | (new >= high[active]) | (slope <= 0)
        new = np.where(
            outside & (np.abs(excess) > 1e-12), (low[active] + high[active]) / 2, np.where(outside, y, new)
        )
        place[active] = new
        active = active[np.abs(new - y) > 1e-5]
        if len(active) == 0:
            break
    # The last step, below 1e-5, squares to an error below 1e-9.
    return np.asarray((1 / (1 + np.exp(-place)))[back])


@dataclass(frozen=True, slots=True)
class _Guess:
    middle: Floats
    spread: Floats


def _cases(a: Floats, b: Floats, target: Floats) -> Sequence[NDArray[np.int64]]:
    key = np.zeros(len(a), np.uint64)
    for column in (*a.T, *b.T, target):
        key = (key ^ np.ascontiguousarray(column).view(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    _, case, back = np.unique(key, return_index=True, return_inverse=True)
    return case, back


def _log_survival(a: Floats, b: Floats, beta: Floats, y: Floats) -> Sequence[Floats]:
    """``log P(min > t)`` at the log-odds y of t, and minus its slope in y."""
    y = y[:, None]
    rest = np.logaddexp(0, y)
    log_t, log_rest = y - rest, -rest
    survival = np.maximum(betaincc(a, b, np.exp(log_t)), 1e-300)
    density = np.exp(a * log_t + b * log_rest - beta)
    return np.log(survival).sum(1), (density / survival).sum(1)


def _first_guess(a: Floats, b: Floats, target: Floats) -> Floats:
    """The quantile if the log-odds were normal: right to a few hundredths where there are some answers."""
    middle = np.log(a / b) + 0.5 / b - 0.5 / a
    spread = np.sqrt(1 / a + 1 / b)
    y = (middle - 0.5 * spread).min(1)
    for _ in range(6):
        z = (middle - y[:, None]) / spread
        log_chance = log_ndtr(z)
        slope = (np.exp(-0.5 * z * z - log_chance) / (2.5066282746310002 * spread)).sum(1)
        y = y + np.clip((log_chance.sum(1) - target) / np.maximum(slope, 1e-9), -2, 2)
    return np.asarray(y)


def chance_all_above(counts: Counts, share: float, more: NDArray[Any] | float = 0.0) -> Floats:
    """Chance that in every group more than a certain share agrees.

    Parameters
    ----------
    counts : Counts
        Answers by idea and group.
    share : float
        0 to 1.
    more : float or ndarray, shape (n_ideas, 1)
        As if each group had given so many more answers, split as its answers so far (or, where it has given none,
        as those of the others; where nobody has, all agreeing).

    Returns
    -------
    ndarray of float64, shape (n_ideas,)
        0 to 1.

    Examples
    --------
    >>> chance_all_above(Counts(*np.zeros((3, 1, 2), int)), 0.5).tolist()
    [0.25]
    """
    agree, seen = counts.agree, counts.seen
    all_agree, all_seen = agree.sum(1, keepdims=True), seen.sum(1, keepdims=True)
    elsewhere = np.where(all_seen > 0, (all_agree + 1) / (all_seen + 2), 1.0)
    likely = np.where(seen > 0, (agree + 1) / (seen + 2), elsewhere)
    return np.asarray(
        np.prod(betaincc(agree + 1 + more * likely, seen - agree + 1 + more * (1 - likely), share), 1)
    )


def largest_opposition(counts: Counts) -> Floats:
    """The share opposed in the group that opposes most, median of its posterior.

    Parameters
    ----------
    counts : Counts
        Answers by idea and group.

    Returns
    -------
    ndarray of float64, shape (n_ideas,)
        0 to 1. A group that has not answered is left out; 0 where nobody has.

    Notes
    -----
    The median of ``Beta(a, b)`` is ``(a - 1/3) / (a + b - 2/3)`` to within 0.02, and better from two answers on [1]_.

    References
    ----------
    .. [1] Kerman, J. (2011), A closed-form approximation for the median of the beta distribution, arXiv:1111.0433.

    Examples
    --------
    >>> largest_opposition(Counts(np.array([[3, 0]]), np.array([[0, 0]]), np.array([[0, 3]]))).round(2).tolist()
    [0.85]
    """
    median = (counts.disagree + 2 / 3) / (counts.seen + 4 / 3)
    return np.asarray(np.where(counts.seen > 0, median, 0.0).max(1, initial=0.0))


def normal_chance(z: Floats) -> Floats:
    """Chance of a standard normal variable above z.

    Parameters
    ----------
    z : ndarray of float64
        Standard scores.

    Returns
    -------
    ndarray of float64
        0 to 1.

    Examples
    --------
    >>> normal_chance(np.array([0.0])).tolist()
    [0.5]
    """
    return np.asarray(ndtr(-z))
