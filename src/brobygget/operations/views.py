"""Health, for whoever watches over the house's computer; and the doors of the demo."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth import login
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from brobygget import __version__
from brobygget.operations.demo import doors
from brobygget.web import clock
from brobygget.web.models import Receipt


def health(request: HttpRequest) -> JsonResponse:
    """200 when the database takes writes, else 503; nothing about anybody."""
    try:
        # A write that reaches the disk, always of the same row.
        Receipt.objects.update_or_create(
            key=uuid.UUID(int=0), defaults={"fingerprint": "health", "made_on": clock.read().date()}
        )
    except DatabaseError:
        return JsonResponse({"status": "the database takes no writes", "version": __version__}, status=503)
    return JsonResponse({"status": "ok", "version": __version__})


def demo_door(request: HttpRequest, token: str) -> HttpResponse:
    """In the demo town only: go in as one of its people. Anywhere else there is no such page."""
    account = doors.account_behind(token) if settings.DEMO else None
    if account is None:
        raise Http404
    if request.method == "POST":
        login(request, account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return redirect("home:start")
    return render(request, "operations/demo_door.html", {"account": account})
