"""Three dots each, given once, in secret; the sums when it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.circles.models import Meeting, Membership
from brobygget.ideas import commands, rules
from brobygget.ideas.commands import Refused
from brobygget.ideas.forms.proposals import SECRET, dots_in
from brobygget.ideas.models import DotVote, Proposal
from brobygget.ideas.queries import proposals, votes, wall
from brobygget.ideas.queries.readers import Reader, latest_meeting
from brobygget.ideas.queries.rooms import tag_of
from brobygget.ideas.views.readers import for_leaders, for_readers, refused
from brobygget.people.request import HouseRequest
from brobygget.web import languages
from brobygget.web.live import live_response
from brobygget.web.once import once


@dataclass(frozen=True)
class BallotRow:
    """A proposal on the ballot with the dots that lie on it now."""

    proposal: Proposal
    cards: list[wall.IdeaCard]
    dots: int
    name: str


def _meeting(reader: Reader, number: int) -> Meeting:
    return get_object_or_404(reader.circle.meetings.exclude(opened_at=None), number=number)


def _vote(reader: Reader, number: int) -> DotVote:
    vote = votes.vote_of(_meeting(reader, number))
    if vote is None:
        raise Http404
    return vote


def _address(reader: Reader, number: int) -> str:
    return reverse("ideas:dots_of", args=[reader.circle.pk, number])


def _ballot_page(
    request: HouseRequest,
    reader: Reader,
    vote: DotVote,
    dots: dict[Proposal, int],
    *,
    wrong: str = "",
    status: int = 200,
    handed_to: Membership | None = None,
) -> HttpResponse:
    code = languages.current().code
    placed = sum(dots.values())
    context = {
        "reader": reader,
        "vote": vote,
        "rows": [
            BallotRow(
                proposal,
                wall.cards(proposal.ideas_to_show, code, reader.circle.language),
                number,
                f"{SECRET}{proposal.pk}",
            )
            for proposal, number in dots.items()
        ],
        "left": max(vote.dots_each - placed, 0),
        "every_number": range(vote.dots_each + 1),
        "wrong": wrong,
        "handed_to": handed_to,
    }
    return render(request, "ideas/ballot.html", context, status=status)


@for_readers
def dots(request: HouseRequest, reader: Reader) -> HttpResponse:
    """The dot vote of the evening that goes on, or was last."""
    meeting = latest_meeting(reader.circle)
    if meeting is None:
        return _state_page(request, reader, None, None)
    return redirect(_address(reader, meeting.number))


@for_readers
def dots_of(request: HouseRequest, reader: Reader, meeting: int) -> HttpResponse:
    """The ballot while it is open and not given; else what may be known."""
    evening = _meeting(reader, meeting)
    vote = votes.vote_of(evening)
    here = reader.membership
    if request.method == "POST":
        if here is None or vote is None:
            raise Http404
        return _give(request, reader, meeting)
    if vote is not None and here is not None and votes.is_asked(vote, here):
        return _ballot_page(request, reader, vote, dict.fromkeys(votes.ballot(vote), 0))
    return _state_page(request, reader, evening, vote)


def _state(reader: Reader, meeting: Meeting | None, vote: DotVote | None, today: date) -> dict[str, Any]:
    here = reader.membership
    state: dict[str, Any] = {"reader": reader, "meeting": meeting, "vote": vote, "dots_each": rules.DOTS_EACH}
    if vote is None:
        if reader.is_leader:
            state["free"] = proposals.free_ideas(reader.circle).count()
            state["proposals"] = list(proposals.proposals_to_choose_from(reader.circle, on=today))
        return state
    return state | {
        "result": votes.result_of(vote),
        "has_given": here is not None and votes.has_given_dots(vote, here),
        "is_asked": here is not None and votes.is_asked(vote, here),
        "members_here": votes.members_here(vote.meeting),
    }


def _state_page(
    request: HouseRequest, reader: Reader, meeting: Meeting | None, vote: DotVote | None
) -> HttpResponse:
    state = _state(reader, meeting, vote, timezone.localdate(request.now))
    tag = f"{tag_of(reader)}.{languages.current().code}"
    return render(request, "ideas/dots.html", {**state, "live_tag": tag})


@for_readers
def dots_fragment(request: HouseRequest, reader: Reader, meeting: int) -> HttpResponse:
    """How many have voted, and the sums when it is over."""
    evening = _meeting(reader, meeting)
    return live_response(
        request,
        "ideas/_dots.html",
        lambda: _state(reader, evening, votes.vote_of(evening), timezone.localdate(request.now)),
        tag_of(reader),
    )


@once
def _give(request: HouseRequest, reader: Reader, meeting: int) -> HttpResponse:
    assert reader.membership is not None
    return _ballot_sent(request, reader, _vote(reader, meeting), reader.membership)


def _ballot_sent(
    request: HouseRequest,
    reader: Reader,
    vote: DotVote,
    voter: Membership,
    handed_to: Membership | None = None,
) -> HttpResponse:
    dots = dots_in(request.POST, votes.ballot(vote))
    moved = _moved(request, vote, dots)
    if moved is not None:
        return _ballot_page(request, reader, vote, moved, handed_to=handed_to)
    try:
        commands.give_dots(vote=vote, membership=voter, dots=dots)
    except Refused as no:
        return _ballot_page(
            request, reader, vote, dots, wrong=no.sentence, status=no.status, handed_to=handed_to
        )
    messages.success(request, _("Your dots are given. Nobody can see what you chose."))
    return redirect(_address(reader, vote.meeting.number))


def _moved(request: HouseRequest, vote: DotVote, dots: dict[Proposal, int]) -> dict[Proposal, int] | None:
    """Plus or minus was pressed without JavaScript: the same ballot with one dot moved. Nothing is kept."""
    more, fewer = request.POST.get("more", ""), request.POST.get("fewer", "")
    if not more and not fewer:
        return None
    free = vote.dots_each - sum(dots.values())
    return {
        proposal: number
        + (str(proposal.pk) == more and free > 0)
        - (str(proposal.pk) == fewer and number > 0)
        for proposal, number in dots.items()
    }


@for_leaders
def hand_over(request: HouseRequest, reader: Reader, meeting: int, seat: int) -> HttpResponse:
    """The leader's phone, lent to somebody who has none."""
    vote = _vote(reader, meeting)
    voter = next((one for one in votes.members_here(vote.meeting) if one.seat == seat), None)
    if voter is None:
        raise Http404
    if request.method == "POST":
        return _hand_over(request, reader, vote, voter)
    if votes.has_given_dots(vote, voter) or vote.closed_at is not None:
        no = Refused(_("These dots are given already, or the vote is closed."), status=409)
        return refused(request, no, way_on_url=_address(reader, meeting))
    return _ballot_page(request, reader, vote, dict.fromkeys(votes.ballot(vote), 0), handed_to=voter)


@once
def _hand_over(request: HouseRequest, reader: Reader, vote: DotVote, voter: Membership) -> HttpResponse:
    return _ballot_sent(request, reader, vote, voter, handed_to=voter)


@require_POST
@for_leaders
@once
def open_vote(request: HouseRequest, reader: Reader, meeting: int) -> HttpResponse:
    """Everybody may give their dots from now on."""
    try:
        commands.open_dot_vote(meeting=_meeting(reader, meeting), at=request.now)
    except Refused as no:
        return refused(request, no, way_on_url=reverse("ideas:proposals", args=[reader.circle.pk]))
    return redirect(_address(reader, meeting))


@require_POST
@for_leaders
@once
def close_vote(request: HouseRequest, reader: Reader, meeting: int) -> HttpResponse:
    """No more dots; the sums are for everybody."""
    commands.close_dot_vote(vote=_vote(reader, meeting), at=request.now)
    return redirect(_address(reader, meeting))
