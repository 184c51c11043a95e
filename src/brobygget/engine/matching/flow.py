"""The fairest meetings when slots are left out: an exact minimum-cost flow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.matching.fairness import Fairness, bonuses_for, fairness_of
from brobygget.engine.matching.wishes import (
    Booleans,
    VisitWishes,
    possible_meetings,
    reachable_pairs,
)


@dataclass(frozen=True)
class FairFlow:
    """Who would meet whom if an association's places could be used at any time.

    Parameters
    ----------
    chosen : Booleans
        True for pairs that meet, shape (n_pairs,).
    fairness : Fairness
        How good that is: no timetable is better.
    regret : NDArray[np.float64]
        What taking a pair would cost the whole, given the prices of the crowded associations, shape
        (n_pairs,), in units of usefulness; 0 or less for pairs that meet, NaN for pairs that never can.

    Examples
    --------
    >>> import numpy as np
    >>> from brobygget.engine.matching import VisitWishes, arrange_meetings
    >>> one, none = np.array([1]), np.array([0])
    >>> wishes = VisitWishes(one, none, none, np.array([[1]]), none, none, one * 80)
    >>> fair_flow(wishes).fairness.served
    1
    """

    chosen: Booleans
    fairness: Fairness
    regret: NDArray[np.float64]


def fair_flow(wishes: VisitWishes) -> FairFlow:
    """Choose meetings: serve everybody who can be, leave no stand empty, be fair, then be useful.

    Parameters
    ----------
    wishes : VisitWishes
        Wishes and capacities; nobody and no pairs are legal.

    Returns
    -------
    FairFlow
        An exact optimum of `Fairness` with slots relaxed: an association's places are added up over the
        slots. It bounds every timetable from above.

    Raises
    ------
    RuntimeError
        When the solver fails (not seen; the flow of nobody meeting anybody is always legal).

    Notes
    -----
    The network: source - visitor (an arc per meeting, with falling bonus) - association - sink (an arc
    with the bonus of the first visitor, and one for the rest). Its matrix is totally unimodular, so the
    dual simplex method ends in whole numbers [1]_. Pairs without a common open slot are left out beforehand.

    References
    ----------
    .. [1] Ahuja, Magnanti & Orlin (1993), *Network Flows*, chapter 11.
    .. [2] Huangfu & Hall (2018), Parallelizing the dual revised simplex method, *Math. Prog. Comp.* 10 (HiGHS).

    Examples
    --------
    >>> import numpy as np
    >>> wishes = VisitWishes(
    ...     np.array([1, 1]), np.array([0, 0]), np.array([0, 0]), np.array([[1], [1]]),
    ...     np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([90, 10, 50]),
    ... )
    >>> fair_flow(wishes).chosen.tolist()
    [False, True, True]
    """
    from scipy import sparse
    from scipy.optimize import linprog

    pairs = np.flatnonzero(reachable_pairs(wishes))
    if not len(pairs):
        nobody = np.zeros(wishes.pairs, dtype=np.bool_)
        return FairFlow(nobody, fairness_of(wishes, pairs), np.full(wishes.pairs, np.nan))
    visitor, association = wishes.visitor[pairs], wishes.association[pairs]
    limit = possible_meetings(wishes)
    places = wishes.capacity.sum(axis=1)
    bonuses = bonuses_for(wishes, int(limit.max()))
    owner = np.repeat(np.arange(wishes.visitors), limit)
    nth = np.arange(len(owner)) - np.repeat(np.cumsum(limit) - limit, limit)
    stands = np.arange(wishes.associations)
    # Columns: pairs, nth meetings of visitors, first visitors and further visitors of associations.
    width = len(pairs) + len(owner) + 2 * len(stands)
    rows = np.concatenate(
        [visitor, owner, wishes.visitors + association, wishes.visitors + stands, wishes.visitors + stands]
    )
    columns = np.concatenate(
        [np.arange(len(pairs) + len(owner)), np.arange(len(pairs)), np.arange(width - 2 * len(stands), width)]
    )
    signs = np.concatenate(
        [np.ones(len(pairs)), -np.ones(len(owner)), np.ones(len(pairs)), -np.ones(2 * len(stands))]
    )
    balance = sparse.csr_matrix((signs, (rows, columns)), shape=(wishes.visitors + len(stands), width))
    gain = np.concatenate(
        [
            wishes.usefulness[pairs],
            bonuses.meeting[nth],
            np.full(len(stands), bonuses.first_visitor),
            np.zeros(len(stands)),
        ]
    )
    upper = np.concatenate(
        [np.ones(len(pairs) + len(owner)), np.minimum(places, 1), np.maximum(places - 1, 0)]
    )
    # Presolve finds nothing in a pure network and takes a quarter of the time.
    answer = linprog(  # type: ignore[call-overload]  # the stubs do not know sparse matrices
        -gain,
        A_eq=balance,
        b_eq=np.zeros(balance.shape[0]),
        bounds=np.column_stack([np.zeros(width), upper]),
        method="highs-ds",
        options={"presolve": False},
    )
    if answer.x is None:
        raise RuntimeError(f"the flow was not solved: {answer.message}")
    chosen = np.zeros(wishes.pairs, dtype=np.bool_)
    chosen[pairs] = answer.x[: len(pairs)] > 0.5
    regret = np.full(wishes.pairs, np.nan)
    regret[pairs] = -(
        gain[: len(pairs)]
        + answer.eqlin.marginals[visitor]
        + answer.eqlin.marginals[wishes.visitors + association]
    )
    return FairFlow(chosen, fairness_of(wishes, np.flatnonzero(chosen)), regret)
