"""Chapter G: thirty have chosen whom they want to meet, all of them meet somebody, and it is told."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from brobygget.house.models import House
from brobygget.openhouse.commands.appointments import arrange
from brobygget.openhouse.models import Appointment, AppointmentPlan, OpenHouse, VisitWish
from brobygget.openhouse.queries.appointments import day_of
from brobygget.operations.demo import appointments, loading, openhouse
from brobygget.operations.demo.loading import CHAPTERS


@pytest.mark.django_db
def test_thirty_have_chosen_and_everybody_meets_somebody() -> None:
    town = loading.load_town(chapter="G")
    assert town is not None
    openhouse.hold_day(town, until=CHAPTERS["G"])
    appointments.hold_meetings(House.objects.get())
    plan = AppointmentPlan.objects.get()
    assert (plan.visitors, plan.served, plan.most_served, plan.told_at) == (30, 30, 30, appointments.TOLD_AT)
    assert plan.meetings == Appointment.objects.count() > 45
    assert plan.share > 0.995
    assert VisitWish.objects.filter(channel="paper").count() == appointments.SLIPS
    assert Appointment.objects.filter(given_at__gt=CHAPTERS["G"]).count() == 0
    day = day_of(OpenHouse.objects.get(), plan, on=CHAPTERS["G"].date())
    assert (day.dropped, day.without) == ([], [])
    again = arrange(day, all_anew=False, at=CHAPTERS["G"])
    assert len(again.meetings) == plan.meetings  # nobody has lost anything
    page, code = appointments.door("http://x", House.objects.get()).split()
    assert page.endswith("/meetings/code/")
    answer = Client().post(page.removeprefix("http://x"), {"code": code, "key": str(uuid.uuid4())})
    assert answer.status_code == 302
