"""A small house of two pages, for what the shell's scripts promise: presses are kept, fragments stay fresh."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

from brobygget.web.live import live_response
from brobygget.web.once import once


@dataclass
class Told:
    """What the server has heard and has to say."""

    presses: list[str] = field(default_factory=list)
    version: int = 1
    is_broken: bool = False
    asked: int = 0


told = Told()

PAGE = """{% extends "web/phone.html" %}
{% block title %}Count{% endblock %}
{% block content %}
<p id="counted">{{ told.presses|length }}</p>
<form method="post" action="/press/" data-outbox data-outbox-count="#counted">{% csrf_token %}{% once %}
<button class="button" name="kind" value="adult" data-outbox-adds="1">Adult</button>
<button class="button" name="kind" value="child" data-outbox-adds="1">Child</button></form>
<div id="live" data-live="/live/" data-live-tag="0"><p>0</p><input id="wish" aria-label="Wish"></div>
{% endblock %}"""


def page(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"told": told}, request))


@once
def press(request: HttpRequest) -> HttpResponse:
    if told.is_broken:
        return HttpResponse(status=503)
    told.presses.append(request.POST["kind"])
    return redirect("/page/")


def live(request: HttpRequest) -> HttpResponse:
    told.asked += 1
    if told.is_broken:
        return HttpResponse(status=503)
    return live_response(
        request, "web/_time.html", {"text": told.version, "told": "", "drawing": ""}, f"v{told.version}"
    )


urlpatterns = [
    path("page/", page),
    path("press/", press),
    path("live/", live),
    path("", include("brobygget.web.urls")),
]
