"""`./bro import-associations`: one JSON, or one line that says what is wrong."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from brobygget.commandline import run_command
from brobygget.commandline.import_associations import Bar
from brobygget.house.models import House

DATA = Path(__file__).parents[1] / "associations/register/data"
EXPORT = DATA / "alvhamra_export_cp1252.csv"


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    assert run_command("import-associations", list(argv)) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    answer: dict[str, Any] = json.loads(captured.out)
    return answer


def refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert run_command("import-associations", list(argv)) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    return line


def test_the_answer_has_the_agreed_form(capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, str(EXPORT))
    assert (answer["format"], answer["encoding"], answer["delimiter"]) == (
        "brobygget-import-1",
        "cp1252",
        ";",
    )
    assert (answer["header_row"], answer["columns"]["Föreningsnamn"]) == (5, "name")
    tennis = next(row for row in answer["rows"] if row["source_line"] == 14)
    assert {key: tennis[key] for key in ("name", "org_nr", "phone", "postcode", "interests", "age_min", "age_max", "status")} == {
        "name": "Älvhamra Tennis och Padel", "org_nr": "899999-0081", "phone": "+46701740613", "postcode": "999 10",
        "interests": ["tennis"], "age_min": 6, "age_max": 80, "status": "active",
    }  # fmt: skip
    assert {
        "field": "Ålder fr-t",
        "code": "excel_date_mangled_age",
        "raw": "jun-80",
        "did": "6..80",
        "review": False,
    } in tennis["problems"]
    assert answer["rows"][0]["age_max"] is None
    assert answer["duplicates"][0]["lines"] == [8, 11]
    assert answer["duplicates"][0]["why"] == "same organisation number and e-mail"
    assert answer["refused"] == [
        {"line": 35, "field": "Övr. info", "code": "personnummer", "row_left_out": False}
    ]
    sums = {key: answer["summary"][key] for key in ("rows", "associations", "duplicates", "need_review")}
    assert sums == {"rows": 70, "associations": 62, "duplicates": 3, "need_review": 11}


def test_the_file_may_come_on_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(EXPORT.read_bytes())))
    assert run(capsys, "-") == run(capsys, str(EXPORT))


def test_the_public_answer_holds_nothing_private(capsys: pytest.CaptureFixture[str]) -> None:
    everything = run(capsys, str(EXPORT))
    public = json.dumps(run(capsys, str(EXPORT), "--public"), ensure_ascii=False)
    private = {
        text
        for row in everything["rows"]
        for text in (row["private"]["contact_name"], row["private"]["contact_phone"])
        if text
    }
    assert len(private) > 80
    assert [text for text in private if text in public] == []
    assert "Björkvägen 33" in json.dumps(everything, ensure_ascii=False)
    assert "Björkvägen 33" not in public


def test_a_mapping_is_followed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("Vad;Hur\nÅby IF;a@b.example\n", "utf-8")
    (tmp_path / "m.json").write_text('{"Vad": "name", "Hur": "email"}', "utf-8")
    answer = run(capsys, str(tmp_path / "r.csv"), "--mapping", str(tmp_path / "m.json"))
    assert answer["rows"][0]["email"] == "a@b.example"


@pytest.mark.parametrize("mapping", ["[]", '{"Vad": 3}', "{", '{"Vad": "nonsense"}'])
def test_a_mapping_that_is_none_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, mapping: str
) -> None:
    (tmp_path / "m.json").write_text(mapping, "utf-8")
    assert refused(capsys, str(EXPORT), "--mapping", str(tmp_path / "m.json"))


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 64, b"<!doctype html><p>no", b'{"people": 3, "rou', b'{"format": "x"}', b"PK\x03\x04"],
)
def test_what_is_no_register_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "file").write_bytes(content)
    assert str(tmp_path / "file") in refused(capsys, str(tmp_path / "file"))


def test_a_missing_file_and_a_folder_are_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "No such file" in refused(capsys, str(tmp_path / "missing"))
    assert "directory" in refused(capsys, str(tmp_path))
    assert "not a path" in refused(capsys, "nul\x00byte")


def test_apply_needs_a_house(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--house" in refused(capsys, str(EXPORT), "--apply")


def test_apply_to_a_house_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "BROBYGGET_DATA": str(tmp_path / "house"),
        "BROBYGGET_KEYS": str(tmp_path / "keys"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-m", "brobygget", "import-associations", str(EXPORT)]
    ended = subprocess.run(
        [*command, "--apply", "--house", "Alvnas"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    (line,) = ended.stderr.strip().splitlines()
    assert line.startswith("bro import-associations: ")
    assert "house" in line


def test_a_bar_is_drawn_and_wiped(capsys: pytest.CaptureFixture[str]) -> None:
    bar = Bar()
    bar(150, 300)
    bar.clear()
    shown = capsys.readouterr().err
    assert "[###############               ] 150 of 300 rows" in shown
    assert shown.endswith("\r")


@pytest.mark.django_db(transaction=True)
def test_apply_writes_to_the_house_and_a_second_time_changes_nothing(
    capsys: pytest.CaptureFixture[str], house: House
) -> None:
    first = run(capsys, str(EXPORT), "--apply", "--house", "Brohuset")["applied"]
    again = run(capsys, str(EXPORT), "--apply", "--house", str(house.pk))["applied"]
    assert (first["added"], again["added"], again["changed"], again["same"]) == (67, 0, 0, 67)
    assert "there is no house" in refused(capsys, str(EXPORT), "--apply", "--house", "Någon annans")
