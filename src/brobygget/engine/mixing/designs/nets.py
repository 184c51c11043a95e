"""Rounds as parallel classes of lines: nobody meets twice, and every column is spread over all tables."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .fields import field_of

Lines = NDArray[np.int64]


def net_rounds(tables: int, seats: int, rounds: int) -> list[Lines]:
    """As many rounds without a second meeting as lines over a field or a cycle give.

    Parameters
    ----------
    tables : int
        Tables in each round.
    seats : int
        Seats at each; also the number of columns.
    rounds : int
        How many are wanted.

    Returns
    -------
    list of Lines
        At most ``rounds`` arrays of shape (tables, seats); seat ``j`` holds somebody of column ``j``,
        that is a person from ``j * tables`` to ``(j + 1) * tables - 1``.

    Notes
    -----
    Over the field of order q = tables the lines ``y = m x + b`` for q slopes m are q rounds whenever
    seats <= q (an affine plane without its vertical lines when seats = q). Otherwise person x of column j
    sits at table x + m j modulo the number of tables, for slopes m picked greedily so that
    ``(m - m') (j - j')`` is never 0 modulo it.

    Examples
    --------
    >>> [len(net_rounds(g, s, 99)) for g, s in [(8, 4), (10, 3), (60, 5)]]
    [8, 5, 15]
    """
    field = field_of(tables) if seats <= tables else None
    if field is not None:
        slopes = list(range(tables))[:rounds]
        column = np.arange(seats)
        at = np.arange(tables)[:, None]
        return [column * tables + field.add[at, field.times[m, column][None, :]] for m in slopes]
    chosen: list[int] = []
    steps = np.arange(1, seats)
    # Beyond a few thousand slopes nothing new comes: residues repeat with the number of tables.
    for m in range(tables):
        if len(chosen) == rounds:
            break
        if all((((m - other) * steps) % tables != 0).all() for other in chosen):
            chosen.append(m)
    column = np.arange(seats)
    at = np.arange(tables)[:, None]
    return [column * tables + (at - m * column) % tables for m in chosen]
