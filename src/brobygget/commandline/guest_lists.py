"""Read who comes: the JSON of `brobygget-mixing-1`, or a sheet of people as CSV."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brobygget.commandline import BadInput, read_json
from brobygget.engine.mixing import Gathering, NotAGathering, gather

FORMAT = "brobygget-mixing-1"
MOST_PEOPLE = 100_000
MOST_LANGUAGES = 62
COLUMNS = ("name", "languages", "group", "present", "apart_from", "with", "interpreter")
NEW_HERE = {"n", "new", "newcomer", "ny", "ny här"}
YES = {"1", "x", "yes", "ja", "true"}
Plan = list[list[list[int]]]


@dataclass(frozen=True)
class GuestList:
    """An event as read.

    Attributes
    ----------
    id : str
        Of the file, or its name.
    gathering : Gathering
        For the engine.
    languages : tuple of str
        Names of the bits.
    names : tuple of str
        Of people; empty when the file has numbers only.
    keep : Plan or None
        An earlier plan to stay near.
    """

    id: str
    gathering: Gathering
    languages: tuple[str, ...]
    names: tuple[str, ...]
    keep: Plan | None


def read_guest_list(path: str, tables: Sequence[int] | None, rounds: int | None) -> GuestList:
    """Read a file of either kind; ``tables`` and ``rounds`` are for CSV."""
    if path.endswith((".json", ".gz")):
        return _from_json(path, read_json(path))
    data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    if b"\x00" in data or not data.strip():
        raise BadInput(f"{path}: the file is empty or not text. Send JSON ({FORMAT}) or a CSV of people.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if text.lstrip()[:1] in "{[":
        try:
            return _from_json(path, json.loads(text))
        except json.JSONDecodeError as wrong:
            where = f"line {wrong.lineno}, column {wrong.colno}"
            raise BadInput(f"{path}, {where}: this is not JSON ({wrong.msg}).") from wrong
        except RecursionError as wrong:
            raise BadInput(f"{path}: the JSON is nested too deeply.") from wrong
    return _from_csv(path, text, tables, rounds)


def _gather(path: str, **described: Any) -> Gathering:
    try:
        return gather(**described)
    except NotAGathering as wrong:
        raise BadInput(f"{path}: {wrong}. {_way_on(wrong.code)}") from wrong


def _way_on(code: str) -> str:
    ways = {
        "fewer_people_than_tables": "Put out fewer tables in that round.",
        "together_and_apart": "Remove one of the two.",
        "apart_with_self": "Remove that pair.",
        "together_with_self": "Remove that pair.",
        "history_with_self": "Remove that line.",
        "unknown_person": "People are numbered from 0.",
        "tables": "Each round needs at least one table.",
        "table_too_large": "Put out more tables in that round.",
    }
    return ways.get(code, "Correct it and try again.")


def _from_json(path: str, data: Any) -> GuestList:
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise BadInput(f"{path}, format: expected {FORMAT}.")
    field = _Fields(path, data)
    people = field.whole("people", least=1, most=MOST_PEOPLE)
    rounds = field.whole("rounds", least=1, most=150)
    tables = field.numbers("tables", count=rounds, least=1, most=people)
    languages = field.strings("languages")
    if not 1 <= len(languages) <= MOST_LANGUAGES:
        raise BadInput(f"{path}, languages: name 1 to {MOST_LANGUAGES} languages.")
    side = data.get("side")
    if not isinstance(side, str) or len(side) != people or set(side) - set("NE"):
        raise BadInput(f"{path}, side: expected one N or E for each of the {people} people.")
    masks = field.numbers("langs", count=people, least=1, most=2 ** len(languages) - 1)
    interpreters = field.numbers("interp", least=0, most=people - 1)
    present = None
    if data.get("present") is not None:
        bits = field.numbers("present", count=people, least=0, most=2**rounds - 1)
        present = [[there >> r & 1 for r in range(rounds)] for there in bits]
    gathering = _gather(
        path,
        people=people,
        tables=tables,
        newcomer=[s == "N" for s in side],
        languages=masks,
        interpreter=[p in set(interpreters) for p in range(people)],
        present=present,
        together=field.rows("together", width=2),
        apart=field.rows("apart", width=2),
        history=field.rows("history", width=3),
        held=field.plan("done", rounds) or [],
    )
    name = data.get("id")
    given = data.get("names")
    names = field.strings("names") if given is not None else []
    if given is not None and len(names) != people:
        raise BadInput(f"{path}, names: expected {people} names.")
    keep = field.plan("keep", rounds)
    if keep and any(not 0 <= p < people for each in keep for table in each for p in table):
        raise BadInput(f"{path}, keep: names somebody who is not there. People are numbered from 0.")
    identity = name if isinstance(name, str) else Path(path).stem
    return GuestList(identity, gathering, tuple(languages), tuple(names), keep)


class _Fields:
    """Typed access to the fields of a JSON object, each refusal naming file and field."""

    def __init__(self, path: str, data: Mapping[str, Any]) -> None:
        self._path = path
        self._data = data

    def _refuse(self, field: str, wanted: str) -> BadInput:
        return BadInput(f"{self._path}, {field}: expected {wanted}.")

    def whole(self, field: str, *, least: int, most: int) -> int:
        value = self._data.get(field)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._refuse(field, f"a whole number from {least} to {most}")
        return value

    def numbers(self, field: str, *, least: int, most: int, count: int | None = None) -> list[int]:
        values = self._data.get(field, [] if count is None else None)
        length = "" if count is None else f"{count} "
        wanted = f"a list of {length}whole numbers from {least} to {most}"
        if not isinstance(values, list) or (count is not None and len(values) != count):
            raise self._refuse(field, wanted)
        for at, value in enumerate(values):
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
                raise self._refuse(f"{field}[{at}]", f"a whole number from {least} to {most}")
        return values

    def strings(self, field: str) -> list[str]:
        values = self._data.get(field)
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            raise self._refuse(field, "a list of words")
        return values

    def rows(self, field: str, *, width: int) -> list[list[int]]:
        rows = self._data.get(field) or []
        if not isinstance(rows, list):
            raise self._refuse(field, f"a list of rows of {width} whole numbers")
        for at, row in enumerate(rows):
            right = isinstance(row, list) and len(row) == width
            if not right or not all(isinstance(x, int) and abs(x) < 2**31 for x in row):
                raise self._refuse(f"{field}[{at}]", f"{width} whole numbers")
        return rows

    def plan(self, field: str, rounds: int) -> Plan | None:
        plan = self._data.get(field)
        if plan is None:
            return None
        wanted = f"at most {rounds} rounds, each a list of tables, each a list of people"
        if not isinstance(plan, list) or len(plan) > rounds:
            raise self._refuse(field, wanted)
        for tables in plan:
            if not isinstance(tables, list) or not all(isinstance(table, list) for table in tables):
                raise self._refuse(field, wanted)
            if not all(isinstance(p, int) and abs(p) < 2**31 for table in tables for p in table):
                raise self._refuse(field, wanted)
        return plan


def _from_csv(path: str, text: str, tables: Sequence[int] | None, rounds: int | None) -> GuestList:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as wrong:
        raise BadInput(f"{path}: this is not a CSV ({wrong}).") from wrong
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    header = [cell.strip().casefold() for cell in rows[0]]
    if "name" not in header or "languages" not in header:
        raise BadInput(
            f"{path}, line 1: expected the columns {', '.join(COLUMNS[:6])} (name and languages at least)."
        )
    if tables is None or rounds is None:
        raise BadInput(f"{path}: say how many tables and rounds, for example --tables 5 --rounds 4.")
    guests = [dict(zip(header, (cell.strip() for cell in row), strict=False)) for row in rows[1:]]
    if not guests:
        raise BadInput(f"{path}: there is nobody below the header.")
    if len(guests) > MOST_PEOPLE:
        raise BadInput(f"{path}: at most {MOST_PEOPLE} people.")
    return _GuestSheet(path, guests, rounds).guest_list(tables)


class _GuestSheet:
    """Rows of a CSV, one person each; line 1 is the header."""

    def __init__(self, path: str, guests: list[dict[str, str]], rounds: int) -> None:
        self._path = path
        self._guests = guests
        self._rounds = rounds
        self._names = [guest.get("name", "") for guest in guests]
        self._number: dict[str, int] = {}
        for at, name in enumerate(self._names):
            if not name:
                raise self._refuse(at, "name", "is empty. Give everybody a name or a number")
            if name in self._number:
                raise self._refuse(
                    at, "name", f"«{name}» stands in line {self._number[name] + 2} too. Tell them apart"
                )
            self._number[name] = at

    def _refuse(self, at: int, column: str, what: str) -> BadInput:
        return BadInput(f"{self._path}, line {at + 2}, {column}: {what}.")

    def guest_list(self, tables: Sequence[int]) -> GuestList:
        spoken = [self._words(at, "languages") for at in range(len(self._guests))]
        for at, words in enumerate(spoken):
            if not words:
                raise self._refuse(at, "languages", "is empty. Name at least one language, for example sv")
        languages = sorted({word for words in spoken for word in words})
        if len(languages) > MOST_LANGUAGES:
            raise BadInput(f"{self._path}, languages: more than {MOST_LANGUAGES} different ones.")
        bit = {language: 1 << at for at, language in enumerate(languages)}
        gathering = _gather(
            self._path,
            people=len(self._guests),
            tables=list(tables),
            newcomer=self._newcomers(),
            languages=[sum({bit[word] for word in words}) for words in spoken],
            interpreter=[g.get("interpreter", "").casefold() in YES for g in self._guests],
            present=[self._present(at) for at in range(len(self._guests))],
            together=self._pairs("with"),
            apart=self._pairs("apart_from"),
        )
        return GuestList(Path(self._path).stem, gathering, tuple(languages), tuple(self._names), None)

    def _words(self, at: int, column: str) -> list[str]:
        return [w.casefold() for w in re.split(r"[\s;,|/+]+", self._guests[at].get(column, "")) if w]

    def _newcomers(self) -> list[bool]:
        groups = [guest.get("group", "").casefold() for guest in self._guests]
        named = sorted({g for g in groups if g})
        if len(named) > 2:
            raise BadInput(f"{self._path}, group: expected two groups at most, found {', '.join(named[:4])}.")
        new = NEW_HERE.intersection(named) or set(named[:1])
        return [group in new for group in groups]

    def _present(self, at: int) -> list[bool]:
        text = self._guests[at].get("present", "")
        if not text:
            return [True] * self._rounds
        there = [False] * self._rounds
        for part in re.split(r"[\s;,|]+", text):
            span = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3}))?", part)
            first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
            if not 1 <= first <= last <= self._rounds:
                raise self._refuse(
                    at, "present", f"«{part}» is no round from 1 to {self._rounds}; write 1-3 or 1;4"
                )
            there[first - 1 : last] = [True] * (last - first + 1)
        return there

    def _pairs(self, column: str) -> list[tuple[int, int]]:
        pairs = []
        for at, guest in enumerate(self._guests):
            for name in re.split(r"[;|,]", guest.get(column, "")):
                other = name.strip()
                if other and other not in self._number:
                    raise self._refuse(at, column, f"«{other}» is not among the names")
                if other:
                    pairs.append((at, self._number[other]))
        return pairs
