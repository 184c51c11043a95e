"""A first plan: couples first, then both sides spread evenly over the tables."""

from __future__ import annotations

import numpy as np

from .gathering import Gathering, Rounds, units_of


def deal(gathering: Gathering, rng: np.random.Generator) -> Rounds:
    """Seat everybody somewhere, by chance, keeping sizes, those who belong together, and an even mix.

    Parameters
    ----------
    gathering : Gathering
        The event; held rounds are taken over as they are.
    rng : np.random.Generator
        Chance.

    Returns
    -------
    Rounds
        Every open round keeps presence and sizes. Groups that fit no table are split.
    """
    return tuple(gathering.held) + tuple(deal_round(gathering, r, rng) for r in gathering.open_rounds)


def deal_round(
    gathering: Gathering, round_: int, rng: np.random.Generator, seated: list[list[int]] | None = None
) -> tuple[tuple[int, ...], ...]:
    """Deal one round.

    Parameters
    ----------
    gathering : Gathering
        The event.
    round_ : int
        Which round.
    rng : np.random.Generator
        Chance.
    seated : list of list of int, optional
        People who keep their table, one list per table; nobody when left out. Tables with more people
        than seats let go of the last.

    Returns
    -------
    tuple of tuple of int
        People at each table.
    """
    sizes = gathering.table_sizes(round_)
    tables = [list(t) for t in seated] if seated else [[] for _ in sizes]
    seats = _sizes_for(tables, sizes.tolist(), rng)
    for table, most in zip(tables, seats, strict=True):
        del table[most:]
    at = {p: t for t, table in enumerate(tables) for p in table}
    placed = set(at)
    room = np.array([most - len(t) for t, most in zip(tables, seats, strict=True)])
    for unit in units_of(gathering, round_):
        missing = [p for p in unit if p not in placed]
        if not missing:
            continue
        with_them = sorted({at[p] for p in unit if p in at})
        fits = [t for t in with_them if room[t] >= len(missing)]
        open_tables = np.array(fits) if fits else np.flatnonzero(room >= len(missing))
        if not len(open_tables):
            continue
        most_room = open_tables[room[open_tables] == room[open_tables].max()]
        chosen = int(rng.choice(most_room))
        tables[chosen] += missing
        placed.update(missing)
        room[chosen] -= len(missing)
    here = gathering.present[:, round_].copy()
    here[list(placed)] = False
    queue = [
        rng.permutation(np.flatnonzero(here & side)) for side in (gathering.newcomer, ~gathering.newcomer)
    ]
    waiting = np.concatenate(queue).tolist()
    free = [
        (seat, place, t) for t in range(len(tables)) for seat in range(room[t]) for place in (rng.random(),)
    ]
    for person, (_, _, t) in zip(waiting, sorted(free), strict=True):
        tables[t].append(int(person))
    return tuple(tuple(t) for t in tables)


def _sizes_for(tables: list[list[int]], sizes: list[int], rng: np.random.Generator) -> list[int]:
    """Which table gets which of the sizes: the fullest get the largest, ties by chance."""
    order = sorted(range(len(tables)), key=lambda t: (-len(tables[t]), rng.random()))
    out = [0] * len(tables)
    for t, size in zip(order, sorted(sizes, reverse=True), strict=True):
        out[t] = size
    return out
