"""Who chooses whom to meet: a phone with a random number in a cookie, or a code on paper. Nobody signs in."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from brobygget.openhouse import rules
from brobygget.openhouse.models import AppointmentPlan, OpenHouse, VisitWish
from brobygget.openhouse.queries import events, wishes
from brobygget.openhouse.queries.appointments import plan_of
from brobygget.openhouse.request import keep_secret
from brobygget.openhouse.views.public import one_published
from brobygget.people.models import Role
from brobygget.people.request import AccountRequest, HouseRequest, role_required

P = ParamSpec("P")
WithPk = Callable[Concatenate[HttpRequest, int, P], HttpResponse]
DAYS_KEPT = 60


class VisitorRequest(HouseRequest):
    """A request about the meetings of a day, from anybody; `wish` is what this phone has wished, if it has."""

    openhouse: OpenHouse
    plan: AppointmentPlan
    wish: VisitWish | None


class WishRequest(VisitorRequest):
    """From a phone that has wished."""

    wish: VisitWish


def cookie_of(openhouse_pk: int) -> str:
    """Each open house has a cookie of its own."""
    return f"meetings-{openhouse_pk}"


def _path(openhouse_pk: int) -> str:
    return reverse("openhouse:meet", args=[openhouse_pk])


def let_in(response: HttpResponse, openhouse_pk: int, seed: str) -> HttpResponse:
    """Let this phone be known again, on the pages about meetings and no others."""
    return keep_secret(
        response,
        cookie_of(openhouse_pk),
        wishes.token_of(seed),
        seconds=DAYS_KEPT * 24 * 3600,
        path=_path(openhouse_pk),
    )


def let_out(response: HttpResponse, openhouse_pk: int) -> HttpResponse:
    """This phone knows nothing of it any more."""
    response.delete_cookie(cookie_of(openhouse_pk), path=_path(openhouse_pk))
    return response


def for_visitors(
    view: Callable[Concatenate[VisitorRequest, P], HttpResponse],
) -> WithPk[P]:
    """For everybody, where a day that is public has meetings by appointment."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        typed = cast(VisitorRequest, request)
        typed.openhouse = one_published(typed, pk)
        plan = plan_of(typed.openhouse)
        if plan is None:
            raise Http404
        typed.plan = plan
        typed.wish = wishes.behind_token(typed.openhouse, request.COOKIES.get(cookie_of(pk), "")[:64])
        return view(typed, *args, **kwargs)

    return cast(WithPk[P], wrapped)


def wish_required(
    view: Callable[Concatenate[WishRequest, P], HttpResponse],
) -> WithPk[P]:
    """Only for a phone that has wished; for everybody else there is no such page."""

    @for_visitors
    @functools.wraps(view)
    def wrapped(request: VisitorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.wish is None:
            raise Http404
        return view(cast(WishRequest, request), *args, **kwargs)

    return wrapped


# -- those who receive ---------------------------------------------------------------------------------------------
class ReceivingRequest(AccountRequest):
    """From somebody who takes a visitor's slip of paper."""

    openhouse: OpenHouse
    plan: AppointmentPlan


def receives(
    view: Callable[Concatenate[ReceivingRequest, P], HttpResponse],
) -> WithPk[P]:
    """The reception and the coordinator for every day of the house, a leader for what the own circle shapes."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        def let_in_here(request: AccountRequest) -> HttpResponse:
            typed = cast(ReceivingRequest, request)
            is_everywhere = Role.Kind.RECEPTION in request.house.roles_of_reader
            found = (
                events.of_house(request.house)
                if is_everywhere
                else events.planned_by(request.user, request.house)
            )
            openhouse = found.filter(pk=pk).first()
            plan = plan_of(openhouse) if openhouse is not None else None
            if openhouse is None or plan is None:
                raise Http404
            typed.openhouse, typed.plan = openhouse, plan
            return view(typed, *args, **kwargs)

        return role_required(*rules.ENTERS_WISHES)(let_in_here)(request)

    return cast(WithPk[P], wrapped)
