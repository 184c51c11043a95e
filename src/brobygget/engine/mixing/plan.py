"""A plan of tables, what it gives people, and which rules it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .bounds import Bound
from .gathering import Gathering, Rounds, units_of
from .languages import best_language, covered, left_out


@dataclass(frozen=True)
class Violation:
    """One hard rule that a table or a round breaks.

    Attributes
    ----------
    rule : str
        ``"seating"``, ``"size"``, ``"language"``, ``"together"``, ``"apart"`` or ``"held"``.
    round : int
        From 0.
    table : int
        From 0; -1 when the whole round is meant.
    people : tuple of int
        Those concerned: for a language those who cannot follow.
    languages : int
        Bits of the languages an interpreter would need (any of them); 0 for other rules.

    Examples
    --------
    >>> Violation('apart', 0, 3, (4, 7)).people
    (4, 7)
    """

    rule: str
    round: int
    table: int
    people: tuple[int, ...]
    languages: int = 0


@dataclass(frozen=True)
class Merits:
    """What a plan gives.

    Attributes
    ----------
    met : int
        Pairs who meet for the first time ever.
    met_across : int
        Those of them across the line.
    fewest_new : int
        New contacts of the person who gets fewest, among those who are there at all.
    new_contacts : NDArray[np.int64]
        Shape (people,).
    repeats : int
        Pairs at a table who had met before.

    Examples
    --------
    >>> from brobygget.engine.mixing import gather
    >>> pair = gather(people=2, tables=[1], newcomer=[1, 0])
    >>> merits_of(pair, [[[0, 1]]]).fewest_new
    1
    """

    met: int
    met_across: int
    fewest_new: int
    new_contacts: NDArray[np.int64]
    repeats: int


@dataclass(frozen=True)
class Seating:
    """A plan with its merits beside the bound, as `seat_guests` gives it.

    Attributes
    ----------
    rounds : Rounds
        All rounds; each a tuple of tables; each a tuple of people in ascending order.
    merits : Merits
        What it gives.
    bound : Bound
        No plan gives more.
    violations : tuple of Violation
        Empty when every hard rule is kept.
    origin : str
        ``"design"`` for a published design, ``"search"`` else.
    weighings : int
        How many exchanges were weighed to find it.

    Examples
    --------
    >>> from brobygget.engine.mixing import gather, seat_guests
    >>> pair = gather(people=2, tables=[1])
    >>> seat_guests(pair, rng=np.random.default_rng(1)).rounds
    (((0, 1),),)
    """

    rounds: Rounds
    merits: Merits
    bound: Bound
    violations: tuple[Violation, ...]
    origin: str
    weighings: int


def tidy(rounds: Sequence[Sequence[Sequence[int]]]) -> Rounds:
    """The same plan with people at a table in ascending order."""
    return tuple(tuple(tuple(sorted(int(p) for p in table)) for table in tables) for tables in rounds)


def merits_of(gathering: Gathering, rounds: Sequence[Sequence[Sequence[int]]]) -> Merits:
    """Count who meets whom for the first time.

    Parameters
    ----------
    gathering : Gathering
        The event.
    rounds : sequence
        A plan; rounds may be fewer than those of the event.

    Returns
    -------
    Merits
        Zero everywhere for an empty plan.

    Examples
    --------
    >>> from brobygget.engine.mixing import gather
    >>> evening = gather(people=4, tables=[2, 2], newcomer=[1, 1, 0, 0])
    >>> merits_of(evening, [[[0, 2], [1, 3]], [[0, 3], [1, 2]]]).met_across
    4
    """
    n = gathering.people
    keys = [np.zeros(0, dtype=np.int64)]
    for tables in rounds:
        by_size: dict[int, list[Sequence[int]]] = {}
        for table in tables:
            by_size.setdefault(len(table), []).append(table)
        for size, same in by_size.items():
            seats = np.sort(np.array(same, dtype=np.int64).reshape(len(same), size), axis=1)
            first, second = np.triu_indices(size, 1)
            keys.append((seats[:, first] * n + seats[:, second]).ravel())
    every = np.concatenate(keys)
    pairs = np.unique(every)
    old = gathering.history[gathering.history[:, 2] > 0]
    known = np.minimum(old[:, 0], old[:, 1]) * n + np.maximum(old[:, 0], old[:, 1])
    new = pairs[~np.isin(pairs, known)]
    one, other = new // n, new % n
    contacts = np.bincount(one, minlength=n) + np.bincount(other, minlength=n)
    there = gathering.present.any(axis=1)
    return Merits(
        met=len(new),
        met_across=int((gathering.newcomer[one] != gathering.newcomer[other]).sum()),
        fewest_new=int(contacts[there].min()) if there.any() else 0,
        new_contacts=contacts,
        repeats=len(every) - len(new),
    )


def violations_of(gathering: Gathering, rounds: Sequence[Sequence[Sequence[int]]]) -> tuple[Violation, ...]:
    """Every hard rule that a plan breaks in its open rounds, and any change to a held one.

    Parameters
    ----------
    gathering : Gathering
        The event.
    rounds : sequence
        A plan for all its rounds.

    Returns
    -------
    tuple of Violation
        In the order of rounds and tables.

    Raises
    ------
    ValueError
        When the plan has another number of rounds than the event.

    Notes
    -----
    A table is legal when one language reaches everybody: they speak it, or an interpreter at the
    table speaks it and shares a language with them.

    Examples
    --------
    >>> from brobygget.engine.mixing import gather
    >>> evening = gather(people=4, tables=[2], apart=[(0, 1)])
    >>> violations_of(evening, [[[0, 1], [2, 3]]])[0].rule
    'apart'
    """
    if len(rounds) != gathering.rounds:
        raise ValueError(f"the plan has {len(rounds)} rounds and the event {gathering.rounds}")
    found = []
    for r, held in enumerate(gathering.held):
        if [sorted(t) for t in rounds[r]] != [sorted(t) for t in held]:
            found.append(Violation("held", r, -1, ()))
    for r in gathering.open_rounds:
        found += _round_violations(gathering, r, rounds[r])
    return tuple(found)


def language_violation(
    gathering: Gathering, round_: int, number: int, table: Sequence[int]
) -> Violation | None:
    """Who cannot follow at one table, or None when all can."""
    seated = np.array(table, dtype=np.int64)
    masks, interprets = gathering.languages[seated], gathering.interpreter[seated]
    if not len(seated) or int(left_out(masks, interprets)) == 0:
        return None
    language = best_language(masks, interprets)
    lost = (covered(masks, interprets) >> language) & 1 == 0
    theirs = int(np.bitwise_or.reduce(masks[lost]))
    return Violation("language", round_, number, tuple(int(p) for p in seated[lost]), theirs)


def _round_violations(gathering: Gathering, r: int, tables: Sequence[Sequence[int]]) -> list[Violation]:
    found = []
    seated = sorted(p for table in tables for p in table)
    wanted = np.flatnonzero(gathering.present[:, r]).tolist()
    if seated != wanted:
        astray = set(seated).symmetric_difference(wanted) or {p for p in seated if seated.count(p) > 1}
        found.append(Violation("seating", r, -1, tuple(sorted(astray))))
    if sorted(map(len, tables), reverse=True) != gathering.table_sizes(r).tolist():
        found.append(Violation("size", r, -1, ()))
    where = np.full(gathering.people, -1, dtype=np.int64)
    for number, table in enumerate(tables):
        where[list(table)] = number
    for number in _tables_to_hear(gathering, tables):
        wrong = language_violation(gathering, r, number, tables[number])
        if wrong:
            found.append(wrong)
    parted = [unit for unit in units_of(gathering, r) if len({int(where[p]) for p in unit}) > 1]
    found += [Violation("together", r, int(where[unit[0]]), tuple(unit)) for unit in parted]
    for a, b in gathering.apart.tolist():
        if where[a] >= 0 and where[a] == where[b]:
            found.append(Violation("apart", r, int(where[a]), (min(a, b), max(a, b))))
    return found


def _tables_to_hear(gathering: Gathering, tables: Sequence[Sequence[int]]) -> list[int]:
    """Tables where the question of language is not settled by a language all of them speak."""
    return [
        number
        for number, table in enumerate(tables)
        if len(table) and int(np.bitwise_and.reduce(gathering.languages[list(table)])) == 0
    ]
