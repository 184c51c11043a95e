"""Who has come in with an invitation: a cookie on this computer for each open house, asked for on every page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.openhouse import rules
from brobygget.openhouse.models import Invitation, OpenHouse
from brobygget.openhouse.queries import doors
from brobygget.people.request import HouseRequest
from brobygget.web.messages import message_page

R = TypeVar("R", bound=HttpResponse)
COOKIE_AGE = 60 * 24 * 3600
PRESSED_AGO = "X-Pressed-Ago"  # seconds, by the phone's own count: its clock may be wrong by days


class InvitedRequest(HouseRequest):
    """A request from somebody who has come in with an association's link to one open house."""

    invitation: Invitation


def cookie_of(openhouse_pk: int) -> str:
    """Each open house has a cookie of its own, so that the link to one is never taken for the link to another."""
    return f"open-house-{openhouse_pk}"


def keep_secret(response: R, name: str, secret: str, *, seconds: int, path: str = "/") -> R:
    """Let a phone or a computer keep a secret of ours, which no script can read and no other site gets."""
    response.set_cookie(
        name, secret, max_age=seconds, path=path, httponly=True, samesite="Lax", secure=settings.IS_HTTPS
    )
    return response


def pressed_ago(request: HttpRequest) -> timedelta:
    """How long ago the button was pressed; nothing for a press that came at once, or a phone that says nonsense."""
    said = request.headers.get(PRESSED_AGO, "")
    if not said.isascii() or not said.isdigit() or len(said) > 7:
        return timedelta()
    return min(timedelta(seconds=int(said)), rules.PRESSES_KEPT)


def let_in(response: HttpResponse, invitation: Invitation) -> HttpResponse:
    """Let this computer come back for two months. The link can be closed at any time."""
    name, secret = cookie_of(invitation.openhouse_id), doors.link_of(invitation)
    return keep_secret(response, name, secret, seconds=COOKIE_AGE)


def in_its_house(request: HouseRequest, openhouse: OpenHouse) -> None:
    """From here on the request is about the open house's own house, which is asked for only where it is another one."""
    if request.house is None or request.house.pk != openhouse.house_id:
        request.house = openhouse.house
    openhouse.house = request.house


def invitation_required(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """Only for an association that has come in with its own link to this open house."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int, **kwargs: int) -> HttpResponse:
        typed = cast(InvitedRequest, request)
        secret = request.COOKIES.get(cookie_of(pk), "")
        found = doors.behind_link(secret, on=timezone.localdate(typed.now))
        if found is None or found.openhouse_id != pk:
            return closed_door(request)
        typed.invitation = found
        typed.house = found.openhouse.house  # whoever else is signed in on this computer
        if request.method == "POST" and request.POST.get("invitation", str(found.pk)) != str(found.pk):
            return _other_link_opened(request)
        return view(typed, **kwargs)

    return wrapped


def _other_link_opened(request: HttpRequest) -> HttpResponse:
    """Two associations, one computer: what was written for one is never saved for the other."""
    return message_page(
        request,
        heading=_("Another association's link was opened on this computer since."),
        text=_("Nothing was saved for either. Open your link once more, and write it there."),
        status=409,
        way_on_url="/open-house/code/",
        way_on_text=_("I have a code"),
    )


def closed_door(request: HttpRequest) -> HttpResponse:
    """The same answer for no link, a wrong one, an old one and a closed one."""
    return message_page(
        request,
        heading=_("This page opens with your association's own link to the open house."),
        text=_(
            "Use the link in the mail or the code in the letter. If they no longer work, ask the house for new ones."
        ),
        status=404,
        way_on_url="/open-house/code/",
        way_on_text=_("I have a code"),
    )
