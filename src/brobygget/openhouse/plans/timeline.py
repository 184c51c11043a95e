"""Backwards from the day: what has to be done, how long before it and how long after.

The lengths are those of association days that went well: fourteen weeks from the idea, six weeks from the last answer,
and the evaluation is there from the beginning, because otherwise it is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

LEAD = 14 * 7  # days
FRIDAY = 4
# Days from the day.
DAYS: Mapping[str, int] = MappingProxyType(
    {
        "idea": -LEAD,
        "invite": -11 * 7,
        "nudge": -8 * 7,
        "closing": -6 * 7,
        "places": -5 * 7,
        "programme": -3 * 7,
        "map": -2 * 7,
        "reminder": -7,
        "rooms": 0,
        "arrive": 0,
        "round": 0,
        "doors": 0,
        "end": 0,
        "tidy": 0,
        "thanks": 2,
        "contacted": 7,
        "survey": 14,
        "tried": 30,
        "still": 90,
        "workshop": 26 * 7,
    }
)
# Minutes from when the doors open, and from when they close.
FROM_START: Mapping[str, int] = MappingProxyType({"rooms": -180, "arrive": -60, "round": -15, "doors": 0})
FROM_END: Mapping[str, int] = MappingProxyType({"end": 0, "tidy": 15})


@dataclass(frozen=True)
class Planned:
    """One date of the plan."""

    kind: str
    days_from: int
    due_on: date
    clock: time | None


def planned(*, day: date, starts: time, ends: time, on: date) -> list[Planned]:
    """The whole plan for a day, made on a day. With less than fourteen weeks left everything before is closer together."""
    made = []
    for kind, days in DAYS.items():
        from_day = squeezed(days, lead=(day - on).days)
        made.append(
            Planned(kind, from_day, due_on(day, from_day, on=on), clock_of(kind, starts=starts, ends=ends))
        )
    return made


def squeezed(days: int, *, lead: int) -> int:
    """So many days before the day, where only `lead` days are left of fourteen weeks."""
    if days >= 0 or lead >= LEAD:
        return days
    return -round(-days * lead / LEAD)


def due_on(day: date, days_from: int, *, on: date) -> date:
    """So many days from the day: a working day, and never before today. The day itself is what it is."""
    due = day + timedelta(days_from)
    if days_from == 0:
        return due
    friday = due - timedelta(max(due.weekday() - FRIDAY, 0))
    is_after = days_from > 0
    if is_after and friday <= day:
        friday += timedelta(3)  # the Monday after instead
    return max(friday, on)


def clock_of(kind: str, *, starts: time, ends: time) -> time | None:
    """The hour of a line of the run sheet; None for what has a day only."""
    if kind in FROM_START:
        return _moved(starts, FROM_START[kind])
    if kind in FROM_END:
        return _moved(ends, FROM_END[kind])
    return None


def _moved(clock: time, minutes: int) -> time:
    """Earlier or later on the same day."""
    whole = datetime.combine(date(2000, 1, 2), clock) + timedelta(minutes=minutes)
    if whole.date() < date(2000, 1, 2):
        return time(0)
    return whole.time() if whole.date() == date(2000, 1, 2) else time(23, 59)
