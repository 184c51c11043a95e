"""Which ideas carry across groups: how much the least agreeing group agrees, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, fdtrc, log_ndtr, ndtr

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

    Examples
    --------
    >>> from brobygget.engine.opinions.counts import Counts
    >>> two = Counts(np.array([[4, 4]]), np.array([[0, 0]]), np.array([[0, 0]]))
    >>> least_agreement(two).q90.round(2).tolist()
    [0.93]
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
    survival functions; its quantiles are found by Halley's rule on the log-odds of t. No sampling. The continuous
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
        0 to 1, to about 1e-7.

    Examples
    --------
    >>> quantile_of_least(np.array([[1.0, 1.0]]), np.array([[1.0, 1.0]]), 0.75).round(6).tolist()
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
    near = 0.02 * np.sqrt((1 / a + 1 / b).min(1))
    active = np.arange(len(a))
    for _ in range(60):
        y = place[active]
        at = _log_survival(a[active], b[active], beta[active], y)
        excess = at.value - target[active]
        low[active] = np.where(excess > 0, y, low[active])
        high[active] = np.where(excess > 0, high[active], y)
        # Halley's rule: the second derivative comes for nothing, and two rounds are enough as a rule.
        bend = 2 * at.slope**2 - excess * at.bend
        step = 2 * excess * at.slope / np.where(bend > 0, bend, np.inf)
        new = y + step
        outside = (new <= low[active]) | (new >= high[active]) | (bend <= 0)
        new = np.where(
            outside & (np.abs(excess) > 1e-12), (low[active] + high[active]) / 2, np.where(outside, y, new)
        )
        place[active] = new
        active = active[np.abs(new - y) > near[active]]
        if len(active) == 0:
            break
    # The error is about the cube of the last step, in units of the spread: below 1e-6.
    return np.asarray((1 / (1 + np.exp(-place)))[back])


@dataclass(frozen=True, slots=True)
class _LogSurvival:
    """``log P(min > t)`` at the log-odds y of t, minus its slope in y, and its second derivative."""

    value: Floats
    slope: Floats
    bend: Floats


def _cases(a: Floats, b: Floats, target: Floats) -> list[NDArray[np.int64]]:
    key = np.zeros(len(a), np.uint64)
    for column in (*a.T, *b.T, target):
        key = (key ^ np.ascontiguousarray(column).view(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    _, case, back = np.unique(key, return_index=True, return_inverse=True)
    return [case, back]


def _log_survival(a: Floats, b: Floats, beta: Floats, y: Floats) -> _LogSurvival:
    y = y[:, None]
    rest = np.logaddexp(0, y)
    t = np.exp(y - rest)
    # The upper tail of the Beta distribution by way of that of F: to the last digits the same as `betaincc`, and
    # five to ten times faster in SciPy.
    survival = np.maximum(fdtrc(2 * a, 2 * b, np.exp(y) * b / a), 1e-300)
    hazard = np.exp(a * (y - rest) - b * rest - beta) / survival
    bend = -hazard * (a - (a + b) * t + hazard)
    return _LogSurvival(np.log(survival).sum(1), hazard.sum(1), bend.sum(1))


def _first_guess(a: Floats, b: Floats, target: Floats) -> Floats:
    """The quantile as if the log-odds were normal: right to about a fifth of their spread, enough to start from."""
    spread = np.sqrt(1 / a + 1 / b)
    middle = np.log(a / b) + 0.5 / b - 0.5 / a
    y = (middle - 0.5 * spread).min(1)
    for _ in range(2):
        z = (y[:, None] - middle) / spread
        y = y + _approach(z, 1 / spread, target)
    return np.asarray(y)


def _approach(z: Floats, rise: Floats, target: Floats) -> Floats:
    """Newton's step towards the target for a product of normal survival functions."""
    log_chance = log_ndtr(-z)
    slope = (np.exp(-0.5 * z * z - log_chance) / 2.5066282746310002 * rise).sum(1)
    return np.asarray(np.clip((log_chance.sum(1) - target) / np.maximum(slope, 1e-9), -2, 2))


def chance_all_above_half(counts: Counts, more: NDArray[np.int64]) -> Floats:
    """Chance that in every group more than half agrees, once each has given so many more answers.

    Parameters
    ----------
    counts : Counts
        Answers by idea and group.
    more : ndarray of int64, shape (n,) or (n, n_groups)
        Further answers, from every group as many or from each so many, split as the group's answers so far (or,
        where it has given none, as those of the others; where nobody has, all agreeing).

    Returns
    -------
    ndarray of float64, shape (n, n_ideas)
        0 to 1.

    Notes
    -----
    The cube-root approximation of the Beta distribution (Abramowitz & Stegun 26.5.22 [1]_), right to 0.005.

    References
    ----------
    .. [1] Abramowitz, M. & Stegun, I. A. (1964), Handbook of Mathematical Functions.

    Examples
    --------
    >>> chance_all_above_half(Counts(*np.zeros((3, 1, 2), int)), np.array([0])).round(2).tolist()
    [[0.25]]
    """
    agree, seen = counts.agree, counts.seen
    all_agree, all_seen = agree.sum(1, keepdims=True), seen.sum(1, keepdims=True)
    elsewhere = np.where(all_seen > 0, (all_agree + 1) / (all_seen + 2), 1.0)
    likely = np.where(seen > 0, (agree + 1) / (seen + 2), elsewhere)
    more = more[:, None, :] if more.ndim == 2 else more[:, None, None]
    a = agree + 1 + more * likely
    b = seen - agree + 1 + more * (1 - likely)
    root_b, root_a = np.cbrt(b / 2), np.cbrt(a / 2)
    z = 3 * (root_b * (1 - 1 / (9 * b)) - root_a * (1 - 1 / (9 * a))) / np.sqrt(root_b**2 / b + root_a**2 / a)
    return np.asarray(np.prod(ndtr(-z), axis=2))


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
