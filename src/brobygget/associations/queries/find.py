"""Which associations fit a visitor's wishes, why, and in which order.

A sum of plain terms, each of which can be told: the activity 5, another one of its group 2, the time 2, a shared
language 2, no Swedish needed 1, the first time free 1, what it costs 1, the place 1. What nobody has said counts
neither for nor against. Those that fit equally well come in an order drawn anew each day, so that the smallest
is seen as often as the largest, and one card in five is of another kind than what was asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Case, ExpressionWrapper, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Mod

from brobygget.associations import rules
from brobygget.associations.interests.folding import folded, words_of
from brobygget.associations.models import AssociationTime, DirectoryEntry, DirectoryWords, Known
from brobygget.associations.queries.cards import EVENING, Card, CardTime, card_from_plain, names_of_language
from brobygget.associations.queries.directory import (
    DirectoryNow,
    Spelling,
    directory_in_memory,
    directory_of,
)
from brobygget.associations.queries.interests import InterestHere, Interests
from brobygget.associations.queries.wishes import AGES, Wishes
from brobygget.house.models import House

A_PAGE = 5
SURPRISE_EVERY = 5
MOST_LOOKED_AT = 2_000
MOST_WORDS_FOUND = 600
MOST_WEIGHED = 100  # of those that a word leads to, by the word alone; the rest of the wishes order these
MOST_TYPED = 8
TURNS, STEP = 10_000, 2_477
EXACT, SAME_GROUP, TIME, LANGUAGE, NO_SWEDISH, FREE_TRY, COST, PLACE = 5, 2, 2, 2, 1, 1, 1, 1
IN_NAME, IN_INTEREST = 3.0, 2.0


@dataclass(frozen=True)
class Reason:
    """One term of the sum, as a code and what it is about; the sentence is made in the page's language."""

    code: str  # interest group time speaks no-swedish try-free free card place; called, named, other-name, told, at, text
    interest: InterestHere | None = None
    time: CardTime | None = None
    word: str = ""


@dataclass(frozen=True)
class Found:
    """An association that fits, and why."""

    card: Card
    interests: list[InterestHere]
    reasons: list[Reason] = field(default_factory=list)
    score: float = 0
    is_surprise: bool = False

    @property
    def picture(self) -> str:
        """Whose picture stands for it."""
        chosen = [reason.interest for reason in self.reasons if reason.interest is not None]
        known = [*chosen, *self.interests]
        return known[0].picture if known else "g-together"


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
    typed = _typed(wishes, now)
    rows = _rows(house, wishes, now, typed, on=on)
    if not rows or rows[0]["house__directory__version"] != now.version:
        before = now.version
        now = directory_of(house)
        if now.version != before:
            typed = _typed(wishes, now)
            rows = _rows(house, wishes, now, typed, on=on)
    if len(rows) > MOST_WEIGHED and typed:
        rows.sort(key=lambda row: (-_score_of_words(row, typed, now, []), _drawn(row["association_id"], on)))
        del rows[MOST_WEIGHED:]
    fitting = [one for row in rows if (one := _fitting(row, wishes, now, typed)) is not None]
    fitting.sort(key=lambda one: (-one.score, _drawn(one.card.id, on)))
    answer = _page(fitting, wishes, now, at_once)
    return replace(answer, found=[_explained(one, typed) for one in answer.found]) if typed else answer


def everything(house: House, *, on: date) -> tuple[list[Card], Interests]:
    """Every association that is shown, by name: two queries."""
    now = directory_of(house)
    rows = _entries(house, on=on).order_by("association__name", "association_id").values(*_COLUMNS)
    return [_card(row) for row in rows], now.interests


def in_the_order_of_the_day(cards: list[Card], *, on: date) -> list[Card]:
    """In the order that is drawn anew each day."""
    return sorted(cards, key=lambda card: _drawn(card.id, on))


_DATES = ("association__last_confirmed_on", "association__source_seen_on", "association__created_on")
_COLUMNS = ("association_id", "name_words", "interests", "card_text", "house__directory__version", *_DATES)


