"""The part of the wall that shows ideas, votes and conditions. It needs no cookie and knows no reader."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from brobygget.circles.queries.circles import circle_of_wall
from brobygget.ideas.queries import screens
from brobygget.people.request import HouseRequest
from brobygget.web.live import live_response

LEAF_SECONDS = 20


def wall_fragment(request: HouseRequest, pk: int, token: str) -> HttpResponse:
    """What everybody in the room may see, in the circle's language."""
    circle = circle_of_wall(pk, token)
    if circle is None:
        raise Http404
    turn = int(request.now.timestamp()) // LEAF_SECONDS

    def context() -> dict[str, Any]:
        return {"circle": circle, "screen": screens.screen_of(circle, turn)}

    with translation.override(circle.language):
        typed: HttpRequest = request
        return live_response(typed, "ideas/_wall.html", context, screens.tag_of(circle, turn), is_shared=True)
