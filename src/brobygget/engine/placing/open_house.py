"""The open house: everything that stands in it, what an unmet rule costs, and whether it hangs together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from brobygget.engine.placing.things import (
    Circuit,
    CircuitRule,
    Host,
    Limits,
    Position,
    Stand,
    Wish,
    WishKind,
    Zone,
)

MOST_TABLES = 2


class Rule(StrEnum):
    """What must hold for a stand or for two, unless nothing else is possible.

    Examples
    --------
    >>> [rule.value for rule in Rule]
    ['place', 'step_free', 'power', 'noise', 'floor', 'stage', 'same_kind']
    """

    PLACE = "place"
    STEP_FREE = "step_free"
    POWER = "power"
    NOISE = "noise"
    FLOOR = "floor"
    STAGE = "stage"
    SAME_KIND = "same_kind"


ORDINARY_COSTS = {
    Rule.PLACE: 50,
    Rule.STEP_FREE: 20,
    Rule.POWER: 15,
    Rule.NOISE: 10,
    Rule.FLOOR: 8,
    Rule.STAGE: 8,
    Rule.SAME_KIND: 4,
}
"""What an unmet rule of each kind costs, unless the open house says otherwise."""


class NotAnOpenHouse(ValueError):
    """The description contradicts itself.

    Parameters
    ----------
    where : str
        The part that is wrong: a field of `OpenHouse`, with the id of the thing where there is one.
    sentence : str
        What is wrong, in English, for a log or a terminal.

    Examples
    --------
    >>> try:
    ...     OpenHouse(positions=(), stands=(Stand("s1", kind="sport", tables=0),))
    ... except NotAnOpenHouse as wrong:
    ...     wrong.where
    'stands: s1'
    """

    def __init__(self, where: str, sentence: str) -> None:
        super().__init__(f"{where}: {sentence}")
        self.where = where
        self.sentence = sentence


@dataclass(frozen=True, eq=False)
class OpenHouse:
    """Everything that decides where stands may stand.

    Parameters
    ----------
    positions : tuple of Position
        Room for tables.
    stands : tuple of Stand
        Who wants a place; more than there is room for is legal.
    zones : tuple of Zone
        Rooms; when empty, those that positions name, without a wanted number of kinds.
    neighbours : tuple of (str, str)
        Positions side by side.
    circuits : tuple of Circuit
        Fuses.
    circuit_rules : tuple of CircuitRule
        What no circuit takes together.
    hosts : tuple of Host
        Language hosts at their spots.
    wishes : tuple of Wish
        What stands would like.
    limits : Limits
        Distances.
    costs : dict
        What an unmet rule of each kind costs, whole numbers from 1.

    Notes
    -----
    Everything is put in order of ids, so that the order in which things are given never matters.

    Examples
    --------
    >>> tables = (Position("A2", "A", 20, 0), Position("A1", "A", 0, 0))
    >>> house = OpenHouse(tables, (Stand("s1", "sport", tables=2),), neighbours=(("A2", "A1"),))
    >>> [position.id for position in house.positions], house.neighbours
    (['A1', 'A2'], (('A1', 'A2'),))
    """

    positions: tuple[Position, ...]
    stands: tuple[Stand, ...]
    zones: tuple[Zone, ...] = ()
    neighbours: tuple[tuple[str, str], ...] = ()
    circuits: tuple[Circuit, ...] = ()
    circuit_rules: tuple[CircuitRule, ...] = ()
    hosts: tuple[Host, ...] = ()
    wishes: tuple[Wish, ...] = ()
    limits: Limits = field(default_factory=Limits)
    costs: dict[Rule, int] = field(default_factory=lambda: dict(ORDINARY_COSTS))

    def __post_init__(self) -> None:
        """Put everything in order of ids and refuse what does not belong together.

        Raises
        ------
        NotAnOpenHouse
            When an id occurs twice or is unknown, or a number is impossible.
        """
        if not self.zones:
            rooms = {position.zone for position in self.positions}
            object.__setattr__(self, "zones", tuple(Zone(room) for room in rooms))
        for name in ("positions", "stands", "zones", "circuits", "circuit_rules", "hosts", "wishes"):
            things = getattr(self, name)
            _each_once(name, [thing.id for thing in things])
            object.__setattr__(self, name, tuple(sorted(things, key=lambda thing: str(thing.id))))
        pairs = {(min(pair), max(pair)) for pair in self.neighbours}
        object.__setattr__(self, "neighbours", tuple(sorted(pairs)))
        self._refuse_unknown_names()
        self._refuse_impossible_numbers()

    def _refuse_unknown_names(self) -> None:
        zones, circuits, stands, positions = (
            {thing.id for thing in things}
            for things in (self.zones, self.circuits, self.stands, self.positions)
        )
        for position in self.positions:
            where = f"positions: {position.id}"
            _known(where, "zone", position.zone, zones)
            if position.circuit is not None:
                _known(where, "circuit", position.circuit, circuits)
        for host in self.hosts:
            _known(f"hosts: {host.id}", "zone", host.zone, zones)
        room = {position.id: position.zone for position in self.positions}
        for pair in self.neighbours:
            where = f"neighbours: {' and '.join(pair)}"
            for name in pair:
                _known(where, "position", name, positions)
            if pair[0] == pair[1]:
                raise NotAnOpenHouse(where, "a position cannot be its own neighbour")
            if room[pair[0]] != room[pair[1]]:
                raise NotAnOpenHouse(where, "they lie in different zones and cannot be side by side")
        about = {
            WishKind.NEAR: ("stand", stands),
            WishKind.APART: ("stand", stands),
            WishKind.ZONE: ("zone", zones),
        }
        for wish in self.wishes:
            where = f"wishes: {wish.id}"
            _known(where, "stand", wish.stand, stands)
            if wish.kind in about:
                _known(where, about[wish.kind][0], wish.about, about[wish.kind][1])
            if wish.kind in (WishKind.NEAR, WishKind.APART) and wish.about == wish.stand:
                raise NotAnOpenHouse(where, "a stand cannot wish about itself")
            if wish.kind is WishKind.HOST and not wish.about:
                raise NotAnOpenHouse(where, "it names no language")

    def _refuse_impossible_numbers(self) -> None:
        for stand in self.stands:
            where = f"stands: {stand.id}"
            if not 1 <= stand.tables <= MOST_TABLES:
                raise NotAnOpenHouse(where, f"it has {stand.tables} tables; a stand has 1 or {MOST_TABLES}")
            _from_zero(where, floor=stand.floor, **{f"watts of {a.type}": a.watts for a in stand.appliances})
        for circuit in self.circuits:
            _from_zero(f"circuits: {circuit.id}", watts=circuit.watts)
        for rule in self.circuit_rules:
            _from_zero(f"circuit_rules: {rule.id}", most=rule.most)
        for zone in self.zones:
            _from_zero(f"zones: {zone.id}", min_kinds=zone.min_kinds)
        for position in self.positions:
            _from_zero(f"positions: {position.id}", entrance=position.entrance, floor=position.floor)
        for wish in self.wishes:
            _from_zero(f"wishes: {wish.id}", weight=wish.weight)
        _from_zero("limits", **vars(self.limits))
        for kind in Rule:
            if self.costs.get(kind, 0) < 1:
                raise NotAnOpenHouse("costs", f"an unmet rule {kind} must cost at least 1")


def _each_once(name: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise NotAnOpenHouse(f"{name}: {each}", "it occurs twice")
        seen.add(each)


def _known(where: str, what: str, name: str | None, names: set[str]) -> None:
    if name not in names:
        raise NotAnOpenHouse(where, f"there is no {what} {name!r}")


def _from_zero(where: str, **numbers: float) -> None:
    for name, number in numbers.items():
        if not number >= 0:
            raise NotAnOpenHouse(where, f"{name} is {number}, and must be 0 or more")
