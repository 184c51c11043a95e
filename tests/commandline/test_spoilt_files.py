"""Files spoilt by chance: each gets an answer or one line that says what is wrong, never a traceback."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from brobygget.commandline import run_command

EVENING = {
    "format": "brobygget-mixing-1",
    "id": "evening",
    "people": 8,
    "rounds": 3,
    "tables": [2, 2, 2],
    "side": "NENENENE",
    "languages": ["sv", "ti"],
    "langs": [1, 1, 1, 1, 2, 3, 3, 1],
    "interp": [5],
    "present": [7, 7, 7, 7, 7, 7, 7, 3],
    "together": [[0, 1]],
    "apart": [[2, 3]],
    "history": [[0, 2, 1]],
    "done": [],
}
FAIR = {
    "format": "brobygget-fair-1",
    "id": "fair",
    "visitors": 2,
    "associations": 2,
    "slots": 3,
    "side": "NE",
    "need": [2, 1],
    "first": [0, 1],
    "last": [2, 2],
    "cap": [[1, 1, 0], [2, 0, 1]],
    "pairs_v": [0, 0, 1],
    "pairs_a": [0, 1, 1],
    "pairs_u": [55, 80, 20],
}
HOUSE = {
    "format": "brobygget-place-1",
    "name": "house",
    "params": dict.fromkeys(
        ["loud_m", "near_m", "apart_m", "entrance_near_m", "host_near_m", "fair_entrance_m", "back_m"], 4.0
    )
    | {"small_back_max": 1},
    "relax_cost": dict.fromkeys(["place", "step_free", "power", "noise", "floor", "stage", "same_kind"], 5),
    "zones": [{"id": "A", "name": "Hall", "min_kinds": 2}],
    "circuits": [{"id": "c", "watts": 2300}],
    "circuit_rules": [{"id": "one", "types": ["iron"], "max": 1}],
    "hosts": [{"id": "h", "languages": ["ti"], "zone": "A", "x": 0, "y": 0}],
    "positions": [
        {"id": "A1", "zone": "A", "x": 0, "y": 0, "step_free": True, "entrance_m": 3.5, "circuit": "c"},
        {"id": "A2", "zone": "A", "x": 2, "y": 0, "entrance_m": 5.5, "circuit": None, "floor_m2": 8},
    ],
    "neighbours": [["A1", "A2"]],
    "stands": [
        {
            "id": "s1",
            "kind": "music",
            "small": True,
            "appliances": [{"type": "iron", "watts": 900}],
            "noise": "loud",
        },
        {"id": "s2", "kind": "sport", "tables": 1, "step_free": True, "language": True},
    ],
    "wishes": [{"id": "w1", "stand": "s1", "type": "near", "weight": 2, "other": "s2"}],
}
SHEET = "name,languages,group,present,apart_from,with\nAmina,ti sv,new,1-2,,Doris\nBirgit,sv,old,,Amina,\nDoris,sv,old,1;2,,\n"
LONG = 'participant,idea,vote,group\na,x,1,new\n"b",x,-1,old\na,y,0,new\nb,y,1,old\n'
WIDE = "participant,group-id,n-votes,1,2\r\n7,0,2,1,-1\r\n8,1,1,,0.0\r\n"
BAD_WORDS = [
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b'""', b",", b";", b"\n", b"\r", b"\t", b"7", b"-", b"1e999"),
    *(b"NaN", b"-Infinity", b"9" * 5000, b"[" * 3000, b"{", b"null", b"true", "ö".encode("cp1252"), b"\xf0\x9f\x98\x80"),
]  # fmt: skip
odd = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(-3, 12),
    some.sampled_from([10**30, -(10**9), 2**63, 0.5, 1e308, "", "x", "\ud800", "N" * 8, "\x00", "9" * 40]),
    some.lists(some.integers(-2, 9), max_size=4),
    some.dictionaries(some.sampled_from(["id", "people"]), some.integers(-1, 3), max_size=2),
)


@some.composite
def spoilt_bytes(draw: Callable[..., Any], whole: bytes) -> bytes:
    """A file with a few bytes changed, cut out, doubled, or a nasty word set in."""
    for _ in range(draw(some.integers(1, 3))):
        at, length = draw(some.integers(0, len(whole))), draw(some.integers(0, 30))
        put = draw(some.one_of(some.sampled_from(BAD_WORDS), some.binary(max_size=3), some.just(whole[at:])))
        whole = whole[:at] + put + whole[at + length :]
    return whole


@some.composite
def spoilt_values(draw: Callable[..., Any], sound: dict[str, Any]) -> bytes:
    """JSON that is JSON, with something else in one or two places."""
    spoilt = json.loads(json.dumps(sound))
    for _ in range(draw(some.integers(1, 2))):
        inside: Any = spoilt
        while True:
            keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
            if not keys:
                break
            key = draw(some.sampled_from(keys))
            if isinstance(inside[key], dict | list) and draw(some.booleans()):
                inside = inside[key]
                continue
            if draw(some.booleans()):
                inside[key] = draw(odd)
            else:
                del inside[key]
            break
    return json.dumps(spoilt).encode()


def one_line_or_an_answer(capsys: pytest.CaptureFixture[str], name: str, path: Path, *options: str) -> None:
    """Exit 0 with JSON, or 2 with nothing but one line."""
    status = run_command(name, [str(path), *options])
    told = capsys.readouterr()
    if status == 0:
        assert json.loads(told.out)["format"].startswith("brobygget-")
        assert told.err == ""
    else:
        assert (status, told.out, told.err.count("\n")) == (2, "", 1)
        assert told.err.startswith(f"bro {name}: ")
        assert "Traceback" not in told.err


files = some.one_of(
    some.tuples(some.just(("opinions", ".csv", ("--known", "group"))), spoilt_bytes(LONG.encode())),
    some.tuples(some.just(("opinions", ".csv", ("--known", "group-id"))), spoilt_bytes(WIDE.encode())),
    some.tuples(some.just(("opinions", ".csv", ("--compat", "polis"))), spoilt_bytes(WIDE.encode())),
    some.tuples(some.just(("mix", ".csv", ("--tables", "1", "--rounds", "2"))), spoilt_bytes(SHEET.encode())),
    some.tuples(some.just(("mix", ".json", ("--time", "0.02"))), spoilt_bytes(json.dumps(EVENING).encode())),
    some.tuples(some.just(("mix", ".json", ("--time", "0.02"))), spoilt_values(EVENING)),
    some.tuples(some.just(("match", ".json", ("--time", "1"))), spoilt_bytes(json.dumps(FAIR).encode())),
    some.tuples(some.just(("match", ".json", ("--time", "1"))), spoilt_values(FAIR)),
    some.tuples(some.just(("place", ".json", ("--time", "1"))), spoilt_bytes(json.dumps(HOUSE).encode())),
    some.tuples(some.just(("place", ".json", ("--time", "1"))), spoilt_values(HOUSE)),
    some.tuples(
        some.just(("match", ".json.gz", ())), spoilt_bytes(gzip.compress(json.dumps(FAIR).encode(), mtime=0))
    ),
)


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(files)
def test_a_spoilt_file_gets_one_line_or_an_answer(
    capsys: pytest.CaptureFixture[str], file: tuple[tuple[str, str, tuple[str, ...]], bytes]
) -> None:
    (name, suffix, options), content = file
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(content)
        one_line_or_an_answer(capsys, name, path, *options)
