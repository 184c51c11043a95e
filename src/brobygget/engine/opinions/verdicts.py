"""What to say of each idea: it carries, is promising, cannot be told yet, or divides."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.opinions.bridging import LeastAgreement, chance_all_above_half, quantile_of_least
from brobygget.engine.opinions.counts import Counts

Floats = NDArray[np.float64]
HALF = 0.5
SELECTED_FLAT = 0.07
SELECTED_LEARNT = 0.10
SHOWN_AS_BEST = 5
# Numbers that people say, each at most a third above the one before.
STEPS = np.array(
    [
        *range(1, 11),
        12,
        15,
        20,
        25,
        30,
        40,
        50,
        60,
        80,
        100,
        125,
        150,
        200,
        250,
        300,
        400,
        500,
        750,
        1000,
        10000,
    ]
)


class Verdict(StrEnum):
    """What the answers so far allow us to say.

    Examples
    --------
    >>> Verdict.CARRIES.value
    'carries'
    """

    CARRIES = "carries"
    PROMISING = "promising"
    UNSURE = "unsure"
    DIVIDES = "divides"


VERDICTS = (Verdict.CARRIES, Verdict.PROMISING, Verdict.UNSURE, Verdict.DIVIDES)


def lower_bound_among_best(counts: Counts) -> Floats:
    """A lower bound for the least agreement that still holds for ideas picked because they look best.

    Parameters
    ----------
    counts : Counts
        Answers by idea and group.

    Returns
    -------
    ndarray of float64, shape (n_ideas,)
        0 to 1, never above q10. Equal to q10 where there are no more ideas than are shown as the best.

    Notes
    -----
    Whoever picks the five best of forty picks luck too. Two remedies, and the more careful wins:

    - the 7 % quantile under the flat prior in place of the 10 % one;
    - the 10 % quantile under a prior learnt, within each group by itself, from that group's answers to all ideas
      (beta-binomial by moments, [1]_): a Bayesian quantile needs no correction for selection when its prior
      describes the ideas one picks from [2]_. Nothing is borrowed between groups.

    References
    ----------
    .. [1] Kleinman, J. C. (1973), Proportions with extraneous variance, JASA 68(341).
    .. [2] Efron, B. (2011), Tweedie's formula and selection bias, JASA 106(496).

    Examples
    --------
    >>> one = Counts(np.array([[4, 4]]), np.array([[0, 0]]), np.array([[0, 0]]))
    >>> lower_bound_among_best(one).round(2).tolist()
    [0.55]
    """
    agree, seen = counts.agree.astype(np.float64), counts.seen.astype(np.float64)
    n = len(agree)
    if n <= SHOWN_AS_BEST:
        return quantile_of_least(agree + 1, seen - agree + 1, 0.1)
    total = np.maximum(seen.sum(0), 1e-12)
    mean = (agree.sum(0) + 1) / (seen.sum(0) + 2)
    spread = np.where(seen > 0, (agree - seen * mean) ** 2 / np.maximum(seen, 1), 0).sum(0) / (
        mean * (1 - mean)
    )
    heard = (seen > 0).sum(0)
    likeness = np.clip((spread - heard) / np.maximum(total - heard, 1e-12), 1 / 200, 1 / 2)
    strength = np.where(total > heard, 1 / likeness - 1, 2.0)
    prior_agree, prior_not = mean * strength, (1 - mean) * strength
    both = quantile_of_least(
        np.concatenate([agree + 1, agree + prior_agree]),
        np.concatenate([seen - agree + 1, seen - agree + prior_not]),
        np.repeat([SELECTED_FLAT, SELECTED_LEARNT], n),
    )
    return np.minimum(both[:n], both[n:])


def verdict_codes(least: LeastAgreement, lower: Floats, all_heard: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Say what the answers allow us to say.

    Parameters
    ----------
    least : LeastAgreement
        Quantiles of the least agreement.
    lower : ndarray of float64, shape (n_ideas,)
        From `lower_bound_among_best`.
    all_heard : ndarray of bool, shape (n_ideas,)
        Whether every group has answered; an idea that a group has not met is neither promising nor carries.

    Returns
    -------
    ndarray of int8, shape (n_ideas,)
        Places in `VERDICTS`: 0 carries (the bound is at least one half), 1 promising (the median is), 2 unsure,
        3 divides (not even q90 is).

    Examples
    --------
    >>> row = [np.array([x]) for x in (0.4, 0.6, 0.7, 0.6)]
    >>> [VERDICTS[c].value for c in verdict_codes(LeastAgreement(*row), row[0], row[0] > 0)]
    ['promising']
    """
    code = np.full(len(lower), 2, np.int8)
    code[least.q90 < HALF] = 3
    code[(least.q50 >= HALF) & all_heard] = 1
    code[(lower >= HALF) & all_heard] = 0
    return code


