"""Who is behind a request: a participant by the cookie of this phone, an account by its session."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from brobygget.people import queries
from brobygget.people.models import Account, Participant, PersonalLink

COOKIE = "phone"
CHOSEN_HOUSE = "house"  # in the session of somebody who hosts in several
COOKIE_AGE = 400 * 24 * 3600
P = ParamSpec("P")


class HouseRequest(HttpRequest):
    """Any request after our middleware: `now` is the time by the house's own clock."""

    now: datetime
    house: Any
    htmx: Any
    participant: Participant | None


class ParticipantRequest(HouseRequest):
    """A request from a participant's phone."""

    participant: Participant


class AccountRequest(HouseRequest):
    """A request from somebody who has signed in."""

    user: Account


class ParticipantMiddleware:
    """Find the participant whose phone this is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        typed = cast(HouseRequest, request)
        token = request.COOKIES.get(COOKIE, "")
        typed.participant = (
            queries.participant_behind(token, purpose=PersonalLink.Purpose.DEVICE) if token else None
        )
        return self.get_response(request)


def network_of(request: HttpRequest) -> str:
    """Where a request comes from, to count wrong tries in memory; never kept and never logged."""
    from django.conf import settings

    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def remember_phone(response: HttpResponse, token: str) -> HttpResponse:
    """Let this phone come back without being asked again."""
    from django.conf import settings

    response.set_cookie(
        COOKIE, token, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=settings.IS_HTTPS
    )
    return response


def participant_required(
    view: Callable[Concatenate[ParticipantRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for participants; for everybody else there is no such page."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if getattr(request, "participant", None) is None:
            raise Http404
        return view(cast(ParticipantRequest, request), *args, **kwargs)

    return wrapped


def role_required(
    *kinds: str,
) -> Callable[
    [Callable[Concatenate[AccountRequest, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Only for accounts with one of these roles in the request's house: sign in first, else there is no such page."""

    def decorate(
        view: Callable[Concatenate[AccountRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @functools.wraps(view)
        def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            typed = cast(AccountRequest, request)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if typed.house is None or not (set(kinds) & set(typed.house.roles_of_reader)):
                raise Http404
            return view(typed, *args, **kwargs)

        return wrapped

    return decorate
