"""A phone in a town's vote: one idea on the screen, three answers, no account."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.ideas.commands import Refused, town_vote
from brobygget.ideas.commands.strips import use_strip
from brobygget.ideas.commands.town_vote import Browser
from brobygget.ideas.forms.ideas import written_by
from brobygget.ideas.forms.town import AnswerForm, OwnIdeaForm
from brobygget.ideas.models import Answer, TownIdea, TownVote
from brobygget.ideas.queries import town_ideas
from brobygget.ideas.queries import town_vote as queries
from brobygget.ideas.views import pace
from brobygget.people import tokens
from brobygget.people.models import YearsHere
from brobygget.people.request import HouseRequest
from brobygget.web import languages
from brobygget.web.messages import message_page
from brobygget.web.once import key_of, once, was_kept

COOKIE = "ballot"
COOKIE_AGE = 120 * 24 * 3600
P = ParamSpec("P")
ForVote = Callable[Concatenate[HouseRequest, TownVote, P], HttpResponse]
WithPk = Callable[Concatenate[HttpRequest, int, P], HttpResponse]


def for_everybody(view: ForVote[P]) -> WithPk[P]:
    """The vote of the address, for anybody who has it; the page is headed by the vote's own house."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, vote: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        found = queries.vote_at(vote)
        if found is None:
            raise Http404
        return view(cast(HouseRequest, request), found, *args, **kwargs)

    return cast(WithPk[P], wrapped)


def secret_in(request: HttpRequest) -> str:
    """What this browser keeps to be known again in the vote."""
    return request.COOKIES.get(COOKIE, "")[:64]


