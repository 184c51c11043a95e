"""The leader puts ideas that mean the same together, by taps; every move can be taken back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from brobygget.circles.models import Circle
from brobygget.ideas import commands
from brobygget.ideas.commands import Refused
from brobygget.ideas.forms.proposals import GroupForm, TitleForm
from brobygget.ideas.models import Proposal
from brobygget.ideas.queries import grouping, proposals, votes, wall
from brobygget.ideas.queries.readers import Reader, latest_meeting
from brobygget.ideas.views.readers import for_leaders, refused
from brobygget.people.request import HouseRequest
from brobygget.web import languages
from brobygget.web.once import once

MOVES = 20  # that can be taken back
Grouping = tuple[grouping.Group, ...]


def _address(reader: Reader) -> str:
    return reverse("ideas:proposals", args=[reader.circle.pk])


def _moves(request: HouseRequest, circle: Circle) -> list[dict[str, Any]]:
    kept = request.session.get("ideas_moves", {})
    return list(kept.get(str(circle.pk), []))


def _keep_moves(request: HouseRequest, circle: Circle, moves: list[dict[str, Any]]) -> None:
    kept = request.session.get("ideas_moves", {})
    request.session["ideas_moves"] = {**kept, str(circle.pk): moves[-MOVES:]}


def _read(groups: list[dict[str, Any]]) -> Grouping:
    return tuple(grouping.Group(**{**group, "ideas": tuple(group["ideas"])}) for group in groups)


def _moving(request: HouseRequest, reader: Reader, move: Callable[[], object]) -> None:
    """Do one move and keep how the groups were before and after it."""
    before = grouping.grouping_of(reader.circle)
    move()
    after = grouping.grouping_of(reader.circle)
    if before != after:
        step = {
            "before": list(map(dataclasses.asdict, before)),
            "after": list(map(dataclasses.asdict, after)),
        }
        _keep_moves(request, reader.circle, [*_moves(request, reader.circle), step])


def _page(request: HouseRequest, reader: Reader, form: GroupForm, status: int = 200) -> HttpResponse:
    code, circle = languages.current().code, reader.circle
    groups = grouping.grouping_of(circle)
    settled = {group.number for group in groups if group.is_settled}
    shown = list(proposals.shown_proposals(circle))
    meeting = latest_meeting(circle)
    context = {
        "reader": reader,
        "form": form,
        "chosen": set(form["ideas"].value() or []),
        "free": wall.cards(proposals.free_ideas(circle), code, circle.language),
        "groups": [
            (
                proposal,
                wall.cards(proposal.ideas_to_show, code, circle.language),
                proposal.number not in settled,
            )
            for proposal in shown
        ],
        "may_undo": bool(_moves(request, circle)),
        "meeting": meeting,
        "vote": votes.vote_of(meeting) if meeting else None,
    }
    return render(request, "ideas/proposals.html", context, status=status)


@for_leaders
def proposals_page(request: HouseRequest, reader: Reader) -> HttpResponse:
    """Ideas that stand alone, and proposals."""
    if request.method == "POST":
        return _group(request, reader)
    return _page(request, reader, GroupForm(circle=reader.circle))


@once
def _group(request: HouseRequest, reader: Reader) -> HttpResponse:
    form = GroupForm(request.POST, circle=reader.circle)
    if not form.is_valid():
        return _page(request, reader, form, 422)
    chosen = form.cleaned_data
    try:
        _moving(
            request,
            reader,
            lambda: commands.group_ideas(
                circle=reader.circle,
                ideas=list(chosen["ideas"]),
                title=chosen["title"],
                language=chosen["language"],
                into=chosen["into"],
            ),
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _page(request, reader, form, no.status)
    return redirect(_address(reader))


def _pressed(request: HouseRequest, reader: Reader, move: Callable[[], object]) -> HttpResponse:
    try:
        _moving(request, reader, move)
    except Refused as no:
        return refused(request, no, way_on_url=_address(reader))
    return redirect(_address(reader))


@require_POST
@for_leaders
@once
def rest(request: HouseRequest, reader: Reader) -> HttpResponse:
    """Each idea that stands alone becomes a proposal of its own."""
    return _pressed(request, reader, lambda: commands.make_rest_proposals(circle=reader.circle))


@require_POST
@for_leaders
@once
def out(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    """An idea stands alone again."""
    idea = get_object_or_404(
        proposals.shown_ideas().filter(circle=reader.circle).select_related("proposal"), number=number
    )
    return _pressed(request, reader, lambda: commands.take_out(idea=idea))


def seen_proposal(reader: Reader, number: int) -> Proposal:
    """A proposal of this circle that may be seen."""
    return get_object_or_404(proposals.shown_proposals(reader.circle).select_related("circle"), number=number)


@require_POST
@for_leaders
@once
def apart(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    """All ideas of a proposal stand alone again; somebody else may have pressed first."""
    proposal = proposals.shown_proposals(reader.circle).filter(number=number).first()
    if proposal is None:
        return redirect(_address(reader))
    return _pressed(request, reader, lambda: commands.take_apart(proposal=proposal))


@for_leaders
def title(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    """Say it better."""
    if request.method == "POST":
        return _retitle(request, reader, number)
    proposal = seen_proposal(reader, number)
    form = TitleForm(language=proposal.language, initial={"title": proposal.title})
    return render(request, "ideas/title.html", {"reader": reader, "proposal": proposal, "form": form})


@once
def _retitle(request: HouseRequest, reader: Reader, number: int) -> HttpResponse:
    proposal = seen_proposal(reader, number)
    form = TitleForm(request.POST, language=proposal.language)
    context = {"reader": reader, "proposal": proposal, "form": form}
    if not form.is_valid():
        return render(request, "ideas/title.html", context, status=422)
    try:
        _moving(request, reader, lambda: commands.retitle_proposal(proposal=proposal, **form.cleaned_data))
    except Refused as no:
        form.add_error(None, no.sentence)
        return render(request, "ideas/title.html", context, status=no.status)
    return redirect(_address(reader))


@require_POST
@for_leaders
@once
def undo(request: HouseRequest, reader: Reader) -> HttpResponse:
    """Take back the last move."""
    moves = _moves(request, reader.circle)
    if moves:
        try:
            commands.restore_grouping(
                circle=reader.circle, wanted=_read(moves[-1]["before"]), instead_of=_read(moves[-1]["after"])
            )
        except Refused as no:
            _keep_moves(request, reader.circle, [])
            messages.warning(request, no.sentence)
            return redirect(_address(reader))
        _keep_moves(request, reader.circle, moves[:-1])
    return redirect(_address(reader))
