"""Starting a circle, and the address of its wall."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from brobygget.circles import rules
from brobygget.circles.models import Circle, Membership
from brobygget.house.models import House
from brobygget.people.models import Account, Participant


@transaction.atomic
def start_circle(
    *,
    house: House,
    name: str,
    leader: Account,
    language: str = "sv",
    study_association: str = "",
    leader_as: Participant | None = None,
    on: date,
) -> Circle:
    """A new circle; the leader sits in it like everybody else, in the first seat, when we know their alias."""
    circle = Circle(
        house=house,
        name=name,
        leader=leader,
        language=language,
        study_association=study_association,
        started_on=on,
    )
    if not rules.may_lead(leader, circle, on=on):
        raise PermissionDenied
    circle.save()
    if leader_as is not None:
        Membership.objects.create(
            circle=circle, participant=leader_as, is_organiser=True, seat=1, joined_on=on
        )
    return circle


def change_circle(circle: Circle, *, name: str, language: str, study_association: str) -> Circle:
    """Another name, another language, another study association."""
    circle.name, circle.language, circle.study_association = name, language, study_association
    circle.save(update_fields=["name", "language", "study_association"])
    return circle


def change_wall_address(circle: Circle) -> Circle:
    """Close the wall's old address, for good, and give it a new one."""
    Circle.objects.filter(pk=circle.pk).update(wall_generation=F("wall_generation") + 1)
    circle.refresh_from_db(fields=["wall_generation"])
    return circle
