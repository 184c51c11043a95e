"""Halls and their rows of tables, set up by the staff; one table and one circuit are in `floor_tables.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import floor_halls as commands
from brobygget.openhouse.forms.floor import (
    ApartForm,
    CircuitForm,
    HallForm,
    RowsForm,
    in_ranges,
)
from brobygget.openhouse.models import Hall, OpenHouse
from brobygget.openhouse.queries import floor as queries
from brobygget.openhouse.views.events import invites_to, ways
from brobygget.openhouse.views.floor_drawing import drawn
from brobygget.openhouse.views.floor_looks import looks_of
from brobygget.openhouse.views.floor_words import isolated
from brobygget.people.forms import SafeForm
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.once import once

Page = Callable[..., HttpResponse]
Thing = TypeVar("Thing")


def desk(request: AccountRequest, openhouse: OpenHouse) -> dict[str, Any]:
    """What every page about the floor's furniture begins with."""
    return {"openhouse": openhouse, "ways": ways(request, openhouse)}


def written(
    request: AccountRequest, form: SafeForm, act: Callable[[], object], field: str, back: str, page: Page
) -> HttpResponse:
    """Write what a form says and go back, or show it again with a sentence and nothing lost."""
    if form.is_valid():
        try:
            act()
        except Refused as no:
            form.add_error(field, no.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    return page(form, status=422)


def taken_away(
    request: AccountRequest, take: Callable[[Thing], object], found: Thing | None, back: str, said: str
) -> HttpResponse:
    """Gone, also when somebody else was quicker."""
    return act_and_return(request, lambda: take(found) if found is not None else None, back, said=said)


# -- everything on one page ----------------------------------------------------------------------------------------
@role_required(*rules.INVITES)
def halls(request: AccountRequest, pk: int) -> HttpResponse:
    """Every hall with its tables, every circuit with what it reaches."""
    return _halls_page(request, invites_to(request, pk))


def _halls_page(
    request: AccountRequest, openhouse: OpenHouse, *, status: int = 200, **forms: SafeForm
) -> HttpResponse:
    floor = queries.floor_of(openhouse)
    numbers: dict[int, list[int]] = {}
    for one in floor.positions:
        numbers.setdefault(one.circuit_id or 0, []).append(one.number)
    context = {
        **desk(request, openhouse),
        "halls": [
            (hall, len(tables), isolated(in_ranges([one.number for one in tables])))
            for hall in floor.halls
            for tables in [floor.tables_in(hall)]
        ],
        "circuits": [
            (one, isolated(in_ranges(numbers[one.pk])) if one.pk in numbers else "") for one in floor.circuits
        ],
        "tables": len(floor.positions),
        "watts": sum(one.watts for one in floor.circuits),
        "hall_form": HallForm(initial={"step_free": True}, prefix="hall"),
        "circuit_form": CircuitForm(initial={"watts": 2300}, prefix="circuit"),
        "apart_form": ApartForm(initial={"words": floor.plan.never_together if floor.plan else ""}),
        **forms,
    }
    return render(request, "openhouse/floor_halls.html", context, status=status)


@require_POST
@role_required(*rules.INVITES)
@once
def hall_new(request: AccountRequest, pk: int) -> HttpResponse:
    """One more hall; then its tables."""
    openhouse = invites_to(request, pk)
    form = HallForm(request.POST, prefix="hall")
    made: list[Hall] = []
    if form.is_valid():
        try:
            made.append(commands.put_up_hall(openhouse, facts=form.facts()))
        except Refused as no:
            form.add_error("name", no.sentence)
    if made:
        messages.success(request, _("The hall is there. Put up its tables."))
        return redirect("openhouse:hall", pk=pk, hall=made[0].pk)
    return _halls_page(request, openhouse, status=422, hall_form=form)


@require_POST
@role_required(*rules.INVITES)
@once
def circuit_new(request: AccountRequest, pk: int) -> HttpResponse:
    """One more circuit."""
    openhouse = invites_to(request, pk)
    form = CircuitForm(request.POST, prefix="circuit")
    return written(
        request,
        form,
        lambda: commands.put_up_circuit(openhouse, **form.cleaned_data),
        "name",
        f"{reverse('openhouse:halls', args=[pk])}#circuits",
        lambda form, status: _halls_page(request, openhouse, status=status, circuit_form=form),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def keeping_apart(request: AccountRequest, pk: int) -> HttpResponse:
    """Appliances of which no circuit takes two."""
    openhouse = invites_to(request, pk)
    form = ApartForm(request.POST)
    return written(
        request,
        form,
        lambda: commands.keep_apart(openhouse, words=form.cleaned_data["words"]),
        "words",
        f"{reverse('openhouse:halls', args=[pk])}#circuits",
        lambda form, status: _halls_page(request, openhouse, status=status, apart_form=form),
    )


# -- one hall ------------------------------------------------------------------------------------------------------
def _hall(request: AccountRequest, pk: int, hall: int) -> Hall:
    return get_object_or_404(invites_to(request, pk).halls.select_related("openhouse__house"), pk=hall)


@role_required(*rules.INVITES)
def hall(request: AccountRequest, pk: int, hall: int) -> HttpResponse:
    """One hall: its size and door, its tables by the row."""
    found = _hall(request, pk, hall)
    if request.method == "POST":
        return _change_hall(request, found)
    return _hall_page(request, found)


def _hall_page(request: AccountRequest, found: Hall, *, status: int = 200, **forms: SafeForm) -> HttpResponse:
    floor = queries.floor_of(found.openhouse)
    tables = floor.tables_in(floor.by_hall[found.pk])
    address = reverse("openhouse:floor", args=[found.openhouse_id])
    looks = looks_of(floor, (), None, None, address=address)
    context = {
        **desk(request, found.openhouse),
        "hall": found,
        "tables": [(one, floor.by_circuit.get(one.circuit_id or 0)) for one in tables],
        "drawn": [one for one in drawn(floor, looks) if one.hall.pk == found.pk] if tables else [],
        "is_used": any(one.pk in floor.at for one in tables),
        "form": HallForm(initial=HallForm.initial_of(found)),
        "rows_form": RowsForm(initial={**RowsForm.USUAL, "tables": len(tables) or None, "rows": None}),
        **forms,
    }
    return render(request, "openhouse/floor_hall.html", context, status=status)


@once
def _change_hall(request: AccountRequest, found: Hall) -> HttpResponse:
    form = HallForm(request.POST)
    return written(
        request,
        form,
        lambda: commands.change_hall(found, facts=form.facts()),
        "name",
        request.path,
        lambda form, status: _hall_page(
            request, _hall(request, found.openhouse_id, found.pk), status=status, form=form
        ),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def hall_rows(request: AccountRequest, pk: int, hall: int) -> HttpResponse:
    """Tables in rows."""
    found = _hall(request, pk, hall)
    form = RowsForm(request.POST)
    return written(
        request,
        form,
        lambda: commands.put_up_rows(found, rows=form.rows_wanted()),
        "tables",
        f"{reverse('openhouse:hall', args=[pk, hall])}#tables",
        lambda form, status: _hall_page(request, found, status=status, rows_form=form),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def hall_table(request: AccountRequest, pk: int, hall: int) -> HttpResponse:
    """One more table."""
    found = _hall(request, pk, hall)
    made = commands.put_up_table(found)
    return redirect("openhouse:table", pk=pk, table=made.pk)


@require_POST
@role_required(*rules.INVITES)
@once
def hall_removal(request: AccountRequest, pk: int, hall: int) -> HttpResponse:
    """Without this hall."""
    found = invites_to(request, pk).halls.filter(pk=hall).first()
    back = reverse("openhouse:halls", args=[pk])
    return taken_away(request, commands.take_down_hall, found, back, _("The hall is taken away."))
