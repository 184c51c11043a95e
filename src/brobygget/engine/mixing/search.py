"""Improve plans: assignment moves for the bulk, then exchanges at several temperatures side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .assignment import MOST_TABLES, reassign
from .block_exchange import exchange_units
from .board import Board, OpenRound
from .bounds import Bound
from .exchange import Gains, GumbelNoise, exchange_pairs
from .gathering import Gathering, Rounds
from .meetings import MOST_FOR_A_FULL_TABLE, Seats, Wishes
from .plan import merits_of, violations_of

ShouldStop = Callable[[], bool]
Rank = tuple[int, int, int]

MOST_PLANS = 32
COLDEST, HOTTEST = 0.15, 0.42
ALONE = 0.1
BARELY_WARM = 0.05
# Seconds of one core of an ordinary server, in round figures: work is counted, no clock is read.
SECONDS_PER_STEP = 6e-5
SECONDS_PER_CHOICE = 2.2e-8
SECONDS_PER_VISIT = 6e-5
SECONDS_PER_BLOCK = 5e-4
SECONDS_PER_JUDGEMENT = 1.5e-4
LANGUAGES_COST = 2.5


@dataclass(frozen=True)
class Found:
    """The best plan a search has seen.

    Attributes
    ----------
    rounds : Rounds
        The plan.
    rank : Rank
        Violations (negative), new meetings plus those across, and the fewest of any one person.
    weighings : int
        Exchanges weighed.
    """

    rounds: Rounds
    rank: Rank
    weighings: int


def rank_of(gathering: Gathering, rounds: Rounds) -> Rank:
    """Plans compare by this: hard rules, then meetings, then the least-served person."""
    merits = merits_of(gathering, rounds)
    return (-len(violations_of(gathering, rounds)), merits.met + merits.met_across, merits.fewest_new)


def plans_side_by_side(gathering: Gathering, effort: float) -> int:
    """How many plans to improve together: many for a small event and ample time, one for a large one."""
    if gathering.people > MOST_FOR_A_FULL_TABLE // 2:
        return 1
    cells = int(gathering.present[:, list(gathering.open_rounds)].sum())
    affordable = effort * 3000 / max(cells, 1)
    return int(2 ** np.clip(np.floor(np.log2(max(affordable, 1))), 0, np.log2(MOST_PLANS)))


class Search:
    """A search under way over a `Board`.

    Parameters
    ----------
    gathering : Gathering
        The event.
    starts : sequence of Rounds
        One plan or more, each complete.
    rng : np.random.Generator
        Chance.
    should_stop : callable
        Asked between visits to rounds; True ends the search with the best plan so far.
    keep : Rounds, optional
        A plan to stay near.
    loyalty : float
        What one person at the table of that plan is worth, in meetings.
    """

    def __init__(
        self,
        gathering: Gathering,
        starts: Sequence[Rounds],
        *,
        rng: np.random.Generator,
        should_stop: ShouldStop,
        keep: Rounds | None = None,
        loyalty: float = 0.0,
    ) -> None:
        self.gathering = gathering
        self.rng = rng
        self.should_stop = should_stop
        self.board = Board(gathering, starts, keep=keep, loyalty=loyalty)
        self.noise = GumbelNoise(rng)
        self.spent = 0.0
        self.weighings = 0
        self.gains = np.zeros(self.board.plans)
        plans = self.board.plans
        ladder = np.geomspace(COLDEST, HOTTEST, plans) if plans > 1 else np.array([ALONE])
        self.heat: Gains = ladder.astype(np.float32)
        if loyalty:
            self.heat = np.minimum(self.heat, np.float32(ALONE))

    def settle(self) -> None:
        """Bring every round into order at once: assignment moves and the best exchanges only."""
        cold = np.zeros(self.board.plans, dtype=np.float32)
        for sweep in range(2):
            for each in self.board.rounds:
                if self.should_stop():
                    return
                self.board.counts.forget(each.number, each.seats)
                tables = each.seats.shape[1]
                if tables >= 8 and each.seats.shape[2] <= 12 and self.board.plans <= 4:
                    for _ in range(each.seats.shape[2] * 2):
                        for part in self._parts(tables):
                            self.gains += reassign(self.board, each, part, self.rng)
                            self.spent += SECONDS_PER_STEP + 1.2e-8 * self.board.plans * (len(part) * 5) ** 2
                for step in range(min(tables, 12) * (1 + sweep)):
                    self._step(each, cold, step, self._trouble(each) if tables > 100 else None)
                self.board.counts.remember(each.number, each.seats)

    def _parts(self, tables: int) -> list[Seats]:
        order = self.rng.permutation(tables)
        return np.array_split(order, -(-tables // MOST_TABLES))

    def run(self, effort: float, bound: Bound | None) -> Found:
        """Exchange until the effort is spent, a bound is reached, or we are told to stop.

        Parameters
        ----------
        effort : float
            Work in seconds of an ordinary core, by count and not by a clock.
        bound : Bound, optional
            Where to stop: a plan that has this is perfect.

        Returns
        -------
        Found
            The best plan seen.
        """
        board = self.board
        total = board.total()
        self.gains = np.zeros(board.plans)
        best, best_seats = -np.inf, [each.seats[0].copy() for each in board.rounds]
        goal = np.inf if bound is None else bound.met + bound.met_across
        checked, next_look = -np.inf, 0.0
        visit = 0
        while True:
            standing = total + self.gains
            top = int(standing.argmax())
            if standing[top] > best + 1e-3:
                best = float(standing[top])
                best_seats = [each.seats[top].copy() for each in board.rounds]
            ready = board.rounds and visit % len(board.rounds) == 0 and best > checked
            if ready and goal < np.inf and self.spent >= next_look:
                checked = best
                self.spent += SECONDS_PER_JUDGEMENT * self.gathering.people
                next_look = self.spent + effort / 50
                rank = rank_of(self.gathering, self._as_rounds(best_seats))
                if rank[0] == 0 and rank[1] >= goal:
                    break
            if not board.rounds or self.spent >= effort or self.should_stop():
                break
            self._visit(board.rounds[int(self.rng.integers(len(board.rounds)))])
            visit += 1
            if board.plans > 1 and visit % len(board.rounds) == 0:
                self._swap_heat(total + self.gains, visit // len(board.rounds))
        rounds = self._as_rounds(best_seats)
        return Found(rounds, rank_of(self.gathering, rounds), self.weighings)

    def _as_rounds(self, seats: list[Seats]) -> Rounds:
        people = self.gathering.people
        planned = tuple(
            tuple(tuple(sorted(p for p in t if p < people)) for t in each.tolist()) for each in seats
        )
        return tuple(tuple(tuple(sorted(t)) for t in tables) for tables in self.gathering.held) + planned

    def _visit(self, each: OpenRound) -> None:
        """Exchange within one round, everything else held still."""
        self.board.counts.forget(each.number, each.seats)
        tables = each.seats.shape[1]
        trouble = self._trouble(each) if tables > 100 else None
        for step in range(min(max(tables, 4), 40)):
            self._step(each, self.heat, step, trouble)
        self.board.counts.remember(each.number, each.seats)
        self.spent += (
            SECONDS_PER_VISIT + 1e-8 * self.board.plans * each.seats.shape[1] * each.seats.shape[2] ** 2
        )

    def _step(self, each: OpenRound, heat: Gains, step: int, trouble: Seats | None) -> None:
        tables = each.seats.shape[1]
        if tables < 2:
            return
        first, second = self._pairing(tables, trouble if step % 2 else None)
        self.gains += exchange_pairs(self.board, each, first, second, heat, self.noise)
        width = each.seats.shape[2]
        self._count(len(first), width * width)
        if step % 4 == 0:
            for size in each.units:
                first, second = self._pairing(tables, None)
                self.gains += exchange_units(self.board, each, first, second, heat, self.noise, size)
                first, second = second, first
                self.gains += exchange_units(self.board, each, first, second, heat, self.noise, size)
                self._count(len(each.units[size]), 2 * width * width)
                self.spent += SECONDS_PER_BLOCK

    def _count(self, pairs: int, choices: int) -> None:
        weighed = self.board.plans * pairs * choices
        self.weighings += weighed
        slow = LANGUAGES_COST if self.board.talk.matters else 1.0
        dense = 1.0 if self.gathering.people <= MOST_FOR_A_FULL_TABLE else 3.0
        self.spent += slow * (SECONDS_PER_STEP + SECONDS_PER_CHOICE * weighed * dense)

    def _pairing(self, tables: int, trouble: Seats | None) -> tuple[Seats, Seats]:
        """Disjoint pairs of tables; those in trouble first, each with any other."""
        order = self.rng.permutation(tables)
        if trouble is not None and len(trouble):
            in_trouble = np.zeros(tables, dtype=bool)
            in_trouble[trouble] = True
            order = np.concatenate([order[in_trouble[order]], order[~in_trouble[order]]])
            half = min(len(trouble), tables // 2)
            return order[:half], self.rng.permutation(order[half:])[:half]
        half = tables // 2
        return order[:half], order[half : 2 * half]

    def _trouble(self, each: OpenRound) -> Seats:
        """Tables of a single large plan where somebody cannot follow, meets again, or a rule is broken."""
        worth = self.board.counts.worth(each.seats)[0]
        width = each.seats.shape[2]
        one, other = np.triu_indices(width, 1)
        people = each.seats[0] < self.gathering.people
        both = people[:, one] & people[:, other]
        again = ((worth[:, one, other] < 0.5) & both).any(axis=1)
        if self.board.talk.matters:
            again |= self.board.left_out(each)[0] > 0
        return np.flatnonzero(again)

    def _swap_heat(self, standing: NDArray[np.float64], turn: int) -> None:
        """Let plans trade temperatures (replica exchange), so that a good one cools and a stuck one warms."""
        order = np.argsort(self.heat, kind="stable")
        for low in range(turn % 2, self.board.plans - 1, 2):
            cold, warm = int(order[low]), int(order[low + 1])
            if self.heat[cold] == self.heat[warm]:
                continue
            gap = 1 / float(self.heat[cold]) - 1 / float(self.heat[warm])
            reason = (standing[warm] - standing[cold]) * gap
            if reason >= 0 or self.rng.random() < np.exp(reason):
                self.heat[[cold, warm]] = self.heat[[warm, cold]]

    def even_out(self, found: Found, effort: float) -> Found:
        """Give the least-served person more, at no cost in meetings.

        Parameters
        ----------
        found : Found
            The best so far, which the only plan of the board must be.
        effort : float
            Further work, as for `run`.

        Returns
        -------
        Found
            As good or better, in the order of `rank_of`.
        """
        self.heat = np.full(self.board.plans, BARELY_WARM, dtype=np.float32)
        while self.spent < effort and self.board.rounds and not self.should_stop():
            merits = merits_of(self.gathering, self.board.plan(0))
            least = merits.new_contacts <= merits.fewest_new + 1
            self.board.value(Wishes(underserved=0.15), least)
            for each in self.board.rounds:
                self._visit(each)
            rounds = self.board.plan(0)
            rank = rank_of(self.gathering, rounds)
            self.spent += SECONDS_PER_JUDGEMENT * self.gathering.people
            if rank > found.rank:
                found = Found(rounds, rank, 0)
        return Found(found.rounds, found.rank, self.weighings)
