"""What a visitor typed, and what may have been meant by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from brobygget.associations.interests.folding import words_of
from brobygget.associations.queries.directory import DirectoryNow, Spelling
from brobygget.associations.queries.wishes import Wishes

MOST_TYPED = 8


@dataclass(frozen=True)
class TypedWord:
    """One word that was typed: what may have been meant, and how well each fits."""

    spellings: list[Spelling]
    fits: Mapping[str, float]
    """A word to how well it fits."""

    means: Mapping[str, float]
    """An interest to how well the best word for it fits."""


def typed_words(wishes: Wishes, now: DirectoryNow) -> list[TypedWord]:
    """Looked up once, however many associations are weighed against it."""
    made = []
    for word in words_of(wishes.text)[:MOST_TYPED]:
        spellings = now.words.spellings(word)
        means: dict[str, float] = {}
        for one in spellings:  # the best first
            for interest in now.meaning.get(one.word, ()):
                means.setdefault(interest, one.fit)
        made.append(TypedWord(spellings, {one.word: one.fit for one in spellings}, means))
    return made
