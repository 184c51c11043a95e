"""What visitors wish for and what associations can give: the input of the room."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True)
class VisitWishes:
    """Who could meet whom at the open house, and when.

    Parameters
    ----------
    wanted : Integers
        Meetings each visitor wishes for, shape (n_visitors,), 0 or more.
    first_slot, last_slot : Integers
        First and last slot each visitor is present, shape (n_visitors,), both counted in,
        ``0 <= first_slot <= last_slot < n_slots``.
    capacity : Integers
        Visitors an association can meet in a slot, shape (n_associations, n_slots), 0 or more;
        0 means that the stand is closed.
    visitor, association : Integers
        The eligible pairs, both of shape (n_pairs,); age, language and interest are already applied and
        no pair occurs twice.
    usefulness : Integers
        What each pair is worth, shape (n_pairs,), whole numbers from 0 to 100 by custom (any size from 0
        is accepted).

    Notes
    -----
    Nothing may be NaN: the arrays hold whole numbers.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.array([1])
    >>> wishes = VisitWishes(one, one * 0, one * 0, np.array([[1]]), one * 0, one * 0, one * 80)
    >>> wishes.visitors, wishes.associations, wishes.slots
    (1, 1, 1)
    """

    wanted: Integers
    first_slot: Integers
    last_slot: Integers
    capacity: Integers
    visitor: Integers
    association: Integers
    usefulness: Integers

    def __post_init__(self) -> None:
        """Refuse arrays that do not belong together.

        Raises
        ------
        ValueError
            When shapes differ, a number lies outside its range or a pair occurs twice.
        """
        if self.capacity.ndim != 2 or (self.capacity < 0).any():
            raise ValueError("capacity must be a table (associations, slots) of numbers from 0")
        of_visitors = (self.wanted, self.first_slot, self.last_slot)
        of_pairs = (self.visitor, self.association, self.usefulness)
        if len({a.shape for a in of_visitors}) != 1 or len({a.shape for a in of_pairs}) != 1:
            raise ValueError("arrays of visitors, or of pairs, differ in length")
        if (self.wanted < 0).any() or (self.usefulness < 0).any():
            raise ValueError("wanted and usefulness start at 0")
        present = (self.first_slot >= 0) & (self.first_slot <= self.last_slot) & (self.last_slot < self.slots)
        if not present.all():
            raise ValueError("first_slot and last_slot must lie in order within the slots")
        for name, numbers, limit in (
            ("visitor", self.visitor, self.visitors),
            ("association", self.association, self.associations),
        ):
            if len(numbers) and not (numbers.min() >= 0 and numbers.max() < limit):
                raise ValueError(f"a pair names an unknown {name}")
        keys = self.visitor * max(self.associations, 1) + self.association
        if len(np.unique(keys)) != len(keys):
            raise ValueError("a pair occurs twice")

    @property
    def visitors(self) -> int:
        """Number of visitors."""
        return len(self.wanted)

    @property
    def associations(self) -> int:
        """Number of associations."""
        return int(self.capacity.shape[0])

    @property
    def slots(self) -> int:
        """Number of slots."""
        return int(self.capacity.shape[1])

    @property
    def pairs(self) -> int:
        """Number of eligible pairs."""
        return len(self.visitor)


def reachable_pairs(wishes: VisitWishes) -> Booleans:
    """Tell which pairs have a slot in which the stand is open while the visitor is present.

    Parameters
    ----------
    wishes : VisitWishes
        Wishes and capacities.

    Returns
    -------
    Booleans
        True for pairs that could meet if nobody else came, shape (n_pairs,).

    Examples
    --------
    >>> import numpy as np
    >>> early = VisitWishes(
    ...     np.array([1]), np.array([0]), np.array([0]), np.array([[0, 5], [2, 0]]),
    ...     np.array([0, 0]), np.array([0, 1]), np.array([90, 10]),
    ... )
    >>> reachable_pairs(early).tolist()
    [False, True]
    """
    opened = np.zeros((wishes.associations, wishes.slots + 1), dtype=np.int64)
    np.cumsum(wishes.capacity > 0, axis=1, out=opened[:, 1:])
    until = opened[wishes.association, wishes.last_slot[wishes.visitor] + 1]
    before = opened[wishes.association, wishes.first_slot[wishes.visitor]]
    reachable: Booleans = until > before
    return reachable


def possible_meetings(wishes: VisitWishes) -> Integers:
    """Count the meetings each visitor could have if nobody else came.

    Parameters
    ----------
    wishes : VisitWishes
        Wishes and capacities.

    Returns
    -------
    Integers
        The least of wanted meetings, slots present and reachable associations, shape (n_visitors,).

    Examples
    --------
    >>> import numpy as np
    >>> busy = VisitWishes(
    ...     np.array([3]), np.array([0]), np.array([0]), np.array([[1], [1]]),
    ...     np.array([0, 0]), np.array([0, 1]), np.array([90, 10]),
    ... )
    >>> possible_meetings(busy).tolist()
    [1]
    """
    reached = np.bincount(wishes.visitor[reachable_pairs(wishes)], minlength=wishes.visitors)
    present = wishes.last_slot - wishes.first_slot + 1
    possible: Integers = np.minimum(np.minimum(wishes.wanted, present), reached)
    return possible
