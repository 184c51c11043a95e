"""A short walk past some tables: hall by hall from the way in, and in each hall from its door and on.

Lengths are decimetres. Inside a hall one walks along the rows, so a way is as long as its two sides together. The halls
lie along one way from the entrance, each at its own distance, and none is entered twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

EXACTLY = 7  # tables in one hall of which every order is tried; more go to the nearest each time, put right by turns


@dataclass(frozen=True)
class Stop:
    """A table: which hall, how far its hall is from the way in, where the hall's door is, and where the table."""

    pk: int
    hall: int
    walk: int
    door: tuple[int, int]
    at: tuple[int, int]


def between(one: tuple[int, int], other: tuple[int, int]) -> int:
    """How far it is inside one hall."""
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def length(stops: Sequence[Stop]) -> int:
    """How far one walks from the way in to the last table."""
    far, place, hall = 0, 0, None
    at = (0, 0)
    for stop in stops:
        if stop.hall != hall:
            if hall is not None:
                far += between(at, _door_of(stops, hall))
            far += abs(stop.walk - place)
            place, hall, at = stop.walk, stop.hall, stop.door
        far += between(at, stop.at)
        at = stop.at
    return far


def _door_of(stops: Sequence[Stop], hall: int) -> tuple[int, int]:
    return next(stop.door for stop in stops if stop.hall == hall)


def in_walking_order(stops: Sequence[Stop]) -> list[Stop]:
    """The same tables as one walks; how they are given does not matter."""
    halls: dict[tuple[int, int], list[Stop]] = {}
    for stop in sorted(stops, key=lambda one: one.pk):
        halls.setdefault((stop.walk, stop.hall), []).append(stop)
    found: list[Stop] = []
    last = max(halls, default=None)
    for key in sorted(halls):
        found += _through(halls[key], goes_back=key != last)
    return found


def _through(stops: list[Stop], *, goes_back: bool) -> list[Stop]:
    """The shortest way past the tables of one hall, and back to its door where there is another hall after it."""

    def far(order: Sequence[Stop]) -> int:
        there = sum(between(one.at, other.at) for one, other in pairwise(order))
        back = between(order[-1].at, order[-1].door) if goes_back else 0
        return between(order[0].door, order[0].at) + there + back

    if len(stops) <= EXACTLY:
        shortest: tuple[Stop, ...] = min(permutations(stops), key=far)
        return list(shortest)
    return min((_put_right(order, far) for order in _first_ways(stops)), key=far)


def _first_ways(stops: list[Stop]) -> list[list[Stop]]:
    """To the nearest each time; and along the rows, to and fro, in either direction of the hall."""
    found = [_nearest_first(stops)]
    for across, along in ((0, 1), (1, 0)):
        rows: dict[int, list[Stop]] = {}
        for stop in stops:
            rows.setdefault(stop.at[along], []).append(stop)
        way: list[Stop] = []
        for turn, row in enumerate(sorted(rows)):
            way += sorted(rows[row], key=lambda one: one.at[across], reverse=bool(turn % 2))
        found += [way, way[::-1]]
    return found


def _nearest_first(stops: list[Stop]) -> list[Stop]:
    left, at, found = list(stops), stops[0].door, []
    while left:
        nearest = min(left, key=lambda one: (between(at, one.at), one.pk))
        left.remove(nearest)
        found.append(nearest)
        at = nearest.at
    return found


def _put_right(order: list[Stop], far: Callable[[Sequence[Stop]], int]) -> list[Stop]:
    """Turn pieces of the way round as long as that makes it shorter."""
    is_shorter = True
    while is_shorter:
        is_shorter = False
        for start in range(len(order) - 1):
            for end in range(start + 2, len(order) + 1):
                turned = order[:start] + order[start:end][::-1] + order[end:]
                if far(turned) < far(order):
                    order, is_shorter = turned, True
    return order
