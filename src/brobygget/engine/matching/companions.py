"""One companion each, or a few: pairs that fit best, and pairs that nobody would leave."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.matching.wishes import Integers

NOBODY = -1


@dataclass(frozen=True)
class Companions:
    """Who goes with whom.

    Parameters
    ----------
    of : Integers
        The companion of each person on the first side, shape (n_people,); -1 for nobody.

    Examples
    --------
    >>> import numpy as np
    >>> best_companions(np.array([[9.0, 8.0], [8.0, np.nan]])).of.tolist()
    [1, 0]
    """

    of: Integers


def best_companions(fit: NDArray[np.float64]) -> Companions:
    """Pair two sides one to one: as many pairs as possible, then the best sum.

    Parameters
    ----------
    fit : NDArray[np.float64]
        How well each person of the first side fits each of the second, shape (n_people, n_companions), any
        finite unit; NaN for pairs that must not be.

    Returns
    -------
    Companions
        Exact optimum; -1 where nobody is left or allowed.

    References
    ----------
    .. [1] Crouse (2016), On implementing 2D rectangular assignment algorithms, *IEEE Trans. AES* 52(4).

    Examples
    --------
    >>> import numpy as np
    >>> best_companions(np.array([[9.0, 8.0], [8.0, np.nan]])).of.tolist()
    [1, 0]
    """
    from scipy.optimize import linear_sum_assignment

    people, companions = fit.shape
    of = np.full(people, NOBODY, dtype=np.int64)
    allowed = ~np.isnan(fit)
    if not allowed.any():
        return Companions(of)
    low, high = float(fit[allowed].min()), float(fit[allowed].max())
    # One more pair outweighs any change of fit among the others.
    bonus = (high - low + 1.0) * (min(people, companions) + 1)
    row, column = linear_sum_assignment(
        np.where(allowed, np.nan_to_num(fit) - low + bonus, 0.0), maximize=True
    )
    kept = allowed[row, column]
    of[row[kept]] = column[kept]
    return Companions(of)


def stable_companions(
    wishes: tuple[Integers, ...], ranks: tuple[Integers, ...], places: Integers
) -> Companions:
    """Match people with hosts so that no two would rather have each other.

    Parameters
    ----------
    wishes : tuple of Integers
        For each person, the hosts wanted, best first, each of shape (n_wished,).
    ranks : tuple of Integers
        For each host, the people accepted, best first; who is not listed is not accepted.
    places : Integers
        How many people each host takes, shape (n_hosts,), 0 or more.

    Returns
    -------
    Companions
        The stable matching that is best for the people; -1 for nobody. Stable is not the same as everybody
        served: a pair that both want is never refused for the sake of a third.

    Notes
    -----
    Deferred acceptance, without recursion. One-sided wishes count as not accepted.

    References
    ----------
    .. [1] Gale & Shapley (1962), College admissions and the stability of marriage, *Amer. Math. Monthly* 69.

    Examples
    --------
    >>> import numpy as np
    >>> both, swapped = np.array([0, 1]), np.array([1, 0])
    >>> stable_companions((both, both), (swapped, both), np.array([1, 1])).of.tolist()
    [1, 0]
    """
    order = [{int(person): rank for rank, person in enumerate(listed)} for listed in ranks]
    accepted: list[list[tuple[int, int]]] = [[] for _ in ranks]
    of = np.full(len(wishes), NOBODY, dtype=np.int64)
    asked = [0] * len(wishes)
    waiting = list(range(len(wishes) - 1, -1, -1))
    while waiting:
        person = waiting.pop()
        if asked[person] == len(wishes[person]):
            continue
        host = int(wishes[person][asked[person]])
        asked[person] += 1
        rank = order[host].get(person)
        if rank is None or places[host] == 0:
            waiting.append(person)
            continue
        of[person] = host
        heapq.heappush(accepted[host], (-rank, person))
        if len(accepted[host]) > places[host]:
            refused = heapq.heappop(accepted[host])[1]
            of[refused] = NOBODY
            waiting.append(refused)
    return Companions(of)
