"""Presses on the parts of an evening."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from brobygget.circles import rules
from brobygget.circles.commands import steps as commands
from brobygget.circles.forms.meetings import LengthForm, StepForm
from brobygget.circles.models import Step
from brobygget.circles.queries import meetings as queries
from brobygget.circles.views.meetings import address_of_meeting, led_meeting, plan_page
from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.numbers import number_in
from brobygget.web.once import once


def led_step(request: AccountRequest, pk: int) -> Step:
    """A part of an evening that the reader leads, else no such page."""
    return get_object_or_404(queries.steps_led_by(request.user, request.house), pk=pk)


def _plan(step: Step) -> str:
    return reverse("circles:plan", args=[step.meeting_id])


@require_POST
@role_required(*rules.LEADS)
@once
def steps(request: AccountRequest, pk: int) -> HttpResponse:
    """One more part."""
    found = led_meeting(request, pk)
    form = StepForm(request.POST)
    if form.is_valid():
        try:
            commands.add_step(found, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            return redirect("circles:plan", pk=pk)
    return plan_page(request, found, step_form=form, status=422)


@require_POST
@role_required(*rules.LEADS)
@once
def step_beginning(request: AccountRequest, pk: int) -> HttpResponse:
    """Everybody goes on to this part."""
    step = led_step(request, pk)
    return act_and_return(
        request, lambda: commands.begin_step(step, at=request.now), address_of_meeting(step.meeting)
    )


@require_POST
@role_required(*rules.LEADS)
@once
def step_place(request: AccountRequest, pk: int) -> HttpResponse:
    """Earlier or later."""
    step = led_step(request, pk)
    earlier = request.POST.get("way") == "earlier"
    return act_and_return(request, lambda: commands.move_step(step, earlier=earlier), _plan(step))


@require_POST
@role_required(*rules.LEADS)
@once
def step_length(request: AccountRequest, pk: int) -> HttpResponse:
    """Longer or shorter."""
    step = led_step(request, pk)
    form = LengthForm(request.POST)
    minutes = form.minutes_after(step.planned_minutes) if form.is_valid() else 0
    return act_and_return(request, lambda: commands.change_length(step, minutes=minutes), _plan(step))


@require_POST
@role_required(*rules.LEADS)
@once
def step_removal(request: AccountRequest, pk: int) -> HttpResponse:
    """Not this evening."""
    # Pressed twice, the part is gone both times; the way back is told by the form.
    step = queries.steps_led_by(request.user, request.house).filter(pk=pk).first()
    if step is None:
        meeting = led_meeting(request, number_in(request.POST.get("meeting", "")))
        return redirect("circles:plan", pk=meeting.pk)
    return act_and_return(request, lambda: commands.remove_step(step), _plan(step))
