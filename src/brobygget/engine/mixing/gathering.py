"""Who is there, round by round, and what must hold at every table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

People = NDArray[np.int64]
Rounds = tuple[tuple[tuple[int, ...], ...], ...]

MOST_LANGUAGES = 62
MOST_ROUNDS = 150
MOST_SEATS = 400


class NotAGathering(ValueError):
    """The description contradicts itself.

    Parameters
    ----------
    code : str
        What is wrong, as a word for programs (``"apart_from_self"``, ``"unknown_person"`` ...).
    sentence : str
        The same in English, for a log or a terminal.
    **details
        Numbers that belong to it: ``people``, ``round``, ``tables``.

    Examples
    --------
    >>> try:
    ...     gather(people=2, tables=[1], apart=[(1, 1)])
    ... except NotAGathering as wrong:
    ...     wrong.code, wrong.details
    ('apart_with_self', {'people': [1]})
    """

    def __init__(self, code: str, sentence: str, **details: object) -> None:
        super().__init__(sentence)
        self.code = code
        self.details = details


@dataclass(frozen=True, eq=False)
class Gathering:
    """People, rounds and tables, checked and ready to be seated; make one with `gather`.

    Attributes
    ----------
    newcomer : NDArray[np.bool_]
        Shape (people,): on the newcomers' side of the line.
    languages : NDArray[np.int64]
        Shape (people,): bit ``l`` is set where the person speaks language ``l``.
    interpreter : NDArray[np.bool_]
        Shape (people,): willing to interpret at a table.
    present : NDArray[np.bool_]
        Shape (people, rounds).
    tables : tuple of int
        Tables in each round.
    together, apart : People
        Shape (pairs, 2): must, and must not, share a table when both are there.
    history : People
        Shape (pairs, 3): two people and how often they have met before.
    held : Rounds
        The rounds already held, first to last; they are never changed.

    Examples
    --------
    >>> evening = gather(people=7, tables=[2, 3])
    >>> evening.rounds, evening.table_sizes(1).tolist()
    (2, [3, 2, 2])
    """

    newcomer: NDArray[np.bool_]
    languages: NDArray[np.int64]
    interpreter: NDArray[np.bool_]
    present: NDArray[np.bool_]
    tables: tuple[int, ...]
    together: People
    apart: People
    history: People
    held: Rounds = field(default=())

    @property
    def people(self) -> int:
        """How many people there are in all."""
        return len(self.newcomer)

    @property
    def rounds(self) -> int:
        """How many rounds there are, held ones included."""
        return len(self.tables)

    @property
    def open_rounds(self) -> range:
        """The rounds still to be planned."""
        return range(len(self.held), self.rounds)

    def table_sizes(self, round_: int) -> NDArray[np.int64]:
        """Seats at each table of a round, largest first; they differ by at most one."""
        there = int(self.present[:, round_].sum())
        small, larger = divmod(there, self.tables[round_])
        sizes = np.full(self.tables[round_], small, dtype=np.int64)
        sizes[:larger] += 1
        return sizes


def gather(
    *,
    people: int,
    tables: Sequence[int],
    newcomer: ArrayLike | None = None,
    languages: ArrayLike | None = None,
    interpreter: ArrayLike | None = None,
    present: ArrayLike | None = None,
    together: Iterable[Sequence[int]] = (),
    apart: Iterable[Sequence[int]] = (),
    history: Iterable[Sequence[int]] = (),
    held: Sequence[Sequence[Sequence[int]]] = (),
) -> Gathering:
    """Check a description of an event and make a `Gathering` of it.

    Parameters
    ----------
    people : int
        How many there are; they are numbered from 0.
    tables : sequence of int
        Tables in each round, one entry per round.
    newcomer : array_like of bool, shape (people,), optional
        The side of the line; nobody when left out.
    languages : array_like of int, shape (people,), optional
        Bit masks; everybody shares one language when left out.
    interpreter : array_like of bool, shape (people,), optional
        Who helps others at the table to follow; nobody when left out.
    present : array_like of bool, shape (people, rounds), optional
        Everybody in every round when left out.
    together, apart : iterable of (int, int)
        Pairs that must, and must not, share a table.
    history : iterable of (int, int, int)
        Two people and how often they met before this event.
    held : sequence of rounds
        Rounds already held: each a list of tables, each a list of people.

    Returns
    -------
    Gathering
        With arrays of its own; the arguments are not kept.

    Raises
    ------
    NotAGathering
        When the description contradicts itself, with a code and the numbers concerned.

    Examples
    --------
    >>> evening = gather(people=6, tables=[2, 2], newcomer=[1, 1, 1, 0, 0, 0])
    >>> evening.table_sizes(0).tolist()
    [3, 3]
    >>> gather(people=3, tables=[5])
    Traceback (most recent call last):
        ...
    brobygget.engine.mixing.gathering.NotAGathering: round 1 has 3 people for 5 tables
    """
    if people < 1:
        raise NotAGathering("nobody", "there must be at least one person")
    rounds = len(tables)
    if not 1 <= rounds <= MOST_ROUNDS:
        raise NotAGathering("rounds", f"there must be 1 to {MOST_ROUNDS} rounds")
    here = np.ones((people, rounds), bool) if present is None else np.array(present, dtype=bool)
    speaks = np.ones(people, np.int64) if languages is None else np.array(languages, dtype=np.int64)
    gathering = Gathering(
        newcomer=_flags(newcomer, people),
        languages=speaks,
        interpreter=_flags(interpreter, people),
        present=here,
        tables=tuple(int(t) for t in tables),
        together=_pairs(together, 2),
        apart=_pairs(apart, 2),
        history=_pairs(history, 3),
        held=tuple(tuple(tuple(int(p) for p in table) for table in tables_) for tables_ in held),
    )
    _check_shapes(gathering, people)
    _check_pairs(gathering)
    _check_rounds(gathering)
    return gathering


def table_of_everyone(gathering: Gathering, tables: Sequence[Sequence[int]]) -> People:
    """Shape (people,): the table of each person in one round, -1 for those who are not seated."""
    where = np.full(gathering.people, -1, dtype=np.int64)
    for number, table in enumerate(tables):
        where[list(table)] = number
    return where


def units_of(gathering: Gathering, round_: int) -> list[list[int]]:
    """Groups of two or more who must sit together in a round, the largest first."""
    here = gathering.present[:, round_]
    leader: dict[int, int] = {}

    def find(person: int) -> int:
        """Follow the group to whoever stands for it."""
        while leader.setdefault(person, person) != person:
            person = leader[person]
        return person

    for a, b in gathering.together.tolist():
        if here[a] and here[b]:
            leader[find(a)] = find(b)
    groups: dict[int, list[int]] = {}
    for person in sorted(leader):
        groups.setdefault(find(person), []).append(person)
    return sorted((g for g in groups.values() if len(g) > 1), key=lambda g: (-len(g), g))


def _flags(values: ArrayLike | None, people: int) -> NDArray[np.bool_]:
    return np.zeros(people, bool) if values is None else np.array(values, dtype=bool)


def _pairs(rows: Iterable[Sequence[int]], width: int) -> People:
    listed = [[int(x) for x in row] for row in rows]
    return np.array(listed, dtype=np.int64).reshape(len(listed), width)


def _check_shapes(gathering: Gathering, people: int) -> None:
    for name in ("newcomer", "languages", "interpreter"):
        if getattr(gathering, name).shape != (people,):
            raise NotAGathering("length", f"{name} must have one entry for each of the {people} people")
    if gathering.present.shape != (people, gathering.rounds):
        raise NotAGathering("length", f"present must be {people} people by {gathering.rounds} rounds")
    if (gathering.languages <= 0).any():
        silent = np.flatnonzero(gathering.languages <= 0)
        raise NotAGathering("no_language", f"person {silent[0]} has no language", people=silent.tolist())


def _check_pairs(gathering: Gathering) -> None:
    for name in ("together", "apart", "history"):
        rows = getattr(gathering, name)
        wrong = (rows[:, :2] < 0) | (rows[:, :2] >= gathering.people)
        if wrong.any():
            stranger = int(rows[:, :2][wrong][0])
            raise NotAGathering(
                "unknown_person", f"{name} names person {stranger}, who is not there", rule=name
            )
        alone = rows[rows[:, 0] == rows[:, 1]]
        if len(alone):
            who = int(alone[0, 0])
            raise NotAGathering(f"{name}_with_self", f"person {who} is in {name} with themself", people=[who])
    if (gathering.history[:, 2] < 0).any():
        raise NotAGathering("history", "history holds a negative number of meetings")
    both = {frozenset(p) for p in gathering.together.tolist()} & {
        frozenset(p) for p in gathering.apart.tolist()
    }
    if both:
        a, b = sorted(min(both, key=sorted))
        raise NotAGathering(
            "together_and_apart", f"{a} and {b} must and must not sit together", people=[a, b]
        )


def _check_rounds(gathering: Gathering) -> None:
    for r, tables in enumerate(gathering.tables):
        there = int(gathering.present[:, r].sum())
        if tables < 1:
            raise NotAGathering("tables", f"round {r + 1} has {tables} tables", round=r)
        if r >= len(gathering.held) and there < tables:
            raise NotAGathering(
                "fewer_people_than_tables", f"round {r + 1} has {there} people for {tables} tables", round=r
            )
        if there > MOST_SEATS * tables:
            raise NotAGathering(
                "table_too_large", f"round {r + 1} has more than {MOST_SEATS} people at a table", round=r
            )
    if len(gathering.held) > gathering.rounds:
        raise NotAGathering("held", "more rounds are held than planned")
    for r, seated in enumerate(gathering.held):
        everyone = [p for table in seated for p in table]
        if len(set(everyone)) < len(everyone) or any(not 0 <= p < gathering.people for p in everyone):
            raise NotAGathering(
                "held", f"held round {r + 1} seats somebody twice or somebody unknown", round=r
            )
