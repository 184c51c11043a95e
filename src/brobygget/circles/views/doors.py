"""Who may open a page about a circle or a meeting. For everybody else there is no such page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from brobygget.circles.models import Meeting
from brobygget.circles.queries import sitting
from brobygget.circles.queries.sitting import Sitter
from brobygget.people.models import Account
from brobygget.people.request import HouseRequest

P = ParamSpec("P")
CircleView = Callable[Concatenate[HouseRequest, Sitter, P], HttpResponse]
MeetingView = Callable[Concatenate[HouseRequest, Sitter, Meeting, P], HttpResponse]


class View(Protocol[P]):
    """A view as the addresses call it: with the number of a circle or a meeting."""

    def __call__(self, request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse: ...


def find_sitter(request: HouseRequest, circle_pk: int) -> Sitter:
    """The reader's place in a circle, or no such page."""
    account = request.user if isinstance(request.user, Account) else None
    sitter = sitting.sitter_in(
        circle_pk,
        participant=request.participant,
        account=account,
        house_pk=request.house.pk if request.house else None,
        on=timezone.localdate(request.now),
    )
    if sitter is None:
        raise Http404
    return sitter


def _find_meeting(pk: int) -> Meeting:
    meeting = Meeting.objects.filter(pk=pk).first()
    if meeting is None:
        raise Http404
    return meeting


def in_circle(view: CircleView[P]) -> View[P]:
    """For those who take part in the circle, and for who leads it."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        typed = cast(HouseRequest, request)
        return view(typed, find_sitter(typed, pk), *args, **kwargs)

    return wrapped


def in_meeting(view: MeetingView[P]) -> View[P]:
    """For those who take part in the meeting's circle, and for who leads it."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        typed = cast(HouseRequest, request)
        meeting = _find_meeting(pk)
        sitter = find_sitter(typed, meeting.circle_id)
        meeting.circle = sitter.circle
        return view(typed, sitter, meeting, *args, **kwargs)

    return wrapped


def leads_circle(view: CircleView[P]) -> View[P]:
    """For who leads the circle: sign in first, else there is no such page."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        typed = cast(HouseRequest, request)
        sitter = find_sitter(typed, pk)
        if not sitter.leads:
            raise Http404
        return view(typed, sitter, *args, **kwargs)

    return wrapped


def leads_meeting(view: MeetingView[P]) -> View[P]:
    """For who leads the meeting's circle: sign in first, else there is no such page."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        typed = cast(HouseRequest, request)
        meeting = _find_meeting(pk)
        sitter = find_sitter(typed, meeting.circle_id)
        if not sitter.leads:
            raise Http404
        meeting.circle = sitter.circle
        return view(typed, sitter, meeting, *args, **kwargs)

    return wrapped
