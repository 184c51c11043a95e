"""Pages that are the same for every stranger: drawn once, and shown again for as long as nothing in the database changed.

Nothing is ever shown that is not true any more: the database itself says whether anything was written since, and the
hour and the reader's language are part of what is remembered. A page that a form has put a key in is never remembered,
for two phones with one key would be one press.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from brobygget.web import clock
from brobygget.web.languages import wished_by

SAME = "_same_for_strangers"
MOST_PAGES = 100
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+(")')
KEY = b'name="key"'
SNAPSHOT = "SELECT pg_current_snapshot()::text"  # of the whole server: another database there may change it
R = TypeVar("R", bound=HttpResponse)


def same_for_strangers(response: R) -> R:
    """Promise that a stranger's page depends on nothing but address, language, database and the minute."""
    setattr(response, SAME, True)
    return response


@dataclass
class _Kept:
    """What one thread has drawn since the last change; the marks of a change are good for one connection only."""

    connection: Any = None
    change: Any = None
    ahead: timedelta = timedelta()  # the house's clock before ours
    pages: dict[tuple[str, ...], tuple[list[bytes], dict[str, str]]] = field(default_factory=dict)


class _Thread(threading.local):
    kept: _Kept | None = None


_here = _Thread()


def last_change() -> Any:
    """A mark that is another one when anything was written; None where nothing may be remembered."""
    if connection.in_atomic_block:
        return None  # what is written here may be taken back
    connection.ensure_connection()
    opened = connection.connection
    if connection.vendor == "sqlite":
        # The first counts what others have committed, the second what this connection has written.
        return opened.execute("PRAGMA data_version").fetchone()[0], opened.total_changes
    with connection.cursor() as cursor:
        cursor.execute(SNAPSHOT)
        return cursor.fetchone()[0]


def is_stranger(request: HttpRequest) -> bool:
    """Nobody whom we know, and nobody to whom something is to be said."""
    known = {settings.SESSION_COOKIE_NAME, "phone", "messages"}
    return known.isdisjoint(request.COOKIES)


class UnchangedMiddleware:
    """Show a stranger a page again that was drawn for another one. Stands after the middleware that guards forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or request.META.get("QUERY_STRING") or not is_stranger(request):
            return self.get_response(request)
        if request.path.startswith(settings.STATIC_URL) or "HTTP_HX_REQUEST" in request.META:
            return self.get_response(request)
        kept, read_at = _kept(), clock.read()
        if kept is None:
            return self.get_response(request)
        about = (request.scheme or "", request.get_host(), request.path, wished_by(request))
        page = kept.pages.get((*about, _minute(read_at + kept.ahead)))
        if page is not None:
            return _shown_again(request, *page)
        response = self.get_response(request)
        if getattr(response, SAME, False) and _may_be_kept(response):
            now = getattr(request, "now", read_at)
            kept.ahead = now - read_at
            if len(kept.pages) >= MOST_PAGES:
                kept.pages.clear()
            parts = TOKEN.sub(rb"\1\0\2", response.content).split(b"\0")
            kept.pages[*about, _minute(now)] = (parts, dict(response.headers))
        return response


def _kept() -> _Kept | None:
    """What this thread remembers and what is still true of it."""
    change = last_change()
    if change is None:
        return None
    opened = connection.connection
    if _here.kept is None or _here.kept.connection is not opened or _here.kept.change != change:
        _here.kept = _Kept(connection=opened, change=change)
    return _here.kept


def _minute(moment: Any) -> str:
    return str(int(moment.timestamp()) // 60)


def _may_be_kept(response: HttpResponse) -> bool:
    is_plain = response.status_code == 200 and not response.streaming and not response.cookies
    return is_plain and KEY not in response.content and b"\0" not in response.content


def _shown_again(request: HttpRequest, parts: list[bytes], headers: dict[str, str]) -> HttpResponse:
    token = get_token(request).encode() if len(parts) > 1 else b""
    return HttpResponse(token.join(parts), headers=headers)
