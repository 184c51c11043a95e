"""Paper holds what our fonts can show, and one sign in one person's text never stops a paper for all."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from brobygget.web import glyphs, printing

PAPER = """#import "/web/print/paper.typ": *
#show: sheet.with(title: data.title, language: data.language)
= #data.title
#for each in data.words { par(each) }
"""
HERE = f"only_in_tests_{os.getpid()}.typ"  # the tests may run side by side in two processes
SCRIPTS = "Våffelstuga ÅÄÖ, Łódź · Їжак · ሰላም · أهلا وسهلا · پچگژ – «1–2»"


@pytest.fixture(scope="module", autouse=True)
def template() -> Any:
    file = Path(printing.__file__).parent / "print" / HERE
    file.write_text(PAPER, encoding="utf-8")
    yield
    file.unlink()


def _paper(*words: str) -> str:
    made = printing.pdf(f"web/print/{HERE}", {"title": "Prov", "language": "sv", "words": list(words)})
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (SCRIPTS, SCRIPTS),
        ("Våffelstuga 😊 hos oss", "Våffelstuga hos oss"),
        ("👩‍👧 familj", "familj"),
        ("🇸🇪 Sverige", "Sverige"),
        ("Kom! 👋🏽", "Kom!"),
        ("1️⃣ och sedan ✅", "1 och sedan"),
        ("中 och ไ", "◌ och ◌"),
        ("a\x07b\x00c\ufeff", "abc"),
        ("rad ett\nrad två", "rad ett\nrad två"),
        ("*fet* #let x = 1 $a$ <en>", "*fet* #let x = 1 $a$ <en>"),
    ],
)
def test_what_is_printed_of_what_was_written(written: str, printed: str) -> None:
    assert glyphs.printable(written) == printed
    assert glyphs.printable({"one": [written], "number": 3}) == {"one": [printed], "number": 3}


def test_the_paper_says_it_too() -> None:
    assert "Våffelstuga hos oss" in _paper("Våffelstuga 😊 hos oss")


def test_everything_that_the_fonts_are_said_to_have_can_be_printed() -> None:
    signs = "".join(sorted(glyphs.shown()))
    assert {"å", "Ż", "ї", "ሀ", "ب", "پ", "–"} <= set(signs)
    _paper(*(signs[start : start + 80] for start in range(0, len(signs), 80)))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(min_size=1, max_size=200), min_size=20, max_size=20))
def test_no_text_stops_a_paper(words: list[str]) -> None:
    _paper(*words)
