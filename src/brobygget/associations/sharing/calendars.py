"""Calendars of the associations' times (RFC 5545): an event that comes again for each, with its zone, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vRecur

from brobygget.associations.models import Association, AssociationTime
from brobygget.web.moments import SWEDEN

REFRESH = timedelta(hours=24)
USUAL_LENGTH = timedelta(hours=1, minutes=30)


def written(
    associations: Iterable[Association], *, name: str, host: str, at: datetime, address_of: dict[int, str]
) -> bytes:
    """The calendar; prefetch `times`. Times whose hour nobody has said are left out."""
    calendar = Calendar()
    calendar.add("prodid", "-//Brobygget//Associations//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for one in associations:
        for time in one.times.all():
            if time.starts is not None:
                calendar.add_component(_event(one, time, host=host, at=at, address=address_of[one.pk]))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(one: Association, time: AssociationTime, *, host: str, at: datetime, address: str) -> Event:
    assert time.starts is not None
    first = first_day(time, begins=time.begins_on or one.created_on)
    starts = datetime.combine(first, time.starts, tzinfo=SWEDEN)
    ends = datetime.combine(first, time.ends, tzinfo=SWEDEN) if time.ends else starts + USUAL_LENGTH
    if ends <= starts:
        ends += timedelta(days=1)
    event = Event()
    event.add("uid", f"association-{one.pk}-{time.weekday}-{time.starts:%H%M}-{time.pk}@{host}")
    event.add("dtstamp", at)
    event.add("last-modified", one.changed_at)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("rrule", vRecur.from_ical(time.rrule))
    event.add("summary", one.name, parameters={"LANGUAGE": one.language})
    place = ", ".join(part for part in (time.place or one.venue, one.street, one.town) if part)
    if place:
        event.add("location", place)
    is_sure = time.ends is not None and (time.interval == 1 or time.begins_on is not None)
    if told := _told(one, time):
        event.add("description", told)
    event.add("url", address)
    event.add("status", "CONFIRMED" if is_sure else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    return event


def _told(one: Association, time: AssociationTime) -> str:
    """What the association says beside its days, and what nobody has said."""
    told = [one.meeting_text] if one.meeting_text else []
    if time.interval > 1 and time.begins_on is None:
        told.append(_("Every other week, and nobody has said which. Ask before you go."))
    return "\n".join(told)


def first_day(time: AssociationTime, *, begins: date) -> date:
    """The first day from a day on that the rule names."""
    day = begins + timedelta((time.weekday - begins.weekday()) % 7)
    if time.frequency != AssociationTime.Frequency.MONTHLY or not time.nth:
        return day
    for _week in range(10):
        if _nth_of_month(day, time.nth):
            return day
        day += timedelta(7)
    return day


def _nth_of_month(day: date, nth: int) -> bool:
    if nth > 0:
        return (day.day - 1) // 7 + 1 == nth
    in_a_week = day + timedelta(7 * -nth)
    a_week_less = day + timedelta(7 * (-nth - 1))
    return in_a_week.month != day.month and a_week_less.month == day.month
