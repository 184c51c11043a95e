"""Many phones choose in the same instant, each with a connection of its own."""

from __future__ import annotations

from datetime import time

import pytest

from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands import appointments, wishes
from brobygget.openhouse.commands.wishes import Wishes
from brobygget.openhouse.models import Appointment, AppointmentPlan, OpenHouse, VisitWish
from tests.conftest import NOW
from tests.ideas.test_two_phones_at_once import all_at_once
from tests.openhouse.meetings import LATER, hosts, make, now, plan, wish

__all__ = ["hosts", "plan"]
pytestmark = pytest.mark.django_db(transaction=True)
PHONES = 6


def test_six_phones_get_six_numbers_and_one_press_sent_six_times_is_one(
    the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    presses = [lambda number=number: wish(the_day, "chess", name=f"c{number}") for number in range(PHONES)]  # type: ignore[misc]
    assert all_at_once(presses) == []
    assert len(set(VisitWish.objects.values_list("number", flat=True))) == PHONES
    assert all_at_once([lambda: wish(the_day, "chess", name="c0")] * PHONES) == []
    assert VisitWish.objects.count() == PHONES


def test_of_six_changes_from_one_page_one_is_kept_and_five_are_told(
    the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    mine = wish(the_day, "chess")
    changes = [
        lambda most=most: wishes.change_wishes(  # type: ignore[misc]
            mine, wishes=Wishes(["chess", "choir"], time(12), time(13), most % 4 + 1), seen=1, at=NOW
        )
        for most in range(PHONES)
    ]
    wrong = all_at_once(changes)
    assert [type(one) for one in wrong] == [Refused] * (PHONES - 1)
    row = VisitWish.objects.get()
    assert (row.version, row.interests.count()) == (2, 2)


def test_a_timetable_made_by_six_at_once_is_one(the_day: OpenHouse, plan: AppointmentPlan) -> None:
    for number in range(3):
        wish(the_day, "chess", name=f"c{number}")
    seen = now(the_day)
    found = appointments.arrange(seen, all_anew=True, at=LATER)
    presses = [lambda: appointments.keep_arranged(seen, found, at=LATER)] * PHONES
    assert {type(one) for one in all_at_once(presses)} <= {Refused}
    assert Appointment.objects.count() == 3
    make(the_day)
    assert Appointment.objects.count() == 3
