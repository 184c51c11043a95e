"""The association's side: in with a link or a code, an answer in minutes, a receipt on paper, and a place to give up."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.associations.commands import editing
from brobygget.associations.commands.answers import answers_of as facts_of
from brobygget.associations.commands.said import said_by_association
from brobygget.associations.models import Origin
from brobygget.associations.queries import own
from brobygget.associations.views.typed_codes import code_page
from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import answering, inviting, waiting
from brobygget.openhouse.forms.answers import (
    AnswerForm,
    FactsForm,
    kind_label,
    kind_of,
    seen_in,
    sitting_in,
)
from brobygget.openhouse.models import Answer, AnswerChange, Invitation
from brobygget.openhouse.queries import doors, places
from brobygget.openhouse.queries import floor as floors
from brobygget.openhouse.queries import invitations as queries
from brobygget.openhouse.queries.public import shown_of
from brobygget.openhouse.queries.reminders import arrives_at
from brobygget.openhouse.queries.states import State, state_of, waiting_numbers
from brobygget.openhouse.request import (
    InvitedRequest,
    closed_door,
    cookie_of,
    invitation_required,
    let_in,
)
from brobygget.openhouse.views import wording
from brobygget.openhouse.views.floor_drawing import drawn
from brobygget.openhouse.views.floor_looks import public_looks
from brobygget.openhouse.views.programme_public import own_slots
from brobygget.people.request import HouseRequest
from brobygget.web import moments
from brobygget.web.once import once

CHOSEN = ("said", "open_to_beginners", "table", "noise")


# -- in ------------------------------------------------------------------------------------------------------------
def code(request: HouseRequest) -> HttpResponse:
    """Type in the code from the letter."""
    return code_page(
        request,
        "openhouse/code.html",
        behind=lambda typed, on: doors.behind_code(typed, on=on),
        come_in=lambda found, _typed: _come_in(request, found),
    )


def _come_in(request: HouseRequest, found: Invitation) -> HttpResponse:
    """First to the question; who has answered comes to how it stands, where a call can be answered too."""
    inviting.note_opened(found, on=timezone.localdate(request.now))
    page = "openhouse:receipt" if hasattr(found, "answer") else "openhouse:answer"
    return let_in(redirect(page, pk=found.openhouse_id), found)


def link(request: HouseRequest, token: str) -> HttpResponse:
    """The link in the mail: looking at it changes nothing, the button opens the form."""
    found = doors.behind_link(token, on=timezone.localdate(request.now))
    if found is None:
        return closed_door(request)
    if request.method == "POST":
        return _come_in(request, found)
    request.house = found.openhouse.house
    context = {"openhouse": found.openhouse, "invitation": found}
    return render(request, "openhouse/link.html", context)


# -- the answer ----------------------------------------------------------------------------------------------------
def _whole(request: InvitedRequest) -> Invitation:
    found = queries.invitation_of(request.invitation.openhouse, request.invitation.pk)
    assert found is not None
    return found


def _state(request: InvitedRequest, found: Invitation) -> State:
    return state_of(found, numbers=waiting_numbers(found.openhouse), at=request.now)


def _forms(found: Invitation, data: Any = None) -> tuple[AnswerForm, FactsForm]:
    association = own.whole(found.association_id)
    facts = facts_of(association, said_by_association(association))
    answers = answering.answers_of(getattr(found, "answer", None))
    return AnswerForm(data, answers=answers, kind=kind_of(association)), FactsForm(data, answers=facts)


@invitation_required
def answer(request: InvitedRequest) -> HttpResponse:
    """Yes, maybe or no; and what they need."""
    if request.method == "POST":
        return _save(request)
    found = _whole(request)
    if not rules.is_open_for_answers(found.openhouse, at=request.now):
        return redirect("openhouse:receipt", pk=found.openhouse_id)
    return _answer_page(request, found, *_forms(found))


def _answer_page(
    request: InvitedRequest, found: Invitation, form: AnswerForm, facts: FactsForm, status: int = 200
) -> HttpResponse:
    context = {
        "openhouse": found.openhouse,
        "invitation": found,
        "form": form,
        "facts": facts,
        "sitting": sitting_in(request.POST) or str(uuid.uuid4()),
        "state": wording.state_shown(_state(request, found), found.openhouse),
        "has_answered": hasattr(found, "answer"),
        "is_late": rules.is_late_at(found.openhouse, at=request.now),
    }
    return render(request, "openhouse/answer.html", context, status=status)


@once
def _save(request: InvitedRequest) -> HttpResponse:
    found = _whole(request)
    form, facts = _forms(found, request.POST)
    if not (form.is_valid() & facts.is_valid()):
        return _answer_page(request, found, form, facts, status=422)
    seen, sitting = seen_in(request.POST), sitting_in(request.POST)
    try:
        saved = answering.answer_invitation(
            found,
            answers=form.given(),
            seen=seen,
            sitting=sitting,
            channel=Answer.Channel.LINK,
            at=request.now,
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _answer_page(request, found, form, facts, status=no.status)
    if form.cleaned_data["said"] != Answer.Said.NO:
        _save_facts(request, found, facts)
    messages.success(request, _("Saved. Thank you!"))
    if saved.met:
        request.session["met_answers"] = [one.change.pk for one in saved.met]
    return redirect("openhouse:receipt", pk=found.openhouse_id)


def _save_facts(request: InvitedRequest, found: Invitation, facts: FactsForm) -> None:
    """What visitors ask is the association's own words in the register; two at once are merged there too."""
    editing.save_answers(
        found.association,
        answers=facts.given(),
        seen=seen_in(request.POST),
        origin=Origin.ASSOCIATION,
        sitting=sitting_in(request.POST),
        at=request.now,
    )


