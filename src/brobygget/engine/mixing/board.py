"""Several plans side by side, as arrays of seats that can be exchanged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .gathering import Gathering, Rounds, table_of_everyone, units_of
from .languages import TableTalk
from .meetings import HARD, Counts, Seats, Wishes, counts_for


@dataclass(frozen=True, eq=False)
class OpenRound:
    """One round to be planned.

    Attributes
    ----------
    number : int
        From 0.
    seats : Seats
        Shape (plans, tables, seats): who sits there; numbers from ``people`` up are empty seats.
    names : NDArray[np.uint64]
        Shape (plans, tables): the mixture of languages at each table, see `TableTalk`.
    units : dict of int to Seats
        By size, groups who must sit together, shape (groups, size).
    stays : Seats
        Shape (people + empty seats,): the table of each person in the plan to stay near; -1 for none.
    """

    number: int
    seats: Seats
    names: NDArray[np.uint64]
    units: dict[int, Seats]
    stays: Seats


class Board:
    """All that a search changes: seats of each open round, counts of meetings, language at tables."""

    def __init__(
        self,
        gathering: Gathering,
        starts: Sequence[Rounds],
        *,
        keep: Rounds | None = None,
        loyalty: float = 0.0,
    ) -> None:
        self.gathering = gathering
        self.plans = len(starts)
        sizes = [gathering.table_sizes(r) for r in gathering.open_rounds]
        self.empty_seats = max((int((s.max() - s).sum()) for s in sizes), default=0)
        self.talk = TableTalk(gathering, empty_seats=self.empty_seats)
        self.counts: Counts = counts_for(gathering, self.plans, self.empty_seats)
        self.loyalty = loyalty if keep is not None else 0.0
        self.rounds = [self._open(r, starts, keep) for r in gathering.open_rounds]
        for each in self.rounds:
            self.counts.remember(each.number, each.seats)

    def _open(self, r: int, starts: Sequence[Rounds], keep: Rounds | None) -> OpenRound:
        widest = int(self.gathering.table_sizes(r).max())
        seats = np.empty((self.plans, self.gathering.tables[r], widest), dtype=np.int64)
        for plan, start in enumerate(starts):
            nobody = self.gathering.people
            for number, table in enumerate(start[r]):
                seats[plan, number, : len(table)] = table
                for seat in range(len(table), widest):
                    seats[plan, number, seat] = nobody
                    nobody += 1
        units: dict[int, list[list[int]]] = {}
        for unit in units_of(self.gathering, r):
            units.setdefault(len(unit), []).append(unit)
        stays = np.full(self.gathering.people + self.empty_seats, -1, dtype=np.int64)
        if keep is not None and r < len(keep):
            stays[: self.gathering.people] = table_of_everyone(self.gathering, keep[r])
        by_size = {size: np.array(same, dtype=np.int64) for size, same in units.items()}
        return OpenRound(r, seats, self.talk.names_of(seats), by_size, stays)

    def plan(self, which: int) -> Rounds:
        """One of the plans in full, held rounds first."""
        people = self.gathering.people
        planned = tuple(
            tuple(tuple(sorted(p for p in table if p < people)) for table in each.seats[which].tolist())
            for each in self.rounds
        )
        return tuple(tuple(tuple(sorted(t)) for t in tables) for tables in self.gathering.held) + planned

    def left_out(self, each: OpenRound) -> NDArray[np.float32]:
        """Shape (plans, tables): how many cannot follow at each table of a round."""
        rows = each.seats.reshape(-1, each.seats.shape[-1])
        return self.talk.left_out(each.names.ravel(), lambda at: rows[at]).reshape(each.names.shape)

    def total(self) -> NDArray[np.float64]:
        """Shape (plans,): the objective of each plan, counted afresh up to a constant."""
        totals = np.zeros(self.plans)
        for each in self.rounds:
            self.counts.forget(each.number, each.seats)
        # Rounds are added one after the other, so that only the first meeting of a pair counts in full.
        for each in self.rounds:
            totals += self.counts.worth(each.seats).sum(axis=(1, 2, 3), dtype=np.float64) / 2
            if self.talk.matters:
                totals -= HARD * self.left_out(each).sum(axis=1)
            if self.loyalty:
                at_home = each.stays[each.seats] == np.arange(each.seats.shape[1])[:, None]
                totals += self.loyalty * at_home.sum(axis=(1, 2))
            self.counts.remember(each.number, each.seats)
        return totals

    def value(self, wishes: Wishes, underserved: NDArray[np.bool_] | None = None) -> None:
        """Change what meetings are worth."""
        nobody = np.zeros(self.gathering.people, dtype=bool)
        self.counts.value(wishes, nobody if underserved is None else underserved)
