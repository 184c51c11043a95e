"""Votes as they came in, and as the engine keeps them: sparse, one byte a vote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

AGREE, PASS, DISAGREE = 1, 0, -1
CHUNK, RUN = 1 << 21, 1 << 18


@dataclass(frozen=True, slots=True)
class VoteMatrix:
    """Who answered what, one row of answers a person.

    Build it with `vote_matrix`; the fields are the three arrays of a compressed sparse row matrix.

    Attributes
    ----------
    starts : ndarray of int64, shape (n_people + 1,)
        Person ``i`` gave the answers ``starts[i]`` up to ``starts[i + 1]``.
    ideas : ndarray of int32, shape (n_votes,)
        The idea of each answer, rising within a person.
    votes : ndarray of int8, shape (n_votes,)
        1 agrees, 0 passes (has seen it, takes no side), -1 disagrees. Not answered is not stored, so there
        are no NaN.
    n_ideas : int
        Number of ideas, those without votes too.

    Examples
    --------
    >>> votes = vote_matrix([0, 1, 1], [0, 0, 1], [1, 0, -1], n_people=3, n_ideas=2)
    >>> votes.n_people, votes.n_votes, votes.answers_each.tolist()
    (3, 3, [1, 2, 0])
    """

    starts: NDArray[np.int64]
    ideas: NDArray[np.int32]
    votes: NDArray[np.int8]
    n_ideas: int

    @property
    def n_people(self) -> int:
        """Number of people, those without votes too."""
        return len(self.starts) - 1

    @property
    def n_votes(self) -> int:
        """Number of answers that count."""
        return len(self.votes)

    @property
    def answers_each(self) -> NDArray[np.int64]:
        """How many ideas each person answered, shape (n_people,)."""
        return np.diff(self.starts)

    def person_of_each_vote(self) -> NDArray[np.int32]:
        """The person of each stored answer, shape (n_votes,)."""
        return np.repeat(np.arange(self.n_people, dtype=np.int32), self.answers_each)


def vote_matrix(
    people: ArrayLike, ideas: ArrayLike, votes: ArrayLike, *, n_people: int, n_ideas: int
) -> VoteMatrix:
    """Collect votes in the order they were cast; a new answer replaces the earlier one.

    Parameters
    ----------
    people, ideas : array_like of int, shape (n,)
        Who answered and which idea, counted from 0.
    votes : array_like of int, shape (n,)
        1 agree, 0 pass, -1 disagree.
    n_people, n_ideas : int
        How many there are, silent people and unseen ideas included.

    Returns
    -------
    VoteMatrix
        Nobody, one person or no idea at all make a legal, empty matrix.

    Raises
    ------
    ValueError
        If the three arrays differ in length, an index lies outside, or a vote is none of 1, 0, -1.

    Examples
    --------
    >>> votes = vote_matrix([0, 1, 0], [1, 0, 1], [1, 0, -1], n_people=2, n_ideas=2)
    >>> votes.starts.tolist(), votes.ideas.tolist(), votes.votes.tolist()
    ([0, 1, 2], [1, 0], [-1, 0])
    """
    who, what, how = np.asarray(people), np.asarray(ideas), np.asarray(votes)
    if not (who.ndim == what.ndim == how.ndim == 1 and len(who) == len(what) == len(how)):
        raise ValueError("people, ideas and votes must be three flat arrays of the same length")
    if len(who) == 0:
        empty = np.zeros(0, np.int32)
        return VoteMatrix(np.zeros(n_people + 1, np.int64), empty, empty.astype(np.int8), n_ideas)
    for name, values, least, most in (
        ("people", who, 0, n_people - 1),
        ("ideas", what, 0, n_ideas - 1),
        ("votes", how, DISAGREE, AGREE),
    ):
        if values.dtype.kind not in "iu":
            raise ValueError(f"{name} must be whole numbers")
        if values.min() < least or values.max() > most:
            raise ValueError(f"{name} must lie between {least} and {most}")
    if not _is_sorted(who, what):
        latest = _latest_in_order(who, what, n_ideas)
        who, what, how = who[latest], what[latest], how[latest]
    starts = np.zeros(n_people + 1, np.int64)
    for begin in range(0, len(who), CHUNK):
        starts[1:] += np.bincount(who[begin : begin + CHUNK], minlength=n_people)
    np.cumsum(starts, out=starts)
    return VoteMatrix(starts, what.astype(np.int32, copy=False), how.astype(np.int8, copy=False), n_ideas)


def _is_sorted(who: NDArray[Any], what: NDArray[Any]) -> bool:
    """By person and within a person by idea, without a repeat."""
    for begin in range(0, len(who) - 1, CHUNK):
        a, b = who[begin : begin + CHUNK + 1], what[begin : begin + CHUNK + 1]
        if not np.all((a[1:] > a[:-1]) | ((a[1:] == a[:-1]) & (b[1:] > b[:-1]))):
            return False
    return True


def _latest_in_order(who: NDArray[Any], what: NDArray[Any], n_ideas: int) -> NDArray[np.int64]:
    """Positions of the answers that count, by person and idea."""
    pair = who.astype(np.int64) * n_ideas + what
    bits = int(len(who) - 1).bit_length()
    if int(pair.max()).bit_length() + bits < 64:
        # Pair and position in one number: one fast sort instead of a slow stable one.
        packed = (pair.astype(np.uint64) << np.uint64(bits)) | np.arange(len(pair), dtype=np.uint64)
        packed.sort()
        position = (packed & np.uint64((1 << bits) - 1)).astype(np.int64)
        pair = (packed >> np.uint64(bits)).astype(np.int64)
    else:
        position = np.argsort(pair, kind="stable")
        pair = pair[position]
    last = np.ones(len(pair), bool)
    last[:-1] = pair[1:] != pair[:-1]
    return position[last]  # type: ignore[no-any-return]  # NumPy's types are wider


def without_ideas(matrix: VoteMatrix, removed: NDArray[np.bool_]) -> VoteMatrix:
    """The votes on the ideas that stay; a moderated idea is taken away, not counted as zero.

    Parameters
    ----------
    matrix : VoteMatrix
        All votes.
    removed : ndarray of bool, shape (n_ideas,)
        True for each idea that a moderator took away.

    Returns
    -------
    VoteMatrix
        The same people; the remaining ideas in their order.

    Notes
    -----
    Polis sets such a column to 0 for everybody and lets it count as an answer, which changes everyone's
    place on the map [1]_. Here it is as if the idea had never been there.

    References
    ----------
    .. [1] Small et al. (2021), Polis: Scaling deliberation by mapping high dimensional opinion spaces,
       RECERCA 26(2), doi:10.6035/recerca.5516.

    Examples
    --------
    >>> votes = vote_matrix([0, 0], [0, 1], [1, -1], n_people=1, n_ideas=2)
    >>> without_ideas(votes, np.array([True, False])).ideas.tolist()
    [0]
    """
    kept = ~np.asarray(removed, bool)
    stays = kept[matrix.ideas]
    before = np.concatenate(([0], np.cumsum(stays)))
    new_number = np.cumsum(kept, dtype=np.int32) - 1
    return VoteMatrix(
        before[matrix.starts].astype(np.int64),
        new_number[matrix.ideas[stays]].astype(np.int32),
        matrix.votes[stays],
        int(kept.sum()),
    )


def whole_people(matrix: VoteMatrix) -> Iterator[slice]:
    """Cut the people into runs of about a quarter of a million votes, for work that would copy all of them otherwise.

    Parameters
    ----------
    matrix : VoteMatrix
        All votes.

    Yields
    ------
    slice
        Some people; together all of them, in their order.

    Examples
    --------
    >>> votes = vote_matrix([0, 1, 1], [0, 0, 1], [1, 0, -1], n_people=2, n_ideas=2)
    >>> list(whole_people(votes))
    [slice(0, 2, None)]
    """
    first = 0
    while first < matrix.n_people:
        last = int(np.searchsorted(matrix.starts, matrix.starts[first] + RUN, side="right")) - 1
        last = min(max(last, first + 1), matrix.n_people)
        yield slice(first, last)
        first = last


def run_of(matrix: VoteMatrix, people: slice) -> VoteMatrix:
    """The votes of some people who stand side by side, without copying them.

    Parameters
    ----------
    matrix : VoteMatrix
        All votes.
    people : slice
        From one person up to another; see `whole_people`.

    Returns
    -------
    VoteMatrix
        Those people and all ideas; the votes are shared with `matrix`.

    Examples
    --------
    >>> votes = vote_matrix([0, 1, 1], [0, 0, 1], [1, 0, -1], n_people=2, n_ideas=2)
    >>> run_of(votes, slice(1, 2)).votes.tolist()
    [0, -1]
    """
    begin, end = int(matrix.starts[people.start]), int(matrix.starts[people.stop])
    return VoteMatrix(
        matrix.starts[people.start : people.stop + 1] - begin,
        matrix.ideas[begin:end],
        matrix.votes[begin:end],
        matrix.n_ideas,
    )


def votes_of(matrix: VoteMatrix, people: NDArray[np.int64]) -> VoteMatrix:
    """The votes of some people.

    Parameters
    ----------
    matrix : VoteMatrix
        All votes.
    people : ndarray of int64, shape (n,)
        Rows to keep, in this order.

    Returns
    -------
    VoteMatrix
        ``n`` people and all ideas.

    Examples
    --------
    >>> votes = vote_matrix([0, 1, 1], [0, 0, 1], [1, 0, -1], n_people=2, n_ideas=2)
    >>> votes_of(votes, np.array([1])).votes.tolist()
    [0, -1]
    """
    each = matrix.answers_each[people]
    starts = np.concatenate(([0], np.cumsum(each))).astype(np.int64)
    places = np.repeat(matrix.starts[people] - starts[:-1], each) + np.arange(starts[-1])
    return VoteMatrix(starts, matrix.ideas[places], matrix.votes[places], matrix.n_ideas)
