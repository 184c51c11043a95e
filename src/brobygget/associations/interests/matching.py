"""A municipality's words for what an association does, understood as interests.

Words are tried as they stand, then as parts of a longer expression or of a Swedish compound
("flickhandboll", "teaterföreningen"), last as a misspelling. What nothing fits is handed back for a person
to look at: about one word in four in real registers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from brobygget.associations.interests.taxonomy import Meaning, Taxonomy, read_taxonomy

How = Literal["alias", "inside", "compound", "similar", "special", "none"]

_SEPARATORS = re.compile(r"\s*(?:[,;/|•·\n\r\t]|\s[&+]\s|\s-\s)\s*")
_RUN_TOGETHER = re.compile(r"(?<=[a-zåäöé]{3})(?=[A-ZÅÄÖ][a-zåäöé])|(?<=\))(?=[A-ZÅÄÖ])")
_WORD = re.compile(r"[\w-]+")
_DEFINITE = re.compile(r"(?<=..)(?:erna|arna|orna|na|en|et|n|t|s)$")
_CLUB = re.compile(
    r"(?:s|-)?(?:klubb|förening|sällskap|verksamhet|skola|träning|grupp|kår|lag|cirkel|kurs|kurser|undervisning|"
    r"kväll|kvällar|stuga|studio|kommitté|arrangemang|tävling|tävlingar|utövning)(?:erna|arna|en|et|n|ar|er)?$"
)
# True of so much that inside a longer expression they tell nothing ("ideellt arbete", "spel och lek").
_ONLY_ALONE_TEXT = (
    "arbete jobb data spel bild kurs kurser information samtal nätverk marknad hamn sy lan fred parti unga "
    "natur historia museum scen mat motion teknik konst trygghet utställning läger pro it svenska språk "
    "idrott"
)
_ONLY_ALONE = frozenset(_ONLY_ALONE_TEXT.split())
SHORTEST_INSIDE_A_COMPOUND = 5
LEAST_LIKENESS = 90.0
_LONGEST_TAG = 80
_MOST_TAGS = 60


@dataclass(frozen=True)
class TagMatch:
    """What became of one word or expression."""

    tag: str
    how: How
    interests: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    meaning: Meaning | None = None

    @property
    def is_certain(self) -> bool:
        return self.how in ("alias", "inside", "special")


@dataclass(frozen=True)
class InterestMatches:
    """What an association's words came to."""

    tags: tuple[TagMatch, ...]
    interests: tuple[str, ...]
    groups: tuple[str, ...]
    unmatched: tuple[str, ...]
    """For the review queue, as they were written."""

    meanings: frozenset[Meaning]
    were_run_together: bool


@dataclass(frozen=True)
class InterestIndex:
    """The words of a taxonomy, made ready for looking up."""

    interest_of: Mapping[str, str]
    group_of: Mapping[str, str]
    meaning_of: Mapping[str, Meaning]
    long_words: tuple[str, ...]


def index_of(taxonomy: Taxonomy) -> InterestIndex:
    """The look-up for a taxonomy, for instance one to which a house has added its own interests."""
    interest_of: dict[str, str] = {}
    group_of: dict[str, str] = {}
    for interest in taxonomy.interests.values():
        words = group_of if interest.is_group else interest_of
        labels = [interest.labels[each].casefold() for each in ("sv", "en") if each in interest.labels]
        for word in (*interest.aliases, *labels):
            words.setdefault(word, interest.id)
    meaning_of = {special.alias: special.meaning for special in taxonomy.special.values()}
    long_words = tuple(sorted(word for word in interest_of if len(word) >= 6))
    return InterestIndex(interest_of, group_of, meaning_of, long_words)


@cache
def _usual_index() -> InterestIndex:
    return index_of(read_taxonomy())


def split_tags(text: str) -> tuple[str, ...]:
    """The words of a list, also where they were run together on the way out of a system."""
    parts = [
        piece.strip(" .:*\"'") for part in _SEPARATORS.split(text) for piece in _RUN_TOGETHER.split(part)
    ]
    return tuple(part[:_LONGEST_TAG] for part in dict.fromkeys(parts) if part)[:_MOST_TAGS]


