from __future__ import annotations

import copy
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from brobygget.commandline import run_command

FAIR: dict[str, Any] = {
    "format": "brobygget-fair-1",
    "id": "three visitors",
    "visitors": 3,
    "associations": 2,
    "slots": 2,
    "need": [1, 2, 1],
    "first": [0, 0, 1],
    "last": [1, 1, 1],
    "cap": [[1, 1], [0, 1]],
    "pairs_v": [0, 1, 1],
    "pairs_a": [0, 0, 1],
    "pairs_u": [50, 60, 70],
}


def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], data: Any) -> tuple[int, str, str]:
    file = tmp_path / "fair.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    status = run_command("match", [str(file)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err.replace(str(tmp_path), "")


def test_a_timetable_with_reasons_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(tmp_path, capsys, FAIR)
    told = json.loads(out)
    assert told.pop("seconds") >= 0
    assert (status, err) == (0, "")
    assert told == {
        "format": "brobygget-timetable-1",
        "id": "three visitors",
        "meetings": [[0, 0, 1], [1, 0, 0], [1, 1, 1]],
        "served": 2,
        "total": 180.0,
        "share_of_bound": 1.0,
        "unserved": [
            {
                "visitor": 2,
                "code": "no_eligible_association",
                "reason": "no eligible association",
                "one_more_place_at": [],
            }
        ],
        "empty_associations": [],
        "with_at_least": [2, 1],
        "bound": {"served": 2, "associations_visited": 2, "with_at_least": [2, 1], "total": 180.0},
        "share_of_ideal": {"least": 1.0, "fifth_percentile": 1.0, "mean": 1.0},
    }


def test_a_compressed_file_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "fair.json.gz"
    file.write_bytes(gzip.compress(json.dumps(FAIR).encode()))
    assert run_command("match", [str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["served"] == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"format": "x"}, '"format" is not "brobygget-fair-1"'),
        ({"visitors": -3}, '"visitors" is -3, not a whole number'),
        ({"visitors": True}, '"visitors" is True, not a whole number'),
        ({"visitors": 10**12}, '"visitors" is 1000000000000, not a whole number'),
        ({"visitors": 4}, '"need" has 3 numbers instead of 4'),
        ({"need": [1, -2, 1]}, '"need"[1] is -2, not a whole number'),
        ({"need": [1, 2.5, 1]}, '"need"[1] is 2.5, not a whole number'),
        ({"need": None}, '"need" is missing, not a list'),
        ({"pairs_u": [50, float("nan"), 70]}, '"pairs_u"[1] is nan, not a whole number'),
        ({"pairs_u": [50, "60", 70]}, "\"pairs_u\"[1] is '60', not a whole number"),
        ({"cap": [[1, 1]]}, '"cap" must be a list of 2 rows'),
        ({"cap": [[1, 1], [1]]}, '"cap[1]" has 1 numbers instead of 2'),
        ({"cap": [[1, 1], [1, -1]]}, '"cap[1]"[1] is -1, not a whole number'),
        ({"pairs_v": [0, 1, 7]}, '"pairs_v"[2] is 7, but they are numbered 0 to 2'),
        ({"pairs_a": [0, 0, 2]}, '"pairs_a"[2] is 2, but they are numbered 0 to 1'),
        ({"pairs_a": [0, 0, 0]}, "the pair of visitor 1 and association 0 occurs twice"),
        ({"pairs_v": [0, 1]}, '"pairs_a" has 3 numbers instead of 2'),
        ({"last": [1, 1, 2]}, '"last"[2] is 2, but the slots are numbered 0 to 1'),
        ({"first": [1, 1, 1], "last": [0, 1, 1]}, "visitor 0 comes in slot 1 and leaves in slot 0"),
    ],
)
def test_what_is_wrong_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], sentence: str
) -> None:
    status, out, err = run(tmp_path, capsys, copy.deepcopy(FAIR) | change)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert sentence in err


@pytest.mark.parametrize("text", ["", "[]", "null", '{"format": "brobygget-fair-1"}', "{", "[" * 100_000])
def test_a_file_that_is_something_else_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    status, out, err = run(tmp_path, capsys, text)
    assert (status, out, err.count("\n")) == (2, "", 1)
