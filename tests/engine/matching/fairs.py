"""Small open houses that chance makes, and the same question answered by trying everything."""

from __future__ import annotations

import numpy as np

from brobygget.engine.matching import Fairness, VisitWishes, fairness_of


def random_fair(
    rng: np.random.Generator, visitors: int, associations: int, slots: int, density: float
) -> VisitWishes:
    """An open house with windows, closed stands and visitors for whom nothing is eligible."""
    first = rng.integers(0, slots, visitors)
    last = rng.integers(first, slots)
    capacity = rng.choice([0, 1, 1, 2], (associations, slots))
    visitor, association = np.nonzero(rng.random((visitors, associations)) < density)
    usefulness = rng.integers(0, 101, len(visitor))
    return VisitWishes(rng.integers(0, 4, visitors), first, last, capacity, visitor, association, usefulness)


def best_by_trying_everything(wishes: VisitWishes) -> Fairness:
    """The best `Fairness` over every timetable there is; for a handful of pairs."""
    room = wishes.capacity.copy()
    taken: set[tuple[int, int]] = set()
    met = np.zeros(wishes.visitors, dtype=int)
    best = fairness_of(wishes, np.array([], dtype=int))

    def visit(pair: int, chosen: list[int]) -> None:
        nonlocal best
        if pair == wishes.pairs:
            best = max(best, fairness_of(wishes, np.array(chosen, dtype=int)))
            return
        visit(pair + 1, chosen)
        who, stand = int(wishes.visitor[pair]), int(wishes.association[pair])
        if met[who] == wishes.wanted[who]:
            return
        for slot in range(wishes.first_slot[who], wishes.last_slot[who] + 1):
            if room[stand, slot] and (who, slot) not in taken:
                room[stand, slot] -= 1
                taken.add((who, slot))
                met[who] += 1
                visit(pair + 1, [*chosen, pair])
                met[who] -= 1
                taken.remove((who, slot))
                room[stand, slot] += 1

    visit(0, [])
    return best
