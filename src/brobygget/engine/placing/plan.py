"""A plan, and what can be said of it: rules broken, rules unmet, wishes lost."""

from __future__ import annotations

from dataclasses import dataclass

from brobygget.engine.placing.open_house import Rule
from brobygget.engine.placing.things import Wish


@dataclass(frozen=True, order=True)
class Placement:
    """Where one stand stands.

    Parameters
    ----------
    stand : str
        Which.
    positions : tuple of str
        Its table or tables.
    circuit : str or None
        What it is plugged into.

    Examples
    --------
    >>> Placement("s1", ("A01",)).circuit is None
    True
    """

    stand: str
    positions: tuple[str, ...]
    circuit: str | None = None


@dataclass(frozen=True, order=True)
class NamedRule:
    """One rule of one stand, or of two.

    Parameters
    ----------
    kind : Rule
        What must hold.
    stand : str
        For whom.
    other : str or None
        The second stand: the quiet one (noise) or the later id (same kind).

    Examples
    --------
    >>> NamedRule(Rule.NOISE, "s4", "s2").id
    'noise:s4:s2'
    """

    kind: Rule
    stand: str
    other: str | None = None

    @property
    def id(self) -> str:
        """Its name in files."""
        return ":".join(
            (self.kind, self.stand) if self.other is None else (self.kind, self.stand, self.other)
        )


@dataclass(frozen=True, order=True)
class Breach:
    """Something that makes a plan void.

    Parameters
    ----------
    code : str
        ``"unknown_stand"``, ``"placed_twice"``, ``"unknown_position"``, ``"wrong_number_of_tables"``,
        ``"not_neighbours"``, ``"taken"``, ``"fire_lane"``, ``"nothing_to_plug_in"``, ``"out_of_reach"``,
        ``"overload"`` or ``"never_together"``.
    stands : tuple of str
        Those concerned, in order.
    where : str
        The position or circuit; the circuit rule for ``"never_together"``, with its circuit; empty where there is none.
    amount, most : int
        Watts or appliances there, and how many there may be; 0 where it does not apply.

    Examples
    --------
    >>> Breach("overload", ("s1", "s2"), "A1", 2400, 2300).most
    2300
    """

    code: str
    stands: tuple[str, ...]
    where: str = ""
    amount: int = 0
    most: int = 0


@dataclass(frozen=True, order=True)
class Merits:
    """How good a plan is; the smaller the better, first field first.

    Parameters
    ----------
    unmet : int
        U, what the unmet rules cost.
    lost : int
        W, weight of the wishes lost.
    unfair : int
        F, decimetres by which small associations stand too far from the entrance, and 100 for each too many at
        the back.
    uniform : int
        K, kinds of stand missing in the rooms.
    sockets : int
        P, sockets at the tables of those who draw nothing.

    Examples
    --------
    >>> Merits(0, 13, 0, 0, 5) < Merits(8, 0, 0, 0, 0)
    True
    """

    unmet: int
    lost: int
    unfair: int
    uniform: int
    sockets: int

    @property
    def vector(self) -> tuple[int, int, int, int, int]:
        """The five in order."""
        return (self.unmet, self.lost, self.unfair, self.uniform, self.sockets)


@dataclass(frozen=True)
class Verdict:
    """What is true of a plan.

    Parameters
    ----------
    broken : tuple of Breach
        What makes it void; empty for a plan that can be carried out.
    unmet : tuple of NamedRule
        Rules that do not hold.
    lost : tuple of Wish
        Wishes that do not come true.
    merits : Merits
        The same in numbers.

    Examples
    --------
    >>> Verdict((), (NamedRule(Rule.PLACE, "s1"),), (), Merits(50, 0, 0, 0, 0)).is_possible
    True
    """

    broken: tuple[Breach, ...]
    unmet: tuple[NamedRule, ...]
    lost: tuple[Wish, ...]
    merits: Merits

    @property
    def is_possible(self) -> bool:
        """Whether the plan can be carried out, be it with rules unmet."""
        return not self.broken
