"""What it is worth to seat two people together, given every other round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .gathering import Gathering

Seats = NDArray[np.int64]
Values = NDArray[np.float32]

MOST_FOR_A_FULL_TABLE = 3000
HARD = 40.0
# Couples never part to mend a table's languages: no single exchange would bring them back.
TOGETHER = 200.0
# Table sizes are never given up for anything.
UNEVEN = 10_000.0
AGAIN = 0.01
SPREAD = 1024
MIDDLE = 512
RULE = 300
RULE_FROM = 100
KINDS = 5
EMPTY = 4


@dataclass(frozen=True)
class Wishes:
    """What a meeting is worth.

    Attributes
    ----------
    meeting : float
        A first meeting.
    across : float
        Added when it is across the line.
    underserved : float
        Added for each of the two who has been given few meetings so far.
    """

    meeting: float = 1.0
    across: float = 1.0
    underserved: float = 0.0

    def values(self) -> Values:
        """Shape (KINDS * KINDS * SPREAD,): worth by kind of both and times met (as `_code`)."""
        times = np.arange(SPREAD) - MIDDLE
        out = np.zeros((KINDS, KINDS, SPREAD), dtype=np.float32)
        for one in range(KINDS):
            for other in range(KINDS):
                if EMPTY in (one, other):
                    continue
                first = self.meeting + self.across * ((one ^ other) & 1)
                first += self.underserved * ((one >> 1) + (other >> 1))
                worth = np.where(times == 0, first, -AGAIN * np.minimum(np.abs(times), 20))
                worth = np.where(times >= RULE_FROM, -HARD, worth)
                out[one, other] = np.where(times <= -RULE_FROM, TOGETHER, worth)
        # Two empty seats at one table would make it smaller than its neighbours by two.
        out[EMPTY, EMPTY] = -UNEVEN
        return out.ravel()


class Counts(Protocol):
    """Times met between people, in each of several plans side by side."""

    def worth(self, seated: Seats) -> Values:
        """Shape (plans, tables, seats, seats), zero on the diagonal, for ``seated`` (plans, tables, seats)."""
        ...

    def forget(self, round_: int, seats: Seats) -> None:
        """Leave out a round before it is changed."""
        ...

    def remember(self, round_: int, seats: Seats) -> None:
        """Count a round again after it was changed."""
        ...

    def value(self, wishes: Wishes, underserved: NDArray[np.bool_]) -> None:
        """Change what meetings are worth; ``underserved`` has shape (people,)."""
        ...


def counts_for(gathering: Gathering, plans: int, empty_seats: int) -> Counts:
    """Every pair in one array for up to some thousand people, round by round beyond that."""
    if gathering.people + empty_seats <= MOST_FOR_A_FULL_TABLE:
        return EveryPair(gathering, plans, empty_seats)
    if plans != 1:
        raise ValueError("large gatherings are searched one plan at a time")
    return RoundByRound(gathering, empty_seats)


def _special_pairs(gathering: Gathering) -> dict[tuple[int, int], int]:
    """What the counter of a pair starts from: earlier meetings, and the two rules about pairs."""
    start: dict[tuple[int, int], int] = {}
    for a, b, times in gathering.history.tolist():
        start[min(a, b), max(a, b)] = start.get((min(a, b), max(a, b)), 0) + min(times, 20)
    held = {
        pair for tables in gathering.held for t in tables for a in t for b in t if a < b for pair in [(a, b)]
    }
    for pair in held:
        start[pair] = start.get(pair, 0) + 1
    for a, b in gathering.apart.tolist():
        start[min(a, b), max(a, b)] = RULE
    for a, b in gathering.together.tolist():
        start[min(a, b), max(a, b)] = -RULE
    return start


def _kinds(gathering: Gathering, empty_seats: int, underserved: NDArray[np.bool_] | None = None) -> Seats:
    kinds = gathering.newcomer.astype(np.int64)
    if underserved is not None:
        kinds += 2 * underserved
    return np.concatenate([kinds, np.full(empty_seats, EMPTY, dtype=np.int64)])


class EveryPair:
    """Counts in an array of shape (plans, people + empty seats, people + empty seats)."""

    def __init__(self, gathering: Gathering, plans: int, empty_seats: int) -> None:
        self._gathering = gathering
        self._empty_seats = empty_seats
        self._size = size = gathering.people + empty_seats
        start = np.full((size, size), MIDDLE, dtype=np.int16)
        for (a, b), times in _special_pairs(gathering).items():
            start[a, b] = start[b, a] = MIDDLE + times
        self._classes = np.zeros((size, size), dtype=np.int16)
        self._counts = np.broadcast_to(start, (plans, size, size)).copy()
        self._flat = self._counts.reshape(-1)
        self._plan = (np.arange(plans, dtype=np.int64) * size * size)[:, None, None, None]
        self.value(Wishes(), np.zeros(gathering.people, dtype=bool))

    def value(self, wishes: Wishes, underserved: NDArray[np.bool_]) -> None:
        """Change what meetings are worth."""
        kinds = _kinds(self._gathering, self._empty_seats, underserved)
        classes = (SPREAD * (kinds[:, None] * KINDS + kinds[None, :])).astype(np.int16)
        # Nobody meets themself: the class of a person beside an empty seat is worth nothing.
        np.fill_diagonal(classes, SPREAD * EMPTY)
        self._counts += classes - self._classes
        self._classes = classes
        self._worth = wishes.values()

    def _where(self, seated: Seats) -> Seats:
        where = seated[..., :, None] * self._size + seated[..., None, :]
        where += self._plan
        return where

    def worth(self, seated: Seats) -> Values:
        """Worth of every pair among those seated, shape (plans, tables, seats, seats)."""
        return self._worth.take(self._flat.take(self._where(seated)))

    def forget(self, round_: int, seats: Seats) -> None:
        """Leave out a round before it is changed."""
        self._flat[self._where(seats)] -= 1

    def remember(self, round_: int, seats: Seats) -> None:
        """Count a round again after it was changed."""
        self._flat[self._where(seats)] += 1


class RoundByRound:
    """Counts from each person's table in each round: memory grows with people, not with pairs."""

    def __init__(self, gathering: Gathering, empty_seats: int) -> None:
        self._gathering = gathering
        self._empty_seats = empty_seats
        size = gathering.people + empty_seats
        # Everybody starts at a table of their own, a number that no real table has.
        self._nowhere = -1 - np.arange(size, dtype=np.int32)
        self._table = np.tile(self._nowhere, (gathering.rounds, 1))
        special = _special_pairs(gathering)
        ordered = sorted(special)
        self._keys = np.array([a * size + b for a, b in ordered], dtype=np.int64)
        self._start = np.array([special[pair] for pair in ordered], dtype=np.int64)
        self._has_special = np.zeros(size, dtype=bool)
        for a, b in ordered:
            self._has_special[[a, b]] = True
        self._size = size
        self.value(Wishes(), np.zeros(gathering.people, dtype=bool))

    def value(self, wishes: Wishes, underserved: NDArray[np.bool_]) -> None:
        """Change what meetings are worth."""
        self._kind = _kinds(self._gathering, self._empty_seats, underserved)
        self._worth = wishes.values()

    def worth(self, seated: Seats) -> Values:
        """Worth of every pair among those seated, shape (1, tables, seats, seats)."""
        people = seated[0]
        tables = self._table[:, people]
        met = np.zeros((*people.shape, people.shape[-1]), dtype=bool)
        for one_round in tables:
            met |= one_round[..., :, None] == one_round[..., None, :]
        kind = self._kind[people]
        code = SPREAD * (kind[..., :, None] * KINDS + kind[..., None, :]) + MIDDLE + met
        special = self._has_special[people]
        at = np.flatnonzero(special[..., :, None] & special[..., None, :])
        if len(at):
            table, one, other = np.unravel_index(at, code.shape)
            code.reshape(-1)[at] += self._special(people[table, one], people[table, other])
        worth = self._worth.take(code)
        seat = np.arange(people.shape[-1])
        worth[..., seat, seat] = 0
        return np.asarray(worth[None])

    def _special(self, one: Seats, other: Seats) -> Seats:
        keys = np.minimum(one, other) * self._size + np.maximum(one, other)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.asarray(np.where(self._keys[at] == keys, self._start[at], 0))

    def forget(self, round_: int, seats: Seats) -> None:
        """Leave out a round before it is changed."""
        self._table[round_] = self._nowhere

    def remember(self, round_: int, seats: Seats) -> None:
        """Count a round again after it was changed."""
        numbers = np.broadcast_to(np.arange(seats.shape[1], dtype=np.int32)[:, None], seats.shape[1:])
        self._table[round_, seats[0]] = numbers
