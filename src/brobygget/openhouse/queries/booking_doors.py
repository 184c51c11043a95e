"""The code of a booking and the phone that keeps it: neither lies in a table as it is."""

from __future__ import annotations

from brobygget.associations.secrets import SIGNS
from brobygget.house.models import House
from brobygget.openhouse.models import Booking
from brobygget.people import tokens

CODE, PHONE = "open-house-booking", "open-house-booking-phone"
LENGTH = 6  # signs: 30 bits, and few wrong tries a minute


def code_of(booking: Booking) -> str:
    """The code to show: it follows from the link key and the row. Two groups of three."""
    return _code(booking.seed)


def _code(seed: str) -> str:
    raw = bytes.fromhex(tokens.digest(f"{CODE}-signs", seed))
    return _grouped("".join(SIGNS[byte % len(SIGNS)] for byte in raw[:LENGTH]))


def _grouped(signs: str) -> str:
    return f"{signs[:3]}-{signs[3:]}"


def code_digest(seed: str) -> str:
    """What is kept of the code."""
    return tokens.digest(CODE, _code(seed))


def browser_digest(secret: str) -> str:
    """What is kept of the phone's random number; nothing of no number."""
    return tokens.digest(PHONE, secret) if secret else ""


def behind_code(typed: str, *, house: House) -> Booking | None:
    """The booking that a typed code stands for; small letters, spaces and hyphens do not matter."""
    signs = "".join(c for c in typed.upper() if c.isascii() and c.isalnum())
    if len(signs) != LENGTH:
        return None
    found = Booking.objects.filter(
        code_digest=tokens.digest(CODE, _grouped(signs)), slot__openhouse__house=house
    )
    return found.select_related("slot__openhouse__house", "slot__hall", "slot__invitation").first()
