"""Best pair first: what a person with a list would do, to compare with."""

from __future__ import annotations

import numpy as np

from brobygget.engine.matching.board import Board
from brobygget.engine.matching.fairness import Fairness, fairness_of
from brobygget.engine.matching.wishes import VisitWishes


def best_pair_first(wishes: VisitWishes) -> Fairness:
    """Go through the pairs, the most useful first, and give each the first free slot.

    Parameters
    ----------
    wishes : VisitWishes
        Wishes and capacities.

    Returns
    -------
    Fairness
        How good the result is. It keeps the rules, and leaves many with nothing.

    Examples
    --------
    >>> import numpy as np
    >>> wishes = VisitWishes(
    ...     np.array([1, 1]), np.array([0, 0]), np.array([0, 0]), np.array([[1]]),
    ...     np.array([0, 1]), np.array([0, 0]), np.array([90, 50]),
    ... )
    >>> best_pair_first(wishes).total
    90
    """
    board = Board(wishes)
    for pair in np.argsort(-wishes.usefulness, kind="stable").tolist():
        who = board.visitor[pair]
        if len(board.pair_at[who]) < wishes.wanted[who]:
            for slot in range(board.first[who], board.last[who] + 1):
                if board.is_free(pair, slot):
                    board.put(pair, slot)
                    break
    return fairness_of(wishes, np.array(sorted(board.slot_of), dtype=np.int64))
