"""A circle that has ended is kept for half a year, and then forgotten with everybody who was only there."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from brobygget.circles.models import Circle
from brobygget.people import commands as people
from brobygget.people.models import Participant

KEPT_DAYS = 180


@transaction.atomic
def forget_ended_circles(*, house_id: int, on: date) -> None:
    """Remove circles that ended more than half a year ago, and the participants who sit in no other."""
    gone = Circle.objects.filter(house_id=house_id, ended_on__lt=on - timedelta(days=KEPT_DAYS))
    for circle in gone:
        sat_here = list(Participant.objects.filter(memberships__circle=circle))
        circle.delete()
        for participant in sat_here:
            if not participant.memberships.exists():
                people.forget_participant(participant)
