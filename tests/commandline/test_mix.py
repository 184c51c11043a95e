from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from brobygget.commandline import run_command
from brobygget.engine.mixing import violations_of
from tests.engine.mixing.events import STORED, stored

CAFE = json.loads((STORED / "cafe24.json").read_text())
SHEET = """name,languages,group,present,apart_from,with,interpreter
Amina,ti,new,,,Birgit,
Birgit,sv ti,old,,,,yes
Chidi,en sv,new,1-2,Doris,,
Doris,sv,old,,,,
Elias,sv en,old,2;3,,,
Farah,sv,new,,,,
Gun,sv,old,,,,
"""


def mixed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run_command("mix", [*arguments]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    return dict(json.loads(told.out))


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run_command("mix", [*arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "Traceback" not in told.err
    return told.err


def written(folder: Path, changes: dict[str, Any]) -> str:
    path = folder / "event.json"
    path.write_text(json.dumps({**CAFE, **changes}))
    return str(path)


def test_an_event_gets_a_plan_in_the_agreed_form(capsys: pytest.CaptureFixture[str]) -> None:
    told = mixed(capsys, str(STORED / "cafe24.json"))
    agreed = {
        "format",
        "id",
        "rounds",
        "met",
        "met_across",
        "bound",
        "fewest_new",
        "violations",
        "unmet",
        "seconds",
    }
    assert agreed <= set(told)
    assert (told["format"], told["id"]) == ("brobygget-seating-1", "cafe24")
    assert (told["violations"], told["unmet"]) == ([], [])
    assert told["bound"] == {"met": 227, "met_across": 140}
    assert told["met"] + told["met_across"] >= 0.98 * 328
    assert violations_of(stored("cafe24"), told["rounds"]) == ()


def test_the_same_seed_gives_the_same_plan_and_another_seed_another(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = str(STORED / "cafe24.json")
    one, two, three = (mixed(capsys, path, "--seed", seed)["rounds"] for seed in ("1", "1", "2"))
    assert one == two
    assert one != three


def test_a_sheet_of_people_is_enough(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(SHEET)
    told = mixed(capsys, str(path), "--tables", "2", "--rounds", "3")
    names = told["names"]
    assert names == ["Amina", "Birgit", "Chidi", "Doris", "Elias", "Farah", "Gun"]
    rounds = [[{names[p] for p in table} for table in tables] for tables in told["rounds"]]
    assert [sorted(map(len, tables)) for tables in rounds] == [[3, 3], [3, 4], [3, 3]]
    assert all({"Amina", "Birgit"} <= table or not {"Amina", "Birgit"} & table for t in rounds for table in t)
    assert not any({"Chidi", "Doris"} <= table for tables in rounds for table in tables)
    assert [any("Chidi" in t for t in tables) for tables in rounds] == [True, True, False]
    assert told["violations"] == []


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_sheet_from_a_spreadsheet_in_swedish_is_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, delimiter: str
) -> None:
    path = tmp_path / "people.csv"
    lines = ["name,languages", "Åsa,sv", "Örjan,sv", "Ali,sv ar", "Mia,sv"]
    path.write_bytes("\r\n".join(lines).replace(",", delimiter).encode("cp1252"))
    told = mixed(capsys, str(path), "--tables", "2,1")
    assert told["names"] == ["Åsa", "Örjan", "Ali", "Mia"]
    assert [len(tables) for tables in told["rounds"]] == [2, 1]


def test_what_cannot_be_kept_is_told_with_what_would_help(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,languages\nAmina,ti\nBirgit,sv\nDoris,sv\nGun,sv\n")
    told = mixed(capsys, str(path), "--tables", "1", "--rounds", "1")
    assert told["unmet"] == [
        {"rule": "language", "round": 0, "table": 0, "people": [0], "would_help": "an interpreter for ti"}
    ]
    assert [(why["code"], why["people"], why["languages"]) for why in told["why"]] == [
        ("nobody_understands", [0], ["ti"])
    ]
    assert "Amina speaks only ti" in told["why"][0]["sentence"]


def test_a_shared_interpreter_is_told_with_what_another_would_give(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = mixed(capsys, str(STORED / "cafe24.json"))
    (why,) = told["why"]
    assert (why["code"], why["languages"], why["hard"]) == ("shared_interpreter", ["so"], False)
    assert why["gain_found"] >= 5
    assert why["sentence"] == (
        "2 speak only so and 1 understands them: they sit together again and again; "
        f"one more interpreter would give {why['gain_found']} more meetings"
    )


def test_a_plan_to_stay_near_is_stayed_near(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    first = mixed(capsys, str(STORED / "cafe24.json"))["rounds"]
    present = [31] * 24
    present[5] = 1
    changes = {"done": first[:1], "keep": first, "present": present}
    told = mixed(capsys, written(tmp_path, changes))
    assert told["rounds"][0] == first[0]
    assert told["violations"] == []
    assert told["moved"] <= 12


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"tables": [5, 5, 30, 5, 5]}, "tables[2]"),
        ({"tables": [24, 5, 5, 5, 5], "present": [30] + [31] * 23}, "round 1 has 23 people for 24 tables"),
        ({"tables": [5, 5, -5, 5, 5]}, "tables[2]"),
        ({"apart": [[3, 3]]}, "person 3 is in apart with themself"),
        ({"together": [[3, 99]]}, "together names person 99"),
        ({"apart": [[1, 2]], "together": [[2, 1]]}, "1 and 2 must and must not sit together"),
        ({"people": -4}, "people"),
        ({"people": True}, "people"),
        ({"rounds": 0}, "rounds"),
        ({"langs": [0] * 24}, "langs[0]"),
        ({"langs": [64] * 24}, "langs[0]"),
        ({"side": "N" * 23}, "side"),
        ({"side": "X" * 24}, "side"),
        ({"present": [99] * 24}, "present[0]"),
        ({"interp": [77]}, "interp[0]"),
        ({"history": [[1, 2]]}, "history[0]"),
        ({"history": [[1, 2, -1]]}, "history"),
        ({"done": [[[0, 0]]]}, "held round 1"),
        ({"done": 5}, "done"),
        ({"keep": [[[99]]]}, "keep"),
        ({"languages": []}, "languages"),
        ({"apart": "all"}, "apart"),
        ({"format": "something"}, "format"),
    ],
)
def test_an_event_that_contradicts_itself_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    assert says in refused(capsys, written(tmp_path, changes))


@pytest.mark.parametrize(
    ("sheet", "options", "says"),
    [
        (SHEET, [], "--tables 5 --rounds 4"),
        (SHEET, ["--tables", "9", "--rounds", "3"], "6 people for 9 tables"),
        (SHEET, ["--tables", "-2", "--rounds", "1"], "--tables"),
        (SHEET, ["--tables", "2,2", "--rounds", "3"], "2 numbers for 3 rounds"),
        (SHEET, ["--tables", "2", "--rounds", "0"], "--rounds"),
        (SHEET, ["--tables", "2", "--rounds", "2"], "line 6, present"),
        (SHEET.replace("Gun,", "Doris,"), ["--tables", "2", "--rounds", "3"], "line 8, name"),
        (SHEET.replace(",Doris,", ",Dora,"), ["--tables", "2", "--rounds", "3"], "line 4, apart_from"),
        (SHEET.replace(",Doris,", ",Chidi,"), ["--tables", "2", "--rounds", "3"], "person 2 is in apart"),
        (SHEET.replace("Gun,sv", "Gun,"), ["--tables", "2", "--rounds", "3"], "line 8, languages"),
        (SHEET.replace("Gun,sv,old", "Gun,sv,other"), ["--tables", "2", "--rounds", "3"], "group"),
        ("name,languages\n", ["--tables", "2", "--rounds", "3"], "nobody"),
        ("who,what\na,b\n", ["--tables", "2", "--rounds", "3"], "line 1"),
        ("", ["--tables", "2", "--rounds", "3"], "empty"),
        ("{oops", [], "not JSON"),
        ("[" * 100_000, [], "nested"),
    ],
)
def test_a_sheet_with_a_mistake_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, sheet: str, options: list[str], says: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(sheet)
    assert says in refused(capsys, str(path), *_joined(options))


def _joined(options: list[str]) -> list[str]:
    """Options with their values attached, so that argparse takes a negative number as a value."""
    return [f"{name}={value}" for name, value in zip(options[::2], options[1::2], strict=True)]


@pytest.mark.parametrize("option", ["--time=0", "--time=-3", "--time=nan", "--seed=-1"])
def test_options_that_make_no_sense_are_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], option: str
) -> None:
    assert option.split("=")[0] in refused(capsys, str(STORED / "cafe24.json"), option)


def test_a_missing_file_is_refused_in_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "nobody-here.json" in refused(capsys, str(tmp_path / "nobody-here.json"))


def test_where_everybody_is_bound_already_no_gain_is_promised(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = "name,languages,group,present,apart_from,with\nAmina,ti sv,new,1-2,,Doris\nBirgit,sv,old,,Amina,\nDoris,sv,old,1;2,,\n"
    (tmp_path / "guests.csv").write_text(lines, encoding="utf-8")
    assert run_command("mix", [str(tmp_path / "guests.csv"), "--tables", "1", "--rounds", "2"]) == 0
    told = json.loads(capsys.readouterr().out)["why"]
    assert [one["gain_found"] for one in told if one["code"] == "shared_interpreter"] == [None]
