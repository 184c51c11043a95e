"""Älvnäs is as the story tells it, to the last figure, loaded by the program's own commands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Count
from pytest_django import DjangoDbBlocker

from brobygget.circles import plans, study_rule
from brobygget.circles.models import Attendance, Circle, Homework, Meeting, PulseAnswer, Turn
from brobygget.circles.queries import attendance
from brobygget.house.models import Partner
from brobygget.house.queries import reception
from brobygget.ideas.models import Dot, DotsGiven, Fate, Idea, Proposal
from brobygget.operations.demo import loading
from brobygget.operations.demo.loading import Town
from brobygget.people.models import Participant

# The town is told once, and everybody looks at the same one.
pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """Loaded once for all that only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        loaded = loading.load_town(chapter="F")
        assert loaded is not None
        yield loaded
        transaction.set_rollback(True)


@pytest.fixture
def town(_loaded: Town, db: None) -> Town:
    return _loaded


def test_four_partners_own_the_house_and_one_answers_for_the_data(town: Town) -> None:
    assert Partner.objects.count() == 4
    assert [partner.name for partner in Partner.objects.filter(is_host=True)] == [
        "Älvnäs integration och samverkan"
    ]


def test_the_week_at_the_reception_is_650_and_100(town: Town) -> None:
    week = reception.week_of(town.house, date(2027, 1, 20))
    assert [day.adults for day in week.days] == [128, 134, 141, 130, 117]
    assert [day.children for day in week.days] == [19, 22, 21, 20, 18]
    assert (week.adults, week.children, week.adults_a_day, week.children_a_day) == (650, 100, 130, 20)


def test_five_and_three_people_come(town: Town) -> None:
    assert Participant.objects.count() == 8
    assert sorted(seat.is_organiser for seat in town.members.values()) == [False] * 5 + [True] * 3


def test_the_round_took_68_minutes_where_64_were_planned_and_the_ideas_gave_up_four(town: Town) -> None:
    turns = list(Turn.objects.order_by("position"))
    took = turns[-1].ended_at - turns[0].began_at  # type: ignore[operator]
    first = Meeting.objects.get(number=1)
    planned = {step.kind: step.minutes for step in plans.first_evening(people=8, minutes=135)}
    became = dict(first.steps.values_list("kind", "planned_minutes"))
    assert (planned["round"], took) == (64, timedelta(minutes=68))
    assert became == {**planned, "round": 68, "ideas": planned["ideas"] - 4}
    assert turns[0].membership.participant.alias == "Jonas"


def test_eleven_ideas_in_five_languages_written_spoken_and_drawn(town: Town) -> None:
    assert Idea.objects.count() == 11
    assert set(Idea.objects.values_list("language", flat=True)) == {"sv", "fa", "ar", "so", "uk"}
    assert set(Idea.objects.values_list("channel", flat=True)) == {"typed", "spoken", "drawn"}


def test_seven_proposals_and_21_dots(town: Town) -> None:
    dots = Proposal.objects.annotate(dots_given=Count("dots")).order_by("number")
    assert [proposal.dots_given for proposal in dots] == [12, 5, 4, 0, 0, 0, 0]
    assert (Dot.objects.count(), DotsGiven.objects.count()) == (21, 7)


def test_one_is_tried_on_a_condition_and_six_are_parked_with_reason_and_date(town: Town) -> None:
    tried = Proposal.objects.get(fates__kind=Fate.Kind.TRIED)
    assert tried.consent.concerns.get().condition == "Varje bord har något att göra med händerna."
    parked = Fate.objects.filter(kind=Fate.Kind.PARKED)
    assert len(parked) == 6
    assert all(fate.reason and fate.look_again_on for fate in parked)


def test_attendance_is_8_7_8_8_and_hassan_missed_one(town: Town) -> None:
    meetings = Meeting.objects.filter(closed_at__isnull=False).order_by("number")
    assert [meeting.attendances.count() for meeting in meetings] == [8, 7, 8, 8]
    hassan = town.members["Hassan"]
    assert list(Attendance.objects.filter(membership=hassan).values_list("meeting__number", flat=True)) == [
        1,
        3,
        4,
    ]


def test_twelve_study_hours_and_93_person_hours(town: Town) -> None:
    held = Meeting.objects.filter(closed_at__isnull=False)
    assert sum(meeting.study_hours for meeting in held) == 12
    assert sum(meeting.study_hours * meeting.attendances.count() for meeting in held) == 93


def test_the_study_rule_passes_at_the_third_meeting_and_for_hassan_at_the_fourth(town: Town) -> None:
    evenings = attendance.evenings_of(Circle.objects.get())
    passed = [study_rule.progress_of_circle(evenings[:held]).has_passed for held in (1, 2, 3, 4)]
    assert passed == [False, False, True, True]
    by_alias = {
        alias: [study_rule.progress_of_person(seat.pk, evenings[:held]).has_passed for held in (3, 4)]
        for alias, seat in town.members.items()
    }
    assert by_alias.pop("Hassan") == [False, True]
    assert set(map(tuple, by_alias.values())) == {(True, True)}


def test_every_meeting_has_homework_and_eight_or_seven_taps(town: Town) -> None:
    assert Homework.objects.count() == 4
    taps = [PulseAnswer.objects.filter(meeting__number=number).count() for number in (1, 2, 3, 4)]
    assert taps == [8, 7, 8, 8]


def test_the_circle_meets_again(town: Town) -> None:
    circle = Circle.objects.get()
    assert circle.ended_on is None
    assert circle.meetings.filter(closed_at=None).get().number == 5
