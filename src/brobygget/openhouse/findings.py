"""What is found out about the floor: numbers of rows and codes, which pages make sentences of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Spot:
    """Where a stand stands: a table, and the circuit that it is plugged into."""

    position: int
    circuit: int | None = None


Spots = Mapping[int, Spot]  # invitation -> where


class NoFloor(Exception):
    """What was asked for names somebody or some table that is no longer there."""


@dataclass(frozen=True, order=True)
class Unmet:
    """A need that is not kept: place, step_free, power, noise, floor or same_kind; of one stand, or between two."""

    rule: str
    stand: int
    other: int | None = None


@dataclass(frozen=True, order=True)
class Fault:
    """What cannot be: overload or never_together on a circuit, or a table that cannot be used so."""

    code: str
    stands: tuple[int, ...]
    circuit: int | None = None
    watts: int = 0
    most: int = 0


@dataclass(frozen=True)
class Judgement:
    """What is true of the floor as it is."""

    unmet: tuple[Unmet, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether every need is kept."""
        return not self.unmet and not self.faults


@dataclass(frozen=True)
class Weighed:
    """What a move changes: what breaks, what heals, and the floor after it."""

    spots: Spots
    unmet: tuple[Unmet, ...]
    met: tuple[Unmet, ...]
    faults: tuple[Fault, ...]
    mended: tuple[Fault, ...]

    @property
    def breaks(self) -> int:
        """How much is worse afterwards."""
        return len(self.unmet) + len(self.faults)


@dataclass(frozen=True)
class Placed:
    """A floor that the program has made. `conflicts`: needs that cannot hold together, where not all can."""

    spots: Spots
    is_proven: bool = False
    conflicts: tuple[tuple[Unmet, ...], ...] = ()


# -- meetings by appointment ---------------------------------------------------------------------------------------
@dataclass(frozen=True, order=True)
class Meeting:
    """Who meets whom and when: the row of a wish, of an invitation, and the place of the time among the day's."""

    wish: UUID
    invitation: int
    slot: int


@dataclass(frozen=True)
class Arranged:
    """A timetable that the program has made, and why some have nothing.

    `unserved`: a cause for each wish without a meeting, and the invitations of which any one with one more place
    would do. `empty`: a cause for each association that nobody meets.
    """

    meetings: tuple[Meeting, ...]
    served: int
    most_served: int
    share: float
    unserved: Mapping[UUID, tuple[str, tuple[int, ...]]]
    empty: Mapping[int, str]
