from __future__ import annotations

import numpy as np
import pytest

from brobygget.engine.placing import (
    Move,
    NotAnOpenHouse,
    OpenHouse,
    Position,
    Stand,
    check_plan,
    consequences,
    place_stands,
    replan,
)
from tests.engine.placing.houses import stored, stored_plan

HALL, PLAN = stored("hall15"), stored_plan("plan_hall15")
AT = {each.stand: each for each in PLAN}


def without(house: OpenHouse, name: str) -> OpenHouse:
    return OpenHouse(
        positions=house.positions,
        stands=tuple(stand for stand in house.stands if stand.id != name),
        zones=house.zones,
        neighbours=house.neighbours,
        circuits=house.circuits,
        circuit_rules=house.circuit_rules,
        hosts=house.hosts,
        wishes=tuple(wish for wish in house.wishes if name not in (wish.stand, wish.about)),
        limits=house.limits,
        costs=house.costs,
    )


def test_nobody_moves_when_nothing_has_changed() -> None:
    new = replan(HALL, PLAN, rng=np.random.default_rng(1))
    assert (new.placements, new.moved) == (PLAN, ())


@pytest.mark.parametrize("name", [stand.id for stand in HALL.stands])
def test_one_who_cancels_and_one_who_is_new_move_three_others_at_most(name: str) -> None:
    smaller = without(HALL, name)
    rng = np.random.default_rng(1)
    new = replan(smaller, PLAN, rng=rng)
    kept = [each for each in PLAN if each.stand != name]
    assert new.verdict.broken == ()
    assert len(new.moved) <= 3
    assert new.verdict.merits <= check_plan(smaller, kept).merits
    back = replan(HALL, new.placements, rng=rng)
    assert (back.verdict.broken, back.verdict.unmet) == ((), ())
    assert len(back.moved) <= 3


@pytest.mark.parametrize("most", [0, 1, 3])
def test_no_more_move_than_are_allowed(most: int) -> None:
    new = replan(HALL, PLAN[::2], rng=np.random.default_rng(1), most_moved=most)
    assert len(new.moved) <= most
    assert new.verdict.broken == ()


def test_a_stand_set_by_hand_stays_and_the_one_it_displaced_moves() -> None:
    told = consequences(HALL, PLAN, Move("s01", to=AT["s02"].positions))
    assert [breach.code for breach in told.broken] == ["taken"]
    new = replan(HALL, told.placements, rng=np.random.default_rng(1), set_by_hand={"s01"})
    at = {each.stand: each.positions for each in new.placements}
    assert at["s01"] == AT["s02"].positions
    assert new.verdict.broken == ()
    assert "s02" in new.moved
    assert len(new.moved) <= 3


def test_a_move_tells_what_it_breaks_and_moving_back_mends_it() -> None:
    told = consequences(HALL, PLAN, Move("s06", swap_with="s01"))
    back = consequences(HALL, told.placements, Move("s06", swap_with="s01"))
    assert back.placements == PLAN
    assert (back.met, back.won, back.mended) == (told.unmet, told.lost, told.broken)
    assert (back.unmet, back.lost, back.broken) == (told.met, told.won, told.mended)


def test_taking_a_stand_off_the_floor_leaves_it_without_a_place() -> None:
    told = consequences(HALL, PLAN, Move("s03"))
    assert [rule.id for rule in told.unmet] == ["place:s03"]
    assert "s03" not in {each.stand for each in told.placements}


def test_a_move_that_makes_no_sense_is_refused() -> None:
    for move in (Move("s99", to=("A01",)), Move("s01", to=("Z1",)), Move("s01", swap_with="s99")):
        with pytest.raises(NotAnOpenHouse):
            consequences(HALL, PLAN, move)


@pytest.mark.parametrize("seed", range(12))
def test_what_a_move_breaks_is_what_the_checker_sees_before_and_after(seed: int) -> None:
    house, plan = stored("alvnas40"), stored_plan("plan_alvnas40_first_fit")
    rng = np.random.default_rng(seed)
    one, other = rng.choice([each.stand for each in plan], size=2, replace=False).tolist()
    told = consequences(house, plan, Move(one, swap_with=other))
    before, after = check_plan(house, plan), check_plan(house, told.placements)
    assert {each.stand for each in plan} == {each.stand for each in told.placements}
    assert told.verdict == after
    for lost, won, was, now in (
        (told.unmet, told.met, before.unmet, after.unmet),
        (told.lost, told.won, before.lost, after.lost),
        (told.broken, told.mended, before.broken, after.broken),
    ):
        assert (set(lost), set(won)) == (set(now) - set(was), set(was) - set(now))


def test_more_stands_than_tables_can_be_planned_again_too() -> None:
    house = OpenHouse((Position("A1", "A", 0, 0),), (Stand("s1", "sport"),))
    plan = place_stands(house, rng=np.random.default_rng(1)).placements
    both = OpenHouse(house.positions, (*house.stands, Stand("s2", "music")))
    new = replan(both, plan, rng=np.random.default_rng(1))
    assert ([rule.id for rule in new.verdict.unmet], new.moved) == (["place:s2"], ())
