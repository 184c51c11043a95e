"""A waiting list that is used: a cancellation calls the next by itself, and the one after when the time passes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from brobygget.house.commands.refused import Refused
from brobygget.openhouse import jobs
from brobygget.openhouse.commands import events, places, waiting
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.commands.sending import send_due_mails
from brobygget.openhouse.models import Answer, Invitation, OpenHouse, Place, PlaceCall, Sending
from brobygget.openhouse.plans.answer_time import AT_LEAST, EVENING, MORNING, answer_by
from brobygget.openhouse.queries import places as queries
from brobygget.people.models import Account
from brobygget.web import clock as real_clock
from brobygget.web.moments import SWEDEN
from tests.conftest import NOW, TODAY
from tests.openhouse.conftest import DAY, FACTS, swedish, three_hundred_more

Press = Callable[..., Any]
Screen = Callable[[Account], Client]
GIVEN = swedish(date(2027, 3, 17))
STARTS = swedish(DAY, 11)


@pytest.fixture
def seven(the_day: OpenHouse, frozen: OpenHouse, invited: Any, says: Any) -> list[Invitation]:
    """Three have places, four wait; number five has no e-mail."""
    found = []
    for number in range(7):
        facts = {"phone": "0980-5"} if number == 4 else {"email": f"f{number}@a.example"}
        one = invited(f"Förening {number}", **facts)
        says(one, at=NOW + timedelta(minutes=number), kind="m")
        found.append(one)
    places.give_places(frozen, at=GIVEN)
    send_due_mails(the_day.house, address="https://a.example", at=GIVEN)
    mail.outbox.clear()
    return found


def _mails(the_day: OpenHouse, at: datetime) -> list[str]:
    """Who is written to now."""
    mail.outbox.clear()
    send_due_mails(the_day.house, address="https://a.example", at=at)
    return [one.to[0] for one in mail.outbox]


def _have(the_day: OpenHouse) -> list[str]:
    return [one.association.name[-1] for one in queries.have_places(the_day)]


def test_everybody_is_told_what_they_got(the_day: OpenHouse, seven: list[Invitation]) -> None:
    about = list(Sending.objects.order_by("pk").values_list("about", "sent_at"))
    assert about == [("place", GIVEN)] * 3 + [("waiting", GIVEN)] * 3  # number five has no address
    assert _have(the_day) == ["0", "1", "2"]


def test_a_cancellation_calls_the_next_by_itself_and_the_time_runs_from_the_mail(
    the_day: OpenHouse, seven: list[Invitation]
) -> None:
    at = GIVEN + timedelta(days=1)
    waiting.give_up_place(seven[1], at=at)
    call = PlaceCall.objects.get()
    assert (call.place.invitation, call.told_at, call.answer_by) == (seven[3], None, None)
    assert _mails(the_day, at + timedelta(minutes=1)) == ["f3@a.example"]
    call.refresh_from_db()
    assert call.answer_by == at + timedelta(days=3, minutes=1)
    assert "Svara senast" in mail.outbox[0].body
    waiting.answer_call(call, is_yes=True, at=at + timedelta(hours=1))
    assert _have(the_day) == ["0", "2", "3"]
    assert _mails(the_day, at + timedelta(hours=1)) == ["f3@a.example"]
    assert waiting.places_left(the_day) == 0


def test_a_no_calls_the_one_after(the_day: OpenHouse, seven: list[Invitation], says: Any) -> None:
    waiting.give_up_place(seven[0], at=GIVEN)
    waiting.answer_call(PlaceCall.objects.get(), is_yes=False, at=GIVEN)
    first, second = PlaceCall.objects.order_by("pk")
    assert (first.said, second.place.invitation, second.is_open) == ("no", seven[4], True)
    assert Answer.objects.get(invitation=seven[3]).said == "no"
    assert queries.calls_to_make(the_day, at=GIVEN) == [second]  # no e-mail: a person calls


def test_when_the_time_passes_the_one_after_is_called_by_the_worker(
    the_day: OpenHouse, seven: list[Invitation], monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting.give_up_place(seven[0], at=GIVEN)
    _mails(the_day, GIVEN)
    by = PlaceCall.objects.get().answer_by
    assert by is not None
    monkeypatch.setattr(real_clock, "read", lambda: by)
    assert jobs.call_the_next() == 0
    monkeypatch.setattr(real_clock, "read", lambda: by + timedelta(seconds=1))
    assert [jobs.call_the_next() for _time in range(2)] == [1, 0]
    calls = PlaceCall.objects.order_by("pk")
    assert [(one.place.invitation, one.is_open) for one in calls] == [(seven[3], False), (seven[4], True)]
    assert _mails(the_day, by + timedelta(minutes=1)) == ["f3@a.example"]  # told that it went on
    with pytest.raises(Refused):
        waiting.answer_call(calls[0], is_yes=True, at=by + timedelta(minutes=2))
    # who let it pass is called again by hand only, and then stands where they stood
    waiting.answer_call(calls[1], is_yes=True, at=by + timedelta(minutes=5))
    waiting.give_up_place(seven[1], at=by + timedelta(minutes=6))
    assert PlaceCall.objects.latest("pk").place.invitation == seven[5]
    waiting.call_again(Place.objects.get(invitation=seven[3]), at=by + timedelta(minutes=7))
    waiting.give_up_place(seven[2], at=by + timedelta(minutes=8))
    assert PlaceCall.objects.latest("pk").place.invitation == seven[3]


def test_nobody_loses_a_place_because_nobody_called_them(the_day: OpenHouse, seven: list[Invitation]) -> None:
    waiting.give_up_place(seven[0], at=GIVEN)
    waiting.answer_call(PlaceCall.objects.get(), is_yes=False, at=GIVEN)
    call = PlaceCall.objects.get(answered_at=None)
    assert waiting.pass_late_calls(the_day.house_id, at=GIVEN + timedelta(days=30)) == 0
    waiting.note_talked(call, by=None, at=GIVEN + timedelta(days=30))
    call.refresh_from_db()
    assert call.answer_by == GIVEN + timedelta(days=31)  # seven days are left: a day to think
    assert waiting.pass_late_calls(the_day.house_id, at=GIVEN + timedelta(days=31, minutes=1)) == 1


def test_three_cancellations_at_once_call_three_and_every_press_twice_is_one(
    the_day: OpenHouse, seven: list[Invitation]
) -> None:
    for one in (*seven[:3], *seven[:3]):
        waiting.give_up_place(one, at=GIVEN)
    called = [call.place.invitation for call in PlaceCall.objects.order_by("pk")]
    assert called == seven[3:6]
    for call in PlaceCall.objects.all():
        for _time in range(2):
            waiting.answer_call(call, is_yes=True, at=GIVEN)
    assert _have(the_day) == ["3", "4", "5"]
    call = PlaceCall.objects.first()
    assert call is not None
    with pytest.raises(Refused):
        waiting.answer_call(call, is_yes=False, at=GIVEN)  # somebody else in the association said yes


def test_one_place_is_offered_to_one_at_a_time(seven: list[Invitation]) -> None:
    waiting.give_up_place(seven[0], at=GIVEN)
    place = PlaceCall.objects.get().place
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceCall.objects.create(place=place, called_at=GIVEN)


def test_more_places_call_more_and_fewer_take_nothing_away(
    the_day: OpenHouse, seven: list[Invitation]
) -> None:
    def change(places_there: int) -> None:
        facts = Facts(**{**FACTS, "places": places_there})
        events.change_open_house(the_day, facts=facts, on=TODAY, at=GIVEN)

    change(5)
    assert [call.place.invitation for call in PlaceCall.objects.order_by("pk")] == seven[3:5]
    change(2)
    assert _have(the_day) == ["0", "1", "2"]
    waiting.give_up_place(seven[0], at=GIVEN)
    assert PlaceCall.objects.count() == 2


def test_a_new_yes_stands_last_and_a_no_on_the_list_leaves_it(
    the_day: OpenHouse, seven: list[Invitation], invited: Any, says: Any
) -> None:
    late = invited("Förening 9", email="f9@a.example")
    says(late, at=GIVEN)
    says(seven[3], "no", at=GIVEN)
    order = [(one.invitation, one.was_late, one.is_waiting) for one in queries.in_order(the_day)]
    assert order[3:] == [
        (seven[3], False, False),
        (seven[4], False, True),
        (seven[5], False, True),
        (seven[6], False, True),
        (late, True, True),
    ]
    says(seven[3], "yes", at=GIVEN + timedelta(hours=1))  # changed their minds again: last
    assert queries.in_order(the_day)[-1].invitation == seven[3]


def test_a_form_that_was_open_since_before_does_not_lose_a_place(seven: list[Invitation], says: Any) -> None:
    with pytest.raises(Refused):
        says(seven[0], "no", at=GIVEN)
    says(seven[0], "yes", at=GIVEN, watts=1200)
    assert Place.objects.get(invitation=seven[0]).has_place


def test_on_the_day_the_next_has_an_hour_and_after_it_nobody_is_called(
    the_day: OpenHouse, seven: list[Invitation]
) -> None:
    at = swedish(DAY, 9)
    waiting.give_up_place(seven[0], at=at)
    _mails(the_day, at)
    assert PlaceCall.objects.get().answer_by == at + timedelta(hours=1)
    waiting.answer_call(PlaceCall.objects.get(), is_yes=True, at=at)
    waiting.give_up_place(seven[1], at=swedish(DAY, 16))
    assert PlaceCall.objects.count() == 1


def test_one_that_does_not_turn_up_on_the_day_is_filled_by_a_call(
    the_day: OpenHouse, seven: list[Invitation], petra: Account, client_of_account: Screen, press: Press,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """As in the story: called at 10.50, ten minutes before the doors open, and there at 11.40."""
    monkeypatch.setattr(real_clock, "read", lambda: swedish(DAY, 10, 50))
    client, base = client_of_account(petra), f"/open-houses/{the_day.pk}/"
    waiting.give_up_place(seven[3], at=NOW)  # so that the next has only a telephone
    assert press(client, f"{base}invitations/{seven[0].pk}/giving-up/").status_code == 302
    call = PlaceCall.objects.get()
    assert call.place.invitation == seven[4]
    press(client, f"{base}places/calls/{call.pk}/told/")
    call.refresh_from_db()
    assert call.answer_by == swedish(DAY, 11, 20)  # half an hour at least, though the doors open before
    monkeypatch.setattr(real_clock, "read", lambda: swedish(DAY, 11, 5))
    assert press(client, f"{base}places/calls/{call.pk}/answer/", answer="yes").status_code == 302
    assert _have(the_day) == ["1", "2", "4"]


MOMENTS = st.datetimes(datetime(2027, 1, 1), datetime(2027, 4, 24, 10, 59)).map(
    lambda at: at.replace(tzinfo=SWEDEN)
)


@given(at=MOMENTS)
def test_nobody_has_to_answer_at_night_or_without_time_to_think(at: datetime) -> None:
    by = answer_by(at=at, starts_at=STARTS)
    assert by - at >= AT_LEAST
    assert by <= max(STARTS, at + AT_LEAST)
    if STARTS - at > timedelta(hours=12):
        assert MORNING <= by.astimezone(SWEDEN).hour < EVENING
    if STARTS - at > timedelta(days=14, hours=1):
        assert by - at >= timedelta(days=2, hours=23)


def test_an_association_gives_up_its_place_and_the_next_says_yes_on_a_phone(
    the_day: OpenHouse,
    seven: list[Invitation],
    client_invited: Any,
    press: Press,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(real_clock, "read", lambda: GIVEN)
    first, fourth = client_invited(seven[0]), client_invited(seven[3])
    base = f"/open-house/{the_day.pk}/answer/"
    assert first.get(f"{base}giving-up/").status_code == 200
    assert Place.objects.get(invitation=seven[0]).has_place  # looking changes nothing
    press(first, f"{base}giving-up/")
    assert "answer/call/" in fourth.get(f"{base}receipt/").content.decode()
    assert press(fourth, f"{base}call/", answer="yes", invitation=seven[3].pk).status_code == 302
    assert _have(the_day) == ["1", "2", "3"]
    assert press(first, f"{base}call/", answer="yes").status_code == 404  # never called


def test_the_staff_does_the_same_by_telephone(
    the_day: OpenHouse, seven: list[Invitation], petra: Account, client_of_account: Screen, press: Press,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(real_clock, "read", lambda: GIVEN)
    client = client_of_account(petra)
    base = f"/open-houses/{the_day.pk}/"
    for one in seven[:2]:
        press(client, f"{base}invitations/{one.pk}/giving-up/")
    by_mail, by_phone = PlaceCall.objects.order_by("pk")
    assert f"/places/calls/{by_phone.pk}/" in client.get(f"{base}invitations/calls/").content.decode()
    press(client, f"{base}places/calls/{by_phone.pk}/told/")
    press(client, f"{base}places/calls/{by_mail.pk}/passing/")
    press(client, f"{base}places/calls/{by_phone.pk}/answer/", answer="yes")
    assert _have(the_day) == ["2", "4"]
    assert PlaceCall.objects.get(answered_at=None, passed_at=None).place.invitation == seven[5]
    press(client, f"{base}places/{Place.objects.get(invitation=seven[3]).pk}/calling/")
    assert Place.objects.get(invitation=seven[3]).passed_at is None


def test_the_order_asks_the_same_number_of_questions_for_three_and_three_hundred(
    the_day: OpenHouse, seven: list[Invitation], petra: Account, client_of_account: Screen
) -> None:
    client = client_of_account(petra)

    def asked() -> list[int]:
        counts = []
        for page in ("places/", "invitations/", "places.pdf"):
            client.get(f"/open-houses/{the_day.pk}/{page}")
            with CaptureQueriesContext(connection) as found:
                assert client.get(f"/open-houses/{the_day.pk}/{page}").status_code == 200
            counts.append(len(found))
        return counts

    few = asked()
    three_hundred_more(the_day)
    assert asked() == few


# -- what is told is true ------------------------------------------------------------------------------------------
def test_a_call_whose_day_is_called_off_is_closed_and_nobody_reads_that_the_place_went_to_the_next(
    the_day: OpenHouse, seven: list[Invitation]
) -> None:
    waiting.give_up_place(seven[0], at=GIVEN)
    _mails(the_day, GIVEN)
    call = PlaceCall.objects.get()
    events.call_off(the_day, on=GIVEN.date(), at=GIVEN + timedelta(hours=1))
    call.refresh_from_db()
    assert call.is_open is False
    assert waiting.pass_late_calls(the_day.house_id, at=GIVEN + timedelta(days=9)) == 0
    assert not Sending.objects.filter(about=Sending.About.PASSED).exists()


def test_a_call_that_stands_open_when_the_day_has_been_is_closed_without_a_word(
    the_day: OpenHouse, seven: list[Invitation]
) -> None:
    waiting.give_up_place(seven[0], at=GIVEN)
    _mails(the_day, GIVEN)
    after = swedish(DAY, 17)
    assert [waiting.pass_late_calls(the_day.house_id, at=after) for _time in range(2)] == [1, 0]
    assert PlaceCall.objects.get().is_open is False
    assert not Sending.objects.filter(about=Sending.About.PASSED).exists()


def test_the_last_in_line_keeps_the_offer_because_there_is_no_next(
    the_day: OpenHouse, seven: list[Invitation]
) -> None:
    for one in seven[4:]:
        waiting.give_up_place(one, at=GIVEN)
    waiting.give_up_place(seven[0], at=GIVEN)
    _mails(the_day, GIVEN)
    call = PlaceCall.objects.get()
    assert call.answer_by is not None
    late = call.answer_by + timedelta(days=1)
    assert waiting.pass_late_calls(the_day.house_id, at=late) == 0
    assert _mails(the_day, late) == []
    waiting.answer_call(call, is_yes=True, at=late)
    assert _have(the_day) == ["1", "2", "3"]


def test_from_the_day_before_a_free_place_is_told_by_telephone_too(
    the_day: OpenHouse, seven: list[Invitation]
) -> None:
    at = swedish(DAY, 10, 50)
    waiting.give_up_place(seven[0], at=at)
    assert _mails(the_day, at) == ["f3@a.example"]
    call = PlaceCall.objects.get()
    assert queries.calls_to_make(the_day, at=at) == [call]
    waiting.note_talked(call, by=None, at=at)
    assert queries.calls_to_make(the_day, at=at) == []


def test_a_mail_that_does_not_go_is_followed_by_a_call(the_day: OpenHouse, seven: list[Invitation]) -> None:
    waiting.give_up_place(seven[0], at=GIVEN)
    call = PlaceCall.objects.get()
    later = GIVEN + timedelta(minutes=16)
    assert queries.calls_to_make(the_day, at=GIVEN + timedelta(minutes=14)) == []
    assert queries.calls_to_make(the_day, at=later) == [call]
    assert _mails(the_day, later) == ["f3@a.example"]
    assert queries.calls_to_make(the_day, at=later) == []


def test_a_day_that_moves_after_the_places_are_given_opens_no_registration(
    the_day: OpenHouse, seven: list[Invitation]
) -> None:
    closed = the_day.closes_on
    moved = events.change_open_house(
        the_day,
        facts=Facts(**{**FACTS, "day": DAY + timedelta(days=28)}),
        on=GIVEN.date(),
        at=GIVEN,
    )
    assert (moved.day, moved.closes_on) == (DAY + timedelta(days=28), closed)
