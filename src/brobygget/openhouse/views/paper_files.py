"""The papers of the day as files for the printer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from brobygget.openhouse import rules
from brobygget.openhouse.forms.badges import BadgesForm
from brobygget.openhouse.queries.floor import told_plan
from brobygget.openhouse.views import phrases
from brobygget.openhouse.views.badges import badges_of
from brobygget.openhouse.views.events import ways
from brobygget.openhouse.views.floor_paper import map_of
from brobygget.openhouse.views.paper_words import languages_on_paper
from brobygget.openhouse.views.papers import prints_for
from brobygget.openhouse.views.posters import SIZES, poster_of
from brobygget.openhouse.views.signs import sheet_of, signs_of
from brobygget.openhouse.views.stamp_cards import stamp_cards_of
from brobygget.openhouse.views.want_slips import want_slips_of
from brobygget.people.request import AccountRequest, role_required


def _pdf(made: bytes) -> HttpResponse:
    return HttpResponse(made, content_type="application/pdf")


@require_safe
@role_required(*rules.WORKS_WITH)
def poster(request: AccountRequest, pk: int, paper: str) -> HttpResponse:
    """The poster on A4 or A3."""
    openhouse = prints_for(request, pk)
    if paper not in SIZES or not openhouse.published_on or openhouse.called_off_on:
        raise Http404
    return _pdf(poster_of(openhouse, paper=paper))


@require_safe
@role_required(*rules.WORKS_WITH)
def signs(request: AccountRequest, pk: int) -> HttpResponse:
    """The signs of all tables."""
    openhouse = prints_for(request, pk)
    keeps = set(request.house.roles_of_reader) & set(rules.INVITES)
    found = signs_of(openhouse, on=timezone.localdate(request.now)) if keeps or openhouse.published_on else []
    if not found:
        raise Http404
    return _pdf(sheet_of(openhouse, found))


@require_safe
@role_required(*rules.WORKS_WITH)
def floor_map(request: AccountRequest, pk: int, paper: str) -> HttpResponse:
    """Who stands where, when it is told."""
    openhouse = prints_for(request, pk)
    if paper not in SIZES or told_plan(openhouse) is None:
        raise Http404
    return _pdf(map_of(openhouse, paper=paper, on=timezone.localdate(request.now)))


@require_safe
@role_required(*rules.WORKS_WITH)
def stamp_cards(request: AccountRequest, pk: int) -> HttpResponse:
    """Four stamp cards, the front in the language that was asked for."""
    openhouse = prints_for(request, pk)
    codes = languages_on_paper(openhouse.house)
    language = request.GET.get("language", codes[0])
    if language not in codes:
        raise Http404
    return _pdf(stamp_cards_of(openhouse, language=language))


@require_safe
@role_required(*rules.WORKS_WITH)
def want_slips(request: AccountRequest, pk: int) -> HttpResponse:
    """Slips for “I want to try”, in the language that was asked for; no two codes are alike."""
    openhouse = prints_for(request, pk)
    codes = languages_on_paper(openhouse.house)
    language = request.GET.get("language", codes[0])
    if language not in codes:
        raise Http404
    return _pdf(want_slips_of(openhouse, language=language))


@require_safe
@role_required(*rules.WORKS_WITH)
def phrase_sheet(request: AccountRequest, pk: int) -> HttpResponse:
    """How to welcome somebody with little Swedish."""
    return _pdf(phrases.phrase_sheet_of(prints_for(request, pk).house))


@role_required(*rules.WORKS_WITH)
def badges(request: AccountRequest, pk: int) -> HttpResponse:
    """Whom the badges are for. What was typed becomes the file and is kept nowhere, so that nothing is written here."""
    openhouse = prints_for(request, pk)
    form: BadgesForm = BadgesForm(request.POST or None, initial={"role": "visitor", "empty": 20})
    if request.method == "POST" and form.is_valid():
        return _pdf(badges_of(openhouse, form.badges(), role=form.cleaned_data["role"]))
    context: dict[str, Any] = {"openhouse": openhouse, "ways": ways(request, openhouse), "form": form}
    return render(request, "openhouse/badges.html", context, status=422 if request.method == "POST" else 200)
