"""A calendar file of open houses and their programme (RFC 5545): what moves keeps its mark, and nobody is named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from brobygget.openhouse.models import Appointment, AppointmentPlan, OpenHouse, Slot
from brobygget.web.moments import SWEDEN


def written(
    open_houses: Iterable[tuple[OpenHouse, str]],
    *,
    host: str,
    at: datetime,
    slots: Iterable[tuple[Slot, str]] = (),
) -> bytes:
    """The file, from open houses and slots of their programme, with the address of the page of each."""
    calendar = Calendar()
    calendar.add("prodid", "-//Brobygget//Open house//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for one, address in open_houses:
        calendar.add_component(_event(one, address, host=host, at=at))
    for slot, address in slots:
        calendar.add_component(_slot_event(slot, address, host=host, at=at))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(one: OpenHouse, address: str, *, host: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"open-house-{one.pk}@{host}")
    event.add("dtstamp", at)
    event.add("sequence", one.version)
    event.add("last-modified", one.changed_at)
    event.add("dtstart", one.starts_at)
    event.add("dtend", one.ends_at)
    language = {"LANGUAGE": one.language}
    event.add("summary", one.name, parameters=language)
    if one.about:
        event.add("description", one.about, parameters=language)
    event.add("location", one.place)
    event.add("url", address)
    event.add("status", "CANCELLED" if one.called_off_on else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _slot_event(one: Slot, address: str, *, host: str, at: datetime) -> Event:
    event, day = Event(), one.openhouse
    event.add("uid", f"open-house-slot-{one.pk}@{host}")
    event.add("dtstamp", at)
    event.add("sequence", one.version + day.version)
    event.add("dtstart", one.starts_at)
    event.add("dtend", one.ends_at)
    event.add("summary", one.title, parameters={"LANGUAGE": day.language})
    rooms = (one.place, one.hall.name if one.hall else "", day.place)
    event.add("location", ", ".join(room for room in rooms if room))
    event.add("url", address)
    event.add("status", "CANCELLED" if one.called_off_at or day.called_off_on else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def written_meetings(
    plan: AppointmentPlan, meetings: Iterable[tuple[Appointment, str, str]], *, host: str, at: datetime
) -> bytes:
    """A visitor's own meetings, each with whom and where. It says nothing of who the visitor is."""
    calendar = Calendar()
    calendar.add("prodid", "-//Brobygget//Open house//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for one, name, where in meetings:
        event = Event()
        event.add("uid", f"meeting-{one.pk}@{host}")
        event.add("dtstamp", at)
        event.add("sequence", plan.version)
        event.add("dtstart", datetime.combine(plan.openhouse.day, one.starts, tzinfo=SWEDEN))
        event.add("dtend", datetime.combine(plan.openhouse.day, one.ends, tzinfo=SWEDEN))
        event.add("summary", name)
        event.add("location", where)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
