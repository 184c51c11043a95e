"""An order of people and ideas that depends on the answers alone.

Sums of floating-point numbers depend on their order, and with them, in the last digit, everything after. The engine
therefore sorts people and ideas by what was answered before it computes, and sorts back afterwards: shuffling
the rows or columns then changes nothing at all, not even the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.opinions.votes import CHUNK, VoteMatrix

LARGEST_SORTED = 5_000_000
MOST_TIES = 100
MOST_ROUNDS = 64
# Work that all the trials together may cost, in votes looked at: a few tenths of a second.
MOST_TRIED = 4_000_000
COST_OF_A_ROUND = 4_000
Words = NDArray[np.uint64]
# Odd numbers: multiplying by one loses nothing. In the order disagree, pass, agree.
ANSWERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)


@dataclass(frozen=True, slots=True)
class Ordered:
    """Votes in their own order.

    Attributes
    ----------
    matrix : VoteMatrix
        The votes with people and ideas sorted.
    people, ideas : ndarray of int64
        Row ``r`` of the sorted matrix is person ``people[r]`` of the original one; likewise ideas.
    """

    matrix: VoteMatrix
    people: NDArray[np.int64]
    ideas: NDArray[np.int64]


def in_own_order(matrix: VoteMatrix) -> Ordered:
    """Sort people and ideas by a fingerprint of their answers.

    Parameters
    ----------
    matrix : VoteMatrix
        Votes in any order.

    Returns
    -------
    Ordered
        The same votes. Above `LARGEST_SORTED` votes they stay as they are, because sorting would cost more
        than all the rest; there the order in which people are given can move the last digit.

    Notes
    -----
    Colour refinement on the graph of people and ideas (Weisfeiler & Leman 1968 [1]_), with sums in
    whole numbers so that they are exact. People who gave the very same answers (or ideas that got them) may stay tied:
    exchanging them leaves the votes as they are. Where two look alike without being the same, each is marked in
    turn, the rounds are repeated until nothing is told apart any more, and the one whose marking gives the
    least fingerprint of the whole stays marked [2]_: the choice depends on the answers and not on who came first.
    Among those who give the same fingerprint the first is taken; that they are then interchangeable is not
    proven, but a counterexample would be a strongly regular graph, which votes are not. At most `MOST_TIES` ties are broken so, within the work of `MOST_TRIED`;
    beyond that, as when each of three hundred people answers an idea of their own, people keep their order
    and ideas follow them.

    References
    ----------
    .. [1] Weisfeiler, B. & Leman, A. (1968), The reduction of a graph to canonical form.
    .. [2] McKay, B. D. & Piperno, A. (2014), Practical graph isomorphism II, J. Symbolic Computation 60.

    Examples
    --------
    >>> from brobygget.engine.opinions.votes import vote_matrix
    >>> one = vote_matrix([0, 0, 1], [0, 1, 1], [1, 1, -1], n_people=2, n_ideas=2)
    >>> two = vote_matrix([1, 1, 0], [1, 0, 0], [1, 1, -1], n_people=2, n_ideas=2)
    >>> [in_own_order(m).matrix.votes.tolist() for m in (one, two)][0] == in_own_order(two).matrix.votes.tolist()
    True
    """
    if matrix.n_votes > LARGEST_SORTED or matrix.n_votes == 0:
        return Ordered(matrix, np.arange(matrix.n_people), np.arange(matrix.n_ideas))
    answer = ANSWERS[matrix.votes + 1]
    colours = _refined(
        matrix, answer, _Colours(np.zeros(matrix.n_people, np.uint64), np.zeros(matrix.n_ideas, np.uint64))
    )
    exact_rows = _row_sums(matrix.starts, _mixed(matrix.ideas.astype(np.uint64)) * answer)
    person = matrix.person_of_each_vote()
    exact_columns = _sums(matrix.ideas, _mixed(person.astype(np.uint64)) * answer, matrix.n_ideas)
    ties, left = 0, MOST_TRIED
    while (tie := _a_tie(colours, exact_rows, exact_columns)) is not None:
        if ties == 0:
            colours = _settled(matrix, answer, colours).colours
        elif ties == MOST_TIES:
            colours = _ideas_after_people(matrix, answer, colours)
            break
        else:
            broken = _broken(matrix, answer, colours, tie, left)
            colours, left = broken.colours, left - broken.cost
        ties += 1
    people, ideas = np.argsort(colours.people, kind="stable"), np.argsort(colours.ideas, kind="stable")
    return Ordered(_rearranged(matrix, person, people, ideas), people, ideas)


@dataclass(frozen=True, slots=True)
class _Colours:
    people: Words
    ideas: Words


@dataclass(frozen=True, slots=True)
class _Settled:
    colours: _Colours
    cost: int


def _refined(matrix: VoteMatrix, answer: Words, colours: _Colours) -> _Colours:
    """Two rounds: each takes on a colour made of its own and those of its answers."""
    people, ideas = colours.people, colours.ideas
    for _ in range(2):
        seen_by = np.repeat(people + np.uint64(1), matrix.answers_each) * answer
        ideas = _mixed(ideas + _sums(matrix.ideas, seen_by, matrix.n_ideas))
        people = _mixed(people + _row_sums(matrix.starts, ideas[matrix.ideas] * answer))
    return _Colours(people, ideas)


@dataclass(frozen=True, slots=True)
class _Tie:
    """Those who share a colour without being the same, one of each kind."""

    members: NDArray[np.int64]
    are_people: bool


def _a_tie(colours: _Colours, exact_rows: Words, exact_columns: Words) -> _Tie | None:
    for each, exact, are_people in (
        (colours.people, exact_rows, True),
        (colours.ideas, exact_columns, False),
    ):
        order = np.lexsort((exact, each))
        tied = (each[order[1:]] == each[order[:-1]]) & (exact[order[1:]] != exact[order[:-1]])
        if tied.any():
            alike = np.flatnonzero(each == each[order[int(tied.argmax())]])
            _, first = np.unique(exact[alike], return_index=True)
            return _Tie(alike[np.sort(first)], are_people)
    return None


def _settled(matrix: VoteMatrix, answer: Words, colours: _Colours) -> _Settled:
    """Rounds until nobody is told apart who was not before."""
    before = cost = 0
    for _ in range(MOST_ROUNDS):
        colours = _refined(matrix, answer, colours)
        cost += matrix.n_votes + COST_OF_A_ROUND
        now = len(np.unique(colours.people)) + len(np.unique(colours.ideas))
        if now == before:
            break
        before = now
    return _Settled(colours, cost)


def _broken(matrix: VoteMatrix, answer: Words, colours: _Colours, tie: _Tie, left: int) -> _Settled:
    """The colours after marking that one of the tied whose marking gives the least fingerprint."""
    best, least, cost = colours, -1, 0
    for member in tie.members.tolist():
        people, ideas = colours.people.copy(), colours.ideas.copy()
        marked = people if tie.are_people else ideas
        marked[member] = _mixed(marked[member : member + 1] + np.uint64(1))[0]
        tried = _settled(matrix, answer, _Colours(people, ideas))
        cost += tried.cost
        fingerprint = int(_mixed(tried.colours.people).sum() ^ _mixed(tried.colours.ideas).sum())
        if least < 0 or fingerprint < least:
            best, least = tried.colours, fingerprint
        if cost > left:
            break
    return _Settled(best, cost)


def _ideas_after_people(matrix: VoteMatrix, answer: Words, colours: _Colours) -> _Colours:
    """Give people the order that they have, and ideas one that follows from it."""
    order, rank = np.argsort(colours.people, kind="stable"), np.empty(matrix.n_people, np.uint64)
    rank[order] = np.arange(1, matrix.n_people + 1, dtype=np.uint64)
    by_people = _sums(matrix.ideas, _mixed(np.repeat(rank, matrix.answers_each)) * answer, matrix.n_ideas)
    order, place = np.lexsort((by_people, colours.ideas)), np.empty(matrix.n_ideas, np.uint64)
    place[order] = np.arange(1, matrix.n_ideas + 1, dtype=np.uint64)
    return _Colours(rank, place)


def _mixed(words: Words) -> Words:
    """The finaliser of SplitMix64: every bit of the input moves half the bits of the output."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def _row_sums(starts: NDArray[np.int64], words: Words) -> Words:
    """Sums modulo 2^64, one a person: differences of a running sum, which wraps around exactly."""
    running = np.zeros(len(words) + 1, np.uint64)
    np.cumsum(words, out=running[1:])
    return running[starts[1:]] - running[starts[:-1]]


