"""The best timetable of a few visitors while all others stay: a small exact programme."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.matching.board import Board
from brobygget.engine.matching.fairness import bonuses_for

NODES = 200
"""Branches per programme: most are solved at the root, and a count keeps the answer the same on any machine."""


def visitors_around(
    board: Board, start: int, options: Sequence[Sequence[int]], regret: NDArray[np.float64], limit: int
) -> list[int]:
    """Collect the visitors through whom a visitor could be helped, the cheapest first.

    Parameters
    ----------
    board : Board
        The timetable.
    start : int
        The visitor to help.
    options : sequence of sequence of int
        Pairs worth considering for each visitor.
    regret : NDArray[np.float64]
        What taking each pair costs, shape (n_pairs,).
    limit : int
        The most visitors to collect, at least 1.

    Returns
    -------
    list of int
        Distinct visitors, `start` first.

    Notes
    -----
    Dijkstra's search over stands: an option leads to its stand at the price of its regret, and there to everybody who
    meets that association. Stands are taken whole, because slots can only be changed about where all who share
    them may move.
    """
    cost = np.maximum(regret, 0.0)
    found = {start: 0.0}
    order = itertools.count()
    queue = [(float(cost[pair]), next(order), board.association[pair]) for pair in options[start]]
    heapq.heapify(queue)
    settled: set[int] = set()
    while queue and len(found) < limit:
        so_far, _, stand = heapq.heappop(queue)
        if stand in settled:
            continue
        settled.add(stand)
        for pairs in board.pairs_in[stand]:
            for who in (board.visitor[pair] for pair in pairs):
                if who not in found:
                    found[who] = so_far
                    for pair in options[who]:
                        if board.association[pair] not in settled:
                            heapq.heappush(
                                queue, (so_far + float(cost[pair]), next(order), board.association[pair])
                            )
    return list(found)[:limit]


def rearrange(
    board: Board,
    visitors: Sequence[int],
    options: Sequence[Sequence[int]],
    held: Collection[int] = frozenset(),
) -> dict[int, int]:
    """Find the best meetings and slots of some visitors, everybody else staying as they are.

    Parameters
    ----------
    board : Board
        The timetable; not changed.
    visitors : sequence of int
        Distinct visitors whose meetings are free, at least one.
    options : sequence of sequence of int
        Pairs worth considering for each visitor of the fair.
    held : collection of int, optional
        Pairs on the board that stay in their slots, whoever's they are.

    Returns
    -------
    dict of int to int
        Slot of each pair of these visitors; what they have now when nothing was found.

    Notes
    -----
    Columns: a pair in a slot, the nth meeting of a visitor, the first visitor of a stand nobody else visits.
    The weights are those of `bonuses_for`; with slots the network argument no longer holds, so callers compare
    `Fairness` before they accept.
    """
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    wishes = board.wishes
    now = {pair: slot for who in visitors for slot, pair in board.pair_at[who].items()}
    triples = np.array(
        [
            (index, pair, slot)
            for index, who in enumerate(visitors)
            for pair in dict.fromkeys([*options[who], *board.pair_at[who].values()])
            for slot in ([now[pair]] if pair in held else range(board.first[who], board.last[who] + 1))
            if wishes.capacity[board.association[pair], slot]
        ],
        dtype=np.int64,
    ).reshape(-1, 3)
    if not len(triples):
        return now
    who, pair, slot = triples.T
    stand = wishes.association[pair]
    width = len(triples)
    limit = np.minimum(wishes.wanted[np.array(visitors)], wishes.slots)
    owner = np.repeat(np.arange(len(visitors)), limit)
    nth = np.arange(len(owner)) - np.repeat(np.cumsum(limit) - limit, limit)
    room = np.array(board.room)
    others = (wishes.capacity - room).sum(axis=1)
    for each, at in now.items():
        room[board.association[each], at] += 1
        others[board.association[each]] -= 1
    lonely = np.unique(stand[others[stand] == 0])
    bonuses = bonuses_for(wishes, int(limit.max()))
    gain = np.concatenate(
        [wishes.usefulness[pair], bonuses.meeting[nth], np.full(len(lonely), bonuses.first_visitor)]
    )

    blocks: list[sparse.csr_matrix] = []
    upper: list[NDArray[np.float64]] = []
    lower: list[NDArray[np.float64]] = []

    def at_most(keys: NDArray[np.int64], limits: NDArray[np.int64]) -> None:
        """Bound the meetings that share a key."""
        names, row = np.unique(keys, return_inverse=True)
        blocks.append(
            sparse.csr_matrix((np.ones(width), (row, np.arange(width))), shape=(len(names), len(gain)))
        )
        upper.append(limits[np.unique(keys, return_index=True)[1]].astype(float))
        lower.append(np.zeros(len(names)))

    at_most(who * wishes.slots + slot, np.ones(width, dtype=np.int64))
    at_most(pair, np.ones(width, dtype=np.int64))
    at_most(stand * wishes.slots + slot, room[stand, slot])
    row = np.concatenate([who, owner])
    sign = np.concatenate([np.ones(width), -np.ones(len(owner))])
    blocks.append(
        sparse.csr_matrix((sign, (row, np.arange(width + len(owner)))), shape=(len(visitors), len(gain)))
    )
    lower.append(np.zeros(len(visitors)))
    upper.append(np.zeros(len(visitors)))
    if len(lonely):
        comes = np.flatnonzero(np.isin(stand, lonely))
        row = np.concatenate([np.searchsorted(lonely, stand[comes]), np.arange(len(lonely))])
        column = np.concatenate([comes, width + len(owner) + np.arange(len(lonely))])
        sign = np.concatenate([np.ones(len(comes)), -np.ones(len(lonely))])
        blocks.append(sparse.csr_matrix((sign, (row, column)), shape=(len(lonely), len(gain))))
        lower.append(np.zeros(len(lonely)))
        upper.append(np.full(len(lonely), np.inf))
    whole = np.zeros(len(gain), dtype=np.int64)
    whole[:width] = 1
    least = np.zeros(len(gain))
    least[:width] = np.isin(pair, list(held))
    answer = milp(
        -gain.astype(float),
        integrality=whole,
        bounds=Bounds(least, 1),
        constraints=LinearConstraint(
            sparse.vstack(blocks).tocsr(), np.concatenate(lower), np.concatenate(upper)
        ),
        options={"node_limit": NODES, "mip_rel_gap": 0.0},
    )
    if answer.x is None:
        return now
    taken = np.flatnonzero(answer.x[:width] > 0.5)
    return {int(pair[i]): int(slot[i]) for i in taken}
