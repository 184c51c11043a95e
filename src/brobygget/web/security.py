"""Headers on every answer, and logs that tell nobody where somebody is."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

TOKEN = re.compile(r"[A-Za-z0-9_-]{20,}")
NETWORK_ADDRESS = re.compile(
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-f]{1,4}:){2,}[0-9a-f:]+\b", re.IGNORECASE
)
PUBLIC = ("/static/", "/style/")


class SecurityMiddleware:
    """Pages are personal unless they say otherwise: never stored, never sent on as a referrer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(PUBLIC) and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store, private"
        response.headers.setdefault("X-Robots-Tag", "noindex")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


def without_secrets(text: str) -> str:
    """The text without query strings, tokens and network addresses."""
    return NETWORK_ADDRESS.sub("-", TOKEN.sub("...", re.sub(r"\?\S*", "?...", text)))


class NoSecretsInLogs(logging.Filter):
    """No token, no query string and no network address reaches a log."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_secrets(record.getMessage()), ()
        return True


class PlacesOnly(logging.Formatter):
    """A fault is told by its kind and the places in the code: its words may hold what somebody wrote."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 -- its name there
        kind, _, trace = ei
        places = traceback.format_list(traceback.extract_tb(trace))
        return "".join(places) + (f"{kind.__module__}.{kind.__qualname__}" if kind else "")
