"""Fragments that walls and phones ask for again and again; mostly the answer is "nothing new"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, quote_etag

from brobygget.web import languages

KEPT_SECONDS = 30


def live_response(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | Callable[[], dict[str, Any]],
    tag: str,
    *,
    is_shared: bool = False,
) -> HttpResponse:
    """The inside of a live element, or 304 where the reader has this version already.

    `tag` changes whenever the fragment would look different. `context` may be a function: it is only called when
    the fragment is drawn. `is_shared` keeps the drawn fragment in memory for everybody who reads the same
    language; use it only where nothing in it belongs to one reader.
    """
    code = languages.current().code
    mark = quote_etag(f"{tag}.{code}")
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if mark in known or f"W/{mark}" in known:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(
            _drawn(request, template, context, f"live:{template}:{tag}:{code}", is_shared)
        )
    response.headers["ETag"] = mark
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


def _drawn(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | Callable[[], dict[str, Any]],
    key: str,
    is_shared: bool,
) -> str:
    kept = cache.get(key) if is_shared else None
    if kept is not None:
        return str(kept)
    # A shared fragment is drawn without the request, so that nothing of one reader can get into it.
    fragment = render_to_string(
        template, context() if callable(context) else context, request=None if is_shared else request
    )
    if is_shared:
        cache.set(key, fragment, KEPT_SECONDS)
    return fragment
