"""What our printing fonts can show; a paper for all must not fail for one sign in one person's text.

PDF/UA-1 allows no sign without a picture, so Typst makes no paper at all when one is missing. Emoji and other drawings
are left out, with the space that they leave; a letter of a script that no font of ours has becomes an open ring.
"""

from __future__ import annotations

import functools
import re
import struct
import unicodedata
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent / "print" / "fonts"
RING = "\u25cc"
LAID_OUT = frozenset(map(ord, "\n\t"))  # no signs: typesetting breaks the line there
REFUSED = frozenset([*range(32), 0xFEFF, 0xFFFE, 0xFFFF]) - LAID_OUT  # in whatever font
DRAWINGS = ("So", "Sk", "Sm", "Cn", "Co", "Cs", "Cc", "Cf")
JOINED = re.compile("[\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")


def printable(data: Any) -> Any:
    """The same data, every text in it as paper can show it."""
    if isinstance(data, str):
        return _text(data)
    if isinstance(data, dict):
        return {name: printable(each) for name, each in data.items()}
    if isinstance(data, list | tuple):
        return [printable(each) for each in data]
    return data


def _text(text: str) -> str:
    known = shown()
    if known.issuperset(text):
        return text
    made, was_left_out = [], False
    for sign in text:
        if sign in known and not (was_left_out and JOINED.match(sign)):
            made.append(sign)
            was_left_out = False
        elif unicodedata.category(sign) in DRAWINGS or JOINED.match(sign):
            was_left_out = True
        else:
            made.append(RING)
            was_left_out = False
    return re.sub(" {2,}", " ", "".join(made)).strip(" ")


@functools.cache
def shown() -> frozenset[str]:
    """Every sign that one of the fonts has, and what needs no picture."""
    found = set(LAID_OUT)
    for file in sorted(FONTS.glob("*-Regular.ttf")):
        found |= code_points(file.read_bytes())
    return frozenset(map(chr, found - REFUSED))


def code_points(font: bytes) -> set[int]:
    """What a TrueType font has pictures for, by its table `cmap` (OpenType 1.9; formats 4 and 12)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = [struct.unpack_from(">4s4xI", font, 12 + 16 * number) for number in range(tables)]
    cmap = next(offset for tag, offset in records if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", font, cmap + 2)
    found: set[int] = set()
    for number in range(subtables):
        platform, _, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)
        (form,) = struct.unpack_from(">H", font, cmap + offset)
        if platform in (0, 3) and form == 4:
            found |= _of_segments(font, cmap + offset)
        elif platform in (0, 3) and form == 12:
            (groups,) = struct.unpack_from(">I", font, cmap + offset + 12)
            for group in range(groups):
                first, last = struct.unpack_from(">II", font, cmap + offset + 16 + 12 * group)
                found.update(range(first, last + 1))
    return found


def _of_segments(font: bytes, at: int) -> set[int]:
    """Format 4: segments from a first to a last code point; a glyph of 0 is none."""
    (double,) = struct.unpack_from(">H", font, at + 6)
    count = double // 2
    lasts = struct.unpack_from(f">{count}H", font, at + 14)
    firsts = struct.unpack_from(f">{count}H", font, at + 16 + double)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * double)
    ranges_at = at + 16 + 3 * double
    ranges = struct.unpack_from(f">{count}H", font, ranges_at)
    found = set()
    for number, (first, last, delta, leap) in enumerate(zip(firsts, lasts, deltas, ranges, strict=True)):
        for point in range(first, last + 1):
            glyph = point + delta
            if leap:
                where = ranges_at + 2 * number + leap + 2 * (point - first)
                (glyph,) = struct.unpack_from(">H", font, where)
            if glyph % 0x10000:
                found.add(point)
    return found
