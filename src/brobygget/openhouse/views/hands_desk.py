"""The reception: reads an answer out to whoever says a code, and writes in slips that were left there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.associations.views.typed_codes import behind_typed, status_of
from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import hands as commands
from brobygget.openhouse.forms.hands import DeskForm, HandCodeForm
from brobygget.openhouse.models import OpenHouse, Visitor
from brobygget.openhouse.queries import hands as queries
from brobygget.openhouse.queries.events import published_of
from brobygget.openhouse.queries.places import have_places
from brobygget.openhouse.views.stand import NeedsCode, Who, raise_written, read_code
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.once import once


def _open_house(request: AccountRequest, pk: int) -> OpenHouse:
    return get_object_or_404(published_of(request.house), pk=pk)


@role_required(*rules.BOOKS)
def hands_desk(request: AccountRequest, pk: int) -> HttpResponse:
    """Somebody says a code. There is no list here, and nobody can be looked for."""
    return _page(request, _open_house(request, pk), HandCodeForm())


def _page(
    request: AccountRequest,
    openhouse: OpenHouse,
    form: HandCodeForm | DeskForm,
    status: int = 200,
    template: str = "openhouse/hands_desk.html",
) -> HttpResponse:
    today = timezone.localdate(request.now)
    context = {
        "openhouse": openhouse,
        "form": form,
        "takes_slips": rules.may_write_in_slips(openhouse, on=today),
    }
    return render(request, template, context, status=status)


def _behind(request: AccountRequest, openhouse: OpenHouse, form: HandCodeForm) -> Visitor | None:
    return behind_typed(
        request,
        form,
        lambda typed: queries.behind_code(openhouse, typed),
        wrong=_("That code is not known here. Look at each sign once more."),
    )


@require_POST
@role_required(*rules.BOOKS)
def hands_answers(request: AccountRequest, pk: int) -> HttpResponse:
    """The answers behind a code: which association, and its words. Looking changes nothing."""
    openhouse = _open_house(request, pk)
    form = HandCodeForm(request.POST)
    visitor = _behind(request, openhouse, form)
    if visitor is None:
        return _page(request, openhouse, form, status=status_of(form))
    context: dict[str, Any] = {
        "openhouse": openhouse,
        "hands": queries.hands_of(visitor),
        "code": form.cleaned_data["code"],
    }
    return render(request, "openhouse/hands_answers.html", context)


@require_POST
@role_required(*rules.BOOKS)
def hands_back(request: AccountRequest, pk: int) -> HttpResponse:
    """Whoever has the code asks that everything goes."""
    openhouse = _open_house(request, pk)
    form = HandCodeForm(request.POST)
    return _forget(request, openhouse, form, _behind(request, openhouse, form))


@once
def _forget(
    request: AccountRequest, openhouse: OpenHouse, form: HandCodeForm, visitor: Visitor | None
) -> HttpResponse:
    """Pressed twice, it is gone all the same."""
    if visitor is None:
        return _page(request, openhouse, form, status=status_of(form))
    return act_and_return(
        request,
        lambda: commands.forget_visitor(visitor),
        reverse("openhouse:hands_desk", args=[openhouse.pk]),
        said=_("Everything under that code is gone."),
    )


# -- slips ---------------------------------------------------------------------------------------------------------
@role_required(*rules.BOOKS)
def hands_slips(request: AccountRequest, pk: int) -> HttpResponse:
    """Write in a slip that was left at a table without a battery, or in the box by the door."""
    openhouse = _open_house(request, pk)
    if request.method == "POST":
        return _press(request, openhouse)
    form = DeskForm(choices=_choices(openhouse), initial={"way": "reception", "years": "", "how": "paper"})
    return _slips_page(request, openhouse, form)


def _choices(openhouse: OpenHouse) -> list[tuple[int, str]]:
    return [(one.pk, one.association.name) for one in have_places(openhouse)]


def _slips_page(
    request: AccountRequest, openhouse: OpenHouse, form: DeskForm, status: int = 200
) -> HttpResponse:
    return _page(request, openhouse, form, status, template="openhouse/hands_slips.html")


def _press(request: AccountRequest, openhouse: OpenHouse) -> HttpResponse:
    form, who = read_code(request, openhouse, DeskForm, choices=_choices(openhouse))
    if who is None or not form.is_valid():
        return _slips_page(request, openhouse, form, status=status_of(form))
    return _raise(request, openhouse, form, who)


@once
def _raise(request: AccountRequest, openhouse: OpenHouse, form: DeskForm, who: Who) -> HttpResponse:
    to = have_places(openhouse).get(pk=form.cleaned_data["to"])
    try:
        made = raise_written(request, to, form, who)
    except NeedsCode as no:
        form.add_error("code", no.sentence)
        return _slips_page(request, openhouse, form, status=no.status)
    except Refused as no:
        form.add_error(None, no.sentence)
        return _slips_page(request, openhouse, form, status=no.status)
    said = _("Written in for %(association)s: number %(number)d.")
    messages.success(request, said % {"association": to.association.name, "number": made.visitor.number})
    return redirect("openhouse:hands_slips", pk=openhouse.pk)
