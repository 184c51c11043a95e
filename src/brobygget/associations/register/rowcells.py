"""The cells of one row, by what their columns mean."""

from __future__ import annotations

from collections.abc import Sequence

from brobygget.associations.register import cells as cell
from brobygget.associations.register.presets import plain_header
from brobygget.associations.register.records import ColumnGuess
from brobygget.associations.register.tables import TableRow

_MAY_HOLD_TELEPHONES = frozenset({"phone", "mobile", "contact_phone", "description", "contact_name"})


class RowCells:
    """The cells of one row by what they mean, each made readable and free of authority numbers once."""

    def __init__(
        self,
        row: TableRow,
        headers: Sequence[str],
        columns: Sequence[ColumnGuess | None],
        notes: cell.RowNotes,
    ) -> None:
        self.notes = notes
        self.column_of: dict[str, str] = {}
        self.source: dict[str, str] = {}
        self._texts: dict[str, list[str]] = {}
        for place, raw in enumerate(row.cells):
            header = headers[place] if place < len(headers) else f"column {place + 1}"
            guess = columns[place] if place < len(columns) else None
            self._take(header, guess.field if guess else "", raw)
        for place, guess in enumerate(columns):
            if guess:
                self.column_of.setdefault(guess.field, headers[place])

    def _take(self, header: str, field: str, raw: str) -> None:
        if not raw.strip():
            if raw:
                self.source[header] = raw
            return
        if cell.is_person_column(plain_header(header)):
            self.notes.refuse(header, "personnummer")
            self.source[header] = "[…]"
            return
        telephones = field in _MAY_HOLD_TELEPHONES or not field
        safe = cell.without_numbers(raw, header, self.notes, may_be_telephone=telephones)
        self.source[header] = safe
        if field:
            self._texts.setdefault(field, []).append(cell.readable(safe, header, self.notes))

    def column(self, field: str) -> str:
        return self.column_of.get(field, field)

    def text(self, field: str) -> str:
        """The readable cell, untrimmed; several columns of free text follow each other."""
        return "\n".join(self._texts.get(field, ()))

    def short(self, field: str) -> str:
        """One tidy line, or nothing."""
        text = self.text(field)
        if not text:
            return ""
        column = self.column(field)
        return cell.something(cell.one_line(text, column, self.notes), column, self.notes)

    def held(self, field: str) -> str:
        """The cell as it is, or nothing where it only says "saknas"."""
        text = self.text(field)
        return cell.something(text, self.column(field), self.notes) if text else ""
