"""A catalogue of published designs and lines over fields: plans in which nobody meets twice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from brobygget.engine.mixing.bounds import most_across
from brobygget.engine.mixing.gathering import Gathering, Rounds

from .nets import net_rounds
from .starters import LISTED, STARTERS

__all__ = ["known_rounds", "seat_by_design"]


def known_rounds(tables: int, seats: int, rounds: int) -> list[NDArray[np.int64]] | None:
    """Rounds for equal tables in which no two people meet twice, where such are known.

    Parameters
    ----------
    tables, seats, rounds : int
        The case, as in "8-4-10".

    Returns
    -------
    list of NDArray[np.int64] or None
        ``rounds`` arrays of shape (tables, seats) with people numbered from 0, or None.

    Notes
    -----
    Lines over fields first (there the columns spread both sides evenly), completed by dividing the
    columns themselves when they can be divided; then starters and lists.

    Examples
    --------
    >>> len(known_rounds(8, 4, 10)), known_rounds(8, 4, 11)
    (10, None)
    """
    if tables < 1 or seats < 1:
        return None
    if seats == 1:
        return [np.arange(tables)[:, None]] * rounds
    lines = net_rounds(tables, seats, rounds)
    if len(lines) == rounds:
        return lines
    missing = rounds - len(lines)
    if tables % seats == 0:
        within = known_rounds(tables // seats, seats, missing)
        if within is not None:
            columns = [np.concatenate([part + c * tables for c in range(seats)]) for part in within]
            return lines + columns
    listed = LISTED.get((tables, seats))
    starter = STARTERS.get((tables, seats))
    every = listed if listed is not None else starter.rounds() if starter is not None else []
    if len(every) >= rounds:
        return [np.array(each, dtype=np.int64) for each in every[:rounds]]
    return None


def seat_by_design(gathering: Gathering, rng: np.random.Generator) -> Rounds | None:
    """A plan from the catalogue for an event without special rules.

    Parameters
    ----------
    gathering : Gathering
        The event; anything but sizes and sides (absences, rules, history, languages) rules it out.
    rng : np.random.Generator
        Chance: who gets which place of the design.

    Returns
    -------
    Rounds or None
        None when no design fits. With uneven tables one person is left out of some tables of the last
        column, so that sizes differ by one.
    """
    if not _is_plain(gathering):
        return None
    tables, people = gathering.tables[0], gathering.people
    seats = -(-people // tables)
    columns_first = net_rounds(tables, seats, gathering.rounds)
    design = columns_first if len(columns_first) == gathering.rounds else None
    if design is None and people == tables * seats:
        design = known_rounds(tables, seats, gathering.rounds)
    if design is None:
        return None
    person_at = _places(gathering, design, tables * seats, rng)
    return tuple(
        tuple(tuple(int(p) for p in person_at[table] if p >= 0) for table in each) for each in design
    )


def _is_plain(gathering: Gathering) -> bool:
    return (
        not gathering.held
        and not len(gathering.together)
        and not len(gathering.apart)
        and not len(gathering.history)
        and bool(gathering.present.all())
        and len(set(gathering.tables)) == 1
        and int(np.bitwise_and.reduce(gathering.languages)) != 0
    )


def _places(
    gathering: Gathering, design: list[NDArray[np.int64]], places: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Shape (places,): who takes each place of the design, -1 for nobody (places at the end)."""
    newcomers = rng.permutation(np.flatnonzero(gathering.newcomer))
    established = rng.permutation(np.flatnonzero(~gathering.newcomer))
    person_at = np.full(places, -1, dtype=np.int64)
    person_at[: gathering.people] = np.concatenate([newcomers, established])
    if not len(newcomers) or not len(established) or places > 400:
        return person_at
    side = np.zeros(places, dtype=np.int64)
    side[: len(newcomers)] = 1
    side[gathering.people :] = -1
    goal = sum(most_across(gathering.table_sizes(r), len(newcomers)) for r in range(gathering.rounds))
    side = _polish(design, side, goal, rng)
    person_at[side == 1] = newcomers
    person_at[side == 0] = established
    person_at[side == -1] = -1
    return person_at


def _polish(
    design: list[NDArray[np.int64]], side: NDArray[np.int64], goal: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Sides over places such that most pairs at tables are across: a cut, improved by exchanges."""
    places = len(side)
    meets = np.zeros((places, places), dtype=np.int64)
    for each in design:
        for table in each:
            meets[np.ix_(table, table)] = 1
    np.fill_diagonal(meets, 0)
    real = side >= 0
    meets *= real[:, None] & real[None, :]
    best, best_cut = side, -1
    for attempt in range(30):
        now = side.copy()
        if attempt:
            now[real] = rng.permutation(side[real])
        while True:
            sign = np.where(real, 2 * now - 1, 0)
            # Changing one person's side wins this many pairs across.
            gain = sign * (meets @ sign)
            new, old = np.flatnonzero(now == 1), np.flatnonzero(now == 0)
            both = gain[new][:, None] + gain[old][None, :] + 2 * meets[np.ix_(new, old)]
            at = int(both.argmax())
            if both.flat[at] <= 0:
                break
            i, j = divmod(at, len(old))
            now[new[i]], now[old[j]] = 0, 1
        cut = int((meets * (now[:, None] == 1) * (now[None, :] == 0)).sum())
        if cut > best_cut:
            best, best_cut = now, cut
        if best_cut >= goal:
            break
    return best
