"""Why a table is as it is, and what changes when somebody is moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .gathering import Gathering, NotAGathering, Rounds, table_of_everyone, units_of
from .languages import best_language, covered
from .plan import Merits, Violation, merits_of, tidy, violations_of


@dataclass(frozen=True)
class TableReason:
    """What made a table.

    Attributes
    ----------
    round, table : int
        From 0.
    codes : tuple of str
        ``"shared_language"`` or ``"interpreter"`` (all follow), ``"not_all_follow"``, ``"new_meetings"``,
        ``"across"``, ``"together"``, ``"met_before"``; those that apply, in this order.
    language : int
        Number of the language that reaches most.
    interpreters : tuple of int
        Those at the table whom somebody needs in order to follow.
    interpreted_for : tuple of int
        Those who follow through them.
    not_reached : tuple of int
        Those who do not follow.
    new_meetings : int
        Pairs who meet here for the first time.
    across : int
        Those of them across the line.
    met_before : int
        Pairs who have met.
    together : tuple of tuple of int
        Groups who must sit together.

    Examples
    --------
    >>> from brobygget.engine.mixing import gather
    >>> pair = gather(people=2, tables=[1], newcomer=[1, 0])
    >>> reasons_for(pair, [[[0, 1]]])[0].new_meetings
    1
    """

    round: int
    table: int
    codes: tuple[str, ...]
    language: int
    interpreters: tuple[int, ...]
    interpreted_for: tuple[int, ...]
    not_reached: tuple[int, ...]
    new_meetings: int
    across: int
    met_before: int
    together: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Move:
    """Somebody goes to another table, or changes places with somebody.

    Attributes
    ----------
    round : int
        From 0; a round that is still open.
    person : int
        Who moves.
    to_table : int, optional
        Where to, when nobody comes back in exchange.
    swap_with : int, optional
        With whom, when two change places.

    Examples
    --------
    >>> Move(0, 5, swap_with=7).swap_with
    7
    """

    round: int
    person: int
    to_table: int | None = None
    swap_with: int | None = None


@dataclass(frozen=True)
class Consequences:
    """What a move changes, over the whole event.

    Attributes
    ----------
    rounds : Rounds
        The plan after the move.
    violations_gained, violations_lost : tuple of Violation
        Hard rules newly broken, and newly kept.
    met, met_across, fewest_new : int
        Changes: positive when the move brings more.
    meetings_gained, meetings_lost : tuple of tuple of int
        Pairs who now meet at all for the first time, and who no longer do.

    Examples
    --------
    >>> from brobygget.engine.mixing import gather
    >>> four = gather(people=4, tables=[2])
    >>> consequences(four, [[[0, 1], [2, 3]]], Move(0, 1, swap_with=2)).meetings_gained
    ((0, 2), (1, 3))
    """

    rounds: Rounds
    violations_gained: tuple[Violation, ...]
    violations_lost: tuple[Violation, ...]
    met: int
    met_across: int
    fewest_new: int
    meetings_gained: tuple[tuple[int, int], ...]
    meetings_lost: tuple[tuple[int, int], ...]


def reasons_for(gathering: Gathering, rounds: Sequence[Sequence[Sequence[int]]]) -> tuple[TableReason, ...]:
    """Why each table is as it is, round by round and table by table.

    Parameters
    ----------
    gathering : Gathering
        The event.
    rounds : sequence
        Its plan.

    Returns
    -------
    tuple of TableReason
        One per table. A meeting is new in the first round that brings it.

    Examples
    --------
    >>> from brobygget.engine.mixing import gather
    >>> evening = gather(people=3, tables=[1], languages=[1, 3, 2], interpreter=[0, 1, 0])
    >>> reasons_for(evening, [[[0, 1, 2]]])[0].codes
    ('interpreter', 'new_meetings')
    """
    known = {(min(a, b), max(a, b)) for a, b, times in gathering.history.tolist() if times}
    out = []
    for r, tables in enumerate(rounds):
        units = units_of(gathering, r)
        pairs_here: set[tuple[int, int]] = set()
        for number, table in enumerate(tables):
            pairs = {(a, b) for a in table for b in table if a < b}
            pairs_here |= pairs
            out.append(_reason(gathering, r, number, table, pairs - known, len(pairs & known), units))
        known |= pairs_here
    return tuple(out)


def _reason(
    gathering: Gathering,
    r: int,
    number: int,
    table: Sequence[int],
    new: set[tuple[int, int]],
    old: int,
    units: list[list[int]],
) -> TableReason:
    seated = np.array(sorted(table), dtype=np.int64)
    masks, interprets = gathering.languages[seated], gathering.interpreter[seated]
    language = best_language(masks, interprets)
    speak = (masks >> language) & 1 == 1
    follow = (covered(masks, interprets) >> language) & 1 == 1
    helped, lost = seated[follow & ~speak], seated[~follow]
    theirs = gathering.languages[helped]
    needed = [int(p) for p in seated[interprets & speak] if (gathering.languages[p] & theirs).any()]
    together = tuple(tuple(u) for u in units if set(u) <= set(table))
    across = sum(1 for a, b in new if gathering.newcomer[a] != gathering.newcomer[b])
    if len(lost):
        heard = "not_all_follow"
    else:
        heard = "interpreter" if len(helped) else "shared_language"
    applies = {"new_meetings": len(new), "across": across, "together": len(together), "met_before": old}
    return TableReason(
        round=r,
        table=number,
        codes=(heard, *(code for code, count in applies.items() if count)),
        language=language,
        interpreters=tuple(needed),
        interpreted_for=tuple(helped.tolist()),
        not_reached=tuple(lost.tolist()),
        new_meetings=len(new),
        across=across,
        met_before=old,
        together=together,
    )


def consequences(gathering: Gathering, rounds: Sequence[Sequence[Sequence[int]]], move: Move) -> Consequences:
    """What changes when a person is moved or two change places.

    Parameters
    ----------
    gathering : Gathering
        The event.
    rounds : sequence
        The plan as it is; it is not changed.
    move : Move
        With either ``to_table`` or ``swap_with``.

    Returns
    -------
    Consequences
        Including the plan after the move, which may break rules: it is for people to decide.

    Raises
    ------
    NotAGathering
        When the move makes no sense: a held round, somebody who is not seated, no such table.

    Examples
    --------
    >>> from brobygget.engine.mixing import gather
    >>> evening = gather(people=4, tables=[2, 2])
    >>> told = consequences(evening, [[[0, 1], [2, 3]], [[0, 1], [2, 3]]], Move(1, 0, swap_with=2))
    >>> told.met, told.meetings_gained
    (2, ((0, 3), (1, 2)))
    """
    before = tidy(rounds)
    after = _moved(gathering, before, move)
    was, now = merits_of(gathering, before), merits_of(gathering, after)
    broken, will_break = violations_of(gathering, before), violations_of(gathering, after)
    meets, will_meet = _meetings(gathering, before), _meetings(gathering, after)
    return Consequences(
        rounds=after,
        violations_gained=tuple(v for v in will_break if v not in broken),
        violations_lost=tuple(v for v in broken if v not in will_break),
        **_changes(was, now),
        meetings_gained=tuple(sorted(will_meet - meets)),
        meetings_lost=tuple(sorted(meets - will_meet)),
    )


def _changes(was: Merits, now: Merits) -> dict[str, int]:
    return {name: getattr(now, name) - getattr(was, name) for name in ("met", "met_across", "fewest_new")}


def _meetings(gathering: Gathering, rounds: Rounds) -> set[tuple[int, int]]:
    known = {(min(a, b), max(a, b)) for a, b, times in gathering.history.tolist() if times}
    return {(a, b) for tables in rounds for t in tables for a in t for b in t if a < b} - known


def _moved(gathering: Gathering, rounds: Rounds, move: Move) -> Rounds:
    if move.round not in gathering.open_rounds:
        raise NotAGathering("held", f"round {move.round + 1} is held or does not exist", round=move.round)
    tables = [list(table) for table in rounds[move.round]]
    where = table_of_everyone(gathering, tables)
    asked = [move.person] if move.swap_with is None else [move.person, move.swap_with]
    for person in asked:
        if not 0 <= person < gathering.people or where[person] < 0:
            raise NotAGathering("unknown_person", f"{person} is not seated in round {move.round + 1}")
    if (move.to_table is None) == (move.swap_with is None):
        raise NotAGathering("move", "a move names either a table or somebody to change places with")
    here = int(where[move.person])
    there = int(where[move.swap_with]) if move.swap_with is not None else int(move.to_table or 0)
    if not 0 <= there < len(tables):
        raise NotAGathering("tables", f"round {move.round + 1} has no table {there + 1}", round=move.round)
    if here != there:
        tables[here].remove(move.person)
        tables[there].append(move.person)
        if move.swap_with is not None:
            tables[there].remove(move.swap_with)
            tables[here].append(move.swap_with)
    return tidy((*rounds[: move.round], tables, *rounds[move.round + 1 :]))
