"""A visitor's own page: what is wished, then whom they meet; the code, a calendar file, and everything taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygget.associations.views import wording as associations
from brobygget.associations.views.typed_codes import code_page
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.calendar_file import written_meetings
from brobygget.openhouse.commands import wishes as commands
from brobygget.openhouse.models import AppointmentPlan, VisitWish
from brobygget.openhouse.queries import wishes as queries
from brobygget.openhouse.queries.appointments import offer_of
from brobygget.openhouse.queries.wishes import Told
from brobygget.openhouse.views import appointment_words as words
from brobygget.openhouse.views.meeting_doors import (
    VisitorRequest,
    WishRequest,
    for_visitors,
    let_in,
    let_out,
    wish_required,
)
from brobygget.openhouse.views.meeting_pictures import shown
from brobygget.people.request import HouseRequest
from brobygget.web.once import once


@dataclass(frozen=True)
class ToldShown:
    """One meeting in words."""

    told: Told
    reason: words.Reason
    speaks: list[str]


def in_words(one: Told) -> ToldShown:
    """Why, and in which languages, in the reader's own."""
    return ToldShown(
        one, words.reason_of(one.because), [associations.language_name(code) for code in one.speaks]
    )


def context_of(request: HouseRequest, wish: VisitWish, plan: AppointmentPlan) -> dict[str, Any]:
    """Everything that a phone, or its slip, says."""
    today = timezone.localdate(request.now)
    interests = offer_of(wish.openhouse, plan, on=today).interests
    standing = (interests.standing(one.interest) for one in wish.interests.all())
    told = [in_words(one) for one in queries.told_to(wish, plan, on=today)]
    return {
        "openhouse": wish.openhouse,
        "plan": plan,
        "wish": wish,
        "code": queries.code_of(wish.seed),
        "likes": shown(one for one in standing if one is not None),
        "languages": [associations.language_name(code) for code in wish.language_codes],
        "is_open": rules.may_wish(plan, at=request.now),
        "is_gone": rules.is_gone(wish.openhouse, at=request.now),
        "told": told,
        "is_told": plan.told_at is not None,
        "has_lost": any(one.told.cannot_come for one in told),
        "why_none": words.to_visitor(wish.cause) if plan.told_at is not None and not told else "",
    }


@require_safe
@wish_required
def own_meetings(request: WishRequest) -> HttpResponse:
    """Where, when and with whom; before that, what is wished."""
    return render(request, "openhouse/own_meetings.html", context_of(request, request.wish, request.plan))


@require_POST
@wish_required
def own_meetings_taking_back(request: WishRequest) -> HttpResponse:
    """Everything goes, and this phone knows nothing of it any more."""
    response = _take_back(request)
    return let_out(response, request.openhouse.pk) if response.status_code == 302 else response


@once
def _take_back(request: WishRequest) -> HttpResponse:
    return act_and_return(
        request,
        lambda: commands.take_back_wishes(request.wish, at=request.now),
        reverse("openhouse:meet", args=[request.openhouse.pk]),
        said=_("Everything is taken back. Nothing of it is kept."),
    )


@require_POST
@for_visitors
def own_meetings_leaving(request: VisitorRequest) -> HttpResponse:
    """This phone forgets it. What was wished stands, and the code opens it again."""
    return let_out(redirect("openhouse:meet_code", pk=request.openhouse.pk), request.openhouse.pk)


@for_visitors
def meet_code(request: VisitorRequest) -> HttpResponse:
    """Type in the code of a slip, or of another phone."""
    return code_page(
        request,
        "openhouse/meet_code.html",
        behind=lambda typed, _on: queries.behind_code(request.openhouse, typed),
        come_in=lambda found, _typed: let_in(
            redirect("openhouse:own_meetings", pk=found.openhouse_id), found.openhouse_id, found.seed
        ),
    )


@require_safe
@wish_required
def own_meetings_calendar(request: WishRequest) -> HttpResponse:
    """The meetings for a calendar on the visitor's own phone."""
    told = queries.told_to(request.wish, request.plan, on=timezone.localdate(request.now))
    kept = [one for one in told if not one.cannot_come]
    if not kept:
        raise Http404
    lines = [(one.appointment, one.name, words.where(one)) for one in kept]
    made = written_meetings(request.plan, lines, host=request.get_host().split(":")[0], at=request.now)
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="meetings.ics"'
    return response
