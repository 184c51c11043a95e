"""A timetable that is told already: everybody keeps what they have, and gaps are filled."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from brobygget.engine.matching.board import Board
from brobygget.engine.matching.fairness import fairness_of
from brobygget.engine.matching.flow import fair_flow
from brobygget.engine.matching.neighbourhood import rearrange
from brobygget.engine.matching.timetable import WHOLE, Timetable
from brobygget.engine.matching.wishes import Integers, VisitWishes, reachable_pairs


def fill_meetings(
    wishes: VisitWishes,
    visitor: Integers,
    association: Integers,
    slot: Integers,
    should_stop: Callable[[], bool] = lambda: False,
) -> Timetable:
    """Find meetings for those who lack some, without moving or losing any that is told.

    Parameters
    ----------
    wishes : VisitWishes
        Wishes and capacities as they are now.
    visitor, association, slot : Integers
        The meetings that are told, each of shape (n_meetings,), all of eligible pairs; they keep the rules
        (`broken_rules` says nothing).
    should_stop : callable
        Asked between two groups of visitors; once it says True what was found so far is returned.

    Returns
    -------
    Timetable
        With all told meetings. Its bound is that of a timetable made anew, which may be out of reach.

    Raises
    ------
    ValueError
        When a told meeting is of no eligible pair, or cannot be held.

    Notes
    -----
    Visitors who lack meetings are served together by one exact programme (`rearrange`), or in groups of a size
    that it solves, those with nothing first. Within a group nothing better exists; between groups it may.

    Examples
    --------
    >>> import numpy as np
    >>> wishes = VisitWishes(
    ...     np.array([1, 1]), np.array([0, 0]), np.array([1, 1]), np.array([[1, 1]]),
    ...     np.array([0, 1]), np.array([0, 0]), np.array([90, 50]),
    ... )
    >>> plan = fill_meetings(wishes, np.array([1]), np.array([0]), np.array([0]))
    >>> plan.visitor.tolist(), plan.slot.tolist()
    ([0, 1], [1, 0])
    """
    board = Board(wishes)
    held = _hold(board, visitor, association, slot)
    reachable = reachable_pairs(wishes)
    options: list[list[int]] = [[] for _ in range(wishes.visitors)]
    for pair in np.flatnonzero(reachable).tolist():
        options[board.visitor[pair]].append(pair)
    lacking = [
        who
        for who in range(wishes.visitors)
        if len(board.pair_at[who]) < wishes.wanted[who] and len(options[who]) > len(board.pair_at[who])
    ]
    lacking.sort(key=lambda who: (len(board.pair_at[who]), len(options[who]), who))
    while lacking and not should_stop():
        group = _first_group(board, lacking, options)
        lacking = lacking[len(group) :]
        before = {pair: at for who in group for at, pair in board.pair_at[who].items()}
        for pair, at in rearrange(board, group, options, held).items():
            if pair not in before:
                board.put(pair, at)
    pairs = np.array(sorted(board.slot_of), dtype=np.int64)
    slots = np.array([board.slot_of[pair] for pair in pairs.tolist()], dtype=np.int64)
    order = np.lexsort((slots, wishes.visitor[pairs]))
    flow = fair_flow(wishes)
    return Timetable(
        visitor=wishes.visitor[pairs][order],
        association=wishes.association[pairs][order],
        slot=slots[order],
        fairness=fairness_of(wishes, pairs),
        bound=flow.fairness,
        flow=flow,
    )


def _hold(board: Board, visitor: Integers, association: Integers, slot: Integers) -> frozenset[int]:
    """Put the told meetings on the board."""
    pair_of = dict(
        zip(zip(board.visitor, board.association, strict=True), range(len(board.visitor)), strict=True)
    )
    held = []
    for who, stand, at in zip(visitor.tolist(), association.tolist(), slot.tolist(), strict=True):
        pair = pair_of.get((who, stand))
        if pair is None or pair in board.slot_of or not board.is_free(pair, at):
            raise ValueError(f"visitor {who} cannot keep a meeting with association {stand} in slot {at}")
        board.put(pair, at)
        held.append(pair)
    return frozenset(held)


def _first_group(board: Board, lacking: list[int], options: list[list[int]]) -> list[int]:
    """As many visitors as one programme solves; at least one."""
    choices, size = 0, 0
    for who in lacking:
        choices += len(options[who]) * (board.last[who] - board.first[who] + 1)
        if size and choices > WHOLE:
            break
        size += 1
    return lacking[:size]
