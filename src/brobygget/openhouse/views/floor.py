"""The floor plan: placed by a press, looked at, changed by hand with the consequences shown before they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import analysis, rules
from brobygget.openhouse.commands import floor as commands
from brobygget.openhouse.findings import Judgement, NoFloor, Placed
from brobygget.openhouse.forms.floor import MoveForm
from brobygget.openhouse.models import OpenHouse, Position
from brobygget.openhouse.queries import floor as queries
from brobygget.openhouse.queries.floor import Floor, Needs
from brobygget.openhouse.views import floor_words as words
from brobygget.openhouse.views.events import invites_to, ways
from brobygget.openhouse.views.floor_drawing import drawn
from brobygget.openhouse.views.floor_looks import looks_of
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.numbers import number_in
from brobygget.web.once import once

Named = TypeVar("Named", Needs, Position)


def _back(pk: int, position: int | None = None) -> str:
    """The floor, at a table."""
    address = reverse("openhouse:floor", args=[pk])
    return f"{address}#table-{position}" if position else address


@dataclass(frozen=True)
class Chosen:
    """What the reader has chosen in the address: a stand, where it would go, or a free table."""

    stand: Needs | None = None
    to: Position | None = None
    leaves: bool = False
    table: Position | None = None


def _chosen(request: AccountRequest, floor: Floor) -> Chosen:
    stand = floor.by_stand.get(number_in(request.GET.get("stand", "")))
    to = floor.by_position.get(number_in(request.GET.get("to", "")))
    if stand is None:
        table = floor.by_position.get(number_in(request.GET.get("table", "")))
        return Chosen(table=table)
    spot = floor.spots.get(stand.pk)
    if to is not None and (to.kept_free or (spot is not None and spot.position == to.pk)):
        to = None
    return Chosen(stand, to, leaves=request.GET.get("to") == "0" and spot is not None)


@require_safe
@role_required(*rules.INVITES)
def floor(request: AccountRequest, pk: int) -> HttpResponse:
    """The map, the same as a list, and what is not kept. Choosing a stand and a table shows what a move changes."""
    openhouse = invites_to(request, pk)
    found = queries.floor_of(openhouse)
    chosen = _chosen(request, found)
    judged = analysis.judge(found) if found.positions else Judgement()
    broken = words.broken(found, judged) if found.spots else []
    context: dict[str, Any] = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "floor": found,
        "plan": found.plan,
        "chosen": chosen,
        "after": found,
        "is_placed": bool(found.spots),
        "broken": broken,
        "why_not": words.why_not(found),
        "last": found.plan.changes.last() if found.plan else None,
        "held": len(found.held),
    }
    context |= _panel(found, chosen, broken)
    looks = looks_of(found, broken, chosen.stand, chosen.to, address=_back(pk))
    context["halls"] = drawn(found, looks)
    context["rows"] = _rows(found, broken)
    return render(request, "openhouse/floor.html", context)


def _panel(floor: Floor, chosen: Chosen, broken: Sequence[words.Broken]) -> dict[str, Any]:
    """What is said of the stand that is chosen, of the free table, and of the move."""
    stand = chosen.stand
    if stand is None:
        if chosen.table is None or chosen.table.pk in floor.at:
            return {}
        waiting = floor.without_a_table
        return {"could_stand": _in_short(floor, waiting, [(one.pk, chosen.table.pk) for one in waiting])}
    context: dict[str, Any] = {
        "needs": words.needs(stand),
        "here": floor.table_of(stand.pk),
        "is_held": stand.pk in floor.held,
        "missing": [one for one in broken if stand.pk in one.stands],
        "tables": [
            (one, floor.by_stand.get(floor.at.get(one.pk, 0)))
            for one in floor.positions
            if not one.kept_free and floor.at.get(one.pk) != stand.pk
        ],
        "meets": floor.at.get(chosen.to.pk) if chosen.to else None,
    }
    if context["here"] is None and chosen.to is None:
        context["offers"] = _in_short(floor, floor.free, [(stand.pk, one.pk) for one in floor.free])
    if chosen.to is None and not chosen.leaves:
        return context
    try:
        weighed = analysis.weigh(floor, stand.pk, chosen.to.pk if chosen.to else None)
    except NoFloor:
        return context
    after = replace(floor, spots=dict(weighed.spots))
    told = words.consequences(floor, after, weighed, stand=stand.pk, to=chosen.to)
    return context | {"told": told, "after": after}


def _in_short(
    floor: Floor, those: Sequence[Named], moves: Sequence[tuple[int, int | None]]
) -> list[tuple[Named, str]]:
    """Each of those with what its move would break, in a word."""
    return list(zip(those, map(words.in_short, analysis.weigh_each(floor, moves)), strict=True))


def _rows(floor: Floor, broken: Sequence[words.Broken]) -> list[dict[str, Any]]:
    """The same as the map, as a list by number."""
    wrong = {stand for one in broken for stand in one.stands}
    rows = []
    for position in floor.positions:
        stand = floor.by_stand.get(floor.at.get(position.pk, 0))
        spot = floor.spots.get(stand.pk) if stand else None
        rows.append(
            {
                "position": position,
                "hall": floor.by_hall[position.hall_id],
                "stand": stand,
                "needs": words.needs(stand) if stand else [],
                "circuit": floor.by_circuit.get(position.circuit_id or 0),
                "is_plugged": spot is not None and spot.circuit is not None,
                "is_held": stand is not None and stand.pk in floor.held,
                "is_wrong": stand is not None and stand.pk in wrong,
            }
        )
    return rows


@require_POST
@role_required(*rules.INVITES)
def placing(request: AccountRequest, pk: int) -> HttpResponse:
    """The program places. It thinks before the writing begins, so that nobody else waits for it."""
    openhouse = invites_to(request, pk)
    found = queries.floor_of(openhouse)
    work = commands.place_the_rest if request.POST.get("what") == "rest" else commands.place_everybody
    placed: list[Placed] = []
    refused = act_and_return(request, lambda: placed.append(work(found)), _back(pk))
    return _keep_placed(request, openhouse, found, placed[0]) if placed else refused


@once
def _keep_placed(request: AccountRequest, openhouse: OpenHouse, found: Floor, placed: Placed) -> HttpResponse:
    def keep() -> None:
        _say(request, found, commands.keep_placed(openhouse, placed, at=request.now))

    return act_and_return(request, keep, _back(openhouse.pk))


def _say(request: AccountRequest, floor: Floor, kept: commands.Kept) -> None:
    """What a press has done; where the floor is told already, that they see it."""
    if kept.without:
        text = ngettext(
            "%(number)d association is still without a table.",
            "%(number)d associations are still without a table.",
            kept.without,
        )
        messages.warning(request, text % {"number": kept.without})
    elif not kept.moved:
        messages.success(request, _("Everybody has a table."))
    if kept.moved:
        messages.success(request, words.moved(floor, kept.moved))
        if floor.plan is not None and floor.plan.told_at is not None:
            messages.info(
                request, _("The floor plan is told, so they see their new table on their page now.")
            )


def _moving(request: AccountRequest) -> MoveForm:
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Http404
    return form


@require_POST
@role_required(*rules.INVITES)
@once
def moving(request: AccountRequest, pk: int) -> HttpResponse:
    """Keep a move."""
    openhouse, form = invites_to(request, pk), _moving(request)
    move = form.moved()
    before = queries.floor_of(openhouse)

    def keep() -> None:
        assert move["stand"] is not None
        kept = commands.move_stand(
            openhouse, stand=move["stand"], to=move["to"], was=move["was"], meets=move["meets"]
        )
        _say(request, before, kept)

    return act_and_return(request, keep, _back(pk, move["to"]))


@require_POST
@role_required(*rules.INVITES)
@once
def holding(request: AccountRequest, pk: int) -> HttpResponse:
    """Whether the program may move a stand."""
    openhouse, form = invites_to(request, pk), _moving(request)
    stand, is_held = form.cleaned_data["stand"], request.POST.get("answer") == "yes"
    return act_and_return(
        request,
        lambda: commands.hold_stand(openhouse, stand=stand, is_held=is_held),
        f"{_back(pk)}?stand={stand}",
        said=_("They stay there, whatever the program does.") if is_held else _("The program may move them."),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def taking_back(request: AccountRequest, pk: int) -> HttpResponse:
    """Take back the last change."""
    openhouse = invites_to(request, pk)
    change = number_in(request.POST.get("step", ""))
    return act_and_return(
        request,
        lambda: commands.undo_change(openhouse, change=change),
        _back(pk),
        said=_("Taken back."),
    )


@require_POST
@role_required(*rules.INVITES)
@once
def telling(request: AccountRequest, pk: int) -> HttpResponse:
    """Let every association see its table, and everybody the plan; or not any more."""
    openhouse = invites_to(request, pk)
    is_told = request.POST.get("answer") == "yes"
    return act_and_return(
        request,
        lambda: commands.tell_floor(openhouse, is_told=is_told, at=request.now),
        _back(pk),
        said=_("Told. Every association sees its table on its page, and everybody the floor plan.")
        if is_told
        else _("The floor plan is not shown any more."),
    )
