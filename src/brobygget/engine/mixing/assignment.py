"""One person from every table at once: the best way to hand them out again is an assignment problem."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .best_pairs import best_pairs
from .board import Board, OpenRound
from .exchange import at_home
from .meetings import HARD, Seats, Values

MOST_TABLES = 64


def reassign(board: Board, each: OpenRound, tables: Seats, rng: np.random.Generator) -> NDArray[np.float64]:
    """Take one person from each of some tables and seat them again in the best way.

    Parameters
    ----------
    board : Board
        Changed in place, with ``each`` one of its rounds left out of the counts.
    each : OpenRound
        The round.
    tables : Seats
        Shape (tables,): at most `MOST_TABLES` are worth their while, the cost grows with the cube.
    rng : np.random.Generator
        Picks who gets up.

    Returns
    -------
    NDArray[np.float64]
        Shape (plans,): what each plan gained, never negative.

    References
    ----------
    .. [1] Crouse, D. F. (2016), "On implementing 2D rectangular assignment algorithms", IEEE
       Transactions on Aerospace and Electronic Systems 52(4); the solver in SciPy.
    """
    size, count = each.seats.shape[2], len(tables)
    seated = each.seats[:, tables]
    up = rng.integers(0, size, size=count)
    rows = np.arange(count)
    standing = seated[:, rows, up]
    worth = board.counts.worth(seated.reshape(board.plans, 1, count * size))[:, 0]
    # Rows: those who stand. Columns: tables without the one who got up.
    pairwise = worth[:, rows * size + up].reshape(board.plans, count, count, size)
    with_rest = pairwise.sum(axis=3) - pairwise[:, :, rows, up]
    if board.loyalty:
        with_rest = with_rest + at_home(board, each, standing[:, :, None], tables)
    if board.talk.matters:
        with_rest = with_rest - HARD * _lost(board, each, tables, seated, standing, up)
    won = np.zeros(board.plans)
    for plan in range(board.plans):
        worths = with_rest[plan]
        _, table = best_pairs(worths)
        gained = float(worths[rows, table].sum() - np.trace(worths))
        if gained > 1e-3:
            won[plan] = gained
            each.seats[plan, tables[table], up[table]] = standing[plan]
            each.names[plan, tables[table]] += (
                board.talk.name[standing[plan]] - board.talk.name[standing[plan][table]]
            )
    return won


def _lost(board: Board, each: OpenRound, tables: Seats, seated: Seats, standing: Seats, up: Seats) -> Values:
    """How many cannot follow if each of those who stand joins each table, shape (plans, people, tables)."""
    name = board.talk.name[standing]
    names = name[:, :, None] + (each.names[:, tables] - name)[:, None, :]
    shape = names.shape

    def who(at: Seats) -> Seats:
        plan, person, table = np.unravel_index(at, shape)
        there = seated[plan, table]
        there[np.arange(len(at)), up[table]] = standing[plan, person]
        return there

    return board.talk.left_out(names.ravel(), who).reshape(shape)
