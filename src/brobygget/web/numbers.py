"""Numbers that come with an address or a form, where anybody can write anything."""

from __future__ import annotations


def number_in(text: str, *, digits: int = 9) -> int:
    """The number that a text is, if it is a whole one of so many digits; 0 for everything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else 0
