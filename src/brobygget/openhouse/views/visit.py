"""A visit without an account: pictures, then who and when, then a way through the halls. The server keeps none of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from brobygget.associations.views import wording
from brobygget.associations.views.find import parts, whos
from brobygget.associations.views.public import for_everybody
from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.plans.route import FIRST, choose
from brobygget.openhouse.queries import exposure
from brobygget.openhouse.queries.route import Chosen, TablesHere, tables_of
from brobygget.openhouse.views.meeting_pictures import activity_tiles, group_tiles
from brobygget.openhouse.views.public import one_published
from brobygget.openhouse.views.visit_choices import (
    chosen_in,
    chosen_words,
    kept_but,
    needs,
    pairs_of,
)
from brobygget.openhouse.views.visit_words import StopShown, in_words
from brobygget.people.request import HouseRequest
from brobygget.web.languages import BY_CODE

STEPS = 3
AT_ONCE = 5
MOST = 15


def _here(request: HouseRequest, openhouse: OpenHouse) -> TablesHere:
    return tables_of(openhouse, on=timezone.localdate(request.now))


def _address(name: str, openhouse: OpenHouse, pairs: list[tuple[str, str]]) -> str:
    return f"{reverse(f'openhouse:{name}', args=[openhouse.pk])}?{urlencode(pairs)}"


@for_everybody
def visit(request: HouseRequest, pk: int) -> HttpResponse:
    """What do you like? A picture for each group of which somebody comes, and one for a surprise."""
    openhouse = one_published(request, pk)
    here = _here(request, openhouse)
    chosen = chosen_in(request.GET, here.offer)
    context = {
        "openhouse": openhouse,
        "steps": STEPS,
        "tiles": group_tiles(here.offer, request.GET.getlist("group")),
        "is_surprised": chosen.is_surprised,
        "kept": kept_but(request.GET, "group", "surprise", "to", "more"),
    }
    return render(request, "openhouse/visit.html", context)


@for_everybody
def visit_interests(request: HouseRequest, pk: int) -> HttpResponse:
    """What is in the groups that were pressed."""
    openhouse = one_published(request, pk)
    here = _here(request, openhouse)
    groups = activity_tiles(here.offer, request.GET.getlist("group"), request.GET.getlist("like"))
    if not groups:
        name = "visit_wishes" if "surprise" in request.GET else "visit"
        return redirect(_address(name, openhouse, kept_but(request.GET, "to", "more")))
    context = {
        "openhouse": openhouse,
        "steps": STEPS,
        "groups": groups,
        "kept": kept_but(request.GET, "like", "to", "more"),
    }
    return render(request, "openhouse/visit_interests.html", context)


@for_everybody
def visit_wishes(request: HouseRequest, pk: int) -> HttpResponse:
    """Who comes, when would it suit, which languages, what is needed: all of it may be left."""
    openhouse = one_published(request, pk)
    chosen = chosen_in(request.GET, _here(request, openhouse).offer)
    if not chosen.has_any:
        return redirect(_address("visit", openhouse, kept_but(request.GET, "to", "more")))
    wishes = chosen.wishes
    context: dict[str, Any] = {
        "openhouse": openhouse,
        "steps": STEPS,
        "kept": pairs_of(chosen, only=("like", "group", "surprise")),
        "who": [(code, text, picture, code == wishes.who) for code, text, picture in whos()],
        "parts": [(code, text, picture, code in wishes.parts) for code, text, picture in parts()],
        "days": [(day, wording.weekday(day), day in wishes.days) for day in range(7)],
        "needs": [(code, text, picture, code in chosen.needs) for code, text, picture in needs()],
        "speak": [
            (code, BY_CODE[code], code in wishes.languages)
            for code in openhouse.house.language_codes
            if code in BY_CODE and code != "sv-easy"
        ],
    }
    return render(request, "openhouse/visit_wishes.html", context)


@for_everybody
def route(request: HouseRequest, pk: int) -> HttpResponse:
    """A way past some tables. Which ones is drawn once, and stands in the address from then on."""
    openhouse = one_published(request, pk)
    here = _here(request, openhouse)
    chosen = chosen_in(request.GET, here.offer)
    if not chosen.has_any:
        return redirect("openhouse:visit", pk=pk)
    if chosen.is_more or not chosen.to:
        drawn = _draw(openhouse, here, chosen)
        if drawn:
            return redirect(
                _address("route", openhouse, [*pairs_of(chosen), *(("to", str(one)) for one in drawn)])
            )
    return render(request, "openhouse/route.html", _context(request, openhouse, here, chosen))


def _draw(openhouse: OpenHouse, here: TablesHere, chosen: Chosen) -> list[int]:
    """Which tables; those that come first are counted, in memory and for the table alone."""
    seen = exposure.seen_at(openhouse.pk)
    most = min(len(chosen.to) + AT_ONCE, MOST) if chosen.is_more else AT_ONCE
    found = choose(here.stalls, chosen.wished, most=most, seen=seen, lot=sum(seen.values()), kept=chosen.to)
    if not chosen.to:
        exposure.note_first(openhouse.pk, (one.pk for one in found[:FIRST]))
    return [one.pk for one in found]


def _context(request: HouseRequest, openhouse: OpenHouse, here: TablesHere, chosen: Chosen) -> dict[str, Any]:
    walked = here.walked(chosen.to)
    stops: list[StopShown] = [in_words(one, chosen) for one in walked]
    pairs = pairs_of(chosen)
    here_and_now = [*pairs, *(("to", str(one)) for one in chosen.to)]
    others = len(here.tables) > len(walked)
    return {
        "openhouse": openhouse,
        "stops": stops,
        "has_left": len(chosen.to) - len(walked),
        "chosen": chosen_words(chosen),
        "more_address": urlencode([*here_and_now, ("more", "1")]) if others and len(walked) < MOST else "",
        "change_address": _address("visit", openhouse, pairs),
        "anew_address": _address("route", openhouse, pairs),
        "address": request.build_absolute_uri(_address("route", openhouse, here_and_now)),
        "is_over": request.now >= openhouse.ends_at,
        "is_told": any(one.position is not None for one in walked),
        "halls": list(dict.fromkeys(one.hall for one in walked if one.hall)),
    }
