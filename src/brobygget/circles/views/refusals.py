"""How a "no" reaches a person: on the same page with the words still there, or as one sentence."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from brobygget.circles.commands import Refused
from brobygget.web.messages import message_page


def no_page(request: HttpRequest, no: Refused, *, back: str) -> HttpResponse:
    """Say why not, and the way back."""
    return message_page(
        request,
        heading=_("That did not go through."),
        text=no.sentence,
        status=no.status,
        way_on_url=back,
        way_on_text=_("Go back"),
    )
