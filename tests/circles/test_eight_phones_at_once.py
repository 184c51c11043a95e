"""Eight phones press in the same moment: nothing is lost and nothing counts twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from brobygget.circles.commands import Refused
from brobygget.circles.commands.homework import answer_homework, set_homework
from brobygget.circles.commands.next_meeting import close_meeting, decide_next_meeting
from brobygget.circles.commands.pulse import give_pulse
from brobygget.circles.models import (
    Circle,
    HomeworkAnswer,
    HomeworkDone,
    Meeting,
    Membership,
    PulseAnswer,
    PulseGiven,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(presses: list[Callable[[], object]]) -> list[Refused]:
    """Let all presses go in the same moment; give back those that were refused."""
    gate, refused, broken = Barrier(len(presses)), list[Refused](), list[BaseException]()

    def run(press: Callable[[], object]) -> None:
        gate.wait()
        try:
            press()
        except Refused as no:
            refused.append(no)
        except BaseException as wrong:
            broken.append(wrong)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[press]) for press in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return refused


@pytest.fixture
def eight(circle: Circle, member: Callable[..., Membership]) -> list[Membership]:
    return [member(circle, f"Gäst {number}") for number in range(8)]


def test_eight_taps_are_eight_answers_and_a_doubled_tap_is_one(
    meeting: Meeting, eight: list[Membership]
) -> None:
    values = [1, 2, 3, 4, 5, 5, 4, 3]
    presses: list[Callable[[], object]] = [
        lambda who=who, value=value: give_pulse(meeting=meeting, membership=who, moment=0, value=value)
        for who, value in zip(eight, values, strict=True)
        for _ in range(2)
    ]
    refused = at_once(presses)
    assert len(refused) == 8
    assert PulseGiven.objects.count() == 8
    assert sorted(PulseAnswer.objects.values_list("value", flat=True)) == sorted(values)


def test_eight_answers_to_the_homework_keep_all_their_words(
    meeting: Meeting, eight: list[Membership]
) -> None:
    homework = set_homework(meeting=meeting, question="Vad gav en förening?", language="sv")
    at_once(
        [
            lambda who=who: answer_homework(
                homework=homework, membership=who, text=f"svar {who.seat}", language="sv", channel="link"
            )
            for who in eight
        ]
    )
    assert HomeworkDone.objects.count() == 8
    assert set(HomeworkAnswer.objects.values_list("text", flat=True)) == {f"svar {who.seat}" for who in eight}


def test_two_leaders_decide_and_close_once(meeting: Meeting, circle: Circle, clock: datetime) -> None:
    def decide(days: int) -> object:
        return decide_next_meeting(
            meeting=meeting, starts_at=clock + timedelta(days=days), place="", at=clock
        )

    assert at_once([lambda: decide(7), lambda: decide(14)]) == []
    assert list(circle.meetings.order_by("number").values_list("number", flat=True)) == [1, 2]
    closed = at_once([lambda: close_meeting(meeting=meeting, at=clock, on=clock.date()) for _ in range(2)])
    assert len(closed) == 1
