"""When something went wrong: what happened, that nothing was lost, and the way on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from brobygget.web import languages
from brobygget.web.messages import message_page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or it is not for this reader; we never tell which."""
    return message_page(
        request,
        heading=_("This page is not here."),
        text=_("The link may be old, or it may be for somebody else. Nothing is lost."),
        status=404,
        way_on_text=_("Go to the start page"),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The reader is known, but this is not theirs to do."""
    return message_page(
        request,
        heading=_("You cannot open this."),
        text=_(
            "Somebody else in the house looks after it. Nothing was changed. Ask the person who invited you."
        ),
        status=403,
        way_on_text=_("Go to the start page"),
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What came in could not be understood."""
    return message_page(
        request,
        heading=_("We did not understand what was sent."),
        text=_("Nothing was changed. Open the page again and try once more."),
        status=400,
        way_on_text=_("Go to the start page"),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page, or from another site."""
    return message_page(
        request,
        heading=_("This page has been open for a long time."),
        text=_("What you pressed was not saved. Open the page again and press once more."),
        status=403,
        way_on_url=request.path if request.method == "GET" else "/",
        way_on_text=_("Go to the start page"),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke on our side. This page asks nothing of the database, which may be what is broken."""
    context = {
        "language": languages.current(),
        "heading": _("Something broke on our side."),
        "text": _("What was saved before is still saved. Wait a moment and try again."),
        "way_on_text": _("Try again"),
    }
    return HttpResponse(render_to_string("web/broken.html", context), status=500)
