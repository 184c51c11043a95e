"""Where the table begins in a sheet, and which rows are not associations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from brobygget.associations.register.columns import guess_columns, guess_content, guess_name
from brobygget.associations.register.presets import PRESETS, plain_header, preset_for
from brobygget.associations.register.records import ColumnGuess, SkippedRow
from brobygget.associations.register.tables import Table, TableRow
from brobygget.associations.register.unreadable import UnreadableRegister
from brobygget.associations.register.unreadable import to_be_translated as _

_FOOTER = re.compile(
    r"^\W*(antal (poster|rader|föreningar|träffar)|summa|total(t|er)?|sida \d+|sid \d+|utskriv\w+|slut på|end of|"
    r"page \d+|rapport|filter|urval)\b",
    re.IGNORECASE,
)
_LOOKED_AT = 80
_MISSING_HEADER = _(
    "no row with column names such as Förening, E-post and Telefon was found. "
    "Export the register with its column names and send that file."
)
_ONLY_NAMES_MISSING = _(
    "no row with column names such as Förening, E-post and Telefon was found. "
    "Export the register with its column names and send that file. "
    "The rows themselves look right: only the names are missing."
)


@dataclass(frozen=True)
class Layout:
    """A table that is understood: its columns, its rows, and what was left aside."""

    header_row: int
    headers: tuple[str, ...]
    columns: tuple[ColumnGuess | None, ...]
    rows: tuple[TableRow, ...]
    skipped: tuple[SkippedRow, ...]
    preset: str


def lay_out(table: Table, mapping: Mapping[str, str], preset: str) -> Layout:
    """Find the header, give every column a meaning and put the other rows aside."""
    groups: tuple[str, ...] = ()
    if table.named_columns:
        headers, header_place = table.named_columns, -1
    else:
        header_place = _header_place(table.rows, mapping)
        groups = _group_headings(table.rows, header_place)
        headers = _headers(table.rows, header_place)
    body = table.rows[header_place + 1 :]
    found = PRESETS.get(preset or table.preset) or preset_for(frozenset(map(plain_header, headers)))
    said = {
        header: found.columns[plain]
        for header in headers
        if found and (plain := plain_header(header)) in found.columns
    }
    columns = guess_columns(headers, groups, [row.cells for row in body[:400]], {**said, **mapping})
    fields = {guess.field: place for place, guess in enumerate(columns) if guess}
    if "name" not in fields:
        raise UnreadableRegister(_MISSING_HEADER)
    kept, skipped = _sorted_out(body, headers, fields["name"], fields)
    banners = tuple(
        SkippedRow(row.line, "banner" if row.filled else "blank", _shown(row))
        for row in table.rows[: max(header_place, 0)]
    )
    header_row = table.rows[header_place].line if header_place >= 0 else 0
    return Layout(header_row, headers, columns, kept, (*banners, *skipped), found.name if found else "")


def likely_register(tables: Iterable[Table]) -> Table:
    """Of several sheets the one whose header tells most; code lists and notes tell little."""
    ranked = [
        (_best_score(table.rows), len(table.rows), -number, table) for number, table in enumerate(tables)
    ]
    if not ranked:
        raise UnreadableRegister(
            _("the workbook has no sheet with rows. Send the file that holds the register.")
        )
    return max(ranked, key=lambda each: each[:3])[3]


def _header_score(row: TableRow) -> float:
    """How much a row looks like column names: different fields recognised, with a name among them."""
    if not row.filled or any(len(cell) > 60 for cell in row.cells):
        return 0.0
    guesses = [guess for cell in row.cells if cell.strip() and (guess := guess_name(cell))]
    fields = {guess.field: guess.confidence for guess in guesses}
    if "name" not in fields:
        return 0.0
    if any("@" in cell or cell.startswith("http") for cell in row.cells):
        return 0.0
    alone = 0.5 if len(fields) < 2 and row.filled > 1 else 1.0
    return alone * sum(fields.values()) * (0.5 + 0.5 * len(guesses) / row.filled)


def _best_score(rows: Sequence[TableRow]) -> float:
    return max((_header_score(row) for row in rows[:_LOOKED_AT]), default=0.0)


def _header_place(rows: Sequence[TableRow], mapping: Mapping[str, str]) -> int:
    if mapping:
        wanted = {plain_header(header) for header in mapping}
        hits = [len(wanted & {plain_header(cell) for cell in row.cells}) for row in rows[:_LOOKED_AT]]
        if hits and max(hits) * 2 >= len(wanted):
            return hits.index(max(hits))
    scores = [_header_score(row) for row in rows[:_LOOKED_AT]]
    if scores and max(scores) > 0:
        place = scores.index(max(scores))
        below = scores[place + 1] if place + 1 < len(scores) else 0.0
        return place + 1 if below >= 0.9 * scores[place] else place  # the upper one is a heading over several
    raise UnreadableRegister(_ONLY_NAMES_MISSING if _look_right(rows) else _MISSING_HEADER)


def _look_right(rows: Sequence[TableRow]) -> bool:
    """Whether the rows do look like a register, and only nobody named the columns."""
    width = max((len(row.cells) for row in rows[:50]), default=0)
    known = [
        guess_content([row.cells[place] for row in rows[:200] if place < len(row.cells)])[0]
        for place in range(width)
    ]
    return "email" in known or "org_nr" in known


def _headers(rows: Sequence[TableRow], place: int) -> tuple[str, ...]:
    """Column names, each once; a cell merged downwards has its name in the row above."""
    width = max(len(row.cells) for row in rows[place : place + 400])
    above = rows[place - 1].cells if place else ()
    seen: dict[str, int] = {}
    names: list[str] = []
    for number in range(width):
        name = _cell(rows[place].cells, number) or (_cell(above, number) if above else "")
        name = name or f"column {number + 1}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _group_headings(rows: Sequence[TableRow], place: int) -> tuple[str, ...]:
    """The row of headings over several columns, if there is one, with each heading over all its columns."""
    if place < 1 or rows[place - 1].filled < 2:
        return ()
    spread, current = [], ""
    for number in range(len(rows[place].cells)):
        current = _cell(rows[place - 1].cells, number) or current
        spread.append(current)
    return tuple(spread)


def _cell(cells: Sequence[str], number: int) -> str:
    return " ".join(cells[number].split()).strip(" :*") if number < len(cells) else ""


def _sorted_out(
    rows: Sequence[TableRow], headers: Sequence[str], name: int, fields: Mapping[str, int]
) -> tuple[tuple[TableRow, ...], tuple[SkippedRow, ...]]:
    plain_headers = [plain_header(header) for header in headers]
    identified = [
        place
        for field, place in fields.items()
        if field in ("email", "phone", "org_nr", "source_id", "mobile")
    ]
    kept: list[TableRow] = []
    skipped: list[SkippedRow] = []
    for row in rows:
        if not row.filled:
            skipped.append(SkippedRow(row.line, "blank", ""))
        elif _repeats(row, plain_headers):
            skipped.append(SkippedRow(row.line, "repeated_header_row", _shown(row)))
        elif row.filled <= 2 and _FOOTER.match(next(cell for cell in row.cells if cell.strip())):
            skipped.append(SkippedRow(row.line, "footer_row", _shown(row)))
        elif not _cell(row.cells, name):
            alone = row.filled == 1 and not any(_cell(row.cells, place) for place in identified[1:])
            skipped.append(SkippedRow(row.line, "footer_row" if alone else "no_name", _shown(row)))
        else:
            kept.append(row)
    return tuple(kept), tuple(skipped)


def _repeats(row: TableRow, headers: Sequence[str]) -> bool:
    if row.filled < 2:
        return False
    others = 0
    for place, cell in enumerate(row.cells):
        if cell.strip() and (place >= len(headers) or plain_header(cell) != headers[place]):
            others += 1
            if row.filled - others < 0.8 * row.filled:  # most rows tell after a few cells that they are none
                return False
    return True


def _shown(row: TableRow) -> str:
    from brobygget.people.identity_numbers import without_identity_numbers

    return without_identity_numbers(
        "; ".join(" ".join(cell.split()) for cell in row.cells if cell.strip())[:200]
    )
