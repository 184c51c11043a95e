"""CSV and "Unicode text": the separator found, rows with line breaks kept whole, broken quotation marks survived."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator

from brobygget.associations.register.limits import Limits
from brobygget.associations.register.records import FileProblem
from brobygget.associations.register.tables import Table, TableRow
from brobygget.associations.register.unreadable import UnreadableRegister
from brobygget.associations.register.unreadable import to_be_translated as _

_TOO_MANY = _("the file has more than %(most)s rows. Export only the associations.")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SEPARATORS = (";", "\t", ",", "|")
_EXCEL_HINT = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_SAMPLE = 200


def read_delimited(text: str, encoding: str, limits: Limits) -> Table:
    """The rows of a delimited text; a text without separators becomes one column."""
    lines = _LINE.findall(text)
    if len(lines) > limits.rows * 5:
        raise UnreadableRegister(_TOO_MANY, most=limits.rows)
    hint = _EXCEL_HINT.fullmatch(lines[0]) if lines else None
    delimiter = hint[1] if hint and hint[1] not in '"\r\n' else _separator_of(lines[:_SAMPLE], limits)
    rows: list[TableRow] = []
    problems: list[FileProblem] = []
    too_wide: list[int] = []
    cut: list[int] = []
    for number, cells in enumerate(_records(lines, delimiter, limits, problems), start=1):
        if number > limits.rows:
            raise UnreadableRegister(_TOO_MANY, most=limits.rows)
        if number == 1 and hint:
            cells = []
        if len(cells) > limits.columns:
            too_wide.append(number)
        if any(len(cell) > limits.cell_characters for cell in cells):
            cut.append(number)
        rows.append(
            TableRow(number, tuple(cell[: limits.cell_characters] for cell in cells[: limits.columns]))
        )
    if too_wide:
        problems.append(
            FileProblem(
                "*",
                "too_many_columns",
                str(len(too_wide)),
                f"kept the first {limits.columns} columns",
                needs_review=True,
                line=too_wide[0],
            )
        )
    if cut:
        problems.append(
            FileProblem(
                "*",
                "cell_cut",
                str(len(cut)),
                f"kept {limits.cell_characters} characters",
                needs_review=True,
                line=cut[0],
            )
        )
    return Table(tuple(rows), encoding=encoding, delimiter=delimiter, problems=tuple(problems))


def _separator_of(lines: list[str], limits: Limits) -> str:
    """The separator that gives most rows the same, largest number of columns."""
    best, best_score = ";", 0.0
    for separator in _SEPARATORS:
        widths = Counter(len(cells) for cells in _records(lines, separator, limits, []) if len(cells) > 1)
        if not widths:
            continue
        width, rows = max(widths.items(), key=lambda each: each[1] * min(each[0], 12))
        score = rows * min(width, 12)
        if score > best_score:
            best, best_score = separator, score
    return best


def _records(
    lines: list[str], delimiter: str, limits: Limits, problems: list[FileProblem]
) -> Iterator[list[str]]:
    """Records; a quotation mark that swallows the rows after it is read as an ordinary sign."""
    usual = _usual_separators(lines, delimiter)
    place = broken = record = 0
    while place < len(lines):
        line = lines[place]
        record += 1
        if broken > limits.broken_marks or '"' not in line:
            yield line.rstrip("\r\n").split(delimiter)
            place += 1
            continue
        reader = csv.reader(_few(lines, place, limits.lines_in_a_cell), delimiter=delimiter)
        try:
            cells = next(reader, [])
        except csv.Error:
            cells = []
        taken = reader.line_num
        if cells and not (taken > 1 and _swallowed(lines[place : place + taken], cells, delimiter, usual)):
            yield cells
            place += taken
            continue
        broken += 1
        where = "" if broken <= limits.broken_marks else "all the rest"
        problems.append(
            FileProblem(
                "*",
                "broken_quotation_mark",
                where,
                "read as an ordinary sign",
                needs_review=True,
                line=record,
            )
        )
        yield line.rstrip("\r\n").split(delimiter)
        place += 1


def _few(lines: list[str], start: int, most: int) -> Iterator[str]:
    for number in range(start, min(len(lines), start + most)):
        yield lines[number]


def _usual_separators(lines: list[str], delimiter: str) -> int:
    counts = Counter(count for line in lines[:_SAMPLE] if (count := line.count(delimiter)))
    return counts.most_common(1)[0][0] if counts else 0


def _swallowed(physical: list[str], cells: list[str], delimiter: str, usual: int) -> bool:
    """Whether a record of several lines is really several records behind a mark that never closed."""
    well_formed = True
    try:
        next(csv.reader(physical, delimiter=delimiter, strict=True))
    except csv.Error as wrong:
        if "end of data" in str(wrong):
            return True
        well_formed = False
    except StopIteration:
        return True
    if well_formed and len(cells) == usual + 1 and len(physical) <= 20:
        return False
    complete = sum(1 for line in physical if line.count(delimiter) >= max(1.0, 0.7 * usual))
    return complete >= 2
