"""The floor seen from above, as figures for a drawing. Not mirrored: left is left in the hall in every language."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from brobygget.openhouse.models import Hall, Position
from brobygget.openhouse.queries.floor import Floor, door_of

SCALE = 5  # units of the drawing for a decimetre, so that every hall is drawn in the same size
MARGIN = 24
DOOR = 16  # dm
LETTER = 6.8  # how wide a letter of the name is, in units
LINES = 2
SMALLEST = 44  # units: what a finger meets


@dataclass(frozen=True)
class TableDrawn:
    """One table. Every number is text, so that no language writes it with its own comma."""

    position: Position
    x: str
    y: str
    wide: str
    deep: str
    middle: str
    number_y: str
    circuit_y: str
    corner: str
    lines: list[tuple[str, str]]  # where each line of the name stands, and the line
    language: str
    href: str
    label: str
    marks: str  # names of classes
    is_now: bool
    circuit: str
    sign: str  # a second sign beside the colour: "!" for what is not kept


@dataclass(frozen=True)
class HallDrawn:
    """One hall and its tables."""

    hall: Hall
    wide: str
    deep: str
    room: tuple[str, str, str, str]
    door: tuple[str, str, str, str]
    tables: list[TableDrawn]
    taken: int


@dataclass(frozen=True)
class Look:
    """What the page says of one table."""

    label: str
    href: str = ""
    name: str = ""
    language: str = ""
    marks: str = ""
    is_now: bool = False
    circuit: str = ""
    sign: str = ""


def drawn(floor: Floor, looks: Mapping[int, Look]) -> list[HallDrawn]:
    """Every hall, with what the page says of its tables."""
    return [_hall(floor, hall, looks) for hall in floor.halls]


def _hall(floor: Floor, hall: Hall, looks: Mapping[int, Look]) -> HallDrawn:
    wide, deep = hall.wide * SCALE, hall.deep * SCALE
    x, y = door_of(hall)
    half = DOOR * SCALE // 2
    across = hall.door in (Hall.Door.NEAR, Hall.Door.FAR)
    middle = (x * SCALE + MARGIN, y * SCALE + MARGIN)
    door = (
        (middle[0] - half, middle[1], middle[0] + half, middle[1])
        if across
        else (middle[0], middle[1] - half, middle[0], middle[1] + half)
    )
    tables = floor.tables_in(hall)
    return HallDrawn(
        hall=hall,
        wide=str(wide + 2 * MARGIN),
        deep=str(deep + 2 * MARGIN),
        room=(str(MARGIN), str(MARGIN), str(wide), str(deep)),
        door=tuple(str(one) for one in door),  # type: ignore[arg-type]
        tables=[_table(one, looks[one.pk]) for one in tables if one.pk in looks],
        taken=sum(one.pk in floor.at for one in tables),
    )


def _table(one: Position, look: Look) -> TableDrawn:
    wide, deep = max(one.wide * SCALE, SMALLEST), max(one.deep * SCALE, SMALLEST - 4)
    x, y = one.x * SCALE + MARGIN, one.y * SCALE + MARGIN
    top = y - deep // 2
    room = max(one.wide + 2, 12) * SCALE
    lines = _shortened(look.name, int(room / LETTER))
    return TableDrawn(
        position=one,
        x=str(x - wide // 2),
        y=str(top),
        wide=str(wide),
        deep=str(deep),
        middle=str(x),
        number_y=str(y + 7),
        circuit_y=str(top + 12),
        corner=str(x + wide // 2 - 5),
        lines=[(str(top + deep + 15 + 15 * place), line) for place, line in enumerate(lines)],
        language=look.language,
        href=look.href,
        label=look.label,
        marks=look.marks,
        is_now=look.is_now,
        circuit=look.circuit,
        sign=look.sign,
    )


def _shortened(name: str, letters: int) -> list[str]:
    """The name in two short lines; the whole of it stands in the list and in what is read aloud."""
    if not name:
        return []
    lines = textwrap.wrap(_with_hyphens(name, letters), letters)
    if len(lines) <= LINES:
        return lines
    return [*lines[: LINES - 1], f"{lines[LINES - 1][: letters - 1]}…"]


def _with_hyphens(name: str, letters: int) -> str:
    """Words that are longer than a line, divided with the sign that says so."""
    words = []
    for word in name.split():
        while len(word) > letters:
            words.append(f"{word[: letters - 1]}-")
            word = word[letters - 1 :]
        words.append(word)
    return " ".join(words)
