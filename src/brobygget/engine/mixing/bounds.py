"""How many meetings there can be at the very most."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .gathering import Gathering, units_of

MOST_FOR_PAIRWISE_COUNTING = 3000


@dataclass(frozen=True)
class Bound:
    """No plan can have more than this.

    Attributes
    ----------
    met : int
        New pairs of people.
    met_across : int
        New pairs with one person from each side.

    Examples
    --------
    >>> Bound(met=227, met_across=140).met
    227
    """

    met: int
    met_across: int


def most_across(sizes: NDArray[np.int64], newcomers: int) -> int:
    """Most pairs across the line in one round.

    Parameters
    ----------
    sizes : NDArray[np.int64]
        Shape (tables,): seats at each table.
    newcomers : int
        How many of those present are newcomers.

    Returns
    -------
    int
        The maximum of the sum over tables of k (size - k) with the k adding up to ``newcomers``.

    Notes
    -----
    The sum is concave, so giving each newcomer to the table where the gain size - 2k - 1 is largest
    is exact.

    Examples
    --------
    >>> most_across(np.array([4, 4]), 4)
    8
    """
    gains = [(-(int(size) - 1), int(size), 0) for size in sizes]
    heapq.heapify(gains)
    total = 0
    for _ in range(newcomers):
        loss, size, seated = heapq.heappop(gains)
        total -= loss
        if seated + 1 < size:
            heapq.heappush(gains, (-(size - 2 * (seated + 1) - 1), size, seated + 1))
    return total


def bound_of(gathering: Gathering) -> Bound:
    """Upper bounds on new meetings, over all rounds, held ones included.

    Parameters
    ----------
    gathering : Gathering
        Any size; from 3 000 people on the pair-by-pair part is left out and the bound is a little looser.

    Returns
    -------
    Bound
        Valid for every plan that keeps the hard rules. With nobody to meet both are 0.

    Notes
    -----
    Pair slots less forced repeats (people who must sit together; people with fewer possible table
    mates who share a language than rounds), and per person the smaller of seats beside them and people
    they may still meet. Held rounds count what they brought. Isolated speakers who must share an
    interpreter make it loose, never wrong.

    Examples
    --------
    >>> from brobygget.engine.mixing import gather
    >>> bound_of(gather(people=4, tables=[2, 2, 2], newcomer=[1, 1, 0, 0]))
    Bound(met=6, met_across=4)
    """
    open_rounds = list(gathering.open_rounds)
    met_before = met_in_held(gathering)
    slots = across = 0
    for r in open_rounds:
        sizes = gathering.table_sizes(r)
        slots += int((sizes * (sizes - 1) // 2).sum())
        across += most_across(sizes, int((gathering.present[:, r] & gathering.newcomer).sum()))
    known = _known_pairs(gathering)
    repeats, repeats_across = _forced_by_togetherness(gathering, known)
    if not len(gathering.together):
        repeats += _forced_by_language(gathering)
    met, met_across = slots - repeats, across - repeats_across
    if gathering.people < MOST_FOR_PAIRWISE_COUNTING:
        by_person = _by_person(gathering, known)
        met, met_across = min(met, by_person.met), min(met_across, by_person.met_across)
    return Bound(met + met_before.met, met_across + met_before.met_across)


def met_in_held(gathering: Gathering) -> Bound:
    """New pairs that the rounds already held have brought."""
    before = {(min(a, b), max(a, b)) for a, b, times in gathering.history.tolist() if times}
    pairs = _held_pairs(gathering) - before
    across = sum(1 for a, b in pairs if gathering.newcomer[a] != gathering.newcomer[b])
    return Bound(len(pairs), across)


def _held_pairs(gathering: Gathering) -> set[tuple[int, int]]:
    return {(a, b) for tables in gathering.held for table in tables for a in table for b in table if a < b}


def _known_pairs(gathering: Gathering) -> set[tuple[int, int]]:
    before = {(min(a, b), max(a, b)) for a, b, times in gathering.history.tolist() if times}
    return before | _held_pairs(gathering)


def _forced_by_togetherness(gathering: Gathering, known: set[tuple[int, int]]) -> tuple[int, int]:
    forced = forced_across = 0
    shared: dict[tuple[int, int], int] = {}
    for r in gathering.open_rounds:
        for unit in units_of(gathering, r):
            for i, a in enumerate(unit):
                for b in unit[i + 1 :]:
                    shared[a, b] = shared.get((a, b), 0) + 1
    for (a, b), times in shared.items():
        extra = times - (0 if (a, b) in known else 1)
        forced += extra
        forced_across += extra * int(gathering.newcomer[a] != gathering.newcomer[b])
    return forced, forced_across


def _forced_by_language(gathering: Gathering) -> int:
    """Repeats of people who share a language with fewer others than there are rounds."""
    if gathering.people >= MOST_FOR_PAIRWISE_COUNTING:
        return 0
    there = gathering.present[:, list(gathering.open_rounds)]
    rounds = there.sum(axis=1)
    smallest = min((int(gathering.table_sizes(r).min()) for r in gathering.open_rounds), default=0)
    if smallest < 2:
        return 0
    shares = (gathering.languages[:, None] & gathering.languages[None, :]) != 0
    np.fill_diagonal(shares, val=False)
    meets_in_time = there.astype(np.int64) @ there.T.astype(np.int64) > 0
    partners = (shares & meets_in_time).sum(axis=1)
    isolated = np.flatnonzero(partners < rounds)
    forced = int((rounds[isolated] - partners[isolated]).sum())
    mutual = bool(shares[np.ix_(isolated, isolated)].any())
    return forced // 2 if mutual else forced


def _by_person(gathering: Gathering, known: set[tuple[int, int]]) -> Bound:
    open_rounds = list(gathering.open_rounds)
    there = gathering.present[:, open_rounds].astype(np.int32)
    may_meet = there @ there.T > 0
    may_meet &= could_be_understood(gathering)
    for a, b in [*gathering.apart.tolist(), *known]:
        may_meet[a, b] = may_meet[b, a] = False
    np.fill_diagonal(may_meet, val=False)
    beside = np.array([int(gathering.table_sizes(r).max(initial=1)) - 1 for r in open_rounds], dtype=np.int64)
    seats = there @ beside if open_rounds else np.zeros(gathering.people, dtype=np.int64)
    new = gathering.newcomer
    over_the_line = may_meet & (new[:, None] != new[None, :])
    reach = np.minimum(seats, over_the_line.sum(axis=1))
    met = int(np.minimum(seats, may_meet.sum(axis=1)).sum()) // 2
    return Bound(met, min(int(reach[new].sum()), int(reach[~new].sum())))


def could_be_understood(gathering: Gathering) -> NDArray[np.bool_]:
    """Shape (people, people): pairs whom some choice of interpreters lets sit at one table."""
    speaks = gathering.languages
    reach = speaks.copy()
    for mask in np.unique(speaks[gathering.interpreter]):
        reach |= np.where((speaks & mask) != 0, mask, 0)
    return np.asarray((reach[:, None] & reach[None, :]) != 0)
