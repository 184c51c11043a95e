"""What a gathering at the open house's tables can say: its words are public when the day is, names stay at the tables."""

from __future__ import annotations

from datetime import time
from typing import Any

from brobygget.circles.models import Circle, TablePlan
from brobygget.openhouse.models import Gathering, OpenHouse
from tests.agreements.doors import AMINA, BIRGIT, FRANS, MARIT

WORDS = {"openhouse.Gathering.name", "openhouse.Gathering.place"}
PUBLIC: set[str] = WORDS
HIDDEN = {f"{column} (not public)" for column in WORDS}
# Whoever has the code or the wall's address is told where they have come, and on the wall who sits where.
WALL = {*HIDDEN, "circles.Table.place", "circles.TableGuest.alias", "people.Participant.alias"}
BY_LINK = {
    "openhouse:tables_join": HIDDEN,
    "openhouse:gathering_wall": WALL,
    "openhouse:gathering_wall_live": WALL,
}
# A day that is not public yet: those who plan it, and somebody who sits there already.
READERS = dict.fromkeys(HIDDEN, frozenset({AMINA, BIRGIT, MARIT, FRANS}))
NO_WORDS: dict[str, str] = {}


def whose(row: Any) -> tuple[Any, str] | None:
    """A gathering is the house's where everybody may read of the day, else the circle's that shapes it."""
    if not isinstance(row, Gathering):
        return None
    day = row.openhouse
    return (day.house, "") if day.published_on else (day.circle, "not public")


def fill_up(circle: Circle) -> None:
    """One at each day that has none."""
    for day in OpenHouse.objects.filter(circle=circle, gatherings=None):
        plan = TablePlan.objects.create(house=day.house, history_of=circle, made_on=day.day)
        Gathering.objects.create(
            openhouse=day, plan=plan, name="x", place="x", starts=time(12), ends=time(13)
        )
