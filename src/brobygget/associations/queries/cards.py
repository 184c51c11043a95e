"""An association as a list shows it: only what everybody may read, as plain data in the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from functools import cache
from typing import Any

from babel import Locale

from brobygget.associations import rules
from brobygget.associations.models import Association, AssociationTime, Known
from brobygget.web.languages import LANGUAGES

EVENING = time(16, 0)


@dataclass(frozen=True)
class CardTime:
    """One time to meet."""

    weekday: int  # 0 is Monday
    starts: str = ""  # "18:00", or nothing where nobody has said
    ends: str = ""
    frequency: str = "WEEKLY"
    interval: int = 1
    nth: int | None = None
    text: str = ""

    @property
    def part(self) -> str:
        """Which part of the week it is in: "weekend", "evening", "day", or "" where the hour is not known."""
        if self.weekday >= 5:
            return "weekend"
        if not self.starts:
            return ""
        return "evening" if time.fromisoformat(self.starts) >= EVENING else "day"


@dataclass(frozen=True)
class Card:
    """What is known of an association, short. Empty, None and "unknown" mean that nobody has said."""

    id: int
    name: str
    said_on: date
    language: str = "sv"
    interests: list[str] = field(default_factory=list)
    times: list[CardTime] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    minimum_age: int | None = None
    maximum_age: int | None = None
    open_to: str = "unknown"
    takes_new_members: str = "unknown"
    try_free: str = "unknown"
    fritidskort: str = "unknown"
    fee_text: str = ""
    fee_sek: int | None = None
    fee_is_voluntary: bool = False
    swedish_needed: str = "unknown"
    little_swedish: str = "unknown"
    gear: str = "unknown"
    step_free: str = "unknown"
    met_by: str = ""
    venue: str = ""
    town: str = ""
    district: str = ""
    alternate_names: list[str] = field(default_factory=list)

    def is_stale(self, *, on: date) -> bool:
        """Whether the list should say that this is old."""
        return on - self.said_on > rules.ASK_AGAIN_AFTER

    @property
    def costs_nothing(self) -> bool:
        return self.fee_sek == 0

    @property
    def needs_no_swedish(self) -> bool:
        return self.swedish_needed in ("none", "little") or self.little_swedish == Known.YES

    @property
    def places(self) -> list[str]:
        """Where it is, from the smallest place to the largest."""
        return [place for place in dict.fromkeys((self.venue, self.district, self.town)) if place]


_COPIED = [
    each.name
    for each in fields(Card)
    if each.name not in {"id", "said_on", "interests", "times", "languages"}
]


@cache
def names_of_language(code: str) -> str:
    """What a language is called, in Swedish, English and itself: the words that lead to whoever speaks it."""
    own = [each.own_name for each in LANGUAGES if each.code == code]
    named = [Locale.parse(each).languages.get(code, "") for each in ("sv", "en")]
    return " ".join([*own, *named])


def card_of(association: Association, interests: list[str], times: Iterable[AssociationTime]) -> Card:
    """The card of an association with what hangs from it."""
    return Card(
        id=association.pk,
        said_on=rules.said_on(association),
        interests=interests,
        times=[
            CardTime(
                weekday=one.weekday,
                starts=one.starts.strftime("%H:%M") if one.starts else "",
                ends=one.ends.strftime("%H:%M") if one.ends else "",
                frequency=one.frequency,
                interval=one.interval,
                nth=one.nth,
                text=one.text,
            )
            for one in times
        ],
        languages=association.language_codes,
        **{name: _plain(getattr(association, name)) for name in _COPIED},
    )


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def card_to_plain(card: Card) -> dict[str, Any]:
    """For the directory; the day on which it was said stands with the association, where imports renew it."""
    plain = {name: value for name, value in vars(card).items() if name != "said_on"}
    return plain | {"times": [dict(vars(one)) for one in card.times]}


def card_from_plain(plain: Mapping[str, Any], *, said_on: date) -> Card:
    """From the directory; what a later version has added is left out, what it lacks is not known."""
    known = {name: plain[name] for name in plain if name in Card.__dataclass_fields__}
    return Card(**{**known, "said_on": said_on, "times": [CardTime(**one) for one in plain.get("times", [])]})
