"""Who welcomes in which language, half-hour by half-hour: what a grid lacks, and a proposal for a better one.

Swedish is not counted: everybody who works at the door speaks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

HALF_HOUR = 30
NEEDED = 3  # languages in every half-hour
MOST_IN_A_ROW = 4  # half-hours: two hours, then a break
EFFORT = 12_000  # steps of the search in each half-hour; a town's five or ten hosts need fewer for certainty
NARROWEST = 4
TO_COME = 4  # what it costs to come anew, beside one, two, three for each half-hour more
NOT_COUNTED = frozenset({"sv", "sv-easy"})

Grid = Mapping[int, frozenset[int]]  # host -> the half-hours, by number


@dataclass(frozen=True)
class Host:
    """Somebody, their languages, and the half-hours in which they can be there."""

    key: int
    languages: frozenset[str]
    free: frozenset[int]

    @property
    def counted(self) -> frozenset[str]:
        """Without what everybody speaks."""
        return self.languages - NOT_COUNTED


@dataclass(frozen=True, order=True)
class Lack:
    """What a grid does not keep, from one half-hour to before another.

    languages: too few, `has` of them; long: `host` works longer than two hours; absent: `host` is down for a time when
    they cannot be there.
    """

    first: int
    end: int
    code: Literal["languages", "long", "absent"]
    host: int = 0
    has: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A grid, and whether no other could have more languages in the half-hours that lack some."""

    grid: Grid
    lacking: int  # languages that are missing, over all half-hours
    is_proven: bool


def half_hours(opens: int, closes: int) -> list[int]:
    """When each half-hour begins, by the clock: those that the doors are open in, in whole or in part."""
    return list(range(opens // HALF_HOUR * HALF_HOUR, closes, HALF_HOUR))


def spoken_in(hosts: Iterable[Host], grid: Grid, half_hour: int) -> frozenset[str]:
    """The languages in a half-hour, Swedish too where a host has said it."""
    return frozenset().union(*(one.languages for one in hosts if half_hour in grid.get(one.key, frozenset())))


def lacks_in(hosts: Sequence[Host], grid: Grid, *, length: int) -> list[Lack]:
    """Everything that a grid of so many half-hours does not keep."""
    found: list[Lack] = []
    for half_hour in range(length):
        has = tuple(sorted(spoken_in(hosts, grid, half_hour) - NOT_COUNTED))
        if len(has) >= NEEDED:
            continue
        last = found[-1] if found else None
        if last is not None and (last.end, last.has) == (half_hour, has):
            found[-1] = Lack(last.first, half_hour + 1, "languages", has=has)
        else:
            found.append(Lack(half_hour, half_hour + 1, "languages", has=has))
    for one in hosts:
        works = grid.get(one.key, frozenset()) & frozenset(range(length))
        found += (
            Lack(first, end, "long", one.key) for first, end in runs_of(works) if end - first > MOST_IN_A_ROW
        )
        found += (Lack(first, end, "absent", one.key) for first, end in runs_of(works - one.free))
    return sorted(found)


def runs_of(half_hours: Iterable[int]) -> list[tuple[int, int]]:
    """Half-hours that follow each other, as first and end."""
    runs: list[list[int]] = []
    for each in sorted(half_hours):
        if runs and runs[-1][1] == each:
            runs[-1][1] = each + 1
        else:
            runs.append([each, each + 1])
    return [(first, end) for first, end in runs]


@dataclass(frozen=True)
class _Partial:
    """A grid up to some half-hour: how long each has been at it, and what it has cost."""

    lacking: int
    cost: int
    loads: tuple[int, ...]
    works: tuple[tuple[int, ...], ...]  # who, by place, in each half-hour


def propose(
    hosts: Sequence[Host], *, length: int, needed: int = NEEDED, most_in_a_row: int = MOST_IN_A_ROW
) -> Proposal:
    """A grid in which nobody works too long and as few languages as possible are missing.

    Half-hour by half-hour, over groups of hosts of whom none could go without a language fewer: whoever rests loses
    nothing for later. Kept is, for each pattern of who has worked how long, the best so far: fewest languages missing,
    then long shifts rather than many short ones, then the work spread evenly. If all patterns could be kept, no grid
    lacks less; the same when no half-hour lacks more than it must by who can be there at all.
    """
    ordered = sorted(hosts, key=lambda one: one.key)
    kept: dict[tuple[int, ...], _Partial] = {(0,) * len(ordered): _Partial(0, 0, (0,) * len(ordered), ())}
    is_whole, must_lack = True, 0
    for half_hour in range(length):
        able = [place for place, one in enumerate(ordered) if half_hour in one.free and one.counted]
        groups = _groups(ordered, able, needed)
        must_lack += needed - max(has for _group, has in groups)
        following: dict[tuple[int, ...], _Partial] = {}
        for worked, so_far in kept.items():
            for group, has in groups:
                if any(worked[place] >= most_in_a_row for place in group):
                    continue
                pattern, partial = _with(so_far, worked, group, needed - has)
                best = following.get(pattern)
                if best is None or _rank(partial) < _rank(best):
                    following[pattern] = partial
        width = max(EFFORT // len(groups), NARROWEST)
        if len(following) > width:
            is_whole = False
            best_first = sorted(following.items(), key=lambda item: (_rank(item[1]), item[0]))
            following = dict(best_first[:width])
        kept = following
    best = min(kept.values(), key=lambda one: (_rank(one), one.works))
    grid = {
        one.key: frozenset(each for each, group in enumerate(best.works) if place in group)
        for place, one in enumerate(ordered)
    }
    return Proposal(grid, best.lacking, is_whole or best.lacking == must_lack)


def _groups(ordered: Sequence[Host], able: Sequence[int], needed: int) -> list[tuple[tuple[int, ...], int]]:
    """Those who can work together, none of them for nothing, with how many of the needed languages they have."""
    found: list[tuple[tuple[int, ...], int]] = []
    for size in range(min(len(able), needed) + 1):
        for group in combinations(able, size):
            has = _has(ordered, group, needed)
            if all(_has(ordered, group[:one] + group[one + 1 :], needed) < has for one in range(size)):
                found.append((group, has))
    return found


def _has(ordered: Sequence[Host], group: Sequence[int], needed: int) -> int:
    return min(needed, len(frozenset().union(*(ordered[place].counted for place in group))))


def _with(
    so_far: _Partial, worked: tuple[int, ...], group: tuple[int, ...], lacking: int
) -> tuple[tuple[int, ...], _Partial]:
    pattern, loads, cost = [0] * len(worked), list(so_far.loads), so_far.cost
    for place in group:
        pattern[place] = worked[place] + 1
        loads[place] += 1
        cost += TO_COME * (worked[place] == 0) + loads[place]
    partial = _Partial(so_far.lacking + lacking, cost, tuple(loads), (*so_far.works, group))
    return tuple(pattern), partial


def _rank(one: _Partial) -> tuple[int, int]:
    return (one.lacking, one.cost)
