"""Every column of the database is in the register: what it holds, why, for whom, and for how long."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from django.apps import apps

from brobygget.people.sealed import SealedField

FOLDER = Path(__file__).resolve().parents[2] / "docs/register"
HEADINGS = ["table", "column", "holds", "why", "class", "basis", "stored_as", "kept"]
CLASSES = {"key", "fact", "words", "person", "host", "secret"}
ABOUT_SOMEBODY = {"words", "person", "host"}
BASES = {"", "consent", "legitimate interest"}
FORBIDDEN = ("personnummer", "nationality", "religion", "birth", "origin", "phone_number", "citizenship")


def read_register() -> list[dict[str, str]]:
    """The rows of all the files."""
    rows: list[dict[str, str]] = []
    for file in sorted(FOLDER.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as opened:
            reader = csv.DictReader(opened)
            assert reader.fieldnames == HEADINGS, file.name
            rows += list(reader)
    return rows


def _columns() -> set[tuple[str, str]]:
    return {
        (model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
    }


def test_every_column_is_told_once_and_none_that_is_not_there() -> None:
    told = Counter((row["table"], row["column"]) for row in read_register())
    missing = [f"{table},{column},..." for table, column in sorted(_columns() - set(told))]
    assert missing == [], "add these lines to docs/register/<stage>.csv"
    assert sorted(set(told) - _columns()) == []
    assert [place for place, times in told.items() if times > 1] == []


def test_a_row_says_what_it_has_to_say() -> None:
    wrong = [
        f"{row['table']}.{row['column']}"
        for row in read_register()
        if row["class"] not in CLASSES
        or row["basis"] not in BASES
        or not all(row[heading] for heading in ("holds", "why", "stored_as", "kept"))
        or (bool(row["basis"]) != (row["class"] in ABOUT_SOMEBODY) and row["class"] != "secret")
    ]
    assert wrong == []


def test_what_the_program_seals_is_told_as_sealed() -> None:
    sealed = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    }
    told = {(row["table"], row["column"]) for row in read_register() if row["stored_as"].startswith("sealed")}
    assert sealed
    assert told == sealed


def test_there_is_no_column_for_what_we_never_ask() -> None:
    assert [f"{t}.{c}" for t, c in sorted(_columns()) if any(word in c for word in FORBIDDEN)] == []
