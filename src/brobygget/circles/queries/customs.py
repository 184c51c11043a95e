"""What has been told under "So we do"."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from brobygget.circles.models import Circle, Custom, CustomReply


def customs_of(circle: Circle) -> QuerySet[Custom]:
    """What the circle sees, the newest first, each with the other ways beside it."""
    replies = CustomReply.objects.filter(hidden_on=None).order_by("pk")
    return (
        circle.customs.filter(hidden_on=None).order_by("-pk").prefetch_related(Prefetch("replies", replies))
    )
