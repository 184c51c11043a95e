"""A table before anybody knows what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from brobygget.associations.register.records import FileProblem


@dataclass(frozen=True)
class TableRow:
    """A row and its place in the file, counted from 1 as the program that made the file counts."""

    line: int
    cells: tuple[str, ...]

    @cached_property
    def filled(self) -> int:
        return sum(1 for cell in self.cells if cell.strip())


@dataclass(frozen=True)
class Table:
    """Rows as they stood. `named_columns` where the format itself names them (JSON): no row is a header."""

    rows: tuple[TableRow, ...]
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    named_columns: tuple[str, ...] = ()
    preset: str = ""
    problems: tuple[FileProblem, ...] = ()
