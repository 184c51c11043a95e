"""Who leads a gathering at the open house, and what the circles' pages about tables need to know of it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from brobygget.circles.models import TablePlan
from brobygget.circles.queries import table_doors
from brobygget.circles.views.doors import View
from brobygget.circles.views.occasions import Occasion, OccasionView, Regular
from brobygget.openhouse import rules
from brobygget.openhouse.models import Gathering
from brobygget.openhouse.queries import gatherings as queries
from brobygget.people.request import AccountRequest, role_required

P = ParamSpec("P")
GatheringView = Callable[Concatenate[AccountRequest, Gathering, P], HttpResponse]


@dataclass(frozen=True)
class OnTheDay(Occasion):
    """The tables of a gathering: everybody there is a guest."""

    gathering: Gathering

    @property
    def plan(self) -> TablePlan:
        return self.gathering.plan

    def open_plan(self, *, on: date) -> TablePlan:
        return self.gathering.plan

    @property
    def regulars(self) -> list[Regular]:
        return []

    def door_of(self, plan: TablePlan) -> str:
        return reverse("openhouse:tables_join", args=[table_doors.token_of(plan)])


def occasion_of(gathering: Gathering) -> OnTheDay:
    """A gathering as an occasion at the tables."""
    return OnTheDay(
        house=gathering.openhouse.house,
        name=gathering.name,
        language=gathering.openhouse.language,
        root=reverse("openhouse:tables", args=[gathering.pk]),
        home=reverse("openhouse:gathering", args=[gathering.pk]),
        phone=reverse("openhouse:own_tables", args=[gathering.pk]),
        lasts="day",
        has_begun=True,  # whoever leads begins it with the first round
        is_over=gathering.is_over,
        gathering=gathering,
    )


def leads_gathering(view: GatheringView[P]) -> View[P]:
    """For those who plan that open house: sign in first, else there is no such page."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        def led(request: AccountRequest) -> HttpResponse:
            gathering = get_object_or_404(queries.led_by(request.user, request.house), pk=pk)
            return view(request, gathering, *args, **kwargs)

        return role_required(*rules.PLANS)(led)(request)

    return wrapped


def leads_occasion(view: OccasionView[P]) -> View[P]:
    """The same for the pages about its tables."""

    @leads_gathering
    def wrapped(
        request: AccountRequest, gathering: Gathering, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        return view(request, occasion_of(gathering), *args, **kwargs)

    return wrapped
