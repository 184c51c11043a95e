"""The wall shows homework, customs and the next time, one at a time and without names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from brobygget.circles.commands.customs import answer_custom, hide_custom, tell_custom
from brobygget.circles.commands.homework import answer_homework, set_homework
from brobygget.circles.commands.next_meeting import choose_times, decide_next_meeting, propose_time
from brobygget.circles.models import Circle, Meeting, Membership, Step
from brobygget.circles.queries.circles import wall_token
from brobygget.circles.queries.wall import step_now, wall_part

pytestmark = pytest.mark.django_db


def begin(meeting: Meeting, kind: str, clock: datetime) -> Step:
    meeting.steps.update(ended_at=clock)
    return Step.objects.create(meeting=meeting, kind=kind, position=9, planned_minutes=10, began_at=clock)


def address(circle: Circle) -> str:
    return reverse("circles:wall_between", args=[circle.pk, wall_token(circle)])


def test_answers_to_the_last_homework_come_one_at_a_time(
    circle: Circle, meeting: Meeting, member: Callable[..., Membership], clock: datetime
) -> None:
    homework = set_homework(meeting=meeting, question="Vad gav en förening?", language="sv")
    for name in ("Amina", "Yusuf"):
        who = member(circle, name)
        answer_homework(
            homework=homework, membership=who, text=f"{name[0]}-svar", language="sv", channel="link"
        )
    second = Meeting.objects.create(circle=circle, number=2, starts_at=clock, opened_at=clock)
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=clock)
    step = begin(second, "homework", clock)
    shown = [wall_part(step, turn).shown for turn in (0, 1, 2)]
    told = [each.answer.text for each in shown if each]
    assert sorted(told[:2]) == ["A-svar", "Y-svar"]
    assert told[2] == told[0]
    page = Client().get(address(circle)).content.decode()
    assert ("A-svar" in page) != ("Y-svar" in page)
    assert "Amina" not in page


def test_a_new_question_stands_alone(circle: Circle, meeting: Meeting, clock: datetime) -> None:
    begin(meeting, "homework", clock)
    assert Client().get(address(circle)).status_code == 204
    set_homework(meeting=meeting, question="Vad gav en förening?", language="sv")
    page = Client().get(address(circle)).content.decode()
    assert "Vad gav en förening?" in page
    assert "Tills vi ses igen" in page


def test_a_custom_with_its_answers_and_nothing_that_was_put_away(
    circle: Circle, meeting: Meeting, clock: datetime, today: date
) -> None:
    begin(meeting, "customs", clock)
    hide_custom(custom=tell_custom(circle=circle, text="Bort", language="sv", on=today), on=today)
    assert Client().get(address(circle)).status_code == 204
    told = tell_custom(circle=circle, text="Vi fikar", language="sv", on=today)
    answer_custom(custom=told, text="نشرب الشاي", language="ar", on=today)
    page = Client().get(address(circle)).content.decode()
    assert "Vi fikar" in page
    assert 'lang="ar" dir="auto"' in page
    assert "Bort" not in page


def test_times_with_numbers_and_then_the_one_that_was_decided(
    circle: Circle, meeting: Meeting, amina: Membership, clock: datetime
) -> None:
    begin(meeting, "next", clock)
    option = propose_time(meeting=meeting, starts_at=clock + timedelta(days=7), place="", at=clock)
    choose_times(meeting=meeting, membership=amina, options=[option.pk])
    asked = Client().get(address(circle)).content.decode()
    assert "1 kan komma" in asked
    assert "fredag 29 januari" in asked
    decide_next_meeting(meeting=meeting, starts_at=option.starts_at, place="Rum 2", at=clock)
    decided = Client().get(address(circle)).content.decode()
    assert "Rum 2" in decided
    assert "kan komma" not in decided
    assert "Amina" not in asked + decided


def test_nothing_is_shown_outside_these_parts_and_behind_a_wrong_secret(
    circle: Circle, other_circle: Circle, meeting: Meeting, clock: datetime
) -> None:
    assert step_now(circle) is None
    assert Client().get(address(circle)).status_code == 204
    begin(meeting, "ideas", clock)
    assert Client().get(address(circle)).status_code == 204
    wrong = reverse("circles:wall_between", args=[other_circle.pk, wall_token(circle)])
    assert Client().get(wrong).status_code == 404


def test_nothing_new_is_not_sent_again(circle: Circle, meeting: Meeting, clock: datetime) -> None:
    begin(meeting, "homework", clock)
    set_homework(meeting=meeting, question="Vad gav en förening?", language="sv")
    wall = Client()
    first = wall.get(address(circle))
    again = wall.get(address(circle), headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
