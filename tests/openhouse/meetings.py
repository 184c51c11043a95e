"""Meetings by appointment as the tests play them: three associations with a place, times from 12 to 13, wishes by number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from brobygget.associations.models import AssociationInterest
from brobygget.openhouse.commands import appointments, events, wishes
from brobygget.openhouse.commands.appointments import AppointmentFacts
from brobygget.openhouse.commands.wishes import Wishes
from brobygget.openhouse.models import Appointment, AppointmentPlan, Invitation, OpenHouse, Place, VisitWish
from brobygget.openhouse.queries import wishes as queries
from brobygget.openhouse.queries.appointments import MeetingDay, day_of, plan_of
from brobygget.openhouse.views.meeting_doors import let_in
from tests.conftest import NOW, TODAY

CLOSES = NOW + timedelta(days=60)
LATER = CLOSES + timedelta(hours=1)
# Three times: 12:00, 12:20 and 12:40.
FACTS = AppointmentFacts(starts=time(12), ends=time(13), minutes=20, pause=0, at_once=1, choose_by=CLOSES)
FORM = {
    "starts": "12:00",
    "ends": "13:00",
    "minutes": "20",
    "pause": "0",
    "at_once": "1",
    "choose_day": f"{CLOSES:%Y-%m-%d}",
    "choose_clock": "18:00",
}
WISH = {"like": ["chess"], "comes": "12:00", "leaves": "13:00", "most": "2", "languages": ["ar"], "seen": "0"}
Hosts = dict[str, Invitation]


@pytest.fixture
def hosts(the_day: OpenHouse, invited: Callable[..., Invitation], says: Any) -> Hosts:
    """Chess, a choir where Arabic is spoken, and football; each has a place."""
    made = {}
    for position, (name, interest, languages) in enumerate(
        (("Schackklubben", "chess", ""), ("Kören", "choir", ",ar,sv,"), ("Bollklubben", "football", ""))
    ):
        one = invited(name, languages=languages)
        AssociationInterest.objects.create(association=one.association, interest=interest)
        says(one)
        Place.objects.create(
            openhouse=the_day, invitation=one, position=position, wants_since=NOW, given_at=NOW
        )
        made[name] = one
    return made


@pytest.fixture
def plan(the_day: OpenHouse, hosts: Hosts) -> AppointmentPlan:
    """Visitors can choose, and everybody can read about the day."""
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    return appointments.open_appointments(the_day, facts=FACTS, at=NOW)


def wish(
    openhouse: OpenHouse,
    *likes: str,
    name: str = "",
    comes: time = time(12),
    leaves: time = time(13),
    most: int = 1,
    languages: Sequence[str] = (),
) -> VisitWish:
    """One phone chooses."""
    return wishes.keep_wishes(
        openhouse,
        seed=queries.new_seed(name or f"{likes} {VisitWish.objects.count()}"),
        wishes=Wishes(likes, comes, leaves, most, languages),
        channel="phone",
        at=NOW,
    )


def now(openhouse: OpenHouse) -> MeetingDay:
    """The day's meetings as they are."""
    plan = plan_of(openhouse)
    assert plan is not None
    return day_of(openhouse, plan, on=TODAY)


def make(openhouse: OpenHouse, *, all_anew: bool = False, at: datetime = LATER) -> int:
    """Make the timetable; how many appointments are other than before."""
    day = now(openhouse)
    return appointments.keep_arranged(day, appointments.arrange(day, all_anew=all_anew, at=at), at=at)


def told(openhouse: OpenHouse) -> None:
    """Make it and tell it."""
    make(openhouse, at=CLOSES + timedelta(minutes=5))
    appointments.tell_meetings(openhouse, is_told=True, at=CLOSES + timedelta(minutes=10))


def meetings(openhouse: OpenHouse) -> set[tuple[int, str, str]]:
    """Who meets whom when: number, association, clock."""
    rows = Appointment.objects.filter(wish__openhouse=openhouse).values_list(
        "wish__number", "invitation__association__name", "starts"
    )
    return {(number, name, f"{starts:%H:%M}") for number, name, starts in rows}


def phone_with(one: VisitWish) -> Client:
    """The phone that chose."""
    client = Client()
    client.cookies.update(let_in(HttpResponse(), one.openhouse_id, one.seed).cookies)
    client.cookies["language"] = "en"
    return client


def address(name: str, openhouse: OpenHouse, *more: Any) -> str:
    """Of one of the day's pages."""
    return reverse(f"openhouse:{name}", args=[openhouse.pk, *more])
