"""The desk of a town's vote: open it, print poster and strips, close it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from brobygget.circles.models import Circle
from brobygget.ideas import rules
from brobygget.ideas.commands import Refused, strips, town_vote
from brobygget.ideas.forms.ideas import written_by
from brobygget.ideas.forms.town import StripsForm, TownVoteForm
from brobygget.ideas.models import Reading, TownVote
from brobygget.ideas.queries import town_desk as queries
from brobygget.ideas.queries import town_results
from brobygget.ideas.queries import town_vote as voting
from brobygget.people.request import AccountRequest, role_required
from brobygget.web import languages, printing
from brobygget.web.messages import message_page
from brobygget.web.once import once


def own_vote(request: AccountRequest, pk: int) -> TownVote:
    """A vote of the house that the reader works in."""
    found = TownVote.objects.select_related("house").filter(pk=pk, house=request.house).first()
    if found is None:
        raise Http404
    return found


@role_required(*rules.CARES_FOR_VOTES)
def votes(request: AccountRequest) -> HttpResponse:
    """All votes of the house."""
    context = {
        "votes": queries.votes_for_list(request.house),
        "waiting": queries.number_waiting(request.house),
    }
    return render(request, "ideas/town_votes.html", context)


# -- opening -------------------------------------------------------------------------------------------------------
def _circles(request: AccountRequest) -> QuerySet[Circle]:
    return queries.circles_to_ask_from(request.user, request.house)


def _form(request: AccountRequest, data: Any = None) -> TownVoteForm:
    circles = _circles(request)
    code = request.house.language_codes[0] if request.house.language_codes else languages.DEFAULT
    return TownVoteForm(
        data,
        language=written_by(code),
        proposals=queries.proposals_to_ask(circles),
        ideas=queries.ideas_to_ask(circles),
    )


def _new_page(request: AccountRequest, form: TownVoteForm, status: int = 200) -> HttpResponse:
    sent = request.POST
    context = {
        "form": form,
        "proposals": list(form.fields["proposals"].queryset),  # type: ignore[attr-defined]  # Django's types lack it
        "ideas": list(form.fields["ideas"].queryset),  # type: ignore[attr-defined]  # Django's types lack it
        "chosen": set(sent.getlist("proposals")),
        "chosen_ideas": set(sent.getlist("ideas")),
    }
    return render(request, "ideas/town_vote_new.html", context, status=status)


@role_required(*rules.CARES_FOR_VOTES)
def vote_new(request: AccountRequest) -> HttpResponse:
    """Choose what the town is asked about."""
    if request.method == "POST":
        return _open(request)
    return _new_page(request, _form(request))


@once
def _open(request: AccountRequest) -> HttpResponse:
    form = _form(request, request.POST)
    if not form.is_valid():
        return _new_page(request, form, status=422)
    try:
        vote = town_vote.open_town_vote(
            house=request.house, on=timezone.localdate(request.now), **form.cleaned_data
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _new_page(request, form, status=no.status)
    messages.success(request, _("The vote is open. Hang up the poster, and hand out strips if you like."))
    return redirect("ideas:vote_desk", vote=vote.pk)


# -- while it is open ----------------------------------------------------------------------------------------------
def _desk_page(request: AccountRequest, vote: TownVote, form: StripsForm, status: int = 200) -> HttpResponse:
    context = {
        "vote": vote,
        "voters": town_results.voters_by_kind(vote),
        "batches": queries.strips_by_batch(vote),
        "cards": queries.ideas_of(vote),
        "waiting": queries.number_waiting(request.house),
        "form": form,
        "reasons": Reading.Reason.choices,
        "address": _absolute(reverse("ideas:vote", args=[vote.pk])),
        "wall_address": _absolute(reverse("ideas:vote_wall", args=[vote.pk])),
    }
    return render(request, "ideas/town_desk.html", context, status=status)


@role_required(*rules.CARES_FOR_VOTES)
def desk(request: AccountRequest, vote: int) -> HttpResponse:
    """Everything that somebody needs who cares for this vote."""
    return _desk_page(request, own_vote(request, vote), StripsForm())


@require_POST
@role_required(*rules.CARES_FOR_VOTES)
@once
def closing(request: AccountRequest, vote: int) -> HttpResponse:
    """No more answers."""
    town_vote.close_town_vote(vote=own_vote(request, vote), at=request.now)
    messages.success(request, _("The vote is closed. The result stays where it is."))
    return redirect("ideas:vote_desk", vote=vote)


@require_POST
@role_required(*rules.CARES_FOR_VOTES)
@once
def more_strips(request: AccountRequest, vote: int) -> HttpResponse:
    """A new batch of strips."""
    found = own_vote(request, vote)
    form = StripsForm(request.POST)
    if not form.is_valid():
        return _desk_page(request, found, form, status=422)
    try:
        strips.make_strips(vote=found, count=form.cleaned_data["count"], on=timezone.localdate(request.now))
    except Refused as no:
        form.add_error(None, no.sentence)
        return _desk_page(request, found, form, status=no.status)
    return redirect(f"{reverse('ideas:vote_desk', args=[found.pk])}#strips")


@require_POST
@role_required(*rules.CARES_FOR_VOTES)
@once
def strips_closing(request: AccountRequest, vote: int, batch: int) -> HttpResponse:
    """These strips were lost: they take no more answers."""
    found = own_vote(request, vote)
    closed = strips.revoke_strips(vote=found, batch=batch, on=timezone.localdate(request.now))
    if closed:
        messages.success(
            request,
            ngettext("%(count)d strip is closed.", "%(count)d strips are closed.", closed)
            % {"count": closed},
        )
    return redirect(f"{reverse('ideas:vote_desk', args=[found.pk])}#strips")


# -- paper ---------------------------------------------------------------------------------------------------------
def _absolute(path: str) -> str:
    return f"{settings.ADDRESS}{path}"


def _pdf(template: str, data: dict[str, Any], name: str) -> HttpResponse:
    response = HttpResponse(printing.pdf(template, data), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _said_in(code: str) -> dict[str, str]:
    """What the poster says, in one of the house's languages."""
    with translation.override(code):
        return {
            "code": code,
            "language": languages.BY_CODE[code].own_name,
            "call": _("What do you say? Answer on your phone."),
            "how": _("Point the camera here. No account, no name."),
            "promise": _("Nobody can see what you answer."),
        }


