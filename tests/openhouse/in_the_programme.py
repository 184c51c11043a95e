"""A day with a programme, as the tests of its pages play it."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.test import Client
from django.urls import reverse

from brobygget.openhouse.commands import programme
from brobygget.openhouse.commands.programme import SlotFacts
from brobygget.openhouse.models import OpenHouse, Slot

FORM = {
    "kind": "try",
    "title": "Prova trumma",
    "association": "",
    "hall": "",
    "place": "Bord 3",
    "starts": "12:00",
    "ends": "12:30",
    "capacity": "12",
    "bring": "Ingenting",
    "changing": "none",
    "minimum_age": "7",
}


def at(name: str, openhouse: OpenHouse, *more: Any) -> str:
    return reverse(f"openhouse:{name}", args=[openhouse.pk, *more])


def slot(
    openhouse: OpenHouse, title: str, starts: time = time(12), ends: time = time(12, 30), **facts: Any
) -> Slot:
    kind = facts.pop("kind", "try")
    facts.setdefault("capacity", 12 if kind == "try" else 0)
    facts.setdefault("place", f"Där {title} är")
    made = SlotFacts(kind=kind, title=title, starts=starts, ends=ends, **facts)
    return programme.add_slot(openhouse, facts=made)


def phone(openhouse: OpenHouse, seen: Slot, language: str = "en") -> Client:
    """A visitor's phone that has looked at a slot, and so has a number of its own."""
    client = Client()
    client.cookies["language"] = language
    assert client.get(at("seats", openhouse, seen.pk)).status_code == 200
    return client
