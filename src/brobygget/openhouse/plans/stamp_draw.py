"""In which order the numbers of a box are drawn, so that whoever has the box and what was called out can do it again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def lot_of(said: str, number: int) -> str:
    """The lot of a number: SHA-256 of "digits:number", in hexadecimal. The smallest is drawn first."""
    return hashlib.sha256(f"{said}:{number}".encode()).hexdigest()


def in_drawn_order(box: Iterable[int], said: str) -> list[int]:
    """All numbers, the first drawn first; the order in which they lay in the box does not matter."""
    return sorted(set(box), key=lambda number: lot_of(said, number))