def match_interests(text: str, index: InterestIndex | None = None) -> InterestMatches:
    """The interests in a free-text list of activities."""
    chosen = index or _usual_index()
    tags = split_tags(text)
    matches = tuple(_match_usual(tag) if index is None else _match(tag, chosen) for tag in tags)
    return InterestMatches(
        tags=matches,
        interests=tuple(dict.fromkeys(i for match in matches for i in match.interests)),
        groups=tuple(dict.fromkeys(g for match in matches for g in match.groups)),
        unmatched=tuple(match.tag for match in matches if match.how == "none"),
        meanings=frozenset(match.meaning for match in matches if match.meaning),
        were_run_together=bool(_RUN_TOGETHER.search(text)),
    )


def match_name(name: str, index: InterestIndex | None = None) -> tuple[str, ...]:
    """Interests that an association's name suggests: a guess for a person to confirm."""
    chosen = index or _usual_index()
    found: dict[str, None] = {}
    for word in _WORD.findall(name.casefold()):
        interest = chosen.interest_of.get(word) or _in_compound(word, chosen)
        if interest:
            found[interest] = None
    return tuple(found)


def match_category(category: str, index: InterestIndex | None = None) -> tuple[str, ...]:
    """Interests that a kind of association tells of itself: pensioners', not "cultural association"."""
    chosen = index or _usual_index()
    plain = category.casefold()
    if plain.startswith("barn") and "ungdom" in plain:
        return ()  # the heading that most grants go under; it tells who, not what
    found = (_in_compound(word, chosen) for word in _WORD.findall(plain))
    return tuple(dict.fromkeys(interest for interest in found if interest))


@lru_cache(maxsize=20_000)
def _match_usual(tag: str) -> TagMatch:
    return _match(tag, _usual_index())


def _match(tag: str, index: InterestIndex) -> TagMatch:
    plain = " ".join(tag.casefold().split())
    return (
        _exactly(tag, plain, index)
        or _inside(tag, plain, index)
        or _similar(tag, plain, index)
        or TagMatch(tag, "none")
    )


def _exactly(tag: str, plain: str, index: InterestIndex) -> TagMatch | None:
    for word in (plain, re.sub(r"\s*\(.*?\)", "", plain)):
        if meaning := index.meaning_of.get(word):
            return TagMatch(tag, "special", meaning=meaning)
        if interest := index.interest_of.get(word):
            return TagMatch(tag, "alias", interests=(interest,))
        if group := index.group_of.get(word):
            return TagMatch(tag, "alias", groups=(group,))
    return None


def _inside(tag: str, plain: str, index: InterestIndex) -> TagMatch | None:
    """Aliases among the words of an expression, the longest first; whom it is *for* is not looked at."""
    words = _WORD.findall(re.split(r"\b(?:för|ej|inte|utan|med)\b", plain)[0])[:12]
    interests: dict[str, None] = {}
    compound = False
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + 4), start, -1):
            phrase = " ".join(words[start:end])
            found = None if phrase in _ONLY_ALONE and len(words) > 1 else index.interest_of.get(phrase)
            if not found and end == start + 1 and (found := _in_compound(phrase, index)):
                compound = True
            if found:
                interests[found] = None
                start = end - 1
                break
        start += 1
    if not interests:
        return None
    return TagMatch(tag, "compound" if compound else "inside", interests=tuple(interests))


def _in_compound(word: str, index: InterestIndex) -> str | None:
    """The interest that a Swedish compound, or a definite form, is about."""
    definite = _DEFINITE.sub("", word)
    for form in (definite, word.removesuffix("n")):
        if form != word and len(form) > 2 and form not in _ONLY_ALONE and form in index.interest_of:
            return index.interest_of[form]
    stem = _CLUB.sub("", word)
    if stem != word and len(stem) >= 3:
        for form in (stem, stem + "s", stem.removesuffix("e"), stem + "or", stem + "ning"):
            if form in index.interest_of:
                return index.interest_of[form]
    for length in range(len(word) - 2, SHORTEST_INSIDE_A_COMPOUND - 1, -1):
        head = word[-length:]
        if head in index.interest_of and head not in _ONLY_ALONE:
            return index.interest_of[head]
    return None


def _similar(tag: str, plain: str, index: InterestIndex) -> TagMatch | None:
    if len(plain) < 6 or not index.long_words:
        return None
    best = process.extractOne(plain, index.long_words, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
    if best is None or best[0][0] != plain[0]:
        return None
    return TagMatch(tag, "similar", interests=(index.interest_of[best[0]],))
