"""Health, for whoever watches over the house's computer."""

from __future__ import annotations

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, JsonResponse

from brobygget import __version__


def health(request: HttpRequest) -> JsonResponse:
    """200 when the database takes writes, else 503; nothing about anybody."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM web_receipt WHERE fingerprint = ''")
    except DatabaseError:
        return JsonResponse({"status": "the database takes no writes", "version": __version__}, status=503)
    return JsonResponse({"status": "ok", "version": __version__})
