"""The floor plan on paper: the drawing of the screen without anything to press, and who stands where by number."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.queries import floor as floors
from brobygget.openhouse.queries.floor import Floor
from brobygget.openhouse.queries.public import shown_of
from brobygget.openhouse.views.floor_drawing import MARGIN, HallDrawn, TableDrawn, drawn
from brobygget.openhouse.views.floor_looks import public_looks
from brobygget.openhouse.views.paper_words import hours, left_to_right
from brobygget.web import moments, printing
from brobygget.web.languages import current


def map_of(openhouse: OpenHouse, *, paper: str, on: date) -> bytes:
    """For the wall by the door (A3) or in the hand (A4), in the reader's language."""
    floor = floors.floor_of(openhouse)
    named = {one.pk for one in shown_of(openhouse, on=on)}
    halls = [_hall(one) for one in drawn(floor, public_looks(floor, named=named))]
    data = {
        "paper": paper,
        "language": current().code,
        "words_language": openhouse.language,
        "title": _("Floor plan: %(name)s") % {"name": openhouse.name},
        "heading": _("Who stands where"),
        "name": openhouse.name,
        "when": f"{moments.day(openhouse.day)} {left_to_right(hours(openhouse))}",
        "halls": halls,
        "rows": _rows(floor, named),
        "free": _("free"),
        "alt": _("The halls from above. The list says who stands at which table."),
        "note": _("The yellow bar in a wall is its door. A table with a dashed line is free."),
    }
    return printing.pdf("openhouse/print/map.typ", data)


def _hall(one: HallDrawn) -> dict[str, Any]:
    return {
        "name": one.hall.name,
        "steps": "" if one.hall.step_free else _("steps on the way"),
        "wide": int(one.room[2]),
        "deep": int(one.room[3]),
        "door": [int(each) - MARGIN for each in one.door],
        "tables": [_table(each) for each in one.tables if not each.position.kept_free],
    }


def _table(one: TableDrawn) -> dict[str, Any]:
    return {
        "number": str(one.position.number),
        "x": int(one.x) - MARGIN,
        "y": int(one.y) - MARGIN,
        "wide": int(one.wide),
        "deep": int(one.deep),
        "taken": "spot-taken" in one.marks.split(),
    }


def _rows(floor: Floor, named: set[int]) -> list[dict[str, str]]:
    """Every table somebody could stand at; who is hidden in the register is not named, and their table is not called free."""
    rows = []
    for one in floor.positions:
        stand = floor.by_stand.get(floor.at.get(one.pk, 0))
        if one.kept_free or (stand is not None and stand.pk not in named):
            continue
        rows.append(
            {
                "number": str(one.number),
                "hall": floor.by_hall[one.hall_id].name,
                "name": stand.name if stand else "",
                "language": stand.language if stand else "",
            }
        )
    return rows
