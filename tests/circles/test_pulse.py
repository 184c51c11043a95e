"""The trust pulse: one tap each, shown to all together, and nobody's."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from scipy.optimize import linear_sum_assignment

from brobygget.circles.commands import Refused
from brobygget.circles.commands.next_meeting import close_meeting
from brobygget.circles.commands.pulse import give_pulse, show_pulse
from brobygget.circles.models import Circle, Meeting, Membership, PulseAnswer, PulseGiven, Round, Step, Turn
from brobygget.circles.queries import pulse
from brobygget.people.models import Account
from brobygget.web.models import Receipt

pytestmark = pytest.mark.django_db
Member = Callable[..., Membership]


@pytest.fixture
def eight(circle: Circle, member: Member) -> list[Membership]:
    return [member(circle, f"Gäst {number}") for number in range(8)]


def tap(meeting: Meeting, people: list[Membership], values: list[int], moment: int = 0) -> None:
    for who, value in zip(people, values, strict=True):
        give_pulse(meeting=meeting, membership=who, moment=moment, value=value)


def place_in_table(model: type) -> str:
    return "ctid" if connection.vendor == "postgresql" else "rowid"


def test_a_second_tap_in_the_same_moment_is_refused_and_not_counted(
    meeting: Meeting, eight: list[Membership]
) -> None:
    give_pulse(meeting=meeting, membership=eight[0], moment=0, value=5)
    with pytest.raises(Refused) as no:
        give_pulse(meeting=meeting, membership=eight[0], moment=0, value=1)
    assert no.value.status == 409
    assert list(PulseAnswer.objects.values_list("value", flat=True)) == [5]


def test_a_value_outside_one_to_five_and_a_moment_that_has_not_come_are_refused(
    meeting: Meeting, eight: list[Membership]
) -> None:
    for moment, value in [(0, 0), (0, 6), (0, -1), (1, 3), (-1, 3)]:
        with pytest.raises(Refused):
            give_pulse(meeting=meeting, membership=eight[0], moment=moment, value=value)
    assert not PulseGiven.objects.exists()


def test_somebody_of_another_circle_cannot_tap(meeting: Meeting, chidi: Membership) -> None:
    with pytest.raises(Refused):
        give_pulse(meeting=meeting, membership=chidi, moment=0, value=3)
    assert not PulseAnswer.objects.exists()


def test_a_meeting_that_is_closed_or_has_not_begun_takes_no_tap(
    meeting: Meeting, eight: list[Membership], clock: datetime
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=None)
    with pytest.raises(Refused):
        give_pulse(meeting=meeting, membership=eight[0], moment=0, value=3)
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=clock, closed_at=clock)
    with pytest.raises(Refused):
        give_pulse(meeting=meeting, membership=eight[0], moment=0, value=3)
    assert not PulseGiven.objects.exists()


def test_four_answers_stay_hidden_even_when_the_meeting_is_closed(
    meeting: Meeting, eight: list[Membership], clock: datetime
) -> None:
    tap(meeting, eight[:4], [5, 5, 4, 4])
    close_meeting(meeting=meeting, at=clock, on=clock.date(), ending="Vi är klara.")
    assert [point.mean for point in pulse.curve_of_meetings(meeting.circle)] == [None]


def test_five_answers_are_shown_when_nobody_can_tap_any_more(
    meeting: Meeting, eight: list[Membership], clock: datetime
) -> None:
    tap(meeting, eight[:5], [5, 5, 4, 4, 3])
    assert [point.mean for point in pulse.curve_of_meetings(meeting.circle)] == [None]
    show_pulse(meeting=meeting, moments=[0])
    assert [point.mean for point in pulse.curve_of_meetings(meeting.circle)] == [pytest.approx(4.2)]


def test_the_curve_is_shown_at_once_when_everybody_has_answered(
    meeting: Meeting, eight: list[Membership]
) -> None:
    tap(meeting, eight[:7], [4] * 7)
    assert pulse.curve_of_meetings(meeting.circle)[0].mean is None
    give_pulse(meeting=meeting, membership=eight[7], moment=0, value=4)
    assert pulse.curve_of_meetings(meeting.circle)[0].mean == 4


def test_the_shown_curve_cannot_be_moved_by_one_more_tap(meeting: Meeting, eight: list[Membership]) -> None:
    tap(meeting, eight[:6], [3] * 6)
    show_pulse(meeting=meeting, moments=[0])
    with pytest.raises(Refused) as no:
        give_pulse(meeting=meeting, membership=eight[7], moment=0, value=1)
    assert "visats" in no.value.sentence
    assert pulse.curve_of_meetings(meeting.circle)[0].mean == 3


def test_the_leader_cannot_show_four_answers(meeting: Meeting, eight: list[Membership]) -> None:
    tap(meeting, eight[:4], [1, 2, 3, 4])
    with pytest.raises(Refused):
        show_pulse(meeting=meeting, moments=[0])
    assert PulseGiven.objects.count() == 4


def test_each_turn_of_the_round_is_a_moment_of_its_own(
    meeting: Meeting, eight: list[Membership], clock: datetime
) -> None:
    step = Step.objects.create(meeting=meeting, kind="round", position=1, planned_minutes=64, began_at=clock)
    the_round = Round.objects.create(step=step, prompt="here", order="seat")
    for place in (1, 2):
        Turn.objects.create(round=the_round, membership=eight[place], position=place, began_at=clock)
    Turn.objects.create(round=the_round, membership=eight[3], position=3)
    tap(meeting, eight[:5], [1, 2, 3, 4, 5], moment=1)
    tap(meeting, eight[:4], [5, 5, 5, 5], moment=2)
    with pytest.raises(Refused):
        give_pulse(meeting=meeting, membership=eight[0], moment=3, value=3)
    show_pulse(meeting=meeting, moments=pulse.turns_begun(meeting))
    shown = [(point.number, point.mean) for point in pulse.curve_of_round(meeting)]
    assert shown == [(1, 3), (2, None)]
    give_pulse(meeting=meeting, membership=eight[4], moment=2, value=5)


def test_neither_table_has_a_time_nor_a_way_to_the_other() -> None:
    fields = {model: {f.name for f in model._meta.get_fields()} for model in (PulseGiven, PulseAnswer)}
    assert fields[PulseGiven] == {"id", "meeting", "membership", "moment"}
    assert fields[PulseAnswer] == {"id", "meeting", "moment", "value"}


def best_matching(counts: np.ndarray) -> float:
    """The share that the best fixed matching of places gets right."""
    rows, columns = linear_sum_assignment(-counts)
    return float(counts[rows, columns].sum() / counts.sum())


@pytest.mark.parametrize("order_by", ["id", "place in the table", "receipt"])
def test_no_order_of_rows_tells_who_tapped_what(
    circle: Circle,
    member: Member,
    clock: datetime,
    order_by: str,
    client_of: Callable[[Membership], Client],
    press: Callable[..., object],
) -> None:
    """Five people tap 1 to 5 in many meetings; the best matching of the two tables' orders is as good as chance."""
    people = [member(circle, f"Gäst {number}") for number in range(5)]
    phones = [client_of(who) for who in people]
    rng = random.Random(7)
    evenings = 8 if order_by == "receipt" else 50
    guessed = np.zeros((5, 5))
    for number in range(evenings):
        meeting = Meeting.objects.create(
            circle=circle, number=number + 1, starts_at=clock + timedelta(days=number), opened_at=clock
        )
        values = rng.sample(range(1, 6), 5)
        for phone, who, value in zip(phones, people, values, strict=True):
            if order_by == "receipt":
                press(phone, f"/meetings/{meeting.pk}/pulse/tap/", moment=0, secret_step=value)
            else:
                give_pulse(meeting=meeting, membership=who, moment=0, value=value)
        answers = PulseAnswer.objects.filter(meeting=meeting)
        if order_by == "place in the table":
            answers = answers.extra(select={"place": place_in_table(PulseAnswer)}).order_by("place")
        else:
            answers = answers.order_by("id")
        found = list(answers.values_list("value", flat=True))
        assert sorted(found) == [1, 2, 3, 4, 5]
        for place, value in enumerate(found):
            guessed[place, values.index(value)] += 1
    if order_by == "receipt":
        assert len(set(Receipt.objects.values_list("fingerprint", flat=True))) == evenings
        return
    # Chance gives each cell 1/5; the best of all matchings is somewhat better. An order that tells gives 1.
    assert best_matching(guessed) < 0.42
    assert best_matching(np.eye(5) * evenings) == 1


