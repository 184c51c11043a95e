"""Can everybody at this table follow? Languages, interpreters, and a memory of tables seen before."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .gathering import Gathering

Masks = NDArray[np.int64]
SPREAD = np.uint64(0x9E3779B97F4A7C15)
LOWEST_BYTE = np.uint64(255)


def covered(masks: Masks, interprets: NDArray[np.bool_]) -> Masks:
    """Languages each person at a table can follow, own and interpreted.

    Parameters
    ----------
    masks : Masks
        Shape (..., seats): languages as bits, 0 for an empty seat.
    interprets : NDArray[np.bool_]
        Shape (..., seats).

    Returns
    -------
    Masks
        Shape (..., seats): the person's own languages, and all those of every interpreter at the
        table who shares a language with the person.
    """
    helped = masks.copy()
    lent = np.where(interprets, masks, 0)
    for seat in range(masks.shape[-1]):
        of_one = lent[..., seat, None]
        helped |= np.where((of_one & masks) != 0, of_one, 0)
    return helped


def left_out(masks: Masks, interprets: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many at the table cannot follow, in the language that leaves out the fewest.

    Parameters
    ----------
    masks, interprets : arrays
        As for `covered`, shape (..., seats).

    Returns
    -------
    NDArray[np.int64]
        Shape (...): 0 where one language reaches everybody, as it does at an empty table.
    """
    helped = covered(masks, interprets)
    seated = masks != 0
    spoken = int(np.bitwise_or.reduce(masks, axis=None)) if masks.size else 0
    fewest = seated.sum(axis=-1)
    for bit in range(spoken.bit_length()):
        if spoken >> bit & 1:
            reached = (helped >> bit) & 1
            fewest = np.minimum(fewest, (seated & (reached == 0)).sum(axis=-1))
    return np.asarray(fewest, dtype=np.int64)


def best_language(masks: Masks, interprets: NDArray[np.bool_]) -> int:
    """The language that reaches most people at one table (the lowest number wins a tie)."""
    helped = covered(masks, interprets)
    reached = [int(((helped >> bit) & 1).sum()) for bit in range(int(masks.max(initial=1)).bit_length())]
    return int(np.argmax(reached))


class TableTalk:
    """Answers `left_out` for many tables at once and remembers every mixture of people it has seen.

    People who speak the same and interpret alike are interchangeable, so a table is known by a sum of
    one random number per person, and a change of one seat is one subtraction and one addition. The
    numbers leave their lowest byte free; the memory keeps the answer there.
    """

    def __init__(self, gathering: Gathering, *, empty_seats: int = 0, memory_bits: int = 18) -> None:
        kinds = np.stack([gathering.languages, gathering.interpreter.astype(np.int64)], axis=1)
        distinct, kind = np.unique(kinds, axis=0, return_inverse=True)
        names = np.random.default_rng(20190118).integers(1, 2**55, size=len(distinct)).astype(np.uint64)
        nobody = np.zeros(empty_seats, dtype=np.int64)
        self.matters = int(np.bitwise_and.reduce(gathering.languages)) == 0
        self.name = np.concatenate([names[kind.ravel()] << np.uint64(8), nobody.astype(np.uint64)])
        self.masks = np.concatenate([gathering.languages, nobody])
        self.interprets = np.concatenate([gathering.interpreter, nobody.astype(bool)])
        self._shift = np.uint64(64 - memory_bits)
        self._memory = np.zeros(2**memory_bits if self.matters else 1, dtype=np.uint64)

    def names_of(self, seats: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Shape (...): the name of each table in ``seats`` of shape (..., seats)."""
        return np.asarray(self.name[seats].sum(axis=-1, dtype=np.uint64))

    def left_out(
        self, names: NDArray[np.uint64], seats_of: Callable[[NDArray[np.int64]], NDArray[np.int64]]
    ) -> NDArray[np.float32]:
        """Look up tables by name.

        Parameters
        ----------
        names : NDArray[np.uint64]
            Shape (tables,).
        seats_of : callable
            Given positions in ``names``, returns who sits there, shape (positions, seats); asked only
            for tables not seen before.

        Returns
        -------
        NDArray[np.float32]
            Shape (tables,).
        """
        # The multiplication spreads the sums of few people over the whole memory.
        slot = ((names * SPREAD) >> self._shift).view(np.int64)
        answer = self._memory.take(slot) - names
        unknown = np.flatnonzero(answer > LOWEST_BYTE)
        if len(unknown):
            seats = seats_of(unknown)
            found = left_out(self.masks[seats], self.interprets[seats]).astype(np.uint64)
            answer[unknown] = found
            self._memory[slot[unknown]] = names[unknown] + found
        return answer.astype(np.float32)