def with_ballot(response: HttpResponse, secret: str) -> HttpResponse:
    """Let the browser keep its secret. It is a random number: the database hears of it with the first answer."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=COOKIE_AGE,
        path=reverse("ideas:votes"),
        httponly=True,
        samesite="Lax",
        secure=settings.IS_HTTPS,
    )
    return response


def _address(vote: TownVote, name: str = "vote") -> str:
    return reverse(f"ideas:{name}", args=[vote.pk])


def _browser(request: HouseRequest) -> Browser:
    return Browser(
        secret=secret_in(request),
        was_kept=was_kept(request),
        opening=request.POST.get("opening", "")[:64],
    )


def _refused(request: HouseRequest, vote: TownVote, no: Refused) -> HttpResponse:
    return message_page(
        request,
        heading=_("That cannot be done now."),
        text=no.sentence,
        status=no.status,
        way_on_url=_address(vote, "vote" if vote.is_open else "vote_result"),
        way_on_text=_("Go on") if vote.is_open else _("See the result"),
    )


def _slower(request: HouseRequest, vote: TownVote) -> HttpResponse:
    no = Refused(_("That was very fast. Wait a minute and press again; nothing is lost."), status=429)
    return _refused(request, vote, no)


# -- answering -----------------------------------------------------------------------------------------------------
@for_everybody
def ballot(request: HouseRequest, vote: TownVote) -> HttpResponse:
    """The next idea; those after it lie ready in case the network goes."""
    secret = secret_in(request) or tokens.new_token()
    progress = queries.progress_of(vote, secret)
    strip = progress.voter.strip if progress.voter else None
    if strip is not None and strip.revoked_on is not None:
        response = _refused(request, vote, Refused(town_vote.strip_is_closed(), status=409))
        return with_ballot(response, secret)
    context = {
        "vote": vote,
        "progress": progress,
        "strip": strip,
        "opening": queries.opening_of(vote, secret),
        "choices": Answer.Choice,
        "years": YearsHere.choices,
    }
    template = "ideas/ballot_closed.html" if not vote.is_open else "ideas/town_ballot.html"
    return with_ballot(render(request, template, context), secret)


def _idea(vote: TownVote, pk: int) -> TownIdea:
    found = town_ideas.with_town_translations(town_ideas.shown_town_ideas(vote).filter(pk=pk)).first()
    if found is None:
        raise Http404
    return found


@for_everybody
def one_idea(request: HouseRequest, vote: TownVote, idea: int) -> HttpResponse:
    """One idea once more, with what was said of it: to change the answer."""
    secret = secret_in(request) or tokens.new_token()
    found = _idea(vote, idea)
    voter = queries.voter_behind(vote, secret)
    if not vote.is_open:
        return redirect(_address(vote))
    context = {
        "vote": vote,
        "card": town_ideas.town_card(found),
        "answer": queries.answer_of(voter, found),
        "opening": queries.opening_of(vote, secret),
        "next_seq": queries.last_seq_of(voter) + 1 if voter else 1,
        "choices": Answer.Choice,
    }
    return with_ballot(render(request, "ideas/town_idea.html", context), secret)


@for_everybody
def answers(request: HouseRequest, vote: TownVote) -> HttpResponse:
    """What this browser has said."""
    rows = queries.answered_by(vote, secret_in(request))
    return render(request, "ideas/town_answers.html", {"vote": vote, "rows": rows})


@require_POST
@for_everybody
def answer(request: HouseRequest, vote: TownVote, idea: int) -> HttpResponse:
    """Yes, no, or not yet."""
    if pace.is_too_fast("answer", secret_in(request), most=pace.ANSWERS_A_MINUTE, seconds=pace.MINUTE):
        return _slower(request, vote)
    return _answer(request, vote, idea)


@once
def _answer(request: HouseRequest, vote: TownVote, idea: int) -> HttpResponse:
    form = AnswerForm(request.POST)
    found = TownIdea.objects.filter(vote=vote, pk=idea).first()
    if found is None:
        raise Http404
    try:
        if not form.is_valid():
            raise Refused(_("Choose one of the answers."))
        town_vote.give_answer(
            vote=vote,
            idea=found,
            browser=_known(_browser(request), vote),
            choice=form.cleaned_data["secret_choice"],
            client_seq=form.cleaned_data["seq"],
            at=request.now,
        )
    except Refused as no:
        return _refused(request, vote, no)
    return redirect(_address(vote))


def _known(browser: Browser, vote: TownVote) -> Browser:
    """A press belongs to the browser whose page it was pressed on: another strip, or none, cannot send it."""
    if browser.secret and browser.opening != queries.opening_of(vote, browser.secret):
        raise Refused(_("This page is from before. Open it again and press once more."), status=409)
    return browser


@require_POST
@for_everybody
@once
def years(request: HouseRequest, vote: TownVote) -> HttpResponse:
    """How long here: asked once, and "skip" is an answer."""
    try:
        town_vote.tell_years_here(
            vote=vote,
            browser=_known(_browser(request), vote),
            years_here=request.POST.get("secret_years", ""),
            at=request.now,
        )
    except Refused as no:
        return _refused(request, vote, no)
    return redirect(_address(vote))


# -- an idea of one's own ------------------------------------------------------------------------------------------
@for_everybody
def own_idea(request: HouseRequest, vote: TownVote) -> HttpResponse:
    """Write an idea; it waits until somebody has read it."""
    if not vote.is_open:
        return redirect(_address(vote))
    if request.method != "POST":
        form = OwnIdeaForm(language=written_by(languages.current().code))
        page = render(request, "ideas/town_own_idea.html", {"vote": vote, "form": form})
        return with_ballot(page, secret_in(request) or tokens.new_token())
    if not secret_in(request):
        return _refused(request, vote, Refused(town_vote.keeps_nothing()))
    if pace.is_too_fast("idea", secret_in(request), most=pace.OWN_IDEAS_AN_HOUR, seconds=pace.HOUR):
        no = Refused(
            _("Many ideas have come from this phone. Answer some of the others', and come back in an hour."),
            status=429,
        )
        return _refused(request, vote, no)
    return _give_own_idea(request, vote)


@once
def _give_own_idea(request: HouseRequest, vote: TownVote) -> HttpResponse:
    form = OwnIdeaForm(request.POST, language=written_by(languages.current().code))
    if not form.is_valid():
        return render(request, "ideas/town_own_idea.html", {"vote": vote, "form": form}, status=422)
    today = timezone.localdate(request.now)
    try:
        town_vote.give_town_idea(vote=vote, on=today, **form.cleaned_data)
    except Refused as no:
        return _refused(request, vote, no)
    messages.success(
        request, _("Thank you. Somebody in the house reads it, and then the town can answer it.")
    )
    return redirect(_address(vote))


# -- strips --------------------------------------------------------------------------------------------------------
@for_everybody
def strip(request: HouseRequest, vote: TownVote, token: str) -> HttpResponse:
    """The door on a strip. To look at it uses nothing up: only the button does."""
    found = queries.strip_behind(vote, token)
    if found is None:
        raise Http404
    secret = secret_in(request) or tokens.new_token()
    used_by = getattr(found, "voter", None)
    is_own = used_by is not None and used_by.digest == queries.digest_of(vote, secret, by_strip=True)
    if request.method == "POST":
        return _use(request, vote, token)
    if is_own and found.revoked_on is None:
        return redirect(_address(vote))
    context = {"vote": vote, "strip": found, "is_used": used_by is not None}
    return with_ballot(render(request, "ideas/town_strip.html", context), secret)


def _use(request: HouseRequest, vote: TownVote, token: str) -> HttpResponse:
    """A tablet that has used a strip becomes another browser for the next one; a repeat of the press, the same one."""
    secret = secret_in(request)
    found = queries.strip_behind(vote, token)
    assert found is not None
    held = queries.voter_behind(vote, secret) if secret else None
    if not secret or (held is not None and held.strip_id not in {None, found.pk}):
        secret = tokens.derived_token("ballot", str(key_of(request.POST)))
    response = _use_once(request, vote, token, secret)
    return with_ballot(response, secret) if response.status_code < 400 else response


@once
def _use_once(request: HouseRequest, vote: TownVote, token: str, secret: str) -> HttpResponse:
    found = queries.strip_behind(vote, token)
    assert found is not None
    try:
        use_strip(strip=found, secret=secret)
    except Refused as no:
        return _refused(request, vote, no)
    return redirect(_address(vote))
