"""The timetable while it is being made: who is where in each slot, and moves that make room."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from brobygget.engine.matching.wishes import Integers, VisitWishes

NOWHERE = -1


@dataclass(frozen=True)
class Step:
    """One step of an alternating path: a pair is taken up in a slot and pushes another out of it."""

    displaced: int
    taken: int
    slot: int
    before: Step | None


class Board:
    """A timetable that always keeps the rules.

    Parameters
    ----------
    wishes : VisitWishes
        Wishes and capacities; never written to.
    """

    def __init__(self, wishes: VisitWishes) -> None:
        self.wishes = wishes
        self.visitor: list[int] = wishes.visitor.tolist()
        self.association: list[int] = wishes.association.tolist()
        self.first: list[int] = wishes.first_slot.tolist()
        self.last: list[int] = wishes.last_slot.tolist()
        self.capacity: list[list[int]] = wishes.capacity.tolist()
        self.room: list[list[int]] = wishes.capacity.tolist()
        self.slot_of: dict[int, int] = {}
        self.pair_at: list[dict[int, int]] = [{} for _ in range(wishes.visitors)]
        self.pairs_in: list[list[list[int]]] = [
            [[] for _ in range(wishes.slots)] for _ in range(wishes.associations)
        ]

    def put(self, pair: int, slot: int) -> None:
        """Give a pair a slot that is free on both sides."""
        stand = self.association[pair]
        self.slot_of[pair] = slot
        self.pair_at[self.visitor[pair]][slot] = pair
        self.pairs_in[stand][slot].append(pair)
        self.room[stand][slot] -= 1

    def lift(self, pair: int) -> int:
        """Take a pair's slot away and return the slot."""
        slot, stand = self.slot_of.pop(pair), self.association[pair]
        del self.pair_at[self.visitor[pair]][slot]
        self.pairs_in[stand][slot].remove(pair)
        self.room[stand][slot] += 1
        return slot

    def is_free(self, pair: int, slot: int) -> bool:
        """Tell whether a pair could meet in a slot without moving anybody."""
        who = self.visitor[pair]
        return (
            self.first[who] <= slot <= self.last[who]
            and slot not in self.pair_at[who]
            and self.room[self.association[pair]][slot] > 0
        )

    def deal(self, pairs: Integers) -> list[int]:
        """Give slots to pairs, the most pressed first; return those that found none.

        Parameters
        ----------
        pairs : Integers
            Indices of pairs, shape (n_meetings,).

        Returns
        -------
        list of int
            Pairs that are still without a slot, in the order they were tried.
        """
        wishes = self.wishes
        met = np.bincount(wishes.visitor[pairs], minlength=wishes.visitors)
        slack = (wishes.last_slot - wishes.first_slot + 1 - met)[wishes.visitor[pairs]]
        homeless = []
        for pair in pairs[np.argsort(slack, kind="stable")].tolist():
            who, room = self.visitor[pair], self.room[self.association[pair]]
            busy = self.pair_at[who]
            best, most = NOWHERE, 0
            for slot in range(self.first[who], self.last[who] + 1):
                if room[slot] > most and slot not in busy:
                    best, most = slot, room[slot]
            if best == NOWHERE:
                homeless.append(pair)
            else:
                self.put(pair, best)
        return homeless

    def make_room(self, pair: int, options: Sequence[Sequence[int]] | None = None) -> bool:
        """Find a meeting for a visitor by moving others, none of whom ends with fewer meetings.

        Parameters
        ----------
        pair : int
            A pair without a slot.
        options : sequence of sequence of int, optional
            Pairs that each visitor may meet instead, best first. Without them everybody keeps whom they meet
            and only slots change.

        Returns
        -------
        bool
            True when the visitor of `pair` has one more meeting now; False when nothing was changed.

        Notes
        -----
        An alternating path, breadth first: the pair takes a slot from one other meeting (its visitor's or
        one of the stand's), that one takes a slot from a third, until somebody finds a free slot. Each
        meeting is moved at most once, so the search is linear in the timetable.
        """
        start = Step(pair, pair, NOWHERE, None)
        known = {pair}
        queue = deque([start])
        while queue:
            last = queue.popleft()
            mover = last.displaced
            who = self.visitor[mover]
            for other in self._instead_of(mover, options):
                stand = self.association[other]
                for slot in range(self.first[who], self.last[who] + 1):
                    if self.capacity[stand][slot] == 0 or (
                        other == mover and slot == self.slot_of.get(mover)
                    ):
                        continue
                    own = self.pair_at[who].get(slot)
                    own = None if own == mover else own
                    full = self.room[stand][slot] <= 0
                    if own is None and not full:
                        if self._walk(Step(NOWHERE, other, slot, last)):
                            return True
                    elif own is None or not full:
                        for pushed in self.pairs_in[stand][slot] if own is None else [own]:
                            if pushed not in known:
                                known.add(pushed)
                                queue.append(Step(pushed, other, slot, last))
        return False

    def _instead_of(self, pair: int, options: Sequence[Sequence[int]] | None) -> list[int]:
        """The pair itself, then whom its visitor does not meet yet."""
        if options is None:
            return [pair]
        return [pair, *(p for p in options[self.visitor[pair]] if p not in self.slot_of and p != pair)]

    def _walk(self, step: Step) -> bool:
        """Carry out a path from its end to its start; undo it when a step was spoilt by a later one."""
        done: list[tuple[int, int | None, int]] = []
        while step.before is not None:
            mover, taken = step.before.displaced, step.taken
            back = self.lift(mover) if mover in self.slot_of else None
            if taken in self.slot_of or not self.is_free(taken, step.slot):
                if back is not None:
                    self.put(mover, back)
                for moved, slot, placed in reversed(done):
                    self.lift(placed)
                    if slot is not None:
                        self.put(moved, slot)
                return False
            self.put(taken, step.slot)
            done.append((mover, back, taken))
            step = step.before
        return True
