"""Seats on paper whose time was called off or moved: nobody's phone says so, and their codes are called at the desk."""

from __future__ import annotations

from django.db.models import F

from brobygget.openhouse.models import Booking, OpenHouse


def paper_to_call(openhouse: OpenHouse) -> list[Booking]:
    """In the order of the clock by which they were booked: one query."""
    found = Booking.objects.filter(slot__openhouse=openhouse, browser_digest="")
    changed = found.exclude(version=F("slot__version"))
    related = (
        "slot__openhouse__house",
        "slot__hall",
        "slot__invitation__association",
        "slot__invitation__place",
    )
    return list(changed.select_related(*related).order_by("starts_at", "slot", "pk"))
