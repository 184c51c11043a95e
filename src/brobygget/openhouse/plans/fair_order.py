"""The order in which associations get places, by a rule that was frozen before anybody knew whom it helps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

KIND, TRY, BEGINNERS = "kind", "try", "beginners"
CRITERIA = (KIND, TRY, BEGINNERS)


@dataclass(frozen=True)
class Wanting:
    """What the rule looks at, and nothing else."""

    number: int
    kind: str
    has_try: bool
    is_open: bool
    wants_since: datetime
    is_late: bool = False


@dataclass(frozen=True)
class Placed:
    """One in the order, with the reason that no single answer tells: which of its kind it is (0: not looked at)."""

    wanting: Wanting
    nth_of_kind: int


def in_fair_order(wanting: Sequence[Wanting], criteria: Sequence[str]) -> list[Placed]:
    """Everybody in order. Those who answered after registration closed come last, in the order of their answers.

    `kind` spreads: the first of every kind comes before the second of any, among those who are equal so far. `try` and
    `beginners` put those who have it before those who have not. What is then equal is decided by time.
    """
    in_time = [one for one in wanting if not one.is_late]
    late = sorted((one for one in wanting if one.is_late), key=_by_time)
    return [*_ordered(in_time, list(criteria), 0), *(Placed(one, 0) for one in late)]


def _ordered(wanting: list[Wanting], criteria: list[str], nth: int) -> list[Placed]:
    if not criteria:
        return [Placed(one, nth) for one in sorted(wanting, key=_by_time)]
    first, rest = criteria[0], criteria[1:]
    if first == KIND:
        return _spread(wanting, rest)
    have = [one for one in wanting if _has(one, first)]
    have_not = [one for one in wanting if not _has(one, first)]
    return [*_ordered(have, rest, nth), *_ordered(have_not, rest, nth)]


def _spread(wanting: list[Wanting], rest: list[str]) -> list[Placed]:
    levels: dict[int, list[Wanting]] = {}
    for kind in {one.kind for one in wanting}:
        of_kind = _ordered([one for one in wanting if one.kind == kind], rest, 0)
        for nth, placed in enumerate(of_kind, start=1):
            levels.setdefault(nth, []).append(placed.wanting)
    return [placed for nth in sorted(levels) for placed in _ordered(levels[nth], rest, nth)]


def _has(one: Wanting, criterion: str) -> bool:
    return one.has_try if criterion == TRY else one.is_open


def _by_time(one: Wanting) -> tuple[datetime, int]:
    return (one.wants_since, one.number)
