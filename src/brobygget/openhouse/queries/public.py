"""What everybody may read about an open house: no participant, and of the associations only those that come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brobygget.associations.rules import may_be_shown
from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.queries.places import have_places


@dataclass(frozen=True)
class Coming:
    """An association that has a place, and what one can try with it."""

    pk: int
    name: str
    language: str
    hands: str


def coming_to(openhouse: OpenHouse, *, on: date) -> list[Coming]:
    """The programme so far. An association that is hidden in the register is not named here either: one query."""
    return [
        Coming(one.association_id, one.association.name, one.association.language, one.answer.hands)
        for one in have_places(openhouse)
        if may_be_shown(one.association, on=on)
    ]


def languages_spoken(openhouse: OpenHouse, *, on: date) -> list[str]:
    """The languages of the hosts, then those of the associations that come."""
    found = list(openhouse.language_codes)
    for one in have_places(openhouse):
        if may_be_shown(one.association, on=on):
            found += one.association.language_codes
    return list(dict.fromkeys(found))
