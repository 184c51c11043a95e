"""The reader's own choice of language, kept in a cookie on the reader's own phone."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.web import languages
from brobygget.web.messages import message_page

A_YEAR = 365 * 24 * 60 * 60


def safe_way_back(request: HttpRequest, wanted: str) -> str:
    """Where the reader came from, when that is a page of this house."""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours and wanted.startswith("/") else "/"


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language and show the same page in it."""
    back = safe_way_back(request, request.POST.get("next", ""))
    chosen = request.POST.get("language", "")
    if chosen not in languages.BY_CODE:
        return message_page(
            request,
            heading=_("We do not have that language yet."),
            text=_("Choose one of the languages in the list."),
            status=422,
            way_on_url=back,
        )
    response = redirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=A_YEAR,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response
