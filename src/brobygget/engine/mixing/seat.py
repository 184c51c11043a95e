"""From a gathering to a seating: designs where they fit, a search where they do not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .bounds import Bound, bound_of
from .dealing import deal, deal_round
from .designs import seat_by_design
from .gathering import Gathering, NotAGathering, Rounds, table_of_everyone
from .plan import Seating, merits_of, tidy, violations_of
from .search import Found, Search, ShouldStop, plans_side_by_side, rank_of

LOYALTY = 1.0
EVENING_OUT = 0.12


def never() -> bool:
    """Let a search run to the end of its effort.

    Returns
    -------
    bool
        Always false: there is no reason to stop.

    Examples
    --------
    >>> never()
    False
    """
    return False


def ordinary_effort(gathering: Gathering) -> float:
    """Work that suits the size: under a second up to 300 people, most of a minute for 10 000.

    Parameters
    ----------
    gathering : Gathering
        The event.

    Returns
    -------
    float
        In seconds of an ordinary core, as `seat_guests` takes it.

    Examples
    --------
    >>> from brobygget.engine.mixing import gather
    >>> ordinary_effort(gather(people=800, tables=[160]))
    2.0
    """
    return float(np.clip(gathering.people / 400, min(0.6, 0.03 * gathering.people), 30.0))


def seat_guests(
    gathering: Gathering,
    *,
    rng: np.random.Generator,
    effort: float | None = None,
    should_stop: ShouldStop = never,
    keep: Sequence[Sequence[Sequence[int]]] | None = None,
    loyalty: float = LOYALTY,
    use_designs: bool = True,
) -> Seating:
    """Say who sits with whom, round after round.

    Parameters
    ----------
    gathering : Gathering
        The event; rounds already held stay as they are and count as history.
    rng : np.random.Generator
        Chance: the same generator state gives the same plan.
    effort : float, optional
        Work in seconds of an ordinary core. Work is counted and no clock is read, so that the answer
        is the same everywhere. `ordinary_effort` when left out.
    should_stop : callable, optional
        Asked often; True ends the search with the best plan so far.
    keep : sequence of rounds, optional
        An earlier plan to stay near: tables, in order, of all rounds. People who are no longer there
        are left out of it and new ones are found a place.
    loyalty : float, optional
        How many new meetings it must bring to move one person away from the table in ``keep``.
    use_designs : bool, optional
        False leaves the catalogue of designs aside.

    Returns
    -------
    Seating
        A complete plan in any case; its ``violations`` say where a hard rule could not be kept.

    Notes
    -----
    Hard rules first, then new meetings with those across the line counted twice, then the person
    who gets fewest. `obstacles_to` explains what no plan can do. The search is replica exchange (parallel
    tempering) [1]_ over heat-bath exchanges between disjoint pairs of tables, after assignment moves.

    References
    ----------
    .. [1] Geyer, C. J. (1991), "Markov chain Monte Carlo maximum likelihood", Computing Science and
       Statistics 23, 156-163.

    Examples
    --------
    >>> import numpy as np
    >>> from brobygget.engine.mixing import gather, seat_guests
    >>> evening = gather(people=16, tables=[4] * 5, newcomer=[1, 0] * 8)
    >>> plan = seat_guests(evening, rng=np.random.default_rng(1))
    >>> plan.merits.met, plan.bound.met, plan.merits.fewest_new, plan.origin
    (120, 120, 15, 'design')
    """
    bound = bound_of(gathering)
    effort = ordinary_effort(gathering) if effort is None else effort
    kept = None if keep is None else tidy(keep)
    if use_designs and kept is None:
        designed = seat_by_design(gathering, rng)
        if designed is not None:
            found = Found(designed, rank_of(gathering, designed), 0)
            if _is_perfect(found, bound):
                return _seating(gathering, found, bound, "design")
    if kept is None:
        plans = plans_side_by_side(gathering, effort)
        starts = [deal(gathering, rng) for _ in range(plans)]
        search = Search(gathering, starts, rng=rng, should_stop=should_stop)
    else:
        plans = min(4, plans_side_by_side(gathering, effort))
        starts = [_adapt(gathering, kept, rng)] * plans
        search = Search(gathering, starts, rng=rng, should_stop=should_stop, keep=kept, loyalty=loyalty)
    search.settle()
    found = search.run(effort * (1 - EVENING_OUT), bound if kept is None else None)
    if kept is None and not should_stop():
        after = Search(gathering, [found.rounds], rng=rng, should_stop=should_stop)
        better = after.even_out(found, effort * EVENING_OUT)
        found = Found(better.rounds, better.rank, better.weighings + found.weighings)
    if use_designs and kept is None and designed is not None:
        by_design = Found(designed, rank_of(gathering, designed), found.weighings)
        if by_design.rank >= found.rank:
            return _seating(gathering, by_design, bound, "design")
    return _seating(gathering, found, bound, "search")


def moved_from(
    gathering: Gathering, keep: Sequence[Sequence[Sequence[int]]], rounds: Sequence[Sequence[Sequence[int]]]
) -> int:
    """How many seatings (a person in a round) changed table between two plans, in rounds still open.

    Parameters
    ----------
    gathering : Gathering
        The event as it is now.
    keep, rounds : sequence of rounds
        The earlier and the later plan.

    Returns
    -------
    int
        Counting only people seated in both.

    Examples
    --------
    >>> from brobygget.engine.mixing import gather
    >>> moved_from(gather(people=4, tables=[2]), [[[0, 1], [2, 3]]], [[[0, 2], [1, 3]]])
    2
    """
    moved = 0
    for r in gathering.open_rounds:
        if r >= len(keep):
            continue
        before = table_of_everyone(gathering, keep[r])
        after = table_of_everyone(gathering, rounds[r])
        moved += int(((before >= 0) & (after >= 0) & (before != after)).sum())
    return moved


def _adapt(gathering: Gathering, keep: Rounds, rng: np.random.Generator) -> Rounds:
    """The earlier plan with those who left taken out, and the rest seated with as few moves as may be."""
    if any(not 0 <= p < gathering.people for tables in keep for table in tables for p in table):
        raise NotAGathering("unknown_person", "the plan to stay near seats somebody who is not there")
    out = list(gathering.held)
    for r in gathering.open_rounds:
        here = gathering.present[:, r]
        count = gathering.tables[r]
        seated: list[list[int]] = [[] for _ in range(count)]
        taken: set[int] = set()
        for number, table in enumerate(keep[r] if r < len(keep) else ()):
            if number < count:
                seated[number] = [p for p in table if here[p] and p not in taken]
                taken.update(seated[number])
        out.append(deal_round(gathering, r, rng, seated))
    return tuple(out)


def _is_perfect(found: Found, bound: Bound) -> bool:
    return found.rank[0] == 0 and found.rank[1] >= bound.met + bound.met_across


def _seating(gathering: Gathering, found: Found, bound: Bound, origin: str) -> Seating:
    rounds = tidy(found.rounds)
    return Seating(
        rounds=rounds,
        merits=merits_of(gathering, rounds),
        bound=bound,
        violations=violations_of(gathering, rounds),
        origin=origin,
        weighings=found.weighings,
    )
