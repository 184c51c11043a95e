"""What we agreed about style sheets: one direction-free sheet, colours that can be read, nothing forgotten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from brobygget.web import sheet

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/brobygget"
REMARKS = re.compile(r"/\*.*?\*/", re.DOTALL)
PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom"
    r"|(?:min-|max-)?(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
IN_QUESTIONS = re.compile(r"@(?:media|supports)[^{]*")


def _sheets() -> list[Path]:
    return sorted(PACKAGE.glob("*/static/**/*.css"))


def _text(file: Path) -> str:
    return REMARKS.sub("", file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", _sheets(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_sheet_knows_no_left_and_right(file: Path) -> None:
    assert PHYSICAL.findall(IN_QUESTIONS.sub("", _text(file))) == []


@pytest.mark.parametrize(
    "wrong",
    ["margin-left: 1px", "text-align: right", "width: 3rem", "max-width:2px", "  top: 0;", "float: left"],
)
def test_the_search_finds_what_it_looks_for(wrong: str) -> None:
    assert PHYSICAL.search(wrong)


def test_every_component_is_delivered_and_every_delivered_one_exists() -> None:
    lying = {file.stem for file in sheet.CSS.glob("*.css")}
    assert lying == set(sheet.SHEETS)


def test_every_rule_lies_in_a_layer() -> None:
    for name in sheet.SHEETS:
        text = _text(sheet.CSS / f"{name}.css").strip()
        outermost = set(re.findall(r"^([^\s}]\S*)", text, re.MULTILINE))
        assert outermost <= {"@layer", "@font-face", "@page"}, name


def test_every_colour_and_size_that_is_used_has_been_given() -> None:
    text = "".join(_text(file) for file in _sheets())
    used, given = set(re.findall(r"var\((--[\w-]+)", text)), set(re.findall(r"(--[\w-]+)\s*:", text))
    assert used - given == set()


def _block(opening: str) -> dict[str, str]:
    text = _text(sheet.CSS / "tokens.css")
    start = text.index(opening) + len(opening)
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", text[start : text.index("}", start)]))


LIGHT = _block(":root {")
DARK = LIGHT | _block(':root[data-theme="dark"] {')


def test_the_dark_room_is_the_same_whether_chosen_or_asked_for() -> None:
    assert _block(':root[data-theme="dark"] {') == _block(":root:not([data-theme]) {")


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


WORDS_ON_GROUND = [
    *[(words, ground) for words in ("ink", "ink-2", "river", "cloudberry-ink", "spruce", "lingon")
      for ground in ("snow", "paper", "drift")],
    *[("ink", ground) for ground in ("river-light", "cloudberry-light", "lamp-light", "spruce-light", "lingon-light")],
    ("river", "river-light"), ("cloudberry-ink", "cloudberry-light"), ("cloudberry-ink", "river-light"),
    ("cloudberry-ink", "lamp-light"), ("lingon", "lingon-light"),
    ("on-river", "river"), ("on-spruce", "spruce"), ("on-lingon", "lingon"), ("on-lamp", "lamp"), ("snow", "ink"),
    ("ink", "scene-sky"), ("cloudberry-ink", "scene-sky"),
]  # fmt: skip
EDGES_ON_GROUND = [
    ("edge", "snow"),
    ("edge", "paper"),
    ("cloudberry", "snow"),
    ("river", "snow"),
    ("deck", "snow"),
    ("ink", "lamp-light"),
]


@pytest.mark.parametrize("room", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS_ON_GROUND)
def test_words_can_be_read(room: str, words: str, ground: str) -> None:
    tokens = LIGHT if room == "light" else DARK
    assert _contrast(tokens[f"--{words}"], tokens[f"--{ground}"]) >= 4.5


@pytest.mark.parametrize("room", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES_ON_GROUND)
def test_edges_can_be_seen(room: str, edge: str, ground: str) -> None:
    tokens = LIGHT if room == "light" else DARK
    assert _contrast(tokens[f"--{edge}"], tokens[f"--{ground}"]) >= 3


def test_there_are_five_sizes_of_letters() -> None:
    assert [name for name in LIGHT if name.startswith("--size-")] == [
        "--size-small",
        "--size-text",
        "--size-large",
        "--size-title",
        "--size-display",
    ]
