"""What the circle has agreed about how to be together."""

from __future__ import annotations

from django.db.models import QuerySet

from brobygget.circles.models import Circle, GroundRule, Meeting


def rules_of(circle: Circle) -> QuerySet[GroundRule]:
    """The rules in the order in which they were agreed."""
    return circle.ground_rules.order_by("pk")


def meeting_going_on(circle: Circle) -> Meeting | None:
    """The meeting that is open now."""
    return (
        circle.meetings.filter(opened_at__isnull=False, closed_at=None)
        .select_related("circle")
        .order_by("number")
        .first()
    )
