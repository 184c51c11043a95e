"""When do we meet again? The times to choose from, what is decided, and the link that answers without signing in."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from brobygget.circles.models import Circle, DateAnswer, DateOption, Meeting, Membership
from brobygget.people.tokens import derived_token
from brobygget.web.numbers import number_in

PURPOSE = "what-time"
LINGERS = timedelta(hours=2)  # a meeting that runs over is still the answer to "what time?"


@dataclass(frozen=True)
class OptionRow:
    """A time to choose from: how many can come, never who."""

    option: DateOption
    people: int
    is_mine: bool
    is_most: bool


def options_of(meeting: Meeting, membership: Membership | None) -> list[OptionRow]:
    """The times proposed at a meeting, the earliest first, in two queries."""
    options = list(meeting.date_options.annotate(people=Count("answers")).order_by("starts_at"))
    mine = set(
        DateAnswer.objects.filter(option__meeting=meeting, membership=membership).values_list(
            "option_id", flat=True
        )
        if membership
        else ()
    )
    most = max((option.people for option in options), default=0)
    is_even = all(option.people == most for option in options)
    return [
        OptionRow(
            option=option,
            people=option.people,
            is_mine=option.pk in mine,
            is_most=option.people == most and not is_even,
        )
        for option in options
    ]


def meeting_after(meeting: Meeting) -> Meeting | None:
    """The meeting that has been decided to come next."""
    return Meeting.objects.filter(circle=meeting.circle_id, number=meeting.number + 1).first()


def coming_meeting(circle: Circle, *, at: datetime) -> Meeting | None:
    """The next time that the circle meets, or the one that goes on now."""
    if circle.ended_on is not None:
        return None
    for meeting in circle.meetings.filter(closed_at=None).order_by("starts_at"):
        if meeting.is_open or at < meeting.starts_at + timedelta(minutes=meeting.planned_minutes) + LINGERS:
            return meeting
    return None


def meetings_to_come(circle: Circle) -> list[Meeting]:
    """What a calendar should hold."""
    if circle.ended_on is not None:
        return []
    return list(circle.meetings.filter(closed_at=None).order_by("number"))


def time_token(circle: Circle) -> str:
    """The secret part of the circle's "what time?" link. It lies in no table; a new `time_link` closes it."""
    return f"{circle.pk}-{derived_token(PURPOSE, f'{circle.pk}:{circle.time_link}')}"


def circle_of_token(token: str) -> Circle | None:
    """Which circle asks "what time?"; None for a wrong, an old and a made-up link alike."""
    number = number_in(token.partition("-")[0])
    circle = Circle.objects.select_related("house").filter(pk=number).first() if number else None
    if circle is None or not hmac.compare_digest(
        time_token(circle).encode(), token.encode("utf-8", "replace")
    ):
        return None
    return circle
