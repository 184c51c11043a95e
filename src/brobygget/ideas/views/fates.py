"""What became of every proposal, for everybody in the circle to read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.ideas import commands
from brobygget.ideas.commands import Refused
from brobygget.ideas.forms.proposals import FateForm
from brobygget.ideas.models import Fate, Proposal
from brobygget.ideas.queries import fates as stories
from brobygget.ideas.queries import proposals, wall
from brobygget.ideas.queries.readers import Reader
from brobygget.ideas.views.proposals import seen_proposal
from brobygget.ideas.views.readers import for_leaders, for_readers
from brobygget.people.request import HouseRequest
from brobygget.web import languages
from brobygget.web.once import once


@for_readers
def fates(request: HouseRequest, reader: Reader) -> HttpResponse:
    """Tried, done, parked with reason and day; and for the leader, what has no fate yet."""
    on = timezone.localdate(request.now)
    free = proposals.free_ideas(reader.circle)
    context = {
        "reader": reader,
        "fates": stories.fates_of(reader.circle, on=on),
        "free": wall.cards(free, languages.current().code, reader.circle.language),
    }
    return render(request, "ideas/fates.html", context)


def _page(
    request: HouseRequest, reader: Reader, proposal: Proposal, form: FateForm, status: int = 200
) -> HttpResponse:
    context = {"reader": reader, "story": stories.story_of(proposal), "form": form}
    return render(request, "ideas/fate.html", context, status=status)


@for_leaders
def fate(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    """Decide what becomes of a proposal."""
    if request.method == "POST":
        return _decide(request, reader, number)
    form = FateForm(today=timezone.localdate(request.now))
    return _page(request, reader, seen_proposal(reader, number), form)


@once
def _decide(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    today = timezone.localdate(request.now)
    proposal = seen_proposal(reader, number)
    form = FateForm(request.POST, today=today)
    if not form.is_valid():
        return _page(request, reader, proposal, form, 422)
    try:
        commands.decide_fate(
            proposal=proposal,
            kind=Fate.Kind(form.cleaned_data["kind"]),
            reason=form.cleaned_data["reason"],
            reason_language=reader.circle.language,
            look_again_on=form.cleaned_data["look_again_on"],
            on=today,
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _page(request, reader, proposal, form, no.status)
    messages.success(request, _("Decided. Everybody in the circle can read it."))
    return redirect(reverse("ideas:fates", args=[reader.circle.pk]))
