"""Chapter G: two halls and a corridor, 40 tables, five circuits; the program places, and everybody is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from brobygget.openhouse.commands import floor as commands
from brobygget.openhouse.commands import floor_halls as halls
from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.queries.floor import floor_of


def furnish(
    openhouse: OpenHouse,
    facts: dict[str, Any],
    *,
    has_come: Callable[[datetime], bool],
    local: Callable[..., Any],
) -> None:
    """Everything about the floor that has happened before the chapter."""
    if not has_come(facts["placed_at"]):
        return
    for row in facts["halls"]:
        _put_up(openhouse, row)
    for row in facts["circuits"]:
        halls.put_up_circuit(openhouse, **row)
    halls.keep_apart(openhouse, words=facts["never_together"])
    placed = commands.place_everybody(floor_of(openhouse))
    commands.keep_placed(openhouse, placed, at=local(facts["placed_at"]))
    if has_come(facts["told_at"]):
        commands.tell_floor(openhouse, is_told=True, at=local(facts["told_at"]))


def _put_up(openhouse: OpenHouse, row: dict[str, Any]) -> None:
    names = ("name", "wide", "deep", "door", "walk", "step_free")
    hall = halls.put_up_hall(openhouse, facts=halls.HallFacts(**{name: row[name] for name in names}))
    for table in halls.put_up_rows(hall, rows=halls.Rows(tables=row["tables"], rows=row["rows"])):
        if table.number in row["floor"]:
            halls.change_table(table, has_floor=True)
