"""Where "Leave quickly" leads: a month of the calendar that anybody might be looking at."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date, get_day_names
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from brobygget.web import clock, moments


@dataclass(frozen=True)
class Day:
    """One square of the month."""

    number: int
    is_in_month: bool
    is_today: bool


@dataclass(frozen=True)
class Week:
    """One row of the month."""

    number: int
    days: tuple[Day, ...]


def weeks_around(today: datetime) -> list[Week]:
    """The month of a day, Monday first, with the week numbers that people in Sweden go by."""
    rows = calendar.Calendar().monthdatescalendar(today.year, today.month)
    return [
        Week(
            number=row[0].isocalendar().week,
            days=tuple(Day(each.day, each.month == today.month, each == today.date()) for each in row),
        )
        for row in rows
    ]


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """Show the month, and nothing of the house."""
    now = getattr(request, "now", None) or clock.read()
    today = now.astimezone(moments.SWEDEN)
    names, letters = (get_day_names(width, locale=moments.locale()) for width in ("abbreviated", "narrow"))
    context = {
        "today": moments.day(today),
        "month": format_date(today, "LLLL y", locale=moments.locale()),
        "week_word": pgettext("heading of the column of week numbers", "Week"),
        "weekdays": [(names[index], letters[index]) for index in range(7)],
        "weeks": weeks_around(today),
    }
    return render(request, "web/calendar.html", context)
