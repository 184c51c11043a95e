"""Who is in the tests' town; `tests/conftest.py` tells who they are and gives each to a test by name."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.test import Client

from brobygget.circles.models import Circle, Meeting, Membership
from brobygget.house.models import House
from brobygget.people import commands as people
from brobygget.people.models import Account, Participant, PersonalLink, Role
from brobygget.people.request import COOKIE

NOW = datetime(2027, 1, 22, 12, 0, tzinfo=UTC)  # 13.00 in Älvnäs, a Friday
TODAY = NOW.date()
OPENED = date(2026, 12, 4)


def open_brohuset() -> House:
    return House.objects.create(name="Brohuset", town="Älvnäs", opened_on=OPENED)


def open_granhuset() -> House:
    return House.objects.create(name="Granhuset", town="Granby", opened_on=OPENED)


def sign_up(name: str, house: House | None, *kinds: Role.Kind) -> Account:
    """An account with its roles in a house."""
    account = people.open_account(email=f"{name.lower()}@alvnas.example", called=name, on=OPENED)
    for kind in kinds:
        assert house is not None
        people.give_role(account=account, house_id=house.pk, kind=kind, on=OPENED)
    return account


def gather(house: House, name: str, leader: Account) -> Circle:
    return Circle.objects.create(house=house, name=name, leader=leader, started_on=TODAY)


def open_first_evening(circle: Circle) -> Meeting:
    """Open, and without steps."""
    return Meeting.objects.create(
        circle=circle, number=1, starts_at=NOW, place="Brohuset, rum 2", opened_at=NOW, planned_minutes=135
    )


def seat(circle: Circle, alias: str, language: str = "sv", *, organiser: bool = False) -> Membership:
    """One more member."""
    person = Participant.objects.create(
        house=circle.house, alias=alias, language=language, years_here="<1", joined_on=TODAY
    )
    number = circle.memberships.count() + 1
    return Membership.objects.create(
        circle=circle, participant=person, seat=number, joined_on=TODAY, is_organiser=organiser
    )


def phone_of(who: Membership | Participant) -> Client:
    """A participant's phone."""
    person = who.participant if isinstance(who, Membership) else who
    client = Client()
    client.cookies[COOKIE] = people.give_link(person, purpose=PersonalLink.Purpose.DEVICE, on=TODAY)
    return client


def screen_of(account: Account) -> Client:
    """A screen where somebody has signed in."""
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
