"""Numbers that an authority gives to a person: found so that they can be refused, never kept.

Brobygget has no field for a personnummer, a samordningsnummer or an asylum case number. They arrive anyway,
in registers and in free text. What is found is reported as a place in the text; the digits are never repeated.

A personnummer is a date of birth and four digits, the last of which is a check digit (Luhn); a
samordningsnummer has 60 added to the day. An organisation number looks alike but has at least 2 as its third
digit, so its "month" is 20 or more and it is left alone. Ten digits in a row that begin with 0 may as well be
a telephone number: they count only where a telephone number is not expected, or beside a word such as "pnr".
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["personnummer", "samordningsnummer", "interim number", "asylum case number"]

_DASH = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_CANDIDATE = re.compile(
    rf"(?<!\d)(?<!\d[{_DASH}.,:/+])"
    rf"(?:(?P<century>18|19|20)[ ]?)?(?P<year>\d\d)(?P<inner>[{_DASH}./ ]?)"
    rf"(?P<month>\d\d)(?P=inner)(?P<day>\d\d)"
    rf"(?P<joint>[ ]?[{_DASH}+][ ]?|[ ]{{0,2}})(?P<last>\d{{4}}|[A-Za-z]\d{{3}})"
    rf"(?!\d)(?![{_DASH}.,:/]\d)"
)
_ASYLUM_CARD = re.compile(rf"(?<!\d)\d{{2}}[{_DASH} ]?\d{{6}}[ ]?/[ ]?\d(?!\d)")
_ASYLUM_WORD = re.compile(
    rf"(?:lma|dossier|migrationsverket|beteckningsn)[^\d\n]{{0,30}}(?P<number>\d[\d {_DASH}/]{{4,14}}\d)",
    re.IGNORECASE,
)
_SAID_TO_BE_ONE = re.compile(
    r"(?:p(?:ers(?:on)?)?[ .\-]?n(?:umme)?r|personnummer|samordnings\w*|födelse\w*|född|ssn|id[ -]?n(?:umme)?r)"
    r"\W{0,12}$",
    re.IGNORECASE,
)
_INTERIM_LETTERS = frozenset("TRSUWXJKLMN")


@dataclass(frozen=True)
class IdentityNumber:
    """Where in a text a number stands; not the number."""

    start: int
    end: int
    kind: Kind


def luhn_holds(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def looks_like_identity_number(text: str, *, may_be_telephone: bool = True) -> bool:
    """Whether the text holds a number that belongs to a person."""
    return bool(find_identity_numbers(text, may_be_telephone=may_be_telephone))


def find_identity_numbers(text: str, *, may_be_telephone: bool = True) -> tuple[IdentityNumber, ...]:
    """Every place in the text where such a number stands, from left to right, never overlapping."""
    if len(text) < 6 or sum(map(str.isdigit, text)) < 6:
        return ()
    plain = _with_plain_digits(text)
    found = [*_births(plain, may_be_telephone), *_asylum_numbers(plain)]
    kept: list[IdentityNumber] = []
    for number in sorted(found, key=lambda n: (n.start, -n.end)):
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return tuple(kept)


def without_identity_numbers(text: str, *, mark: str = "[…]", may_be_telephone: bool = True) -> str:
    """The text with a mark in the place of each such number."""
    numbers = find_identity_numbers(text, may_be_telephone=may_be_telephone)
    for number in reversed(numbers):
        text = text[: number.start] + mark + text[number.end :]
    return text


def _with_plain_digits(text: str) -> str:
    """The same text, of the same length, with digits of every script and all spaces in ASCII."""
    if text.isascii():
        return text.replace("\t", " ")
    return "".join(
        str(unicodedata.digit(c)) if c.isdecimal() else " " if c in "\t\u00a0\u2007\u2009\u202f" else c
        for c in text
    )


def _births(text: str, may_be_telephone: bool) -> Iterator[IdentityNumber]:
    place = 0
    while match := _CANDIDATE.search(text, place):
        kind = _kind_of_birth(match, text, may_be_telephone)
        if kind:
            yield IdentityNumber(match.start(), match.end(), kind)
        place = match.end() if kind else match.start() + 1


def _kind_of_birth(match: re.Match[str], text: str, may_be_telephone: bool) -> Kind | None:
    year, month, day = match["year"], int(match["month"]), int(match["day"])
    coordination = day > 60
    if not _is_date(match["century"], year, month, day - 60 if coordination else day):
        return None
    kind: Kind = "samordningsnummer" if coordination else "personnummer"
    said = bool(_SAID_TO_BE_ONE.search(text, 0, match.start()))
    joined_by_sign = bool(match["joint"].strip())
    last = match["last"]
    if last[0].isalpha():
        right_letter = last[0].upper() in _INTERIM_LETTERS
        return "interim number" if right_letter and (said or joined_by_sign) else None
    if said:
        return kind
    if match["inner"] and not joined_by_sign:
        return None  # 2026-01-14 0812 is a date and an hour
    right = luhn_holds(year + match["month"] + match["day"] + last) and last[:3] != "000"
    if match["century"]:
        return kind if right else None
    telephone = may_be_telephone and year.startswith("0") and not joined_by_sign
    if telephone:
        return None
    mistyped = joined_by_sign and not match["inner"] and not coordination and not year.startswith("07")
    return kind if right or mistyped else None


def _is_date(century: str | None, year: str, month: int, day: int) -> bool:
    if not 1 <= month <= 12 or day < 1:
        return False
    whole = int(century + year) if century else 2000  # without a century 29 February is possible every time
    return day <= calendar.monthrange(whole, month)[1]


def _asylum_numbers(text: str) -> Iterator[IdentityNumber]:
    for match in _ASYLUM_CARD.finditer(text):
        yield IdentityNumber(match.start(), match.end(), "asylum case number")
    for match in _ASYLUM_WORD.finditer(text):
        yield IdentityNumber(match.start("number"), match.end("number"), "asylum case number")
