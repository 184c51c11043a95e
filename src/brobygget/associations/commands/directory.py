"""The directory follows the register: called at the end of whatever changes an association or an interest."""

from __future__ import annotations

import secrets
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from brobygget.associations.commands import bulk
from brobygget.associations.commands.bulk import KEYS_AT_ONCE
from brobygget.associations.interests.folding import words_of
from brobygget.associations.models import (
    Association,
    AssociationInterest,
    AssociationText,
    AssociationTime,
    Directory,
    DirectoryEntry,
    DirectoryWord,
    DirectoryWords,
)
from brobygget.associations.queries.cards import card_of, card_to_plain, names_of_language
from brobygget.associations.queries.interests import Interests, interests_of
from brobygget.house.models import House

AT_ONCE = 250
"""So many entries are written in one breath, so that others come in between."""

MOST_WHILE_WAITING = 2_000
TURNS = 10_000
MOST_WORDS = 3_000
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def entries_to_renew(house: House) -> QuerySet[Association]:
    """Associations of which the directory tells what they said before, or nothing yet."""
    stale = Q(entry=None) | ~Q(entry__made_at=F("changed_at"))
    return Association.objects.filter(stale, house=house)


def refresh_directory(house: House, *, everything: bool = False, changed: Sequence[int] = ()) -> int:
    """Make the entries anew whose associations have changed since; the number of them.

    `changed` are associations that have just been written to: by a clock that stands still nobody would see it.

    A few at a time, each few in a transaction of their own where the caller has none. What is interrupted is gone
    on with by the next refresh.
    """
    if everything:
        DirectoryEntry.objects.filter(house=house).update(made_at=LONG_AGO)
    DirectoryEntry.objects.filter(association__in=changed).update(made_at=LONG_AGO)
    pks = list(entries_to_renew(house).order_by("pk").values_list("pk", flat=True))
    if pks:
        interests = interests_of(house)
        known = set(DirectoryWord.objects.filter(house=house).values_list("word", flat=True))
        leading = LeadingWords(interests)
        for batch in bulk.batches(pks, AT_ONCE):
            _renew(house, batch, leading, known)
    if pks or everything:
        renew_version(house)
    return len(pks)


def refresh_or_leave(house: House) -> None:
    """After a change that concerns every entry: at once in a town's directory; a region's is renewed in the
    background (`jobs.refresh_later`), and until then tells what it told before.
    """
    if Association.objects.filter(house=house)[MOST_WHILE_WAITING:].exists():
        DirectoryEntry.objects.filter(house=house).update(made_at=LONG_AGO)
        renew_version(house)
    else:
        refresh_directory(house, everything=True)


def forget_entries(associations: Sequence[int]) -> None:
    """Take associations out of what visitors search in, a few at a time."""
    for batch in bulk.batches(associations, AT_ONCE):
        with transaction.atomic():
            bulk.delete(DirectoryEntry, "association_id", batch)


def renew_version(house: House) -> None:
    """What others keep in memory of this directory is old from now on."""
    Directory.objects.update_or_create(house=house, defaults={"version": 1 + secrets.randbelow(2**31 - 1)})


def choose_licence(house: House, licence: str, *, contact_email: str = "") -> None:
    """On what terms the house gives its register away, and who answers questions about it."""
    chosen = {"licence": licence, "contact_email": contact_email}
    Directory.objects.update_or_create(house=house, defaults=chosen)


