"""What a programme can say: its words are public when the day is, hosts are known to those who plan, visitors to nobody."""

from __future__ import annotations

import uuid
from datetime import time
from typing import Any

from brobygget.circles.models import Circle
from brobygget.openhouse.models import Booking, LanguageHost, OpenHouse, Slot
from brobygget.openhouse.queries.booking_doors import code_digest
from tests.agreements.doors import BIRGIT, FRANS, MARIT

WORDS = {f"openhouse.Slot.{name}" for name in ("title", "place", "bring")}
PUBLIC: set[str] = WORDS
HIDDEN = {f"{column} (not public)" for column in WORDS}
BY_LINK: dict[str, set[str]] = {}
PLANS = frozenset({BIRGIT, MARIT, FRANS})
READERS = {**dict.fromkeys(HIDDEN, PLANS), "openhouse.LanguageHost.alias": PLANS}
NO_WORDS = {
    "openhouse.Slot.changing": "a choice",
    "openhouse.Booking.seed": "a key",
}


def whose(row: Any) -> tuple[Any, str] | None:
    """A slot is the house's where everybody may read of the day, else the circle's that shapes it; so is a host."""
    if isinstance(row, LanguageHost):
        return row.openhouse.circle, ""
    if not isinstance(row, Slot):
        return None
    day = row.openhouse
    return (day.house, "") if day.published_on else (day.circle, "not public")


def fill_up(circle: Circle) -> None:
    """At each day that has none a slot with a booking, and a host."""
    for day in OpenHouse.objects.filter(circle=circle, slots=None):
        slot = Slot.objects.create(
            openhouse=day,
            kind="try",
            title="x",
            place="x",
            bring="x",
            starts=time(12),
            ends=time(13),
            capacity=5,
        )
        seed = str(uuid.uuid4())
        Booking.objects.create(
            slot=slot, seats=1, seed=seed, code_digest=code_digest(seed), starts_at=slot.starts_at, version=1
        )
    for slot in Slot.objects.filter(openhouse__circle=circle, bring=""):
        slot.bring = "x"
        slot.save(update_fields=["bring"])
    for day in OpenHouse.objects.filter(circle=circle, language_hosts=None):
        LanguageHost.objects.create(openhouse=day, alias="x", languages=",ar,")
