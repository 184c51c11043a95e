"""Everybody of the cast and what they gather around: built once for a file of tests, and as it was for each of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

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

Way = tuple[str, dict[str, Any]]
CHANGES = re.compile(
    r'(INSERT (OR \w+ )?INTO|REPLACE INTO|UPDATE|DELETE FROM) (?!"?django_session)', re.IGNORECASE
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
    again = copy(town)
    for name, value in vars(town).items():
        if isinstance(value, Model):
            setattr(again, name, type(value).objects.get(pk=value.pk))  # type: ignore[attr-defined]
    again.associations, again.planted, again.clients = dict(town.associations), list(town.planted), {}
    for who, client in town.clients.items():
        again.clients[who] = Client()
        again.clients[who].cookies.update(client.cookies)
    return again


class Stages:
    """One stage at a time: set once for all the doors that stand on it, and taken away before the next.

    The words that are looked for lie in a layer of their own on top: some ways are found by what was written first.
    """

    def __init__(self, town: Cast) -> None:
        self.town, self.prepared, self.planted = town, town, town
        self.prepare: Callable[[Cast], None] | None = None
        self.ways: dict[doors.Door, Way] = {}
        self.layers: list[transaction.Atomic] = []  # the stage, and the words on it

    def set_for(self, door: doors.Door, others: Iterable[doors.Door]) -> tuple[Cast, Way | None]:
        """Everybody on the door's stage, each text with a word of its own, and the way to the door.

        Where asking for the way writes something, there is no way and there are no words yet: the test asks for both.
        """
        if not self.layers or door.prepare is not self.prepare:
            self.take_away()
            self._set(door.prepare, [one for one in others if one.prepare is door.prepare])
        way = self.ways.get(door)
        if way is None:
            self.take_away(down_to=1)
            return as_it_was(self.prepared), None
        if len(self.layers) == 1:
            self._lay()
            self.planted = as_it_was(self.prepared)
            self.planted.planted = self.planted.plant()
        return as_it_was(self.planted), way

    def _set(self, prepare: Callable[[Cast], None], those: list[doors.Door]) -> None:
        self._lay()
        self.prepare, self.prepared = prepare, as_it_was(self.town)
        prepare(self.prepared)
        again = as_it_was(self.prepared)
        ways = {one: _way(one, again) for one in those}
        self.ways = {one: way for one, way in ways.items() if way is not None}

    def _lay(self) -> None:
        self.layers.append(transaction.atomic())
        self.layers[-1].__enter__()

    def take_away(self, *, down_to: int = 0) -> None:
        """The town as it was before; to be called between two tests, never in one."""
        while len(self.layers) > down_to:
            transaction.set_rollback(True)
            self.layers.pop().__exit__(None, None, None)


def _way(door: doors.Door, cast: Cast) -> Way | None:
    """Address and fields, where asking for them changes nothing."""
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        found = way_to(door, cast)
        transaction.set_rollback(True)
    return None if changes(asked) else found


def way_to(door: doors.Door, cast: Cast) -> Way:
    """Address and fields of a door whose stage is set."""
    return reverse(door.name, args=door.args(cast)), door.fields(cast)


def changes(asked: Iterable[dict[str, str]]) -> list[str]:
    """The statements that write; a session is no word of anybody's."""
    return [one["sql"] for one in asked if CHANGES.match(one["sql"])]
