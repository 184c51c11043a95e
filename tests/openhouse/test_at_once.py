"""Many press in the same instant, each with a connection of its own: one answer, one place, one call, one mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands import inviting, places, waiting
from brobygget.openhouse.commands.sending import send_due_mails
from brobygget.openhouse.models import Answer, AnswerChange, Invitation, OpenHouse, Place, PlaceCall
from tests.conftest import NOW, TODAY
from tests.ideas.test_two_phones_at_once import all_at_once
from tests.openhouse.conftest import swedish

pytestmark = pytest.mark.django_db(transaction=True)
PHONES = 6


def _presses(what: Callable[[int], object]) -> list[Callable[[], object]]:
    return [lambda number=number: what(number) for number in range(PHONES)]  # type: ignore[misc]


def test_one_link_opened_by_six_is_one_answer_that_keeps_what_each_of_them_wrote(
    bengts: Invitation, says: Any
) -> None:
    questions = ["hands", "power_for", "wish"]
    pieces = [{questions[number % 3]: f"ord {number}"} for number in range(PHONES)]
    assert all_at_once(_presses(lambda number: says(bengts, **pieces[number]))) == []
    given = Answer.objects.get()
    kept = {given.hands, given.power_for, given.wish}
    lost = {change.before.strip('"') for change in AnswerChange.objects.all()}
    assert (kept | lost) - {""} == {f"ord {number}" for number in range(PHONES)}


def test_the_register_invited_by_six_at_once_is_invited_once(the_day: OpenHouse, association: Any) -> None:
    found = [association(f"Förening {number}", email=f"f{number}@a.example") for number in range(5)]
    made = all_at_once(_presses(lambda _n: inviting.invite_associations(the_day, found, on=TODAY)))
    assert (made, Invitation.objects.count()) == ([], 5)
    assert all_at_once(_presses(lambda _n: inviting.send_invitations(the_day, by=None, at=NOW))) == []
    send = {"address": "https://a.example", "at": NOW}
    assert all_at_once(_presses(lambda _n: send_due_mails(the_day.house, **send))) == []
    assert sorted(one.to[0] for one in mail.outbox) == [f"f{number}@a.example" for number in range(5)]


def test_one_free_place_is_offered_once_and_taken_once(
    the_day: OpenHouse, frozen: OpenHouse, invited: Any, says: Any
) -> None:
    found = [invited(f"Förening {number}", email=f"f{number}@a.example") for number in range(9)]
    for number, one in enumerate(found):
        says(one, at=NOW + timedelta(minutes=number))
    at = swedish(the_day.closes_on + timedelta(1))
    assert all_at_once(_presses(lambda _n: places.give_places(frozen, at=at))) == []
    assert Place.objects.count() == 9

    assert all_at_once(_presses(lambda number: waiting.give_up_place(found[number % 3], at=at))) == []
    calls = list(PlaceCall.objects.select_related("place").order_by("place__position"))
    assert [call.place.position for call in calls] == [4, 5, 6]

    wrong = all_at_once(_presses(lambda number: waiting.answer_call(calls[0], is_yes=number % 2 == 0, at=at)))
    assert {type(one) for one in wrong} <= {Refused}  # half of them said the other thing, and were told
    assert PlaceCall.objects.get(pk=calls[0].pk).answered_at == at
    taken = Place.objects.exclude(given_at=None).filter(given_up_at=None).count()
    offered = PlaceCall.objects.filter(answered_at=None, passed_at=None).count()
    assert taken + offered == the_day.places
