"""The parts of the evening: in order, in time, once each press."""

from __future__ import annotations

import pytest

from brobygget.circles.commands import steps
from brobygget.circles.models import Meeting, Step
from brobygget.house.commands.refused import Refused

from .evening import FirstEvening

pytestmark = pytest.mark.usefixtures("in_english")


def test_going_on_ends_the_part_before_and_tells_every_screen(first_evening: FirstEvening) -> None:
    first_evening.open()
    version = first_evening.version()
    first_evening.begin_step("customs", at=12)
    assert first_evening.step("welcome").ended_at == first_evening.at(12)
    assert first_evening.seen().now == first_evening.step("customs")
    assert first_evening.version() == version + 1


def test_going_on_twice_goes_on_once(first_evening: FirstEvening) -> None:
    first_evening.open()
    first_evening.begin_step("customs", at=12)
    version = first_evening.version()
    first_evening.begin_step("customs", at=13)
    assert first_evening.step("customs").began_at == first_evening.at(12)
    assert first_evening.version() == version


def test_going_on_lets_whoever_speaks_finish(first_evening: FirstEvening) -> None:
    first_evening.open()
    the_round = first_evening.begin_round(at=10)
    first_evening.begin_step("customs", at=15)
    assert the_round.turns.get(position=1).ended_at == first_evening.at(15)


def test_nothing_begins_before_the_meeting_is_open(first_evening: FirstEvening) -> None:
    with pytest.raises(Refused, match="not begun"):
        first_evening.begin_step("customs", at=0)


def test_parts_move_up_and_down_among_those_that_have_not_begun(first_evening: FirstEvening) -> None:
    first_evening.open()
    steps.move_step(first_evening.step("ideas"), earlier=True)
    assert first_evening.kinds() == ["welcome", "round", "ideas", "customs", "homework", "next"]
    steps.move_step(first_evening.step("ideas"), earlier=False)
    steps.move_step(first_evening.step("round"), earlier=True)  # The welcome has begun and stays first.
    steps.move_step(first_evening.step("next"), earlier=False)
    assert first_evening.kinds() == ["welcome", "round", "customs", "ideas", "homework", "next"]
    with pytest.raises(Refused, match="already begun"):
        steps.move_step(first_evening.step("welcome"), earlier=False)


def test_a_part_can_be_longer_and_shorter_also_while_it_goes_on(first_evening: FirstEvening) -> None:
    first_evening.open()
    steps.change_length(first_evening.step("welcome"), minutes=15)
    assert first_evening.step("welcome").planned_minutes == 15
    assert first_evening.seen().spare == -5


@pytest.mark.parametrize("minutes", [-5, 0, 241])
def test_a_part_is_never_shorter_than_a_minute_or_longer_than_four_hours(
    first_evening: FirstEvening, minutes: int
) -> None:
    with pytest.raises(Refused, match="between 1 and 240"):
        steps.change_length(first_evening.step("ideas"), minutes=minutes)
    with pytest.raises(Refused, match="between 1 and 240"):
        steps.add_step(first_evening.meeting, kind="vote", minutes=minutes)


def test_a_new_part_comes_before_the_next_meeting_is_set(first_evening: FirstEvening) -> None:
    steps.add_step(first_evening.meeting, kind=Step.Kind.VOTE, minutes=20)
    assert first_evening.kinds() == ["welcome", "round", "customs", "ideas", "homework", "vote", "next"]


def test_a_part_is_taken_out_once_and_only_before_it_begins(first_evening: FirstEvening) -> None:
    customs = first_evening.step("customs")
    steps.remove_step(customs)
    steps.remove_step(customs)
    assert first_evening.kinds() == ["welcome", "round", "ideas", "homework", "next"]
    first_evening.open()
    with pytest.raises(Refused, match="already begun"):
        steps.remove_step(first_evening.step("welcome"))


def test_a_part_that_somebody_else_took_out_is_refused_kindly(first_evening: FirstEvening) -> None:
    customs = first_evening.step("customs")
    steps.remove_step(customs)
    with pytest.raises(Refused, match="no longer"):
        steps.move_step(customs, earlier=True)


def test_every_change_of_the_plan_grows_the_version_by_one(first_evening: FirstEvening) -> None:
    for change in (
        lambda: steps.move_step(first_evening.step("ideas"), earlier=True),
        lambda: steps.change_length(first_evening.step("ideas"), minutes=20),
        lambda: steps.add_step(first_evening.meeting, kind="vote", minutes=5),
        lambda: steps.remove_step(first_evening.step("vote")),
    ):
        before = Meeting.objects.get().version
        change()
        assert Meeting.objects.get().version == before + 1
