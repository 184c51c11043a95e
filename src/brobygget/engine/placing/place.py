"""Who stands where: the whole road from needs and wishes to a floor plan with reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np

from brobygget.engine.placing.check import check_plan
from brobygget.engine.placing.conflicts import Conflicts
from brobygget.engine.placing.floor import floor_of
from brobygget.engine.placing.foundation import foundation_of
from brobygget.engine.placing.open_house import OpenHouse
from brobygget.engine.placing.plan import Merits, Placement, Verdict
from brobygget.engine.placing.programme import Effort
from brobygget.engine.placing.search import Search

NODES = 2000
"""Nodes of the search tree in a call that decides something for the whole house."""


def forever() -> float:
    """Give the seconds left when nobody waits.

    Returns
    -------
    float
        Endless.

    Examples
    --------
    >>> forever()
    inf
    """
    return inf


@dataclass(frozen=True)
class FloorPlan:
    """Who stands where, and how good that is.

    Parameters
    ----------
    placements : tuple of Placement
        In order of stands; those without a place are missing.
    verdict : Verdict
        Rules unmet, wishes lost, merits.
    bound : Merits
        What no plan undercuts, entry by entry, each given that those before it are as good as can be.
    proven : int
        How many of the five entries of the merits, from the first on, are proven to be as good as can be.
    conflicts : Conflicts or None
        Why rules are unmet; None when none had to be.
    gap : float
        How far the lost wishes may be from the fewest, in per cent of the weight that can be met at most.

    Examples
    --------
    >>> from brobygget.engine.placing import Position, Stand
    >>> house = OpenHouse((Position("A1", "A", 0, 0),), (Stand("s1", "sport"),))
    >>> place_stands(house, rng=np.random.default_rng(1)).is_optimal
    True
    """

    placements: tuple[Placement, ...]
    verdict: Verdict
    bound: Merits
    proven: int
    conflicts: Conflicts | None
    gap: float

    @property
    def is_optimal(self) -> bool:
        """Whether it is proven that no plan is better."""
        return self.proven == len(self.bound.vector)


def place_stands(
    house: OpenHouse,
    *,
    rng: np.random.Generator,
    effort: float = 1.0,
    seconds_left: Callable[[], float] = forever,
) -> FloorPlan:
    """Keep every rule if that is possible, then wishes, then be fair, mix kinds and keep sockets.

    Parameters
    ----------
    house : OpenHouse
        Stands, tables, needs and wishes; none at all is legal.
    rng : Generator
        Chooses what is tried in a house too large to be solved at once.
    effort : float
        How long to try for what is not proven, 1 by custom; the answer depends on nothing but this and `rng`.
    seconds_left : callable
        Asked again and again: seconds until the answer must be there. Where they run out, the best plan so far is
        returned, and the answer depends on the machine.

    Returns
    -------
    FloorPlan
        It can always be carried out: tables and circuits are never overbooked. Stands that find no place have
        none, and the rule ``place`` counts as unmet.

    Notes
    -----
    1. A programme without wishes says whether every rule can hold. If not: the minimal conflicts, and
       the cheapest set of rules to give up.
    2. Fewest wishes lost: in one call where the house is small. Else the relaxed programme gives a bound and likely
       rooms; choices with too much regret are left out to show that the bound cannot be reached, and rounds of
       freeing some stands and placing them again lower what is lost.
    3. Fairness, kinds and sockets by such rounds, then one after the other by exact programmes.

    Examples
    --------
    >>> from brobygget.engine.placing import Position, Stand, Wish, WishKind
    >>> tables = (Position("A1", "A", 0, 0, window=True), Position("A2", "A", 20, 0))
    >>> wish = Wish("w1", "s2", WishKind.WINDOW)
    >>> house = OpenHouse(tables, (Stand("s1", "sport"), Stand("s2", "music")), wishes=(wish,))
    >>> plan = place_stands(house, rng=np.random.default_rng(1))
    >>> plan.placements[1].positions, plan.verdict.merits.lost
    (('A1',), 0)
    """
    clock = Effort(NODES, seconds_left)
    floor = floor_of(house)
    foundation = foundation_of(floor, clock)
    search = Search(floor, foundation, rng=rng, effort=clock)
    if foundation.is_proven:
        search.lose_fewest(effort)
        search.perfect(effort)
    placements = search.placements
    verdict = check_plan(house, placements)
    bound = Merits(foundation.bound, *search.bounds)
    most = sum(wish.weight for wish in house.wishes) - bound.lost
    gap = 100 * (verdict.merits.lost - bound.lost) / most if most > 0 else 0.0
    return FloorPlan(placements, verdict, bound, search.proven, foundation.conflicts, gap)
