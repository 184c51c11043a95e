"""Whether a timetable keeps the rules, and what each visitor gets of an ideal day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.matching.wishes import Integers, VisitWishes


def broken_rules(
    wishes: VisitWishes, visitor: Integers, association: Integers, slot: Integers
) -> tuple[str, ...]:
    """Name the rules that a timetable breaks; also for one that was changed by hand.

    Parameters
    ----------
    wishes : VisitWishes
        Wishes and capacities.
    visitor, association, slot : Integers
        The meetings, each of shape (n_meetings,), within range.

    Returns
    -------
    tuple of str
        Codes among ``not_eligible``, ``met_twice``, ``two_at_once``, ``absent``, ``too_many`` (more than
        wanted) and ``over_capacity``, in this order; empty when all is well.

    Examples
    --------
    >>> import numpy as np
    >>> wishes = VisitWishes(
    ...     np.array([1]), np.array([0]), np.array([0]), np.array([[1, 1]]),
    ...     np.array([0]), np.array([0]), np.array([90]),
    ... )
    >>> broken_rules(wishes, np.array([0, 0]), np.array([0, 0]), np.array([0, 1]))
    ('met_twice', 'absent', 'too_many')
    """
    keys = visitor * max(wishes.associations, 1) + association
    eligible = wishes.visitor * max(wishes.associations, 1) + wishes.association
    moments = visitor * max(wishes.slots, 1) + slot
    load = np.zeros_like(wishes.capacity)
    np.add.at(load, (association, slot), 1)
    met = np.bincount(visitor, minlength=wishes.visitors)
    found = {
        "not_eligible": not np.isin(keys, eligible).all(),
        "met_twice": len(np.unique(keys)) < len(keys),
        "two_at_once": len(np.unique(moments)) < len(moments),
        "absent": bool(((slot < wishes.first_slot[visitor]) | (slot > wishes.last_slot[visitor])).any()),
        "too_many": bool((met > wishes.wanted).any()),
        "over_capacity": bool((load > wishes.capacity).any()),
    }
    return tuple(code for code, is_broken in found.items() if is_broken)


def shares_of_ideal(wishes: VisitWishes, visitor: Integers, association: Integers) -> NDArray[np.float64]:
    """Compare what visitors get with what each would get alone.

    Parameters
    ----------
    wishes : VisitWishes
        Wishes and capacities.
    visitor, association : Integers
        The meetings, each of shape (n_meetings,), all of eligible pairs.

    Returns
    -------
    NDArray[np.float64]
        Usefulness got over that of the best `wanted` pairs, from 0 to 1, shape (n_visitors,); NaN for
        visitors for whom nothing useful is eligible.

    Examples
    --------
    >>> import numpy as np
    >>> wishes = VisitWishes(
    ...     np.array([1, 1]), np.array([0, 0]), np.array([0, 0]), np.array([[1], [1]]),
    ...     np.array([0, 0]), np.array([0, 1]), np.array([80, 20]),
    ... )
    >>> shares_of_ideal(wishes, np.array([0]), np.array([1])).tolist()
    [0.25, nan]
    """
    order = np.lexsort((-wishes.usefulness, wishes.visitor))
    owner = wishes.visitor[order]
    rank = np.arange(len(order)) - np.searchsorted(owner, owner)
    best = order[rank < wishes.wanted[owner]]
    ideal = np.bincount(wishes.visitor[best], weights=wishes.usefulness[best], minlength=wishes.visitors)
    keys = wishes.visitor * max(wishes.associations, 1) + wishes.association
    by_key = np.argsort(keys)
    places = np.searchsorted(keys[by_key], visitor * max(wishes.associations, 1) + association)
    met = by_key[places]
    got = np.bincount(wishes.visitor[met], weights=wishes.usefulness[met], minlength=wishes.visitors)
    share = np.full(wishes.visitors, np.nan)
    np.divide(got, ideal, out=share, where=ideal > 0)
    return share
