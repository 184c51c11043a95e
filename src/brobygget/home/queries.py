"""What is agreed and what is next, on one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from brobygget.circles.models import Circle, Meeting
from brobygget.house.models import House
from brobygget.ideas.models import Fate, Proposal
from brobygget.people.models import Account, Role


@dataclass(frozen=True)
class CircleNow:
    """A circle and when it meets next; where, is told to those who may lead it."""

    circle: Circle
    meeting: Meeting | None
    may_lead: bool


def circles_now(house: House, *, reader: Account) -> list[CircleNow]:
    """The circles that go on, with their next or open meeting; two queries, however many circles."""
    circles = list(Circle.objects.filter(house=house, ended_on=None).order_by("pk"))
    following: dict[int, Meeting] = {}
    for meeting in Meeting.objects.filter(circle__in=circles, closed_at=None).order_by("-starts_at"):
        following[meeting.circle_id] = meeting
    roles = house.roles_of_reader
    leads_all, leads_own = Role.Kind.COORDINATOR in roles, Role.Kind.LEADER in roles
    return [
        CircleNow(
            circle,
            following.get(circle.pk),
            may_lead=leads_all or (leads_own and circle.leader_id == reader.pk),
        )
        for circle in circles
    ]


def proposals_without_fate(house: House) -> int:
    """How many proposals nobody has answered yet."""
    fates = Fate.objects.filter(proposal=OuterRef("pk"))
    return Proposal.objects.filter(circle__house=house).filter(~Exists(fates)).count()


def proposals_being_tried(house: House) -> list[Proposal]:
    """What the house has agreed to try."""
    return list(
        Proposal.objects.filter(circle__house=house, fates__kind=Fate.Kind.TRIED).distinct().order_by("pk")
    )


def parked_to_look_at(house: House, *, until: date) -> int:
    """How many parked proposals should be looked at again by a day."""
    due = Proposal.objects.filter(
        circle__house=house, fates__kind=Fate.Kind.PARKED, fates__look_again_on__lte=until
    )
    return due.distinct().count()


def roles_of(house: House, *, on: date) -> list[Role]:
    """Who does what in the house on a day."""
    current = Q(until=None) | Q(until__gte=on)
    return list(
        house.roles.filter(current, since__lte=on)
        .select_related("account")
        .order_by("account__called", "kind")
    )
