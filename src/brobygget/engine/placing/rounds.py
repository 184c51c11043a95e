"""Rounds of freeing some stands and placing them again: how a plan for a large house becomes better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from brobygget.engine.placing.check import check_plan
from brobygget.engine.placing.floor import NONE, Booleans
from brobygget.engine.placing.model import Model
from brobygget.engine.placing.plan import Placement, Verdict
from brobygget.engine.placing.programme import Answer, Effort, Indices, Numbers

FREE = (35, 45, 35)
"""Stands that may move in one round; one of these, by chance."""

NODES = 20
"""Nodes of the search tree in one round; most rounds need one."""

WEIGHTS = {"lost": 1000.0, "unfair": 1.0, "uniform": 20.0, "sockets": 2.0}
"""One sum for the parts of the cost; harmless, because plans are accepted by comparing them part by part."""

FAIR_FIRST = {"unfair": 40.0, "uniform": 20.0, "sockets": 2.0}
"""A sum in which fairness is not paid for with kinds, once lost wishes are held. Too steep for a large house."""

AFTER_FAIR = {"uniform": 20.0, "sockets": 2.0}
"""The sum of what is left when fairness is held too."""


@dataclass(frozen=True)
class Standing:
    """A plan and what is true of it."""

    placements: tuple[Placement, ...]
    verdict: Verdict


class Rounds:
    """Keeps the best plan, and improves it round by round.

    Parameters
    ----------
    model : Model
        With wishes and the rest.
    start : sequence of Placement
        The plan to begin with.
    rng : Generator
        Chooses whom to free.
    effort : Effort
        Its clock.
    """

    def __init__(
        self, model: Model, start: Sequence[Placement], *, rng: np.random.Generator, effort: Effort
    ) -> None:
        self.model, self._rng = model, rng
        self._effort = replace(effort, nodes=NODES)
        house = model.floor.house
        self.best = Standing(tuple(start), check_plan(house, start))
        self._index = {stand.id: number for number, stand in enumerate(house.stands)}
        self._friends: list[set[int]] = [set() for _ in house.stands]
        for wish in house.wishes:
            if wish.about in self._index and wish.weight:
                one, other = self._index[wish.stand], self._index[wish.about]
                self._friends[one].add(other)
                self._friends[other].add(one)
        self.rows_changed()

    def rows_changed(self) -> None:
        """Make the matrix again."""
        self._matrix = self.model.programme.matrix()
        self._upper = np.array(self.model.programme.upper)

    def weighed(self, weights: Mapping[str, float] = WEIGHTS) -> Numbers:
        """All parts of the cost but unmet rules in one sum."""
        total: Numbers = np.sum([w * self.model.costs(part) for part, w in weights.items()], axis=0)
        return total

    def take(self, answer: Answer, entries: int = 5) -> bool:
        """Take the plan of an answer unless the one at hand is better in the first entries; True when it is better.

        What is as good is taken too: it opens other ways.
        """
        if answer.x is None:
            return False
        placements = self.model.placements(answer.x)
        verdict = check_plan(self.model.floor.house, placements)
        found, known = verdict.merits.vector[:entries], self.best.verdict.merits.vector[:entries]
        if verdict.broken or found > known:
            return False
        self.best = Standing(placements, verdict)
        return found < known

    def once(self, cost: Numbers, allowed: Booleans | None = None, entries: int = 5) -> bool:
        """Free some stands and place them again as allowed; True when the first entries became better."""
        choices, programme = self.model.choices, self.model.programme
        now = self.model.choices_of(self.best.placements)
        is_free = np.zeros(len(self._index), dtype=np.bool_)
        is_free[self._whom_to_free(now)] = True
        may_change = is_free[choices.stand]
        lower, upper = np.zeros(programme.size), self._upper.copy()
        wide = np.ones(len(now)) if allowed is None else np.maximum(allowed, now)
        upper[self.model.x] = np.where(may_change, wide, now)
        lower[self.model.x] = np.where(may_change, 0.0, now)
        answer = programme.solve(cost, effort=self._effort, lower=lower, upper=upper, matrix=self._matrix)
        return self.take(answer, entries)

    def _whom_to_free(self, now: Numbers) -> Indices:
        """Those of two or three lost wishes and their friends, small ones at the back, filled up from two rooms."""
        house, choices, rng = self.model.floor.house, self.model.choices, self._rng
        room = np.full(len(house.stands), NONE, dtype=np.int64)
        placed = np.flatnonzero(now)
        room[choices.stand[placed]] = self.model.floor.zone[choices.place[placed]]
        lost, most = self.best.verdict.lost, int(rng.choice(FREE))
        free: dict[int, None] = {}
        for number in rng.permutation(len(lost))[: int(rng.integers(2, 4))].tolist():
            for name in (lost[number].stand, lost[number].about):
                if name in self._index:
                    free[self._index[name]] = None
        if self.best.verdict.merits.unfair:
            free.update(dict.fromkeys(self._small_at_the_back(now)))
        near = sorted({int(room[stand]) for stand in free}) or list(range(len(house.zones)))
        for stand in list(free):
            free.update(dict.fromkeys(sorted(self._friends[stand])))
        rooms = [int(rng.choice(near)), int(rng.integers(len(house.zones)))] if house.zones else []
        for stand in rng.permutation(len(house.stands)).tolist():
            if len(free) >= most:
                break
            if room[stand] in rooms or room[stand] == NONE:
                free[stand] = None
        return np.array(list(free)[:most], dtype=np.int64)

    def _small_at_the_back(self, now: Numbers) -> list[int]:
        """Three small stands, those with the longest way from the entrance more likely."""
        house, floor, choices = self.model.floor.house, self.model.floor, self.model.choices
        placed = np.flatnonzero(now)
        ways = {
            int(choices.stand[column]): int(floor.entrance[choices.place[column]])
            for column in placed.tolist()
            if house.stands[int(choices.stand[column])].small
        }
        far = sorted(ways, key=lambda stand: -ways[stand])[:8]
        return [far[number] for number in self._rng.permutation(len(far))[:3].tolist()]
