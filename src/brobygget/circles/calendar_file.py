"""A calendar file of meetings (RFC 5545): times with their zone, a stable mark for each, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from brobygget.circles.models import Meeting
from brobygget.house.models import House
from brobygget.people.tokens import derived_token
from brobygget.web import languages
from brobygget.web.moments import SWEDEN


def written(meetings: Iterable[Meeting], *, house: House, at: datetime) -> bytes:
    """The file. A meeting that is moved keeps its mark and gets a higher SEQUENCE, so that calendars follow."""
    calendar = Calendar()
    calendar.add("prodid", "-//Brobygget//Circles//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for meeting in meetings:
        calendar.add_component(_event(meeting, house=house, at=at))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(meeting: Meeting, *, house: House, at: datetime) -> Event:
    starts_at = meeting.starts_at.astimezone(SWEDEN)
    ends_at = (meeting.starts_at + timedelta(minutes=meeting.planned_minutes)).astimezone(SWEDEN)
    event = Event()
    event.add("uid", f"{derived_token('calendar', str(meeting.pk))}@brobygget")
    event.add("dtstamp", at)
    event.add("sequence", meeting.version)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("summary", _("We meet in %(house)s") % {"house": house.name}, parameters=_in_language())
    event.add("location", ", ".join(part for part in (meeting.place, house.address) if part) or house.name)
    event.add("class", "PRIVATE")  # others who see this calendar see that it is busy, not where
    event.add("status", "CONFIRMED")
    return event


def _in_language() -> dict[str, str]:
    return {"LANGUAGE": languages.current().tag}
