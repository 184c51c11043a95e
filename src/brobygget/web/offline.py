"""When the network is away: a page that says so in the reader's language, and the worker that shows it.

The worker keeps style, scripts and pages that ask for it themselves (`keep_on_phone`); never a page about somebody.
Without it nothing is lost, only the browser's own words are shown.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from brobygget.web import languages
from brobygget.web.unchanged import same_for_strangers

SOURCE = Path(__file__).resolve().parent / "static" / "web" / "js" / "worker.js"
KEEP = "X-Keep-On-Phone"
P = ParamSpec("P")
Q = TypeVar("Q", bound=HttpRequest)
R = TypeVar("R", bound=HttpResponse)


@functools.cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The worker, served from the root because it looks after every page."""
    response = HttpResponse(_source(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What the worker shows. It asks nothing of the database and tells nothing of anybody."""
    context = {
        "language": languages.current(),
        "heading": _("No network just now."),
        "text": _(
            "What you pressed is kept on this phone and sent when the network is back. Nothing is lost."
        ),
        "way_on_text": _("Try again"),
    }
    response = HttpResponse(render_to_string("web/broken.html", context))
    response.headers["Cache-Control"] = "no-cache, private"
    return response


def keep_on_phone(response: R) -> R:
    """Let the phone open this page again without a network; only for pages that tell nothing of anybody."""
    response.headers[KEEP] = "1"
    return response


def wipe_phone(response: R) -> R:
    """Ask the browser to throw away all that the house has kept on it."""
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def for_every_phone(
    view: Callable[Concatenate[Q, P], HttpResponse],
) -> Callable[Concatenate[Q, P], HttpResponse]:
    """A page that is drawn as for a stranger whoever reads it, so that every phone may keep it.

    Nothing of the reader gets into it: no name, no role, and no message, which waits for the next page.
    """

    @functools.wraps(view)
    def wrapped(request: Q, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.user = AnonymousUser()
        request.participant = None  # type: ignore[attr-defined]
        request._messages = NobodysMessages(request)  # type: ignore[attr-defined]  # noqa: SLF001 -- where they are looked for
        house = getattr(request, "house", None)
        if house is not None:
            house.roles_of_reader = frozenset()
        response = view(request, *args, **kwargs)
        return keep_on_phone(same_for_strangers(response)) if response.status_code == 200 else response

    return wrapped


class NobodysMessages(BaseStorage):
    """There are none, and none is taken."""

    def _get(self, *args: object, **kwargs: object) -> tuple[list[object], bool]:
        return [], True

    def update(self, response: HttpResponseBase) -> None:
        return None
