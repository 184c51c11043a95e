"""Every write from a phone carries a key made when the button was pressed; a repeat answers the same."""

from __future__ import annotations

import functools
import hashlib
import hmac
import uuid
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from brobygget.web import clock
from brobygget.web.messages import message_page
from brobygget.web.models import Receipt
from brobygget.web.turns import turn

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
NOT_PART_OF_THE_PRESS = {"csrfmiddlewaretoken", "key"}
# A fingerprint of five possible answers can be guessed, and receipts lie in the order of the presses: what is given
# in secret (a field called secret_...) must leave no trace here.
SECRET = "secret_"  # noqa: S105 -- a field's name, not a secret


def key_of(data: QueryDict) -> uuid.UUID | None:
    """The key that came with a form."""
    try:
        return uuid.UUID(data.get("key", ""))
    except ValueError:
        return None


def was_kept(request: HttpRequest) -> bool:
    """Whether the phone had kept the press, because there was no network."""
    return bool(request.headers.get("X-Outbox"))


def fingerprint(request: HttpRequest) -> str:
    """What was pressed: the address and the fields.

    With a key that lies outside the database: the ballots of a dot vote are so few that a plain hash of one could
    be found by trying them all.
    """
    digest = hmac.new(settings.LINK_KEY.encode(), request.path.encode(), hashlib.sha256)
    for name in sorted(set(request.POST) - NOT_PART_OF_THE_PRESS):
        if name.startswith(SECRET):
            continue
        for value in request.POST.getlist(name):
            digest.update(b"\0" + name.encode() + b"\1" + value.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def once(
    view: Callable[Concatenate[R, P], HttpResponse],
) -> Callable[Concatenate[R, P], HttpResponse]:
    """Run a writing view at most once for each key; key and effect share one transaction."""

    @functools.wraps(view)
    def wrapped(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = key_of(request.POST)
        if key is None:
            return message_page(
                request,
                heading=_("This page is from before."),
                text=_("Nothing was saved. Open the page again and press once more."),
                status=422,
            )
        mark = fingerprint(request)
        with turn(), transaction.atomic():
            if not _is_new(key, mark):
                return _answer_again(request, key, mark)
            response = view(request, *args, **kwargs)
            if response.status_code >= 400 or response.status_code == 200:
                transaction.set_rollback(True)
            else:
                _keep_answer(key, response.headers.get("Location", ""))
        return _for_the_outbox(request, response)

    return wrapped


def _is_new(key: uuid.UUID, mark: str) -> bool:
    """Claim the key. PostgreSQL lets a second claim wait for the first; SQLite has one writer at a time."""
    prepared = Receipt._meta.pk.get_db_prep_value(key, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO web_receipt (key, fingerprint, location, made_on) VALUES (%s, %s, '', %s)"
            " ON CONFLICT (key) DO NOTHING",
            [prepared, mark, clock.read().date()],
        )
        return bool(cursor.rowcount == 1)


def _keep_answer(key: uuid.UUID, location: str) -> None:
    """Where the press led. In so many words, like the claim: only one press at a time may write, and the others wait."""
    prepared = Receipt._meta.pk.get_db_prep_value(key, connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE web_receipt SET location = %s WHERE key = %s", [location, prepared])


def _answer_again(request: HttpRequest, key: uuid.UUID, mark: str) -> HttpResponse:
    receipt = Receipt.objects.get(key=key)
    if receipt.fingerprint != mark:
        return message_page(
            request,
            heading=_("This was sent before, with other words."),
            text=_("The first one is saved. Open the page again to change it."),
            status=409,
        )
    return _for_the_outbox(request, redirect(receipt.location or request.path))


def _for_the_outbox(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A phone that sends what it kept only wants to know that it was saved."""
    if was_kept(request) and 300 <= response.status_code < 400:
        return HttpResponse(status=204)
    return response
