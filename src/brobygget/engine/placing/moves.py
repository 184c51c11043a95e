"""What changes when somebody moves a stand by hand: what breaks, what heals, at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from brobygget.engine.placing.check import check_plan
from brobygget.engine.placing.open_house import NotAnOpenHouse, OpenHouse
from brobygget.engine.placing.plan import Breach, NamedRule, Placement, Verdict
from brobygget.engine.placing.things import Stand, Wish


@dataclass(frozen=True)
class Move:
    """A change made by hand.

    Parameters
    ----------
    stand : str
        Who moves.
    to : tuple of str
        The new table or tables; none takes the stand off the floor.
    swap_with : str or None
        Instead: who changes places with the stand.

    Examples
    --------
    >>> Move("s1", to=("A02",)).swap_with is None
    True
    """

    stand: str
    to: tuple[str, ...] = ()
    swap_with: str | None = None


@dataclass(frozen=True)
class Consequences:
    """What a move does.

    Parameters
    ----------
    placements : tuple of Placement
        The plan after the move; it may break rules: it is for people to decide.
    verdict : Verdict
        What is true of it.
    broken, mended : tuple of Breach
        What makes the plan void now and did not before, and the reverse.
    unmet, met : tuple of NamedRule
        Rules that no longer hold, and that hold again.
    lost, won : tuple of Wish
        Wishes that no longer come true, and that now do.

    Examples
    --------
    >>> from brobygget.engine.placing import Position
    >>> tables = (Position("A1", "A", 0, 0, step_free=True), Position("A2", "A", 20, 0))
    >>> house = OpenHouse(tables, (Stand("s1", "sport", step_free=True),))
    >>> told = consequences(house, [Placement("s1", ("A1",))], Move("s1", to=("A2",)))
    >>> [rule.id for rule in told.unmet], told.met
    (['step_free:s1'], ())
    """

    placements: tuple[Placement, ...]
    verdict: Verdict
    broken: tuple[Breach, ...]
    mended: tuple[Breach, ...]
    unmet: tuple[NamedRule, ...]
    met: tuple[NamedRule, ...]
    lost: tuple[Wish, ...]
    won: tuple[Wish, ...]


def consequences(house: OpenHouse, placements: Iterable[Placement], move: Move) -> Consequences:
    """Say what a move breaks and what it heals, without making a new plan.

    Parameters
    ----------
    house : OpenHouse
        The open house.
    placements : iterable of Placement
        The plan as it is; it is not changed.
    move : Move
        Who goes where.

    Returns
    -------
    Consequences
        With the plan after the move. Whoever moves is plugged into a circuit in reach that can take it; where
        none can, into the first in reach, and the overload is told; where none is in reach, into none.

    Raises
    ------
    NotAnOpenHouse
        When the move names a stand or a position that does not exist, or somebody to change places with who
        has no place.

    Examples
    --------
    >>> from brobygget.engine.placing import Position
    >>> tables = (Position("A1", "A", 0, 0), Position("A2", "A", 20, 0))
    >>> house = OpenHouse(tables, (Stand("s1", "sport"), Stand("s2", "sport")))
    >>> plan = [Placement("s1", ("A1",)), Placement("s2", ("A2",))]
    >>> [breach.code for breach in consequences(house, plan, Move("s1", to=("A2",))).broken]
    ['taken']
    """
    before = tuple(placements)
    after = _moved(house, before, move)
    was, now = check_plan(house, before), check_plan(house, after)
    return Consequences(
        placements=after,
        verdict=now,
        broken=tuple(each for each in now.broken if each not in was.broken),
        mended=tuple(each for each in was.broken if each not in now.broken),
        unmet=tuple(each for each in now.unmet if each not in was.unmet),
        met=tuple(each for each in was.unmet if each not in now.unmet),
        lost=tuple(each for each in now.lost if each not in was.lost),
        won=tuple(each for each in was.lost if each not in now.lost),
    )


def _moved(house: OpenHouse, placements: tuple[Placement, ...], move: Move) -> tuple[Placement, ...]:
    stands = {stand.id: stand for stand in house.stands}
    at = {each.stand: each.positions for each in placements}
    for name in (move.stand, move.swap_with):
        if name is not None and name not in stands:
            raise NotAnOpenHouse(f"stands: {name}", "there is no such stand")
    known = {position.id for position in house.positions}
    for name in move.to:
        if name not in known:
            raise NotAnOpenHouse(f"positions: {name}", "there is no such position")
    if move.swap_with is None:
        goes = {move.stand: tuple(sorted(move.to))}
    elif move.swap_with in at:
        goes = {move.stand: at[move.swap_with], move.swap_with: at.get(move.stand, ())}
    else:
        raise NotAnOpenHouse(f"stands: {move.swap_with}", "it has no place to change")
    after = [each for each in placements if each.stand not in goes]
    for name, positions in goes.items():
        if positions:
            placement = Placement(name, positions)
            after.append(replace(placement, circuit=_plug(house, stands[name], placement, after)))
    return tuple(sorted(after))


def _plug(house: OpenHouse, stand: Stand, placement: Placement, others: list[Placement]) -> str | None:
    """A circuit in reach that can take the stand beside the others; else the first in reach; else none."""
    if not stand.watts:
        return None
    sockets = {position.id: position.circuit for position in house.positions}
    reach = sorted({circuit for name in placement.positions if (circuit := sockets[name]) is not None})
    for circuit in reach:
        plugged = [*others, replace(placement, circuit=circuit)]
        if not any(
            breach.code in ("overload", "never_together") and stand.id in breach.stands
            for breach in check_plan(house, plugged).broken
        ):
            return circuit
    return reach[0] if reach else None