def _said(vote: TownVote) -> list[dict[str, str]]:
    """In the vote's language first, then in every other one of the house in which it has been translated."""
    first = vote.language if vote.language in languages.BY_CODE else languages.DEFAULT
    codes = dict.fromkeys([first, *(code for code in vote.house.language_codes if code in languages.BY_CODE)])
    said: dict[str, dict[str, str]] = {}
    for words in map(_said_in, codes):
        said.setdefault(words["call"], words)
    return list(said.values())


@role_required(*rules.CARES_FOR_VOTES)
def poster(request: AccountRequest, vote: int) -> HttpResponse:
    """A poster with the open code, in the languages of the house."""
    found = own_vote(request, vote)
    if not found.is_open:
        return _too_late(request, found)
    address = _absolute(reverse("ideas:vote", args=[found.pk]))
    said = _said(found)
    with translation.override(said[0]["code"]):
        data = {
            "paper": "a4" if request.GET.get("size") == "a4" else "a3",
            "title": found.title,
            "title_language": found.language,
            "house": found.house.name,
            "place": found.house.address,
            "said": said,
            "qr": printing.qr_svg(address),
            "address": address.split("://", 1)[-1].rstrip("/"),
            "scan": _("Code to answer"),
            "ideas": ngettext("%(count)d idea", "%(count)d ideas", len(queries.ideas_of(found)))
            % {"count": len(queries.ideas_of(found))},
        }
    return _pdf("ideas/print/vote_poster.typ", data, "poster.pdf")


@role_required(*rules.CARES_FOR_VOTES)
def strips_paper(request: AccountRequest, vote: int, batch: int) -> HttpResponse:
    """The strips of one batch that nobody has used, to cut apart."""
    found = own_vote(request, vote)
    rows = list(found.strips.filter(batch=batch, revoked_on=None, voter=None).order_by("pk"))
    if not rows:
        return message_page(
            request,
            heading=_("Nothing to print"),
            text=_("These strips are all used or closed. Make new ones."),
            way_on_url=reverse("ideas:vote_desk", args=[found.pk]),
            way_on_text=_("Go back"),
        )
    said = _said(found)
    with translation.override(said[0]["code"]):
        data = {
            "title": found.title,
            "title_language": found.language,
            "language": said[0]["code"],
            "house": found.house.name,
            "batch": _("Strips, batch %(number)d") % {"number": batch},
            "one": _("One strip, one answer an idea. Keep it for yourself."),
            "said": said[:5],
            "strips": [
                printing.qr_svg(_absolute(reverse("ideas:vote_strip", args=[found.pk, voting.token_of(row)])))
                for row in rows
            ],
        }
    return _pdf("ideas/print/vote_strips.typ", data, "strips.pdf")


def _too_late(request: AccountRequest, vote: TownVote) -> HttpResponse:
    return message_page(
        request,
        heading=_("The vote is closed."),
        text=_("There is nothing to answer any more. Print the result instead."),
        way_on_url=reverse("ideas:vote_desk", args=[vote.pk]),
        way_on_text=_("Go back"),
    )
