"""Älvhamra's register in all four shapes, with 33 planted faults: nothing is lost and every fault is handled."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from brobygget.associations.register import AssociationRecord, RegisterReading, read_register

DATA = Path(__file__).parent / "data"
SHEETS = ("alvhamra_export_cp1252.csv", "alvhamra_export.xlsx")
SYSTEMS = ("alvhamra_bookingsystem_a.json", "alvhamra_bookingsystem_b.json")
TRUTH: list[dict[str, Any]] = json.loads((DATA / "alvhamra_truth.json").read_text("utf-8"))["associations"]
ISSUES: list[dict[str, Any]] = json.loads((DATA / "alvhamra_expected_issues.json").read_text("utf-8"))
READ: dict[str, RegisterReading] = {}


def reading(name: str) -> RegisterReading:
    if name not in READ:
        READ[name] = read_register((DATA / name).read_bytes())
    return READ[name]


def found(name: str, key: int) -> AssociationRecord:
    """The association that is true association number `key`; a suggested spelling counts."""
    true = TRUTH[key - 1]["name"]
    (record,) = [r for r in reading(name).associations if true in (r.name, r.name_suggestion)]
    return record


@pytest.mark.parametrize("name", SHEETS + SYSTEMS)
def test_every_association_is_found_once_and_no_other(name: str) -> None:
    names = sorted(r.name_suggestion or r.name for r in reading(name).associations)
    assert names == sorted(true["name"] for true in TRUTH)


@pytest.mark.parametrize("name", SHEETS + SYSTEMS)
def test_reading_the_same_file_twice_gives_the_same(name: str) -> None:
    assert read_register((DATA / name).read_bytes()) == reading(name)


def test_the_csv_and_the_workbook_say_the_same() -> None:
    text, book = (reading(name) for name in SHEETS)
    assert (text.encoding, text.delimiter, text.header_row) == ("cp1252", ";", 5)
    assert (book.encoding, book.sheet, book.header_row) == ("xlsx", "Föreningar", 5)
    assert [vars(r) | {"source": 0, "problems": 0} for r in text.records] == [
        vars(r) | {"source": 0, "problems": 0} for r in book.records
    ]
    assert (text.duplicates, text.refused) == (book.duplicates, book.refused)


@pytest.mark.parametrize("name", SHEETS)
def test_the_sums_of_the_export(name: str) -> None:
    read = reading(name)
    lesser = [r for r in read.records if r.duplicate_of]
    others = {r.name: r.status for r in read.records if r.status != "active"}
    assert (len(read.records), len(read.associations), len(lesser)) == (70, 62, 3)
    assert others == {
        "Älvhamra Vattenpoloklubb (VILANDE)": "dormant",
        "Älvhamra Biljardsällskap": "dissolved",
        "Forsvägens Vägförening": "excluded",
        "Älvhamra Bygdegårdsförening": "venue",
        "Ny grupp: pappor & barn": "draft",
    }


@pytest.mark.parametrize("name", [*SHEETS, "alvhamra_bookingsystem_b.json"])
def test_interests_are_right_and_few_are_missed(name: str) -> None:
    hits = given = wanted = 0
    for true in TRUTH:
        interests = set(found(name, true["key"]).interests)
        hits += len(interests & set(true["interests"]))
        given += len(interests)
        wanted += len(true["interests"])
    assert hits / given >= 0.95
    assert hits / wanted >= 0.85


def test_interests_guessed_from_names_alone_are_never_wrong_and_marked_as_guesses() -> None:
    for true in TRUTH:
        record = found("alvhamra_bookingsystem_a.json", true["key"])
        assert set(record.interests) <= set(true["interests"])
        assert record.interests_guessed_from_name == bool(record.interests)


SPOILT_IN_THE_FILE = {"org_nr": {9, 16, 21}, "email": {5, 28}, "description": {19, 27, 35}}


@pytest.mark.parametrize("name", SHEETS)
def test_every_cell_that_is_not_spoilt_comes_out_true(name: str) -> None:
    for true in TRUTH:
        key, r = true["key"], found(name, true["key"])
        got = {
            "age": (r.age_min, r.age_max),
            "languages": r.languages,
            "schedules": [(s.rrule, s.start) for s in r.schedules],
            "phone": r.phone,
            "street": r.street or r.private.home_street,
            "postcode": r.postcode or r.private.home_postcode,
            "city": r.city,
            "venue": r.venue,
            "category": r.category,
            "source_id": r.source_id,
            "contact": (r.private.contact_name, r.private.contact_role),
            "contact_public": bool(r.private.said_public),
        }
        assert got == {
            "age": (true["age_min"], true["age_max"]),
            "languages": tuple(true["languages"]),
            "schedules": [(true["rrule"], true["start"])],
            "phone": true["phone"],
            "street": true["street"],
            "postcode": true["postcode"],
            "city": true["city"],
            "venue": true["venue"],
            "category": true["category"],
            "source_id": true["source_id"],
            "contact": (true["contact_name"], true["contact_role"]),
            "contact_public": true["contact_public"],
        }
        for field, spoilt in SPOILT_IN_THE_FILE.items():
            if key not in spoilt:
                assert getattr(r, field) == true[{"description": "description_sv"}.get(field, field)]
        assert r.fee_sek == true["fee_sek"] or (r.fee_sek is None and true["fee_sek"] == 0)
        assert bool(r.accessibility) == true["access_known"]
        assert r.schedules[0].end in (true["end"], "")


@pytest.mark.parametrize("name", SHEETS)
def test_blank_accessibility_is_unknown_and_never_no(name: str) -> None:
    for true in TRUTH:
        assert "no" not in found(name, true["key"]).accessibility.values()


def test_every_filled_cell_of_every_source_row_is_kept_as_it_came() -> None:
    text = (DATA / SHEETS[0]).read_bytes().decode("cp1252")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    for record in reading(SHEETS[0]).records:
        filled = {h: cell for h, cell in zip(rows[4], rows[record.source_line - 1], strict=True) if cell}
        assert record.source == {h: cell.replace("121212-1212", "[…]") for h, cell in filled.items()}


def test_no_authority_number_is_anywhere_in_what_was_read() -> None:
    for name in SHEETS:
        assert "121212" not in repr(reading(name))


def skipped_as(kind: str) -> Callable[[RegisterReading, dict[str, Any]], bool]:
    return lambda read, issue: (issue["line"], kind) in [(s.line, s.kind) for s in read.skipped]


def at(check: Callable[[AssociationRecord], bool]) -> Callable[[RegisterReading, dict[str, Any]], bool]:
    """The row at the issue's line has the problem, in the column, and came out as it should."""

    def holds(read: RegisterReading, issue: dict[str, Any]) -> bool:
        (record,) = [r for r in read.records if r.source_line == issue["line"]]
        noted = [p for p in record.problems if (p.field, p.code) == (issue["field"], issue["issue"])]
        return len(noted) == 1 and check(record)

    return holds


