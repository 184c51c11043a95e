"""What is printed in many languages on one sheet: which languages, and a sentence in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils import translation

from brobygget.house.models import House
from brobygget.openhouse.models import OpenHouse
from brobygget.web import moments
from brobygget.web.languages import BY_CODE

DEFAULT = "sv"


def languages_on_paper(house: House) -> list[str]:
    """The house's languages, the first one first; easy Swedish says the same as Swedish on a sign."""
    known = [code for code in house.language_codes if code in BY_CODE and code != "sv-easy"]
    return known or [DEFAULT]


def in_each(codes: Sequence[str], make: Callable[[], dict[str, str]]) -> list[dict[str, str]]:
    """The same words once for each language, with its code."""
    said = []
    for code in codes:
        with translation.override(code):
            said.append({"code": code, **make()})
    return said


def hours(openhouse: OpenHouse) -> str:
    """From when to when, as one run of digits that no direction of writing turns round."""
    return f"{moments.clock(openhouse.starts_at)}–{moments.clock(openhouse.ends_at)}"


def left_to_right(text: str) -> str:
    """Digits and signs that keep their order inside right-to-left words."""
    return f"\u2066{text}\u2069"
