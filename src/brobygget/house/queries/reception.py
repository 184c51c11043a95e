"""How many came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from brobygget.house.models import DayCount, House

OPEN_DAYS = 5  # Monday to Friday; other days show when somebody was counted


@dataclass(frozen=True)
class Week:
    """One week at the reception: a row for each day, and what they come to."""

    monday: date
    days: tuple[DayCount, ...]

    @property
    def adults(self) -> int:
        return sum(day.adults for day in self.days)

    @property
    def children(self) -> int:
        return sum(day.children for day in self.days)

    @property
    def counted_days(self) -> int:
        return sum(1 for day in self.days if day.adults or day.children)

    @property
    def adults_a_day(self) -> int:
        return round(self.adults / self.counted_days) if self.counted_days else 0

    @property
    def children_a_day(self) -> int:
        return round(self.children / self.counted_days) if self.counted_days else 0

    @property
    def before(self) -> date:
        return self.monday - timedelta(days=7)

    @property
    def after(self) -> date:
        return self.monday + timedelta(days=7)


def day_count(house: House, day: date) -> DayCount:
    """The count of a day; nothing is stored by looking."""
    return DayCount.objects.filter(house=house, day=day).first() or DayCount(house=house, day=day)


def week_of(house: House, day: date) -> Week:
    """The week that a day is in."""
    monday = day - timedelta(days=day.weekday())
    found = {
        row.day: row
        for row in DayCount.objects.filter(house=house, day__range=(monday, monday + timedelta(6)))
    }
    days = [
        found.get(one) or DayCount(house=house, day=one)
        for one in (monday + timedelta(n) for n in range(7))
        if one in found or one.weekday() < OPEN_DAYS
    ]
    return Week(monday=monday, days=tuple(days))


def all_counts(house: House) -> list[DayCount]:
    """Every day that was counted, the oldest first."""
    return list(DayCount.objects.filter(house=house).order_by("day"))
