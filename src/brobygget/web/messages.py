"""One clear sentence on a page of its own: what happened, what is safe, and the way on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def message_page(
    request: HttpRequest,
    *,
    heading: str,
    text: str,
    status: int = 200,
    way_on_url: str = "/",
    way_on_text: str = "",
) -> HttpResponse:
    """Say one thing and show the way on."""
    context = {
        "heading": heading,
        "text": text,
        "way_on_url": way_on_url,
        "way_on_text": way_on_text or _("Go on"),
    }
    return render(request, "web/message.html", context, status=status)
