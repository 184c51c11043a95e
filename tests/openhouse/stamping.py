"""The stamp card as the tests play it: halls, tables with a place, and phones that scan their codes."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from brobygget.associations.models import Association
from brobygget.openhouse.commands import door, events, inviting
from brobygget.openhouse.models import (
    Answer,
    FloorPlan,
    Hall,
    Invitation,
    OpenHouse,
    Place,
    Position,
    StampSums,
    Stand,
)
from brobygget.openhouse.queries import door as doors
from brobygget.openhouse.queries.stamps import table_secret
from brobygget.openhouse.views.stamp_desk import CARDS
from brobygget.web import clock as real_clock
from tests.conftest import NOW, TODAY
from tests.openhouse.conftest import DAY, swedish

NOON = swedish(DAY, 12)
HALLS = (("Sal A", 22), ("Sal B", 12), ("Korridoren", 6))  # as the story has them
Tables = list[Invitation]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """The real clock shows this from now on; at first it is noon of the day."""
    shown = [NOON]
    monkeypatch.setattr(real_clock, "read", lambda: shown[0])

    def set_to(moment: datetime) -> None:
        shown[0] = moment

    return set_to


@pytest.fixture
def public_day(the_day: OpenHouse) -> OpenHouse:
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    return OpenHouse.objects.select_related("house").get(pk=the_day.pk)


@pytest.fixture
def tables(public_day: OpenHouse) -> Tables:
    """Forty tables in three halls, each with an association of its own, told to everybody."""
    return forty_tables(public_day)


def forty_tables(openhouse: OpenHouse, halls: tuple[tuple[str, int], ...] = HALLS) -> Tables:
    """Each with a place and a stand."""
    FloorPlan.objects.create(openhouse=openhouse, told_at=NOW)
    positions: list[Position] = []
    for step, (name, number) in enumerate(halls):
        hall = Hall.objects.create(openhouse=openhouse, name=name, wide=200, deep=300, walk=100 * step)
        positions += [
            Position(
                openhouse=openhouse,
                hall=hall,
                number=len(positions) + each + 1,
                x=20 + 40 * (each % 4),
                y=40 + 40 * (each // 4),
                wide=18,
                deep=8,
            )
            for each in range(number)
        ]
    Position.objects.bulk_create(positions)
    coming = those_who_come(openhouse, [f"Förening {one.number}" for one in positions])
    Stand.objects.bulk_create(
        Stand(invitation=one, position=position) for one, position in zip(coming, positions, strict=True)
    )
    return coming


def those_who_come(openhouse: OpenHouse, names: list[str]) -> Tables:
    """Associations that have a place, in the order of their names here."""
    made = Association.objects.bulk_create(
        Association(house=openhouse.house, name=name, reach="letter", created_on=TODAY, changed_at=NOW)
        for name in names
    )
    inviting.invite_associations(openhouse, made, on=TODAY)
    found = Invitation.objects.select_related("openhouse__house", "association").filter(association__in=made)
    coming = sorted(found, key=lambda one: one.association_id)
    facts = {"said": "yes", "said_at": NOW, "wants_since": NOW, "channel": "link", "changed_at": NOW}
    Answer.objects.bulk_create(Answer(invitation=one, hands="Prova", **facts) for one in coming)
    first = Place.objects.filter(openhouse=openhouse).count()
    Place.objects.bulk_create(
        Place(openhouse=openhouse, invitation=one, position=position, wants_since=NOW, given_at=NOW)
        for position, one in enumerate(coming, start=first)
    )
    return coming


def with_a_table(openhouse: OpenHouse, name: str) -> Invitation:
    """One more that comes."""
    return those_who_come(openhouse, [name])[0]


def key() -> str:
    return str(uuid.uuid4())


class Phone:
    """A visitor's phone. It loads a table's page, presses, and keeps what has no network."""

    def __init__(self, openhouse: OpenHouse) -> None:
        self.client, self.openhouse = Client(), openhouse
        self.waiting: list[tuple[str, dict[str, str], datetime]] = []

    def address(self, name: str, *more: Any) -> str:
        return reverse(f"openhouse:{name}", args=[self.openhouse.pk, *more])

    def scan(self, table: Invitation) -> HttpResponse:
        return self.client.get(self.address("at_table", table_secret(table)))

    def stamp(self, table: Invitation, **more: Any) -> HttpResponse:
        return self.client.post(self.address("stamp", table_secret(table)), {"key": key()}, **more)

    def keep(self, table: Invitation, at: datetime) -> None:
        self.waiting.append((self.address("stamp", table_secret(table)), {"key": key()}, at))

    def send_what_waits(self, now: datetime) -> list[int]:
        answers = []
        for address, fields, pressed in self.waiting:
            ago = str(int((now - pressed).total_seconds()))
            headers = {"X-Outbox": "1", "X-Pressed-Ago": ago}
            answers.append(self.client.post(address, fields, headers=headers).status_code)
        self.waiting.clear()
        return answers

    def hand_in(self, **fields: str) -> HttpResponse:
        return self.client.post(self.address("card_handing_in"), {"key": key(), "met": "1", **fields})

    def card(self) -> str:
        return self.client.get(self.address("stamp_card")).content.decode()


def desk_of(openhouse: OpenHouse, name: str = "paper_cards_in") -> str:
    """The address of those who take paper cards."""
    watched = door.watch_door(openhouse, room="Hela huset")
    return reverse(f"openhouse:{name}", args=[openhouse.pk, doors.token_of(watched, CARDS)])


def sums(openhouse: OpenHouse) -> tuple[int, int, int, int]:
    """Cards on phones and on paper, those handed in, and their stamps."""
    found = StampSums.objects.get(openhouse=openhouse)
    return (found.by_code, found.on_paper, found.handed_in, found.stamps)
