"""Presses in the presentation round, by the leader and by whoever has the turn."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from brobygget.circles import prompts, rules
from brobygget.circles.commands import rounds as commands
from brobygget.circles.forms.meetings import CardForm, RoundForm
from brobygget.circles.models import Membership, Round, Step, Turn
from brobygget.circles.queries import circles as circle_queries
from brobygget.circles.queries import meetings as queries
from brobygget.circles.views.meetings import address_of_meeting
from brobygget.circles.views.steps import led_step
from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.people.request import AccountRequest, ParticipantRequest, participant_required, role_required
from brobygget.web.languages import current
from brobygget.web.numbers import number_in
from brobygget.web.once import once

CHANCE = secrets.SystemRandom()


def led_round(request: AccountRequest, pk: int) -> Round:
    """A round that the reader leads, else no such page."""
    return get_object_or_404(queries.rounds_led_by(request.user, request.house), pk=pk)


def _turn(the_round: Round, text: str) -> Turn | None:
    return next((turn for turn in the_round.turns.all() if str(turn.pk) == text), None)


@role_required(*rules.LEADS)
def round_beginning(request: AccountRequest, pk: int) -> HttpResponse:
    """What the round is about, the order, and who is here."""
    if request.method == "POST":
        return round_begin(request, pk)
    step = led_step(request, pk)
    if step.kind != Step.Kind.ROUND:
        raise Http404
    if Round.objects.filter(step=step).exists():
        return redirect(address_of_meeting(step.meeting))
    members = circle_queries.members_of(step.meeting.circle)
    came = set(step.meeting.attendances.values_list("membership_id", flat=True))
    here = [str(who.pk) for who in members if not came or who.pk in came]
    initial = {"prompt": prompts.PROMPTS[0].code, "order": Round.Order.DRAWN, "here": here}
    return _round_page(request, step, RoundForm(members=members, initial=initial))


@once
def round_begin(request: AccountRequest, pk: int) -> HttpResponse:
    """The first one has the word."""
    step = led_step(request, pk)
    form = RoundForm(request.POST, members=circle_queries.members_of(step.meeting.circle))
    if form.is_valid():
        try:
            commands.begin_round(
                step,
                prompt=form.cleaned_data["prompt"],
                order=form.cleaned_data["order"],
                members=form.cleaned_data["here"],
                rng=CHANCE,
                at=request.now,
            )
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            return redirect(address_of_meeting(step.meeting))
    return _round_page(request, step, form, status=422)


def _round_page(request: AccountRequest, step: Step, form: RoundForm, status: int = 200) -> HttpResponse:
    chosen = form["prompt"].value()
    asked = [(each, each.text_in(current().code), each.code == chosen) for each in prompts.PROMPTS]
    context = {"step": step, "meeting": step.meeting, "form": form, "prompts": asked}
    return render(request, "circles/round_beginning.html", context, status=status)


@require_POST
@role_required(*rules.LEADS)
@once
def next_turn(request: AccountRequest, pk: int) -> HttpResponse:
    """The word goes on from the one that the press belongs to."""
    the_round = led_round(request, pk)
    after = _turn(the_round, request.POST.get("turn", ""))
    return act_and_return(
        request,
        lambda: commands.begin_next_turn(the_round, after=after, at=request.now),
        address_of_meeting(the_round.step.meeting),
    )


@require_POST
@role_required(*rules.LEADS)
@once
def round_people(request: AccountRequest, pk: int) -> HttpResponse:
    """Somebody passes, comes back, has to go, or came late."""
    the_round = led_round(request, pk)
    turn = _turn(the_round, request.POST.get("turn", ""))
    back = address_of_meeting(the_round.step.meeting)
    what = request.POST.get("what", "")
    if what == "late":
        members: Any = Membership.objects.filter(circle=the_round.step.meeting.circle)
        late = next((who for who in members if str(who.pk) == request.POST.get("member", "")), None)
        if late is None:
            raise Http404
        return act_and_return(request, lambda: commands.join_round(the_round, membership=late), back)
    if turn is None:
        return redirect(back)  # Whoever it was has left in the meantime.
    if what == "pass":
        return act_and_return(request, lambda: commands.pass_turn(turn, at=request.now), back)
    if what == "return":
        return act_and_return(request, lambda: commands.return_to_round(turn), back)
    if what == "leave":
        return act_and_return(request, lambda: commands.leave_round(turn, at=request.now), back)
    raise Http404


@require_POST
@role_required(*rules.LEADS)
@once
def round_time(request: AccountRequest, pk: int) -> HttpResponse:
    """Shall the round have the time it needs? What gives it?"""
    the_round = led_round(request, pk)
    meeting = the_round.step.meeting
    seen = queries.evening(meeting, at=request.now)
    minutes = number_in(request.POST.get("minutes", ""), digits=3)
    answer, _dash, number = request.POST.get("answer", "").partition("-")
    part = next((step for step in seen.steps if str(step.pk) == number), None)

    def act() -> None:
        commands.give_round_time(
            the_round,
            minutes=0 if answer == "keep" else minutes,
            shorten=part if answer == "shorten" else None,
            put_off=part if answer == "move" else None,
            at=request.now,
        )

    if answer not in {"keep", "later"} and part is None:
        raise Http404
    return act_and_return(request, act, address_of_meeting(meeting))


# -- the participant's own presses ------------------------------------------------------------------------------
def _own_turn(request: ParticipantRequest, pk: int) -> Turn:
    return get_object_or_404(queries.turns_of(request.participant), pk=pk)


@require_POST
@participant_required
@once
def own_pass(request: ParticipantRequest, pk: int) -> HttpResponse:
    """I pass. Nobody asks why."""
    turn = _own_turn(request, pk)
    return act_and_return(request, lambda: commands.pass_turn(turn, at=request.now), reverse("circles:now"))


@require_POST
@participant_required
@once
def own_return(request: ParticipantRequest, pk: int) -> HttpResponse:
    """I want to speak after all."""
    turn = _own_turn(request, pk)
    return act_and_return(request, lambda: commands.return_to_round(turn), reverse("circles:now"))


@participant_required
def card(request: ParticipantRequest) -> HttpResponse:
    """My own card: what I want to keep. Nobody else sees it."""
    if request.method == "POST":
        return card_save(request)
    membership = _own_membership(request)
    text = getattr(getattr(membership, "card", None), "text", "")
    return render(request, "circles/card.html", {"form": CardForm(initial={"text": text})})


@once
def card_save(request: ParticipantRequest) -> HttpResponse:
    """Keep it, in place of what was kept before."""
    membership = _own_membership(request)
    form = CardForm(request.POST)
    if not form.is_valid():
        return render(request, "circles/card.html", {"form": form}, status=422)
    commands.keep_card(membership, text=form.cleaned_data["text"])
    return redirect("circles:now")


def _own_membership(request: ParticipantRequest) -> Membership:
    mark = queries.mark_for(request.participant)
    found = (
        Membership.objects.filter(participant=request.participant, circle=mark.circle_id)
        .select_related("card")
        .first()
        if mark
        else None
    )
    if found is None:
        raise Http404
    return found
