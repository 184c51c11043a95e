"""Who raises hands: a phone with a secret in a cookie, which it gets with its first press. Nobody signs in."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from brobygget.openhouse import rules
from brobygget.openhouse.models import OpenHouse, Visitor
from brobygget.openhouse.queries import hands as queries
from brobygget.openhouse.request import keep_secret
from brobygget.openhouse.views.public import one_published
from brobygget.people.request import HouseRequest

P = ParamSpec("P")
WithPk = Callable[Concatenate[HttpRequest, int, P], HttpResponse]


class HandRequest(HouseRequest):
    """From anybody; `visitor` is who has raised a hand on this phone, if somebody has."""

    openhouse: OpenHouse
    visitor: Visitor | None


class VisitorRequest(HandRequest):
    """From a phone on which a hand is raised."""

    visitor: Visitor


def cookie_of(openhouse_pk: int) -> str:
    """Each open house has a cookie of its own."""
    return f"hands-{openhouse_pk}"


def _path(openhouse_pk: int) -> str:
    return reverse("openhouse:open_house", args=[openhouse_pk])


def let_in(response: HttpResponse, openhouse: OpenHouse, seed: str) -> HttpResponse:
    """Let this phone know its own hands, as long as they are kept."""
    seconds = (rules.HANDS_KEPT_DAYS + 1) * 24 * 3600
    token = queries.token_of(seed)
    return keep_secret(response, cookie_of(openhouse.pk), token, seconds=seconds, path=_path(openhouse.pk))


def let_out(response: HttpResponse, openhouse: OpenHouse) -> HttpResponse:
    """This phone knows nothing of it any more."""
    response.delete_cookie(cookie_of(openhouse.pk), path=_path(openhouse.pk))
    return response


def for_phones(view: Callable[Concatenate[HandRequest, P], HttpResponse]) -> WithPk[P]:
    """For everybody, about a day that everybody may read about."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        typed = cast(HandRequest, request)
        typed.openhouse = one_published(typed, pk)
        secret = request.COOKIES.get(cookie_of(pk), "")[:64]
        typed.visitor = queries.behind_token(typed.openhouse, secret)
        return view(typed, *args, **kwargs)

    return cast(WithPk[P], wrapped)


def visitor_required(view: Callable[Concatenate[VisitorRequest, P], HttpResponse]) -> WithPk[P]:
    """Only for a phone on which a hand is raised; for everybody else there is no such page."""

    @for_phones
    @functools.wraps(view)
    def wrapped(request: HandRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.visitor is None:
            raise Http404
        return view(cast(VisitorRequest, request), *args, **kwargs)

    return wrapped
