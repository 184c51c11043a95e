"""The programme on the public page, in its calendar file, and on an association's own page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from brobygget.openhouse.models import Invitation, OpenHouse, Slot
from brobygget.openhouse.queries import programme as queries
from brobygget.openhouse.queries.language_hosts import spoken_by_hour
from brobygget.openhouse.queries.public import shown_of
from brobygget.openhouse.views import programme_words as words
from brobygget.people.request import HouseRequest


def programme_section(openhouse: OpenHouse, named: set[int], *, at: datetime) -> dict[str, Any]:
    """Slots in the order of the clock with their free seats, and the languages hour by hour; never who."""
    slots = queries.shown_slots(openhouse, named=named)
    return {
        "slots": [words.shown(one, has_begun=at >= one.starts_at) for one in slots],
        "spoken": [words.spoken(one) for one in spoken_by_hour(openhouse)],
    }


def slots_for_calendar(request: HouseRequest, openhouse: OpenHouse) -> list[tuple[Slot, str]]:
    """The same slots with the address of each."""
    today = timezone.localdate(request.now)
    slots = queries.shown_slots(openhouse, named={one.pk for one in shown_of(openhouse, on=today)})
    return [
        (one, request.build_absolute_uri(reverse("openhouse:seats", args=[openhouse.pk, one.pk])))
        for one in slots
    ]


def own_slots(invitation: Invitation, *, at: datetime) -> list[dict[str, Any]]:
    """An association's own slots with how many are booked, and nothing else about anybody."""
    return [
        {
            "shown": words.shown(one, has_begun=at >= one.starts_at),
            "booked": queries.booked_of(one),
        }
        for one in queries.of_association(invitation)
    ]