def test_all_answers_of_a_moment_carry_the_same_mark_of_their_transaction(
    meeting: Meeting, eight: list[Membership]
) -> None:
    """On PostgreSQL every row tells which transaction wrote it; the answers are written anew together."""
    tap(meeting, eight, [1, 2, 3, 4, 5, 1, 2, 3])
    before = set(PulseAnswer.objects.values_list("id", flat=True))
    PulseGiven.objects.filter(membership=eight[0]).delete()
    give_pulse(meeting=meeting, membership=eight[0], moment=0, value=1)
    after = set(PulseAnswer.objects.values_list("id", flat=True))
    assert len(after) == 9
    assert not before & after


def test_the_page_offers_five_steps_in_the_phones_language(
    meeting: Meeting, amina: Membership, client_of: Callable[[Membership], Client]
) -> None:
    page = client_of(amina).get(reverse("circles:pulse", args=[meeting.pk])).content.decode()
    assert page.count('name="secret_step"') == 5
    assert 'dir="rtl"' in page
    assert "تمامًا" in page


def test_a_second_tap_on_the_phone_gets_a_clear_sentence(
    meeting: Meeting,
    amina: Membership,
    client_of: Callable[[Membership], Client],
    press: Callable[..., HttpResponse],
) -> None:
    phone, url = client_of(amina), reverse("circles:pulse_tap", args=[meeting.pk])
    key = str(uuid.uuid4())
    first = press(phone, url, key=key, moment=0, secret_step=4)
    doubled = press(phone, url, key=key, moment=0, secret_step=4)
    assert (first.status_code, doubled.status_code) == (302, 302)
    again = press(phone, url, moment=0, secret_step=1)
    assert again.status_code == 409
    assert "حُسبت ضغطتك الأولى" in again.content.decode()
    assert list(PulseAnswer.objects.values_list("value", flat=True)) == [4]


