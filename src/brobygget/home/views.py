"""Where everybody begins."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from brobygget.people.request import HouseRequest


def start(request: HouseRequest) -> HttpResponse:
    """A participant's phone goes on to the circle; everybody else sees the house."""
    if request.participant is not None:
        return redirect("circles:now")
    return render(request, "home/start.html", {})
