"""What is fairer: the order of goals, as a list to compare and as weights for a solver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brobygget.engine.matching.wishes import Integers, VisitWishes


@dataclass(frozen=True, order=True)
class Fairness:
    """How good a timetable is; the greater the better, first field first.

    Parameters
    ----------
    served : int
        Visitors with at least one meeting.
    visited : int
        Associations with at least one visitor.
    with_more : tuple of int
        Visitors with at least two meetings, at least three, and so on.
    total : int
        Usefulness summed over the meetings.

    Notes
    -----
    Comparing ``served`` and then ``with_more`` is leximin on the number of meetings: whoever has least
    counts first.

    Examples
    --------
    >>> Fairness(2, 1, (0,), 10) > Fairness(1, 1, (1,), 99)
    True
    """

    served: int
    visited: int
    with_more: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class Bonuses:
    """Weights under which the best sum is the fairest flow.

    Parameters
    ----------
    meeting : Integers
        Bonus of a visitor's first, second, ... meeting, shape (most wanted,), falling.
    first_visitor : int
        Bonus of an association's first visitor.

    Examples
    --------
    >>> import numpy as np
    >>> Bonuses(np.array([200, 100]), 50).first_visitor
    50
    """

    meeting: Integers
    first_visitor: int


def fairness_of(wishes: VisitWishes, chosen: Integers) -> Fairness:
    """Judge a set of meetings.

    Parameters
    ----------
    wishes : VisitWishes
        Wishes and capacities.
    chosen : Integers
        Indices of the pairs that meet, shape (n_meetings,), each once.

    Returns
    -------
    Fairness
        Served, visited, with more, total.

    Examples
    --------
    >>> import numpy as np
    >>> wishes = VisitWishes(
    ...     np.array([2]), np.array([0]), np.array([1]), np.array([[1, 1], [1, 1]]),
    ...     np.array([0, 0]), np.array([0, 1]), np.array([90, 10]),
    ... )
    >>> fairness_of(wishes, np.array([0, 1]))
    Fairness(served=1, visited=2, with_more=(1,), total=100)
    """
    met = np.bincount(wishes.visitor[chosen], minlength=wishes.visitors)
    came = np.bincount(wishes.association[chosen], minlength=wishes.associations)
    most = min(int(wishes.wanted.max(initial=0)), wishes.slots)
    return Fairness(
        served=int((met > 0).sum()),
        visited=int((came > 0).sum()),
        with_more=tuple(int((met >= k).sum()) for k in range(2, most + 1)),
        total=int(wishes.usefulness[chosen].sum()),
    )


def bonuses_for(wishes: VisitWishes, most: int) -> Bonuses:
    """Weigh the goals so that one sum orders flows as `Fairness` does.

    Parameters
    ----------
    wishes : VisitWishes
        Wishes and capacities.
    most : int
        The most meetings that any visitor may have, 0 or more.

    Returns
    -------
    Bonuses
        With K = `most` and one unit M = (greatest usefulness) * (associations) + 1: 2KM for a first
        meeting, (K-k+1)M for the k-th, KM for an association's first visitor.

    Notes
    -----
    Two flows differ by simple cycles. A cycle passes the source once and the sink once, so it changes at
    most one visitor's meetings by +1 and one by -1, and the same for associations, and it passes each
    association once, so usefulness changes by less than M. Gaps of M between neighbouring goals (and KM + KM
    for the first, which may cost a second meeting and an association) are therefore enough: no powers
    of M, and numbers that floating point holds exactly.

    References
    ----------
    .. [1] Ahuja, Magnanti & Orlin (1993), *Network Flows*, theorem 3.7 (augmenting cycles).

    Examples
    --------
    >>> import numpy as np
    >>> wishes = VisitWishes(
    ...     np.array([2]), np.array([0]), np.array([1]), np.array([[1, 1], [1, 1]]),
    ...     np.array([0, 0]), np.array([0, 1]), np.array([90, 10]),
    ... )
    >>> bonuses_for(wishes, 2)
    Bonuses(meeting=array([724, 181]), first_visitor=362)
    """
    unit = int(wishes.usefulness.max(initial=0)) * wishes.associations + 1
    meeting = unit * np.arange(most, 0, -1, dtype=np.int64)
    meeting[:1] = 2 * most * unit
    return Bonuses(meeting=meeting, first_visitor=most * unit)
