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
    whole numbers so that they are exact. Where two people (or ideas) look alike without being the same, one of them
    is marked and the rounds are repeated, at most `MOST_TIES` times; which one makes no difference, because
    exchanging the two leaves the votes as they are.

    References
    ----------
    .. [1] Weisfeiler, B. & Leman, A. (1968), The reduction of a graph to canonical form.

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
    for _ in range(MOST_TIES):
        chosen = _first_of_a_tie(colours.people, exact_rows)
        if chosen is not None:
            marked = colours.people.copy()
            marked[chosen] = _mixed(marked[chosen : chosen + 1] + np.uint64(1))[0]
            colours = _refined(matrix, answer, _Colours(marked, colours.ideas))
            continue
        chosen = _first_of_a_tie(colours.ideas, exact_columns)
        if chosen is None:
            break
        marked = colours.ideas.copy()
        marked[chosen] = _mixed(marked[chosen : chosen + 1] + np.uint64(1))[0]
        colours = _refined(matrix, answer, _Colours(colours.people, marked))
    people, ideas = np.argsort(colours.people, kind="stable"), np.argsort(colours.ideas, kind="stable")
    return Ordered(_rearranged(matrix, person, people, ideas), people, ideas)


@dataclass(frozen=True, slots=True)
class _Colours:
    people: Words
    ideas: Words


def _refined(matrix: VoteMatrix, answer: Words, colours: _Colours) -> _Colours:
    """Two rounds: each takes on a colour made of its own and those of its answers."""
    people, ideas = colours.people, colours.ideas
    for _ in range(2):
        seen_by = np.repeat(people + np.uint64(1), matrix.answers_each) * answer
        ideas = _mixed(ideas + _sums(matrix.ideas, seen_by, matrix.n_ideas))
        people = _mixed(people + _row_sums(matrix.starts, ideas[matrix.ideas] * answer))
    return _Colours(people, ideas)


def _first_of_a_tie(colours: Words, exact: Words) -> int | None:
    """One of those who share a colour without being the same, or None. Those that are the same may stay tied."""
    order = np.argsort(colours, kind="stable")
    tied = (colours[order[1:]] == colours[order[:-1]]) & (exact[order[1:]] != exact[order[:-1]])
    at = int(tied.argmax()) if len(tied) else 0
    return int(order[at]) if len(tied) and tied[at] else None


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