@require_POST
@invitation_required
@once
def earlier(request: InvitedRequest, change: int) -> HttpResponse:
    """Let the answer that somebody else gave stand after all."""
    found = AnswerChange.objects.filter(answer__invitation=request.invitation, pk=change).first()
    if found is None:
        return closed_door(request)
    return act_and_return(
        request,
        lambda: answering.take_back(found, sitting=str(found.pk), at=request.now),
        reverse("openhouse:receipt", args=[request.invitation.openhouse_id]),
        said=_("The earlier words are back."),
    )


@invitation_required
def receipt(request: InvitedRequest) -> HttpResponse:
    """How it stands, and what is kept: to print and put in the binder."""
    found = _whole(request)
    met = request.session.pop("met_answers", [])
    changes = AnswerChange.objects.filter(answer__invitation=found, pk__in=met)
    state = _state(request, found)
    shown = wording.state_shown(state, found.openhouse)
    given = getattr(found, "answer", None)
    context: dict[str, Any] = {
        "openhouse": found.openhouse,
        "invitation": found,
        "answer": given,
        "kind": kind_label(given.kind) if given and given.kind else "",
        "state": shown,
        "call": state.call,
        "met": [(one, _in_words(one)) for one in changes],
        "today": timezone.localdate(request.now),
        "may_change": rules.is_open_for_answers(found.openhouse, at=request.now),
        "own_slots": own_slots(found, at=request.now),
    }
    if state.code == "place":
        context |= _own_table(found, shown, on=timezone.localdate(request.now))
    return render(request, "openhouse/receipt.html", context)


def _own_table(found: Invitation, shown: wording.StateShown, *, on: date) -> dict[str, Any]:
    """Table, socket and a map of the own hall, when the floor plan is told."""
    if floors.told_plan(found.openhouse) is None:
        return {}
    floor = floors.floor_of(found.openhouse)
    table = floors.own_table(floor, found.pk)
    if table is None:
        return {}
    named = {one.pk for one in shown_of(found.openhouse, on=on)} | {found.pk}
    halls = drawn(floor, public_looks(floor, named=named, own=table.position))
    text = _("Doors open at %(clock)s. Come at %(arrives)s.") % {
        "clock": moments.clock(found.openhouse.starts_at),
        "arrives": moments.clock(arrives_at(found.openhouse)),
    }
    return {
        "state": replace(shown, text=text),
        "table": table,
        "halls": [one for one in halls if one.hall.name == table.hall],
    }


def _in_words(change: AnswerChange) -> tuple[str, str]:
    """The question and the earlier answer, as the form has them."""
    field = AnswerForm.base_fields[change.field]
    value = json.loads(change.before)
    if change.field in CHOSEN:
        value = dict(Answer._meta.get_field(change.field).flatchoices).get(value, "–")  # type: ignore[union-attr]
    elif change.field == "kind":
        value = kind_label(value) if value else "–"
    elif change.field == "step_free":
        value = _("Yes") if value else _("No")
    return str(field.label), str(value) if value not in ("", None) else "–"


# -- a place -------------------------------------------------------------------------------------------------------
@invitation_required
def giving_up(request: InvitedRequest) -> HttpResponse:
    """We cannot come: asked once more on a page of its own, because the next in line is called at once."""
    if request.method == "POST":
        return _give_up(request)
    found = _whole(request)
    state = _state(request, found)
    if state.code not in ("place", "waiting", "called", "passed"):
        return redirect("openhouse:receipt", pk=found.openhouse_id)
    context = {"openhouse": found.openhouse, "invitation": found, "has_place": state.code == "place"}
    return render(request, "openhouse/giving_up.html", context)


@once
def _give_up(request: InvitedRequest) -> HttpResponse:
    return act_and_return(
        request,
        lambda: waiting.give_up_place(request.invitation, at=request.now),
        reverse("openhouse:receipt", args=[request.invitation.openhouse_id]),
        said=_("Thank you for telling us."),
    )


@require_POST
@invitation_required
@once
def call(request: InvitedRequest) -> HttpResponse:
    """A place is free: yes or no."""
    found = places.latest_call_of(request.invitation)
    if found is None:
        return closed_door(request)
    is_yes = request.POST.get("answer") == "yes"
    return act_and_return(
        request,
        lambda: waiting.answer_call(found, is_yes=is_yes, at=request.now),
        reverse("openhouse:receipt", args=[request.invitation.openhouse_id]),
        said=_("The place is yours. Welcome!") if is_yes else _("Thank you for telling us."),
    )


@require_POST
def leave(request: HouseRequest, pk: int) -> HttpResponse:
    """This computer forgets the invitation. Nothing else changes."""
    response = redirect("openhouse:code")
    response.delete_cookie(cookie_of(pk))
    return response
