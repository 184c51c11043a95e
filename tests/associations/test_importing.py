"""A register's way into the house and out of it again: nothing is lost, nothing is overwritten, all or nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from brobygget.associations.commands import deciding, editing, foreseeing, late, staging, undoing
from brobygget.associations.commands.applying import apply_run
from brobygget.associations.models import (
    AliasReview,
    Association,
    ImportEffect,
    ImportFile,
    ImportRow,
    ImportRun,
    Origin,
)
from brobygget.associations.queries.register import waiting_in
from brobygget.associations.register import read_register
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from tests.associations.conftest import ALVNAS, AT, SMALL, everything

DATA = Path(__file__).parent / "register" / "data"
SHAPES = (
    "alvhamra_export_cp1252.csv",
    "alvhamra_export.xlsx",
    "alvhamra_bookingsystem_a.json",
    "alvhamra_bookingsystem_b.json",
)
TRUTH: list[dict[str, Any]] = json.loads((DATA / "alvhamra_truth.json").read_text("utf-8"))["associations"]
ISSUES: list[dict[str, Any]] = json.loads((DATA / "alvhamra_expected_issues.json").read_text("utf-8"))
Import = Callable[..., ImportRun]


def _active(house: House) -> dict[str, Association]:
    found = Association.objects.filter(house=house, status="active").prefetch_related("interests", "times")
    return {one.name: one for one in found}


def _true_name(name: str) -> str:
    return {"ÄLVHAMRA SCHACKKLUBB": "Älvhamra Schackklubb"}.get(name, name)


@pytest.mark.parametrize("shape", SHAPES)
def test_62_of_62_associations_come_into_the_house(house: House, imported: Import, shape: str) -> None:
    imported(house, (DATA / shape).read_bytes(), shape)
    assert sorted(map(_true_name, _active(house))) == sorted(true["name"] for true in TRUTH)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_file_twice_changes_nothing(house: House, imported: Import, shape: str) -> None:
    data = (DATA / shape).read_bytes()
    imported(house, data, shape)
    before = everything(house)
    again = imported(house, data, shape, at=AT + timedelta(days=3))
    assert everything(house) == before
    assert again.counts["applied"] == {"added": 0, "changed": 0, "same": len(before), "kept_fields": 0}


@pytest.mark.parametrize("shape", SHAPES[:2])
def test_interests_in_the_house_are_right_and_few_are_missed(
    house: House, imported: Import, shape: str
) -> None:
    imported(house, (DATA / shape).read_bytes(), shape)
    here = {_true_name(name): one for name, one in _active(house).items()}
    hits = given = wanted = 0
    for true in TRUTH:
        interests = {one.interest for one in here[true["name"]].interests.all()}
        hits += len(interests & set(true["interests"]))
        given += len(interests)
        wanted += len(true["interests"])
    assert hits / given >= 0.95
    assert hits / wanted >= 0.85


@pytest.mark.parametrize("shape", SHAPES[:2])
def test_each_of_the_33_faults_is_kept_beside_its_row_and_handled(
    house: House, imported: Import, shape: str
) -> None:
    run = imported(house, (DATA / shape).read_bytes(), shape)
    rows = list(run.rows.all())
    wrong = []
    for issue in ISSUES:  # of two rows with one number the last one wins, and the fault is told of the other
        about = [row for row in rows if issue["line"] in (row.line, row.same_as_line)]
        codes = {problem["code"] for row in about for problem in json.loads(row.problems)}
        if issue["issue"] not in codes:
            wrong.append((issue["line"], issue["issue"], sorted(codes)))
    assert (len(ISSUES), wrong) == (33, [])


def test_what_was_expected_of_the_faults_stands_in_the_house(house: House, imported: Import) -> None:
    imported(house, (DATA / SHAPES[0]).read_bytes())
    here = {
        one.name: one for one in Association.objects.filter(house=house).prefetch_related("contacts", "times")
    }

    def named(key: int) -> Association:
        return here.get(TRUTH[key - 1]["name"]) or here[TRUTH[key - 1]["name"].upper()]

    ages = {key: (named(key).minimum_age, named(key).maximum_age) for key in (2, 8, 12)}
    assert ages == {2: (5, 20), 8: (6, 80), 12: (3, 20)}
    assert [named(key).org_nr for key in (9, 16, 21)] == ["", "899999-0000", ""]
    volleyball = named(5)
    assert volleyball.email == "info@alvhamravolleybollklubb.example"
    assert "kassor@alvhamravolleybollklubb.example" in [one.email for one in volleyball.contacts.all()]
    assert [named(key).email for key in (14, 23, 28)] == [
        "info@simsallskapetlaxen.example",
        "info@skoterklubbennorrsken.example",
        "",
    ]
    assert len(named(1).websites) == 2
    assert "\n" in named(35).description
    assert named(19).description.startswith("=HYPERLINK(")  # kept as text; exports make it harmless
    assert "<script" not in named(34).description
    assert "121212" not in named(27).description
    assert (named(55).fee_sek, named(55).fee_is_voluntary) == (0, True)
    assert [(one.interval, one.weekday) for one in named(11).times.all()] == [(2, 3)]
    private = named(33)
    assert private.street == ""
    assert (private.letter_address.care_of, bool(private.letter_address.street)) == ("c/o Sven Ahmadi", True)
    assert "Norrälvens IBK" in named(3).alternate_names
    statuses = Counter(one.status for one in here.values())
    assert statuses == {"active": 62, "dormant": 1, "dissolved": 1, "excluded": 1, "venue": 1, "draft": 1}


def test_every_source_row_is_kept_and_sealed_in_the_database(house: House, imported: Import) -> None:
    from django.db import connection

    run = imported(house, SMALL)
    sources = [json.loads(row.source) for row in run.rows.order_by("line")]
    assert [source["Förening"] for source in sources] == [
        "Byns hembygdsförening",
        "Sömnadens vänner",
        "Byns schackklubb",
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT source, understood, problems FROM associations_importrow")
        rows = str(cursor.fetchall())
        cursor.execute("SELECT name, phone FROM associations_associationcontact")
        rows += str(cursor.fetchall())
    assert "Kanarie" not in rows
    assert "0701740607" not in rows.replace("-", "").replace(" ", "")
    assert not ImportFile.objects.exists()  # the file itself is gone once it is imported


def test_the_storys_register_304_9_295_18_277(house: House, imported: Import) -> None:
    run = imported(house, ALVNAS.read_bytes())
    reach = Counter(Association.objects.filter(house=house).values_list("reach", flat=True))
    assert (run.counts["rows"], run.counts["duplicates"], Association.objects.count()) == (304, 9, 295)
    assert reach == {"email": 241, "letter": 36, "none": 18}
    assert reach["email"] + reach["letter"] == 277


def test_a_new_file_changes_what_the_register_says_and_nothing_that_people_said(
    house: House, imported: Import, register: ImportRun, bengts: Association
) -> None:
    editing.save_answers(
        bengts, answers={"fee_text": "gratis"}, seen={}, origin=Origin.ASSOCIATION, sitting="a", at=AT
    )
    later = SMALL.replace(";150\r\n", ";200\r\n").replace("0980-3192 01", "0980-3192 09")
    run = imported(house, later, at=AT + timedelta(days=30))
    bengts.refresh_from_db()
    assert (bengts.phone, bengts.fee_text, bengts.fee_sek) == ("+46980319209", "gratis", 0)
    assert bengts.provenance["phone"] == {"origin": "import", "on": "2027-02-21", "run": run.pk}
    assert run.counts["applied"] == {"added": 0, "changed": 1, "same": 2, "kept_fields": 2}
    assert bengts.source_seen_on == (AT + timedelta(days=30)).date()


def test_an_empty_cell_takes_back_what_the_register_said_but_a_missing_column_does_not(
    house: House, imported: Import, register: ImportRun, bengts: Association
) -> None:
    imported(house, SMALL.replace("0980-3192 01", ""))
    bengts.refresh_from_db()
    assert bengts.phone == ""
    without_fee = "\r\n".join(line.rpartition(";")[0] for line in SMALL.splitlines())
    imported(house, without_fee)
    bengts.refresh_from_db()
    assert bengts.fee_text == "150"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            lambda text: text.replace("1;Byns hembygdsförening", "1;Byns Hembygds- och fornminnesförening"),
            "number",
        ),
        (
            lambda text: text.replace("1;Byns hembygdsförening", ";Byns hembygdsförening"),
            "organisation number",
        ),
        (
            lambda text: text.replace("1;Byns hembygdsförening;899999-1006", "77;Byns hembygdsförening;"),
            "name and town",
        ),
    ],
)
def test_an_association_is_found_again(
    house: House, imported: Import, register: ImportRun, bengts: Association, change: Any, why: str
) -> None:
    imported(house, change(SMALL))
    assert Association.objects.filter(house=house).count() == 3
    assert Association.objects.filter(pk=bengts.pk).exists()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1;Byns hembygdsföreningen;;;;;;Byn", "the register's number"),
        ("77;Byns hembygdsföreningen;899999-1006;;;;;Byn", "the organisation number"),
        ("77;Byns hembygdsförening;;;;;;Byn", "name and town"),
        ("1;Gamla gårdens vänner;899999-1006;;;;;Byn", "both numbers, whatever it is called now"),
    ],
)
def test_each_way_of_finding_an_association_again_is_enough_by_itself(
    house: House, imported: Import, register: ImportRun, bengts: Association, row: str, why: str
) -> None:
    """Nothing else of the row says that it is the same: no address, no telephone, no street."""
    run = imported(house, f"Fören.nr;Förening;Org.nr;E-post;Telefon;Gatuadress;Postnr;Postort\r\n{row}\r\n")
    effect = run.effects.get()
    assert (effect.kind, effect.association, Association.objects.count()) == ("changed", bengts, 3)


@pytest.mark.parametrize("word", [ImportRow.Decision.SAME, ImportRow.Decision.NOT_SAME])
def test_a_row_with_the_number_of_an_association_that_was_renamed_here_asks_a_person(
    house: House, imported: Import, register: ImportRun, bengts: Association, word: ImportRow.Decision
) -> None:
    editing.save_answers(
        bengts, answers={"name": "Gamla gårdens vänner"}, seen={}, origin=Origin.STAFF, sitting="a", at=AT
    )
    row = "Fören.nr;Förening;E-post;Telefon;Postort\r\n1;Byns hembygdsförening;ny@byns.example;0980-3192 44;Byn\r\n"
    run = imported(house, row, at=AT + timedelta(days=1))
    waiting = run.rows.get()
    assert (waiting.outcome, waiting.same_as, Association.objects.count()) == ("waiting", bengts, 3)
    run = deciding.decide_pairs(run, decisions=[(waiting.pk, word)], on=AT.date())
    late.take_up_decided(run, at=AT + timedelta(days=1))
    bengts.refresh_from_db()
    is_same = word == ImportRow.Decision.SAME
    assert (bengts.name, bengts.email) == (
        "Gamla gårdens vänner",
        "ny@byns.example" if is_same else "info@byns.example",
    )
    again = imported(house, row, at=AT + timedelta(days=2))
    assert (again.counts["waiting"], Association.objects.count()) == (0, 3 if is_same else 4)


def test_the_whole_file_that_comes_again_doubles_nothing_that_was_renamed_here(
    house: House, imported: Import, register: ImportRun, bengts: Association
) -> None:
    answers = {"name": "Gamla gårdens vänner", "email": "ny@byns.example", "phone": "", "street": ""}
    editing.save_answers(bengts, answers=answers, seen={}, origin=Origin.STAFF, sitting="a", at=AT)
    again = imported(house, SMALL, at=AT + timedelta(days=1))
    assert (again.counts["applied"]["added"], again.counts["waiting"]) == (0, 0)  # both numbers are the same
    assert Association.objects.count() == 3


def test_a_number_that_the_register_gave_to_another_does_not_overwrite(
    house: House, imported: Import, register: ImportRun, bengts: Association
) -> None:
    other = (
        "Fören.nr;Förening;Org.nr;E-post;Telefon;Postort\r\n"
        "1;Nordskogens ryttarklubb;;rid@nord.example;;Nordby\r\n2;Fler;;;0980-3192 50;Nordby\r\n"
    )
    imported(house, other)
    bengts.refresh_from_db()
    assert bengts.name == "Byns hembygdsförening"
    new = Association.objects.get(name="Nordskogens ryttarklubb")
    assert (new.source_id, Association.objects.count()) == ("", 5)


def test_undo_takes_back_what_was_added(house: House, imported: Import, register: ImportRun) -> None:
    undone = undoing.undo_run(register, at=AT)
    assert not Association.objects.exists()
    assert undone.counts["undone"] == {"removed": 3, "restored": 0, "kept": 0, "kept_fields": 0}
    assert undone.rows.count() == 3  # the source rows stay


def test_undo_puts_back_what_was_changed(house: House, imported: Import, register: ImportRun) -> None:
    before = [(row[0], row[1], row[2], row[3], row[5]) for row in everything(house)]  # type: ignore[index]
    run = imported(house, SMALL.replace("schack@byns", "ny@byns").replace("Sömnad;", "Sömnad, Vävning;"))
    assert run.counts["applied"]["changed"] == 2
    undoing.undo_run(run, at=AT)
    after = [(row[0], row[1], row[2], row[3], row[5]) for row in everything(house)]  # type: ignore[index]
    assert after == before


def test_undo_keeps_what_the_association_wrote_and_tells_it(
    house: House, register: ImportRun, bengts: Association
) -> None:
    editing.save_answers(
        bengts, answers={"met_by": "Bengt"}, seen={}, origin=Origin.ASSOCIATION, sitting="a", at=AT
    )
    undone = undoing.undo_run(register, at=AT)
    assert list(Association.objects.values_list("name", "met_by")) == [("Byns hembygdsförening", "Bengt")]
    kept = undone.effects.get(undone=ImportEffect.Undoing.KEPT)
    assert (kept.association, undone.counts["undone"]["kept"]) == (bengts, 1)


def test_the_later_import_is_undone_first(house: House, imported: Import, register: ImportRun) -> None:
    second = imported(house, SMALL, at=AT + timedelta(hours=1))
    with pytest.raises(Refused):
        undoing.undo_run(register, at=AT)
    undoing.undo_run(second, at=AT)
    undoing.undo_run(register, at=AT)
    assert not Association.objects.exists()


def test_columns_that_a_person_confirmed_are_remembered_for_the_next_file(house: House) -> None:
    run = staging.take_file(house=house, data=SMALL.encode(), name="a.csv", by=None, at=AT)
    assert not run.facts["is_remembered"]
    staging.confirm_columns(run, mapping={**run.mapping, "Avgift": ""}, on=AT.date())
    following = staging.take_file(house=house, data=SMALL.encode(), name="b.csv", by=None, at=AT)
    assert (following.facts["is_remembered"], following.mapping["Avgift"]) == (True, "")


def test_a_word_about_a_pair_is_remembered_and_the_pair_becomes_two(house: House) -> None:
    data = ALVNAS.read_bytes()

    def read() -> ImportRun:
        run = staging.take_file(house=house, data=data, name="a.csv", by=None, at=AT)
        run = staging.confirm_columns(run, mapping=run.mapping, on=AT.date())
        return staging.read_rows(run, at=AT)

    run = read()
    assert waiting_in(run) == 3
    unsure = run.rows.filter(is_certain=False).exclude(same_as_line=None).order_by("line")
    words = [ImportRow.Decision.NOT_SAME, ImportRow.Decision.SAME, ImportRow.Decision.SAME]
    run = deciding.decide_pairs(
        run, decisions=[(row.pk, word) for row, word in zip(unsure, words, strict=True)], on=AT.date()
    )
    run = apply_run(run, at=AT)
    assert Association.objects.count() == 296
    again = read()
    assert waiting_in(again) == 0
    apply_run(again, at=AT)
    assert Association.objects.count() == 296


def test_words_that_no_interest_knows_wait_for_a_person(house: House, imported: Import) -> None:
    imported(house, SMALL.replace("Schack;", "Pluttifikation;"))
    assert list(AliasReview.objects.values_list("word", "count", "decision")) == [
        ("pluttifikation", 1, "waiting")
    ]


def test_a_file_that_is_no_register_is_refused_in_a_sentence(house: House) -> None:
    with pytest.raises(Refused, match="register"):
        staging.take_file(house=house, data=b"\x00\x01", name="x", by=None, at=AT)
    assert not ImportRun.objects.exists()


def test_a_file_left_aside_is_gone_with_all_that_was_read_from_it(house: House) -> None:
    run = staging.take_file(house=house, data=SMALL.encode(), name="a.csv", by=None, at=AT)
    run = staging.confirm_columns(run, mapping=run.mapping, on=AT.date())
    staging.read_rows(run, at=AT)
    staging.leave_aside(run)
    assert (ImportFile.objects.count(), ImportRow.objects.count(), Association.objects.count()) == (0, 0, 0)


def test_nothing_is_in_the_register_before_the_file_is_applied_and_applying_twice_is_once(
    house: House,
) -> None:
    run = staging.take_file(house=house, data=SMALL.encode(), name="a.csv", by=None, at=AT)
    run = staging.confirm_columns(run, mapping=run.mapping, on=AT.date())
    run = staging.read_rows(run, at=AT)
    assert (Association.objects.count(), run.counts["foreseen"]) == (0, {"added": 3})
    apply_run(run, at=AT)
    apply_run(run, at=AT)
    assert Association.objects.count() == 3


def test_the_reading_is_what_the_preview_says(house: House) -> None:
    data = (DATA / SHAPES[0]).read_bytes()
    run = staging.take_file(house=house, data=data, name="a.csv", by=None, at=AT)
    run = staging.read_rows(staging.confirm_columns(run, mapping=run.mapping, on=AT.date()), at=AT)
    reading = read_register(data)
    kept = {row.line: json.loads(row.problems) for row in run.rows.exclude(understood="")}
    assert kept == {
        record.source_line: [vars(problem) for problem in record.problems] for record in reading.records
    }


def test_a_row_without_a_name_is_kept_as_a_row_and_is_no_association(house: House, imported: Import) -> None:
    data = json.dumps(
        [{"Name": "\u202e", "Id": 10**25}, {"Name": "", "Id": 2}, {"Name": "Byns kör", "Id": 3}]
    )
    for _ in range(2):
        run = imported(house, data)
    assert list(Association.objects.values_list("name", flat=True)) == ["Byns kör"]
    assert run.counts["applied"]["same"] == 1


def _waiting(run: ImportRun) -> list[tuple[int, str]]:
    return list(run.rows.filter(outcome="waiting").order_by("line").values_list("pk", "decision"))


def test_a_pair_that_nobody_has_decided_on_is_neither_merged_nor_imported_and_is_told(
    house: House, imported: Import
) -> None:
    run = imported(house, ALVNAS.read_bytes())
    waiting = run.rows.filter(outcome="waiting").order_by("line")
    lesser = {json.loads(row.understood)["said"]["columns"]["name"] for row in waiting}
    assert (waiting.count(), run.counts["waiting"], Association.objects.count()) == (3, 3, 295)
    called = {name for one in Association.objects.all() for name in (one.name, *one.alternate_names)}
    assert not lesser & (
        called - {one.name for one in Association.objects.all()}
    )  # no other name of another one
    assert not ImportEffect.objects.filter(row__in=waiting).exists()


def test_a_word_after_the_import_brings_the_row_in_and_undoing_takes_it_out_again(
    house: House, imported: Import
) -> None:
    run = imported(house, ALVNAS.read_bytes())
    (one, _), (other, _), (third, _) = _waiting(run)
    word = ImportRow.Decision
    run = deciding.decide_pairs(run, decisions=[(one, word.NOT_SAME), (other, word.SAME)], on=AT.date())
    run = late.take_up_decided(run, at=AT)
    assert _waiting(run) == [(third, "")]
    assert (Association.objects.count(), run.counts["applied"]["added"], run.counts["waiting"]) == (
        296,
        296,
        1,
    )
    outcomes = dict(run.rows.filter(pk__in=[one, other]).values_list("pk", "outcome"))
    assert outcomes == {one: "added", other: "duplicate"}
    before = everything(house)
    late.take_up_decided(run, at=AT)  # a second press says nothing new
    assert everything(house) == before
    again = imported(house, ALVNAS.read_bytes(), at=AT + timedelta(days=1))
    assert (again.counts["applied"]["added"], again.counts["waiting"], Association.objects.count()) == (
        0,
        1,
        296,
    )
    for each in (again, run):
        undoing.undo_run(each, at=AT)
    assert not Association.objects.exists()


ALIKE = (
    "Fören.nr;Förening;Org.nr;E-post;Telefon;Gatuadress;Postnr;Postort\r\n"
    ";Byns hembygdsförening och museum;;info@byns.example;0980-3192 44;Älvgatan 2;999 21;Byn\r\n"
)


@pytest.mark.parametrize("word", [ImportRow.Decision.SAME, ImportRow.Decision.NOT_SAME])
def test_a_row_that_only_looks_like_an_association_writes_over_nothing_until_a_person_has_said(
    house: House, imported: Import, register: ImportRun, bengts: Association, word: ImportRow.Decision
) -> None:
    run = imported(house, ALIKE, at=AT + timedelta(days=1))
    row = run.rows.get()
    assert (row.outcome, row.same_as_id, run.counts["waiting"]) == ("waiting", bengts.pk, 1)
    bengts.refresh_from_db()
    assert (bengts.name, bengts.phone, Association.objects.count()) == (
        "Byns hembygdsförening",
        "+46980319201",
        3,
    )
    run = late.take_up_decided(
        deciding.decide_pairs(run, decisions=[(row.pk, word)], on=AT.date()), at=AT + timedelta(days=1)
    )
    bengts.refresh_from_db()
    is_same = word == ImportRow.Decision.SAME
    assert bengts.phone == ("+46980319244" if is_same else "+46980319201")
    assert Association.objects.count() == (3 if is_same else 4)
    again = imported(house, ALIKE.replace("3192 44", "3192 45"), at=AT + timedelta(days=2))
    assert (again.counts["waiting"], Association.objects.count()) == (0, 3 if is_same else 4)
    for each in (again, run):
        undoing.undo_run(each, at=AT)
    bengts.refresh_from_db()
    assert (bengts.name, bengts.phone, Association.objects.count()) == (
        "Byns hembygdsförening",
        "+46980319201",
        3,
    )


def test_a_word_that_was_said_while_the_file_was_looked_through_counts_when_it_is_imported(
    house: House, register: ImportRun, bengts: Association
) -> None:
    run = staging.take_file(house=house, data=ALIKE.encode(), name="a.csv", by=None, at=AT)
    run = staging.read_rows(staging.confirm_columns(run, mapping=run.mapping, on=AT.date()), at=AT)
    assert (waiting_in(run), run.counts["foreseen"]) == (1, {})
    row = run.rows.get()
    run = deciding.decide_pairs(run, decisions=[(row.pk, ImportRow.Decision.SAME)], on=AT.date())
    assert (waiting_in(run), run.counts["foreseen"]) == (0, {"changed": 1})
    apply_run(run, at=AT)
    bengts.refresh_from_db()
    assert (bengts.phone, Association.objects.count()) == ("+46980319244", 3)


def test_what_somebody_writes_while_a_file_is_made_ready_is_not_written_over(
    house: House, register: ImportRun, bengts: Association, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = staging.take_file(
        house=house, data=SMALL.replace(";150\r\n", ";200\r\n").encode(), name="a.csv", by=None, at=AT
    )
    run = staging.read_rows(staging.confirm_columns(run, mapping=run.mapping, on=AT.date()), at=AT)
    written = []

    def bengt_writes(done: int, total: int) -> None:
        written.append(done)
        editing.save_answers(
            bengts, answers={"fee_text": "gratis"}, seen={}, origin=Origin.ASSOCIATION, sitting="a", at=AT
        )

    monkeypatch.setattr(foreseeing, "TOLD_EVERY", 3)  # told of its progress after the third row
    applied = apply_run(run, at=AT, progress=bengt_writes)
    bengts.refresh_from_db()
    assert (written, bengts.fee_text, applied.counts["applied"]["changed"]) == ([3, 3], "gratis", 0)


def test_a_number_that_several_rows_share_tells_none_of_them_from_the_others(
    house: House, imported: Import, register: ImportRun
) -> None:
    shared = (
        "Fören.nr;Förening;E-post;Postort\r\n"
        "5;Byns hembygdsförening;info@byns.example;Byn\r\n5;Ryttarklubben;rid@byns.example;Byn\r\n"
    )
    imported(house, shared, at=AT + timedelta(days=1))
    before = everything(house)
    again = imported(house, shared, at=AT + timedelta(days=2))
    assert again.counts["applied"] == {"added": 0, "changed": 0, "same": 2, "kept_fields": 0}
    assert everything(house) == before
    assert Association.objects.get(name="Ryttarklubben").source_id == ""
