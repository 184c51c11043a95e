"""Language hosts: who they are, the table of half-hours, what it lacks, and a proposal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.associations.views import wording as associations
from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import language_hosts as commands
from brobygget.openhouse.forms.language_hosts import GridForm, HostForm, box_of
from brobygget.openhouse.models import LanguageHost, OpenHouse
from brobygget.openhouse.plans.programme_conflicts import clock_of
from brobygget.openhouse.plans.programme_hosts import HALF_HOUR, Grid, lacks_in
from brobygget.openhouse.queries import language_hosts as queries
from brobygget.openhouse.queries.events import who_may_own
from brobygget.openhouse.queries.language_hosts import HostGrid
from brobygget.openhouse.views import programme_words as words
from brobygget.openhouse.views.events import planned, ways
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.once import once


def _people(request: AccountRequest, openhouse: OpenHouse, host: LanguageHost | None = None) -> Any:
    """Whom the reader can choose, and whoever it is now."""
    who = who_may_own(openhouse, reader=request.user)
    now = queries.host_value(host) if host else ""
    if now and now not in {value for value, _name in who}:
        return [*who, (now, _("somebody of the staff"))]
    return who


@role_required(*rules.PLANS)
def hosts(request: AccountRequest, pk: int) -> HttpResponse:
    """Who welcomes in which language, half-hour by half-hour."""
    openhouse = planned(request, pk)
    if request.method == "POST":
        return _keep(request, openhouse)
    return _page(request, openhouse, HostForm(openhouse=openhouse, people=_people(request, openhouse)))


def _page(request: AccountRequest, openhouse: OpenHouse, form: HostForm, status: int = 200) -> HttpResponse:
    shown = queries.grid_of(openhouse)
    names = queries.names_of(shown.rows, reader=request.user, openhouse=openhouse)
    is_proposal = request.method == "GET" and request.GET.get("proposal") == "1" and bool(shown.rows)
    proposal = shown.proposal() if is_proposal else None
    grid = proposal.grid if proposal else shown.grid
    lacks = lacks_in(shown.hosts, grid, length=len(shown.starts))
    context = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "starts": [clock_of(minutes) for minutes in shown.starts],
        "rows": _rows(shown, grid, names),
        "lacks": words.lacking(shown, lacks, names) if shown.rows else [],
        "is_proposal": is_proposal,
        "is_proven": proposal is not None and proposal.is_proven,
        "form": form,
    }
    return render(request, "openhouse/hosts.html", context, status=status)


def _rows(shown: HostGrid, grid: Grid, names: dict[int, str]) -> list[dict[str, Any]]:
    free = {one.key: one.free for one in shown.hosts}
    return [
        {
            "host": one,
            "name": names[one.pk] or _("somebody of the staff"),
            "languages": " · ".join(associations.language_name(code) for code in one.language_codes),
            "half_hours": len(grid[one.pk]),
            "boxes": [
                {
                    "name": box_of(one.pk, minutes),
                    "clock": words.span(minutes, minutes + HALF_HOUR),
                    "is_on": place in grid[one.pk],
                    "is_away": place not in free[one.pk],
                }
                for place, minutes in enumerate(shown.starts)
            ],
        }
        for one in shown.rows
    ]


@once
def _keep(request: AccountRequest, openhouse: OpenHouse) -> HttpResponse:
    shown = queries.grid_of(openhouse)
    form = GridForm(request.POST, shown=shown)
    form.is_valid()  # what it does not know it passes over
    commands.keep_grid(openhouse, hosts=form.hosts, marked=form.marked)
    if queries.grid_of(openhouse).lacks:
        messages.warning(request, _("Saved. Something is still missing: see below."))
    else:
        messages.success(request, _("Saved. Every hour has its languages, and everybody gets a break."))
    return redirect("openhouse:hosts", pk=openhouse.pk)


@require_POST
@role_required(*rules.PLANS)
@once
def host_new(request: AccountRequest, pk: int) -> HttpResponse:
    """One more who welcomes people."""
    openhouse = planned(request, pk)
    form = HostForm(request.POST, openhouse=openhouse, people=_people(request, openhouse))
    if form.is_valid():
        try:
            commands.add_host(openhouse, facts=form.facts())
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            messages.success(request, _("They are on the list. Mark their half-hours, or make a proposal."))
            return redirect("openhouse:hosts", pk=pk)
    return _page(request, openhouse, form, status=422)


@role_required(*rules.PLANS)
def host(request: AccountRequest, pk: int, host: int) -> HttpResponse:
    """One of them: other languages, another time."""
    openhouse = planned(request, pk)
    found = get_object_or_404(openhouse.language_hosts.select_related("participant", "account"), pk=host)
    if request.method == "POST":
        return _change(request, openhouse, found)
    people = _people(request, openhouse, found)
    form = HostForm(initial=HostForm.initial_of(found), openhouse=openhouse, people=people)
    return _host_page(request, openhouse, found, form)


def _host_page(
    request: AccountRequest, openhouse: OpenHouse, found: LanguageHost, form: HostForm, status: int = 200
) -> HttpResponse:
    names = queries.names_of([found], reader=request.user, openhouse=openhouse)
    context = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "host": found,
        "name": names[found.pk] or _("somebody of the staff"),
        "form": form,
    }
    return render(request, "openhouse/host.html", context, status=status)


@once
def _change(request: AccountRequest, openhouse: OpenHouse, found: LanguageHost) -> HttpResponse:
    form = HostForm(request.POST, openhouse=openhouse, people=_people(request, openhouse, found))
    if form.is_valid():
        try:
            commands.change_host(found, facts=form.facts())
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("openhouse:hosts", pk=openhouse.pk)
    return _host_page(request, openhouse, found, form, status=422)


@require_POST
@role_required(*rules.PLANS)
@once
def host_removal(request: AccountRequest, pk: int, host: int) -> HttpResponse:
    """They do not come."""
    found = planned(request, pk).language_hosts.filter(pk=host).first()
    return act_and_return(
        request,
        lambda: commands.remove_host(found) if found is not None else None,
        reverse("openhouse:hosts", args=[pk]),
        said=_("They are taken off the list."),
    )
