"""Somebody in the house reads what the town writes, and translates it, before everybody sees it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.ideas import rules
from brobygget.ideas.commands import Refused, moderation
from brobygget.ideas.forms.ideas import written_by
from brobygget.ideas.forms.town import HideForm, TownTranslationForm
from brobygget.ideas.models import Reading, TownIdea, TownIdeaTranslation
from brobygget.ideas.queries import town_desk as queries
from brobygget.ideas.queries.town_ideas import town_card, with_town_translations
from brobygget.people.request import AccountRequest, role_required
from brobygget.web import languages
from brobygget.web.messages import message_page
from brobygget.web.once import once


def _own_idea(request: AccountRequest, vote: int, idea: int) -> TownIdea:
    rows = TownIdea.objects.filter(pk=idea, vote=vote, vote__house=request.house).select_related("vote")
    found = with_town_translations(rows).first()
    if found is None:
        raise Http404
    return found


@role_required(*rules.CARES_FOR_VOTES)
def queue(request: AccountRequest) -> HttpResponse:
    """What waits, the oldest first; and what was hidden, with its reason."""
    context = {
        "waiting": queries.waiting_to_be_read(request.house),
        "hidden": queries.hidden_ideas(request.house),
        "reasons": Reading.Reason.choices,
    }
    return render(request, "ideas/moderation.html", context)


def _back(request: AccountRequest, idea: TownIdea) -> HttpResponse:
    """To the list on which the button stood."""
    if request.POST.get("from") == "desk":
        return redirect("ideas:vote_desk", vote=idea.vote_id)
    return redirect("ideas:moderation")


@require_POST
@role_required(*rules.CARES_FOR_VOTES)
@once
def showing(request: AccountRequest, vote: int, idea: int) -> HttpResponse:
    """The town may see it."""
    found = _own_idea(request, vote, idea)
    moderation.show_town_idea(idea=found, by=request.user, on=timezone.localdate(request.now))
    messages.success(request, _("The town can see it now."))
    return _back(request, found)


@require_POST
@role_required(*rules.CARES_FOR_VOTES)
@once
def hiding(request: AccountRequest, vote: int, idea: int) -> HttpResponse:
    """Nobody sees it from now on."""
    found = _own_idea(request, vote, idea)
    form = HideForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("Choose why."))
        moderation.hide_town_idea(
            idea=found,
            reason=form.cleaned_data["reason"],
            by=request.user,
            on=timezone.localdate(request.now),
        )
    except Refused as no:
        return message_page(
            request,
            heading=_("That cannot be done now."),
            text=no.sentence,
            status=no.status,
            way_on_url=reverse("ideas:moderation"),
            way_on_text=_("Go back"),
        )
    messages.success(request, _("It is hidden on every phone, wall and page."))
    return _back(request, found)


@role_required(*rules.TRANSLATES_VOTES)
def town_translation(request: AccountRequest, vote: int, idea: int) -> HttpResponse:
    """The idea in another language, by a person."""
    found = _own_idea(request, vote, idea)
    if request.method == "POST":
        return _translate(request, vote, idea)
    own = written_by(languages.current().code)
    form = TownTranslationForm(language=own, original=found.language)
    return _translation_page(request, found, form)


def _translation_page(
    request: AccountRequest, idea: TownIdea, form: TownTranslationForm, status: int = 200
) -> HttpResponse:
    context = {
        "idea": idea,
        "card": town_card(idea),
        "form": form,
        "translations": list(idea.translations.all()),
    }
    return render(request, "ideas/town_translation.html", context, status=status)


@once
def _translate(request: AccountRequest, vote: int, idea: int) -> HttpResponse:
    found = _own_idea(request, vote, idea)
    form = TownTranslationForm(request.POST, language=found.language, original=found.language)
    if not form.is_valid():
        return _translation_page(request, found, form, status=422)
    Status = TownIdeaTranslation.Status  # noqa: N806 -- a class
    status = Status.CHECKED if form.cleaned_data["is_checked"] else Status.DRAFT
    try:
        moderation.translate_town_idea(
            idea=found, language=form.cleaned_data["language"], text=form.cleaned_data["text"], status=status
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _translation_page(request, found, form, status=no.status)
    messages.success(request, _("Saved. It stands beside the original from now on."))
    return redirect("ideas:vote_translation", vote=vote, idea=idea)
