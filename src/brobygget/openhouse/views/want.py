"""“I want to try”, on the visitor's own phone: a hand is raised with one press, seen, changed and taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygget.associations.rules import may_be_shown
from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse.commands import hands as commands
from brobygget.openhouse.commands.hands import Told
from brobygget.openhouse.forms.hands import VisitorForm, WantForm, WishForm
from brobygget.openhouse.models import Handover, Invitation, Visitor
from brobygget.openhouse.queries import hands as queries
from brobygget.openhouse.request import pressed_ago
from brobygget.openhouse.views import hand_words as words
from brobygget.openhouse.views.hand_doors import (
    HandRequest,
    VisitorRequest,
    for_phones,
    let_in,
    let_out,
    visitor_required,
)
from brobygget.web.languages import current
from brobygget.web.offline import keep_on_phone
from brobygget.web.once import key_of, once


# -- raising a hand ------------------------------------------------------------------------------------------------
@for_phones
def want(request: HandRequest, invitation: int) -> HttpResponse:
    """What the association gets, and one press. Who has told it once is not asked again."""
    found = _association(request, invitation)
    if request.method == "POST":
        return _press(request, found)
    if request.visitor is not None and request.visitor.handovers.filter(invitation=found).exists():
        return redirect("openhouse:own_hands", pk=request.openhouse.pk)
    page = _page(request, found, _form(request))
    # A phone that has told nothing may open the page without a network, too.
    return page if request.visitor is not None else keep_on_phone(page)


def _association(request: HandRequest, invitation: int) -> Invitation:
    """One that has a place, or had one; of all others nobody learns that they were asked."""
    found = (
        request.openhouse.invitations.filter(pk=invitation, place__given_at__isnull=False)
        .select_related("association", "place")
        .first()
    )
    if found is None or not may_be_shown(found.association, on=timezone.localdate(request.now)):
        raise Http404
    found.openhouse = request.openhouse
    return found


def _form(request: HandRequest, data: Any = None) -> WantForm | WishForm:
    if request.visitor is not None:
        return WishForm(data)
    initial = {"way": Visitor.Way.RECEPTION, "spoken": current().code, "years": ""}
    return WantForm(data, initial=initial)


def _page(
    request: HandRequest, found: Invitation, form: WantForm | WishForm, status: int = 200
) -> HttpResponse:
    closed = ""
    try:
        commands.refuse_to_raise(request.openhouse, channel=Handover.Channel.PHONE, at=request.now)
        if not found.place.has_place:
            raise commands.has_left(found)
    except Refused as no:
        closed = no.sentence
    context = {
        "openhouse": request.openhouse,
        "invitation": found,
        "form": form,
        "visitor": words.shown(request.visitor) if request.visitor else None,
        "closed": closed,
    }
    return render(request, "openhouse/want.html", context, status=status)


def _press(request: HandRequest, found: Invitation) -> HttpResponse:
    """The phone is known again by what its first press carried, also when the answer was lost on the way."""
    response = _raise(request, found)
    is_saved = response.status_code < 400 and response.status_code != 200
    if request.visitor is None and is_saved:
        return let_in(response, request.openhouse, queries.new_seed(str(key_of(request.POST))))
    return response


@once
def _raise(request: HandRequest, found: Invitation) -> HttpResponse:
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    visitor = request.visitor
    try:
        commands.raise_hand(
            found,
            seed=visitor.seed if visitor else queries.new_seed(str(key_of(request.POST))),
            told=form.told() if isinstance(form, WantForm) else Told(spoken=""),
            wish=form.cleaned_data["wish"],
            channel=Handover.Channel.PHONE,
            at=request.now - pressed_ago(request),
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _page(request, found, form, status=no.status)
    messages.success(request, _("Your hand is raised."))
    return redirect("openhouse:own_hands", pk=request.openhouse.pk)


# -- one's own hands -----------------------------------------------------------------------------------------------
@require_safe
@for_phones
def own_hands(request: HandRequest) -> HttpResponse:
    """What each association has got, word by word; its answer; the code; and all of it to take back."""
    visitor = request.visitor
    context: dict[str, Any] = {"openhouse": request.openhouse, "visitor": visitor}
    if visitor is not None:
        context |= {
            "hands": queries.hands_of(visitor),
            "shown": words.shown(visitor),
            "code": queries.code_of(visitor.seed),
            "gone_on": words.gone_on(request.openhouse),
        }
    return render(request, "openhouse/own_hands.html", context)


@visitor_required
def own_hands_about(request: VisitorRequest) -> HttpResponse:
    """Another name, language or way."""
    if request.method == "POST":
        return _change(request)
    return _about_page(request, VisitorForm(initial=VisitorForm.initial_of(request.visitor)))


def _about_page(request: VisitorRequest, form: VisitorForm, status: int = 200) -> HttpResponse:
    context = {"openhouse": request.openhouse, "form": form, "number": request.visitor.number}
    return render(request, "openhouse/own_hands_about.html", context, status=status)


@once
def _change(request: VisitorRequest) -> HttpResponse:
    form = VisitorForm(request.POST)
    if form.is_valid():
        try:
            commands.change_visitor(request.visitor, told=form.told())
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            messages.success(request, _("Changed. The associations see the new words."))
            return redirect("openhouse:own_hands", pk=request.openhouse.pk)
    return _about_page(request, form, status=422)


@require_POST
@visitor_required
@once
def own_hand_back(request: VisitorRequest, invitation: int) -> HttpResponse:
    """One hand less."""
    found = request.visitor.handovers.filter(invitation=invitation).select_related("visitor").first()
    if found is None:
        raise Http404
    return act_and_return(
        request,
        lambda: commands.take_back_hand(found),
        reverse("openhouse:own_hands", args=[request.openhouse.pk]),
        said=_("Taken back. The association does not see it any more."),
    )


@require_POST
@visitor_required
def own_hands_forgetting(request: VisitorRequest) -> HttpResponse:
    """Everything goes, and this phone knows nothing of it any more."""
    response = _forget(request)
    return let_out(response, request.openhouse) if response.status_code < 400 else response


@once
def _forget(request: VisitorRequest) -> HttpResponse:
    return act_and_return(
        request,
        lambda: commands.forget_visitor(request.visitor),
        reverse("openhouse:own_hands", args=[request.openhouse.pk]),
        said=_("Everything is taken back. Nothing of it is kept."),
    )


@require_POST
@for_phones
def own_hands_leaving(request: HandRequest) -> HttpResponse:
    """This phone forgets it: for a phone that others use. The hands stay raised, and the code opens the answers."""
    return let_out(redirect("openhouse:own_hands", pk=request.openhouse.pk), request.openhouse)
