"""How well an association fits a visitor's wishes: a sum of plain terms, each of which can be told.

The dearest picture 60, the next 52, 45, 39, 34; another activity of the same group half of that; somebody who speaks
one of the visitor's languages 30, else that little Swedish is enough 10. What was not chosen and is of no chosen group
is no meeting at all. Ages, names and where people come from are neither asked nor weighed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

BY_PLACE = (60, 52, 45, 39, 34)
MOST_INTERESTS = len(BY_PLACE)
SHARED_LANGUAGE, LITTLE_SWEDISH = 30, 10


@dataclass(frozen=True)
class About:
    """What an association is about, as far as it may be written down, and how one can talk there."""

    interests: frozenset[str]
    groups: frozenset[str]
    languages: frozenset[str]
    little_swedish: bool


@dataclass(frozen=True)
class Because:
    """Why an association and a visitor could meet."""

    interest: str  # the picture that was chosen: an activity or a group
    is_same_kind: bool  # the association has another activity of its group
    usefulness: int


def because(about: About, likes: Sequence[tuple[str, str]], languages: Collection[str]) -> Because | None:
    """The best reason to meet, or None. `likes` are the pictures with the group of each, the dearest first."""
    found: Because | None = None
    for (interest, group), worth in zip(likes, BY_PLACE, strict=False):
        if interest in about.interests or interest in about.groups:
            one = Because(interest, is_same_kind=False, usefulness=worth)
        elif group in about.groups:
            one = Because(interest, is_same_kind=True, usefulness=worth // 2)
        else:
            continue
        if found is None or one.usefulness > found.usefulness:
            found = one
    if found is None or not languages:
        return found
    talk = SHARED_LANGUAGE if about.languages & set(languages) else LITTLE_SWEDISH * about.little_swedish
    return Because(found.interest, found.is_same_kind, found.usefulness + talk)