def text_of(record: AssociationRecord) -> str:
    return record.description


OUTCOMES: dict[tuple[str, int], Callable[[RegisterReading, dict[str, Any]], bool]] = {
    ("leading_zero", 7): at(lambda r: (r.age_min, r.age_max) == (5, 20)),
    ("excel_date_mangled_age", 14): at(lambda r: (r.age_min, r.age_max) == (6, 80)),
    ("excel_date_mangled_age", 18): at(lambda r: (r.age_min, r.age_max) == (3, 20)),
    ("excel_scientific", 15): at(lambda r: r.org_nr == "" and r.needs_review),
    ("bad_checksum", 22): at(lambda r: r.org_nr == "899999-0000" and r.needs_review),
    ("missing", 28): at(lambda r: r.org_nr == "" and not r.needs_review),
    ("two_emails", 10): at(
        lambda r: (
            (r.email, r.private.contact_email)
            == ("info@alvhamravolleybollklubb.example", "kassor@alvhamravolleybollklubb.example")
        )
    ),
    ("case_space", 20): at(lambda r: r.email == "info@simsallskapetlaxen.example"),
    ("at_obfuscated", 31): at(lambda r: r.email == "info@skoterklubbennorrsken.example"),
    ("placeholder", 37): at(lambda r: r.email == ""),
    ("newline_in_cell", 6): at(
        lambda r: r.websites == ("https://alvhamraif.example/", "https://facebook.com/alvhamraif")
    ),
    ("embedded_crlf", 46): at(lambda r: text_of(r).endswith("Dirigent sökes!\nRing på kvällar.")),
    ("html_entity", 51): at(lambda r: r.activities == ("Folkmusik", "folkdans")),
    ("mojibake", 57): at(lambda r: r.name == "Hembygdsföreningen Älven"),
    ("whitespace", 39): at(lambda r: r.name == "Älvhamra Ryttarförening"),
    ("all_caps", 63): at(
        lambda r: (r.name, r.name_suggestion) == ("ÄLVHAMRA SCHACKKLUBB", "Älvhamra Schackklubb")
    ),
    ("private_address", 42): at(
        lambda r: (
            (r.street, r.postcode, r.private.home_street, r.private.care_of)
            == ("", "", "Björkvägen 33", "c/o Sven Ahmadi")
        )
    ),
    ("personnummer_in_text", 35): at(
        lambda r: text_of(r) == "Kassör nås på kvällstid. Pnr […]." and r.needs_review
    ),
    ("run_together", 53): at(lambda r: r.activities == ("Amatörteater", "Barnteater", "Revy")),
    ("text_fee", 69): at(lambda r: r.fee_sek == 0 and r.fee_is_voluntary),
    ("free_text_schedule", 17): at(
        lambda r: (
            r.meeting_text == "varannan tor 10-12 (ej jul)"
            and [s.rrule for s in r.schedules] == ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"]
            and r.needs_review
        )
    ),
    ("formula_injection", 25): at(
        lambda r: text_of(r) == '=HYPERLINK("http://ond.example";"klicka")' and r.needs_review
    ),
    ("html_in_text", 44): at(lambda r: text_of(r) == "Mek-kvällar och träning."),
    ("duplicate_same_orgnr", 11): at(lambda r: r.duplicate_of == 8),
    ("dormant", 27): at(lambda r: r.status == "dormant"),
    ("dissolved", 29): at(lambda r: r.status == "dissolved"),
    ("excluded_kind", 43): at(lambda r: r.status == "excluded"),
    ("venue_only", 45): at(lambda r: (r.status, r.interests) == ("venue", ())),
    ("repeated_header_row", 48): skipped_as("repeated_header_row"),
    ("duplicate_name_variant", 66): at(lambda r: r.duplicate_of == 59 and r.needs_review),
    ("duplicate_exact_id", 75): lambda read, _: (
        [r.duplicate_of for r in read.records if r.source_line == 68] == [75]
    ),
    ("no_id_no_contact", 77): at(lambda r: r.status == "draft" and r.needs_review),
    ("footer_row", 79): skipped_as("footer_row"),
}


