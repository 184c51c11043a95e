"""Who meets whom, and when: the whole road from wishes to a timetable with reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from brobygget.engine.matching.board import Board
from brobygget.engine.matching.fairness import Fairness, fairness_of
from brobygget.engine.matching.flow import FairFlow, fair_flow
from brobygget.engine.matching.neighbourhood import rearrange, visitors_around
from brobygget.engine.matching.wishes import Integers, VisitWishes

SPARE = 3
"""Pairs beyond the wanted number that a neighbourhood may choose among."""

REACH = (30, 60)
"""Visitors rearranged at once; the next size is tried where the smaller one healed nothing."""

DEAR = 0.08
"""Beyond the wanted number a neighbourhood leaves out pairs whose regret is above this part of the greatest usefulness."""

NARROW = 0.02
"""The same part where everybody is rearranged at once: two thirds of the columns, half the time, and of the
usefulness hardly a thousandth less, which the neighbourhoods mostly find again."""

EXACT = 4_000
"""Up to so many (pair, slot) choices everybody is rearranged at once among all the options, which is exact."""

WHOLE = 20_000
"""Up to so many everybody is rearranged at once, without the dear pairs."""

EFFORT = 500
"""Visitors rearranged in all, beyond half of those at the fair, once only usefulness is left to gain."""


@dataclass(frozen=True)
class Timetable:
    """Meetings by appointment.

    Parameters
    ----------
    visitor, association, slot : Integers
        The meetings, each of shape (n_meetings,), sorted by visitor and slot.
    fairness : Fairness
        What was reached.
    bound : Fairness
        What no timetable can surpass: the fairest flow with slots left out.
    flow : FairFlow
        That flow, for whoever explains the timetable.

    Examples
    --------
    >>> import numpy as np
    >>> one, none = np.array([1]), np.array([0])
    >>> wishes = VisitWishes(one, none, none, np.array([[1]]), none, none, one * 80)
    >>> plan = arrange_meetings(wishes)
    >>> plan.visitor.tolist(), plan.association.tolist(), plan.slot.tolist()
    ([0], [0], [0])
    """

    visitor: Integers
    association: Integers
    slot: Integers
    fairness: Fairness
    bound: Fairness
    flow: FairFlow

    @property
    def share_of_bound(self) -> float:
        """Usefulness as a share of that of the fairest flow; 1.0 when that is 0.

        It may pass 1 when an earlier goal was missed; ``fairness < bound`` shows that.
        """
        return self.fairness.total / self.bound.total if self.bound.total else 1.0


def arrange_meetings(wishes: VisitWishes, should_stop: Callable[[], bool] = lambda: False) -> Timetable:
    """Serve everybody who can be, leave no stand empty, be fair, then be useful.

    Parameters
    ----------
    wishes : VisitWishes
        Wishes and capacities; nobody and no pairs are legal.
    should_stop : callable
        Asked between searches; once it says True the best timetable so far is returned. It always keeps
        the rules. Without it the answer depends on nothing but the wishes.

    Returns
    -------
    Timetable
        Nobody meets two at once or the same association twice, more than wanted or outside their time,
        and no stand more than it has room for.

    Notes
    -----
    1. The fairest meetings with slots left out (`fair_flow`): exact, and the bound.
    2. Slots, the most pressed visitors first. Alternating paths over slots make room without loss; where that
       does not suffice, paths on which visitors also change whom they meet, so that nobody has fewer meetings.
    3. Usefulness lost on the way is healed by exact programmes over the visitors around the loss, in growing
       neighbourhoods (over everybody first when the fair is not large), until the timetable equals the bound, nothing
       helps or the effort is spent.

    Examples
    --------
    >>> import numpy as np
    >>> wishes = VisitWishes(
    ...     np.array([1, 1]), np.array([0, 0]), np.array([0, 1]), np.array([[1, 1]]),
    ...     np.array([0, 1]), np.array([0, 0]), np.array([90, 50]),
    ... )
    >>> plan = arrange_meetings(wishes)
    >>> plan.slot.tolist(), plan.share_of_bound
    ([0, 1], 1.0)
    """
    flow = fair_flow(wishes)
    board = Board(wishes)
    homeless = board.deal(np.flatnonzero(flow.chosen))
    few = _options(wishes, flow, SPARE)
    cheap = _without_dear(wishes, flow, few, DEAR)
    for options in (None, cheap, few, _options(wishes, flow, wishes.associations)):
        homeless = [pair for pair in homeless if should_stop() or not board.make_room(pair, options)]
    _heal(board, flow, few, cheap, should_stop)
    pairs = _met(board)
    slots = np.array([board.slot_of[pair] for pair in pairs.tolist()], dtype=np.int64)
    order = np.lexsort((slots, wishes.visitor[pairs]))
    pairs, slots = pairs[order], slots[order]
    return Timetable(
        visitor=wishes.visitor[pairs],
        association=wishes.association[pairs],
        slot=slots,
        fairness=fairness_of(wishes, pairs),
        bound=flow.fairness,
        flow=flow,
    )


def _heal(
    board: Board,
    flow: FairFlow,
    few: list[list[int]],
    cheap: list[list[int]],
    should_stop: Callable[[], bool],
) -> None:
    """Rearrange neighbourhoods of wounded visitors until nothing is wounded or nothing helps."""
    wishes = board.wishes
    present = (wishes.last_slot - wishes.first_slot + 1).tolist()
    choices = sum(len(pairs) * slots for pairs, slots in zip(few, present, strict=True))
    everybody = range(wishes.visitors)
    if choices <= EXACT and not should_stop():
        _accept_if_better(board, everybody, few)
        return
    effort = EFFORT + wishes.visitors // 2
    if choices <= WHOLE and not should_stop():
        _accept_if_better(board, everybody, _without_dear(wishes, flow, few, NARROW))
        effort -= wishes.visitors
    for reach in REACH:
        effort = _heal_each(board, flow, cheap, reach, effort, should_stop)


def _heal_each(
    board: Board,
    flow: FairFlow,
    options: list[list[int]],
    reach: int,
    effort: int,
    should_stop: Callable[[], bool],
) -> int:
    """Rearrange the surroundings of each wounded visitor once; return the effort that is left.

    Effort bounds the gain of usefulness only: for fairness everything is tried.
    """
    tried: set[int] = set()
    while not should_stop():
        met = _met(board)
        reached = fairness_of(board.wishes, met)
        is_fair = replace(reached, total=0) >= replace(flow.fairness, total=0)
        if reached >= flow.fairness or (is_fair and effort <= 0):
            break
        wounded = [
            who for who in _wounded(board.wishes, flow, met, only_fewer=effort <= 0) if who not in tried
        ]
        if not wounded:
            break
        tried.add(wounded[0])
        around = visitors_around(board, wounded[0], options, flow.regret, reach)
        effort -= len(around)
        _accept_if_better(board, around, options)
    return effort


def _accept_if_better(board: Board, around: Sequence[int], options: list[list[int]]) -> None:
    """Rearrange some visitors and keep the answer unless it is worse."""
    reached = fairness_of(board.wishes, _met(board))
    before = {pair: slot for who in around for slot, pair in board.pair_at[who].items()}
    after = rearrange(board, around, options)
    _replace(board, before, after)
    if fairness_of(board.wishes, _met(board)) < reached:
        _replace(board, after, before)


def _met(board: Board) -> Integers:
    """Pairs that meet, in order."""
    return np.array(sorted(board.slot_of), dtype=np.int64)


def _options(wishes: VisitWishes, flow: FairFlow, spare: int) -> list[list[int]]:
    """Pairs worth considering for each visitor: those with the least regret."""
    order = np.lexsort((flow.regret, wishes.visitor))
    order = order[~np.isnan(flow.regret[order])]
    options: list[list[int]] = [[] for _ in range(wishes.visitors)]
    most = (wishes.wanted + spare).tolist()
    for pair, who in zip(order.tolist(), wishes.visitor[order].tolist(), strict=True):
        if len(options[who]) < most[who]:
            options[who].append(pair)
    return options


def _without_dear(
    wishes: VisitWishes, flow: FairFlow, options: list[list[int]], part: float
) -> list[list[int]]:
    """The same without pairs that an improvement hardly ever takes: half the columns, and nearly all of the gain."""
    most = part * wishes.usefulness.max(initial=0)
    return [
        [pair for place, pair in enumerate(pairs) if place < wanted or flow.regret[pair] <= most]
        for pairs, wanted in zip(options, wishes.wanted.tolist(), strict=True)
    ]


def _wounded(wishes: VisitWishes, flow: FairFlow, met: Integers, only_fewer: bool) -> list[int]:
    """Visitors who have fewer meetings than the flow gave them, or poorer ones; those with nothing first."""

    def count(pairs: Integers) -> Integers:
        return np.bincount(wishes.visitor[pairs], minlength=wishes.visitors)

    def worth(pairs: Integers) -> Integers:
        useful = np.zeros(wishes.visitors, dtype=np.int64)
        np.add.at(useful, wishes.visitor[pairs], wishes.usefulness[pairs])
        return useful

    chosen = np.flatnonzero(flow.chosen)
    fewer, less = count(chosen) - count(met), worth(chosen) - worth(met)
    hurt = np.flatnonzero((fewer > 0) | ((less > 0) & (not only_fewer)))
    alone = count(met)[hurt] > 0
    return [int(who) for who in hurt[np.lexsort((-less[hurt], -fewer[hurt], alone))]]


def _replace(board: Board, old: dict[int, int], new: dict[int, int]) -> None:
    """Take some meetings off the board and put others on it."""
    for pair in old:
        board.lift(pair)
    for pair, slot in new.items():
        board.put(pair, slot)
