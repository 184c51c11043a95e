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
FORBIDDEN = (
    "personnummer", "nationality", "religion", "birth", "origin", "phone", "citizenship", "address", "street", "postcode",
    "care_of",
)  # fmt: skip
# The only columns with such a name, and why: none of them is about a participant.
ALLOWED = {
    "account_emailconfirmation.email_address_id": "django-allauth's own key to a host's e-mail address; not used",
    "associations_fieldchange.origin": "who wrote a field: the register, the association or the house",
    "house_house.address": "the house's own",
    "openhouse_visitor.telephone": "given by a visitor who wants a message or a call; sealed, gone after 90 days",
    "associations_association.phone": "the association's own telephone, which it shows itself",
    "associations_association.street": "the place where it meets, or its office",
    "associations_association.postcode": "of that place",
    "associations_linksending.address_digest": "a keyed hash of an association's e-mail address",
    "associations_associationcontact.phone": "a contact person's, as the register has it; sealed, for staff only",
    "associations_letteraddress.care_of": "where letters go, as the register has it; sealed, for staff only",
    "associations_letteraddress.street": "where letters go, as the register has it; sealed, for staff only",
    "associations_letteraddress.postcode": "where letters go, as the register has it; sealed, for staff only",
}


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
    found = {f"{t}.{c}" for t, c in _columns() if any(word in c for word in FORBIDDEN)}
    assert sorted(found ^ set(ALLOWED)) == []


def test_what_a_register_tells_of_a_contact_person_is_sealed() -> None:
    private = {"associations_associationcontact", "associations_letteraddress"}
    plain = {"id", "association_id", "place", "said_public"}
    told = {
        (row["table"], row["column"]): row["stored_as"].startswith("sealed")
        for row in read_register()
        if row["table"] in private and row["column"] not in plain
    }
    assert len(told) == 8
    assert all(told.values())