def votes_needed(counts: Counts, unsure: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many more votes each group should give before an unsure idea is settled.

    Parameters
    ----------
    counts : Counts
        Answers by idea and group.
    unsure : ndarray of bool, shape (n_ideas,)
        Which ideas to ask about.

    Returns
    -------
    ndarray of int64, shape (n_ideas,)
        Votes from each group, one of `STEPS`; 0 for the other ideas; the largest step where the groups stand so close to
        one half that more votes will hardly settle it.

    Notes
    -----
    If every group went on answering as it has (``(A + 1) / (N + 2)`` agree), the least step after which the chance
    that all groups agree by more than half is at least 0.9, or at most 0.1. A group that has not answered is
    taken to answer as the others do; where nobody has, everybody is taken to agree, which gives the fewest possible.

    Examples
    --------
    >>> votes_needed(Counts(np.array([[1, 0]]), np.array([[0, 0]]), np.array([[0, 1]])), np.array([True])).tolist()
    [10]
    """
    needed = np.zeros(len(unsure), np.int64)
    which = np.flatnonzero(unsure)
    if len(which) == 0:
        return needed
    few = Counts(counts.agree[which], counts.passed[which], counts.disagree[which])
    chance = chance_all_above_half(few, STEPS)
    is_settled = (chance >= 0.9) | (chance <= 0.1)
    needed[which] = np.where(is_settled.any(0), STEPS[is_settled.argmax(0)], STEPS[-1])
    return needed


def votes_needed_from(
    counts: Counts, unsure: NDArray[np.bool_], needed: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Whose votes would settle an unsure idea: those of one group, if that is enough, or of all.

    Parameters
    ----------
    counts : Counts
        Answers by idea and group.
    unsure : ndarray of bool, shape (n_ideas,)
        Which ideas to ask about.
    needed : ndarray of int64, shape (n_ideas,)
        From `votes_needed`.

    Returns
    -------
    ndarray of int64, shape (n_ideas, n_groups)
        Votes from each group; 0 for the other ideas. Where one group alone would settle the idea with no more votes in
        all than everybody together, only that group has a number: the one that needs fewest, of equals the
        one that has answered least.

    Notes
    -----
    The same prediction as in `votes_needed`, with further answers from one group at a time. As a rule it is the group
    that is little heard: "9 more votes from those who have lived here long".

    Examples
    --------
    >>> half_heard = Counts(np.array([[30, 2]]), np.array([[0, 0]]), np.array([[2, 0]]))
    >>> unsure = np.array([True])
    >>> votes_needed_from(half_heard, unsure, votes_needed(half_heard, unsure)).tolist()
    [[0, 2]]
    """
    n_groups = counts.agree.shape[1]
    whose = np.where(unsure[:, None], needed[:, None], 0) * np.ones(n_groups, np.int64)
    which = np.flatnonzero(unsure)
    if n_groups < 2 or len(which) == 0:
        return np.asarray(whose)
    few = Counts(counts.agree[which], counts.passed[which], counts.disagree[which])
    alone = np.full((len(which), n_groups), 2 * n_groups * STEPS[-1])
    for group in range(n_groups):
        more = np.zeros((len(STEPS), n_groups), np.int64)
        more[:, group] = STEPS
        chance = chance_all_above_half(few, more)
        is_settled = (chance >= 0.9) | (chance <= 0.1)
        settled = is_settled.any(0)
        alone[settled, group] = STEPS[is_settled.argmax(0)][settled]
    # Fewest votes first, then the group that has answered least.
    best = np.lexsort((few.seen, alone), axis=1)[:, 0]
    fewest = np.take_along_axis(alone, best[:, None], 1)[:, 0]
    enough = fewest <= n_groups * needed[which]
    whose[which[enough]] = 0
    whose[which[enough], best[enough]] = fewest[enough]
    return np.asarray(whose)
