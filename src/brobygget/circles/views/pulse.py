"""The trust pulse: one tap, and the curve of everybody together."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygget.circles.commands import Refused
from brobygget.circles.commands import pulse as commands
from brobygget.circles.forms.pulse import TapForm
from brobygget.circles.models import Meeting
from brobygget.circles.queries import pulse as queries
from brobygget.circles.queries.pulse import PulsePoint
from brobygget.circles.queries.sitting import Sitter
from brobygget.circles.views.doors import in_meeting, leads_meeting
from brobygget.circles.views.refusals import no_page
from brobygget.people.request import HouseRequest
from brobygget.web import moments as words
from brobygget.web.once import once


def _steps() -> list[tuple[int, str]]:
    return [
        (5, _("Completely")),
        (4, _("Quite")),
        (3, _("Partly")),
        (2, _("A little")),
        (1, _("Not at all")),
    ]


def _points(points: list[PulsePoint]) -> list[tuple[str, float | None]]:
    return [
        (words.number(point.number), None if point.mean is None else round(point.mean, 1)) for point in points
    ]


@require_safe
@in_meeting
def pulse(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """Tap how it feels, or see how it has felt."""
    moment = queries.moment_now(meeting)
    has_tapped = sitter.membership is not None and queries.has_tapped(meeting, sitter.membership, moment)
    context = {
        "circle": sitter.circle,
        "meeting": meeting,
        "sitter": sitter,
        "moment": moment,
        "steps": _steps(),
        "has_tapped": has_tapped,
        "may_tap": meeting.is_open and sitter.membership is not None and not has_tapped,
        "answers": queries.answers_in(meeting, moment) if sitter.leads else 0,
        "people": sitter.circle.memberships.count() if sitter.leads else 0,
        "is_over": queries.is_over(meeting, moment),
        "enough": queries.FEWEST_SHOWN,
        "about": "meeting" if moment == queries.WHOLE_MEETING else "round",
        "of_round": _points(queries.curve_of_round(meeting)),
        "of_meetings": _points(queries.curve_of_meetings(sitter.circle)),
    }
    return render(request, "circles/pulse.html", context)


@require_POST
@in_meeting
@once
def pulse_tap(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """Count one tap."""
    back = reverse("circles:pulse", args=[meeting.pk])
    form = TapForm(request.POST)
    try:
        if sitter.membership is None:
            raise Refused(_("Only those who sit in the circle tap here."))
        if not form.is_valid():
            raise Refused(_("That choice is not on this page. Open the page again and tap once more."))
        commands.give_pulse(
            meeting=meeting,
            membership=sitter.membership,
            moment=form.cleaned_data["moment"],
            value=form.cleaned_data["secret_step"],
        )
    except Refused as no:
        return no_page(request, no, back=back)
    return redirect(back)


@require_POST
@leads_meeting
@once
def pulse_show(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """The leader shows the group its answers; from then on nobody taps there."""
    back = reverse("circles:pulse", args=[meeting.pk])
    about_round = request.POST.get("about") == "round"
    moments = queries.turns_begun(meeting) if about_round else [queries.WHOLE_MEETING]
    try:
        commands.show_pulse(meeting=meeting, moments=moments)
    except Refused as no:
        return no_page(request, no, back=back)
    return redirect(back)
