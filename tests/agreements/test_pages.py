"""What we agreed about pages: no style and no script inside them, and every icon that is named exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from brobygget.web import icons

PACKAGE = Path(__file__).resolve().parents[2] / "src/brobygget"
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
INLINE = re.compile(
    r"<[^>]*\s(?:style|on[a-z]+|hx-on[\w:-]*)\s*=|<style|<script(?![^>]*\ssrc=)", re.IGNORECASE
)
NAMED = re.compile(r"""\{%\s*(icon|picture)\s+["']([\w-]+)["']""")
# Doing these twice is doing them once, and nothing is counted.
NEEDS_NO_KEY = {
    "_language_menu.html",
    "add_form.html",  # signing in and out is allauth's, with its own guard against repeats
    "again.html",
    "authenticator_confirm_delete.html",
    "badges.html",  # names become a file and are kept nowhere: there is nothing to do twice
    "confirm_login_code.html",
    "demo_door.html",
    "logout.html",
    "me.html",
    "request_login_code.html",
    "set_up_done.html",
}
FORM = re.compile(r"<form\b[^>]*>", re.IGNORECASE)


def _names(files: list[Path]) -> list[str]:
    return [str(file.relative_to(PACKAGE)) for file in files]


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("file", TEMPLATES, ids=_names(TEMPLATES))
def test_a_page_carries_no_style_and_no_script(file: Path) -> None:
    assert INLINE.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "wrong", ['<p style="x">', '<a onclick="x">', "<style>", "<script>x</script>", '<b hx-on:click="x">']
)
def test_the_search_finds_what_it_looks_for(wrong: str) -> None:
    assert INLINE.search(wrong)


@pytest.mark.parametrize("file", TEMPLATES, ids=_names(TEMPLATES))
def test_every_icon_and_picture_that_is_named_exists(file: Path) -> None:
    for kind, name in NAMED.findall(file.read_text(encoding="utf-8")):
        assert icons.icon_svg(name) if kind == "icon" else icons.picture_svg(name)


def _posting_forms(text: str) -> list[str]:
    forms = []
    for opening in FORM.finditer(text):
        if "post" in opening[0].lower():
            forms.append(text[opening.start() : text.find("</form>", opening.start())])
    return forms


@pytest.mark.parametrize("file", TEMPLATES, ids=_names(TEMPLATES))
def test_every_form_that_writes_works_without_scripts_and_counts_once(file: Path) -> None:
    if file.parent.name in {"examples", "samples"}:
        return  # samples write nothing
    for form in _posting_forms(file.read_text(encoding="utf-8")):
        assert "csrf_token" in form, form[:200]
        assert file.name in NEEDS_NO_KEY or "{% once %}" in form, form[:200]
