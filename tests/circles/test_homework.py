"""Homework: one question for everyone, answered on any way, read without names."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from scipy.optimize import linear_sum_assignment

from brobygget.circles.commands import Refused
from brobygget.circles.commands.homework import answer_homework, set_homework, take_away_answer
from brobygget.circles.models import Circle, Homework, HomeworkAnswer, HomeworkDone, Meeting, Membership
from brobygget.circles.queries import homework as questions
from brobygget.people.models import Account

pytestmark = pytest.mark.django_db
Member = Callable[..., Membership]
QUESTION = "Fråga en person vad en förening har gett dem."


@pytest.fixture
def homework(meeting: Meeting) -> Homework:
    return set_homework(meeting=meeting, question=QUESTION, language="sv")


def test_answers_come_by_link_on_paper_and_aloud(
    homework: Homework, circle: Circle, member: Member, amina: Membership
) -> None:
    organiser = member(circle, "Jonas", organiser=True)
    member(circle, "Yusuf", "so")
    answer_homework(homework=homework, membership=amina, text="Vänner", language="ar", channel="link")
    answer_homework(homework=homework, membership=organiser, text="Ett lag", language="sv", channel="paper")
    assert questions.progress_of(homework) == questions.HomeworkProgress(answered=2, people=3)
    answer_homework(homework=homework, membership=None, text="Sång", language="so", channel="aloud")
    assert questions.progress_of(homework).answered == 3
    assert {answer.channel for answer in questions.answers_to(homework)} == {"link", "paper", "aloud"}
    with pytest.raises(Refused):
        answer_homework(homework=homework, membership=None, text="En fjärde", language="sv", channel="aloud")


def test_a_second_answer_is_refused_and_the_first_one_stays(homework: Homework, amina: Membership) -> None:
    answer_homework(homework=homework, membership=amina, text="Vänner", language="ar", channel="link")
    with pytest.raises(Refused):
        answer_homework(homework=homework, membership=amina, text="Annat", language="ar", channel="link")
    assert [answer.text for answer in questions.answers_to(homework)] == ["Vänner"]


def test_somebody_of_another_circle_cannot_answer(homework: Homework, chidi: Membership) -> None:
    with pytest.raises(Refused):
        answer_homework(homework=homework, membership=chidi, text="Hej", language="en", channel="link")
    assert not HomeworkAnswer.objects.exists()


def test_the_question_stays_when_somebody_has_answered(
    homework: Homework, meeting: Meeting, amina: Membership
) -> None:
    set_homework(meeting=meeting, question="Bättre ord?", language="sv")
    answer_homework(homework=homework, membership=amina, text="Vänner", language="ar", channel="link")
    with pytest.raises(Refused):
        set_homework(meeting=meeting, question="En annan?", language="sv")
    assert Homework.objects.get().question == "Bättre ord?"


def test_a_closed_meeting_gives_no_homework(meeting: Meeting, clock: datetime) -> None:
    Meeting.objects.update(closed_at=clock)
    with pytest.raises(Refused):
        set_homework(meeting=meeting, question=QUESTION, language="sv")


def test_it_is_answered_between_the_meetings_and_opens_the_next(
    homework: Homework, circle: Circle, amina: Membership, clock: datetime
) -> None:
    Meeting.objects.update(closed_at=clock)
    second = Meeting.objects.create(circle=circle, number=2, starts_at=clock + timedelta(days=7))
    answer_homework(homework=homework, membership=amina, text="Vänner", language="ar", channel="link")
    found = questions.homework_for(second)
    assert found == homework
    Meeting.objects.filter(pk=second.pk).update(closed_at=clock + timedelta(days=7))
    with pytest.raises(Refused):
        answer_homework(homework=homework, membership=None, text="Sent", language="sv", channel="aloud")


def test_answers_are_read_one_at_a_time(homework: Homework, circle: Circle, member: Member) -> None:
    assert questions.answer_at(homework, 1) is None
    for number in range(3):
        who = member(circle, f"Gäst {number}")
        answer_homework(
            homework=homework, membership=who, text=f"Svar {number}", language="sv", channel="link"
        )
    shown = [questions.answer_at(homework, place) for place in (1, 2, 3)]
    assert {each.answer.text for each in shown if each} == {"Svar 0", "Svar 1", "Svar 2"}
    assert [(each.before, each.after) for each in shown if each] == [(0, 2), (1, 3), (2, 0)]
    beyond = questions.answer_at(homework, 99)
    assert beyond is not None
    assert beyond.place == 3


def test_the_leader_takes_an_answer_away_by_its_words(homework: Homework, amina: Membership) -> None:
    answer_homework(homework=homework, membership=amina, text="Taskigt", language="sv", channel="link")
    take_away_answer(homework=homework, text="Något annat")
    assert homework.answers.count() == 1
    take_away_answer(homework=homework, text="Taskigt")
    assert homework.answers.count() == 0


def test_no_order_of_rows_tells_who_answered_what(circle: Circle, member: Member, clock: datetime) -> None:
    people = [member(circle, f"Gäst {number}") for number in range(5)]
    rng = random.Random(3)
    guessed = np.zeros((5, 5))
    for number in range(40):
        meeting = Meeting.objects.create(circle=circle, number=number + 1, starts_at=clock)
        homework = Homework.objects.create(meeting=meeting, question=QUESTION, language="sv")
        order = rng.sample(people, 5)
        for who in order:
            answer_homework(
                homework=homework, membership=who, text=str(who.seat), language="sv", channel="link"
            )
        done = (
            HomeworkDone.objects.filter(homework=homework)
            .order_by("pk")
            .values_list("membership__seat", flat=True)
        )
        told = [int(answer.text) for answer in questions.answers_to(homework)]
        for came, seat in enumerate(done):
            guessed[came, told.index(seat)] += 1
    rows, columns = linear_sum_assignment(-guessed)
    assert guessed.sum() == 200
    assert guessed[rows, columns].sum() / 200 < 0.45


def test_the_leader_asks_a_phone_answers_and_paper_is_typed_in(
    meeting: Meeting,
    circle: Circle,
    amina: Membership,
    member: Member,
    birgit: Account,
    client_of: Callable[[Membership], Client],
    client_of_account: Callable[[Account], Client],
    press: Callable[..., HttpResponse],
) -> None:
    yusuf = member(circle, "Yusuf", "so")
    phone, leader = client_of(amina), client_of_account(birgit)
    url = reverse("circles:homework", args=[meeting.pk])
    press(leader, reverse("circles:homework_set", args=[meeting.pk]), text=QUESTION, language="sv")
    assert QUESTION in phone.get(url).content.decode()
    press(phone, reverse("circles:homework_answer", args=[meeting.pk]), text="أصدقاء", language="ar")
    assert "send-my-answer" not in phone.get(url).content.decode()
    press(
        leader,
        reverse("circles:homework_write", args=[meeting.pk]),
        text="Sång",
        language="so",
        channel="paper",
        who=yusuf.pk,
    )
    assert "2 av 2 har svarat" in leader.get(url).content.decode()
    assert "har svarat</p>" not in phone.get(url).content.decode()
    first = leader.get(reverse("circles:homework_answers", args=[meeting.pk])).content.decode()
    second = leader.get(reverse("circles:homework_answers", args=[meeting.pk]) + "?answer=2").content.decode()
    assert ("Sång" in first) != ("Sång" in second)
    assert "Amina" not in first + second


def test_the_circle_reads_the_answers_when_the_next_meeting_begins(
    homework: Homework,
    circle: Circle,
    meeting: Meeting,
    amina: Membership,
    clock: datetime,
    client_of: Callable[[Membership], Client],
) -> None:
    answer_homework(homework=homework, membership=amina, text="Vänner", language="sv", channel="link")
    phone, url = client_of(amina), reverse("circles:homework_answers", args=[meeting.pk])
    assert "Vänner" not in phone.get(url).content.decode()
    Meeting.objects.create(circle=circle, number=2, starts_at=clock, opened_at=clock)
    assert "Vänner" in phone.get(url).content.decode()


@pytest.mark.parametrize("text", ["", "🎉🎉", "å" * 10_000, "811218-9876"])
def test_an_answer_that_cannot_be_read_stays_in_the_form(
    homework: Homework,
    meeting: Meeting,
    amina: Membership,
    client_of: Callable[[Membership], Client],
    press: Callable[..., HttpResponse],
    text: str,
) -> None:
    answer = press(
        client_of(amina), reverse("circles:homework_answer", args=[meeting.pk]), text=text, language="ar"
    )
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert not HomeworkAnswer.objects.exists()


@pytest.mark.parametrize("place", ["0", "-1", "x", "9" * 400, "²"])
def test_a_made_up_place_shows_an_answer(
    homework: Homework,
    meeting: Meeting,
    amina: Membership,
    birgit: Account,
    client_of_account: Callable[[Account], Client],
    place: str,
) -> None:
    answer_homework(homework=homework, membership=amina, text="Vänner", language="sv", channel="link")
    url = reverse("circles:homework_answers", args=[meeting.pk])
    assert "Vänner" in client_of_account(birgit).get(url, {"answer": place}).content.decode()