def _entries(house: House, *, on: date) -> QuerySet[DirectoryEntry]:
    """Those that visitors see: asked of the associations themselves."""
    shown = rules.shown(on=on)
    entries = DirectoryEntry.objects.filter(_about_association(shown), house=house)
    return _with_cards(entries)


def _with_cards(entries: QuerySet[DirectoryEntry]) -> QuerySet[DirectoryEntry]:
    return entries.annotate(card_text=Cast("card", TextField()))  # read only where the card is looked at


def _about_association(condition: Q) -> Q:
    """A condition on associations as one on their entries."""
    made = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        if isinstance(child, Q):
            made.children.append(_about_association(child))
        elif isinstance(child, tuple):
            name, value = child
            made.children.append((f"association__{name}", value))
    return made


@dataclass(frozen=True)
class _Typed:
    """One word that was typed: what may have been meant, and how well each fits."""

    spellings: list[Spelling]
    fits: Mapping[str, float]
    """A word to how well it fits."""

    means: Mapping[str, float]
    """An interest to how well the best word for it fits."""


def _typed(wishes: Wishes, now: DirectoryNow) -> list[_Typed]:
    """Looked up once, however many associations are weighed against it."""
    made = []
    for word in words_of(wishes.text)[:MOST_TYPED]:
        spellings = now.words.spellings(word)
        means: dict[str, float] = {}
        for one in spellings:  # the best first
            for interest in now.meaning.get(one.word, ()):
                means.setdefault(interest, one.fit)
        made.append(_Typed(spellings, {one.word: one.fit for one in spellings}, means))
    return made


def _rows(
    house: House, wishes: Wishes, now: DirectoryNow, typed: list[_Typed], *, on: date
) -> list[dict[str, Any]]:
    entries = _entries(house, on=on)
    if typed:
        return _rows_with_words(entries, [one.spellings for one in typed])
    turn = Mod(F("turn") + on.toordinal() * STEP, TURNS)
    order: list[Any] = [turn, "association_id"]
    if wanted := _wanted(wishes, now):  # the best by these are weighed, however many there are of the others
        weight = sum(
            (Case(When(held, then=Value(fits)), default=Value(0)) for held, fits in wanted), Value(0)
        )
        order.insert(0, -ExpressionWrapper(weight, output_field=IntegerField()))
    if wishes.has_picks:
        kinds = Q()
        for interest in _kinds_of(wishes, now.interests):
            kinds |= Q(interests__contains=f",{interest},")
        if kinds:  # none, where what was picked is not in this house
            order.insert(0, Case(When(kinds, then=Value(0)), default=Value(1), output_field=IntegerField()))
    return list(entries.order_by(*order).values(*_COLUMNS)[:MOST_LOOKED_AT])


def _wanted(wishes: Wishes, now: DirectoryNow) -> list[tuple[Q, int]]:
    """What the database can weigh by itself, as `_score_of_rest` will."""
    wanted = [(Q(association__languages__contains=f",{code},"), LANGUAGE) for code in wishes.languages]
    if wishes.parts or wishes.days:
        times = AssociationTime.objects.filter(_in_parts(wishes))
        wanted.append((Q(association__in=times.values("association")), TIME))
    if "free" in wishes.costs:
        wanted.append((Q(association__fee_sek=0), COST))
    if "card" in wishes.costs:
        wanted.append((Q(association__fritidskort=Known.YES), COST))
    if "try" in wishes.costs:
        wanted.append((Q(association__try_free=Known.YES), COST))
    if place := [now.words.spellings(word) for word in words_of(wishes.place)]:
        wanted.append((_holding(place), PLACE))
    return wanted


def _in_parts(wishes: Wishes) -> Q:
    """A time to meet on one of the days and in one of the parts of the week, where any was chosen."""
    is_evening, is_weekend = Q(starts__gte=EVENING), Q(weekday__gte=5)
    parts = {
        "weekend": is_weekend,
        "evening": ~is_weekend & is_evening,
        "day": ~is_weekend & Q(starts__lt=EVENING),
    }
    chosen = Q(weekday__in=wishes.days) if wishes.days else Q()
    some = Q()
    for part in wishes.parts:
        some |= parts[part]
    return chosen & some


