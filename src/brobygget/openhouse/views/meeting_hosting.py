"""An association's own meetings: whether, how many at once and when; then its list, with numbers and no names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from brobygget.associations.views import wording as associations
from brobygget.house.commands.refused import Refused
from brobygget.openhouse import rules
from brobygget.openhouse.commands import appointments as commands
from brobygget.openhouse.forms.appointments import HostingForm
from brobygget.openhouse.models import AppointmentHost, AppointmentPlan, Invitation
from brobygget.openhouse.queries.appointments import other_times, plan_of, slots_of
from brobygget.openhouse.queries.places import have_places
from brobygget.openhouse.queries.wishes import Visitor, visitors_of
from brobygget.openhouse.request import InvitedRequest, closed_door, invitation_required
from brobygget.openhouse.views.appointment_words import Reason, reason_of
from brobygget.web.once import once


@dataclass(frozen=True)
class VisitorShown:
    """One meeting in words."""

    visitor: Visitor
    reason: Reason
    languages: list[str]


def _in_words(one: Visitor) -> VisitorShown:
    return VisitorShown(
        one, reason_of(one.because), [associations.language_name(code) for code in one.languages]
    )


@invitation_required
def hosting(request: InvitedRequest) -> HttpResponse:
    """Only for one that has a place, on a day with meetings; for all others there is no such page."""
    invitation = request.invitation
    plan = plan_of(invitation.openhouse)
    if plan is None or not have_places(invitation.openhouse).filter(pk=invitation.pk).exists():
        return closed_door(request)
    if request.method == "POST":
        return _save(request, plan)
    return _page(request, plan, _form(invitation, plan))


def _form(invitation: Invitation, plan: AppointmentPlan, data: Any = None) -> HostingForm:
    busy = other_times(invitation.openhouse).get(invitation.pk, [])
    slots = [slot for slot in slots_of(plan) if not any(slot.meets(one) for one in busy)]
    host = AppointmentHost.objects.filter(invitation=invitation).first()
    initial = HostingForm.initial_of(host, slots, usual=plan.at_once)
    return HostingForm(data, slots=slots, usual=plan.at_once, initial=initial)


def _page(
    request: InvitedRequest, plan: AppointmentPlan, form: HostingForm, status: int = 200
) -> HttpResponse:
    invitation = request.invitation
    context = {
        "openhouse": invitation.openhouse,
        "invitation": invitation,
        "plan": plan,
        "form": form,
        "is_gone": rules.is_gone(invitation.openhouse, at=request.now),
        "is_told": plan.told_at is not None,
        "visitors": [_in_words(one) for one in visitors_of(invitation, plan)],
        "languages_known": invitation.association.language_codes,
    }
    return render(request, "openhouse/hosting.html", context, status=status)


@once
def _save(request: InvitedRequest, plan: AppointmentPlan) -> HttpResponse:
    form = _form(request.invitation, plan, request.POST)
    if form.is_valid():
        try:
            commands.say_hosting(request.invitation, **form.said(), at=request.now)
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            messages.success(request, _("Saved. Thank you!"))
            return redirect("openhouse:hosting", pk=request.invitation.openhouse_id)
    return _page(request, plan, form, status=422)
