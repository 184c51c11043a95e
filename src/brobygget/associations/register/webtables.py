"""Web pages with a table: what several booking systems call "export to Excel"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from brobygget.associations.register.columns import SURE, guess_name
from brobygget.associations.register.headers import likely_register
from brobygget.associations.register.limits import Limits
from brobygget.associations.register.tables import Table, TableRow
from brobygget.associations.register.unreadable import UnreadableRegister
from brobygget.associations.register.unreadable import to_be_translated as _

_START = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|table|meta|div|style)\b", re.IGNORECASE)
_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
_HEADERS_WITHIN = 20


def looks_like_html(text: str) -> bool:
    return bool(_START.match(text.lstrip("\ufeff")))


def read_web_table(text: str, encoding: str, limits: Limits) -> Table:
    """The table of a page that looks most like a register."""
    parser = _Tables(limits)
    parser.feed(text)
    parser.close()
    tables = [
        _with_web_addresses(rows, parser.links, number) for number, rows in enumerate(parser.tables) if rows
    ]
    if not tables:
        raise UnreadableRegister(
            _("this is a web page without a table. Export the register as CSV, XLSX or JSON.")
        )
    return likely_register(
        Table(
            tuple(TableRow(number, tuple(cells)) for number, cells in enumerate(rows, start=1)),
            encoding=encoding,
            delimiter="html",
        )
        for rows in tables
    )


def _with_web_addresses(
    rows: list[list[str]], links: Mapping[tuple[int, int, int], str], table: int
) -> list[list[str]]:
    """In a column of home pages the address counts, not the words of the link; a name that is a link stays a name."""
    columns = {
        place for row in rows[:_HEADERS_WITHIN] for place, cell in enumerate(row) if _is_called_website(cell)
    }
    return [
        [
            links.get((table, number, place), cell) if place in columns else cell
            for place, cell in enumerate(row)
        ]
        for number, row in enumerate(rows)
    ]


def _is_called_website(cell: str) -> bool:
    guess = guess_name(cell)
    return guess is not None and guess.field == "website" and guess.confidence >= SURE


class _Tables(HTMLParser):
    """Rows and cells of every table; markup inside a cell is left out, a link's address is kept beside it."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.tables: list[list[list[str]]] = []
        self.links: dict[tuple[int, int, int], str] = {}
        self.in_cell = False
        self.silent = 0
        self.rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" and len(self.tables) < 200:
            self.tables.append([])
            self.in_cell = False  # what follows belongs to no cell before the table has a row
        elif tag == "tr" and self.tables:
            self.rows += 1
            if self.rows > self.limits.rows:
                raise UnreadableRegister(
                    _("the page has more than %(most)s rows. Send only the associations."),
                    most=self.limits.rows,
                )
            self.tables[-1].append([])
            self.in_cell = False
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            row = self.tables[-1][-1]
            self.in_cell = len(row) < self.limits.columns
            if self.in_cell:
                row.append("")
        elif tag in ("script", "style"):
            self.silent += 1
        elif tag in ("br", "p", "li") and self.in_cell:
            self._write("\n")
        elif tag == "a" and self.in_cell:
            address = dict(attrs).get("href") or ""
            if address.startswith("mailto:"):
                self._write(address.removeprefix("mailto:").split("?")[0] + " ")
            elif _WEB.match(address):
                self._keep(address)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self.in_cell = False
        elif tag in ("script", "style"):
            self.silent = max(0, self.silent - 1)

    def handle_data(self, data: str) -> None:
        if self.in_cell and not self.silent:
            self._write(data)

    def _keep(self, address: str) -> None:
        rows = self.tables[-1]
        place = (len(self.tables) - 1, len(rows) - 1, len(rows[-1]) - 1)
        kept = f"{self.links[place]}\n{address}" if place in self.links else address
        self.links[place] = kept[: self.limits.cell_characters]

    def _write(self, text: str) -> None:
        row = self.tables[-1][-1]
        if row and len(row[-1]) < self.limits.cell_characters:
            row[-1] = (row[-1] + text)[: self.limits.cell_characters]
