"""The best plan on a foundation: fewest wishes lost, then fair, mixed and sparing with sockets; and how much is proven."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np

from brobygget.engine.placing.floor import Booleans, Floor
from brobygget.engine.placing.foundation import Foundation
from brobygget.engine.placing.model import Model
from brobygget.engine.placing.plan import Merits, Placement
from brobygget.engine.placing.programme import ROUNDING, Answer, Effort, Numbers, Relaxed
from brobygget.engine.placing.rounds import AFTER_FAIR, FAIR_FIRST, FREE, WEIGHTS, Rounds
from brobygget.engine.placing.wishing import add_rest, add_wishes

SMALL = 3000
"""Up to so many choices wishes are solved in one call, which is also the proof."""

LIKELY = 0.2
"""Rooms that the relaxed solution gives a stand with at least this share are worth a first look."""

ROUNDS = 120
"""Rounds of freeing and placing again, at the ordinary effort."""

PATIENCE = 60
"""So many rounds without a better plan end the search for fewer lost wishes."""

PATIENCE_SMALL = 3
"""The same where one round frees nearly everybody."""

NODES_AT_ONCE = 250
"""Nodes of the search tree, at the ordinary effort, for kinds and sockets in one call with fairness held."""

NODES_AT_LAST = 20
"""Nodes of the search tree, at the ordinary effort, for the last proofs."""

UP_TO_LOST = 2
"""Entries of the merits that count while wishes are looked after: rules unmet and wishes lost."""

PARTS = ("lost", "unfair", "uniform", "sockets")

PART_FOR_PROOF, PART_FOR_START, PART_FOR_ROUNDS = 0.2, 0.3, 0.75
"""Where somebody waits: shares of the seconds left."""


class Search:
    """Looks for better plans and keeps the books on what is proven.

    Parameters
    ----------
    floor : Floor
        The open house.
    foundation : Foundation
        What must hold, and a plan that keeps it.
    rng : Generator
        Chance.
    effort : Effort
        Nodes of a call for the whole house, and the clock.
    """

    def __init__(
        self, floor: Floor, foundation: Foundation, *, rng: np.random.Generator, effort: Effort
    ) -> None:
        self.effort, self._rng, self._foundation = effort, rng, foundation
        self.bounds = [0, 0, 0, 0]
        self.proven = 1 if foundation.is_proven else 0
        self.model = Model(floor, foundation.prices)
        add_wishes(self.model)
        add_rest(self.model)
        if foundation.prices:
            self._hold("unmet", foundation.unmet)
        self._rounds = Rounds(self.model, foundation.placements, rng=rng, effort=effort)

    @property
    def placements(self) -> tuple[Placement, ...]:
        """The best plan so far."""
        return self._rounds.best.placements

    @property
    def merits(self) -> Merits:
        """How good it is."""
        return self._rounds.best.verdict.merits

    def _hold(self, part: str, most: float) -> bool:
        """From now on let a part of the cost be at most so much; True when that took a row."""
        cost = self.model.costs(part)
        where = np.flatnonzero(cost)
        if len(where):
            self.model.programme.row(where, cost[where], high=most)
        return len(where) > 0

    def _prove(self, part: int, bound: float) -> None:
        """Note a bound, and whether the plan reaches it."""
        self.bounds[part] = max(self.bounds[part], int(max(bound, 0)))
        if self.proven == part + 1 and self.merits.vector[part + 1] <= self.bounds[part]:
            self.proven = part + 2

    def lose_fewest(self, amount: float) -> None:
        """Lose as few wishes as possible."""
        cost = self.model.costs("lost")
        if len(self.model.x) <= SMALL:
            answer = self.model.programme.solve(cost, effort=self.effort)
            self._rounds.take(answer, UP_TO_LOST)
            self._prove(0, answer.bound)
        if self.proven < UP_TO_LOST:
            self._lose_fewer_in_a_large_house(cost, amount)

    def _lose_fewer_in_a_large_house(self, cost: Numbers, amount: float) -> None:
        relaxed = self.model.programme.relax(cost, seconds=self.effort.seconds_left())
        if relaxed is None:
            return
        self._prove(0, relaxed.bound)
        self._rule_out(cost, relaxed, self._within(PART_FOR_PROOF))
        if self.proven >= UP_TO_LOST:
            return
        likely = replace(self._within(PART_FOR_START), nodes=1)
        start = self.model.programme.solve(cost, effort=likely, upper=self._only(self._likely_rooms(relaxed)))
        self._rounds.take(start, UP_TO_LOST)
        until = self._within(PART_FOR_ROUNDS)
        stale = rounds = 0
        while rounds < ROUNDS * amount and stale < PATIENCE * amount and not until.is_spent:
            if self.merits.lost <= self.bounds[0]:
                break
            allowed = relaxed.regret[self.model.x] <= self.merits.lost - 1 - relaxed.value + ROUNDING
            stale = 0 if self._rounds.once(cost, allowed, UP_TO_LOST) else stale + 1
            rounds += 1
        self._prove(0, self.bounds[0])
        while self.proven < UP_TO_LOST and amount > 1:
            if not self._rule_out(cost, relaxed, self._within(PART_FOR_ROUNDS)):
                break

    def _within(self, share: float) -> Effort:
        """The same nodes, and a share of the seconds that are left."""
        left = self.effort.seconds_left()
        if left == inf:
            return self.effort
        end = left * (1 - share)
        return replace(self.effort, seconds_left=lambda: self.effort.seconds_left() - end)

    def _only(self, allowed: Booleans) -> Numbers:
        """Upper bounds that leave some choices only."""
        upper = np.array(self.model.programme.upper)
        upper[self.model.x] = allowed
        return upper

    def _likely_rooms(self, relaxed: Relaxed) -> Booleans:
        """Choices in rooms that the relaxed solution likes for the stand, shape (n_choices,)."""
        model = self.model
        room, stand = model.floor.zone[model.choices.place], model.choices.stand
        share = np.zeros((len(model.floor.house.stands), len(model.floor.house.zones)))
        np.add.at(share, (stand, room), relaxed.x[model.x])
        likely: Booleans = (share[stand, room] > LIKELY) & (relaxed.regret[model.x] < 2.0)
        return likely

    def _rule_out(self, cost: Numbers, relaxed: Relaxed, effort: Effort) -> bool:
        """Look for a plan that reaches the bound, or show that there is none; True when the question is settled.

        Notes
        -----
        A variable whose regret in the relaxed programme is larger than what lies between its value and the bound is 0 in
        every such plan. What is left, about half of a large fair, is often seen to be impossible at once.
        """
        target = self.bounds[0]
        upper = np.array(self.model.programme.upper)
        upper[relaxed.regret > target - relaxed.value + ROUNDING] = 0.0
        where = np.flatnonzero(cost)
        self.model.programme.row(where, cost[where], high=target)
        answer = self.model.programme.solve(cost, effort=effort, upper=upper)
        self.model.programme.forget_row()
        if answer.is_impossible:
            self._prove(0, target + 1)
            return True
        self._rounds.take(answer, UP_TO_LOST)
        self._prove(0, target)
        return answer.x is not None

    def perfect(self, amount: float) -> None:
        """Be fair, mix kinds and keep sockets, without losing more wishes."""
        floors = self._free_bounds()
        target = Merits(self.merits.unmet, self.merits.lost, *floors)
        is_small = len(self.model.x) <= SMALL
        if is_small and self.merits > target:
            self._reach(floors)
        self._hold("lost", self.merits.lost)
        self._rounds.rows_changed()
        stale = 0
        cost = self._rounds.weighed(FAIR_FIRST if is_small else WEIGHTS)
        patience = self._patience(is_small=is_small, amount=amount)
        while self.merits > target and stale < patience and not self.effort.is_spent:
            stale = 0 if self._rounds.once(cost) else stale + 1
        if is_small and self.merits > target and self.merits.unfair <= floors[0]:
            self._stay_fair(floors[0], amount)
        last = replace(self.effort, nodes=round(NODES_AT_LAST * amount))
        for part in range(1, 4):
            if self.merits.vector[part + 1] > floors[part - 1] and self.proven == part + 1:
                answer = self.model.programme.solve(self.model.costs(PARTS[part]), effort=last)
                self._rounds.take(answer)
                floors[part - 1] = max(floors[part - 1], int(max(answer.bound, 0)))
            self._prove(part, floors[part - 1])
            self._hold(PARTS[part], self.merits.vector[part + 1])

    def _patience(self, *, is_small: bool, amount: float) -> float:
        if len(self.model.floor.house.stands) <= min(FREE):
            return 1  # one round frees everybody: a second finds nothing more
        return PATIENCE_SMALL * amount if is_small else PATIENCE * amount

    def _stay_fair(self, floor: int, amount: float) -> None:
        """Hold fairness, which is as good as it can be, and ask for the rest with everybody free."""
        is_row = self._hold("unfair", floor)
        nodes = replace(self.effort, nodes=round(NODES_AT_ONCE * amount))
        self._rounds.take(self.model.programme.solve(self._rounds.weighed(AFTER_FAIR), effort=nodes))
        if is_row:
            self.model.programme.forget_row()

    def _reach(self, floors: list[int]) -> None:
        """Ask for the fewest lost wishes once more, now with the best of everything else."""
        rows = [self._hold(part, most) for part, most in zip(PARTS[1:], floors, strict=True)]
        answer = self.model.programme.solve(self.model.costs("lost"), effort=self.effort)
        for is_row in rows:
            if is_row:
                self.model.programme.forget_row()
        self._rounds.take(answer)

    def _free_bounds(self) -> list[int]:
        """The least of each part when wishes do not count."""
        model = Model(self.model.floor, self._foundation.prices)
        add_rest(model)
        floors = []
        for part in PARTS[1:]:
            cost = model.costs(part)
            worst = self.merits.vector[PARTS.index(part) + 1]
            answer: Answer | None = None
            if worst and not self.effort.is_spent:
                answer = model.programme.solve(cost, effort=self.effort)
            floors.append(int(max(0, answer.bound)) if answer is not None else 0)
        return floors