def _kinds_of(wishes: Wishes, interests: Interests) -> list[str]:
    """The picks, and everything in their groups."""
    groups = set(wishes.groups)
    groups |= {found.group for one in wishes.interests if (found := interests.by_id.get(one))}
    return [one.id for one in interests.offered() if one.group in groups or one.id in wishes.interests]


def _rows_with_words(entries: QuerySet[DirectoryEntry], typed: list[list[Spelling]]) -> list[dict[str, Any]]:
    """Those that hold every word that was typed, in some spelling; else all but one of them."""
    rows = _with_every_word(entries, typed)
    if rows or len(typed) < 2:
        return rows
    seen: dict[int, dict[str, Any]] = {}
    for left_out in range(len(typed)):
        for row in _with_every_word(entries, typed[:left_out] + typed[left_out + 1 :]):
            seen.setdefault(row["association_id"], row)
        if len(seen) >= MOST_WORDS_FOUND:
            break
    return list(seen.values())


def _with_every_word(entries: QuerySet[DirectoryEntry], typed: list[list[Spelling]]) -> list[dict[str, Any]]:
    best = entries.filter(_holding(typed)).order_by("size", "association_id").values("pk")[:MOST_WORDS_FOUND]
    # That these are shown, and are this house's, has been asked inside; asked again it would take half as long again.
    return list(_with_cards(DirectoryEntry.objects.filter(pk__in=best)).values(*_COLUMNS))


def _holding(typed: list[list[Spelling]]) -> Q:
    """Entries that hold every word in some spelling."""
    if connection.vendor == "sqlite":
        wanted = " AND ".join(
            "(" + " OR ".join(f'"{one.word}"' for one in spellings) + ")" for spellings in typed
        )
        # A condition of the query itself: an .extra() keeps its table's name also where the query becomes part of
        # another, and would ask the row outside of it.
        return Q(pk__in=RawSQL("SELECT rowid FROM associations_directory_index(%s)", [wanted]))
    where = ["string_to_array(text, ' ') && %s::text[]" for _spellings in typed]
    words = DirectoryWords.objects.extra(  # noqa: S610 -- the same piece of SQL each time, the words as parameters
        where=where, params=[[one.word for one in spellings] for spellings in typed]
    )
    return Q(pk__in=words.values("entry_id"))


def _card(row: dict[str, Any]) -> Card:
    return card_from_plain(
        json.loads(row["card_text"]), said_on=rules.last_said(*(row[name] for name in _DATES))
    )


def _fitting(row: dict[str, Any], wishes: Wishes, now: DirectoryNow, typed: list[_Typed]) -> Found | None:
    card = _card(row)
    if not _may_come(card, wishes):
        return None
    reasons: list[Reason] = []
    score = _score_of_words(row, typed, now, reasons) if typed else 0.0
    score += _score_of_kind(card, wishes, now.interests, reasons)
    score += _score_of_rest(card, wishes, reasons)
    known = [one for each in card.interests if (one := now.interests.by_id.get(each))]
    return Found(card, known, reasons, score)


def _may_come(card: Card, wishes: Wishes) -> bool:
    """Only a known no shuts somebody out: closed to new members, or for another age."""
    if card.takes_new_members == Known.NO:
        return False
    youngest, oldest = AGES.get(wishes.who, (0, 120))
    if card.minimum_age is not None and card.minimum_age > oldest:
        return False
    return card.maximum_age is None or card.maximum_age >= youngest


def _score_of_words(
    row: dict[str, Any], typed: list[_Typed], now: DirectoryNow, reasons: list[Reason]
) -> float:
    name = frozenset(row["name_words"].split())
    about = [one for one in row["interests"].split(",") if one]
    score, fits = 0.0, 0.0
    for one in typed:
        in_name = max((one.fits.get(word, 0.0) for word in name), default=0.0)
        fit, meant = max(((one.means.get(each, 0.0), each) for each in about), default=(0.0, ""))
        fits += in_name
        score += max(IN_NAME * in_name, IN_INTEREST * fit, one.spellings[0].fit / 2)
        if fit:
            reasons.append(Reason("called", interest=now.interests.by_id[meant]))
    return score + fits / max(len(name), 1)


