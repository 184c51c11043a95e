"""The day as lanes beside each other: the stage, the tables, each hall. A style sheet places the bars by quarters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brobygget.openhouse.models import Slot
from brobygget.openhouse.plans.programme_conflicts import clock_of, minutes_of
from brobygget.openhouse.queries.programme import Day

HOUR, QUARTER = 60, 15
MOST_HOURS = 16  # that the style sheet has columns for


@dataclass(frozen=True)
class Bar:
    """Something that goes on, in columns of a quarter of an hour."""

    at: int
    long: int
    title: str
    slot: Slot | None
    has_clash: bool = False


@dataclass(frozen=True)
class Lane:
    """A room, in as many rows as things go on there at a time."""

    name: str
    is_words: bool  # written by the house, so in its language
    rows: list[list[Bar]] = field(default_factory=list)

    def put(self, bar: Bar) -> None:
        """Into the first row where there is room."""
        for row in self.rows:
            if row[-1].at + row[-1].long <= bar.at:
                row.append(bar)
                return
        self.rows.append([bar])


@dataclass(frozen=True)
class DayDrawn:
    """Hours across, lanes down."""

    hours: list[tuple[int, time]]  # column and clock
    lanes: list[Lane]
    columns: int


def drawn(day: Day, troubled: set[int]) -> DayDrawn | None:
    """The lanes of a day; nothing where there is nothing, or a day too long to draw."""
    slots = [one for one in day.slots if one.called_off_at is None]
    clocks = [(minutes_of(one.starts), minutes_of(one.ends)) for one in slots]
    clocks += [(minutes_of(one.starts), minutes_of(one.ends)) for one in day.gatherings]
    if not clocks:
        return None
    first = min(day.opens, *(begin for begin, _end in clocks)) // HOUR * HOUR
    last = -(-max(day.closes, *(end for _begin, end in clocks)) // HOUR) * HOUR
    if last - first > MOST_HOURS * HOUR:
        return None
    lanes: dict[tuple[int, str], Lane] = {}
    for one in day.gatherings:
        lane = lanes.setdefault((1, ""), Lane(_("At the tables"), is_words=False))
        lane.put(_bar(one.starts, one.ends, first, one.name, None))
    for slot in slots:
        key, name, is_words = _room(slot)
        lane = lanes.setdefault(key, Lane(name, is_words))
        lane.put(_bar(slot.starts, slot.ends, first, slot.title, slot, has_clash=slot.pk in troubled))
    return DayDrawn(
        hours=[((minutes - first) // QUARTER, clock_of(minutes)) for minutes in range(first, last, HOUR)],
        lanes=[lanes[key] for key in sorted(lanes)],
        columns=(last - first) // QUARTER,
    )


def _room(slot: Slot) -> tuple[tuple[int, str], str, bool]:
    if slot.kind == Slot.Kind.STAGE:
        return (0, ""), pgettext("programme", "On the stage"), False
    if slot.hall is not None:
        return (2, f"{slot.hall_id:09}"), slot.hall.name, True
    if slot.place:
        return (3, slot.place.casefold()), slot.place, True
    return (4, ""), _("Nobody has said where"), False


def _bar(
    starts: time, ends: time, first: int, title: str, slot: Slot | None, *, has_clash: bool = False
) -> Bar:
    at = (minutes_of(starts) - first) // QUARTER
    end = -(-(minutes_of(ends) - first) // QUARTER)
    return Bar(at, max(end - at, 1), title, slot, has_clash)
