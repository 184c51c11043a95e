"""The open house as arrays: where tables can stand, what each place offers, how far they are from each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.placing.open_house import OpenHouse
from brobygget.engine.placing.things import Stand, Wish, WishKind

Booleans = NDArray[np.bool_]
Integers = NDArray[np.int64]

NONE = -1
"""No circuit."""


@dataclass(frozen=True, eq=False)
class Floor:
    """Places, which are single tables and neighbouring pairs, and what is true of them.

    Attributes
    ----------
    house : OpenHouse
        Where it comes from; indices count in its order.
    places : tuple of tuple of int
        The positions of each place, in order; fire lanes are in none.
    size : Integers
        Tables of each place, shape (n_places,).
    zone, entrance, sockets : Integers
        Room, distance of the nearer table in decimetres, tables with a socket; shape (n_places,).
    step_free, window, stage, calm : Booleans
        Marks of each place, shape (n_places,): step-free at every table, the others at one.
    floor : NDArray[np.float64]
        Free floor at the better table, in square metres, shape (n_places,).
    circuits : tuple of tuple of int
        Circuits in reach of each place.
    covers : Booleans
        Shape (n_places, n_positions): the place uses the position.
    meets : Booleans
        Shape (n_places, n_places): the two use a table in common.
    beside, loud, near, apart : Booleans
        Shape (n_places, n_places): side by side; within the limits of noise, near and apart.
    """

    house: OpenHouse
    places: tuple[tuple[int, ...], ...]
    size: Integers
    zone: Integers
    entrance: Integers
    sockets: Integers
    step_free: Booleans
    window: Booleans
    stage: Booleans
    calm: Booleans
    floor: NDArray[np.float64]
    circuits: tuple[tuple[int, ...], ...]
    covers: Booleans
    meets: Booleans
    beside: Booleans
    loud: Booleans
    near: Booleans
    apart: Booleans

    @property
    def furthest(self) -> int:
        """The longest way from the entrance to a usable table, in decimetres; 0 without tables."""
        return int(self.entrance[self.size == 1].max(initial=0))

    def suits(self, stand: Stand) -> Booleans:
        """Places with as many tables as a stand has, shape (n_places,)."""
        fits: Booleans = self.size == stand.tables
        return fits

    def grants(self, wish: Wish) -> Booleans:
        """Places where a wish about nobody else comes true, shape (n_places,)."""
        limits, house = self.house.limits, self.house
        if wish.kind is WishKind.ENTRANCE:
            granted: Booleans = self.entrance <= limits.entrance_near
        elif wish.kind is WishKind.ZONE:
            granted = self.zone == [zone.id for zone in house.zones].index(wish.about or "")
        elif wish.kind is WishKind.HOST:
            near = [
                any(
                    wish.about in host.languages
                    and host.zone == position.zone
                    and (host.x - position.x) ** 2 + (host.y - position.y) ** 2 <= limits.host_near**2
                    for host in house.hosts
                )
                for position in house.positions
            ]
            granted = np.asarray((self.covers & np.array(near, dtype=np.bool_)).any(axis=1))
        else:
            granted = {WishKind.WINDOW: self.window, WishKind.CALM: self.calm, WishKind.STAGE: self.stage}[
                wish.kind
            ]
        return granted


def floor_of(house: OpenHouse) -> Floor:
    """Measure an open house."""
    positions = house.positions
    index = {position.id: number for number, position in enumerate(positions)}
    room = {zone.id: number for number, zone in enumerate(house.zones)}
    fuse = {circuit.id: number for number, circuit in enumerate(house.circuits)}
    beside = np.zeros((len(positions), len(positions)), dtype=np.bool_)
    for pair in house.neighbours:
        one, other = index[pair[0]], index[pair[1]]
        beside[one, other] = beside[other, one] = True
    usable = [number for number, position in enumerate(positions) if not position.fire_lane]
    single = [(number,) for number in usable]
    double = [(one, other) for i, one in enumerate(usable) for other in usable[i + 1 :] if beside[one, other]]
    places: tuple[tuple[int, ...], ...] = (*single, *double)
    covers = np.zeros((len(places), len(positions)), dtype=np.bool_)
    for number, place in enumerate(places):
        covers[number, list(place)] = True

    def some(marks: list[bool]) -> Booleans:
        """Places where a mark holds at one table."""
        found: Booleans = np.asarray((covers & np.array(marks, dtype=np.bool_)).any(axis=1))
        return found

    def between(of_positions: Booleans) -> Booleans:
        """A relation of positions as one of places."""
        return (covers @ of_positions.astype(np.int64) @ covers.T) > 0

    entrance = np.array([position.entrance for position in positions], dtype=np.int64)
    free = np.array([position.floor for position in positions], dtype=np.float64)
    zone = np.array([room[position.zone] for position in positions], dtype=np.int64)
    x = np.array([position.x for position in positions], dtype=np.int64)
    y = np.array([position.y for position in positions], dtype=np.int64)
    squared = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
    same_room = zone[:, None] == zone

    def within(limit: int) -> Booleans:
        """Places that come within a distance of each other."""
        return between(same_room & (squared <= limit**2))

    reached = [
        sorted(
            {
                fuse[str(positions[number].circuit)]
                for number in place
                if positions[number].circuit is not None
            }
        )
        for place in places
    ]
    limits = house.limits
    return Floor(
        house=house,
        places=places,
        size=covers.sum(axis=1),
        zone=np.array([zone[place[0]] for place in places], dtype=np.int64),
        entrance=np.array([entrance[list(place)].min() for place in places], dtype=np.int64),
        sockets=covers.astype(np.int64)
        @ np.array([position.circuit is not None for position in positions], dtype=np.int64),
        step_free=~some([not position.step_free for position in positions]),
        window=some([position.window for position in positions]),
        stage=some([position.stage for position in positions]),
        calm=some([position.calm for position in positions]),
        floor=np.array([free[list(place)].max() for place in places], dtype=np.float64),
        circuits=tuple(tuple(circuits) for circuits in reached),
        covers=covers,
        meets=between(np.eye(len(positions), dtype=np.bool_)),
        beside=between(beside),
        loud=within(limits.loud),
        near=within(limits.near),
        apart=within(limits.apart),
    )
