"""Associations that stand at the open house, and visitors' phones that raise hands, as the tests of these pages play them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from brobygget.associations.models import Association
from brobygget.openhouse.commands import inviting
from brobygget.openhouse.models import Answer, Handover, Invitation, OpenHouse, Place, Visitor
from brobygget.openhouse.queries import hands as queries
from brobygget.web.moments import SWEDEN
from tests.conftest import NOW, TODAY

NOON = datetime(2027, 4, 24, 12, tzinfo=SWEDEN)  # of the day
ABOUT = {"way": "reception", "spoken": "ti"}
STAND = {"how": "stand", **ABOUT}
PAPER = {"how": "paper", **ABOUT}


def stand_at(openhouse: OpenHouse, *names: str, given_at: datetime = NOW) -> list[Invitation]:
    """Associations that have said yes and have a place."""
    made = [
        Association.objects.create(
            house=openhouse.house, name=name, reach="letter", created_on=TODAY, changed_at=NOW
        )
        for name in names
    ]
    inviting.invite_associations(openhouse, made, on=TODAY)
    found = list(
        Invitation.objects.select_related("openhouse__house", "association").filter(association__in=made)
    )
    first = openhouse.in_order.count()
    for number, one in enumerate(found, start=first + 1):
        Answer.objects.create(
            invitation=one,
            said="yes",
            said_at=NOW,
            wants_since=NOW,
            channel="link",
            changed_at=NOW,
            hands="x",
        )
        Place.objects.create(
            openhouse=openhouse, invitation=one, position=number, wants_since=NOW, given_at=given_at
        )
    return found


def new_key() -> str:
    return str(uuid.uuid4())


def want_at(one: Invitation) -> str:
    return reverse("openhouse:want", args=[one.openhouse_id, one.pk])


def at(name: str, one: Invitation, *more: Any) -> str:
    return reverse(f"openhouse:{name}", args=[one.openhouse_id, *more])


def phone(language: str = "en") -> Client:
    client = Client()
    client.cookies["language"] = language
    return client


def raises(client: Client, one: Invitation, **facts: Any) -> HttpResponse:
    """A phone presses, with a key from the moment of pressing."""
    headers = facts.pop("headers", {})
    return client.post(want_at(one), {"key": new_key(), **ABOUT, **facts}, headers=headers)


def visitor_of(one: OpenHouse) -> Visitor:
    return Visitor.objects.get(openhouse=one)


def code_of(hand: Handover) -> str:
    return queries.code_of(hand.visitor.seed)