def _explained(one: Found, typed: list[_Typed]) -> Found:
    """Where the words that were typed stand: only told of those that somebody reads of."""
    card, reasons = one.card, list(one.reasons)
    for each in typed:
        if _names(each, card.name):
            reasons.append(Reason("named"))
        reasons += [Reason("other-name", word=name) for name in card.alternate_names if _names(each, name)]
        reasons += [
            Reason("told", word=code) for code in card.languages if _names(each, names_of_language(code))
        ]
        reasons += [Reason("at", word=place) for place in card.places if _names(each, place)]
    if len(reasons) == len(one.reasons) and all(reason.code != "called" for reason in reasons):
        reasons.append(Reason("text"))
    return replace(one, reasons=reasons)


def _names(typed: _Typed, text: str) -> bool:
    return any(word in typed.fits for word in words_of(text))


def _score_of_kind(card: Card, wishes: Wishes, interests: Interests, reasons: list[Reason]) -> float:
    score = 0.0
    exact = [one for one in wishes.interests if one in card.interests]
    for each in exact:
        score += EXACT
        reasons.append(Reason("interest", interest=interests.by_id.get(each)))
    if exact:
        return score
    for each in card.interests:
        found = interests.by_id.get(each)
        if found is None:
            continue
        groups = {interests.by_id[one].group for one in wishes.interests if one in interests.by_id}
        if found.group in wishes.groups:
            reasons.append(Reason("interest", interest=found))
            return EXACT
        if found.group in groups:
            reasons.append(Reason("group", interest=found))
            return SAME_GROUP
    return 0.0


def _score_of_rest(card: Card, wishes: Wishes, reasons: list[Reason]) -> float:
    score = 0.0
    time = _time_that_fits(card, wishes)
    if time is not None:
        score += TIME
        reasons.append(Reason("time", time=time))
    shared = [code for code in wishes.languages if code in card.languages]
    if shared:
        score += LANGUAGE
        reasons.append(Reason("speaks", word=shared[0]))
    if card.needs_no_swedish:
        score += NO_SWEDISH
        reasons.append(Reason("no-swedish"))
    if card.try_free == Known.YES:
        score += FREE_TRY
        reasons.append(Reason("try-free"))
    if "free" in wishes.costs and card.costs_nothing:
        score += COST
        reasons.append(Reason("free"))
    if "card" in wishes.costs and card.fritidskort == Known.YES:
        score += COST
        reasons.append(Reason("card"))
    if "try" in wishes.costs and card.try_free == Known.YES:
        score += COST
    if wishes.place:
        wanted = folded(wishes.place)
        near = next((place for place in card.places if wanted in folded(place)), "")
        if near:
            score += PLACE
            reasons.append(Reason("place", word=near))
    return score


def _time_that_fits(card: Card, wishes: Wishes) -> CardTime | None:
    if not wishes.parts and not wishes.days:
        return None
    for time in card.times:
        if wishes.days and time.weekday not in wishes.days:
            continue
        if wishes.parts and time.part not in wishes.parts:
            continue
        return time
    return None


def _drawn(association: int, on: date) -> bytes:
    """A lot, drawn anew each day and the same for everybody."""
    return hashlib.blake2b(f"{on.isoformat()} {association}".encode(), digest_size=8).digest()


def _page(fitting: list[Found], wishes: Wishes, now: DirectoryNow, at_once: int) -> Answer:
    if not wishes.has_picks or wishes.text:
        shown, surprises = fitting, []
    else:
        of_that_kind = {"interest", "group"}
        shown = [one for one in fitting if any(reason.code in of_that_kind for reason in one.reasons)]
        kinds = set(_kinds_of(wishes, now.interests))
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
