"""Which readers a page is for. For everybody else there is no such page, and no such circle."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.ideas.queries.readers import Reader, reader_of
from brobygget.people.request import HouseRequest
from brobygget.web.messages import message_page

P = ParamSpec("P")
ForReader = Callable[Concatenate[HouseRequest, Reader, P], HttpResponse]
WithCircle = Callable[Concatenate[HttpRequest, int, P], HttpResponse]


def _who(request: HouseRequest, circle: int) -> Reader | None:
    return reader_of(
        circle,
        participant=request.participant,
        account=request.user if request.user.is_authenticated else None,
        house=request.house,
        on=timezone.localdate(request.now),
    )


def _only(view: ForReader[P], is_right: Callable[[Reader], bool], *, may_sign_in: bool) -> WithCircle[P]:
    @functools.wraps(view)
    def wrapped(request: HttpRequest, circle: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        typed = cast(HouseRequest, request)
        reader = _who(typed, circle)
        if reader is not None and is_right(reader):
            return view(typed, reader, *args, **kwargs)
        if may_sign_in and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404

    return cast(WithCircle[P], wrapped)


def for_readers(view: ForReader[P]) -> WithCircle[P]:
    """For members of the circle, its leader and interpreters of the house."""
    return _only(view, lambda _reader: True, may_sign_in=False)


def for_members(view: ForReader[P]) -> WithCircle[P]:
    """For those who sit in the circle."""
    return _only(view, lambda reader: reader.membership is not None, may_sign_in=False)


def for_leaders(view: ForReader[P]) -> WithCircle[P]:
    """For the circle's leader and the house's coordinators; sign in first, else there is no such page."""
    return _only(view, lambda reader: reader.is_leader, may_sign_in=True)


def for_checkers(view: ForReader[P]) -> WithCircle[P]:
    """For those whose reading of a translation counts: leader, coordinator, interpreter."""
    return _only(view, lambda reader: reader.may_check, may_sign_in=True)


def refused(request: HouseRequest, no: Refused, *, way_on_url: str) -> HttpResponse:
    """Say why it cannot be done now, and the way back."""
    return message_page(
        request,
        heading=_("That cannot be done now."),
        text=no.sentence,
        status=no.status,
        way_on_url=way_on_url,
        way_on_text=_("Go back"),
    )
