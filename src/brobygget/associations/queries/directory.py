"""What is kept in memory of a directory, for one version of it: its interests and its words."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import OSA

from brobygget.associations import rules
from brobygget.associations.interests.folding import words_of
from brobygget.associations.models import Association, Directory, DirectoryEntry, DirectoryWord
from brobygget.associations.queries.interests import Interests, interests_of
from brobygget.house.models import House

MOST_SPELLINGS = 40
SHORTEST_INSIDE = 4
HOUSES_KEPT = 8
MOST_PLACES = 60
AS_WRITTEN, BEGINNING, SAME_STEM, INSIDE, NEARLY, HARDLY = 1.0, 0.8, 0.7, 0.6, 0.6, 0.4


# What Swedish hangs on a word, the longest first.
_ENDINGS = (
    "ernas",
    "arnas",
    "ornas",
    "erna",
    "arna",
    "orna",
    "ens",
    "ets",
    "ers",
    "en",
    "et",
    "er",
    "ar",
    "or",
    "na",
    "n",
    "s",
)
SHORTEST_WITH_ENDING = 7


def stem_of(word: str) -> str:
    """A long word without its Swedish ending: "symaskiner" and "symaskinen" are "symaskin"."""
    if len(word) < SHORTEST_WITH_ENDING:
        return word
    return next((word.removesuffix(end) for end in _ENDINGS if word.endswith(end)), word)


@dataclass(frozen=True)
class Spelling:
    """A word that occurs, and how well it fits what was typed."""

    word: str
    fit: float


@dataclass(frozen=True)
class Words:
    """The words that occur in a directory."""

    in_order: list[str]
    by_length: Mapping[int, list[str]]
    run_together: str
    with_stem: Mapping[str, list[str]]

    @classmethod
    def of(cls, words: list[str]) -> Words:
        """Made ready for looking up."""
        with_stem: dict[str, list[str]] = defaultdict(list)
        for word in words:
            with_stem[word].append(word)
            if (stem := stem_of(word)) != word:
                with_stem[stem].append(word)
        by_length: dict[int, list[str]] = defaultdict(list)
        for form in with_stem:
            by_length[len(form)].append(form)
        return cls(sorted(words), by_length, "\n" + "\n".join(sorted(words)) + "\n", with_stem)

    def spellings(self, typed: str) -> list[Spelling]:
        """What may have been meant: the word itself, words that begin with it or hold it, and near misses."""
        found: dict[str, float] = {typed: AS_WRITTEN}
        for word in self._beginning_with(typed):
            found.setdefault(word, BEGINNING)
        if len(typed) >= SHORTEST_INSIDE:
            for word in self._holding(typed):
                found.setdefault(word, INSIDE)
        for word in self.with_stem.get(stem_of(typed), ()):
            found.setdefault(word, SAME_STEM)
        # A word that occurs as it was typed was meant; else the fewest mistakes explain it best.
        near = [] if self._occurs(typed) else self._near(typed)
        fewest = min((mistakes for _word, mistakes in near), default=0)
        for word, mistakes in near:
            if mistakes == fewest:
                found[word] = max(found.get(word, 0), NEARLY if mistakes == 1 else HARDLY)
        best = sorted(found.items(), key=lambda each: (-each[1], len(each[0]), each[0]))
        return [Spelling(word, fit) for word, fit in best[:MOST_SPELLINGS]]

    def _occurs(self, typed: str) -> bool:
        at = bisect_left(self.in_order, typed)
        return at < len(self.in_order) and self.in_order[at] == typed

    def _beginning_with(self, typed: str) -> list[str]:
        if len(typed) < 2:
            return []
        start = bisect_left(self.in_order, typed)
        end = bisect_left(self.in_order, typed + "\U0010ffff")
        return sorted(self.in_order[start:end], key=len)[:MOST_SPELLINGS]

    def _holding(self, typed: str) -> list[str]:
        found: list[str] = []
        at = self.run_together.find(typed)
        while at >= 0 and len(found) < MOST_SPELLINGS:
            start = self.run_together.rfind("\n", 0, at) + 1
            end = self.run_together.find("\n", at)
            found.append(self.run_together[start:end])
            at = self.run_together.find(typed, end)
        return found

    def _near(self, typed: str) -> list[tuple[str, int]]:
        """One mistake in a short word, two in a long one; a swap of neighbours is one."""
        if len(typed) < 4:
            return []
        most = 1 if len(typed) < 7 else 2
        found: list[tuple[str, int]] = []
        for length in range(len(typed) - most, len(typed) + most + 1):
            near = process.extract(
                typed,
                self.by_length.get(length, ()),
                scorer=OSA.distance,
                score_cutoff=most,
                limit=MOST_SPELLINGS,
            )
            found += [
                (word, int(mistakes))
                for form, mistakes, _place in near
                if mistakes == 1 or form[0] == typed[0]  # two mistakes, but never the first letter
                for word in self.with_stem[form]
            ]
        return found


@dataclass(frozen=True)
class DirectoryNow:
    """A directory as far as it is the same for every visitor."""

    version: int
    interests: Interests
    words: Words
    meaning: Mapping[str, frozenset[str]]
    """A word to the interests that are called so."""


@dataclass(frozen=True)
class Offer:
    """What there is to choose from on one day: of the associations that visitors see, and of no other."""

    version: int
    on: date
    counts: Mapping[str, int]
    """An interest to the number of associations that have it."""

    places: list[str]
    """Towns and parts of towns, in order."""


_kept: dict[int, DirectoryNow] = {}
_offers: dict[int, Offer] = {}


def version_of(house: House) -> int:
    """Another number after each change of the directory."""
    return Directory.objects.filter(house=house).values_list("version", flat=True).first() or 0


def directory_in_memory(house: House) -> DirectoryNow | None:
    """What this process knew last; compare its version with one that comes with an answer."""
    return _kept.get(house.pk)


def directory_of(house: House) -> DirectoryNow:
    """The directory as it is now: one query while nothing has changed."""
    version = version_of(house)
    known = _kept.get(house.pk)
    if known is not None and known.version == version:
        return known
    interests = interests_of(house)
    words = list(DirectoryWord.objects.filter(house=house).values_list("word", flat=True))
    meaning: dict[str, set[str]] = defaultdict(set)
    for one in interests.offered():
        for text in (*one.labels.values(), *one.aliases):
            for word in words_of(text):
                meaning[word].add(one.id)
    found = DirectoryNow(
        version,
        interests,
        Words.of(words),
        {word: frozenset(ids) for word, ids in meaning.items()},
    )
    if len(_kept) >= HOUSES_KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[house.pk] = found
    return found


def offer_of(house: House, now: DirectoryNow, *, on: date) -> Offer:
    """What there is to choose from today: no query while neither the directory nor the day has changed.

    One that is hidden, rests, or is too old to be believed does not even tell in which town it is.
    """
    known = _offers.get(house.pk)
    if known is not None and (known.version, known.on) == (now.version, on):
        return known
    counts: Counter[str] = Counter()
    places: set[str] = set()
    entries = DirectoryEntry.objects.filter(
        association__in=Association.objects.filter(rules.shown(on=on), house=house)
    )
    rows = entries.values_list("interests", "association__town", "association__district")
    for interests, town, district in rows.iterator():
        counts.update(one for one in interests.split(",") if one)
        places |= {town, district}
    if len(_offers) >= HOUSES_KEPT:
        _offers.pop(next(iter(_offers)), None)
    offer = Offer(now.version, on, dict(counts), sorted(place for place in places if place)[:MOST_PLACES])
    _offers[house.pk] = offer
    return offer


def data_contact_of(house: House) -> str:
    """Where questions about the open data are answered; empty where nobody has said."""
    return Directory.objects.filter(house=house).values_list("contact_email", flat=True).first() or ""


def licence_of(house: House) -> str:
    """On what terms the house gives its register away."""
    chosen = Directory.objects.filter(house=house).values_list("licence", flat=True).first()
    return chosen or str(Directory.Licence.CC0)
