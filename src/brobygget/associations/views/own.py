"""The association's own pages: in with a link or a code, two minutes of questions, a receipt on paper."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.associations import rules
from brobygget.associations.commands import editing, links
from brobygget.associations.commands.answers import answers_of
from brobygget.associations.commands.said import said_by_association
from brobygget.associations.forms.own import OwnForm, seen_in, sitting_in
from brobygget.associations.models import AssociationLink, Origin
from brobygget.associations.queries import own as queries
from brobygget.associations.queries import showing
from brobygget.associations.queries.directory import directory_of
from brobygget.associations.request import COOKIE, OwnRequest, closed_door, let_in, own_link_required
from brobygget.associations.secrets import as_typed
from brobygget.associations.views.association import told_to_a_newcomer
from brobygget.associations.views.typed_codes import code_page
from brobygget.people.request import HouseRequest
from brobygget.web.once import once

Purpose = AssociationLink.Purpose


def code(request: HouseRequest) -> HttpResponse:
    """Type in the code from the letter."""

    def let_them_in(link: AssociationLink, typed: str) -> HttpResponse:
        links.note_use(link, on=timezone.localdate(request.now))
        return let_in(redirect("associations:own_form"), Purpose.CODE, as_typed(typed))

    return code_page(
        request,
        "associations/own_code.html",
        behind=lambda typed, on: queries.link_behind(Purpose.CODE, as_typed(typed), on=on),
        come_in=let_them_in,
    )


def come_in(request: HouseRequest, token: str) -> HttpResponse:
    """The link in the mail: looking at it changes nothing, the button opens the form."""
    today = timezone.localdate(request.now)
    link = queries.link_behind(Purpose.LINK, token, on=today)
    if link is None:
        return closed_door(request)
    if request.method == "POST":
        links.note_use(link, on=today)
        return let_in(redirect("associations:own_form"), Purpose.LINK, token)
    return render(request, "associations/own_link.html", {"association": link.association})


def _form(request: OwnRequest, data: object = None) -> OwnForm:
    association = queries.whole(request.association.pk)
    request.association = association
    answers = answers_of(association, said_by_association(association))
    return OwnForm(data, answers=answers, interests=directory_of(association.house).interests)


def _page(request: OwnRequest, bound: OwnForm, status: int = 200) -> HttpResponse:
    answered, asked = showing.answered(request.association)
    today = timezone.localdate(request.now)
    context = {
        "association": request.association,
        "form": bound,
        "sitting": sitting_in(request.POST) or str(uuid.uuid4()),
        "answered": answered,
        "asked": asked,
        "is_stale": rules.is_stale(request.association, on=today),
    }
    return render(request, "associations/own_form.html", context, status=status)


@own_link_required
def form(request: OwnRequest) -> HttpResponse:
    """The two-minute form."""
    if request.method == "POST":
        return _save(request)
    return _page(request, _form(request))


@once
def _save(request: OwnRequest) -> HttpResponse:
    bound = _form(request, request.POST)
    if not bound.is_valid():
        return _page(request, bound, status=422)
    saved = editing.save_answers(
        request.association,
        answers=bound.given(),
        seen=seen_in(request.POST),
        origin=Origin.ASSOCIATION,
        sitting=sitting_in(request.POST),
        at=request.now,
    )
    editing.confirm(request.association, on=timezone.localdate(request.now), at=request.now)
    messages.success(request, _("Saved. Thank you!"))
    if saved.meetings:
        request.session["met"] = [met.change.pk for met in saved.meetings]
    return redirect("associations:own_receipt")


@require_POST
@own_link_required
@once
def typed(request: OwnRequest) -> HttpResponse:
    """Saved as typed: every answer that can be used, and a word about those that cannot."""
    bound = _form(request, request.POST)
    bound.is_valid()
    editing.save_answers(
        request.association,
        answers=bound.given(),
        seen=seen_in(request.POST),
        origin=Origin.ASSOCIATION,
        sitting=sitting_in(request.POST),
        at=request.now,
    )
    fresh = _form(request)
    answered, asked = showing.answered(request.association)
    context = {
        "form": fresh,
        "wrong": bound.errors and bound,
        "answered": answered,
        "asked": asked,
        "at": request.now,
    }
    return render(request, "associations/_typed.html", context, status=201)


@require_POST
@own_link_required
@once
def earlier(request: OwnRequest, pk: int) -> HttpResponse:
    """Let the words that somebody else wrote stand after all."""
    change = queries.change_of(request.association, pk)
    if change is None:
        return closed_door(request)
    editing.take_back(change, origin=Origin.ASSOCIATION, sitting=str(change.pk), at=request.now)
    messages.success(request, _("The earlier words are back."))
    return redirect("associations:own_form")


@own_link_required
def confirmation(request: OwnRequest) -> HttpResponse:
    """Once a year: is it still true?"""
    if request.method == "POST":
        return _confirm(request)
    return render(request, "associations/own_confirmation.html", _shown(request))


@once
def _confirm(request: OwnRequest) -> HttpResponse:
    editing.confirm(request.association, on=timezone.localdate(request.now), at=request.now)
    messages.success(request, _("Thank you! It says that you have confirmed it today."))
    return redirect("associations:own_receipt")


def _shown(request: OwnRequest) -> dict[str, object]:
    association = queries.whole(request.association.pk)
    about = directory_of(association.house).interests.standing_of(association)
    return {
        "association": association,
        "facts": showing.facts_of(association, about),
        "today": timezone.localdate(request.now),
    }


@own_link_required
def preview(request: OwnRequest) -> HttpResponse:
    """How a newcomer sees it."""
    association = queries.whole(request.association.pk)
    about = directory_of(association.house).interests.standing_of(association)
    told = told_to_a_newcomer(association, about, on=timezone.localdate(request.now))
    return render(request, "associations/own_preview.html", {"association": association, **told})


@own_link_required
def receipt(request: OwnRequest) -> HttpResponse:
    """What is kept, to print and put in the binder."""
    met = request.session.pop("met", [])
    changes = [change for pk in met if (change := queries.change_of(request.association, pk)) is not None]
    context = _shown(request) | {"met": showing.earlier_words(changes)}
    return render(request, "associations/own_receipt.html", context)


@require_POST
@own_link_required
@once
def new_link(request: OwnRequest) -> HttpResponse:
    """A new link for the association; the old one and the code stop working at once."""
    door = links.renew_doors(request.association, on=timezone.localdate(request.now), at=request.now)
    messages.success(request, _("The old link and the old code do not work any more."))
    return let_in(redirect("associations:own_form"), Purpose.LINK, door.token)


@require_POST
def leave(request: HouseRequest) -> HttpResponse:
    """This computer forgets the association. Nothing else changes."""
    response = redirect("associations:own_code")
    response.delete_cookie(COOKIE)
    return response