@pytest.mark.parametrize(
    "fields", [{}, {"moment": "x", "secret_step": "3"}, {"moment": "0", "secret_step": "9" * 5000}]
)
def test_nonsense_gets_a_sentence_and_no_row(
    meeting: Meeting,
    amina: Membership,
    client_of: Callable[[Membership], Client],
    press: Callable[..., HttpResponse],
    fields: dict[str, str],
) -> None:
    answer = press(client_of(amina), reverse("circles:pulse_tap", args=[meeting.pk]), **fields)
    assert answer.status_code == 422
    assert not PulseGiven.objects.exists()


def test_the_leader_sees_a_number_and_shows_the_curve(
    meeting: Meeting,
    eight: list[Membership],
    birgit: Account,
    client_of_account: Callable[[Account], Client],
    press: Callable[..., HttpResponse],
) -> None:
    leader, url = client_of_account(birgit), reverse("circles:pulse", args=[meeting.pk])
    tap(meeting, eight[:4], [5, 5, 5, 5])
    assert "4 av 8 har svarat" in leader.get(url).content.decode()
    refused = press(leader, reverse("circles:pulse_show", args=[meeting.pk]), about="meeting")
    assert refused.status_code == 422
    tap(meeting, eight[4:5], [1])
    assert press(leader, reverse("circles:pulse_show", args=[meeting.pk]), about="meeting").status_code == 302
    page = leader.get(url).content.decode()
    assert "<td>4,2</td>" in page
    assert not any(who.participant.alias in page for who in eight)
