"""Which entries of the directory are looked at for a visitor's wishes: what the database can weigh by itself."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Case, ExpressionWrapper, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Mod

from brobygget.associations import rules
from brobygget.associations.interests.folding import words_of
from brobygget.associations.models import AssociationTime, DirectoryEntry, DirectoryWords, Known
from brobygget.associations.queries.cards import EVENING, Card, card_from_plain
from brobygget.associations.queries.directory import DirectoryNow, Spelling
from brobygget.associations.queries.fitting import COST, LANGUAGE, PLACE, TIME
from brobygget.associations.queries.interests import Interests
from brobygget.associations.queries.typed_words import TypedWord
from brobygget.associations.queries.wishes import Wishes
from brobygget.house.models import House

MOST_LOOKED_AT = 2_000
MOST_WORDS_FOUND = 600
TURNS, STEP = 10_000, 2_477
_DATES = ("association__last_confirmed_on", "association__source_seen_on", "association__created_on")
COLUMNS = ("association_id", "name_words", "interests", "card_text", "house__directory__version", *_DATES)


def entries_shown(house: House, *, on: date) -> QuerySet[DirectoryEntry]:
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


def rows_for(
    house: House, wishes: Wishes, now: DirectoryNow, typed: list[TypedWord], *, on: date
) -> list[dict[str, Any]]:
    """Rows of `COLUMNS`, one query: the best by what the database can weigh, or those that hold the typed words."""
    entries = entries_shown(house, on=on)
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
        for interest in kinds_of(wishes, now.interests):
            kinds |= Q(interests__contains=f",{interest},")
        if kinds:  # none, where what was picked is not in this house
            order.insert(0, Case(When(kinds, then=Value(0)), default=Value(1), output_field=IntegerField()))
    return list(entries.order_by(*order).values(*COLUMNS)[:MOST_LOOKED_AT])


def _wanted(wishes: Wishes, now: DirectoryNow) -> list[tuple[Q, int]]:
    """What the database can weigh by itself, as `fitting` will."""
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


def kinds_of(wishes: Wishes, interests: Interests) -> list[str]:
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
    return list(_with_cards(DirectoryEntry.objects.filter(pk__in=best)).values(*COLUMNS))


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


def card_in(row: dict[str, Any]) -> Card:
    """The card that lies in an entry, with the day on which somebody last stood by it."""
    return card_from_plain(
        json.loads(row["card_text"]), said_on=rules.last_said(*(row[name] for name in _DATES))
    )
