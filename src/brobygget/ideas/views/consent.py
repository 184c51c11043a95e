"""Can you live with it? What would make it safe enough to try?"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.ideas import commands
from brobygget.ideas.commands import Refused
from brobygget.ideas.forms.proposals import ConcernForm, ConditionForm
from brobygget.ideas.models import Concern, ConsentRound
from brobygget.ideas.queries import wall
from brobygget.ideas.queries.readers import Reader, meeting_going_on
from brobygget.ideas.views.proposals import seen_proposal
from brobygget.ideas.views.readers import for_leaders, for_readers, refused
from brobygget.people.request import HouseRequest
from brobygget.web import languages
from brobygget.web.once import once


def _address(reader: Reader, number: int) -> str:
    return reverse("ideas:consent", args=[reader.circle.pk, number])


def _round(reader: Reader, number: int) -> ConsentRound:
    found = ConsentRound.objects.filter(proposal=seen_proposal(reader, number))
    return get_object_or_404(found.select_related("proposal__circle", "meeting"))


def _page(
    request: HouseRequest,
    reader: Reader,
    number: int,
    *,
    concern_form: ConcernForm | None = None,
    condition_form: ConditionForm | None = None,
    answering: int = 0,
    status: int = 200,
) -> HttpResponse:
    proposal = seen_proposal(reader, number)
    consent = ConsentRound.objects.filter(proposal=proposal).select_related("meeting").first()
    if consent is None and not reader.is_leader:
        raise Http404
    concerns = list(consent.concerns.order_by("pk")) if consent else []
    is_open = consent is not None and consent.closed_at is None and consent.meeting.is_open
    context = {
        "reader": reader,
        "proposal": proposal,
        "cards": wall.cards(proposal.ideas_to_show, languages.current().code, reader.circle.language),
        "consent": consent,
        "is_open": is_open,
        "meeting": meeting_going_on(reader.circle),
        "concerns": concerns,
        "unanswered": sum(not concern.condition for concern in concerns),
        "concern_form": concern_form or ConcernForm(language=reader.language),
        "condition_form": condition_form or ConditionForm(language=reader.circle.language),
        "answering": answering,
    }
    return render(request, "ideas/consent.html", context, status=status)


@for_readers
def consent(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    """The proposal, what worries somebody, and what makes it safe enough."""
    if request.method == "POST":
        if reader.membership is None and not reader.is_leader:
            raise Http404
        return _give_concern(request, reader, number)
    return _page(request, reader, number)


@once
def _give_concern(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    form = ConcernForm(request.POST, language=reader.language)
    if not form.is_valid():
        return _page(request, reader, number, concern_form=form, status=422)
    try:
        commands.give_concern(consent=_round(reader, number), **form.cleaned_data)
    except Refused as no:
        form.add_error(None, no.sentence)
        return _page(request, reader, number, concern_form=form, status=no.status)
    messages.success(request, _("Thank you. Now we look together for what would make it safe enough."))
    return redirect(_address(reader, number))


@require_POST
@for_leaders
@once
def open_round(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    """Ask the circle about this proposal."""
    proposal, meeting = seen_proposal(reader, number), meeting_going_on(reader.circle)
    try:
        if meeting is None:
            raise Refused(_("No meeting is open now."), status=409)
        commands.open_consent(proposal=proposal, meeting=meeting, at=request.now)
    except Refused as no:
        return refused(request, no, way_on_url=_address(reader, number))
    return redirect(_address(reader, number))


@require_POST
@for_leaders
@once
def close_round(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    """The round is over."""
    commands.close_consent(consent=_round(reader, number), at=request.now)
    return redirect(_address(reader, number))


def _concern(reader: Reader, number: int, pk: int) -> Concern:
    return get_object_or_404(Concern.objects.filter(consent=_round(reader, number)), pk=pk)


@require_POST
@for_leaders
@once
def answer(request: HouseRequest, reader: Reader, number: int, pk: int) -> HttpResponse:
    """A concern becomes a condition."""
    concern = _concern(reader, number, pk)
    form = ConditionForm(request.POST, language=reader.circle.language)
    if not form.is_valid():
        return _page(request, reader, number, condition_form=form, answering=pk, status=422)
    try:
        commands.answer_concern(concern=concern, **form.cleaned_data)
    except Refused as no:
        form.add_error(None, no.sentence)
        return _page(request, reader, number, condition_form=form, answering=pk, status=no.status)
    return redirect(_address(reader, number))


@require_POST
@for_leaders
@once
def remove(request: HouseRequest, reader: Reader, number: int, pk: int) -> HttpResponse:
    """It was given by mistake, or tells about a person; somebody else may have pressed first."""
    concern = Concern.objects.filter(consent=_round(reader, number), pk=pk).first()
    if concern is not None:
        commands.remove_concern(concern=concern)
    return redirect(_address(reader, number))
