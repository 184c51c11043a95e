"""Everybody of the cast and what they gather around: built once for a file of tests, and as it was for each of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.test import Client

from brobygget.associations.commands.links import close_doors, give_doors
from brobygget.associations.models import Association
from brobygget.associations.request import COOKIE as OWN_COOKIE
from brobygget.circles.models import Circle, Meeting, Membership
from brobygget.house.models import House
from brobygget.people import commands as people
from brobygget.people.models import Account, Role
from tests.agreements import canaries, doors
from tests.agreements.canaries import Canary
from tests.cast import (
    NOW,
    TODAY,
    gather,
    open_brohuset,
    open_first_evening,
    open_granhuset,
    phone_of,
    screen_of,
    seat,
    sign_up,
)


@dataclass
class Cast:
    """Everybody and what they gather around."""

    house: House
    circle: Circle
    other_circle: Circle
    meeting: Meeting
    amina: Membership
    chidi: Membership
    birgit: Account
    marit: Account
    elsa: Account
    doris: Account
    frans: Account
    petra: Account
    theirs: Circle  # in the other house
    associations: dict[str, int] = field(default_factory=dict)  # who has come in with the link of which
    clients: dict[str, Client] = field(default_factory=dict)
    planted: list[Canary] = field(default_factory=list)  # the words in what was there before the door was set

    @property
    def circles(self) -> tuple[Circle, ...]:
        """Ours, the other one in the house, and the other house's."""
        return self.circle, self.other_circle, self.theirs

    def plant(self) -> list[Canary]:
        """Every text says something, and each has a word of its own."""
        for circle in self.circles:
            canaries.fill_up(circle)
        return canaries.plant(self.planted)


def raise_town() -> Cast:
    """The cast, with the words of three circles round them."""
    house, theirs = open_brohuset(), open_granhuset()
    birgit = sign_up("Birgit", house, Role.Kind.LEADER)
    marit = sign_up("Marit", house, Role.Kind.COORDINATOR)
    elsa = sign_up("Elsa", house, Role.Kind.RECEPTION)
    doris = sign_up("Doris", None)
    frans = sign_up("Frans", theirs, Role.Kind.LEADER, Role.Kind.COORDINATOR)
    petra = sign_up("Petra", house, Role.Kind.ASSOCIATIONS)
    circle, other_circle = gather(house, "Brobyggarcirkeln", birgit), gather(house, "Fredagscirkeln", marit)
    meeting = open_first_evening(circle)
    amina, chidi = seat(circle, "Amina", "ar"), seat(other_circle, "Chidi", "en")
    grannarna = gather(theirs, "Grannarna", frans)
    cast = Cast(
        house,
        circle,
        other_circle,
        meeting,
        amina,
        chidi,
        birgit,
        marit,
        elsa,
        doris,
        frans,
        petra,
        grannarna,
    )
    cast.clients[doors.REVOKED] = phone_of(amina)
    people.revoke_links(amina.participant, at=NOW)
    cast.clients |= {doors.STRANGER: Client(), doors.AMINA: phone_of(amina), doors.CHIDI: phone_of(chidi)}
    for account in (birgit, marit, elsa, doris, frans, petra):
        cast.clients[account.called.lower()] = screen_of(account)
    for who, name in (
        (doors.BENGT, "Bengts förening"),
        (doors.OTHER_ASSOCIATION, "Den andra"),
        (doors.CLOSED_LINK, "Den stängda"),
    ):
        association = Association.objects.create(house=house, name=name, created_on=TODAY, changed_at=NOW)
        cast.clients[who] = Client()
        cast.clients[who].cookies[OWN_COOKIE] = (
            f"association-link:{give_doors([association], on=TODAY)[0].token}"
        )
        cast.associations[who] = association.pk
    del cast.associations[doors.CLOSED_LINK]
    close_doors(association, at=NOW)
    return cast


def as_it_was(town: Cast) -> Cast:
    """The town for one more test: its rows read anew, and phones and screens as they were."""
    again: dict[str, Any] = {
        name: type(value).objects.get(pk=value.pk)  # type: ignore[attr-defined]
        for name, value in vars(town).items()
        if isinstance(value, Model)
    }
    clients = {}
    for who, client in town.clients.items():
        clients[who] = Client()
        clients[who].cookies.update(client.cookies)
    return Cast(**again, associations=dict(town.associations), clients=clients, planted=list(town.planted))
