"""Pages and files that are nobody's secret."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from brobygget.people.request import HouseRequest

P = ParamSpec("P")
FIVE_MINUTES = "public, max-age=300"


def for_everybody(
    view: Callable[Concatenate[HouseRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Search engines may list it. It still holds the reader's language and messages, so nobody else may keep it."""

    @functools.wraps(view)
    @require_safe
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(cast(HouseRequest, request), *args, **kwargs)
        response.headers["X-Robots-Tag"] = "all"
        return response

    return wrapped


def file_for_everybody(
    view: Callable[Concatenate[HouseRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A file that is the same for everybody, whoever is signed in: other programs may read and keep it."""

    @functools.wraps(view)
    @require_safe
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(cast(HouseRequest, request), *args, **kwargs)
        if response.status_code < 400:
            response.headers["Cache-Control"] = FIVE_MINUTES
            response.headers["X-Robots-Tag"] = "all"
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Vary"] = "Accept-Language, Cookie"
        return response

    return wrapped
