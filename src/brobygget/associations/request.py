"""Who has come in with an association's own link: a cookie on this computer, asked for on every page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.associations.models import Association, AssociationLink
from brobygget.associations.queries import own as queries
from brobygget.people.request import HouseRequest
from brobygget.web.messages import message_page

COOKIE = "association"
COOKIE_AGE = 30 * 24 * 3600
P = ParamSpec("P")


class OwnRequest(HouseRequest):
    """A request from somebody who has come in with an association's link."""

    association: Association
    link: AssociationLink


def let_in(response: HttpResponse, purpose: str, secret: str) -> HttpResponse:
    """Let this computer come back for a month. The link can be closed at any time."""
    response.set_cookie(
        COOKIE,
        f"{purpose}:{secret}",
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.IS_HTTPS,
    )
    return response


def own_link_required(
    view: Callable[Concatenate[OwnRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for an association that has come in with its own link."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        typed = cast(OwnRequest, request)
        purpose, _colon, secret = request.COOKIES.get(COOKIE, "").partition(":")
        today = timezone.localdate(typed.now)
        link = queries.link_behind(purpose, secret, on=today)
        if link is None:
            return closed_door(request)
        typed.link, typed.association = link, link.association
        typed.house = (
            link.association.house
        )  # the house that the association belongs to, whoever else is signed in
        return view(typed, *args, **kwargs)

    return wrapped


def closed_door(request: HttpRequest) -> HttpResponse:
    """The same answer for no link, a wrong one, an old one and a closed one."""
    return message_page(
        request,
        heading=_("This page opens with your association's own link."),
        text=_(
            "Use the link in the mail or the code in the letter. If they no longer work, ask the house for new ones."
        ),
        status=404,
        way_on_url="/own/",
        way_on_text=_("I have a code"),
    )
