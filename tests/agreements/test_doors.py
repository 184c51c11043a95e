"""Every address, every role: open to those it is for, and for everybody else there is no such page."""

from __future__ import annotations

import importlib
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from brobygget.associations.commands.links import close_doors, give_doors
from brobygget.associations.models import Association
from brobygget.associations.request import COOKIE as OWN_COOKIE
from brobygget.circles.models import Circle, Meeting, Membership
from brobygget.house.models import House
from brobygget.people import commands as people
from brobygget.people.models import Account
from brobygget.people.request import COOKIE
from tests.agreements import doors
from tests.agreements.doors import Door
from tests.conftest import NOW, TODAY

SOMEBODY_ELSES = {"account", "mfa", ""}  # the sign-in pages are allauth's own, with its own tests


def _rows() -> list[Door]:
    rows: list[Door] = []
    for file in sorted(Path(__file__).parent.glob("doors_*.py")):
        rows += importlib.import_module(f"tests.agreements.{file.stem}").DOORS
    return rows


ROWS = _rows()


def _names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern) and namespace:
            yield f"{namespace}:{pattern.name}"


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
    clients: dict[str, Client] = field(default_factory=dict)


@pytest.fixture
def cast(
    house: House,
    circle: Circle,
    other_circle: Circle,
    meeting: Meeting,
    amina: Membership,
    chidi: Membership,
    birgit: Account,
    marit: Account,
    elsa: Account,
    doris: Account,
    frans: Account,
    petra: Account,
    client_of: Callable[..., Client],
    client_of_account: Callable[..., Client],
) -> Cast:
    made = Cast(house, circle, other_circle, meeting, amina, chidi, birgit, marit, elsa, doris, frans, petra)
    made.clients[doors.REVOKED] = client_of(amina)
    people.revoke_links(amina.participant, at=NOW)
    made.clients |= {doors.STRANGER: Client(), doors.AMINA: client_of(amina), doors.CHIDI: client_of(chidi)}
    for account in (birgit, marit, elsa, doris, frans, petra):
        made.clients[account.called.lower()] = client_of_account(account)
    for who, name in (
        (doors.BENGT, "Bengts förening"),
        (doors.OTHER_ASSOCIATION, "Den andra"),
        (doors.CLOSED_LINK, "Den stängda"),
    ):
        association = Association.objects.create(house=house, name=name, created_on=TODAY, changed_at=NOW)
        made.clients[who] = Client()
        made.clients[who].cookies[OWN_COOKIE] = (
            f"association-link:{give_doors([association], on=TODAY)[0].token}"
        )
    close_doors(association, at=NOW)
    return made


def test_every_address_has_a_row() -> None:
    known = {door.name for door in ROWS}
    missing = [
        name
        for name in _names(get_resolver())
        if name not in known and name.split(":")[0] not in SOMEBODY_ELSES
    ]
    assert missing == []


@pytest.mark.parametrize("door", ROWS, ids=[f"{door.method} {door.name}" for door in ROWS])
def test_a_door_is_open_to_those_it_is_for_and_to_nobody_else(door: Door, cast: Cast) -> None:
    door.prepare(cast)
    url = reverse(door.name, args=door.args(cast))
    # Those who must be refused go first, so that nothing which a right person does can open a door for them.
    order = sorted(doors.EVERYBODY, key=lambda who: (who in door.open_to, who))
    wrong: dict[str, Any] = {}
    for who in order:
        client = cast.clients[who]
        if door.method == "POST":
            status = client.post(url, {"key": str(uuid.uuid4()), **door.fields(cast)}).status_code
        else:
            status = client.get(url).status_code
        if who in door.open_to:
            is_right = status < 400 or status in {409, 422}
        elif door.is_for_hosts and who in doors.NOT_SIGNED_IN:
            is_right = status == 302
        else:
            is_right = status == 404
        if not is_right:
            wrong[who] = status
    assert wrong == {}


def test_a_phone_that_was_closed_is_a_stranger_everywhere(cast: Cast) -> None:
    assert cast.clients[doors.REVOKED].cookies[COOKIE].value
    assert cast.clients[doors.REVOKED].get(reverse("people:me")).status_code == 404
