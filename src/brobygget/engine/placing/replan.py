"""When somebody cancels, comes late or is moved by hand: a new plan in which hardly anybody else moves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from brobygget.engine.placing.check import check_plan
from brobygget.engine.placing.floor import Floor, floor_of
from brobygget.engine.placing.model import Model, Prices, price_list, rules_of
from brobygget.engine.placing.open_house import OpenHouse
from brobygget.engine.placing.place import NODES, forever
from brobygget.engine.placing.plan import Merits, Placement, Verdict
from brobygget.engine.placing.programme import Answer, Effort, Indices, Numbers
from brobygget.engine.placing.wishing import add_rest, add_wishes

MOST_MOVED = 3
"""How many others move at most, by custom."""

FREE = 14
"""Stands that are looked at together."""

LOOKS = 10
"""How often."""

WEIGHTS = {"lost": 8000.0, "unfair": 8.0, "uniform": 160.0, "sockets": 16.0}
"""One sum, in which a move costs 1 and so is made only when it brings something."""


@dataclass(frozen=True)
class NewPlan:
    """A plan near an earlier one.

    Parameters
    ----------
    placements : tuple of Placement
        Who stands where now.
    verdict : Verdict
        What is true of it.
    moved : tuple of str
        Stands of the earlier plan that stand elsewhere now; those set by hand are not counted.

    Examples
    --------
    >>> from brobygget.engine.placing import Position, Stand
    >>> house = OpenHouse((Position("A1", "A", 0, 0),), (Stand("s2", "sport"),))
    >>> replan(house, [Placement("s1", ("A1",))], rng=np.random.default_rng(1)).placements
    (Placement(stand='s2', positions=('A1',), circuit=None),)
    """

    placements: tuple[Placement, ...]
    verdict: Verdict
    moved: tuple[str, ...]


def replan(
    house: OpenHouse,
    keep: Iterable[Placement],
    *,
    rng: np.random.Generator,
    set_by_hand: Collection[str] = (),
    most_moved: int = MOST_MOVED,
    seconds_left: Callable[[], float] = forever,
) -> NewPlan:
    """Find a good plan in which at most so many others move.

    Parameters
    ----------
    house : OpenHouse
        As it is now: without those who cancelled, with those who are new.
    keep : iterable of Placement
        The plan so far. Placements of stands or positions that are no more are forgotten.
    rng : Generator
        Chooses where to look.
    set_by_hand : collection of str
        Stands that stay exactly where `keep` has them, whoever stood there before.
    most_moved : int
        How many of the others may change place, 0 or more. Another socket at the same table is no move.
    seconds_left : callable
        Seconds until the answer must be there.

    Returns
    -------
    NewPlan
        Rules unmet first, then wishes lost, then the rest; with an unchanged open house and nothing better
        within reach, nobody moves.

    Notes
    -----
    The programme of `place_stands` with one row more: at most so many leave their place. Rules unmet are as few as
    such a plan can have; for wishes and the rest the moves are looked for among those whom lost wishes concern, which is fast
    and not exact.

    Examples
    --------
    >>> from brobygget.engine.placing import Position, Stand, Wish, WishKind
    >>> tables = (Position("A1", "A", 0, 0, window=True), Position("A2", "A", 20, 0))
    >>> house = OpenHouse(tables, (Stand("s1", "sport"),), wishes=(Wish("w1", "s1", WishKind.WINDOW),))
    >>> replan(house, [Placement("s1", ("A2",))], rng=np.random.default_rng(1)).moved
    ('s1',)
    """
    floor, effort = floor_of(house), Effort(NODES, seconds_left)
    kept = _still_there(floor, keep)
    pinned = {name: place for name, place in kept.items() if name in set(set_by_hand)}
    stays = {name: place for name, place in kept.items() if name not in pinned}
    placements, prices, unmet = _as_kept(floor, stays, pinned, most_moved, effort)
    near = _Near(floor, prices, stays, pinned, most_moved)
    add_wishes(near.model)
    add_rest(near.model)
    if prices:
        cost = near.model.costs("unmet")
        near.model.programme.row(np.flatnonzero(cost), cost[np.flatnonzero(cost)], high=unmet)
    new = {stand.id for stand in house.stands} - set(kept)
    placements = _better_nearby(near, placements, new, rng, effort)
    tables = {each.stand: each.positions for each in placements}
    before = {
        name: tuple(house.positions[p].id for p in floor.places[place]) for name, place in stays.items()
    }
    moved = tuple(sorted(name for name, positions in before.items() if tables.get(name) != positions))
    return NewPlan(placements, check_plan(house, placements), moved)


def _still_there(floor: Floor, keep: Iterable[Placement]) -> dict[str, int]:
    """The place of each stand of an earlier plan, where stand and place still exist and go together."""
    house = floor.house
    number = {position.id: index for index, position in enumerate(house.positions)}
    tables = {stand.id: stand.tables for stand in house.stands}
    places = {positions: index for index, positions in enumerate(floor.places)}
    kept = {}
    for each in keep:
        where = tuple(sorted(number[name] for name in set(each.positions) if name in number))
        if each.stand in tables and where in places and len(where) == tables[each.stand]:
            kept[each.stand] = places[where]
    return kept


def _as_kept(
    floor: Floor, stays: dict[str, int], pinned: dict[str, int], most_moved: int, effort: Effort
) -> tuple[tuple[Placement, ...], Prices, int]:
    """As many rules as can be kept, with no move where that suffices; what may be unmet, and for how much."""
    near = _Near(floor, {}, stays, pinned, most_moved)
    model = near.model
    # Solved with everybody held first: most cancellations and most new stands move nobody.
    answer = near.solve_held(effort)
    if answer.x is None:
        answer = near.solve(np.zeros(model.programme.size), effort)
    if answer.x is not None:
        return model.placements(answer.x), {}, 0
    prices: Prices = price_list(floor.house, rules_of(floor.house))
    near = _Near(floor, prices, stays, pinned, most_moved)
    answer = near.solve(near.model.costs("unmet"), effort)
    if answer.x is None:
        return (), prices, 0
    placements = near.model.placements(answer.x)
    return placements, prices, check_plan(floor.house, placements).merits.unmet


class _Near:
    """The programme round an earlier plan.

    Attributes
    ----------
    model : Model
        With a row for the moves.
    """

    def __init__(
        self, floor: Floor, prices: Prices, stays: dict[str, int], pinned: dict[str, int], most_moved: int
    ) -> None:
        self.model = Model(floor, prices)
        index = {stand.id: number for number, stand in enumerate(floor.house.stands)}
        stay: list[int] = []
        for name, place in {**stays, **pinned}.items():
            mine = self.model.choices.of(index[name])
            there = mine[self.model.choices.place[mine] == place]
            if name in stays:
                stay += there.tolist()
            else:
                self.model.programme.row(there, 1, low=min(len(there), 1))
        taken = np.asarray(floor.meets[sorted(pinned.values())].any(axis=0))
        self._forced = sum(bool(taken[place]) for place in stays.values())
        self._stay, self._stays = np.array(stay, dtype=np.int64), len(stays)
        if len(stays) > most_moved:
            self.model.programme.row(self._stay, 1, low=len(stays) - most_moved)

    def moved(self, placements: Iterable[Placement]) -> set[str]:
        """Who of those who could have stayed stands elsewhere."""
        now, choices = self.model.choices_of(placements), self.model.choices
        still = set(choices.stand[self._stay[now[self._stay] > 0]].tolist())
        there = set(choices.stand[self._stay].tolist())
        return {self.model.floor.house.stands[number].id for number in there - still}

    def worth(self, placements: Sequence[Placement]) -> tuple[Merits, int]:
        """To compare plans by, the smaller the better: merits, then moves."""
        return check_plan(self.model.floor.house, placements).merits, len(self.moved(placements))

    @property
    def moves(self) -> Numbers:
        """Minus 1 for each column in which somebody stays."""
        cost = np.zeros(self.model.programme.size)
        cost[self._stay] = -1.0
        return cost

    def solve(self, cost: Numbers, effort: Effort) -> Answer:
        """Minimise over everything."""
        return self.model.programme.solve(cost, effort=effort)

    def solve_held(self, effort: Effort) -> Answer:
        """Place the others while everybody stays whose place nobody was set on by hand."""
        self.model.programme.row(self._stay, 1, low=self._stays - self._forced)
        answer = self.model.programme.solve(np.zeros(self.model.programme.size), effort=effort)
        self.model.programme.forget_row()
        return answer

    def solve_some(self, cost: Numbers, effort: Effort, free: Indices, now: Numbers) -> Answer:
        """Minimise with only some stands free."""
        model = self.model
        may_change = np.isin(model.choices.stand, free)
        lower, upper = np.zeros(model.programme.size), np.array(model.programme.upper)
        upper[model.x] = np.where(may_change, 1.0, now)
        lower[model.x] = np.where(may_change, 0.0, now)
        return model.programme.solve(cost, effort=effort, lower=lower, upper=upper)


def _better_nearby(
    near: _Near, placements: tuple[Placement, ...], new: set[str], rng: np.random.Generator, effort: Effort
) -> tuple[Placement, ...]:
    """Use the moves that are left, or undo some: free those whom lost wishes concern, a few times."""
    model, house = near.model, near.model.floor.house
    index = {stand.id: number for number, stand in enumerate(house.stands)}
    cost = np.sum([weight * model.costs(part) for part, weight in WEIGHTS.items()], axis=0) + near.moves
    worth = near.worth(placements)
    # Where one look frees everybody, a second finds nothing more.
    for _ in range(LOOKS if len(index) > FREE + len(new) else 1):
        lost = check_plan(house, placements).lost
        free = dict.fromkeys(sorted(new | near.moved(placements)))
        for number in rng.permutation(len(lost)).tolist():
            free.update({name: None for name in (lost[number].stand, lost[number].about) if name in index})
        free.update(dict.fromkeys(house.stands[number].id for number in rng.permutation(len(index)).tolist()))
        chosen = np.array([index[name] for name in list(free)[: FREE + len(new)]], dtype=np.int64)
        answer = near.solve_some(cost, effort, chosen, model.choices_of(placements))
        if answer.x is not None and near.worth(found := model.placements(answer.x)) < worth:
            worth, placements = near.worth(found), found
    return placements
