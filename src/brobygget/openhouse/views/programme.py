"""The programme, for those who plan: every slot in the order of the clock, what conflicts, and one slot."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import programme as commands
from brobygget.openhouse.forms.programme import SlotForm
from brobygget.openhouse.models import Invitation, OpenHouse, Slot
from brobygget.openhouse.plans.programme_conflicts import minutes_of
from brobygget.openhouse.queries import programme as queries
from brobygget.openhouse.views import programme_words as words
from brobygget.openhouse.views.events import planned, ways
from brobygget.openhouse.views.programme_drawing import drawn
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.once import once

OTHER_TIMES = 6  # are proposed


@role_required(*rules.PLANS)
def programme(request: AccountRequest, pk: int) -> HttpResponse:
    """Everything that happens on the day, and what does not go together."""
    openhouse = planned(request, pk)
    day = queries.day_of(openhouse)
    conflicts = queries.conflicts_of(day)
    troubled = words.troubled_by(conflicts)
    context = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "day": day,
        "rows": [_row(one, troubled) for one in day.slots],
        "conflicts": conflicts,
        "clashes": words.clashes_in(day, conflicts),
        "drawing": drawn(day, troubled),
        "to_offer": queries.to_offer(openhouse),
    }
    return render(request, "openhouse/programme.html", context)


def _row(slot: Slot, troubled: set[int]) -> dict[str, Any]:
    return {
        "slot": slot,
        "booked": queries.booked_of(slot),
        "has_clash": slot.pk in troubled,
        "unsaid": words.unsaid(slot) if slot.called_off_at is None else [],
    }


def _form(openhouse: OpenHouse, slot: Slot | None = None, data: Any = None, **more: Any) -> SlotForm:
    invitations = queries.may_hold(openhouse)
    if slot is not None and slot.invitation is not None and slot.invitation not in invitations:
        invitations = [slot.invitation, *invitations]
    return SlotForm(data, halls=list(openhouse.halls.all()), invitations=invitations, **more)


# -- a new one -----------------------------------------------------------------------------------------------------
@role_required(*rules.PLANS)
def slot_new(request: AccountRequest, pk: int) -> HttpResponse:
    """One more; what an association has written about it is there already."""
    openhouse = planned(request, pk)
    if request.method == "POST":
        return _add(request, openhouse)
    asked = request.GET.get("from", "")
    found = _offered(openhouse, asked) if asked.isdecimal() else None
    kind = Slot.Kind.STAGE if request.GET.get("kind") == Slot.Kind.STAGE else Slot.Kind.TRY
    initial = {"kind": kind, "starts": openhouse.starts, **(queries.starting_text(found) if found else {})}
    return _new_page(request, openhouse, _form(openhouse, initial=initial), found)


def _offered(openhouse: OpenHouse, pk: str) -> Invitation | None:
    return next((one for one in queries.may_hold(openhouse) if str(one.pk) == pk), None)


def _new_page(
    request: AccountRequest,
    openhouse: OpenHouse,
    form: SlotForm,
    found: Invitation | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"openhouse": openhouse, "ways": ways(request, openhouse), "form": form, "offered": found}
    return render(request, "openhouse/slot_new.html", context, status=status)


@once
def _add(request: AccountRequest, openhouse: OpenHouse) -> HttpResponse:
    form = _form(openhouse, data=request.POST)
    if form.is_valid():
        try:
            made = commands.add_slot(openhouse, facts=form.facts())
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            return _saved(request, made)
    return _new_page(request, openhouse, form, status=422)


def _saved(request: AccountRequest, slot: Slot) -> HttpResponse:
    """Saved, also with conflicts; each of them is named. Where there is one, the slot's own page shows other times."""
    day = queries.day_of(slot.openhouse)
    mine = [one for one in queries.conflicts_of(day) if one.is_about(slot.pk)]
    if not mine:
        messages.success(request, _("Saved. It goes together with everything else."))
        return redirect(f"{reverse('openhouse:programme', args=[slot.openhouse_id])}#slot-{slot.pk}")
    messages.warning(request, _("Saved. Something does not go together yet: see below."))
    return redirect("openhouse:slot", pk=slot.openhouse_id, slot=slot.pk)


# -- one of them ---------------------------------------------------------------------------------------------------
def _slot(request: AccountRequest, pk: int, slot: int) -> Slot:
    return get_object_or_404(queries.with_booked(planned(request, pk).slots.all()), pk=slot)


@role_required(*rules.PLANS)
def slot(request: AccountRequest, pk: int, slot: int) -> HttpResponse:
    """One slot: its facts, its conflicts, other times that would fit."""
    found = _slot(request, pk, slot)
    if request.method == "POST":
        return _change(request, found)
    form = _form(found.openhouse, found, initial=SlotForm.initial_of(found))
    return _slot_page(request, found, form)


def _slot_page(request: AccountRequest, found: Slot, form: SlotForm, status: int = 200) -> HttpResponse:
    openhouse = found.openhouse
    day = queries.day_of(openhouse)
    mine = [one for one in queries.conflicts_of(day) if one.is_about(found.pk)]
    length = minutes_of(found.ends) - minutes_of(found.starts)
    others = queries.other_times(day, found) if mine else []
    context = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "slot": found,
        "booked": queries.booked_of(found),
        "conflicts": mine,
        "clashes": words.clashes_in(day, mine),
        "other_times": [words.span(each, each + length) for each in _spread(others)],
        "form": form,
    }
    return render(request, "openhouse/slot.html", context, status=status)


def _spread(times: list[int]) -> list[int]:
    """A few of many, over the whole day."""
    step = max(len(times) / OTHER_TIMES, 1)
    return [times[int(place * step)] for place in range(min(len(times), OTHER_TIMES))]


@once
def _change(request: AccountRequest, found: Slot) -> HttpResponse:
    form = _form(found.openhouse, found, data=request.POST)
    if form.is_valid():
        try:
            return _saved(request, commands.change_slot(found, facts=form.facts()))
        except Refused as no:
            form.add_error(None, no.sentence)
    return _slot_page(request, found, form, status=422)


@require_POST
@role_required(*rules.PLANS)
@once
def slot_calling_off(request: AccountRequest, pk: int, slot: int) -> HttpResponse:
    """It does not happen, or does after all."""
    found = _slot(request, pk, slot)
    is_off = request.POST.get("answer") == "yes"
    return act_and_return(
        request,
        lambda: commands.call_off_slot(found, is_off=is_off, at=request.now),
        reverse("openhouse:slot", args=[pk, slot]),
        said=_("It is called off, and the phones say so.") if is_off else _("It happens after all."),
    )


@require_POST
@role_required(*rules.PLANS)
@once
def slot_removal(request: AccountRequest, pk: int, slot: int) -> HttpResponse:
    """It was not to be."""
    found = planned(request, pk).slots.filter(pk=slot).first()
    return act_and_return(
        request,
        lambda: commands.remove_slot(found) if found is not None else None,
        reverse("openhouse:programme", args=[pk]),
        said=_("It is taken out of the programme."),
    )
