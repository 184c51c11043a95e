"""Records as a table, CSV or XLSX, and back again: no cell is ever taken for a formula, and nothing is lost.

A cell that begins with = + - @, a tab or a line break gets an apostrophe in front, and so does one that begins with
an apostrophe: whoever reads the table back takes exactly one away. Lists are written as JSON.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
BOM = "\ufeff"
SHEET = "associations"
MOST_BYTES = 40_000_000
MOST_IN_A_CELL = 32_767  # what Excel takes
_CODED = "json:"


def neutral(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_written(cell: str) -> str:
    """What `neutral` was given."""
    return cell[1:] if cell.startswith("'") else cell


def cell(value: Any) -> str:
    """A value as text: nothing for None, JSON for lists."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)


def csv_file(records: Sequence[dict[str, Any]], columns: Sequence[str], *, bom: bool = False) -> bytes:
    """RFC 4180, UTF-8; with a byte order mark Excel sees that it is."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for record in records:
        writer.writerow([neutral(cell(record[name])) for name in columns])
    return ((BOM if bom else "") + sheet.getvalue()).encode()


def xlsx_file(records: Sequence[dict[str, Any]], columns: Sequence[str]) -> bytes:
    """One sheet, every cell a text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "B2"
    for row in (list(columns), *([cell(record[name]) for name in columns] for record in records)):
        cells = []
        for text in row:
            made = WriteOnlyCell(sheet, value=neutral(_storable(text)))
            made.data_type = "s"
            cells.append(made)
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _storable(text: str) -> str:
    """XML has no word for control signs, and the workbook's own escapes would be taken for signs."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    is_odd = (
        ILLEGAL_CHARACTERS_RE.search(text)
        or text.startswith(_CODED)
        or "_x" in text
        or "x005F_" in text
        or "\r" in text
        or text != text.strip()
        or any(0xD800 <= ord(sign) <= 0xDFFF or ord(sign) in (0xFFFE, 0xFFFF) for sign in text)
    )
    if not is_odd:
        return text
    return _CODED + json.dumps(text).replace("_", "\\u005f")


def read_csv(data: bytes) -> list[dict[str, str]]:
    """The rows of a file of ours."""
    csv.field_size_limit(MOST_BYTES)
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    columns = next(rows, [])
    return [dict(zip(columns, (as_written(text) for text in row), strict=True)) for row in rows if row]


def read_xlsx(data: bytes) -> list[dict[str, str]]:
    """The rows of a workbook of ours."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    rows = book[SHEET].iter_rows(values_only=True)
    columns = [str(name) for name in next(rows, ())]
    return [
        dict(zip(columns, (_from_storable(as_written(str(text or ""))) for text in row), strict=False))
        for row in rows
    ]


def _from_storable(text: str) -> str:
    return str(json.loads(text.removeprefix(_CODED))) if text.startswith(_CODED) else text
