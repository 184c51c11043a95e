"""The numbers that a day calls people and cards by: drawn, so that they tell nothing, and open nothing."""

from __future__ import annotations

import secrets
from collections.abc import Set as AbstractSet

FIRST = range(3000, 10_000)  # four digits that nobody takes for a year or a clock
THEN = range(10_000, 30_000)


def drawn(taken: AbstractSet[int]) -> int:
    """One that nobody has."""
    free = [number for number in FIRST if number not in taken]
    return secrets.choice(free or [number for number in THEN if number not in taken])
