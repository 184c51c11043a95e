"""Which associations fit a visitor's wishes, why, and in which order.

A sum of plain terms, each of which can be told: the activity 5, another one of its group 2, the time 2, a shared
language 2, no Swedish needed 1, the first time free 1, what it costs 1, the place 1. What nobody has said counts
neither for nor against. Those that fit equally well come in an order drawn anew each day, so that the smallest
is seen as often as the largest, and one card in five is of another kind than what was asked for.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from brobygget.associations.queries.cards import Card
from brobygget.associations.queries.directory import DirectoryNow, directory_in_memory, directory_of
from brobygget.associations.queries.entries import COLUMNS, card_in, entries_shown, kinds_of, rows_for
from brobygget.associations.queries.fitting import Found, explained, score_of_words, weighed
from brobygget.associations.queries.interests import Interests
from brobygget.associations.queries.typed_words import typed_words
from brobygget.associations.queries.wishes import Wishes
from brobygget.house.models import House

A_PAGE = 5
SURPRISE_EVERY = 5
MOST_WEIGHED = 100  # of those that a word leads to, by the word alone; the rest of the wishes order these


@dataclass(frozen=True)
class Answer:
    """One page of what was found."""

    found: list[Found]
    total: int
    page: int
    has_more: bool
    nothing_of_that_kind: bool
    now: DirectoryNow

    @property
    def interests(self) -> Interests:
        return self.now.interests


def find(house: House, wishes: Wishes, *, on: date, at_once: int = A_PAGE) -> Answer:
    """What fits, best first: one query while the directory is as this process knows it."""
    now = directory_in_memory(house) or directory_of(house)
    typed = typed_words(wishes, now)
    rows = rows_for(house, wishes, now, typed, on=on)
    if not rows or rows[0]["house__directory__version"] != now.version:
        before = now.version
        now = directory_of(house)
        if now.version != before:
            typed = typed_words(wishes, now)
            rows = rows_for(house, wishes, now, typed, on=on)
    if len(rows) > MOST_WEIGHED and typed:
        rows.sort(key=lambda row: (-score_of_words(row, typed, now, []), _drawn(row["association_id"], on)))
        del rows[MOST_WEIGHED:]
    fitting = [one for row in rows if (one := weighed(card_in(row), row, wishes, now, typed)) is not None]
    fitting.sort(key=lambda one: (-one.score, _drawn(one.card.id, on)))
    answer = _page(fitting, wishes, now, at_once)
    return replace(answer, found=[explained(one, typed) for one in answer.found]) if typed else answer


def everything(house: House, *, on: date) -> tuple[list[Card], Interests]:
    """Every association that is shown, by name: two queries."""
    now = directory_of(house)
    rows = entries_shown(house, on=on).order_by("association__name", "association_id").values(*COLUMNS)
    return [card_in(row) for row in rows], now.interests


def in_the_order_of_the_day(cards: list[Card], *, on: date) -> list[Card]:
    """In the order that is drawn anew each day."""
    return sorted(cards, key=lambda card: _drawn(card.id, on))


def _drawn(association: int, on: date) -> bytes:
    """A lot, drawn anew each day and the same for everybody."""
    return hashlib.blake2b(f"{on.isoformat()} {association}".encode(), digest_size=8).digest()


def _page(fitting: list[Found], wishes: Wishes, now: DirectoryNow, at_once: int) -> Answer:
    if not wishes.has_picks or wishes.text:
        shown, surprises = fitting, []
    else:
        of_that_kind = {"interest", "group"}
        shown = [one for one in fitting if any(reason.code in of_that_kind for reason in one.reasons)]
        kinds = set(kinds_of(wishes, now.interests))
        surprises = [one for one in fitting if not set(one.card.interests) & kinds and one.card.interests]
    together = _with_surprises(shown, surprises)
    first = (wishes.page - 1) * at_once
    return Answer(
        found=together[first : first + at_once],
        total=len(shown),
        page=wishes.page,
        has_more=len(together) > first + at_once,
        nothing_of_that_kind=wishes.has_picks and not wishes.text and not shown,
        now=now,
    )


def _with_surprises(shown: list[Found], surprises: list[Found]) -> list[Found]:
    """One card in five of another kind, as long as there are others to show beside it."""
    together: list[Found] = []
    others = iter(surprises)
    for number, one in enumerate(shown, start=1):
        together.append(one)
        if number % (SURPRISE_EVERY - 1) == 0 or (number == len(shown) and number < SURPRISE_EVERY - 1):
            other = next(others, None)
            if other is not None:
                together.append(
                    Found(other.card, other.interests, other.reasons, other.score, is_surprise=True)
                )
    if not shown:
        together = [
            Found(one.card, one.interests, one.reasons, one.score, is_surprise=True) for one in surprises[:5]
        ]
    return together
