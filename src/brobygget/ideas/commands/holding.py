"""One writer at a time in a circle's ideas, and word to every screen when something has changed."""

from __future__ import annotations

from django.db.models import F

from brobygget.circles.models import Circle, Meeting


def held_circle(pk: int) -> Circle:
    """The circle, which nobody else changes before this transaction ends."""
    # SQLite has one writer at a time, from the first line of the transaction.
    return Circle.objects.select_for_update().get(pk=pk)


def note_change_in(circle: Circle) -> None:
    """Let every screen fetch what is new: they follow the evening that is open, or was last."""
    latest = Meeting.objects.filter(circle=circle, opened_at__isnull=False).order_by("-number")
    Meeting.objects.filter(pk__in=list(latest.values_list("pk", flat=True)[:1])).update(
        version=F("version") + 1
    )
