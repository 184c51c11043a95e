"""Why a wish is lost, and what stands against each other in a conflict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from brobygget.engine.placing.floor import Booleans, Floor, floor_of
from brobygget.engine.placing.model import choices_on
from brobygget.engine.placing.open_house import OpenHouse, Rule
from brobygget.engine.placing.place import FloorPlan
from brobygget.engine.placing.plan import NamedRule
from brobygget.engine.placing.things import Wish, WishKind

PROVEN_WISHES = 2


class WishCause(StrEnum):
    """Why a wish does not come true.

    Examples
    --------
    >>> [cause.value for cause in WishCause]
    ['no_place', 'nowhere', 'costs_others_as_much', 'not_found']
    """

    NO_PLACE = "no_place"
    NOWHERE = "nowhere"
    COSTS_OTHERS_AS_MUCH = "costs_others_as_much"
    NOT_FOUND = "not_found"


@dataclass(frozen=True)
class LostWish:
    """A wish that does not come true.

    Parameters
    ----------
    wish : Wish
        Which.
    cause : WishCause
        ``no_place``: the stand, or the one it wished to be near, has no place at all. ``nowhere``: no place that meets the
        needs of the stand, or of both, would do. ``costs_others_as_much``: it can be had, and then it is proven that wishes of
        at least the same weight are lost elsewhere. ``not_found``: it can be had alone, and no better plan was found.

    Examples
    --------
    >>> LostWish(Wish("w1", "s1", WishKind.WINDOW), WishCause.NOWHERE).cause.value
    'nowhere'
    """

    wish: Wish
    cause: WishCause


@dataclass(frozen=True)
class ConflictFacts:
    """What stands against each other in a conflict.

    Parameters
    ----------
    rules : tuple of NamedRule
        The conflict.
    stands : tuple of str
        Whose rules they are.
    positions : tuple of str
        Tables at which at least one of these stands has all it needs of the conflict.
    circuits : tuple of str
        Circuits in reach there; empty when no rule of power is in the conflict.
    watts, watts_there : int
        What those want who want power, and what these circuits carry; 0 when power is not in it.
    cheapest : NamedRule
        The rule that costs least when it is given up; of several, the one the plan gives up, else the first.

    Examples
    --------
    >>> rule = NamedRule(Rule.STAGE, "s1")
    >>> ConflictFacts((rule,), ("s1",), (), (), 0, 0, rule).cheapest.id
    'stage:s1'
    """

    rules: tuple[NamedRule, ...]
    stands: tuple[str, ...]
    positions: tuple[str, ...]
    circuits: tuple[str, ...]
    watts: int
    watts_there: int
    cheapest: NamedRule


def lost_wishes(house: OpenHouse, plan: FloorPlan) -> tuple[LostWish, ...]:
    """Give every lost wish its cause.

    Parameters
    ----------
    house : OpenHouse
        The open house.
    plan : FloorPlan
        A plan for it.

    Returns
    -------
    tuple of LostWish
        In order of wishes; none is left out.

    Examples
    --------
    >>> from brobygget.engine.placing import Position, Stand, place_stands
    >>> wish = Wish("w1", "s1", WishKind.WINDOW)
    >>> house = OpenHouse((Position("A1", "A", 0, 0),), (Stand("s1", "sport"),), wishes=(wish,))
    >>> [lost.cause.value for lost in lost_wishes(house, place_stands(house, rng=np.random.default_rng(1)))]
    ['nowhere']
    """
    floor = floor_of(house)
    index = {stand.id: number for number, stand in enumerate(house.stands)}
    given_up = {rule: 0 for rule in plan.verdict.unmet if rule.kind is not Rule.PLACE}
    choices = choices_on(floor, given_up)
    fits = np.zeros((len(house.stands), len(floor.places)), dtype=np.bool_)
    fits[choices.stand, choices.place] = True
    placed = {each.stand for each in plan.placements}
    lost = []
    for wish in plan.verdict.lost:
        if wish.stand not in placed or (wish.kind is WishKind.NEAR and wish.about not in placed):
            cause = WishCause.NO_PLACE
        elif not _can_come_true(floor, fits, index, wish):
            cause = WishCause.NOWHERE
        elif plan.proven >= PROVEN_WISHES:
            cause = WishCause.COSTS_OTHERS_AS_MUCH
        else:
            cause = WishCause.NOT_FOUND
        lost.append(LostWish(wish, cause))
    return tuple(lost)


def _can_come_true(floor: Floor, fits: Booleans, index: dict[str, int], wish: Wish) -> bool:
    """Whether the wish could be had if nobody else came."""
    mine = fits[index[wish.stand]]
    if wish.kind not in (WishKind.NEAR, WishKind.APART):
        return bool((mine & floor.grants(wish)).any())
    theirs = fits[index[wish.about or ""]]
    close = floor.near if wish.kind is WishKind.NEAR else ~floor.apart
    return bool((close & ~floor.meets & mine[:, None] & theirs).any())


def conflict_facts(house: OpenHouse, plan: FloorPlan) -> tuple[ConflictFacts, ...]:
    """Tell for each conflict of a plan what there is too little of, and what is cheapest to give up.

    Parameters
    ----------
    house : OpenHouse
        The open house.
    plan : FloorPlan
        A plan for it.

    Returns
    -------
    tuple of ConflictFacts
        In the order of the conflicts; empty when no rule had to be unmet.

    Examples
    --------
    >>> from brobygget.engine.placing import Position, Stand, place_stands
    >>> house = OpenHouse((Position("A1", "A", 0, 0),), (Stand("s1", "sport", stage=True),))
    >>> [facts.cheapest.id for facts in conflict_facts(house, place_stands(house, rng=np.random.default_rng(1)))]
    ['stage:s1']
    """
    found = plan.conflicts.found if plan.conflicts else ()
    floor = floor_of(house)
    return tuple(_facts(floor, rules, plan.verdict.unmet) for rules in found)


def _facts(floor: Floor, rules: tuple[NamedRule, ...], unmet: tuple[NamedRule, ...]) -> ConflictFacts:
    house = floor.house
    names = sorted({name for rule in rules for name in (rule.stand, rule.other) if name})
    suitable = np.zeros(len(floor.places), dtype=np.bool_)
    watts = 0
    for stand in house.stands:
        kinds = {rule.kind for rule in rules if rule.stand == stand.id}
        if stand.id not in names:
            continue
        fits = floor.size == stand.tables
        if Rule.STEP_FREE in kinds:
            fits = fits & floor.step_free
        if Rule.FLOOR in kinds:
            fits = fits & (floor.floor >= stand.floor)
        if Rule.STAGE in kinds:
            fits = fits & floor.stage
        if Rule.POWER in kinds:
            watts += stand.watts
            fits = fits & np.array([bool(circuits) for circuits in floor.circuits], dtype=np.bool_)
        suitable |= fits
    has_power = any(rule.kind is Rule.POWER for rule in rules)
    there = np.flatnonzero(suitable).tolist()
    circuits = sorted({circuit for place in there for circuit in floor.circuits[place]}) if has_power else []
    cost = min(house.costs[rule.kind] for rule in rules)
    cheap = [rule for rule in rules if house.costs[rule.kind] == cost]
    return ConflictFacts(
        rules=rules,
        stands=tuple(names),
        positions=tuple(
            house.positions[p].id for p in sorted({p for place in there for p in floor.places[place]})
        ),
        circuits=tuple(house.circuits[number].id for number in circuits),
        watts=watts,
        watts_there=sum(house.circuits[number].watts for number in circuits),
        cheapest=next((rule for rule in cheap if rule in unmet), cheap[0]),
    )
