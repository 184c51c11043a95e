""" "What time?", answered without signing in: a page, a calendar file, a sheet for the wall. No person is named."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from brobygget.circles import calendar_file
from brobygget.circles.models import Circle, Meeting
from brobygget.circles.queries import next_meeting as queries
from brobygget.circles.queries.sitting import Sitter
from brobygget.circles.views.doors import in_circle
from brobygget.circles.views.next_meeting import time_address
from brobygget.people.request import HouseRequest
from brobygget.web import moments, printing
from brobygget.web.languages import BY_CODE
from brobygget.web.messages import message_page


def _circle_behind(token: str) -> Circle:
    circle = queries.circle_of_token(token)
    if circle is None:
        raise Http404
    return circle


@require_safe
def what_time(request: HouseRequest, token: str) -> HttpResponse:
    """Weekday, day, hour and place of the next meeting, large."""
    circle = _circle_behind(token)
    context = {
        "house": circle.house,
        "has_ended": circle.ended_on is not None,
        "meeting": queries.coming_meeting(circle, at=request.now),
        "token": token,
    }
    return render(request, "circles/what_time.html", context)


@require_safe
def calendar(request: HouseRequest, token: str) -> HttpResponse:
    """The same for a phone's calendar; it can be opened once or followed."""
    circle = _circle_behind(token)
    written = calendar_file.written(
        queries.meetings_to_come(circle),
        house=circle.house,
        at=request.now,
    )
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="meeting.ics"'
    return response


@require_safe
@in_circle
def wall_sheet(request: HouseRequest, sitter: Sitter) -> HttpResponse:
    """A3 for the wall: the time in every language of the house, and a code that always has the right one."""
    circle = sitter.circle
    meeting = queries.coming_meeting(circle, at=request.now)
    if meeting is None:
        return message_page(
            request,
            heading=_("No new time is set yet."),
            text=_("Set a time first. Then the sheet can be printed."),
            status=409,
        )
    address = time_address(request, sitter)
    with translation.override(circle.language):
        data = _sheet(circle, meeting, address)
    response = HttpResponse(printing.pdf("circles/print/what_time.typ", data), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="what-time.pdf"'
    return response


def _sheet(circle: Circle, meeting: Meeting, address: str) -> dict[str, Any]:
    others, seen = [], {BY_CODE[circle.language].cldr}
    for code in circle.house.language_codes:
        language = BY_CODE.get(code)
        if language is not None and language.cldr not in seen:
            seen.add(language.cldr)
            with translation.override(code):
                others.append(
                    {
                        "code": code,
                        "language": language.own_name,
                        "day": moments.day(meeting.starts_at),
                        "clock": moments.clock(meeting.starts_at),
                    }
                )
    return {
        "code": circle.language,
        "title": _("What time?"),
        "day": moments.day(meeting.starts_at),
        "clock": moments.clock(meeting.starts_at),
        "place": meeting.place,
        "house": circle.house.name,
        "others": others,
        "scan": _("Point your phone here. It always shows the right time."),
        "address": address,
        "qr": printing.qr_svg(address),
    }
