"""Companions for the first visit: pairs or small groups who share a language, a time and an interest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .best_pairs import best_pairs
from .gathering import NotAGathering

Scores = NDArray[np.float64]
LANGUAGE, INTEREST, TIME = 1.0, 2.0, 1.0
ENOUGH = 3
IMPOSSIBLE = -1e6


@dataclass(frozen=True)
class Companionship:
    """A proposal for a human to decide on.

    Attributes
    ----------
    people : tuple of int
        In ascending order: one of each side for pairs, three or four for a small group.
    score : float
        Mean over its pairs of what the two share: see `pair_companions`.
    languages, interests, times : int
        Bits that everybody in it shares.
    reasons : tuple of str
        ``"shared_language"``, ``"shared_interest"``, ``"shared_time"``, ``"across"``; those that apply.

    Examples
    --------
    >>> pair_companions(newcomer=[1, 0], languages=[1, 1]).groups[0].reasons
    ('shared_language', 'across')
    """

    people: tuple[int, ...]
    score: float
    languages: int
    interests: int
    times: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Companions:
    """Everybody's companions.

    Attributes
    ----------
    groups : tuple of Companionship
        Best first.
    alone : dict of int to str
        People without companions and why: ``"no_shared_language"``, ``"no_shared_time"`` (with anybody
        they may be paired with), or ``"nobody_left"``.

    Examples
    --------
    >>> pair_companions(newcomer=[1, 0, 0], languages=[1, 1, 2]).alone
    {2: 'no_shared_language'}
    """

    groups: tuple[Companionship, ...]
    alone: dict[int, str]


def pair_companions(
    *,
    newcomer: ArrayLike,
    languages: ArrayLike,
    interests: ArrayLike | None = None,
    times: ArrayLike | None = None,
    apart: Iterable[Sequence[int]] = (),
    size: int = 2,
) -> Companions:
    """Propose companions across the line.

    Parameters
    ----------
    newcomer : array_like of bool, shape (people,)
        The side of the line; companions come from both.
    languages : array_like of int, shape (people,)
        Bits; companions share one.
    interests : array_like of int, shape (people,), optional
        Bits; more shared is better, up to three.
    times : array_like of int, shape (people,), optional
        Bits of times somebody can; companions share one. Left out: everybody can at any time.
    apart : iterable of (int, int), optional
        Pairs who must not be proposed.
    size : int
        2 for one to one, 3 or 4 for small groups.

    Returns
    -------
    Companions
        With nobody, or with one side empty, no groups and everybody alone.

    Raises
    ------
    NotAGathering
        When the arrays differ in length or ``size`` is not 2, 3 or 4.

    Notes
    -----
    The score of two people is 1 for a shared language + 2 for each shared interest + 1 for each shared
    time, counting at most three interests and three times. Pairs: a maximum-weight assignment between
    the sides in which serving one more person always goes before a better score [1]_. Groups: pairs first,
    then further members by the same assignment, so that a language and a time remain that all share.

    References
    ----------
    .. [1] Crouse, D. F. (2016), "On implementing 2D rectangular assignment algorithms", IEEE
       Transactions on Aerospace and Electronic Systems 52(4).

    Examples
    --------
    >>> found = pair_companions(newcomer=[1, 1, 0, 0], languages=[1, 2, 2, 3], interests=[4, 4, 4, 0])
    >>> [group.people for group in found.groups], found.alone
    ([(1, 2), (0, 3)], {})
    """
    new = np.array(newcomer, dtype=bool)
    people = len(new)
    speaks = _bits(languages, people, "languages")
    likes = _bits(interests, people, "interests")
    can = _bits(times, people, "times") if times is not None else np.ones(people, dtype=np.int64)
    if size not in (2, 3, 4):
        raise NotAGathering("size", "companions come in twos, threes or fours")
    keep_apart = np.zeros((people, people), dtype=bool)
    for a, b in apart:
        if not (0 <= a < people and 0 <= b < people):
            raise NotAGathering("unknown_person", f"apart names person {a if not 0 <= a < people else b}")
        keep_apart[a, b] = keep_apart[b, a] = True
    scores = _scores(speaks, likes, can, keep_apart)
    groups = _pairs(np.flatnonzero(new), np.flatnonzero(~new), scores)
    for _ in range(size - 2):
        groups = _grow(groups, people, scores, speaks, can)
    grouped = {p for group in groups for p in group}
    told = [
        _companionship(tuple(sorted(g)), new, speaks, likes, can, times is not None, scores) for g in groups
    ]
    alone = {p: _why_alone(p, new, speaks, can, keep_apart) for p in range(people) if p not in grouped}
    return Companions(tuple(sorted(told, key=lambda g: (-g.score, g.people))), alone)


def _bits(values: ArrayLike | None, people: int, name: str) -> NDArray[np.int64]:
    bits = np.zeros(people, dtype=np.int64) if values is None else np.array(values, dtype=np.int64)
    if bits.shape != (people,):
        raise NotAGathering("length", f"{name} must have one entry for each of the {people} people")
    return bits


def _count(bits: NDArray[np.int64]) -> Scores:
    return np.minimum(np.bitwise_count(bits), ENOUGH).astype(np.float64)


def _scores(
    speaks: NDArray[np.int64], likes: NDArray[np.int64], can: NDArray[np.int64], apart: NDArray[np.bool_]
) -> Scores:
    """Shape (people, people): what two share, `IMPOSSIBLE` where they may not be companions."""
    language = speaks[:, None] & speaks[None, :]
    time = can[:, None] & can[None, :]
    score = (
        LANGUAGE * (language != 0) + INTEREST * _count(likes[:, None] & likes[None, :]) + TIME * _count(time)
    )
    score = np.where((language == 0) | (time == 0) | apart, IMPOSSIBLE, score)
    np.fill_diagonal(score, IMPOSSIBLE)
    return np.asarray(score)


def _pairs(ones: NDArray[np.int64], others: NDArray[np.int64], scores: Scores) -> list[list[int]]:
    if not len(ones) or not len(others):
        return []
    between = scores[np.ix_(ones, others)]
    rows, columns = best_pairs(between)
    return [
        [int(ones[i]), int(others[j])]
        for i, j in zip(rows, columns, strict=True)
        if between[i, j] > IMPOSSIBLE / 2
    ]


def _grow(
    groups: list[list[int]], people: int, scores: Scores, speaks: NDArray[np.int64], can: NDArray[np.int64]
) -> list[list[int]]:
    """One more in each group, where somebody fits."""
    left = [p for p in range(people) if all(p not in group for group in groups)]
    if not groups or not left:
        return groups
    fits = np.full((len(left), len(groups)), IMPOSSIBLE)
    for column, group in enumerate(groups):
        language = int(np.bitwise_and.reduce(speaks[group]))
        time = int(np.bitwise_and.reduce(can[group]))
        for row, person in enumerate(left):
            with_them = scores[person, group]
            if speaks[person] & language and can[person] & time and with_them.min() > IMPOSSIBLE / 2:
                fits[row, column] = with_them.mean()
    rows, columns = best_pairs(fits)
    joins = {int(g): left[p] for p, g in zip(rows, columns, strict=True) if fits[p, g] > IMPOSSIBLE / 2}
    return [[*group, joins[g]] if g in joins else group for g, group in enumerate(groups)]


def _companionship(
    group: tuple[int, ...],
    new: NDArray[np.bool_],
    speaks: NDArray[np.int64],
    likes: NDArray[np.int64],
    can: NDArray[np.int64],
    times_known: bool,
    scores: Scores,
) -> Companionship:
    members = list(group)
    language, interest, time = (int(np.bitwise_and.reduce(bits[members])) for bits in (speaks, likes, can))
    applies = {
        "shared_language": language != 0,
        "shared_interest": interest != 0,
        "shared_time": times_known and time != 0,
        "across": bool(new[members].any() and not new[members].all()),
    }
    first, second = np.triu_indices(len(members), 1)
    score = float(scores[np.array(members)[first], np.array(members)[second]].mean())
    return Companionship(
        group,
        score,
        language,
        interest,
        time if times_known else 0,
        tuple(code for code, yes in applies.items() if yes),
    )


def _why_alone(
    person: int,
    new: NDArray[np.bool_],
    speaks: NDArray[np.int64],
    can: NDArray[np.int64],
    apart: NDArray[np.bool_],
) -> str:
    other_side = (new != new[person]) & ~apart[person]
    understand = other_side & ((speaks & speaks[person]) != 0)
    if not understand.any():
        return "no_shared_language"
    if not (understand & ((can & can[person]) != 0)).any():
        return "no_shared_time"
    return "nobody_left"
