"""Why not everything can be kept: sets of rules that cannot hold together, each as small as can be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import numpy as np

from brobygget.engine.placing.check import check_plan
from brobygget.engine.placing.floor import Floor
from brobygget.engine.placing.model import Model, rules_of
from brobygget.engine.placing.open_house import Rule
from brobygget.engine.placing.plan import NamedRule
from brobygget.engine.placing.programme import Effort

MOST_SOLVES = 600
MOST_CONFLICTS = 24

Rules = tuple[NamedRule, ...]


@dataclass(frozen=True)
class Conflicts:
    """Minimal conflicts.

    Parameters
    ----------
    found : tuple of tuple of NamedRule
        Rules that cannot hold together when everybody has a place, although they can when any single one of them
        is dropped. In order.
    are_all : bool
        False when the search was ended before it was known that there are no others.
    has_room : bool
        False when not even places alone suffice for everybody, so that there is nothing to search.

    Examples
    --------
    >>> Conflicts((), are_all=True, has_room=True).found
    ()
    """

    found: tuple[Rules, ...]
    are_all: bool
    has_room: bool


class _Spent(Exception):
    """The effort is used up."""


def minimal_conflicts(floor: Floor, effort: Effort, solves: int = MOST_SOLVES) -> Conflicts:
    """Find every minimal set of rules that cannot hold together.

    Parameters
    ----------
    floor : Floor
        The open house.
    effort : Effort
        Bounds each question to the solver.
    solves : int
        Questions to the solver in all.

    Notes
    -----
    Whole kinds of rules are dropped first while what is left remains impossible; then QuickXplain [1]_. For others
    the hitting-set tree [2]_: drop one rule of each known conflict, look again; what is still impossible holds
    another conflict.

    References
    ----------
    .. [1] Junker (2004), QuickXplain: preferred explanations and relaxations for over-constrained problems, AAAI.
    .. [2] Reiter (1987), A theory of diagnosis from first principles, *Artificial Intelligence* 32.
    """
    rules = tuple(rule for rule in rules_of(floor.house) if rule.kind is not Rule.PLACE)
    impossible: list[frozenset[NamedRule]] = []
    unmet_in_a_plan: list[frozenset[NamedRule]] = []
    left = solves

    def is_possible(held: Iterable[NamedRule]) -> bool:
        """Whether some rules can hold together, everybody placed."""
        nonlocal left
        kept = frozenset(held)
        if any(kept.isdisjoint(unmet) for unmet in unmet_in_a_plan):
            return True
        if any(known <= kept for known in impossible):
            return False
        left -= 1
        if left < 0 or effort.is_spent:
            raise _Spent
        model = Model(floor, {rule: 0 for rule in rules if rule not in kept})
        answer = model.programme.solve(np.zeros(model.programme.size), effort=effort)
        if answer.x is None and not answer.is_impossible:
            raise _Spent
        if answer.x is None:
            impossible.append(kept)
        else:
            verdict = check_plan(floor.house, model.placements(answer.x))
            unmet_in_a_plan.append(frozenset(verdict.unmet))
        return answer.x is not None

    found: list[Rules] = []
    try:
        if not is_possible(()):
            return Conflicts((), are_all=True, has_room=False)
        _hitting_sets(rules, is_possible, found)
    except _Spent:
        return Conflicts(tuple(sorted(found)), are_all=False, has_room=True)
    return Conflicts(tuple(sorted(found)), are_all=len(found) < MOST_CONFLICTS, has_room=True)


def _hitting_sets(
    rules: Rules, is_possible: Callable[[Iterable[NamedRule]], bool], found: list[Rules]
) -> None:
    """Grow the tree breadth first; conflicts are added to `found` as they come."""
    paths: list[frozenset[NamedRule]] = [frozenset()]
    cured: list[frozenset[NamedRule]] = []
    seen = {frozenset[NamedRule]()}
    for path in paths:
        if any(cure <= path for cure in cured):
            continue
        conflict = next((known for known in found if not path & set(known)), None)
        if conflict is None:
            rest = tuple(rule for rule in rules if rule not in path)
            if is_possible(rest):
                cured.append(path)
                continue
            conflict = _smallest(rest, is_possible)
            found.append(conflict)
            if len(found) >= MOST_CONFLICTS:
                return
        for rule in conflict:
            longer = path | {rule}
            if longer not in seen:
                seen.add(longer)
                paths.append(longer)


def _smallest(rules: Rules, is_possible: Callable[[Iterable[NamedRule]], bool]) -> Rules:
    """A minimal conflict among rules that cannot hold together."""
    left: Collection[NamedRule] = rules
    for kind in (Rule.SAME_KIND, Rule.NOISE, Rule.FLOOR, Rule.STAGE, Rule.STEP_FREE, Rule.POWER):
        without = [rule for rule in left if rule.kind is not kind]
        if len(without) < len(left) and not is_possible(without):
            left = without

    def explain(background: Rules, candidates: Rules, *, has_grown: bool) -> Rules:
        """What of the candidates takes part, given a background."""
        if has_grown and not is_possible(background):
            return ()
        if len(candidates) == 1:
            return candidates
        half = len(candidates) // 2
        first, second = candidates[:half], candidates[half:]
        from_second = explain(background + first, second, has_grown=True)
        from_first = explain(background + from_second, first, has_grown=bool(from_second))
        return from_first + from_second

    return tuple(sorted(explain((), tuple(left), has_grown=False)))
