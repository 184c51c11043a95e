"""The part of the wall that shows homework, customs and the next time, behind the wall's own secret."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from brobygget.circles.queries import next_meeting, wall
from brobygget.circles.queries.circles import circle_of_wall
from brobygget.people.request import HouseRequest
from brobygget.web.live import live_response

LEAF_SECONDS = 20


@require_safe
def wall_between(request: HouseRequest, pk: int, token: str) -> HttpResponse:
    """What everybody in the room may see, one thing at a time; nothing while there is nothing to see."""
    circle = circle_of_wall(pk, token)
    if circle is None:
        raise Http404
    step = wall.step_now(circle)
    if step is None:
        return HttpResponse(status=204)
    step.meeting.circle = circle
    turn = int(request.now.timestamp()) // LEAF_SECONDS
    part = wall.wall_part(step, turn)
    if part.is_empty:
        return HttpResponse(status=204)

    def context() -> dict[str, Any]:
        address = reverse("circles:what_time", args=[next_meeting.time_token(circle)])
        return {
            "circle": circle,
            "part": part,
            "address": request.build_absolute_uri(address),
        }

    shown = turn if part.shown or part.custom else ""
    tag = f"between-{step.pk}-{step.meeting.version}-{shown}-{request.get_host()}"
    with translation.override(circle.language):
        return live_response(request, "circles/_wall_between.html", context, tag, is_shared=True)
