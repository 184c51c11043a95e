from __future__ import annotations

import numpy as np
import pytest

from brobygget.engine.matching import VisitWishes, broken_rules

WISHES = VisitWishes(
    wanted=np.array([2, 2]),
    first_slot=np.array([0, 1]),
    last_slot=np.array([1, 1]),
    capacity=np.array([[1, 1], [1, 2]]),
    visitor=np.array([0, 0, 1]),
    association=np.array([0, 1, 1]),
    usefulness=np.array([1, 1, 1]),
)


@pytest.mark.parametrize(
    ("meetings", "broken"),
    [
        ([(0, 0, 0), (0, 1, 1), (1, 1, 1)], ()),
        ([(1, 0, 1)], ("not_eligible",)),
        ([(0, 0, 0), (0, 0, 1)], ("met_twice",)),
        ([(0, 0, 0), (0, 1, 0)], ("two_at_once",)),
        ([(1, 1, 0)], ("absent",)),
        ([(0, 0, 1), (1, 0, 1)], ("not_eligible", "over_capacity")),
    ],
)
def test_each_broken_rule_is_named(meetings: list[tuple[int, int, int]], broken: tuple[str, ...]) -> None:
    visitor, association, slot = np.array(meetings).T
    assert broken_rules(WISHES, visitor, association, slot) == broken
