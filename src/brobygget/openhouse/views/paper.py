"""The run sheet: one page for the day, on the screen and on paper. It names no participant: paper is left on tables."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.openhouse import rules
from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.queries import events as queries
from brobygget.openhouse.queries import places
from brobygget.openhouse.views import wording
from brobygget.openhouse.views.events import planned
from brobygget.people.models import Account
from brobygget.people.request import AccountRequest, role_required
from brobygget.web import moments, printing
from brobygget.web.languages import current

PAIR = 2


def lines_of(openhouse: OpenHouse, *, on: date, reader: Account) -> dict[str, list[dict[str, str]]]:
    """The day hour by hour, and what comes after it."""
    shown = queries.plan_of(openhouse, on=on, reader=reader)
    hours, after = [], []
    for one in shown:
        task = one.task
        line = {
            "title": wording.title_of(task),
            "note": task.note,
            "who": who_does(one),
            "when": _clock(task.clock) if task.clock else moments.day(task.due_on),
        }
        if task.due_on == openhouse.day:
            hours.append(line)
        elif task.due_on > openhouse.day:
            after.append(line)
    return {"hours": hours, "after": after}


def _clock(clock: Any) -> str:
    return moments.clock(clock)


def who_does(one: queries.TaskShown) -> str:
    """The pair, without participants' names: a sheet that lies on a table tells nobody who is here."""
    if sum(owner.is_participant for owner in one.owners) == PAIR:
        return _("two of the circle")
    names = [
        _("somebody of the circle") if owner.is_participant else owner.name or _("somebody of the staff")
        for owner in one.owners
    ]
    return _(" and ").join(names) if names else ""


def _context(request: AccountRequest, openhouse: OpenHouse) -> dict[str, Any]:
    today = timezone.localdate(request.now)
    in_order = places.in_order(openhouse)
    sums = places.sums_of(openhouse, in_order)
    return {
        **lines_of(openhouse, on=today, reader=request.user),
        "title": _("Run sheet"),
        "name": openhouse.name,
        "words_language": openhouse.language,
        "day": moments.day(openhouse.day, with_year=True),
        "clock": f"{_clock(openhouse.starts)}–{_clock(openhouse.ends)}",
        "place": openhouse.place,
        "figures": [
            {"number": moments.number(sums.taken), "text": _("associations come")},
            {"number": moments.number(sums.waiting), "text": _("wait for a place")},
            {"number": moments.number(openhouse.places), "text": _("places")},
        ],
        "next_in_line": [
            one.invitation.association.name for one in in_order if one.is_waiting and one.passed_at is None
        ][:5],
    }


@role_required(*rules.PLANS)
def run_sheet(request: AccountRequest, pk: int) -> HttpResponse:
    """The sheet on the screen."""
    openhouse = planned(request, pk)
    return render(
        request, "openhouse/run_sheet.html", {"openhouse": openhouse, **_context(request, openhouse)}
    )


@role_required(*rules.PLANS)
def run_sheet_file(request: AccountRequest, pk: int) -> HttpResponse:
    """The sheet as a file for the printer."""
    openhouse = planned(request, pk)
    made = run_sheet_of(_context(request, openhouse), house=openhouse.house.name)
    return HttpResponse(made, content_type="application/pdf")


def run_sheet_of(told: dict[str, Any], *, house: str) -> bytes:
    """One page in the reader's language."""
    data = {
        **told,
        "language": current().code,
        "house": house,
        "labels": {
            "hours": _("Hour by hour"),
            "after": _("After the day"),
            "next": _("Next in line, if somebody does not come"),
            "nobody": _("who?"),
            "notes": _("Notes"),
        },
    }
    return printing.pdf("openhouse/print/run_sheet.typ", data)
