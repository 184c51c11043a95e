"""Which tables a visitor is shown, and why: a sum of plain terms, each of which can be told.

A picture that was chosen 5, else another activity of its group 2; the time 2; a shared language 2; no Swedish needed 1;
the first time free 1. Only a known no shuts out: another age, closed to new members, a need that cannot be met. What
nobody has said counts neither for nor against. One table in five is of another kind than what was chosen.

Where several fit equally well, those that were shown least so far come first, so that the smallest is seen as often as
the largest; and none is among the first three more often than its share, as long as others fit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

EXACT, SAME_GROUP, TIME, LANGUAGE, NO_SWEDISH, FREE_TRY = 5, 2, 2, 2, 1, 1
SURPRISE_EVERY = 5
FIRST = 3
MOST_OF_FIRST = 0.12  # of all first places, for one table
COUNTED_FROM = 25 * FIRST  # before so many first places were given, a share says nothing


@dataclass(frozen=True)
class Term:
    """One part of the sum: what it is for, its worth, and what it is about."""

    code: str  # interest, group, time, speaks, no-swedish, try-free
    worth: int
    about: str = ""  # the id of an interest, the place of a time, the code of a language


@dataclass(frozen=True)
class Stall:
    """A table and its association, as far as they decide who is led there. None is "nobody has said"."""

    pk: int
    interests: Mapping[str, str] = field(default_factory=dict)  # each with its group
    times: Sequence[tuple[int, str]] = ()  # weekday, and which part of the week
    languages: Collection[str] = ()
    no_swedish: bool = False
    free_try: bool = False
    ages: tuple[int, int] = (0, 120)
    is_closed: bool = False  # to new members
    meets: Mapping[str, bool | None] = field(default_factory=dict)  # needs: step-free, quiet, free

    @property
    def groups(self) -> set[str]:
        """The groups of what it is about."""
        return set(self.interests.values())


@dataclass(frozen=True)
class Wished:
    """What a visitor has chosen. Everything may be left out."""

    likes: Sequence[tuple[str, str]] = ()  # pictures with their groups; a whole group is its own group
    parts: Collection[str] = ()
    days: Collection[int] = ()
    languages: Sequence[str] = ()
    ages: tuple[int, int] = (0, 120)
    needs: Collection[str] = ()

    @property
    def groups(self) -> set[str]:
        """The groups of what was chosen."""
        return {group for _interest, group in self.likes}


@dataclass(frozen=True)
class Choice:
    """One table of a route, and every term of its score."""

    pk: int
    terms: tuple[Term, ...]
    is_surprise: bool = False

    @property
    def score(self) -> int:
        """The sum of its terms and nothing else."""
        return sum(term.worth for term in self.terms)


def may_be_shown_to(stall: Stall, wished: Wished) -> bool:
    """Only a known no shuts out."""
    youngest, oldest = stall.ages
    fits = youngest <= wished.ages[1] and oldest >= wished.ages[0]
    return fits and not stall.is_closed and all(stall.meets.get(need) is not False for need in wished.needs)


def because(stall: Stall, wished: Wished) -> Choice:
    """Every term that speaks for a table; a surprise is one of which nothing was chosen, not even its group."""
    terms = [term for term in (_of_kind(stall, wished), _of_time(stall, wished)) if term is not None]
    shared = next((code for code in wished.languages if code in stall.languages), "")
    if shared:
        terms.append(Term("speaks", LANGUAGE, shared))
    if stall.no_swedish:
        terms.append(Term("no-swedish", NO_SWEDISH))
    if stall.free_try:
        terms.append(Term("try-free", FREE_TRY))
    return Choice(stall.pk, tuple(terms), is_surprise=not stall.groups & wished.groups)


def _of_kind(stall: Stall, wished: Wished) -> Term | None:
    """The first of the chosen pictures that it has; else another activity of the group of one."""
    for interest, group in wished.likes:
        if interest in stall.interests or (interest == group and group in stall.groups):
            return Term("interest", EXACT, interest)
    for interest, group in wished.likes:
        if group in stall.groups:
            return Term("group", SAME_GROUP, interest)
    return None


def _of_time(stall: Stall, wished: Wished) -> Term | None:
    if not wished.parts and not wished.days:
        return None
    for place, (weekday, part) in enumerate(stall.times):
        if (not wished.days or weekday in wished.days) and (not wished.parts or part in wished.parts):
            return Term("time", TIME, str(place))
    return None


def choose(
    stalls: Sequence[Stall],
    wished: Wished,
    *,
    most: int,
    seen: Mapping[int, int],
    lot: int,
    kept: Sequence[int] = (),
) -> list[Choice]:
    """The tables of a route, the best first; `kept` are there already and stay.

    `seen` counts how often each was among the first three; `lot` decides between those that are equal in everything.
    The order in which the tables are given does not matter.
    """
    by_pk = {one.pk: because(one, wished) for one in stalls if may_be_shown_to(one, wished)}
    ranked = sorted(by_pk.values(), key=lambda one: (-one.score, seen.get(one.pk, 0), drawn(lot, one.pk)))
    stay = [by_pk[pk] for pk in kept if pk in by_pk]
    surprises = [one for one in ranked if one.is_surprise and one not in stay]
    fitting = [one for one in ranked if not one.is_surprise and one not in stay]
    if not wished.likes:  # "surprise me" alone: each of another kind, as far as there are kinds
        return (stay + _of_many_kinds(surprises, stalls))[:most]
    if not stay:
        fitting = _with_a_cap(fitting, seen)
    wanted = most // SURPRISE_EVERY - sum(one.is_surprise for one in stay)
    others = surprises[: max(wanted, 0)]
    room = most - len(stay) - len(others)
    return stay + fitting[: max(room, 0)] + others


def _with_a_cap(ranked: list[Choice], seen: Mapping[int, int]) -> list[Choice]:
    """One that has had more than its share of the first places comes after the first three, where others can be there."""
    given = sum(seen.values())
    if given < COUNTED_FROM:
        return ranked
    first = [one for one in ranked if seen.get(one.pk, 0) <= MOST_OF_FIRST * given][:FIRST]
    return first + [one for one in ranked if one not in first]


def _of_many_kinds(ranked: list[Choice], stalls: Sequence[Stall]) -> list[Choice]:
    groups = {one.pk: one.groups for one in stalls}
    first: list[Choice] = []
    there: set[str] = set()
    for one in ranked:
        if not groups[one.pk] & there:
            first.append(one)
            there |= groups[one.pk]
    return first + [one for one in ranked if one not in first]


def drawn(lot: int, pk: int) -> bytes:
    """A lot that favours nobody: another one each time, and the same for the same lot."""
    return hashlib.blake2b(f"{lot} {pk}".encode(), digest_size=8).digest()
