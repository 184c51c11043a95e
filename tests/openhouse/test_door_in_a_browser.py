"""Two phones at the door in a browser, one of them without a network for a while; every page accessible and narrow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from brobygget.openhouse.commands import door as commands
from brobygget.openhouse.models import Door, DoorCount, DoorRoom, FaceCount, OpenHouse
from brobygget.openhouse.queries import door as queries
from brobygget.people.models import Account
from brobygget.web import clock as real_clock
from tests.looking_at_a_page import LANGUAGES
from tests.openhouse.conftest import DAY, swedish
from tests.openhouse.screens import Screen, faults_on
from tests.openhouse.test_door import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOON = swedish(DAY, 12)


@pytest.fixture
def door(the_day: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> Door:
    monkeypatch.setattr(real_clock, "read", lambda: NOON)
    return commands.watch_door(the_day, room="Hela huset")


@pytest.fixture
def room(door: Door) -> DoorRoom:
    return door.rooms.get()


def _inside(room: DoorRoom, number: int) -> None:
    DoorCount.objects.create(room=room, begins=commands.quarter_of(NOON), adults_in=number)


def _press(phone: Page, step: str) -> None:
    phone.locator(f"form:has(input[value='{step}']) button").click()


def test_two_phones_merge_also_when_one_has_been_without_a_network(screen: Screen, room: DoorRoom) -> None:
    _inside(room, 133)
    first, second = screen(390), screen(390)
    for phone in (first, second):
        phone.goto(address(room.door, "counting_room", room.pk))
        expect(phone.locator("#inside")).to_have_text("133")
    expect(first.locator(".door-word-open")).to_be_visible()
    second.context.set_offline(True)
    for _time in range(3):
        _press(second, "adult-in")
    # The phone counts on by itself, and warns by its own number.
    expect(second.locator("#inside")).to_have_text("136")
    expect(second.locator(".door-word-soon")).to_be_visible()
    expect(second.locator("[data-outbox-banner]")).to_contain_text("3")
    _press(first, "child-in")
    expect(first.locator("#inside")).to_have_text("134")
    second.context.set_offline(False)
    expect(first.locator("#inside")).to_have_text("137", timeout=20_000)
    expect(second.locator("#inside")).to_have_text("137", timeout=20_000)
    expect(first.locator(".door-word-soon")).to_be_visible()
    assert queries.inside(room, on=NOON) == 137


def test_full_means_one_out_one_in(screen: Screen, room: DoorRoom) -> None:
    _inside(room, 149)
    phone = screen(390)
    phone.goto(address(room.door, "counting_room", room.pk))
    _press(phone, "adult-in")
    expect(phone.locator("#inside")).to_have_text("150")
    expect(phone.locator(".door-word-full")).to_be_visible()
    _press(phone, "adult-in")
    expect(phone.locator(".door-full")).to_contain_text("Det är fullt: 150 är inne")
    phone.get_by_role("button", name="Personen är redan inne: räkna med").click()
    expect(phone.locator("#inside")).to_have_text("151")
    _press(phone, "adult-out")
    expect(phone.locator("#inside")).to_have_text("150")
    with phone.expect_response("**/press/"):
        _press(phone, "one-out-one-in")
    expect(phone.locator("#inside")).to_have_text("150")
    assert DoorCount.objects.get(room=room).adults_out == 2


def test_the_door_and_the_faces_work_without_scripts(screen: Screen, room: DoorRoom) -> None:
    phone = screen(390, java_script_enabled=False)
    phone.goto(address(room.door, "counting_room", room.pk))
    _press(phone, "child-in")
    expect(phone.locator("#inside")).to_have_text("1")
    phone.goto(address(room.door, "faces"))
    phone.get_by_role("button", name="Mycket bra").click()
    expect(phone.locator("h1")).to_have_text("Tack!")
    assert FaceCount.objects.get().presses == 1


def test_a_face_says_thank_you_and_turns_round_for_the_next(screen: Screen, door: Door) -> None:
    tablet = screen(1024)
    tablet.goto(address(door, "faces"))
    tablet.get_by_role("button", name="Bra", exact=True).click()
    expect(tablet.locator("h1")).to_have_text("Tack!")
    expect(tablet.locator("h1")).to_have_text("Hur var det?", timeout=10_000)
    assert list(FaceCount.objects.values_list("face", "presses")) == [("good", 1)]


@pytest.mark.slow  # a walk over every page
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_door_is_accessible_and_narrow(
    language: str,
    screen: Screen,
    the_day: OpenHouse,
    room: DoorRoom,
    marit: Account,
    client_of_account: Callable[[Account], Client],
) -> None:
    _inside(room, 150)
    full = room
    soon = commands.add_room(full.door, name="En sal med ett rätt så långt namn och två dörrar"[:40], most=20)
    DoorCount.objects.create(room=soon, begins=NOON - timedelta(hours=1), adults_in=19, children_out=1)
    FaceCount.objects.create(door=full.door, face="great", presses=20)
    FaceCount.objects.create(door=full.door, face="bad", presses=7)
    desk = f"/open-houses/{the_day.pk}/door/"
    walks = [
        (client_of_account(marit), [desk, f"{desk}rooms/{full.pk}/"]),
        (
            None,
            [
                address(full.door, "counting"),
                address(full.door, "counting_room", full.pk),
                address(full.door, "counting_room", soon.pk),
                address(full.door, "faces"),
                f"{address(full.door, 'faces')}?thanks",
            ],
        ),
    ]
    assert faults_on(screen, walks, language) == []