def test_the_issue_list_is_the_one_this_file_answers() -> None:
    assert sorted((issue["issue"], issue["line"]) for issue in ISSUES) == sorted(OUTCOMES)
    assert len(ISSUES) == 33


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("issue", ISSUES, ids=lambda issue: f"{issue['issue']}-{issue['line']}")
def test_a_planted_fault_is_handled_as_expected(name: str, issue: dict[str, Any]) -> None:
    assert OUTCOMES[issue["issue"], issue["line"]](reading(name), issue)


def test_the_merged_association_knows_its_other_name() -> None:
    assert found(SHEETS[0], 3).alternate_names == ("Norrälvens IBK",)


def test_only_the_duplicate_that_a_person_must_decide_is_uncertain() -> None:
    assert [(d.lines, d.kept, d.is_certain) for d in reading(SHEETS[0]).duplicates] == [
        ((8, 11), 8, True),
        ((59, 66), 59, False),
        ((68, 75), 75, True),
    ]


def test_what_the_booking_systems_run_together_is_taken_apart() -> None:
    record = found("alvhamra_bookingsystem_a.json", 6)
    assert record.email == "info@handbollsklubbenalven.example"
    assert record.private.contact_email == "kassor@handbollsklubbenalven.example"


def test_a_contact_persons_mobile_is_never_the_associations_number() -> None:
    for record in reading("alvhamra_bookingsystem_a.json").associations:
        assert record.phone == ""
    assert found("alvhamra_bookingsystem_a.json", 1).private.contact_phone == "+46701740606"


def test_a_link_in_a_cell_gives_its_address() -> None:
    assert found("alvhamra_bookingsystem_b.json", 1).websites == ("https://alvhamraif.example/",)
    assert found("alvhamra_bookingsystem_b.json", 1).private.contact_name == "Selam Lindmark"
