"""When do we meet again? Everybody taps the times they can; the leader decides and closes the meeting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygget.circles import study_rule
from brobygget.circles.commands import Refused
from brobygget.circles.commands import next_meeting as commands
from brobygget.circles.forms.next_meeting import DecisionForm, EndingForm, TimeForm
from brobygget.circles.models import DateOption, Meeting
from brobygget.circles.queries import attendance
from brobygget.circles.queries import next_meeting as queries
from brobygget.circles.queries.sitting import Sitter
from brobygget.circles.views.doors import in_meeting, leads_circle, leads_meeting
from brobygget.circles.views.refusals import no_page
from brobygget.people.request import HouseRequest
from brobygget.web.numbers import number_in
from brobygget.web.once import once

USUAL_PAUSE = timedelta(days=7)


def time_address(request: HouseRequest, sitter: Sitter) -> str:
    """The whole address that answers "what time?" without signing in."""
    token = queries.time_token(sitter.circle)
    return request.build_absolute_uri(reverse("circles:what_time", args=[token]))


def _suggestion(meeting: Meeting, following: Meeting | None) -> dict[str, Any]:
    starts_at = timezone.localtime(following.starts_at if following else meeting.starts_at + USUAL_PAUSE)
    if following is None:
        # A week later on the clock, also when the clock changes in between.
        here = timezone.localtime(meeting.starts_at)
        starts_at = starts_at.replace(hour=here.hour, minute=here.minute)
    source = following or meeting
    return {
        "day": starts_at.date(),
        "clock": starts_at.time().replace(second=0, microsecond=0),
        "place": source.place,
        "minutes": source.planned_minutes,
    }


def _page(
    request: HouseRequest,
    sitter: Sitter,
    meeting: Meeting,
    *,
    proposal: TimeForm | None = None,
    decision: DecisionForm | None = None,
    ending: EndingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    following = queries.meeting_after(meeting)
    context: dict[str, Any] = {
        "circle": sitter.circle,
        "meeting": meeting,
        "sitter": sitter,
        "following": following,
        "options": queries.options_of(meeting, sitter.membership),
        "totals": attendance.study_totals(attendance.evenings_of(sitter.circle)),
        "rule": study_rule,
        "token": queries.time_token(sitter.circle),
        "address": time_address(request, sitter),
        "coming": queries.coming_meeting(sitter.circle, at=request.now),
    }
    if sitter.leads:
        suggestion = _suggestion(meeting, following)
        context["proposal"] = proposal or TimeForm(initial=suggestion, auto_id="propose_%s")
        context["decision"] = decision or DecisionForm(initial=suggestion, auto_id="decide_%s")
        context["ending"] = ending or EndingForm(auto_id="end_%s")
    return render(request, "circles/next_meeting.html", context, status=status)


@require_safe
@in_meeting
def next_meeting(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """The times to choose from, what is decided, and for the leader the way to close the meeting."""
    return _page(request, sitter, meeting)


@require_POST
@leads_meeting
@once
def next_propose(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """One more time to choose from."""
    form = TimeForm(request.POST, auto_id="propose_%s")
    if not form.is_valid():
        return _page(request, sitter, meeting, proposal=form, status=422)
    try:
        commands.propose_time(
            meeting=meeting, starts_at=form.starts_at, place=form.cleaned_data["place"], at=request.now
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _page(request, sitter, meeting, proposal=form, status=no.status)
    return redirect("circles:next_meeting", pk=meeting.pk)


@require_POST
@leads_meeting
@once
def next_withdraw(request: HouseRequest, sitter: Sitter, meeting: Meeting, option: int) -> HttpResponse:
    """A time that is no longer possible."""
    back = reverse("circles:next_meeting", args=[meeting.pk])
    found = DateOption.objects.filter(pk=option, meeting=meeting).first()
    try:
        if found is not None:
            commands.withdraw_time(option=found)
    except Refused as no:
        return no_page(request, no, back=back)
    return redirect(back)


@require_POST
@in_meeting
@once
def next_choose(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """The times that somebody can come."""
    back = reverse("circles:next_meeting", args=[meeting.pk])
    chosen = [pk for pk in map(number_in, request.POST.getlist("option")) if pk]
    try:
        if sitter.membership is None:
            raise Refused(_("Only those who sit in the circle tap here."))
        commands.choose_times(meeting=meeting, membership=sitter.membership, options=chosen)
    except Refused as no:
        return no_page(request, no, back=back)
    return redirect(back)


@require_POST
@leads_meeting
@once
def next_decide(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """One of the times, or another one, is decided."""
    back = reverse("circles:next_meeting", args=[meeting.pk])
    option = request.POST.get("option", "")
    if option:
        found = get_object_or_404(DateOption, pk=number_in(option), meeting=meeting)
        try:
            commands.decide_next_meeting(
                meeting=meeting, starts_at=found.starts_at, place=found.place, at=request.now
            )
        except Refused as no:
            return no_page(request, no, back=back)
        return redirect(back)
    form = DecisionForm(request.POST, auto_id="decide_%s")
    if not form.is_valid():
        return _page(request, sitter, meeting, decision=form, status=422)
    try:
        _decide(meeting, form, request)
    except Refused as no:
        form.add_error(None, no.sentence)
        return _page(request, sitter, meeting, decision=form, status=no.status)
    return redirect(back)


def _decide(meeting: Meeting, form: DecisionForm, request: HouseRequest) -> None:
    """Between the meetings it is the coming one that is moved."""
    place, minutes = form.cleaned_data["place"], form.cleaned_data["minutes"]
    following = queries.meeting_after(meeting)
    if meeting.closed_at is not None and following is not None:
        commands.move_meeting(
            meeting=following, starts_at=form.starts_at, place=place, at=request.now, planned_minutes=minutes
        )
    else:
        commands.decide_next_meeting(
            meeting=meeting, starts_at=form.starts_at, place=place, at=request.now, planned_minutes=minutes
        )


@require_POST
@leads_meeting
@once
def meeting_close(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """The evening is over: with a next time, or with a named ending."""
    back = reverse("circles:next_meeting", args=[meeting.pk])
    words = ""
    form = None
    if "ending" in request.POST:
        form = EndingForm(request.POST, auto_id="end_%s")
        if not form.is_valid():
            return _page(request, sitter, meeting, ending=form, status=422)
        words = form.cleaned_data["ending"]
    try:
        commands.close_meeting(
            meeting=meeting, at=request.now, on=timezone.localdate(request.now), ending=words
        )
    except Refused as no:
        if form is None:
            return no_page(request, no, back=back)
        form.add_error(None, no.sentence)
        return _page(request, sitter, meeting, ending=form, status=no.status)
    return redirect(back)


@require_POST
@leads_circle
@once
def time_link_renew(request: HouseRequest, sitter: Sitter) -> HttpResponse:
    """The old link and the old sheet on the wall stop working."""
    commands.renew_time_link(circle=sitter.circle)
    latest = sitter.circle.meetings.order_by("number").last()
    return redirect("circles:next_meeting", pk=latest.pk) if latest else redirect("/")
