"""What stands in an open house and who wants to stand there: halls, tables, circuits, stands, needs and wishes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class WishKind(StrEnum):
    """What a stand may wish for.

    Examples
    --------
    >>> WishKind("near").value
    'near'
    """

    NEAR = "near"
    APART = "apart"
    ENTRANCE = "entrance"
    WINDOW = "window"
    CALM = "calm"
    STAGE = "stage"
    ZONE = "zone"
    HOST = "host"


@dataclass(frozen=True)
class Zone:
    """A room of its own: the distance to any other room is endless.

    Parameters
    ----------
    id : str
        Its name in the plan.
    min_kinds : int
        How many different kinds of stand are wanted there, 0 or more.

    Examples
    --------
    >>> Zone("A").min_kinds
    0
    """

    id: str
    min_kinds: int = 0


@dataclass(frozen=True)
class Circuit:
    """A fuse and what it carries.

    Parameters
    ----------
    id : str
        Its name in the plan.
    watts : int
        What may be drawn at once, in watts, 0 or more; 10 A at 230 V are 2300.

    Examples
    --------
    >>> Circuit("A1", 2300).watts
    2300
    """

    id: str
    watts: int


@dataclass(frozen=True)
class CircuitRule:
    """Appliances that never share a circuit.

    Parameters
    ----------
    id : str
        Name of the rule.
    types : frozenset of str
        The types of appliance concerned.
    most : int
        How many of them together any one circuit takes, 0 or more.

    Examples
    --------
    >>> CircuitRule("one_waffle_iron", frozenset({"waffle_iron"}), 1).most
    1
    """

    id: str
    types: frozenset[str]
    most: int


@dataclass(frozen=True)
class Host:
    """Somebody who helps with languages and stays at one spot.

    Parameters
    ----------
    id, zone : str
        Who, and in which room.
    languages : frozenset of str
        Languages spoken.
    x, y : int
        Where, in decimetres.

    Examples
    --------
    >>> Host("h1", "A", frozenset({"ar"}), 60, 40).zone
    'A'
    """

    id: str
    zone: str
    languages: frozenset[str]
    x: int
    y: int


@dataclass(frozen=True)
class Position:
    """Room for one table.

    Parameters
    ----------
    id, zone : str
        Which, and in which room.
    x, y : int
        Where, in decimetres.
    entrance : int
        Walking distance from the entrance, in decimetres; given, not computed.
    circuit : str or None
        The circuit of the socket in reach.
    step_free, window, stage, calm : bool
        Marks.
    floor : float
        Free floor for trying out, in square metres.
    fire_lane : bool
        True where nothing ever stands.

    Examples
    --------
    >>> Position("A01", "A", 20, 10).circuit is None
    True
    """

    id: str
    zone: str
    x: int
    y: int
    entrance: int = 0
    circuit: str | None = None
    step_free: bool = False
    window: bool = False
    stage: bool = False
    calm: bool = False
    floor: float = 0.0
    fire_lane: bool = False


@dataclass(frozen=True)
class Appliance:
    """Something with a plug.

    Parameters
    ----------
    type : str
        What it is; circuit rules name types.
    watts : int
        What it draws, 0 or more.

    Examples
    --------
    >>> Appliance("waffle_iron", 1200).watts
    1200
    """

    type: str
    watts: int


@dataclass(frozen=True)
class Stand:
    """An association at its table or tables, and what it cannot do without.

    Parameters
    ----------
    id, kind : str
        Which, and of what kind; two of a kind do not stand side by side.
    tables : int
        1, or 2 that are neighbours.
    appliances : tuple of Appliance
        What it plugs in, all on one circuit.
    step_free, stage : bool
        Needs such a place.
    floor : float
        Free floor it needs, in square metres; 0 for none.
    loud, quiet : bool
        A loud stand is further than `Limits.loud` from every other that is quiet, as language tables are;
        a choir that teaches may be both.
    small : bool
        A small association, which should not end at the back.

    Examples
    --------
    >>> Stand("s1", "culture", appliances=(Appliance("waffle_iron", 1200), Appliance("lamp", 60))).watts
    1260
    """

    id: str
    kind: str
    tables: int = 1
    appliances: tuple[Appliance, ...] = ()
    step_free: bool = False
    stage: bool = False
    floor: float = 0.0
    loud: bool = False
    quiet: bool = False
    small: bool = False

    @property
    def watts(self) -> int:
        """What it draws with everything on; 0 when it needs no socket."""
        return sum(appliance.watts for appliance in self.appliances)


@dataclass(frozen=True)
class Wish:
    """Something a stand would like.

    Parameters
    ----------
    id, stand : str
        Which wish, and whose.
    kind : WishKind
        What about.
    weight : int
        How much it counts when lost, 0 or more.
    about : str or None
        The other stand (near, apart), the room (zone) or the language (host).

    Examples
    --------
    >>> Wish("w1", "s1", WishKind.NEAR, 2, about="s2").about
    's2'
    """

    id: str
    stand: str
    kind: WishKind
    weight: int = 1
    about: str | None = None


@dataclass(frozen=True)
class Limits:
    """Distances in decimetres, and what is fair.

    Parameters
    ----------
    loud, near, apart : int
        Loud is further than this from quiet; near is within; apart is not within.
    entrance_near, host_near : int
        Within this of the entrance, or of a host.
    fair_entrance : int
        The mean distance to the entrance that small associations may have.
    back : int
        Beyond this distance to the entrance is the back.
    small_back_max : int
        How many small associations may stand there.

    Examples
    --------
    >>> Limits().loud
    40
    """

    loud: int = 40
    near: int = 60
    apart: int = 80
    entrance_near: int = 120
    host_near: int = 60
    fair_entrance: int = 0
    back: int = 0
    small_back_max: int = 0
