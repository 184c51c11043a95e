"""What happens in the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from brobygget.house.models import House, ProgrammeItem, ProgrammeTranslation
from brobygget.web.languages import BY_CODE, Language

TOWN = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True)
class Happening:
    """An item on a day, in the reader's language where somebody has translated it."""

    item: ProgrammeItem
    day: date
    title: str
    text: str
    who_for: str
    cost: str
    language: str
    is_checked: bool

    @property
    def is_original(self) -> bool:
        return self.language == self.item.language

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.item.starts, tzinfo=TOWN)

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.day, self.item.ends, tzinfo=TOWN)


@dataclass(frozen=True)
class CardLanguage:
    """A language that a card can be printed in, and whether somebody has written the words in it."""

    language: Language
    is_written: bool
    is_checked: bool


def card_languages_of(item: ProgrammeItem, codes: list[str]) -> list[CardLanguage]:
    """The house's languages for a card: the original and the translations first."""
    written = {one.language: one.status == one.Status.CHECKED for one in item.translations.all()}
    written[item.language] = True
    rows = [
        CardLanguage(BY_CODE[code], is_written=code in written, is_checked=written.get(code, False))
        for code in codes
        if code in BY_CODE
    ]
    return sorted(rows, key=lambda row: not row.is_written)


def items_of(house: House) -> list[ProgrammeItem]:
    """Every item that has not ended, with its translations: two queries, however many."""
    items = ProgrammeItem.objects.filter(house=house, ended_on=None)
    return list(items.select_related("partner").prefetch_related("translations"))


def programme_between(house: House, first: date, last: date, *, language: str) -> list[Happening]:
    """What happens on these days, in order."""
    items = (
        ProgrammeItem.objects.filter(house=house)
        .filter(Q(ended_on=None) | Q(ended_on__gt=first))
        .filter(Q(day=None) | Q(day__range=(first, last)))
        .select_related("partner")
        .prefetch_related("translations")
    )
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    found = [
        in_language(item, day, language)
        for item in items
        for day in days
        if (item.day == day or item.weekday == day.weekday())
        and (item.ended_on is None or day < item.ended_on)
    ]
    return sorted(found, key=lambda one: (one.day, one.item.starts, one.item.pk))


def in_language(item: ProgrammeItem, day: date, language: str) -> Happening:
    """The item in a language: the original, or a translation by a person, else the original."""
    words = None
    if language != item.language:
        words = next((one for one in item.translations.all() if one.language == language), None)
    if words is None:
        return Happening(
            item, day, item.title, item.text, item.who_for, item.cost, item.language, is_checked=True
        )
    return Happening(
        item,
        day,
        words.title,
        words.text or item.text,
        words.who_for or item.who_for,
        words.cost or item.cost,
        language,
        is_checked=words.status == ProgrammeTranslation.Status.CHECKED,
    )


def next_day_of(item: ProgrammeItem, today: date) -> date:
    """The day on which the item happens next."""
    if item.day is not None:
        return item.day
    return today + timedelta(((item.weekday or 0) - today.weekday()) % 7)
