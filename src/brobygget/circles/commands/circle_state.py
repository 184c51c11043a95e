"""What holds for the whole circle: whether it still meets, and which screens follow it now."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from brobygget.circles.models import Circle, Meeting
from brobygget.house.commands.refused import Refused


def going_circle(circle: Circle) -> Circle:
    """The circle as it is now, held until this transaction ends; refused when it has ended."""
    held = Circle.objects.select_for_update().get(pk=circle.pk)
    if held.ended_on is not None:
        raise Refused(_("This circle has ended. What you told before is saved."), status=409)
    return held


def tell_the_screens(circle: Circle) -> None:
    """Let the screens of the meeting that is going on fetch what is new."""
    Meeting.objects.filter(circle=circle, opened_at__isnull=False, closed_at=None).update(
        version=F("version") + 1
    )
