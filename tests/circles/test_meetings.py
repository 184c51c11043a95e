"""Starting a circle, planning an evening, opening it, and going back one step."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from brobygget.circles import plans
from brobygget.circles.commands import circles, meetings, rounds, steps
from brobygget.circles.commands.undo import undo_last
from brobygget.circles.models import Circle, Meeting
from brobygget.circles.queries import circles as circle_queries
from brobygget.circles.queries.meetings import current_meeting, mark_for, mark_of_wall
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.people.commands import end_role, welcome_participant
from brobygget.people.models import Account

from .evening import FirstEvening

pytestmark = pytest.mark.usefixtures("in_english")


def test_a_leader_starts_a_circle_and_sits_in_its_first_seat(
    house: House, birgit: Account, today: date
) -> None:
    birgit_herself = welcome_participant(
        house_id=house.pk, alias="Birgit", language="sv", years_here="always", on=today
    )
    circle = circles.start_circle(
        house=house, name="Brobyggarcirkeln", leader=birgit, leader_as=birgit_herself, on=today
    )
    (seat,) = circle.memberships.all()
    assert (seat.seat, seat.is_organiser, seat.participant) == (1, True, birgit_herself)


def test_somebody_who_leads_nothing_here_starts_no_circle(
    house: House, doris: Account, frans: Account, elsa: Account, today: date
) -> None:
    for account in (doris, frans, elsa):
        with pytest.raises(PermissionDenied):
            circles.start_circle(house=house, name="Ingen", leader=account, on=today)
    assert not Circle.objects.exists()


def test_a_role_that_has_ended_leads_nothing(house: House, birgit: Account, today: date) -> None:
    end_role(birgit.roles.get(), on=today)
    with pytest.raises(PermissionDenied):
        circles.start_circle(house=house, name="Ingen", leader=birgit, on=today)


def test_the_first_evening_has_time_for_everybody_to_speak_and_fills_its_minutes(
    first_evening: FirstEvening,
) -> None:
    assert first_evening.kinds() == ["welcome", "round", "customs", "ideas", "homework", "next"]
    assert first_evening.step("round").planned_minutes == 64
    seen = first_evening.seen()
    assert (seen.planned, seen.spare, seen.meeting.study_hours) == (135, 0, 3)


def test_later_evenings_open_with_the_homework_and_have_no_presentation_round(
    first_evening: FirstEvening, clock: datetime
) -> None:
    later = meetings.plan_meeting(circle=first_evening.circle, starts_at=clock + timedelta(days=7))
    kinds = [step.kind for step in later.steps.all()]
    assert later.number == 2
    assert kinds == ["welcome", "homework", "customs", "ideas", "vote", "next"]
    assert sum(step.planned_minutes for step in later.steps.all()) == 135


@pytest.mark.parametrize("people", range(1, 21))
@pytest.mark.parametrize("minutes", [45, 60, 90, 135, 180])
def test_every_plan_begins_with_a_welcome_and_ends_with_the_next_meeting(people: int, minutes: int) -> None:
    for evening in (plans.first_evening, plans.later_evening):
        plan = evening(people=people, minutes=minutes)
        assert plan[0].kind == "welcome"
        assert plan[-1].kind == "next"
        assert all(plans.SHORTEST_STEP <= step.minutes <= plans.LONGEST_STEP for step in plan)
        assert len({step.kind for step in plan}) == len(plan)


def test_opening_begins_the_first_step_once(first_evening: FirstEvening) -> None:
    first_evening.open()
    version = first_evening.version()
    meetings.open_meeting(first_evening.meeting, at=first_evening.at(5))
    meeting = Meeting.objects.get()
    assert meeting.opened_at == first_evening.began
    assert first_evening.step("welcome").began_at == first_evening.began
    assert first_evening.version() == version


def test_two_meetings_of_a_circle_are_never_open_at_once(
    first_evening: FirstEvening, clock: datetime
) -> None:
    first_evening.open()
    second = meetings.plan_meeting(circle=first_evening.circle, starts_at=clock + timedelta(days=7))
    with pytest.raises(Refused, match="Another meeting"):
        meetings.open_meeting(second, at=clock)


def test_a_circle_that_has_ended_plans_nothing_more(circle: Circle, clock: datetime) -> None:
    circle.ended_on = clock.date()
    circle.save()
    with pytest.raises(Refused, match="ended"):
        meetings.plan_meeting(circle=circle, starts_at=clock)


def test_a_closed_meeting_refuses_every_change_and_keeps_everything(first_evening: FirstEvening) -> None:
    first_evening.open()
    the_round = first_evening.begin_round()
    turn = the_round.turns.get(position=1)
    Meeting.objects.update(closed_at=first_evening.at(135))
    meeting, ideas, at = first_evening.meeting, first_evening.step("ideas"), first_evening.at(136)
    refused = [
        lambda: meetings.open_meeting(meeting, at=at),
        lambda: meetings.change_meeting(
            meeting, starts_at=at, planned_minutes=90, place="", wall_question=""
        ),
        lambda: steps.begin_step(ideas, at=at),
        lambda: steps.move_step(ideas, earlier=True),
        lambda: steps.change_length(ideas, minutes=10),
        lambda: steps.add_step(meeting, kind="customs", minutes=10),
        lambda: steps.remove_step(ideas),
        lambda: rounds.begin_round(first_evening.step("round"), prompt="food", order="seat", rng=None, at=at),  # type: ignore[arg-type]
        lambda: rounds.begin_next_turn(the_round, after=turn, at=at),
        lambda: rounds.pass_turn(turn, at=at),
        lambda: rounds.return_to_round(turn),
        lambda: rounds.join_round(the_round, membership=first_evening.members["Samira"]),
        lambda: rounds.leave_round(turn, at=at),
        lambda: rounds.end_round(the_round, at=at),
        lambda: rounds.give_round_time(the_round, minutes=4, at=at),
        lambda: undo_last(meeting, step=None, turn=None),
    ]
    before = (first_evening.kinds(), first_evening.order(), first_evening.speaking(), first_evening.version())
    for change in refused:
        with pytest.raises(Refused, match="closed") as no:
            change()
        assert no.value.status == 409
    assert before == (
        first_evening.kinds(),
        first_evening.order(),
        first_evening.speaking(),
        first_evening.version(),
    )


def test_undo_takes_back_steps_one_by_one_until_the_evening_has_not_begun(
    first_evening: FirstEvening,
) -> None:
    first_evening.open()
    first_evening.begin_step("customs", at=10)
    first_evening.begin_step("ideas", at=20)
    now = []
    for _press in range(3):
        step = first_evening.seen().now
        assert step is not None
        now.append(step.kind)
        assert undo_last(first_evening.meeting, step=step, turn=None)
    assert now == ["ideas", "customs", "welcome"]
    assert not Meeting.objects.get().is_open
    assert first_evening.meeting.steps.filter(began_at__isnull=False).count() == 0


def test_two_phones_that_undo_the_same_step_undo_it_once(first_evening: FirstEvening) -> None:
    first_evening.open()
    first_evening.begin_step("customs", at=10)
    ideas = first_evening.begin_step("ideas", at=20)
    assert undo_last(first_evening.meeting, step=ideas, turn=None)
    assert not undo_last(first_evening.meeting, step=ideas, turn=None)
    assert first_evening.seen().now == first_evening.step("customs")


def test_undo_after_coming_back_to_a_part_goes_to_the_part_in_between(first_evening: FirstEvening) -> None:
    first_evening.open()
    first_evening.begin_step("ideas", at=10)
    welcome = first_evening.begin_step("welcome", at=30)
    assert undo_last(first_evening.meeting, step=welcome, turn=None)
    assert first_evening.seen().now == first_evening.step("ideas")
    assert first_evening.step("welcome").ended_at == first_evening.at(10)


def test_undo_in_the_round_gives_the_word_back(first_evening: FirstEvening) -> None:
    first_evening.open()
    first_evening.begin_round(at=10)
    second = first_evening.go_on(18)
    assert first_evening.speaking() == "Marit"
    assert undo_last(first_evening.meeting, step=first_evening.step("round"), turn=second)
    assert first_evening.speaking() == "Birgit"
    assert not undo_last(first_evening.meeting, step=first_evening.step("round"), turn=second)
    assert first_evening.speaking() == "Birgit"


def test_undo_of_a_pass_takes_the_pass_back(first_evening: FirstEvening) -> None:
    first_evening.open()
    the_round = first_evening.begin_round()
    speaking = rounds.speaking_in(the_round)
    assert speaking is not None
    rounds.pass_turn(speaking, at=first_evening.at(1))
    second = rounds.speaking_in(the_round)
    assert undo_last(first_evening.meeting, step=first_evening.step("round"), turn=second)
    assert first_evening.speaking() == "Birgit"
    assert not the_round.turns.filter(passed=True).exists()


def test_undo_at_the_first_turn_goes_back_to_choosing_the_question(first_evening: FirstEvening) -> None:
    first_evening.open()
    the_round = first_evening.begin_round()
    first = rounds.speaking_in(the_round)
    assert undo_last(first_evening.meeting, step=first_evening.step("round"), turn=first)
    seen = first_evening.seen()
    assert seen.round is None
    assert seen.now == first_evening.step("round")


def test_undo_of_leaving_the_round_gives_the_word_back_to_who_was_speaking(
    first_evening: FirstEvening,
) -> None:
    first_evening.open()
    first_evening.begin_round()
    first_evening.go_on(8)
    customs = first_evening.begin_step("customs", at=12)
    assert undo_last(first_evening.meeting, step=customs, turn=None)
    assert first_evening.speaking() == "Marit"


def test_screens_follow_the_open_meeting_and_then_the_next_one(
    first_evening: FirstEvening, clock: datetime
) -> None:
    second = meetings.plan_meeting(circle=first_evening.circle, starts_at=clock - timedelta(days=7))
    first_evening.open()
    assert current_meeting(first_evening.circle) == first_evening.meeting
    samira = first_evening.members["Samira"].participant
    mark = mark_for(samira)
    assert mark is not None
    assert mark == mark_of_wall(first_evening.circle.pk, circle_queries.wall_token(first_evening.circle))
    assert mark.meeting_id == first_evening.meeting.pk
    Meeting.objects.filter(pk=first_evening.meeting.pk).update(closed_at=clock)
    assert current_meeting(first_evening.circle) == second


def test_the_wall_has_an_address_that_can_be_closed(circle: Circle, other_circle: Circle) -> None:
    token = circle_queries.wall_token(circle)
    assert len(token) == 22
    assert circle_queries.circle_of_wall(circle.pk, token) == circle
    assert circle_queries.circle_of_wall(other_circle.pk, token) is None
    assert circle_queries.circle_of_wall(circle.pk, "å" * 22) is None
    circles.change_wall_address(circle)
    assert circle_queries.circle_of_wall(circle.pk, token) is None
    assert circle_queries.circle_of_wall(circle.pk, circle_queries.wall_token(circle)) == circle
