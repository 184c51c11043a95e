"""Interests and the register's words, for those who keep the register."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygget.associations import jobs, rules
from brobygget.associations.commands import interests as commands
from brobygget.associations.forms.interests import (
    DecisionForm,
    InterestForm,
    LabelForm,
    RetirementForm,
    choices,
)
from brobygget.associations.models import AliasReview
from brobygget.associations.queries.directory import directory_of, offer_of
from brobygget.associations.queries.interests import InterestHere, words_decided, words_waiting
from brobygget.house.commands.refused import Refused
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.languages import LANGUAGES, current
from brobygget.web.once import once


@require_safe
@role_required(*rules.KEEPS)
def interests(request: AccountRequest) -> HttpResponse:
    """Every interest in its group, with how many associations have it."""
    return _list_page(request, _new_form(request))


def _new_form(request: AccountRequest, data: object = None) -> InterestForm:
    known = directory_of(request.house).interests
    return InterestForm(data, interests=known, code=current().code)


def _list_page(request: AccountRequest, form: InterestForm, status: int = 200) -> HttpResponse:
    now = directory_of(request.house)
    offer = offer_of(request.house, now, on=timezone.localdate(request.now))
    code = current().code
    groups = [
        {
            "label": group.label(code),
            "interests": [
                {"one": one, "label": one.label(code), "count": offer.counts.get(one.id, 0)}
                for one in now.interests.activities(group.id)
            ],
        }
        for group in now.interests.groups()
    ]
    retired = [one for one in now.interests.by_id.values() if one.is_retired]
    context = {
        "groups": groups,
        "retired": [{"one": one, "label": one.label(code)} for one in retired],
        "form": form,
        "waiting": len(words_waiting(request.house)),
    }
    return render(request, "associations/kept_interests.html", context, status=status)


@require_POST
@role_required(*rules.KEEPS)
@once
def new(request: AccountRequest) -> HttpResponse:
    """One more interest."""
    form = _new_form(request, request.POST)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    try:
        made = commands.add_interest(
            house=request.house, **form.cleaned_data, on=timezone.localdate(request.now)
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _list_page(request, form, status=422)
    messages.success(request, _("It is there for everybody to choose."))
    jobs.refresh_later(request.house)
    return redirect("find:kept_interest", interest=made.interest)


def _interest(request: AccountRequest, interest: str) -> InterestHere:
    found = directory_of(request.house).interests.by_id.get(interest)
    if found is None:
        raise Http404
    return found


@require_safe
@role_required(*rules.KEEPS)
def interest(request: AccountRequest, interest: str) -> HttpResponse:
    """One interest: its words in each language, and whether it is still offered."""
    return _interest_page(request, _interest(request, interest), LabelForm())


def _interest_page(
    request: AccountRequest, found: InterestHere, form: LabelForm, status: int = 200
) -> HttpResponse:
    known = directory_of(request.house).interests
    labels = [
        {
            "language": language,
            "text": found.labels.get(language.code, ""),
            "is_checked": language.code in found.labels and language.code not in found.unread,
        }
        for language in LANGUAGES
        if language.code != "sv-easy"
    ]
    context = {
        "one": found,
        "label": found.label(current().code),
        "labels": labels,
        "form": form,
        "retirement_form": RetirementForm(interests=known, code=current().code),
        "replaced_by": known.by_id.get(found.replaced_by),
    }
    return render(request, "associations/kept_interest.html", context, status=status)


@require_POST
@role_required(*rules.KEEPS)
@once
def labels(request: AccountRequest, interest: str) -> HttpResponse:
    """A word in a language."""
    found = _interest(request, interest)
    form = LabelForm(request.POST)
    if not form.is_valid():
        return _interest_page(request, found, form, status=422)
    commands.name_interest(
        house=request.house, interest=found.id, **form.cleaned_data, on=timezone.localdate(request.now)
    )
    messages.success(request, _("Saved."))
    jobs.refresh_later(request.house)
    return redirect("find:kept_interest", interest=found.id)


@require_POST
@role_required(*rules.KEEPS)
@once
def retirement(request: AccountRequest, interest: str) -> HttpResponse:
    """Offer it no more, or again."""
    found = _interest(request, interest)
    if request.POST.get("back"):
        commands.bring_interest_back(house=request.house, interest=found.id)
        messages.success(request, _("It is offered again."))
        jobs.refresh_later(request.house)
        return redirect("find:kept_interest", interest=found.id)
    known = directory_of(request.house).interests
    form = RetirementForm(request.POST, interests=known, code=current().code)
    try:
        if not form.is_valid():
            raise Refused(_("That one cannot take its place."))
        commands.retire_interest(
            house=request.house,
            interest=found.id,
            replaced_by=form.cleaned_data["replaced_by"],
            on=timezone.localdate(request.now),
        )
    except Refused as no:
        messages.error(request, no.sentence)
    else:
        messages.success(request, _("It is offered no more."))
    jobs.refresh_later(request.house)
    return redirect("find:kept_interest", interest=found.id)


@require_safe
@role_required(*rules.KEEPS)
def words(request: AccountRequest) -> HttpResponse:
    """Words of the register that nobody understood."""
    known = directory_of(request.house).interests
    decided = words_decided(request.house)
    code = current().code
    context = {
        "waiting": words_waiting(request.house),
        "decided": [
            {
                "word": one,
                "label": known.by_id[one.interest].label(code) if one.interest in known.by_id else None,
            }
            for one in decided
        ],
        "choices": choices(known, code),
    }
    return render(request, "associations/words.html", context)


@require_POST
@role_required(*rules.KEEPS)
@once
def decision(request: AccountRequest, pk: int) -> HttpResponse:
    """What a word means."""
    word = get_object_or_404(AliasReview.objects.filter(house=request.house), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what the word means."))
        return redirect("find:words")
    try:
        changed = commands.decide_word(
            word,
            decision=AliasReview.Decision(form.cleaned_data["decision"]),
            interest=form.cleaned_data["interest"],
            on=timezone.localdate(request.now),
        )
    except Refused as no:
        messages.error(request, no.sentence)
    else:
        told = _("Saved. %(number)s associations have it now.") % {"number": changed}
        messages.success(request, told if word.interest else _("Saved."))
    jobs.refresh_later(request.house)
    return redirect("find:words")
