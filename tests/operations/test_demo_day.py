"""Chapter H: one o'clock on the association day, to the figures of the story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from brobygget.house.models import House
from brobygget.openhouse.models import Door, Invitation, OpenHouse, Sending, Task
from brobygget.openhouse.queries import door as doors
from brobygget.openhouse.queries import hands, places, stamps
from brobygget.operations.demo import day as the_day
from brobygget.operations.demo import loading, opening
from brobygget.operations.demo.associations import BENGTS
from brobygget.web.moments import SWEDEN
from tests.conftest import NOW

# The town is told once, and everybody looks at the same one.
pytestmark = pytest.mark.xdist_group("demo day")

ONE = datetime(2027, 4, 24, 13, 0, tzinfo=SWEDEN)


@pytest.fixture(scope="module")
def _opened(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[OpenHouse]:
    with django_db_blocker.unblock(), transaction.atomic():
        opening.open_town("H")
        yield OpenHouse.objects.get()
        transaction.set_rollback(True)


@pytest.fixture
def day(_opened: OpenHouse, db: None) -> OpenHouse:
    return _opened


def test_forty_stand_and_four_wait_since_number_44_was_called(day: OpenHouse) -> None:
    sums = places.sums_of(day, places.in_order(day))
    assert (sums.taken, sums.waiting, sums.called) == (40, 4, 0)
    assert not Sending.objects.filter(sent_at=None).exists()


def test_the_house_holds_150_and_is_full(day: OpenHouse) -> None:
    room = Door.objects.get(openhouse=day).rooms.get()
    hours = doors.hours_of(room, on=ONE)
    assert [(hour.came, hour.left, hour.inside) for hour in hours] == [(120, 15, 105), (165, 120, 150)]
    assert doors.inside_now(room, on=ONE).state == "full"


def test_hands_are_raised_and_cards_are_given(day: OpenHouse) -> None:
    sums = hands.sums_of(day)
    assert sums.people == 43
    assert sums.hands >= sums.people
    samira = hands.hands_to(Invitation.objects.get(association__name=BENGTS)).get()
    assert (samira.visitor.alias, samira.visitor.way, samira.visitor.telephone) == ("Samira", "reception", "")
    told = stamps.stamps_told(day)
    assert (told.given, told.handed_in) == (164, 7)


def test_what_was_to_be_done_by_now_is_done(day: OpenHouse) -> None:
    clocks = Task.objects.filter(openhouse=day, due_on=day.day, done_on=None).values_list("clock", flat=True)
    assert all(clock is None or clock.hour >= ONE.hour for clock in clocks)


def test_the_terminal_names_the_ways_in_and_each_of_them_opens(day: OpenHouse) -> None:
    House.objects.update(clock_offset=ONE - NOW)  # tests stand still at the first evening
    found = the_day.ways_in("http://localhost:8000", day.house)
    pages = [found[name] for name in ("visit", "table", "counting", "faces", "wall")]
    answers = [Client().get(page.removeprefix("http://localhost:8000"), follow=True) for page in pages]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert loading.CHAPTERS["H"] == ONE
