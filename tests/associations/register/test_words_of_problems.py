"""Everything that the reader of registers can find odd is told in words that whoever imports understands."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import brobygget.associations.register as reader
from brobygget.associations.queries.problems import SENTENCES, WITH_VALUE, in_words, of_file
from brobygget.associations.register import read_register

FILES = sorted(Path(reader.__file__).parent.glob("*.py"))
PLACE_OF_CODE = {"add": 1, "refuse": 1, "Problem": 1, "FileProblem": 1, "Refusal": 2, "SkippedRow": 1}


def _strings(node: ast.AST) -> Iterator[str]:
    """The texts that an expression may come to: of "a" if so else "b" both."""
    if isinstance(node, ast.IfExp):
        yield from (*_strings(node.body), *_strings(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _codes_in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    given = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "_CODES":
            assert isinstance(node.value, ast.Dict)
            for value in node.value.values:
                yield from _strings(value)
        if not isinstance(node, ast.Call):
            continue
        place = PLACE_OF_CODE.get(getattr(node.func, "attr", "") or getattr(node.func, "id", ""))
        if place is not None and len(node.args) > place:
            code = node.args[place]
            yield from _strings(given.get(code.id, code) if isinstance(code, ast.Name) else code)


def test_every_code_that_the_reader_can_give_has_words() -> None:
    codes = {code for path in FILES for code in _codes_in(path)} - {"blank"}  # an empty row is not told
    assert len(codes) > 50
    assert codes - (SENTENCES.keys() | WITH_VALUE.keys()) == set()


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_the_words_are_translated(language: str) -> None:
    with translation.override("en"):
        english = {code: in_words(code, "") for code in (*SENTENCES, *WITH_VALUE)}
    with translation.override(language):
        assert [code for code, words in english.items() if in_words(code, "") == words] == []


def test_what_was_odd_about_a_file_is_told_once_with_the_rows_where_it_is() -> None:
    rows = ["Förening;E-post;Telefon;Ort", '"Trasig;b@c.example;0980-319203;Åby', "Åby IF;a@b.example;;Åby"]
    reading = read_register("\n".join([*rows, *rows[1:], "Byns kör" + ";x" * 400]).encode())
    with translation.override("sv"):
        assert of_file([vars(one) for one in reading.file_problems]) == [
            {"words": in_words("broken_quotation_mark", ""), "lines": "2, 4"},
            {"words": in_words("too_many_columns", ""), "lines": "6"},
        ]
