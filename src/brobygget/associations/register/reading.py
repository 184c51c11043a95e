"""The door to this package: a file's bytes in, a `RegisterReading` out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType

from brobygget.associations.register.cleaning import clean_row
from brobygget.associations.register.columns import FIELDS
from brobygget.associations.register.delimited import read_delimited
from brobygget.associations.register.duplicates import find_duplicates, settle
from brobygget.associations.register.encodings import decode
from brobygget.associations.register.headers import Layout, lay_out, likely_register
from brobygget.associations.register.limits import USUAL_LIMITS, Limits
from brobygget.associations.register.presets import PRESETS
from brobygget.associations.register.records import (
    AssociationRecord,
    Refusal,
    RegisterReading,
    SkippedRow,
)
from brobygget.associations.register.structured import looks_like_json, read_structured
from brobygget.associations.register.tables import Table
from brobygget.associations.register.unreadable import UnreadableRegister
from brobygget.associations.register.unreadable import to_be_translated as _
from brobygget.associations.register.webtables import looks_like_html, read_web_table
from brobygget.associations.register.workbooks import is_workbook, read_workbook

Progress = Callable[[int, int], None]
_EVERY = 200


def read_register(
    data: bytes,
    *,
    preset: str = "",
    sheet: str = "",
    mapping: Mapping[str, str] = MappingProxyType({}),
    limits: Limits = USUAL_LIMITS,
    progress: Progress | None = None,
    most_rows: int | None = None,
) -> RegisterReading:
    """Everything a municipality's file says about its associations.

    `mapping` is what a person has confirmed, column to field ("" leaves a column out); the rest is guessed.
    `progress` is called with rows done and rows in all. The same bytes always give an equal reading. `most_rows`
    is for a look at the columns: only the first rows are read.
    Raises `UnreadableRegister`, and nothing else, when the file is not a register.
    """
    if preset and preset not in PRESETS:
        raise UnreadableRegister(
            _("there is no preset “%(preset)s”; choose one of %(presets)s."),
            preset=preset[:40],
            presets=", ".join(PRESETS),
        )
    for column, field in mapping.items():
        if field and field not in FIELDS:
            raise UnreadableRegister(
                _("column “%(column)s” is mapped to “%(field)s”, which is no field."),
                column=column[:40],
                field=field[:40],
            )
    table = _table(data, preset, sheet, limits)
    layout = lay_out(table, mapping, preset)
    records: list[AssociationRecord] = []
    refused: list[Refusal] = []
    skipped: list[SkippedRow] = list(layout.skipped)
    for number, row in enumerate(layout.rows[:most_rows]):
        if progress and number % _EVERY == 0:
            progress(number, len(layout.rows))
        cleaned = clean_row(row, layout.headers, layout.columns, limits.problems_per_row)
        refused.extend(cleaned.refusals)
        if cleaned.record:
            records.append(cleaned.record)
    duplicates = find_duplicates(records)
    if progress:
        progress(len(layout.rows), len(layout.rows))
    if not records:
        raise UnreadableRegister(
            _(
                "the table has column names but no associations under them. Export the rows too and send that file."
            )
        )
    return RegisterReading(
        encoding=table.encoding,
        delimiter=table.delimiter,
        sheet=table.sheet,
        header_row=layout.header_row,
        preset=layout.preset,
        columns=tuple(guess for guess in layout.columns if guess),
        unused_columns=_unused(layout),
        records=settle(records, duplicates),
        duplicates=duplicates,
        refused=tuple(refused),
        skipped=tuple(sorted(skipped, key=lambda row: row.line)),
        file_problems=table.problems,
        unmatched_activities=MappingProxyType(
            dict(Counter(tag for record in records for tag in record.unmatched_activities).most_common())
        ),
    )


def _table(data: bytes, preset: str, sheet: str, limits: Limits) -> Table:
    if is_workbook(data):
        return read_workbook(data, limits, likely_register, sheet)
    decoded = decode(data, limits)
    if looks_like_json(decoded.text):
        table = read_structured(decoded.text, decoded.encoding, limits, preset)
    elif looks_like_html(decoded.text):
        table = read_web_table(decoded.text, decoded.encoding, limits)
    else:
        table = read_delimited(decoded.text, decoded.encoding, limits)
    return Table(
        rows=table.rows,
        sheet=table.sheet,
        encoding=table.encoding,
        delimiter=table.delimiter,
        named_columns=table.named_columns,
        preset=table.preset,
        problems=(*decoded.problems, *table.problems),
    )


def _unused(layout: Layout) -> tuple[str, ...]:
    return tuple(
        header for header, guess in zip(layout.headers, layout.columns, strict=True) if guess is None
    )
