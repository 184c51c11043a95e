"""What the pages about tables need to know of where they are: a circle's meeting here, something else in a later stage.

A stage says who leads (a door), and gives the pages an `Occasion`; everything about tables is then the same for all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Concatenate, Literal, ParamSpec

from django.http import Http404, HttpResponse
from django.urls import reverse

from brobygget.circles.commands import table_guests
from brobygget.circles.models import Meeting, TablePlan
from brobygget.circles.queries import circles as circle_queries
from brobygget.circles.queries import table_doors
from brobygget.circles.queries import tables as queries
from brobygget.circles.queries.sitting import Sitter
from brobygget.circles.views.doors import View, leads_meeting
from brobygget.house.models import House
from brobygget.people.request import HouseRequest

P = ParamSpec("P")


@dataclass(frozen=True)
class Regular:
    """Somebody who can be ticked before they are at the tables: a member of the circle."""

    value: str  # in the form
    participant: object
    called: str
    is_here: bool


@dataclass(frozen=True)
class Occasion(ABC):
    """One occasion at the tables, as its stage tells of it."""

    house: House
    name: str
    language: str  # in which its name and its places are written
    root: str  # the leader's pages lie under this address
    home: str  # the page that it belongs to
    phone: str  # what the phone of somebody at the tables shows
    lasts: Literal["evening", "day"]  # after that, who was a guest is forgotten
    has_begun: bool  # rounds may begin
    is_over: bool

    @property
    @abstractmethod
    def plan(self) -> TablePlan | None:
        """The tables, if anybody has begun with them."""

    @abstractmethod
    def open_plan(self, *, on: date) -> TablePlan:
        """The tables, made where there are none."""

    @property
    @abstractmethod
    def regulars(self) -> Sequence[Regular]:
        """Who belongs here beside the guests."""

    @abstractmethod
    def door_of(self, plan: TablePlan) -> str:
        """The address that lets guests in."""

    @property
    def found_plan(self) -> TablePlan:
        """The tables, or no such page."""
        plan = self.plan
        if plan is None:
            raise Http404
        return plan


@dataclass(frozen=True)
class Evening(Occasion):
    """The tables of a circle's meeting."""

    meeting: Meeting

    @property
    def plan(self) -> TablePlan | None:
        return queries.plan_of(self.meeting)

    def open_plan(self, *, on: date) -> TablePlan:
        return table_guests.open_plan(self.meeting, on=on)

    @property
    def regulars(self) -> list[Regular]:
        came = set(self.meeting.attendances.values_list("membership_id", flat=True))
        return [
            Regular(f"m{who.pk}", who.participant_id, who.participant.alias, not came or who.pk in came)
            for who in circle_queries.members_of(self.meeting.circle)
        ]

    def door_of(self, plan: TablePlan) -> str:
        return reverse("circles:tables_join", args=[table_doors.token_of(plan)])


def evening_of(meeting: Meeting) -> Evening:
    """A meeting, with its circle and house at hand."""
    return Evening(
        house=meeting.circle.house,
        name=meeting.circle.name,
        language=meeting.circle.language,
        root=reverse("circles:tables", args=[meeting.pk]),
        home=reverse("circles:meeting", args=[meeting.pk]),
        phone=reverse("circles:now"),
        lasts="evening",
        has_begun=meeting.is_open,
        is_over=meeting.closed_at is not None,
        meeting=meeting,
    )


OccasionView = Callable[Concatenate[HouseRequest, Occasion, P], HttpResponse]


def leads_evening(view: OccasionView[P]) -> View[P]:
    """For who leads the meeting's circle: sign in first, else there is no such page."""

    @leads_meeting
    def wrapped(
        request: HouseRequest, sitter: Sitter, meeting: Meeting, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        return view(request, evening_of(meeting), *args, **kwargs)

    return wrapped
