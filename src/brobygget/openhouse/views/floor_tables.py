"""One table and one circuit, adjusted by the staff."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.openhouse import rules
from brobygget.openhouse.commands import floor_halls as commands
from brobygget.openhouse.forms.floor import CircuitForm, TableForm
from brobygget.openhouse.models import Circuit, Position
from brobygget.openhouse.views.events import invites_to
from brobygget.openhouse.views.floor_halls import desk, taken_away, written
from brobygget.people.forms import SafeForm
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.once import once


# -- one table -----------------------------------------------------------------------------------------------------
def _table(request: AccountRequest, pk: int, table: int) -> Position:
    positions = invites_to(request, pk).positions.select_related("hall", "openhouse__house")
    return get_object_or_404(positions, pk=table)


@role_required(*rules.INVITES)
def table(request: AccountRequest, pk: int, table: int) -> HttpResponse:
    """One table."""
    found = _table(request, pk, table)
    if request.method == "POST":
        return _change_table(request, found)
    form = TableForm(initial=TableForm.initial_of(found), circuits=found.openhouse.circuits.all())
    return _table_page(request, found, form)


def _table_page(request: AccountRequest, found: Position, form: SafeForm, status: int = 200) -> HttpResponse:
    context = {**desk(request, found.openhouse), "table": found, "hall": found.hall, "form": form}
    return render(request, "openhouse/floor_table.html", context, status=status)


@once
def _change_table(request: AccountRequest, found: Position) -> HttpResponse:
    form = TableForm(request.POST, circuits=found.openhouse.circuits.all())
    return written(
        request,
        form,
        lambda: commands.change_table(found, **form.facts()),
        "number",
        f"{reverse('openhouse:hall', args=[found.openhouse_id, found.hall_id])}#tables",
        lambda form, status: _table_page(
            request, _table(request, found.openhouse_id, found.pk), form, status
        ),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def table_removal(request: AccountRequest, pk: int, table: int) -> HttpResponse:
    """Without this table."""
    found = invites_to(request, pk).positions.filter(pk=table).first()
    back = (
        reverse("openhouse:hall", args=[pk, found.hall_id])
        if found
        else reverse("openhouse:halls", args=[pk])
    )
    return taken_away(request, commands.take_down_table, found, back, _("The table is taken away."))


# -- one circuit ---------------------------------------------------------------------------------------------------
def _circuit(request: AccountRequest, pk: int, circuit: int) -> Circuit:
    return get_object_or_404(invites_to(request, pk).circuits.select_related("openhouse__house"), pk=circuit)


@role_required(*rules.INVITES)
def circuit(request: AccountRequest, pk: int, circuit: int) -> HttpResponse:
    """One circuit."""
    found = _circuit(request, pk, circuit)
    if request.method == "POST":
        return _change_circuit(request, found)
    return _circuit_page(request, found, CircuitForm(initial=CircuitForm.initial_of(found)))


def _circuit_page(request: AccountRequest, found: Circuit, form: SafeForm, status: int = 200) -> HttpResponse:
    context = {**desk(request, found.openhouse), "circuit": found, "form": form}
    return render(request, "openhouse/floor_circuit.html", context, status=status)


@once
def _change_circuit(request: AccountRequest, found: Circuit) -> HttpResponse:
    form = CircuitForm(request.POST)
    return written(
        request,
        form,
        lambda: commands.change_circuit(found, **form.cleaned_data),
        "name",
        f"{reverse('openhouse:halls', args=[found.openhouse_id])}#circuits",
        lambda form, status: _circuit_page(
            request, _circuit(request, found.openhouse_id, found.pk), form, status
        ),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def circuit_removal(request: AccountRequest, pk: int, circuit: int) -> HttpResponse:
    """Without this circuit."""
    found = invites_to(request, pk).circuits.filter(pk=circuit).first()
    back = f"{reverse('openhouse:halls', args=[pk])}#circuits"
    return taken_away(request, commands.take_down_circuit, found, back, _("The circuit is taken away."))
