"""Reading a visitor's wishes from an address. What is not understood is left out: an old link still leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.http import QueryDict

from brobygget.associations.queries.wishes import AGES, COSTS, MOST, PARTS, Wishes
from brobygget.people.identity_numbers import find_identity_numbers
from brobygget.web.languages import BY_CODE
from brobygget.web.numbers import number_in

LONGEST_TEXT = 100
LAST_PAGE = 400
T = TypeVar("T")


def wishes_in(query: QueryDict) -> Wishes:
    """The wishes in an address; a personal number in the search box is not searched for."""
    text = " ".join(query.get("q", "").replace("\x00", "").split())[:LONGEST_TEXT]
    if find_identity_numbers(text):
        text = ""
    page = query.get("page", "")
    return Wishes(
        text=text,
        interests=_ids(query.getlist("like")),
        groups=_ids(query.getlist("group")),
        languages=_among(query.getlist("speak"), BY_CODE),
        parts=_among(query.getlist("when"), PARTS),
        days=tuple(sorted({int(day) for day in query.getlist("day") if day in set("0123456")})),
        who=query.get("who", "") if query.get("who", "") in AGES else "",
        costs=_among(query.getlist("cost"), COSTS),
        place=" ".join(query.get("place", "").replace("\x00", "").split())[:LONGEST_TEXT],
        page=min(number_in(page, digits=4) or 1, LAST_PAGE),
    )


def _among(given: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    names = set(known)
    return tuple(dict.fromkeys(one for one in given if one in names))


def _ids(given: Iterable[str]) -> tuple[str, ...]:
    """Names of interests: no other signs, and not more than there are tiles."""
    plain = (one for one in given if len(one) <= 40 and one.replace("-", "").replace("_", "").isalnum())
    return tuple(dict.fromkeys(plain))[:MOST]
