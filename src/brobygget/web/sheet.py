"""The one style sheet of the house: a file for each component, sent as one answer.

Phones on a weak line should wait once, not twenty times, and there is no build step that could be forgotten: the
files in `static/web/css/` are joined in the order of `SHEETS` when the first reader asks, and kept in memory.
"""

from __future__ import annotations

import functools
import hashlib
import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers

CSS = Path(__file__).resolve().parent / "static" / "web" / "css"
ADDRESS = re.compile(r"url\(\.\./([^)]+)\)")
REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
SHEETS = (
    "layers",
    "fonts",
    "reset",
    "tokens",
    "base",
    "layout",
    "header",
    "language-menu",
    "footer",
    "button",
    "field",
    "choice",
    "picture",
    "card",
    "notice",
    "deck",
    "round",
    "time",
    "curve",
    "list",
    "empty",
    "dots",
    "idea",
    "faces",
    "count",
    "qr",
    "ticket",
    "dates",
    "attendance",
    "drawing",
    "scene",
    "next-things",
    "sign",
    "phone",
    "table",
    "wall",
    "paper",
    "message",
    "style-page",
)


def joined() -> str:
    """All component files as one text, with the addresses of fonts as they are served."""
    text = "".join((CSS / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)
    text = ADDRESS.sub(lambda found: f"url({static(f'web/{found[1]}')})", REMARK.sub("", text))
    return re.sub(r"\s*\n\s*", "\n", text)


@functools.cache
def _kept() -> tuple[str, bytes, bytes]:
    plain = joined().encode()
    return hashlib.sha256(plain).hexdigest()[:12], plain, brotli.compress(plain)


def current() -> tuple[str, bytes, bytes]:
    """Fingerprint, text and compressed text; read again each time while developing."""
    if settings.DEBUG:
        _kept.cache_clear()
    return _kept()


def address() -> str:
    """Where the sheet is served; a new content has a new address."""
    return reverse("web:sheet", args=[current()[0]])


def sheet(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Send the style sheet; an old address leads to the new one."""
    known, plain, compressed = current()
    if fingerprint != known:
        return redirect(address())
    can_brotli = "br" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(compressed if can_brotli else plain, content_type="text/css; charset=utf-8")
    if can_brotli:
        response.headers["Content-Encoding"] = "br"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
