"""Stamp cards hold no word of anybody's: digits and numbers. That they name nobody and tell no place is the point.

What a card holds, and for how long, is asked in tests/openhouse/test_stamps.py, and of every address in `doors_visit.py`.
"""

from __future__ import annotations

PUBLIC: set[str] = set()
BY_LINK: dict[str, set[str]] = {}
READERS: dict[str, frozenset[str]] = {}
NO_WORDS = {
    "openhouse.StampDraw.said": "digits",
    "openhouse.StampDraw.box": "numbers of cards",
}
