"""A code from a letter, typed in: for the association's own form, and for what a later stage sends letters about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.associations.forms.own import CodeForm
from brobygget.people import guessing
from brobygget.people.commands import note_wrong_try
from brobygget.people.request import HouseRequest, network_of

Found = TypeVar("Found")


def code_page(
    request: HouseRequest,
    template: str,
    *,
    behind: Callable[[str, date], Found | None],
    come_in: Callable[[Found, str], HttpResponse],
) -> HttpResponse:
    """Ask for the code. A wrong one is counted as wrong words are, and nobody is told what was wrong with it."""
    if request.method != "POST":
        return render(request, template, {"form": CodeForm()})
    form = CodeForm(request.POST)
    today = timezone.localdate(request.now)
    found = behind_typed(
        request,
        form,
        lambda typed: behind(typed, today),
        wrong=_("That code does not open anything. Look at each sign in the letter once more."),
    )
    if found is None:
        return render(request, template, {"form": form}, status=status_of(form))
    return come_in(found, form.cleaned_data["code"])


def behind_typed(
    request: HouseRequest, form: Form, behind: Callable[[str], Found | None], *, wrong: str
) -> Found | None:
    """What a typed code opens; else the form says why not, and a wrong one counts as wrong words do."""
    network = network_of(request)
    if guessing.is_locked(network, at=request.now):
        form.add_error(None, _("There have been many wrong codes just now. Wait a minute and try again."))
        return None
    if not form.is_valid():
        return None
    found = behind(form.cleaned_data["code"])
    if found is None:
        note_wrong_try(network=network, at=request.now)
        form.add_error("code", wrong)
    return found


def status_of(form: Form) -> int:
    """Too many tries, or a code that does not open anything."""
    return 429 if form.non_field_errors() else 422
