"""What no plan can do, and who would make it possible."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np

from .gathering import Gathering, units_of


@dataclass(frozen=True)
class Obstacle:
    """Something that keeps people from being seated, or from meeting more of the others.

    Attributes
    ----------
    code : str
        ``"nobody_understands"``: shares no language with anybody there, interpreters included.
        ``"group_too_large"``: more must sit together than a table seats.
        ``"too_few_large_tables"``: more such groups than tables with seats enough, where no table seats two.
        ``"too_few_tables_for_apart"``: more people must all be apart than there are tables.
        ``"group_holds_apart"``: people kept together by others must also be apart.
        ``"group_not_understood"``: people who must sit together share no language.
        ``"shared_interpreter"``: speakers of one language must share too few who understand them, so
        they sit together again and again.
    hard : bool
        True when no plan keeps every rule; False when it only costs meetings.
    round : int
        From 0; -1 when it holds for the event.
    people : tuple of int
        Those concerned.
    helpers : tuple of int
        For ``"shared_interpreter"``: those who understand them and whom they share.
    languages : int
        Bits of the languages concerned.
    seats : int
        For groups: seats at the largest table, or seats that are too few; for ``"too_few_tables_for_apart"``: tables.
    repeats : int
        For ``"shared_interpreter"``: repeated meetings that no plan avoids.
    would_gain : int
        How many fewer repeats one more interpreter of the language would leave. The gain of a whole new plan can
        be larger or smaller: see `gain_of_interpreter`.

    Examples
    --------
    >>> Obstacle('nobody_understands', hard=True, round=0, people=(5,), languages=2).people
    (5,)
    """

    code: str
    hard: bool
    round: int
    people: tuple[int, ...]
    helpers: tuple[int, ...] = ()
    languages: int = 0
    seats: int = 0
    repeats: int = 0
    would_gain: int = 0


def obstacles_to(gathering: Gathering) -> tuple[Obstacle, ...]:
    """Look for what makes a perfect plan impossible, before any plan is made.

    Parameters
    ----------
    gathering : Gathering
        The event.

    Returns
    -------
    tuple of Obstacle
        Hard ones first. An empty answer is no promise: deciding that a plan exists is as hard as
        finding one.

    Notes
    -----
    With a speakers whom only b others understand, over R rounds, each of the a sits with one of the b in
    every round: at least a (R - b) repeats; and when the a are spread over b tables as evenly as can be,
    p pairs of them sit together in every round: at least R p - a (a - 1) / 2 repeats.

    Examples
    --------
    >>> from brobygget.engine.mixing import gather
    >>> evening = gather(people=6, tables=[2, 2], languages=[1, 1, 1, 1, 1, 2])
    >>> [o.code for o in obstacles_to(evening)]
    ['nobody_understands', 'nobody_understands']
    """
    found = _who_is_not_understood(gathering)
    for r in gathering.open_rounds:
        found += _groups(gathering, r)
        found += _too_many_apart(gathering, r)
    found += _shared_interpreters(gathering)
    return tuple(sorted(found, key=lambda o: (not o.hard, o.round, o.people)))


def forced_repeats(speakers: int, helpers: int, rounds: int) -> int:
    """Repeats that no plan avoids when some speakers are understood by few.

    Parameters
    ----------
    speakers, helpers, rounds : int
        a, b and R of `obstacles_to`; ``helpers`` at least 1.

    Returns
    -------
    int
        At least 0.

    Examples
    --------
    >>> forced_repeats(3, 1, 5) - forced_repeats(3, 2, 5)
    13
    """
    each, more = divmod(speakers, helpers)
    pairs = more * comb(each + 1, 2) + (helpers - more) * comb(each, 2)
    return max(0, speakers * (rounds - helpers)) + max(0, rounds * pairs - comb(speakers, 2))


def _who_is_not_understood(gathering: Gathering) -> list[Obstacle]:
    """At a legal table of two or more everybody shares a language with somebody, interpreter or not."""
    found = []
    for r in gathering.open_rounds:
        here = gathering.present[:, r]
        if int(gathering.table_sizes(r).min()) < 2:
            continue
        masks, kind = np.unique(gathering.languages, return_inverse=True)
        count = np.bincount(kind.ravel()[here], minlength=len(masks))
        shares = (masks[:, None] & masks[None, :]) != 0
        partners = (shares @ count)[kind.ravel()] - 1
        for person in np.flatnonzero(here & (partners < 1)).tolist():
            spoken = int(gathering.languages[person])
            found.append(
                Obstacle("nobody_understands", hard=True, round=r, people=(person,), languages=spoken)
            )
    return found


def _groups(gathering: Gathering, r: int) -> list[Obstacle]:
    found = []
    largest = int(gathering.table_sizes(r).max())
    apart = {frozenset(pair) for pair in gathering.apart.tolist()}
    units = units_of(gathering, r)
    sizes = gathering.table_sizes(r)
    for size in sorted({len(unit) for unit in units if largest // 2 < len(unit) <= largest}):
        rivals = [person for unit in units if size <= len(unit) <= largest for person in unit]
        groups = sum(1 for unit in units if size <= len(unit) <= largest)
        if groups > int((sizes >= size).sum()):
            people = tuple(sorted(rivals))
            found.append(Obstacle("too_few_large_tables", hard=True, round=r, people=people, seats=size))
            break
    for unit in units:
        if len(unit) > largest:
            found.append(Obstacle("group_too_large", hard=True, round=r, people=tuple(unit), seats=largest))
        inside = [
            (a, b) for i, a in enumerate(unit) for b in unit[i + 1 :] if apart and frozenset((a, b)) in apart
        ]
        found += [Obstacle("group_holds_apart", hard=True, round=r, people=pair) for pair in inside]
    return found


def _too_many_apart(gathering: Gathering, r: int) -> list[Obstacle]:
    """Somebody and their avoided ones, all apart from each other: a clique, grown greedily."""
    here = gathering.present[:, r]
    avoids: dict[int, set[int]] = {}
    for a, b in gathering.apart.tolist():
        if here[a] and here[b]:
            avoids.setdefault(a, set()).add(b)
            avoids.setdefault(b, set()).add(a)
    largest: list[int] = []
    for start in sorted(avoids, key=lambda p: -len(avoids[p])):
        clique = [start]
        for other in sorted(avoids[start], key=lambda p: -len(avoids[p])):
            if all(other in avoids[p] for p in clique):
                clique.append(other)
        if len(clique) > len(largest):
            largest = clique
    if len(largest) > gathering.tables[r]:
        people = tuple(sorted(largest))
        return [
            Obstacle("too_few_tables_for_apart", hard=True, round=r, people=people, seats=gathering.tables[r])
        ]
    return []


def _shared_interpreters(gathering: Gathering) -> list[Obstacle]:
    found: list[Obstacle] = []
    rounds = len(gathering.open_rounds)
    if not rounds:
        return found
    there = gathering.present[:, list(gathering.open_rounds)].any(axis=1)
    for mask in np.unique(gathering.languages[there]).tolist():
        same = np.flatnonzero(there & (gathering.languages == mask))
        others = np.flatnonzero(there & (gathering.languages != mask) & ((gathering.languages & mask) != 0))
        seats = min(int(gathering.table_sizes(r).min()) for r in gathering.open_rounds)
        # As many speakers as seats could fill a table of their own and need nobody.
        if not len(others) or len(same) >= seats or len(others) >= rounds:
            continue
        repeats = forced_repeats(len(same), len(others), rounds)
        gain = repeats - forced_repeats(len(same), len(others) + 1, rounds)
        if repeats:
            found.append(
                Obstacle(
                    "shared_interpreter",
                    hard=False,
                    round=-1,
                    people=tuple(same.tolist()),
                    helpers=tuple(others.tolist()),
                    languages=int(mask),
                    repeats=repeats,
                    would_gain=gain,
                )
            )
    return found