def _sums(idea: NDArray[np.int32], words: Words, n_ideas: int) -> Words:
    """Sums, one an idea; 27 bits of each word, so that a sum of doubles stays exact."""
    low = (words >> np.uint64(37)).astype(np.float64)
    total = np.bincount(idea, low, minlength=n_ideas)
    return total.astype(np.uint64)


def _rearranged(
    matrix: VoteMatrix, person: NDArray[np.int32], people: NDArray[np.int64], ideas: NDArray[np.int64]
) -> VoteMatrix:
    new_person, new_idea = np.empty(len(people), np.int64), np.empty(len(ideas), np.int64)
    new_person[people], new_idea[ideas] = np.arange(len(people)), np.arange(len(ideas))
    packed = (new_person[person] * matrix.n_ideas + new_idea[matrix.ideas]) * 4 + (matrix.votes + 1)
    packed.sort()
    starts = np.zeros(len(people) + 1, np.int64)
    np.cumsum(matrix.answers_each[people], out=starts[1:])
    sorted_ideas = np.empty(len(packed), np.int32)
    for begin in range(0, len(packed), CHUNK):
        part = slice(begin, begin + CHUNK)
        sorted_ideas[part] = (packed[part] >> 2) % matrix.n_ideas
    return VoteMatrix(starts, sorted_ideas, ((packed & 3) - 1).astype(np.int8), matrix.n_ideas)
