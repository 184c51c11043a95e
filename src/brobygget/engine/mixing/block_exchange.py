"""Those who must sit together move together: a group changes places with as many others."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from .board import Board, OpenRound
from .exchange import Gains, Noise, at_home, choose
from .meetings import HARD, Seats, Values

MOST_CHOICES = 1500


def exchange_units(
    board: Board, each: OpenRound, first: Seats, second: Seats, heat: Gains, noise: Noise, size: int
) -> NDArray[np.float64]:
    """Let groups who must sit together, of one size, change places with as many others.

    Parameters
    ----------
    board, each, first, second, heat, noise
        As for `exchange_pairs`; groups at the ``first`` tables move to the ``second``.
    size : int
        How many are in a group.

    Returns
    -------
    NDArray[np.float64]
        Shape (plans,): what each plan gained.
    """
    won = np.zeros(board.plans)
    width = each.seats.shape[2]
    unit = _units_at(board, each, each.units[size])[:, first]
    plan, pair = np.nonzero(unit >= 0)
    if not len(plan) or size > width:
        return won
    group = each.units[size][unit[plan, pair]]
    a, b = first[pair], second[pair]
    ours, theirs = each.seats[plan, a], each.seats[plan, b]
    worth = _worth_of_rows(board, plan, np.concatenate([ours, theirs], axis=1))
    moving = (ours[:, :, None] == group[:, None, :]).any(axis=2)
    subsets, squares, seats_in = _subsets(width, size)
    gain = _gain(worth, moving, subsets, squares)
    if board.loyalty:
        here = at_home(board, each, theirs, a[:, None]) - at_home(board, each, theirs, b[:, None])
        gain += here @ subsets.T
        leaving = at_home(board, each, ours, b[:, None]) - at_home(board, each, ours, a[:, None])
        gain += (leaving * moving).sum(axis=1, keepdims=True)
    # Every row is a pair of tables of its own: rows take the place of plans in the draw.
    if board.talk.matters:
        loss = _Loss(board, each, np.stack([plan, a, b]), ours, theirs, moving, seats_in)
        choice = choose(gain[:, None, :], heat[plan], noise, loss.before[:, None] > 0, loss)[:, 0]
    else:
        choice = choose(gain[:, None, :], heat[plan], noise)[:, 0]
    rows = np.flatnonzero(choice >= 0)
    if len(rows):
        chosen = choice[rows]
        np.add.at(won, plan[rows], gain[rows, chosen])
        coming_at = seats_in[chosen]
        leaving_at = np.nonzero(moving[rows])[1].reshape(len(rows), size)
        p, ta, tb = plan[rows, None], a[rows, None], b[rows, None]
        leaving_, coming = each.seats[p, ta, leaving_at], each.seats[p, tb, coming_at]
        each.seats[p, ta, leaving_at] = coming
        each.seats[p, tb, coming_at] = leaving_
        name = board.talk.name
        shift = name[coming].sum(axis=1, dtype=np.uint64) - name[leaving_].sum(axis=1, dtype=np.uint64)
        each.names[plan[rows], a[rows]] += shift
        each.names[plan[rows], b[rows]] -= shift
    return won


def _gain(worth: Values, moving: NDArray[np.bool_], subsets: Gains, squares: Gains) -> Gains:
    """What each choice of others brings, shape (rows, choices); the groups keep what they have inside."""
    rows, width = moving.shape
    nobody = np.zeros_like(moving)
    stay = np.concatenate([~moving, nobody], axis=1).astype(np.float32)
    go = np.concatenate([moving, nobody], axis=1).astype(np.float32)
    over = np.zeros_like(stay)
    over[:, width:] = 1
    to = worth @ np.stack([stay, go, over], axis=2)
    to_stay, to_go, to_over = to[..., 0], to[..., 1], to[..., 2]
    each_one = (to_stay - to_over - to_go)[:, width:]
    inside = worth[:, width:, width:].reshape(rows, -1) @ squares.T
    group = ((to_over - to_stay)[:, :width] * moving).sum(axis=1, keepdims=True)
    return np.asarray(each_one @ subsets.T + inside + group, dtype=np.float32)


@lru_cache(maxsize=32)
def _subsets(width: int, size: int) -> tuple[Gains, Gains, Seats]:
    """Every choice of seats: as rows of zeros and ones, as their squares, and as seat numbers."""
    if comb(width, size) <= MOST_CHOICES:
        seats = np.array(list(combinations(range(width), size)), dtype=np.int64)
    else:
        # People change seats at their table all the time, so that a fixed sample of seats reaches all of them.
        draw = np.random.default_rng(width * 1000 + size)
        picks = {tuple(sorted(draw.choice(width, size, replace=False).tolist())) for _ in range(MOST_CHOICES)}
        seats = np.array(sorted(picks), dtype=np.int64)
    rows = np.zeros((len(seats), width), dtype=np.float32)
    rows[np.arange(len(seats))[:, None], seats] = 1
    return rows, (rows[:, :, None] * rows[:, None, :]).reshape(len(seats), -1), seats


def _units_at(board: Board, each: OpenRound, units: Seats) -> Seats:
    """Shape (plans, tables): a group of this size at each table, whole, or -1."""
    people = board.gathering.people + board.empty_seats
    plans, tables, _ = each.seats.shape
    where = np.full((plans, people), -1, dtype=np.int64)
    where[np.arange(plans)[:, None, None], each.seats] = np.arange(tables)[None, :, None]
    at = where[:, units]
    found = np.full((plans, tables), -1, dtype=np.int64)
    plan, unit = np.nonzero((at == at[..., :1]).all(axis=2))
    found[plan, at[plan, unit, 0]] = unit
    return found


def _worth_of_rows(board: Board, plan: Seats, seated: Seats) -> Values:
    """Worth of pairs for rows that belong to different plans, shape (rows, seats, seats)."""
    if board.plans == 1:
        return np.asarray(board.counts.worth(seated[None])[0])
    # The counts answer for all plans alike: lay the rows out as (plans, most rows, seats).
    held = np.bincount(plan, minlength=board.plans)
    place = np.arange(len(plan)) - np.concatenate([[0], np.cumsum(held)[:-1]])[plan]
    laid = np.zeros((board.plans, int(held.max()), seated.shape[1]), dtype=np.int64)
    laid[plan, place] = seated
    return np.asarray(board.counts.worth(laid)[plan, place])


class _Loss:
    """Penalty after minus before for groups, by flat position (row, choice)."""

    def __init__(
        self,
        board: Board,
        each: OpenRound,
        where: Seats,
        ours: Seats,
        theirs: Seats,
        moving: NDArray[np.bool_],
        seats_in: Seats,
    ) -> None:
        self._talk = talk = board.talk
        plan, a, b = where
        self._both = np.stack([ours, theirs], axis=1)
        self._seats_in = seats_in
        self._out_at = np.nonzero(moving)[1].reshape(len(ours), seats_in.shape[1])
        self._names = np.stack([each.names[plan, a], each.names[plan, b]])
        self._leaving = np.where(moving, talk.name[ours], np.uint64(0)).sum(axis=1, dtype=np.uint64)
        rows = self._both.transpose(1, 0, 2).reshape(-1, ours.shape[1])
        self.before = talk.left_out(self._names.ravel(), lambda at: rows[at]).reshape(2, -1).sum(axis=0)

    def __call__(self, at: Seats) -> Gains:
        row, choice = np.divmod(at, len(self._seats_in))
        coming = self._talk.name[self._both[row[:, None], 1, self._seats_in[choice]]]
        shift = coming.sum(axis=1, dtype=np.uint64) - self._leaving[row]
        names = np.concatenate([self._names[0, row] + shift, self._names[1, row] - shift])
        count = len(at)

        def who(wanted: Seats) -> Seats:
            side, which = np.divmod(wanted, count)
            line = np.arange(len(wanted))[:, None]
            both = self._both[row[which]]
            out, into = self._out_at[row[which]], self._seats_in[choice[which]]
            mine = np.where(side[:, None] == 0, out, into)
            yours = np.where(side[:, None] == 0, into, out)
            table = both[np.arange(len(wanted)), side]
            table[line, mine] = both[line, 1 - side[:, None], yours]
            return table

        after = self._talk.left_out(names, who)
        return np.asarray(np.float32(HARD) * (after[:count] + after[count:] - self.before[row]))
