"""The open house as a programme: one variable for each stand, place and circuit that go together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from brobygget.engine.placing.floor import NONE, Booleans, Floor, Integers
from brobygget.engine.placing.open_house import OpenHouse, Rule
from brobygget.engine.placing.plan import NamedRule, Placement
from brobygget.engine.placing.programme import Indices, Numbers, Programme

Prices = Mapping[NamedRule, int]
"""What rules that need not hold cost when they do not, 0 for nothing; all others must hold."""


def rules_of(house: OpenHouse) -> tuple[NamedRule, ...]:
    """Every rule that might be unmet, places included, in order."""
    rules = []
    for stand in house.stands:
        needs = {
            Rule.PLACE: True,
            Rule.POWER: stand.watts > 0,
            Rule.STEP_FREE: stand.step_free,
            Rule.FLOOR: stand.floor > 0,
            Rule.STAGE: stand.stage,
        }
        rules += [NamedRule(kind, stand.id) for kind, asked in needs.items() if asked]
        if stand.loud:
            rules += [
                NamedRule(Rule.NOISE, stand.id, o.id) for o in house.stands if o.quiet and o is not stand
            ]
    rules += [
        NamedRule(Rule.SAME_KIND, one.id, other.id)
        for one, other in combinations(house.stands, 2)
        if one.kind == other.kind
    ]
    return tuple(sorted(rules))


def price_list(house: OpenHouse, rules: Iterable[NamedRule]) -> dict[NamedRule, int]:
    """What each of some rules costs when it is unmet."""
    return {rule: house.costs[rule.kind] for rule in rules}


@dataclass(frozen=True, eq=False)
class Choices:
    """The columns: a stand at a place on a circuit.

    Attributes
    ----------
    stand, place, circuit : Integers
        Indices, shape (n_choices,); circuit -1 for none.
    price : Integers
        What the rules about this one stand cost that the choice leaves unmet.
    """

    stand: Integers
    place: Integers
    circuit: Integers
    price: Integers

    def of(self, stand: int) -> Indices:
        """The columns of one stand."""
        where: Indices = np.flatnonzero(self.stand == stand)
        return where


def choices_on(floor: Floor, prices: Prices) -> Choices:
    """Everything each stand may do, without what breaks a rule that must hold."""
    rows: list[tuple[int, int, int, int]] = []
    for number, stand in enumerate(floor.house.stands):
        lacks = {
            Rule.STEP_FREE: ~floor.step_free & stand.step_free,
            Rule.FLOOR: floor.floor < stand.floor,
            Rule.STAGE: ~floor.stage & stand.stage,
        }
        price, allowed = np.zeros(len(floor.places), dtype=np.int64), floor.size == stand.tables
        for kind, missing in lacks.items():
            cost = prices.get(NamedRule(kind, stand.id))
            if cost is None:
                allowed &= ~missing
            else:
                price += cost * missing
        unplugged = prices.get(NamedRule(Rule.POWER, stand.id)) if stand.watts else 0
        for place in np.flatnonzero(allowed).tolist():
            if unplugged is not None:
                rows.append((number, place, NONE, int(price[place]) + unplugged))
            if stand.watts:
                rows += [(number, place, circuit, int(price[place])) for circuit in floor.circuits[place]]
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    return Choices(*table.T)


class Model:
    """Who stands where, as a programme; costs are vectors over its variables.

    Parameters
    ----------
    floor : Floor
        The open house.
    prices : dict
        Rules that need not hold.

    Notes
    -----
    The parts of the cost are ``"unmet"``, and once they are added ``"lost"`` (`wishing.add_wishes`), ``"unfair"``,
    ``"uniform"`` and ``"sockets"`` (`wishing.add_rest`).
    """

    def __init__(self, floor: Floor, prices: Prices) -> None:
        self.floor, self.prices, house = floor, prices, floor.house
        self.choices = choices_on(floor, prices)
        self.programme = Programme()
        self.x = self.programme.variables(len(self.choices.stand))
        self.out = self.programme.variables(len(house.stands))
        self._costs: dict[str, list[tuple[Indices, Numbers]]] = {}
        self.lost_wish: dict[str, int] = {}
        self.cost("unmet", self.x, self.choices.price)
        self.covers: Booleans = floor.covers[self.choices.place]
        self._one_place_each()
        self._one_stand_each()
        self._circuits()
        self._noise()
        self._same_kind()

    def cost(self, part: str, variables: Indices, amount: ArrayLike) -> None:
        """Let variables cost something."""
        each = np.broadcast_to(np.asarray(amount, dtype=np.float64), variables.shape)
        self._costs.setdefault(part, []).append((variables, each))

    def costs(self, part: str) -> Numbers:
        """One part of the objective as a vector."""
        vector = np.zeros(self.programme.size)
        for variables, amount in self._costs.get(part, []):
            np.add.at(vector, variables, amount)
        return vector

    def placements(self, x: Numbers) -> tuple[Placement, ...]:
        """The plan in a solution."""
        house, floor = self.floor.house, self.floor
        plan = []
        for column in np.flatnonzero(x[self.x] > 0.5).tolist():
            positions = floor.places[self.choices.place[column]]
            circuit = int(self.choices.circuit[column])
            plan.append(
                Placement(
                    house.stands[self.choices.stand[column]].id,
                    tuple(house.positions[number].id for number in positions),
                    None if circuit == NONE else house.circuits[circuit].id,
                )
            )
        return tuple(sorted(plan))

    def choices_of(self, placements: Iterable[Placement]) -> Numbers:
        """A plan as values of `x`; stands whose choice the model does not have stand nowhere."""
        house, floor, choices = self.floor.house, self.floor, self.choices
        stand = {each.id: number for number, each in enumerate(house.stands)}
        position = {each.id: number for number, each in enumerate(house.positions)}
        circuit = {each.id: number for number, each in enumerate(house.circuits)}
        place = {positions: number for number, positions in enumerate(floor.places)}
        x = np.zeros(len(self.x))
        for each in placements:
            where = place.get(tuple(sorted(position[name] for name in each.positions)), NONE)
            plug = NONE if each.circuit is None else circuit[each.circuit]
            x[(choices.stand == stand[each.stand]) & (choices.place == where) & (choices.circuit == plug)] = (
                1.0
            )
        return x

    def at(self, stand: int, places: Booleans) -> Indices:
        """The columns that put a stand at one of some places."""
        mine = self.choices.of(stand)
        return mine[places[self.choices.place[mine]]]

    def _one_place_each(self) -> None:
        for number, stand in enumerate(self.floor.house.stands):
            price = self.prices.get(NamedRule(Rule.PLACE, stand.id))
            if price is None:
                self.programme.upper[self.out[number]] = 0.0
            else:
                self.cost("unmet", self.out[[number]], [price])
            self.programme.row([*self.choices.of(number), self.out[number]], 1, low=1, high=1)

    def _one_stand_each(self) -> None:
        for position in range(len(self.floor.house.positions)):
            columns = np.flatnonzero(self.covers[:, position])
            if len(columns) > 1:
                self.programme.row(columns, 1, high=1)

    def _circuits(self) -> None:
        house = self.floor.house
        watts = np.array([stand.watts for stand in house.stands], dtype=np.int64)
        for number, circuit in enumerate(house.circuits):
            on = np.flatnonzero(self.choices.circuit == number)
            if len(on) > 0:
                self.programme.row(on, watts[self.choices.stand[on]], high=circuit.watts)
            for rule in house.circuit_rules:
                count = np.array(
                    [sum(a.type in rule.types for a in stand.appliances) for stand in house.stands],
                    dtype=np.int64,
                )[self.choices.stand[on]]
                if count.any():
                    self.programme.row(on[count > 0], count[count > 0], high=rule.most)

    def _noise(self) -> None:
        house = self.floor.house
        quiet = [number for number, stand in enumerate(house.stands) if stand.quiet]
        held: dict[tuple[int, ...], list[int]] = {}
        bought: dict[tuple[int, ...], list[int]] = {}
        for number, stand in enumerate(house.stands):
            if stand.loud:
                others = [o for o in quiet if o != number]
                rules = {
                    o: self.prices.get(NamedRule(Rule.NOISE, stand.id, house.stands[o].id)) for o in others
                }
                held.setdefault(tuple(o for o, price in rules.items() if price is None), []).append(number)
                bought.setdefault(tuple(o for o, price in rules.items() if price), []).append(number)
        self._keep_apart([(louds, quiets) for quiets, louds in held.items()], self.floor.loud, both_ways=True)
        self._keep_apart(
            [(louds, quiets) for quiets, louds in bought.items()],
            self.floor.loud,
            both_ways=True,
            price=house.costs[Rule.NOISE],
        )

    def _same_kind(self) -> None:
        house = self.floor.house
        kinds: dict[str, list[int]] = {}
        for number, stand in enumerate(house.stands):
            kinds.setdefault(stand.kind, []).append(number)
        whole: dict[bool, list[tuple[Sequence[int], Sequence[int]]]] = {False: [], True: []}
        stars: dict[bool, list[tuple[Sequence[int], Sequence[int]]]] = {False: [], True: []}
        for same in kinds.values():
            pairs = {
                pair: self.prices.get(NamedRule(Rule.SAME_KIND, *(house.stands[s].id for s in pair)))
                for pair in combinations(same, 2)
            }
            for is_bought in (False, True):
                chosen = [
                    pair for pair, price in pairs.items() if (bool(price) if is_bought else price is None)
                ]
                if chosen and len(chosen) == len(pairs):
                    whole[is_bought].append((same, same))
                elif chosen:
                    stars[is_bought] += [
                        ([one], [b if a == one else a for a, b in chosen if one in (a, b)]) for one in same
                    ]
        for is_bought in (False, True):
            price = house.costs[Rule.SAME_KIND] if is_bought else 0
            self._keep_apart(whole[is_bought], self.floor.beside, both_ways=False, price=price)
            self._keep_apart(stars[is_bought], self.floor.beside, both_ways=not is_bought, price=price)

    def _keep_apart(
        self,
        groups: Sequence[tuple[Sequence[int], Sequence[int]]],
        closeness: Booleans,
        *,
        both_ways: bool,
        price: int = 0,
    ) -> None:
        """Let nobody of one group be close to anybody of another, or pay for each pair of stands that is.

        Rows that must hold look at single tables. Those that are paid for look at whole places, so that
        two stands with two tables each are paid for once.
        """
        groups = [(some, others) for some, others in groups if some and others]
        if not groups:
            return
        single = self.floor.size == 1
        uses = self.floor.covers.astype(np.int64) @ self.floor.covers.T.astype(np.int64) > 0
        pairs = closeness & ~uses
        if price:
            spots = np.eye(len(self.floor.places), dtype=np.bool_)
        else:
            pairs = pairs & single[:, None] & single
            spots = uses
        stand, place = self.choices.stand, self.choices.place
        members = [(np.isin(stand, some), np.isin(stand, others)) for some, others in groups]
        for one, other in np.argwhere(pairs if both_ways else np.triu(pairs)).tolist():
            at_one, at_other = spots[one][place], spots[other][place]
            slack: Indices | None = None
            for some, others in members:
                columns = np.flatnonzero((some & at_one) | (others & at_other))
                if not ((some & at_one).any() and (others & at_other).any()):
                    continue
                if price and slack is None:
                    slack = self.programme.variables(1, whole=False)
                    self.cost("unmet", slack, [price])
                if slack is None:
                    self.programme.row(columns, 1, high=1)
                else:
                    values = [*np.ones(len(columns)), -1.0]
                    self.programme.row([*columns, slack[0]], values, high=1)
