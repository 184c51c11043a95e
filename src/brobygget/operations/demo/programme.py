"""Chapter G: ten times to try with 120 seats of which 97 are booked, four on the stage, five language hosts."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from brobygget.openhouse.commands import booking, language_hosts, programme
from brobygget.openhouse.commands.language_hosts import HostFacts
from brobygget.openhouse.commands.programme import SlotFacts
from brobygget.openhouse.commands.tasks import Owner
from brobygget.openhouse.models import OpenHouse, Slot
from brobygget.openhouse.plans.programme_conflicts import clock_of
from brobygget.openhouse.queries.booking_doors import browser_digest
from brobygget.openhouse.queries.language_hosts import grid_of
from brobygget.openhouse.queries.places import have_places
from brobygget.operations.demo.loading import TOWN, Town

FILE = Path(__file__).with_name("programme.toml")
ON_PAPER = 5  # of the bookings every fifth is the reception's
FACTS = (
    "title", "starts", "ends", "place", "is_loud", "needs_floor", "languages", "bring", "changing", "minimum_age",
    "maximum_age",
)  # fmt: skip


def told() -> dict[str, Any]:
    """The file, as it is written."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def lay_programme(town: Town, openhouse: OpenHouse, *, until: datetime) -> None:
    """Everything about the programme that has happened before a moment."""
    facts = told()
    if facts["planned_at"].replace(tzinfo=TOWN) >= until:
        return
    coming = {one.association.name: one for one in have_places(openhouse)}
    halls = {one.name: one for one in openhouse.halls.all()}
    slots = []
    for row in facts["try"]:
        holder = coming[row["association"]]
        more = {name: row[name] for name in FACTS if name in row}
        made = SlotFacts(
            kind=Slot.Kind.TRY,
            invitation=holder,
            hall=halls[row["hall"]],
            capacity=facts["seats"],
            **{"title": holder.answer.hands, **more},
        )
        slots.append((programme.add_slot(openhouse, facts=made), row["booked"]))
    for row in facts["stage"]:
        one = coming[row["association"]] if "association" in row else None
        more = {name: row[name] for name in FACTS if name in row}
        stage = SlotFacts(
            kind=Slot.Kind.STAGE, invitation=one, hall=halls["Hall A"], **{"place": "Scenen", **more}
        )
        programme.add_slot(openhouse, facts=stage)
    _welcome(town, openhouse, facts["hosts"])
    _book(slots, seed=facts["seed"], at=facts["booked_from"].replace(tzinfo=TOWN))


def _welcome(town: Town, openhouse: OpenHouse, rows: list[dict[str, Any]]) -> None:
    """Five hosts, and the program's own proposal kept as it is."""
    for row in rows:
        alias = row.get("participant")
        who = Owner(participant=town.members[alias].participant) if alias else None
        names = ("languages", "alias", "comes", "goes")
        facts = HostFacts(who=who, **{name: row[name] for name in names if name in row})
        language_hosts.add_host(openhouse, facts=facts)
    shown = grid_of(openhouse)
    proposal = shown.proposal()
    language_hosts.keep_grid(
        openhouse,
        hosts=list(proposal.grid),
        marked=[
            (host, clock_of(shown.starts[each])) for host, works in proposal.grid.items() for each in works
        ],
    )


def _book(slots: list[tuple[Slot, int]], *, seed: int, at: datetime) -> None:
    """Ones to fours, each on a phone of its own or on a slip of the reception."""
    rng = random.Random(seed)  # noqa: S311 -- a story, no secret
    number = 0
    for slot, booked in slots:
        for seats in _split(booked, rng):
            number += 1
            phone = "" if number % ON_PAPER == 0 else browser_digest(f"demo-visitor-{number}")
            booking.book_seats(slot, seats=seats, phone=phone, at=at)


def _split(booked: int, rng: random.Random) -> Iterator[int]:
    while booked:
        seats = min(rng.choice((1, 2, 3, 4, 4)), booked)
        booked -= seats
        yield seats
