"""The day's gatherings at tables, for those who plan it: all of them, one of them, and its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.circles.queries.tables import hall_of
from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import gatherings as commands
from brobygget.openhouse.forms.gatherings import GatheringForm
from brobygget.openhouse.models import Gathering, OpenHouse
from brobygget.openhouse.queries import gatherings as queries
from brobygget.openhouse.views.events import planned, ways
from brobygget.openhouse.views.gathering_doors import leads_gathering, occasion_of
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.once import once


@role_required(*rules.PLANS)
def gatherings(request: AccountRequest, pk: int) -> HttpResponse:
    """The times at tables, and one more."""
    openhouse = planned(request, pk)
    if request.method == "POST":
        return _add(request, openhouse)
    return _list_page(request, openhouse, GatheringForm(initial={"starts": openhouse.starts}))


@once
def _add(request: AccountRequest, openhouse: OpenHouse) -> HttpResponse:
    form = GatheringForm(request.POST)
    if form.is_valid():
        try:
            made = commands.add_gathering(openhouse, facts=form.facts())
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            return redirect("openhouse:gathering", pk=made.pk)
    return _list_page(request, openhouse, form, status=422)


def _list_page(
    request: AccountRequest, openhouse: OpenHouse, form: GatheringForm, status: int = 200
) -> HttpResponse:
    context = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "gatherings": queries.gatherings_of(openhouse),
        "form": form,
    }
    return render(request, "openhouse/gatherings.html", context, status=status)


@leads_gathering
def gathering(request: AccountRequest, gathering: Gathering) -> HttpResponse:
    """One of them: its tables, its door, its wall, and its facts."""
    if request.method == "POST":
        return _change(request, gathering)
    return _page(request, gathering, GatheringForm(initial=GatheringForm.initial_of(gathering)))


@once
def _change(request: AccountRequest, gathering: Gathering) -> HttpResponse:
    form = GatheringForm(request.POST)
    if form.is_valid():
        try:
            commands.change_gathering(gathering, facts=form.facts())
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("openhouse:gathering", pk=gathering.pk)
    return _page(request, gathering, form, status=422)


def _page(
    request: AccountRequest, gathering: Gathering, form: GatheringForm, status: int = 200
) -> HttpResponse:
    occasion = occasion_of(gathering)
    hall = hall_of(gathering.plan)
    wall = reverse("openhouse:gathering_wall", args=[gathering.pk, queries.wall_token(gathering)])
    is_open = gathering.plan.is_door_open
    context = {
        "openhouse": gathering.openhouse,
        "gathering": gathering,
        "occasion": occasion,
        "hall": hall,
        "form": form,
        "wall": request.build_absolute_uri(wall),
        "door": request.build_absolute_uri(occasion.door_of(gathering.plan)) if is_open else "",
    }
    return render(request, "openhouse/gathering.html", context, status=status)


@require_POST
@leads_gathering
@once
def gathering_ending(request: AccountRequest, gathering: Gathering) -> HttpResponse:
    """Put the tables away."""
    return act_and_return(
        request,
        lambda: commands.end_gathering(gathering, at=request.now),
        reverse("openhouse:gathering", args=[gathering.pk]),
    )


@require_POST
@leads_gathering
@once
def gathering_removal(request: AccountRequest, gathering: Gathering) -> HttpResponse:
    """It was not to be."""
    try:
        commands.remove_gathering(gathering)
    except Refused as no:
        messages.warning(request, no.sentence)
        return redirect("openhouse:gathering", pk=gathering.pk)
    return redirect("openhouse:gatherings", pk=gathering.openhouse_id)


@require_POST
@leads_gathering
@once
def gathering_wall_address(request: AccountRequest, gathering: Gathering) -> HttpResponse:
    """Close the wall's old address and make a new one."""
    return act_and_return(
        request,
        lambda: commands.change_wall_address(gathering),
        reverse("openhouse:gathering", args=[gathering.pk]),
    )
