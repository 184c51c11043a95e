"""Gatherings at tables: who leads which, what the wall may show, and where somebody's own phone finds its table."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from brobygget.circles.models import TablePlan, TableRound
from brobygget.house.models import House
from brobygget.openhouse.models import Gathering, OpenHouse
from brobygget.openhouse.queries import events
from brobygget.people.models import Account, Participant
from brobygget.people.tokens import derived_token

WALL = "tables-wall"


def _with_all() -> QuerySet[Gathering]:
    return Gathering.objects.select_related("plan__house", "openhouse__house", "openhouse__circle")


def gatherings_of(openhouse: OpenHouse) -> list[Gathering]:
    """In the order of the day, each with how many are at its tables (`here`) and in how many rounds (`round_count`)."""
    here = Count("plan__guests", filter=Q(plan__guests__last_round=None), distinct=True)
    found = openhouse.gatherings.select_related("plan")
    return list(found.annotate(here=here, round_count=Count("plan__rounds", distinct=True)))


def led_by(account: Account, house: House) -> QuerySet[Gathering]:
    """Those of the open houses whose plan somebody works on."""
    return _with_all().filter(openhouse__in=events.planned_by(account, house))


def gathering_of(plan: TablePlan) -> Gathering | None:
    """The gathering that a plan belongs to; None for a circle's."""
    return _with_all().filter(plan=plan).first()


# -- the wall ------------------------------------------------------------------------------------------------------
def wall_token(gathering: Gathering) -> str:
    """The secret in the wall's address. It lies in no table, and a new generation closes it."""
    return derived_token(WALL, f"{gathering.pk}:{gathering.wall_generation}")


def gathering_of_wall(pk: int, token: str) -> Gathering | None:
    """What a wall may show, or None for any other address: one query."""
    found: Gathering | None = _at_tables(_with_all().filter(pk=pk)).first()
    if found is None or not hmac.compare_digest(wall_token(found).encode(), token.encode("utf-8", "replace")):
        return None
    return found


# -- a participant's phone -----------------------------------------------------------------------------------------
def sat_at_by(participant: Participant) -> QuerySet[Gathering]:
    """Where somebody is or was a guest themself; nobody else's tables are among them."""
    return _at_tables(_with_all().filter(plan__guests__participant=participant))


@dataclass(frozen=True)
class TablesOfPhone:
    """The gathering that a phone is at, for the pages of other stages."""

    pk: int
    name: str
    language: str


def tables_of_phone(participant: Participant, *, on: date) -> TablesOfPhone | None:
    """The one that goes on today or comes; with several, the one whose tables are not put away and comes first."""
    found = (
        _at_tables(
            _with_all().filter(
                plan__finished_at=None,
                openhouse__day__gte=on,
                plan__guests__participant=participant,
                plan__guests__last_round=None,
            )
        )
        .order_by("-is_at_tables", "openhouse__day", "starts", "pk")
        .first()
    )
    return TablesOfPhone(found.pk, found.name, found.openhouse.language) if found else None


def _at_tables(those: QuerySet[Gathering]) -> QuerySet[Any]:
    """With whether a round goes on (`is_at_tables`): then minutes go by on the screens."""
    going = TableRound.objects.filter(plan=OuterRef("plan"), began_at__isnull=False, ended_at=None)
    return those.annotate(is_at_tables=Exists(going))
