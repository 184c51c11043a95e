"""How many sheets each paper of the day takes, and whether it can be printed yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.queries.floor import told_plan
from brobygget.openhouse.queries.places import have_places
from brobygget.openhouse.queries.public import shown_of


@dataclass(frozen=True)
class Printable:
    """What there is to print."""

    coming: int  # associations that have a place
    shown: int  # of those, so many that everybody may read about
    is_told: bool  # the floor plan


def printable_of(openhouse: OpenHouse, *, on: date) -> Printable:
    """In three queries."""
    return Printable(
        coming=have_places(openhouse).count(),
        shown=len(shown_of(openhouse, on=on)),
        is_told=told_plan(openhouse) is not None,
    )
