"""Who may do what in a circle."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from brobygget.circles.models import Circle
from brobygget.people.models import Account, Role

LEADS = ("leader", "coordinator")


def may_lead(account: Account, circle: Circle, *, on: date) -> bool:
    """The circle's own leader, while the house has them as leader, and the house's coordinators."""
    kinds = set(
        Role.objects.filter(account=account, house_id=circle.house_id, since__lte=on)
        .filter(Q(until=None) | Q(until__gte=on))
        .values_list("kind", flat=True)
    )
    return Role.Kind.COORDINATOR in kinds or (Role.Kind.LEADER in kinds and circle.leader_id == account.pk)
