"""Two taps at the desk: counted once each, also when the network was away, and nobody registered."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from brobygget.house.commands.reception import count_visits
from brobygget.house.models import DayCount, House
from brobygget.house.queries import reception
from brobygget.people.models import Account
from tests.conftest import TODAY

PRESS = "house:press"
STORY = [
    (date(2027, 1, 18), 128, 19),
    (date(2027, 1, 19), 134, 22),
    (date(2027, 1, 20), 141, 21),
    (date(2027, 1, 21), 130, 20),
    (date(2027, 1, 22), 117, 18),
]


def _kinds(kind: str, day: date = TODAY) -> dict[str, str]:
    return {"kind": kind, "day": day.isoformat()}


def test_a_grown_up_and_a_child_are_two_taps(
    elsa: Account, client_of_account: Callable, press: Callable
) -> None:
    desk = client_of_account(elsa)
    for kind in ("adult", "adult", "child"):
        assert press(desk, reverse(PRESS), **_kinds(kind)).status_code == 302
    count = DayCount.objects.get()
    assert (count.day, count.adults, count.children) == (TODAY, 2, 1)
    assert ">2<" in desk.get(reverse("house:reception")).content.decode()


def test_the_week_of_the_story_is_650_and_100(
    house: House, elsa: Account, client_of_account: Callable, press: Callable
) -> None:
    desk = client_of_account(elsa)
    for day, adults, children in STORY:
        count_visits(house=house, day=day, adults=adults - 1, children=children - 1)
        press(desk, reverse(PRESS), **_kinds("adult", day))
        press(desk, reverse(PRESS), **_kinds("child", day))
    week = reception.week_of(house, TODAY)
    assert (week.adults, week.children, week.adults_a_day, week.children_a_day) == (650, 100, 130, 20)
    page = desk.get(reverse("house:week")).content.decode()
    assert all(f">{number}<" in page for number in (128, 134, 141, 130, 117, 650, 100))
    lines = desk.get(reverse("house:counts_file")).content.decode().split()
    assert lines == ["day,adults,children", *(f"{day.isoformat()},{a},{c}" for day, a, c in STORY)]


def test_taps_from_forty_minutes_without_a_network_are_counted_once_in_any_order(
    elsa: Account, client_of_account: Callable, press: Callable
) -> None:
    desk = client_of_account(elsa)
    kept = [(str(uuid.uuid4()), "child" if number % 5 == 0 else "adult") for number in range(40)]
    for round_ in (kept, list(reversed(kept)), kept[10:20]):
        for key, kind in round_:
            answer = desk.post(reverse(PRESS), {"key": key, **_kinds(kind)}, headers={"X-Outbox": "1"})
            assert answer.status_code == 204
    count = DayCount.objects.get()
    assert (count.adults, count.children) == (32, 8)


def test_a_tap_belongs_to_the_day_it_was_made(
    elsa: Account, client_of_account: Callable, press: Callable
) -> None:
    yesterday = TODAY - timedelta(days=1)
    press(client_of_account(elsa), reverse(PRESS), **_kinds("adult", yesterday))
    assert DayCount.objects.get().day == yesterday


@pytest.mark.parametrize("days", [1, -8, -4000])
def test_a_day_that_cannot_be_is_said_and_nothing_is_counted(
    days: int, elsa: Account, client_of_account: Callable, press: Callable
) -> None:
    answer = press(client_of_account(elsa), reverse(PRESS), **_kinds("adult", TODAY + timedelta(days=days)))
    assert answer.status_code == 422
    assert not DayCount.objects.exists()


@pytest.mark.parametrize("fields", [{"kind": "dog"}, {"kind": ""}, {"day": "x"}, {"day": "2027-02-30"}])
def test_a_press_that_means_nothing_counts_nothing(
    fields: dict[str, str], elsa: Account, client_of_account: Callable, press: Callable
) -> None:
    answer = press(client_of_account(elsa), reverse(PRESS), **{**_kinds("adult"), **fields})
    assert answer.status_code == 422
    assert not DayCount.objects.exists()


def test_taking_back_never_goes_below_nothing(
    elsa: Account, client_of_account: Callable, press: Callable
) -> None:
    desk = client_of_account(elsa)
    press(desk, reverse(PRESS), **_kinds("adult"))
    for _ in range(3):
        press(desk, reverse(PRESS), **_kinds("adult-back"))
    count = DayCount.objects.get()
    assert (count.adults, count.children) == (0, 0)


def test_looking_at_a_week_stores_nothing(elsa: Account, client_of_account: Callable) -> None:
    desk = client_of_account(elsa)
    for day in ("2027-01-18", "1999-01-01", "not-a-day", ""):
        assert desk.get(reverse("house:week"), {"day": day}).status_code == 200
    assert not DayCount.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_desks_that_press_at_once_are_both_counted(
    house: House, elsa: Account, client_of_account: Callable
) -> None:
    clients = [client_of_account(elsa) for _ in range(8)]
    statuses: list[int] = []

    def send(client: Client) -> None:
        try:
            for _ in range(5):
                key = {"key": str(uuid.uuid4())}
                statuses.append(client.post(reverse(PRESS), {**key, **_kinds("adult")}).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [302] * 40
    assert DayCount.objects.get().adults == 40
