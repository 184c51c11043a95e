"""The leader's phone: one evening, one thumb. And the plan, made in calm before."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from brobygget.circles import rules
from brobygget.circles.commands import meetings as commands
from brobygget.circles.commands.undo import undo_last
from brobygget.circles.forms.meetings import MeetingForm, StepForm
from brobygget.circles.models import Meeting, Step
from brobygget.circles.queries import circles as circle_queries
from brobygget.circles.queries import meetings as queries
from brobygget.circles.queries import rounds
from brobygget.circles.views.neighbours import closing_address, links_for
from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.languages import current
from brobygget.web.live import live_response
from brobygget.web.once import once

GLANCE = 20  # seconds: how often a clock on a screen may be drawn anew
USUAL_HOUR = 13
USUAL_WEEK = timedelta(days=7)


def led_meeting(request: AccountRequest, pk: int) -> Meeting:
    """An evening that the reader leads, else no such page."""
    return get_object_or_404(queries.meetings_led_by(request.user, request.house), pk=pk)


def address_of_meeting(meeting: Meeting) -> str:
    """The leader's own screen."""
    return reverse("circles:meeting", args=[meeting.pk])


def _glance(moment: datetime) -> int:
    return int(moment.timestamp()) // GLANCE


def _tag(meeting: Meeting, moment: datetime) -> str:
    # A member who comes in changes the version too, while the meeting is open.
    return f"lead-{meeting.pk}-{meeting.version}-{_glance(moment) if meeting.is_open else 'still'}"


def _screen(meeting: Meeting, moment: datetime) -> dict[str, Any]:
    seen = queries.evening(meeting, at=moment)
    now = seen.now
    asks = seen.round is not None and seen.round.asks_for_time
    return {
        "meeting": meeting,
        "circle": meeting.circle,
        "evening": seen,
        "links": links_for(meeting, now.kind, leader=True) if now else [],
        "closing": closing_address(meeting),
        "asks": asks,
        "givers": rounds.time_givers(seen.later, minutes=seen.round.minutes_over)
        if asks and seen.round
        else [],
    }


@role_required(*rules.LEADS)
def meeting(request: AccountRequest, pk: int) -> HttpResponse:
    """Lead the evening."""
    found = led_meeting(request, pk)
    context = _screen(found, request.now)
    context["live_tag"] = f"{_tag(found, request.now)}.{current().code}"
    return render(request, "circles/meeting.html", context)


@role_required(*rules.LEADS)
def meeting_live(request: AccountRequest, pk: int) -> HttpResponse:
    """The same screen, when something is new."""
    found = led_meeting(request, pk)
    return live_response(
        request, "circles/_meeting_lead.html", lambda: _screen(found, request.now), _tag(found, request.now)
    )


@require_POST
@role_required(*rules.LEADS)
@once
def opening(request: AccountRequest, pk: int) -> HttpResponse:
    """The evening begins."""
    found = led_meeting(request, pk)
    return act_and_return(
        request, lambda: commands.open_meeting(found, at=request.now), address_of_meeting(found)
    )


@require_POST
@role_required(*rules.LEADS)
@once
def undo(request: AccountRequest, pk: int) -> HttpResponse:
    """One step back, from the step and the turn that the press was made in."""
    found = led_meeting(request, pk)
    seen = queries.evening(found, at=request.now)
    step = next((each for each in seen.steps if str(each.pk) == request.POST.get("step")), None)
    turns = seen.round.turns if seen.round else ()
    turn = next((each for each in turns if str(each.pk) == request.POST.get("turn")), None)
    return act_and_return(request, lambda: undo_last(found, step=step, turn=turn), address_of_meeting(found))


# -- the plan ----------------------------------------------------------------------------------------------------
@role_required(*rules.LEADS)
def meeting_new(request: AccountRequest, pk: int) -> HttpResponse:
    """Plan the circle's next evening."""
    if request.method == "POST":
        return meeting_plan(request, pk)
    circle = get_object_or_404(circle_queries.circles_led_by(request.user, request.house), pk=pk)
    last = circle.meetings.order_by("-number").first()
    day = timezone.localdate(request.now)
    facts: dict[str, Any] = {
        "day": day,
        "clock": f"{USUAL_HOUR}:00",
        "planned_minutes": 135,
        "place": circle.house.name,
    }
    if last is not None:
        facts = MeetingForm.facts_of(last) | {"wall_question": ""}
        facts["day"] = max(timezone.localdate(last.starts_at + USUAL_WEEK), day)
    return render(request, "circles/meeting_new.html", {"circle": circle, "form": MeetingForm(initial=facts)})


@once
def meeting_plan(request: AccountRequest, pk: int) -> HttpResponse:
    """A new evening with steps that fit it."""
    circle = get_object_or_404(circle_queries.circles_led_by(request.user, request.house), pk=pk)
    form = MeetingForm(request.POST)
    if form.is_valid():
        try:
            made = commands.plan_meeting(circle=circle, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            return redirect("circles:plan", pk=made.pk)
    return render(request, "circles/meeting_new.html", {"circle": circle, "form": form}, status=422)


@role_required(*rules.LEADS)
def plan(request: AccountRequest, pk: int) -> HttpResponse:
    """The parts of an evening: in order, longer, shorter, in or out."""
    if request.method == "POST":
        return plan_save(request, pk)
    return plan_page(request, led_meeting(request, pk))


@once
def plan_save(request: AccountRequest, pk: int) -> HttpResponse:
    """Another time or place."""
    found = led_meeting(request, pk)
    form = MeetingForm(request.POST)
    if form.is_valid():
        try:
            commands.change_meeting(found, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            return redirect("circles:plan", pk=pk)
    return plan_page(request, found, form=form, status=422)


def plan_page(
    request: AccountRequest,
    meeting: Meeting,
    *,
    form: MeetingForm | None = None,
    step_form: StepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The plan with whatever has to be put right."""
    context = {
        "meeting": meeting,
        "circle": meeting.circle,
        "evening": queries.evening(meeting, at=request.now),
        "form": form or MeetingForm(initial=MeetingForm.facts_of(meeting)),
        "step_form": step_form or StepForm(initial={"kind": Step.Kind.CUSTOMS, "minutes": 10}),
        "is_form_open": form is not None,
    }
    return render(request, "circles/plan.html", context, status=status)
