"""What everybody may read about an open house: no participant, and of the associations only those that come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from brobygget.associations.rules import may_be_shown
from brobygget.openhouse.models import Invitation, OpenHouse
from brobygget.openhouse.queries.places import have_places


@dataclass(frozen=True)
class Coming:
    """An association that has a place, and what one can try with it."""

    pk: int
    invitation: int
    name: str
    language: str
    hands: str


def shown_of(openhouse: OpenHouse, *, on: date, with_interests: bool = False) -> list[Invitation]:
    """Those that come. An association that is hidden in the register is not named here either: one query, or two."""
    coming = have_places(openhouse)
    if with_interests:
        coming = coming.prefetch_related("association__interests")
    return [one for one in coming if may_be_shown(one.association, on=on)]


def coming_in(shown: Sequence[Invitation]) -> list[Coming]:
    """The programme so far."""
    return [
        Coming(one.association_id, one.pk, one.association.name, one.association.language, one.answer.hands)
        for one in shown
    ]


def languages_in(openhouse: OpenHouse, shown: Sequence[Invitation]) -> list[str]:
    """The languages of the hosts, then those of the associations that come."""
    theirs = (code for one in shown for code in one.association.language_codes)
    return list(dict.fromkeys([*openhouse.language_codes, *theirs]))
