"""One writer at a time in a circle's ideas, and word to every screen when something has changed."""

from __future__ import annotations

from django.db.models import F

from brobygget.circles.models import Circle, Meeting


def held_circle(pk: int) -> Circle:
    """The circle, which nobody else changes before this transaction ends."""
    # SQLite has one writer at a time, from the first line of the transaction.
    return Circle.objects.select_for_update().get(pk=pk)


def note_change_in(circle: Circle) -> None:
    """Let the screens of the evening that is going on fetch what is new."""
    going_on = Meeting.objects.filter(circle=circle, closed_at=None).exclude(opened_at=None)
    going_on.update(version=F("version") + 1)
