"""Large comma-separated tables, read in blocks without a loop over the fields."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from brobygget.commandline import BadInput

BLOCK = 1 << 24
VOTES = {"1": 1, "0": 0, "-1": -1, "+1": 1, "-0": 0, "1.0": 1, "0.0": 0, "-1.0": -1, "-0.0": 0}
EMPTY = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One line with its fields as text."""

    line: int
    fields: list[str]


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines of a table: where each field begins and how long it is."""

    table: TextTable
    data: bytes
    begins: NDArray[np.int64]
    lengths: NDArray[np.int64]
    lines: NDArray[np.int64]
    first_row: int

    def line(self, row: int) -> int:
        """Number of the line in the file."""
        return int(self.lines[row])

    def text(self, row: int, column: int) -> str:
        """One field."""
        begin = int(self.begins[row, column])
        return self.data[begin : begin + int(self.lengths[row, column])].decode("utf-8").strip()

    def texts(self, column: int) -> list[str]:
        """One column."""
        return [
            self.data[b : b + n].decode("utf-8").strip()
            for b, n in zip(self.begins[:, column].tolist(), self.lengths[:, column].tolist(), strict=True)
        ]

    def votes(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.int8]:
        """The votes in some fields; `EMPTY` for blanks."""
        letters = np.frombuffer(self.data, np.uint8)
        begin, length = self.begins[rows, columns], self.lengths[rows, columns]
        first = letters[np.minimum(begin, len(letters) - 1)]
        second = letters[np.minimum(begin + 1, len(letters) - 1)]
        found = np.full(len(rows), 3, np.int8)
        found[(length == 1) & (first == ord("1"))] = 1
        found[(length == 1) & (first == ord("0"))] = 0
        found[(length == 2) & (first == ord("-")) & (second == ord("1"))] = -1
        found[length == 0] = EMPTY
        for at in np.flatnonzero(found == 3):
            word = self.text(int(rows[at]), int(columns[at]))
            if word and word not in VOTES:
                column = self.table.header[int(columns[at])]
                raise BadInput(
                    f"{self.table.name}, line {self.line(int(rows[at]))}, column '{column}': "
                    f"'{word[:40]}' is not a vote. Use 1 (agree), 0 (pass), -1 (disagree) or nothing."
                )
            found[at] = VOTES[word] if word else EMPTY
        return found

    def whole_numbers(self, column: int) -> NDArray[np.int64] | None:
        """A column of digits as numbers, or None if it holds anything else."""
        letters = np.frombuffer(self.data, np.uint8)
        begin, length = self.begins[:, column], self.lengths[:, column]
        if len(length) == 0 or length.min() == 0 or length.max() > 18:
            return None
        value = np.zeros(len(begin), np.int64)
        for at in range(int(length.max())):
            inside = at < length
            digit = letters[np.minimum(begin + at, len(letters) - 1)].astype(np.int64) - ord("0")
            if np.any(inside & ((digit < 0) | (digit > 9))):
                return None
            value = np.where(inside, value * 10 + digit, value)
        return value

    def different(self, column: int) -> tuple[list[bytes], NDArray[np.int64]]:
        """The different words of a column, and which of them each line has."""
        numbers = self.whole_numbers(column)
        if numbers is not None and not self._has_leading_zero(column):
            values, back = np.unique(numbers, return_inverse=True)
            return [str(value).encode() for value in values.tolist()], back
        words = [word.encode() for word in self.texts(column)]
        seen: dict[bytes, int] = {}
        back = np.array([seen.setdefault(word, len(seen)) for word in words], np.int64)
        return list(seen), back

    def _has_leading_zero(self, column: int) -> bool:
        letters = np.frombuffer(self.data, np.uint8)
        first = letters[np.minimum(self.begins[:, column], len(letters) - 1)]
        return bool(np.any((first == ord("0")) & (self.lengths[:, column] > 1)))


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table whose first line names the columns."""

    name: str
    header: list[str]
    data: bytes
    delimiter: str

    def rows(self) -> Iterator[Row]:
        """Line by line, quoted fields and all."""
        csv.field_size_limit(sys.maxsize)
        reader = csv.reader(io.StringIO(self.data.decode("utf-8"), newline=""), delimiter=self.delimiter)
        try:
            for fields in reader:
                if reader.line_num == 1 or not any(field.strip() for field in fields):
                    continue
                if len(fields) < len(self.header):
                    raise self._uneven(reader.line_num, len(fields))
                yield Row(reader.line_num, fields)
        except csv.Error as wrong:
            raise BadInput(f"{self.name}, line {reader.line_num}: {wrong}.") from wrong

    def _uneven(self, line: int, found: int) -> BadInput:
        return BadInput(
            f"{self.name}, line {line}: {found} fields where the first line names {len(self.header)} columns."
        )

    def blocks(self, width: int) -> Iterator[Block]:
        """Some lines at a time. A table with quotes is first written out without them."""
        data, shift = self.data, None
        if b'"' in data:
            kept = list(self.rows())
            for row in kept:
                if len(row.fields) > width:
                    raise self._uneven(row.line, len(row.fields))
            lines = [
                "\x1f".join(f.replace("\n", " ").replace("\x1f", " ") for f in row.fields) for row in kept
            ]
            data, mark = ("\n".join(["", *lines]) + "\n").encode(), 0x1F
            shift = np.array([row.line for row in kept], np.int64)
        else:
            mark = ord(self.delimiter)
        begin = data.find(b"\n") + 1
        line, before = 2, 0
        while 0 < begin < len(data):
            end = len(data) if begin + BLOCK >= len(data) else data.rfind(b"\n", begin, begin + BLOCK) + 1
            if end <= begin:
                end = (data.find(b"\n", begin) + 1) or len(data)
            block = self._cut(data[begin:end], mark, width, line, before, shift)
            yield block
            line += data.count(b"\n", begin, end)
            before += len(block.lines)
            begin = end

    def _cut(
        self, data: bytes, mark: int, width: int, line: int, row: int, lines: NDArray[np.int64] | None
    ) -> Block:
        if not data.endswith(b"\n"):
            data += b"\n"
        letters = np.frombuffer(data, np.uint8)
        ends = np.flatnonzero((letters == mark) | (letters == 10))
        begins = np.concatenate(([0], ends[:-1] + 1))
        is_last = letters[ends] == 10
        last = np.flatnonzero(is_last)
        fields = np.diff(np.concatenate(([-1], last)))
        blank = (fields == 1) & ((ends - begins)[last] == 0)
        number = (
            line + np.arange(len(last)) if lines is None else np.concatenate([lines[row : row + len(last)]])
        )
        uneven = np.flatnonzero((fields != width) & ~blank)
        if len(uneven):
            raise self._uneven(int(number[uneven[0]]), int(fields[uneven[0]]))
        if blank.any() and width > 1:
            keep = np.repeat(~blank, fields)
            ends, begins, number = ends[keep], begins[keep], number[~blank]
        return Block(self, data, begins.reshape(-1, width), (ends - begins).reshape(-1, width), number, row)


def open_table(data: bytes, name: str) -> TextTable:
    """Look at the bytes and at the first line; refuse what cannot be a table."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise BadInput(f"{name}: the file is empty. Its first line should name the columns.")
    nul = data.find(b"\0")
    if nul >= 0:
        line = data.count(b"\n", 0, nul) + 1
        raise BadInput(f"{name}, line {line}: a NUL byte; this is not a text table. Save it as CSV in UTF-8.")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise BadInput(f"{name}, line {line}: this is not text in UTF-8. Save it as CSV in UTF-8.") from wrong
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    first = data[: data.find(b"\n")] if b"\n" in data else data
    text = first.decode("utf-8")
    delimiter = max(",;\t", key=text.count)
    csv.field_size_limit(sys.maxsize)
    header = next(csv.reader([text], delimiter=delimiter), [])
    return TextTable(name, [word.strip() for word in header], data, delimiter)
