"""A list for somebody else's page: no cookie, no script, no referrer, and nothing counted."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt

from brobygget.associations.forms.find import wishes_in
from brobygget.associations.queries.find import find
from brobygget.associations.views.find import house_of, shown, today
from brobygget.associations.views.public import file_for_everybody
from brobygget.people.request import HouseRequest
from brobygget.web.languages import BY_CODE, current

AT_ONCE = 20


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": ["'none'"], "connect-src": ["'none'"]})
@file_for_everybody
def embed(request: HouseRequest) -> HttpResponse:
    """Twenty associations at a time, in the language that the address names."""
    code = request.GET.get("language", "")
    with translation.override(code if code in BY_CODE else "sv"):
        given = wishes_in(request.GET)
        answer = find(house_of(request), given, on=today(request), at_once=AT_ONCE)
        more = f"{given.address(page=given.page + 1)}&language={current().code}"
        context = {
            "shown": [shown(one, today(request)) for one in answer.found],
            "home": request.build_absolute_uri(reverse("find:start")),
            "more": more.lstrip("&") if answer.has_more else "",
            "language": current(),
            "house": house_of(request),
        }
        response = render(request, "associations/embed.html", context)
        response.headers["Content-Language"] = current().tag
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
