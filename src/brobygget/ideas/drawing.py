"""A drawing made with a finger: lines on a sheet, and nothing else that SVG can do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 400, 300
LONGEST = 20_000  # characters of path data: several minutes of drawing
NUMBERS_OF = {"M": 2, "L": 2, "Q": 4, "C": 6}
_DOT = re.compile(r"M(\d{1,4}) (\d{1,4})h0", re.ASCII)  # how the sheet on the phone writes a dot
_TOKEN = re.compile(r"[MLQC]|-?\d{1,4}(?:\.\d{1,6})?", re.ASCII)
_WHOLE = re.compile(r"(?:[\s,]*(?:[MLQC]|-?\d{1,4}(?:\.\d{1,6})?(?![\d.])))*[\s,]*", re.ASCII)


class NotADrawing(ValueError):
    """The path holds something else than lines on the sheet."""


def cleaned(path: str) -> str:
    """The same lines in our own writing, kept on the sheet; raises NotADrawing for anything else.

    What is stored and shown is what we wrote, never what was sent.
    """
    if len(path) > LONGEST:
        raise NotADrawing("too long")
    path = _DOT.sub(r"M\1 \2L\1 \2", path)
    if not _WHOLE.fullmatch(path):
        raise NotADrawing("not a path")
    parts = [f"{command}{_written(numbers)}" for command, numbers in _strokes(_TOKEN.findall(path))]
    if not any(part[0] != "M" for part in parts):
        raise NotADrawing("no line")
    return "".join(parts)


def _strokes(tokens: list[str]) -> Iterator[tuple[str, list[float]]]:
    """Each command with its own numbers; a path begins by putting the pen somewhere."""
    place = 0
    if not tokens or tokens[0] != "M":
        raise NotADrawing("does not begin with M")
    command = ""
    while place < len(tokens):
        if tokens[place].isalpha():
            command = tokens[place]
            place += 1
        count = NUMBERS_OF[command]
        numbers = tokens[place : place + count]
        if len(numbers) < count or any(token.isalpha() for token in numbers):
            raise NotADrawing("numbers missing")
        yield command, [float(number) for number in numbers]
        place += count
        command = "L" if command == "M" else command  # as SVG reads further numbers


def _written(numbers: list[float]) -> str:
    edges = [WIDTH, HEIGHT] * (len(numbers) // 2)
    return " ".join(
        f"{min(max(number, 0), edge):.1f}".removesuffix(".0")
        for number, edge in zip(numbers, edges, strict=True)
    )


def svg(path: str, label: str) -> SafeString:
    """The drawing as a picture; the colour follows the text around it."""
    return format_html(
        '<svg class="drawn" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-label="{}" direction="ltr">'
        '<path d="{}" fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round"'
        ' stroke-linejoin="round"/></svg>',
        WIDTH,
        HEIGHT,
        label,
        path,
    )
