"""When do we meet again? Proposed, chosen, decided, moved; and no meeting ends without an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import brobygget
from brobygget.circles.commands import Refused
from brobygget.circles.commands.next_meeting import (
    MOST_OPTIONS,
    choose_times,
    close_meeting,
    decide_next_meeting,
    move_meeting,
    propose_time,
    renew_time_link,
    withdraw_time,
)
from brobygget.circles.models import Circle, DateAnswer, DateOption, Meeting, Membership, Step
from brobygget.circles.queries import next_meeting as times

pytestmark = pytest.mark.django_db
Member = Callable[..., Membership]
WEEK = timedelta(days=7)


def test_only_numbers_are_shown_of_who_can_come(
    meeting: Meeting, circle: Circle, member: Member, clock: datetime
) -> None:
    first = propose_time(meeting=meeting, starts_at=clock + WEEK, place="Rum 2", at=clock)
    second = propose_time(meeting=meeting, starts_at=clock + 2 * WEEK, place="Rum 2", at=clock)
    people = [member(circle, f"Gäst {number}") for number in range(3)]
    for who in people:
        choose_times(meeting=meeting, membership=who, options=[second.pk])
    choose_times(meeting=meeting, membership=people[0], options=[first.pk])
    rows = times.options_of(meeting, people[0])
    assert [(row.people, row.is_mine, row.is_most) for row in rows] == [(1, True, False), (2, False, True)]
    assert not any(hasattr(row.option, "alias") for row in rows)


def test_a_new_choice_replaces_the_earlier_one_and_none_is_a_choice(
    meeting: Meeting, amina: Membership, clock: datetime
) -> None:
    option = propose_time(meeting=meeting, starts_at=clock + WEEK, place="", at=clock)
    choose_times(meeting=meeting, membership=amina, options=[option.pk])
    choose_times(meeting=meeting, membership=amina, options=[option.pk])
    assert DateAnswer.objects.count() == 1
    choose_times(meeting=meeting, membership=amina, options=[])
    assert DateAnswer.objects.count() == 0


def test_a_time_that_was_taken_away_is_refused_and_nothing_is_changed(
    meeting: Meeting, amina: Membership, clock: datetime
) -> None:
    kept = propose_time(meeting=meeting, starts_at=clock + WEEK, place="", at=clock)
    gone = propose_time(meeting=meeting, starts_at=clock + 2 * WEEK, place="", at=clock)
    choose_times(meeting=meeting, membership=amina, options=[kept.pk])
    gone_pk = gone.pk
    withdraw_time(option=gone)
    with pytest.raises(Refused):
        choose_times(meeting=meeting, membership=amina, options=[kept.pk, gone_pk])
    assert [answer.option_id for answer in DateAnswer.objects.all()] == [kept.pk]


def test_a_past_time_the_same_time_and_too_many_times_are_refused(meeting: Meeting, clock: datetime) -> None:
    for wrong in (clock, clock - WEEK, clock + timedelta(days=500)):
        with pytest.raises(Refused):
            propose_time(meeting=meeting, starts_at=wrong, place="", at=clock)
    propose_time(meeting=meeting, starts_at=clock + WEEK, place="Rum 2", at=clock)
    with pytest.raises(Refused):
        propose_time(meeting=meeting, starts_at=clock + WEEK, place="Ett annat rum", at=clock)
    for number in range(2, MOST_OPTIONS + 1):
        propose_time(meeting=meeting, starts_at=clock + number * WEEK, place="", at=clock)
    with pytest.raises(Refused):
        propose_time(meeting=meeting, starts_at=clock + 20 * WEEK, place="", at=clock)
    assert DateOption.objects.count() == MOST_OPTIONS


def test_a_meeting_is_not_closed_without_a_next_time_or_a_named_ending(
    meeting: Meeting, circle: Circle, clock: datetime
) -> None:
    with pytest.raises(Refused):
        close_meeting(meeting=meeting, at=clock, on=clock.date())
    with pytest.raises(Refused):
        close_meeting(meeting=meeting, at=clock, on=clock.date(), ending="🎉🎉")
    meeting.refresh_from_db()
    circle.refresh_from_db()
    assert (meeting.closed_at, circle.ended_on, circle.ending) == (None, None, "")


def test_a_next_time_that_has_been_is_not_a_next_time(
    meeting: Meeting, circle: Circle, clock: datetime
) -> None:
    Meeting.objects.create(circle=circle, number=2, starts_at=clock - timedelta(hours=1))
    with pytest.raises(Refused):
        close_meeting(meeting=meeting, at=clock, on=clock.date())


def test_a_decision_makes_the_next_meeting_with_its_steps_and_closing_ends_the_step(
    meeting: Meeting, circle: Circle, clock: datetime
) -> None:
    step = Step.objects.create(meeting=meeting, kind="next", position=1, planned_minutes=10, began_at=clock)
    following = decide_next_meeting(meeting=meeting, starts_at=clock + WEEK, place="Rum 3", at=clock)
    closing = clock + timedelta(minutes=135)
    close_meeting(meeting=meeting, at=closing, on=clock.date())
    meeting.refresh_from_db()
    step.refresh_from_db()
    assert (following.number, following.place, following.planned_minutes) == (2, "Rum 3", 135)
    assert following.steps.count() >= 3
    assert (meeting.closed_at, step.ended_at) == (closing, closing)
    with pytest.raises(Refused) as again:
        close_meeting(meeting=meeting, at=closing, on=clock.date())
    assert again.value.status == 409


def test_another_decision_moves_the_same_meeting(meeting: Meeting, clock: datetime) -> None:
    first = decide_next_meeting(meeting=meeting, starts_at=clock + WEEK, place="Rum 3", at=clock)
    second = decide_next_meeting(meeting=meeting, starts_at=clock + 2 * WEEK, place="Rum 4", at=clock)
    assert (second.pk, second.starts_at, second.place) == (first.pk, clock + 2 * WEEK, "Rum 4")
    assert second.version > first.version
    with pytest.raises(Refused):
        decide_next_meeting(meeting=meeting, starts_at=clock - WEEK, place="Rum 4", at=clock)


def test_a_named_ending_ends_the_circle_and_what_was_planned(
    meeting: Meeting, circle: Circle, clock: datetime
) -> None:
    decide_next_meeting(meeting=meeting, starts_at=clock + WEEK, place="", at=clock)
    close_meeting(meeting=meeting, at=clock, on=clock.date(), ending="Föreningsdagen är gjord.")
    circle.refresh_from_db()
    assert (circle.ended_on, circle.ending) == (clock.date(), "Föreningsdagen är gjord.")
    assert circle.meetings.count() == 1
    assert times.coming_meeting(circle, at=clock) is None


def test_a_closed_meeting_takes_no_times_no_choices_and_no_decision(
    meeting: Meeting, amina: Membership, clock: datetime
) -> None:
    option = propose_time(meeting=meeting, starts_at=clock + WEEK, place="", at=clock)
    decide_next_meeting(meeting=meeting, starts_at=clock + WEEK, place="", at=clock)
    close_meeting(meeting=meeting, at=clock, on=clock.date())
    tries: list[Callable[[], object]] = [
        lambda: propose_time(meeting=meeting, starts_at=clock + 3 * WEEK, place="", at=clock),
        lambda: withdraw_time(option=option),
        lambda: choose_times(meeting=meeting, membership=amina, options=[option.pk]),
        lambda: decide_next_meeting(meeting=meeting, starts_at=clock + 3 * WEEK, place="", at=clock),
    ]
    for attempt in tries:
        with pytest.raises(Refused) as no:
            attempt()
        assert no.value.status == 409
    assert DateAnswer.objects.count() == 0


def test_a_meeting_that_has_begun_is_not_moved(meeting: Meeting, clock: datetime) -> None:
    with pytest.raises(Refused):
        move_meeting(meeting=meeting, starts_at=clock + WEEK, place="", at=clock)


def test_nothing_else_in_the_program_closes_a_meeting() -> None:
    """The promise holds because there is one door: only `close_meeting` sets `closed_at` of a meeting."""
    package = Path(brobygget.__file__).parent
    writes = re.compile(r"\.closed_at\s*=(?!=)|(update|create)\([^)]*closed_at")
    writers = {
        str(path.relative_to(package))
        for path in (package / "circles").rglob("*.py")
        if writes.search(path.read_text(encoding="utf-8"))
    }
    assert writers == {"circles/commands/next_meeting.py"}


def test_the_link_answers_until_a_new_one_is_made(circle: Circle, other_circle: Circle) -> None:
    old = times.time_token(circle)
    assert times.circle_of_token(old) == circle
    renew_time_link(circle=circle)
    assert times.circle_of_token(old) is None
    assert times.circle_of_token(times.time_token(circle)) == circle


@pytest.mark.parametrize(
    "wrong", ["", "x", "1", "1-", "-", "999999-abc", "²-x", "1" * 400, "1-\udcff", "٣-a"]
)
def test_a_made_up_link_finds_nothing(circle: Circle, other_circle: Circle, wrong: str) -> None:
    assert times.circle_of_token(wrong) is None
    swapped = f"{other_circle.pk}-{times.time_token(circle).partition('-')[2]}"
    assert times.circle_of_token(swapped) is None


def test_the_meeting_that_goes_on_is_still_the_answer(
    meeting: Meeting, circle: Circle, clock: datetime
) -> None:
    assert times.coming_meeting(circle, at=clock + timedelta(hours=6)) == meeting
    Meeting.objects.update(opened_at=None)
    assert times.coming_meeting(circle, at=clock + timedelta(hours=3)) is not None
    assert times.coming_meeting(circle, at=clock + timedelta(hours=6)) is None
