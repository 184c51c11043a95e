"""How fast one browser may press: counted in memory under a hash of its own secret, never by network address."""

from __future__ import annotations

from django.core.cache import cache

from brobygget.people import tokens

ANSWERS_A_MINUTE = 90
OWN_IDEAS_AN_HOUR = 6
STRIPS_A_MINUTE = 20
MINUTE, HOUR = 60, 3600


def is_too_fast(what: str, secret: str, *, most: int, seconds: int) -> bool:
    """Count a press; true when there were more than so many of them within the time."""
    if not secret:
        return False  # nothing to tell one browser from another by; what it sends is refused anyway
    key = f"pace:{what}:{tokens.digest('pace', secret)}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # the time ran out between the two lines
        return False
