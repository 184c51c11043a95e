"""A gathering's wall, its door for guests, and what each phone there shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation

from brobygget.circles.queries import table_doors, table_screens
from brobygget.circles.views.meetings import GLANCE
from brobygget.circles.views.screens import now_in
from brobygget.circles.views.table_people import join_page
from brobygget.openhouse.models import Gathering
from brobygget.openhouse.queries import gatherings as queries
from brobygget.openhouse.views.gathering_doors import occasion_of
from brobygget.people.request import HouseRequest, ParticipantRequest, participant_required
from brobygget.people.views import wrong_door
from brobygget.web.languages import BY_CODE, current
from brobygget.web.live import live_response


def _tag(kind: str, gathering: Gathering, moment: datetime) -> str:
    """Changes with the plan; while a round goes on also with the minutes."""
    glance = int(moment.timestamp()) // GLANCE if _moves(gathering) else "still"
    return f"{kind}-{gathering.pk}-{gathering.plan.version}-{glance}"


def _moves(gathering: Gathering) -> bool:
    return bool(getattr(gathering, "is_at_tables", False))


# -- the wall ------------------------------------------------------------------------------------------------------
def gathering_wall(request: HouseRequest, pk: int, token: str) -> HttpResponse:
    """All tables, behind a secret of its own; no cookie, nobody signed in."""
    gathering = _of_wall(pk, token)
    with translation.override(_language(gathering)):
        context = _wall(request, gathering)
        context["live_tag"] = f"{_wall_tag(request, gathering)}.{current().code}"
        context["token"] = token
        return render(request, "openhouse/gathering_wall.html", {**context, "language": current()})


def gathering_wall_live(request: HouseRequest, pk: int, token: str) -> HttpResponse:
    """The same, when something is new: one question to the database otherwise."""
    gathering = _of_wall(pk, token)
    with translation.override(_language(gathering)):
        return live_response(
            request,
            "openhouse/_gathering_wall.html",
            lambda: _wall(request, gathering),
            _wall_tag(request, gathering),
        )


def _of_wall(pk: int, token: str) -> Gathering:
    gathering = queries.gathering_of_wall(pk, token)
    if gathering is None:
        raise Http404
    return gathering


def _language(gathering: Gathering) -> str:
    language = gathering.openhouse.language
    return language if language in BY_CODE else "sv"


def _wall_tag(request: HouseRequest, gathering: Gathering) -> str:
    # Tables that do not fit on one picture take turns, also before the first round.
    turn = int(request.now.timestamp()) // GLANCE if not gathering.is_over else "still"
    return f"{_tag('wall', gathering, request.now)}-{turn}"


def _wall(request: HouseRequest, gathering: Gathering) -> dict[str, Any]:
    plan = gathering.plan
    moment = now_in(request, gathering.openhouse.house)
    door = request.build_absolute_uri(occasion_of(gathering).door_of(plan)) if plan.is_door_open else ""
    return {
        "gathering": gathering,
        "written_in": gathering.openhouse.language,
        "tables": table_screens.wall_tables(plan, at=moment, turn=int(moment.timestamp()) // GLANCE),
        "tables_door": door,
    }


# -- the door, and a guest's phone ---------------------------------------------------------------------------------
def tables_join(request: HouseRequest, token: str) -> HttpResponse:
    """A guest comes in by the gathering's code."""
    plan = table_doors.plan_behind(token)
    gathering = queries.gathering_of(plan) if plan is not None else None
    if plan is None or gathering is None:
        return wrong_door(request)
    return join_page(request, occasion_of(gathering), plan)


@participant_required
def own_tables(request: ParticipantRequest, pk: int) -> HttpResponse:
    """My table now and next."""
    gathering = _sat_at(request, pk)
    context = _phone(request, gathering)
    context["live_tag"] = f"{_tag('own', gathering, request.now)}.{current().code}"
    return render(request, "openhouse/own_tables.html", context)


@participant_required
def own_tables_live(request: ParticipantRequest, pk: int) -> HttpResponse:
    """The same, when something is new: one question to the database otherwise."""
    gathering = _sat_at(request, pk)
    return live_response(
        request,
        "openhouse/_own_tables.html",
        lambda: _phone(request, gathering),
        _tag("own", gathering, request.now),
    )


def _sat_at(request: ParticipantRequest, pk: int) -> Gathering:
    """Only somebody's own: for everybody else there is no such page."""
    return get_object_or_404(queries.sat_at_by(request.participant), pk=pk)


def _phone(request: ParticipantRequest, gathering: Gathering) -> dict[str, Any]:
    own = table_screens.own_tables(gathering.plan, request.participant, at=request.now)
    return {"gathering": gathering, "written_in": gathering.openhouse.language, "own": own}
