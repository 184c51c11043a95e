"""The leader's list: who is here, and how far it is to a study circle."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from brobygget.circles import study_rule
from brobygget.circles.commands import Refused
from brobygget.circles.commands import attendance as commands
from brobygget.circles.models import Meeting, Membership, Step
from brobygget.circles.queries import attendance as queries
from brobygget.circles.queries.sitting import Sitter
from brobygget.circles.views.doors import leads_meeting
from brobygget.circles.views.refusals import no_page
from brobygget.people.request import HouseRequest
from brobygget.web.numbers import number_in
from brobygget.web.once import once


@require_safe
@leads_meeting
def attendance(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """Everybody in the circle, with two large buttons each."""
    evenings = queries.evenings_of(sitter.circle)
    rows = queries.list_of(meeting, evenings)
    context = {
        "circle": sitter.circle,
        "meeting": meeting,
        "rows": rows,
        "here": sum(row.is_here for row in rows),
        "closes_now": meeting.steps.filter(
            kind=Step.Kind.NEXT, began_at__isnull=False, ended_at__isnull=True
        ).exists(),
        "totals": queries.study_totals(evenings),
        "rule": study_rule,
    }
    return render(request, "circles/attendance.html", context)


@require_POST
@leads_meeting
@once
def attendance_note(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """Somebody is here, or is not."""
    back = reverse("circles:attendance", args=[meeting.pk])
    known = Membership.objects.filter(circle=sitter.circle)
    membership = get_object_or_404(known, pk=number_in(request.POST.get("seat", "")))
    try:
        commands.note_here(
            meeting=meeting, membership=membership, is_here=request.POST.get("here") == "yes", at=request.now
        )
    except Refused as no:
        return no_page(request, no, back=back)
    return redirect(back)


@require_POST
@leads_meeting
@once
def attendance_everybody(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """All chairs are taken."""
    back = reverse("circles:attendance", args=[meeting.pk])
    try:
        commands.note_everybody_here(meeting=meeting, at=request.now)
    except Refused as no:
        return no_page(request, no, back=back)
    return redirect(back)
