"""The directory follows the register: called at the end of whatever changes an association or an interest."""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Iterable
from functools import cache

from babel import Locale
from django.db import transaction
from django.db.models import F, Q

from brobygget.associations.interests.folding import words_of
from brobygget.associations.models import (
    Association,
    Directory,
    DirectoryEntry,
    DirectoryWord,
    DirectoryWords,
)
from brobygget.associations.queries.cards import card_of, card_to_plain
from brobygget.associations.queries.interests import InterestHere, Interests, interests_of
from brobygget.house.models import House
from brobygget.web.languages import LANGUAGES

AT_ONCE = 500
TURNS = 10_000
MOST_WORDS = 3_000


@transaction.atomic
def refresh_directory(house: House, *, everything: bool = False) -> int:
    """Make the entries anew whose associations have changed since; the number of them."""
    stale = Association.objects.filter(house=house)
    if not everything:
        stale = stale.filter(Q(entry=None) | ~Q(entry__made_at=F("changed_at")))
    pks = list(stale.order_by("pk").values_list("pk", flat=True))
    if pks:
        interests = interests_of(house)
        known = set(DirectoryWord.objects.filter(house=house).values_list("word", flat=True))
        for start in range(0, len(pks), AT_ONCE):
            _write_entries(house, pks[start : start + AT_ONCE], interests, known)
    if pks or everything:
        renew_version(house)
    return len(pks)


def renew_version(house: House) -> None:
    """What others keep in memory of this directory is old from now on."""
    Directory.objects.update_or_create(house=house, defaults={"version": 1 + secrets.randbelow(2**31 - 1)})


def choose_licence(house: House, licence: str) -> None:
    """On what terms the house gives its register away."""
    Directory.objects.update_or_create(house=house, defaults={"licence": licence})


def _write_entries(house: House, pks: list[int], interests: Interests, known: set[str]) -> None:
    DirectoryWords.objects.filter(entry__association__in=pks).delete()
    DirectoryEntry.objects.filter(association__in=pks).delete()
    found = Association.objects.filter(pk__in=pks).prefetch_related("interests", "times", "texts")
    entries, texts = [], []
    for association in found.order_by("pk"):
        about = _interests_of(association, interests)
        name = words_of(association.name)
        entries.append(
            DirectoryEntry(
                association=association,
                house=house,
                name_words=" ".join(name)[:400],
                interests=Association.languages_of(about)[:600],
                size=len(name),
                turn=zlib.crc32(str(association.pk).encode()) % TURNS,
                card=card_to_plain(card_of(association, about)),
                made_at=association.changed_at,
            )
        )
        words = dict.fromkeys(
            (*name, *_words(association, [interests.by_id[one] for one in about], interests))
        )
        texts.append(list(words)[:MOST_WORDS])
    DirectoryEntry.objects.bulk_create(entries)
    DirectoryWords.objects.bulk_create(
        DirectoryWords(entry=entry, text=" ".join(words)) for entry, words in zip(entries, texts, strict=True)
    )
    new = {word for words in texts for word in words} - known
    known |= new
    DirectoryWord.objects.bulk_create(
        (DirectoryWord(house=house, word=word) for word in sorted(new)),
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )


def _interests_of(association: Association, interests: Interests) -> list[str]:
    standing = (interests.standing(one.interest) for one in association.interests.all())
    return list(dict.fromkeys(one.id for one in standing if one is not None))


def _words(association: Association, about: Iterable[InterestHere], interests: Interests) -> list[str]:
    """Every other word that should lead here: what it says, and what its interests are called in any language."""
    texts = [
        *association.alternate_names,
        association.category_source,
        association.description,
        association.can_try,
        association.audience,
        association.venue,
        association.district,
        association.town,
        *(one.text for one in association.texts.all()),
        *(_language_names(code) for code in association.language_codes),
    ]
    for interest in about:
        group = interests.by_id.get(interest.group)
        texts += [*interest.labels.values(), *interest.aliases, *(group.labels.values() if group else ())]
    return [word for text in texts for word in words_of(str(text))]


@cache
def _language_names(code: str) -> str:
    """What a language is called, in Swedish, English and itself."""
    own = [each.own_name for each in LANGUAGES if each.code == code]
    named = [Locale.parse(each).languages.get(code, "") for each in ("sv", "en")]
    return " ".join([*own, *named])
