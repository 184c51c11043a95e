"""The code in a letter: ten signs that nobody mistakes for each other, 50 bits, few wrong tries a minute."""

from __future__ import annotations

from brobygget.people import tokens

SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0 or 1
LENGTH = 10


def derived_code(seed: str) -> str:
    """A code that can be printed again: it follows from the link key and a row. Two groups of five."""
    raw = bytes.fromhex(tokens.digest("association-code-signs", seed))
    signs = "".join(SIGNS[byte % len(SIGNS)] for byte in raw[:LENGTH])
    return f"{signs[:5]}-{signs[5:]}"


def as_typed(text: str) -> str:
    """A code as somebody typed it: small letters, spaces and hyphens do not matter."""
    signs = "".join(c for c in text.upper() if c.isascii() and c.isalnum())
    return f"{signs[:5]}-{signs[5:]}" if len(signs) == LENGTH else ""


def link_digest(purpose: str, secret: str) -> str:
    """What is kept of a link or a code."""
    return tokens.digest(purpose, secret)
