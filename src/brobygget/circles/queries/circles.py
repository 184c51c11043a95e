"""Questions about circles and their members."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from django.db.models import Count, DateTimeField, Min, OuterRef, Q, QuerySet, Subquery

from brobygget.circles.models import Circle, Meeting, Membership
from brobygget.house.models import House
from brobygget.people.models import Account, Participant, Role
from brobygget.people.tokens import derived_token

WALL = "wall"


def circles_led_by(account: Account, house: House) -> QuerySet[Circle]:
    """The circles that somebody may lead in the house they work in: their own, or all for a coordinator."""
    circles = Circle.objects.filter(house=house).select_related("house", "leader")
    return circles if Role.Kind.COORDINATOR in house.roles_of_reader else circles.filter(leader=account)


def circles_for_list(account: Account, house: House) -> QuerySet[Circle]:
    """Circles with what a list tells of each: how many people and meetings, and when the next one is."""
    upcoming = Meeting.objects.filter(circle=OuterRef("pk"), closed_at=None).order_by("starts_at")
    return (
        circles_led_by(account, house)
        .annotate(
            people=Count("memberships", distinct=True),
            held=Count("meetings", filter=Q(meetings__closed_at__isnull=False), distinct=True),
            next_at=Subquery(upcoming.values("starts_at")[:1], output_field=DateTimeField()),
            open_since=Min("meetings__opened_at", filter=Q(meetings__closed_at=None)),
        )
        .order_by("ended_on", "next_at", "pk")
    )


def members_of(circle: Circle) -> list[Membership]:
    """Everybody in the circle, as they sit."""
    return list(circle.memberships.select_related("participant").order_by("seat"))


def memberships_of(participant: Participant) -> QuerySet[Membership]:
    """The circles that a participant is in, those that go on first."""
    return participant.memberships.select_related("circle__house").order_by("circle__ended_on", "-pk")


def languages_in(circle: Circle, members: Sequence[Membership]) -> list[str]:
    """The circle's own language, then every other one that somebody in it reads, in the house's order."""
    spoken = {who.participant.language for who in members}
    others = [code for code in circle.house.language_codes if code in spoken and code != circle.language]
    return [circle.language, *others]


def wall_token(circle: Circle) -> str:
    """The secret in the address of this circle's wall. It lies in no table, and a new generation closes it."""
    return derived_token(WALL, f"{circle.pk}:{circle.wall_generation}")


def is_wall_token(pk: int, generation: int, token: str) -> bool:
    """Whether this is the secret of that circle's wall, in the same time for every wrong one."""
    right = derived_token(WALL, f"{pk}:{generation}")
    return hmac.compare_digest(right.encode(), token.encode("utf-8", "replace"))


def circle_of_wall(pk: int, token: str) -> Circle | None:
    """The circle that a wall may show, or None for any other address."""
    circle = Circle.objects.select_related("house").filter(pk=pk).first()
    if circle is None or not is_wall_token(pk, circle.wall_generation, token):
        return None
    return circle


def meetings_for_list(circle: Circle) -> list[Meeting]:
    """All evenings of a circle, the latest first, with how many came."""
    return list(circle.meetings.annotate(came=Count("attendances")).order_by("-number"))
