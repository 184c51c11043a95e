from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from brobygget.commandline import run_command
from tests.engine.placing.houses import STORED, data

HALL: dict[str, Any] = data("hall15")


def placed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run_command("place", [*arguments]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    return dict(json.loads(told.out))


def refused(capsys: pytest.CaptureFixture[str], folder: Path, text: bytes) -> str:
    file = folder / "hall.json"
    file.write_bytes(text)
    assert run_command("place", [str(file)]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    return told.err


def test_a_hall_gets_a_proven_plan(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    told = placed(capsys, str(STORED / "hall15.json"))
    assert (told["format"], told["id"], told["vector"]) == (
        "brobygget-placement-1",
        "hall15",
        [0, 4, 0, 0, 2],
    )
    assert (told["optimal"], told["gap"], told["unmet"], told["conflicts"]) == (True, 0.0, [], [])
    assert sum(lost["weight"] for lost in told["lost_wishes"]) == 4
    assert all(lost["sentence"] for lost in told["lost_wishes"])
    keep = tmp_path / "plan.json"
    keep.write_text(json.dumps(told))
    again = placed(capsys, str(STORED / "hall15.json"), "--keep", str(keep))
    assert (again["moved"], again["placements"]) == ([], told["placements"])


def test_what_cannot_be_kept_says_what_has_to_give(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    hall = copy.deepcopy(HALL)
    for position in hall["positions"]:
        position["stage"] = False
    hall["stands"][0] |= {"stage": True, "name": "Kören"}
    file = tmp_path / "hall.json"
    file.write_text(json.dumps(hall))
    told = placed(capsys, str(file))
    name = f"stage:{hall['stands'][0]['id']}"
    assert (told["conflicts"], [rule["rule"] for rule in told["unmet"]]) == ([[name]], [name])
    assert told["unmet"][0]["give"].startswith("Kören stands away from the stage")
    assert told["why"][0]["cheapest"] == name


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("stands", 0, "tables"), 0, 'stands[0] (s01): "tables" is 0'),
        (("stands", 0, "tables"), 3, "stands: s01"),
        (("circuits", 0, "watts"), -5, 'circuits[0] (A1): "watts" is -5'),
        (("positions", 0, "zone"), "Q", "there is no zone 'Q'"),
        (("positions", 0, "x"), float("nan"), '"x" is nan'),
        (("positions", 0, "entrance_m"), 1e300, '"entrance_m" is 1e+300'),
        (("positions", 0, "step_free"), "yes", "not true or false"),
        (("stands", 1, "id"), "s01", "it occurs twice"),
        (("wishes", 0, "type"), "sunny", "one of near, apart"),
        (("wishes", 0, "stand"), "s99", "there is no stand 's99'"),
        (("zones",), [{"id": "A", "name": "Hall"}, {"id": "B", "name": "hall "}], "another zone is called"),
        (("params",), None, "params"),
        (("relax_cost", "place"), 0, '"place" is 0'),
        (("neighbours", 0), ["A01"], "neighbours[0]"),
        (("format",), "x", '"format" is not'),
    ],
)
def test_what_is_wrong_gets_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, path: tuple[Any, ...], value: Any, says: str
) -> None:
    hall = copy.deepcopy(HALL)
    inside: Any = hall
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    assert says in refused(capsys, tmp_path, json.dumps(hall).encode())


@pytest.mark.parametrize("text", [b"", b"\x00" * 64, b"[]", b"null", b"{", b"<p>no", b"[" * 100_000])
def test_a_file_that_is_something_else_gets_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: bytes
) -> None:
    refused(capsys, tmp_path, text)
