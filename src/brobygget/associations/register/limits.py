"""How large a register may be. Beyond these it is not a municipality's register but an attack or a mistake."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    file_bytes: int = 30_000_000
    rows: int = 100_000
    columns: int = 250
    cell_characters: int = 20_000
    lines_in_a_cell: int = 200
    """A quotation mark that is not closed within so many lines was never meant to open one."""

    broken_marks: int = 100
    """After so many broken quotation marks in a file all of them are ordinary signs."""

    unpacked_bytes: int = 150_000_000
    unpacked_ratio: int = 200
    packed_members: int = 2_000
    sheets: int = 100
    blank_rows: int = 2_000
    json_depth: int = 40
    problems_per_row: int = 60


USUAL_LIMITS = Limits()