def _renew(house: House, pks: Sequence[int], leading: LeadingWords, known: set[str]) -> None:
    """Read and think first, then write: whoever else writes waits only for the latter."""
    interests, times, translations = _hanging(pks)
    entries: dict[int, dict[str, Any]] = {}
    texts: dict[int, list[str]] = {}
    spelt: set[int] = set()
    for association in Association.objects.filter(pk__in=pks).order_by("pk"):
        pk = association.pk
        about = _standing(interests[pk], leading.interests)
        name = words_of(association.name)
        entries[pk] = {
            "association_id": pk,
            "house_id": house.pk,
            "name_words": " ".join(name)[:400],
            "interests": Association.languages_of(about)[:600],
            "size": len(name),
            "turn": zlib.crc32(str(pk).encode()) % TURNS,
            "card": card_to_plain(card_of(association, about, times[pk])),
            "made_at": association.changed_at,
        }
        if association.status == Association.Status.ACTIVE and association.hidden_on is None:
            spelt.add(pk)
        words = dict.fromkeys((*name, *leading.words_of(association, about, translations[pk])))
        texts[pk] = list(words)[:MOST_WORDS]
    new = {
        word for pk in spelt for word in texts[pk]
    } - known  # what nobody may see is no guess at a spelling
    known |= new
    with transaction.atomic():
        Directory.objects.select_for_update().get_or_create(house=house)  # one writes, the others wait
        here = set(Association.objects.filter(pk__in=list(entries)).values_list("pk", flat=True))
        bulk.delete(DirectoryEntry, "association_id", list(entries))
        keys = dict(zip(sorted(here), bulk.draw_keys(DirectoryEntry, len(here)), strict=True))
        bulk.ready(DirectoryEntry, [{"id": keys[pk], **entries[pk]} for pk in keys]).write()
        lines = [{"entry_id": key, "text": " ".join(texts[pk])} for pk, key in keys.items()]
        bulk.ready(DirectoryWords, lines).write()
        DirectoryWord.objects.bulk_create(
            (DirectoryWord(house=house, word=word) for word in sorted(new)),
            batch_size=KEYS_AT_ONCE,
            ignore_conflicts=True,
        )


def _hanging(
    pks: Sequence[int],
) -> tuple[dict[int, list[str]], dict[int, list[AssociationTime]], dict[int, list[str]]]:
    """Interests, times and translated texts of associations: three queries."""
    interests: dict[int, list[str]] = defaultdict(list)
    times: dict[int, list[AssociationTime]] = defaultdict(list)
    texts: dict[int, list[str]] = defaultdict(list)
    for pk, interest in AssociationInterest.objects.filter(association__in=pks).values_list(
        "association_id", "interest"
    ):
        interests[pk].append(interest)
    for time in AssociationTime.objects.filter(association__in=pks):
        times[time.association_id].append(time)
    for pk, text in AssociationText.objects.filter(association__in=pks).values_list("association_id", "text"):
        texts[pk].append(text)
    return interests, times, texts


def _standing(named: Iterable[str], interests: Interests) -> list[str]:
    """What an association is about today: what was retired is called by what has taken its place."""
    standing = (interests.standing(one) for one in named)
    return list(dict.fromkeys(one.id for one in standing if one is not None))


class LeadingWords:
    """Words that lead to an association: what it says, and what its interests are called in any language."""

    def __init__(self, interests: Interests) -> None:
        self.interests = interests
        self._of_interests: dict[str, list[str]] = {}
        self._of_texts = lru_cache(maxsize=5_000)(words_of)  # towns, kinds and languages come again and again

    def words_of(self, association: Association, about: Iterable[str], texts: Iterable[str]) -> list[str]:
        """Every word but those of its name."""
        again = (
            *association.alternate_names,
            association.category_source,
            association.audience,
            association.venue,
            association.district,
            association.town,
            *(names_of_language(code) for code in association.language_codes),
        )
        once = (association.description, association.can_try, *texts)
        words = [word for text in again if text for word in self._of_texts(str(text))]
        words += [word for text in once if text for word in words_of(text)]
        return words + [word for interest in about for word in self._of_interest(interest)]

    def _of_interest(self, name: str) -> list[str]:
        if name not in self._of_interests:
            interest = self.interests.by_id[name]
            group = self.interests.by_id.get(interest.group)
            texts = [*interest.labels.values(), *interest.aliases, *(group.labels.values() if group else ())]
            self._of_interests[name] = [word for text in texts for word in words_of(text)]
        return self._of_interests[name]
