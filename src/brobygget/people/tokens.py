"""Secrets that open one door each: links of 128 bits and tickets of four words."""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import secrets
import unicodedata
from importlib import resources

from django.conf import settings


def new_token() -> str:
    """128 bits from the operating system, as 22 characters."""
    return secrets.token_urlsafe(16)


def derived_token(purpose: str, seed: str) -> str:
    """A token that can be shown again: it follows from the link key and a row, and lies in no table."""
    whole = _keyed(f"derive:{purpose}:{seed}")
    return base64.urlsafe_b64encode(whole[:16]).decode().rstrip("=")


def digest(purpose: str, secret: str) -> str:
    """What is stored instead of a secret. A secret for one purpose opens nothing else."""
    return _keyed(f"{purpose}:{secret}").hex()


def _keyed(text: str) -> bytes:
    return hmac.new(
        settings.LINK_KEY.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256
    ).digest()


@functools.cache
def ticket_words() -> tuple[str, ...]:
    """512 short Swedish words that are easy to say and to hear."""
    text = resources.files("brobygget.people").joinpath("ticket_words.txt").read_text(encoding="utf-8")
    return tuple(text.split())


def new_words() -> str:
    """Four words that can be written on paper and said aloud: 36 bits, and few wrong tries a minute."""
    return " ".join(secrets.choice(ticket_words()) for _ in range(4))


def derived_words(purpose: str, seed: str) -> str:
    """Four words that can be shown again to their owner: they follow from the link key and a row."""
    raw = _keyed(f"words:{purpose}:{seed}")
    words = ticket_words()
    return " ".join(words[int.from_bytes(raw[2 * i : 2 * i + 2]) % len(words)] for i in range(4))


def as_spoken(text: str) -> str:
    """Four words as somebody typed them: capitals, hyphens, commas and double spaces do not matter."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(c if c.isalpha() else " " for c in plain).split())
