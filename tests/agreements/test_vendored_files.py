"""What others made and we carry: each file is listed with its licence, and is the file that was listed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "src/brobygget/web/vendored.json"
FOLDERS = (
    "src/brobygget/web/static/web/vendor",
    "src/brobygget/web/static/web/fonts",
    "src/brobygget/web/icons",
    "src/brobygget/web/pictures/openmoji",
    "tests/vendor",
)
PERMITTED = {"0BSD", "ISC and MIT", "OFL-1.1", "MPL-2.0", "CC-BY-SA-4.0"}


def _entries() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(LIST.read_text(encoding="utf-8"))
    return entries


def test_each_file_is_the_one_that_was_listed() -> None:
    listed = {path: digest for entry in _entries() for path, digest in entry["files"].items()}
    found = {path: hashlib.sha256((ROOT / path).read_bytes()).hexdigest() for path in listed}
    assert found == listed


def test_no_file_lies_there_that_is_not_listed() -> None:
    listed = {path for entry in _entries() for path in entry["files"]}
    lying = {
        file.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*")
        if file.is_file()
    }
    assert lying == listed


def test_each_entry_says_what_it_is_and_brings_its_licence() -> None:
    for entry in _entries():
        assert entry.keys() >= {"name", "package", "version", "licence", "files"}
        assert entry["licence"] in PERMITTED
        assert any("LICENSE" in path or path.endswith(".OFL.txt") for path in entry["files"]), entry["name"]
