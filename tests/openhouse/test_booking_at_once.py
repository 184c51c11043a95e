"""Many phones press in the same instant, each with a connection of its own: no seat is given twice."""

from __future__ import annotations

from datetime import time

import pytest
from django.db.models import Sum

from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands import booking
from brobygget.openhouse.commands.booking import Full
from brobygget.openhouse.models import Booking, OpenHouse
from tests.conftest import NOW
from tests.ideas.test_two_phones_at_once import all_at_once
from tests.openhouse.in_the_programme import slot

pytestmark = pytest.mark.django_db(transaction=True)
PHONES = 12


def test_twelve_phones_want_two_of_seven_seats_each_and_three_get_them(the_day: OpenHouse) -> None:
    made = slot(the_day, "Trumma", capacity=7)
    wrong = all_at_once(
        [
            lambda number=number: booking.book_seats(made, seats=2, phone=f"phone {number}", at=NOW)  # type: ignore[misc]
            for number in range(PHONES)
        ]
    )
    assert [type(one) for one in wrong] == [Full] * (PHONES - 3)
    assert {one.left for one in wrong if isinstance(one, Full)} == {1}
    assert Booking.objects.aggregate(seats=Sum("seats"))["seats"] == 6


def test_one_phone_that_presses_everywhere_at_once_has_five_bookings_and_one_in_each(
    the_day: OpenHouse,
) -> None:
    slots = [slot(the_day, f"Tid {number}", time(11, number), time(12)) for number in range(8)]
    presses = [(one, seats) for one in slots for seats in (1, 2)]
    wrong = all_at_once(
        [
            lambda one=one, seats=seats: booking.book_seats(one, seats=seats, phone="the phone", at=NOW)  # type: ignore[misc]
            for one, seats in presses
        ]
    )
    assert {type(one) for one in wrong} == {Refused}
    assert Booking.objects.count() == 5
    assert len(set(Booking.objects.values_list("slot", flat=True))) == 5


def test_the_last_seat_taken_back_and_wanted_by_many_is_given_once(the_day: OpenHouse) -> None:
    made = slot(the_day, "Trumma", capacity=1)
    first = booking.book_seats(made, seats=1, phone="first", at=NOW)
    presses = [
        lambda number=number: booking.book_seats(made, seats=1, phone=f"phone {number}", at=NOW)  # type: ignore[misc]
        for number in range(6)
    ]
    wrong = all_at_once([*presses, lambda: booking.take_back_booking(first, at=NOW)])
    assert {type(one) for one in wrong} <= {Full}
    assert Booking.objects.count() == 6 - len(wrong)
    assert (Booking.objects.aggregate(seats=Sum("seats"))["seats"] or 0) <= 1
