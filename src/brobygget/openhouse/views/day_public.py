"""The programme and the map for the day itself: pages that every phone may keep for the time without a network."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from brobygget.associations.views.public import for_everybody
from brobygget.openhouse.models import OpenHouse, Slot
from brobygget.openhouse.queries import floor as floors
from brobygget.openhouse.queries import hall as queries
from brobygget.openhouse.queries.language_hosts import spoken_by_hour
from brobygget.openhouse.queries.public import coming_in, shown_of
from brobygget.openhouse.views import programme_words as words
from brobygget.openhouse.views.floor_drawing import drawn
from brobygget.openhouse.views.floor_looks import public_looks
from brobygget.openhouse.views.public import one_published
from brobygget.people.request import HouseRequest
from brobygget.web.offline import for_every_phone


@for_everybody
@for_every_phone
def day_programme(request: HouseRequest, pk: int) -> HttpResponse:
    """What is on now, what comes, and in which languages somebody welcomes: four queries with the house's own."""
    openhouse = one_published(request, pk)
    slots = queries.slots_for_everybody(openhouse, on=timezone.localdate(request.now))
    context = {
        "openhouse": openhouse,
        "is_today": openhouse.day == timezone.localdate(request.now),
        "spoken": [words.spoken(one) for one in spoken_by_hour(openhouse)],
        **_by_the_clock(request, slots),
    }
    return render(request, "openhouse/day_programme.html", context)


def _by_the_clock(request: HouseRequest, slots: list[Slot]) -> dict[str, Any]:
    going = queries.going_of(slots, at=request.now)

    def shown(some: list[Slot]) -> list[words.SlotShown]:
        return [words.shown(one, has_begun=request.now >= one.starts_at) for one in some]

    return {
        "now": shown(going.now),
        "coming": shown([*going.soon, *going.later]),
        "been": shown(going.been),
        "off": shown([one for one in slots if one.called_off_at is not None]),
    }


@for_everybody
@for_every_phone
def day_map(request: HouseRequest, pk: int) -> HttpResponse:
    """Where everybody stands, drawn and as a list by table; nothing before the plan is told."""
    openhouse = one_published(request, pk)
    context: dict[str, Any] = {"openhouse": openhouse}
    if floors.told_plan(openhouse) is not None:
        context |= _floor(request, openhouse)
    return render(request, "openhouse/day_map.html", context)


def _floor(request: HouseRequest, openhouse: OpenHouse) -> dict[str, Any]:
    shown = shown_of(openhouse, on=timezone.localdate(request.now))
    floor = floors.floor_of(openhouse)
    names = {one.invitation: one for one in coming_in(shown)}
    by_hall = [
        (
            hall,
            [
                (position, names.get(floor.at.get(position.pk, 0)))
                for position in floor.tables_in(hall)
                if floor.at.get(position.pk, 0) in names
            ],
        )
        for hall in floor.halls
    ]
    return {
        "halls": drawn(floor, public_looks(floor, named=set(names))),
        "tables": by_hall,
    }
