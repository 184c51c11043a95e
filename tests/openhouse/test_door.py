"""The door: sums that are right whichever way the presses travel, a limit that holds, and no person anywhere."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands import door as commands
from brobygget.openhouse.commands import events
from brobygget.openhouse.models import Door, DoorCount, DoorRoom, FaceCount, OpenHouse
from brobygget.openhouse.queries import door as queries
from brobygget.web import clock as real_clock
from tests.conftest import NOW
from tests.openhouse.conftest import DAY, swedish

# What the story tells of the door, hour by hour.
HOURS = (11, 12, 13, 14, 15)
CAME = (120, 165, 150, 105, 60)
LEFT = (15, 120, 155, 140, 170)
INSIDE = (105, 150, 145, 110, 0)


@pytest.fixture
def door(the_day: OpenHouse) -> Door:
    return commands.watch_door(the_day, room="Hela huset")


@pytest.fixture
def room(door: Door) -> DoorRoom:
    return door.rooms.get()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """The real clock shows this from now on."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(real_clock, "read", lambda: moment)

    return set_to


def address(door: Door, name: str = "counting_press", *more: Any) -> str:
    purpose = queries.FACES if name.startswith("faces") else queries.COUNTING
    return reverse(f"openhouse:{name}", args=[door.openhouse_id, queries.token_of(door, purpose), *more])


class Phone:
    """A phone at the door: what it presses has a key from the moment of pressing, and waits while there is no network."""

    def __init__(self, room: DoorRoom) -> None:
        self.client, self.address = Client(), address(room.door, "counting_press", room.pk)
        self.waiting: list[tuple[datetime, dict[str, str]]] = []

    def press(self, step: str, **more: str) -> HttpResponse:
        return self.send({"step": step, "key": str(uuid.uuid4()), **more})

    def send(self, fields: dict[str, str], **headers: str) -> HttpResponse:
        return self.client.post(self.address, fields, headers=headers)

    def keep(self, step: str, at: datetime) -> None:
        self.waiting.append((at, {"step": step, "key": str(uuid.uuid4())}))

    def send_what_waits(self, now: datetime) -> None:
        for pressed, fields in self.waiting:
            ago = str(int((now - pressed).total_seconds()))
            assert self.send(fields, **{"X-Outbox": "1", "X-Pressed-Ago": ago}).status_code == 204
        self.waiting.clear()


@pytest.mark.slow  # 1,200 presses
def test_the_storys_day_on_two_phones_of_which_one_is_without_a_network_for_twenty_minutes(
    room: DoorRoom, at: Callable[[datetime], None]
) -> None:
    """Spread over each hour, in and out in turn, every seventh in is a child; the second phone is away 12.40 to 13.00."""
    first, second = Phone(room), Phone(room)
    turn = 0
    for hour, came, left in zip(HOURS, CAME, LEFT, strict=True):
        presses = sorted(
            [(3540 * number // came, "in") for number in range(came)]
            + [(3540 * number // left + 30, "out") for number in range(left)]
        )
        for seconds, way in presses:
            moment = swedish(DAY, hour) + timedelta(seconds=seconds)
            at(moment)
            turn += 1
            phone = first if turn % 2 else second
            kind = "child" if turn % 7 == 0 and way == "in" else "adult"
            is_away = phone is second and swedish(DAY, 12, 40) <= moment < swedish(DAY, 13)
            if phone is second and not is_away and second.waiting:
                second.send_what_waits(moment)
            if is_away:
                phone.keep(f"{kind}-{way}", moment)
            else:
                assert phone.press(f"{kind}-{way}", anyway="1").status_code == 302
        if hour == 12:
            assert len(second.waiting) > 40
    hours = queries.hours_of(room, on=swedish(DAY, 16))
    assert tuple(hour.begins.hour for hour in hours) == HOURS
    assert tuple(hour.came for hour in hours) == CAME
    assert tuple(hour.left for hour in hours) == LEFT
    assert tuple(hour.inside for hour in hours) == INSIDE
    assert sum(hour.came for hour in hours) == sum(hour.left for hour in hours) == 600
    assert sum(hour.children for hour in hours) == 104


def _inside(room: DoorRoom, number: int, moment: datetime) -> None:
    DoorCount.objects.create(room=room, begins=commands.quarter_of(moment), adults_in=number)


@pytest.mark.parametrize(("number", "state"), [(134, "open"), (135, "soon"), (149, "soon"), (150, "full")])
def test_it_warns_at_135_and_stops_at_150(
    room: DoorRoom, at: Callable[[datetime], None], number: int, state: str
) -> None:
    at(swedish(DAY, 12))
    _inside(room, number, swedish(DAY, 12))
    assert queries.inside_now(room, on=swedish(DAY, 12)).state == state
    page = Client().get(address(room.door, "counting_room", room.pk)).content.decode()
    assert f'data-door-state="{state}"' in page
    assert f'id="inside">{number}<' in page


def test_the_151st_gets_a_clear_sentence_and_is_counted_when_they_are_inside_already(
    room: DoorRoom, at: Callable[[datetime], None]
) -> None:
    at(swedish(DAY, 13))
    _inside(room, 150, swedish(DAY, 12, 30))
    phone = Phone(room)
    answer = phone.press("child-in")
    assert answer.status_code == 409
    assert "Det är fullt: 150 är inne, och fler får inte vara där. Vänta tills någon går ut." in (
        answer.content.decode()
    )
    assert queries.inside(room, on=swedish(DAY, 13)) == 150
    assert phone.press("one-out-one-in").status_code == 302
    assert queries.inside(room, on=swedish(DAY, 13)) == 150
    assert phone.press("child-in", anyway="1").status_code == 302
    assert queries.inside(room, on=swedish(DAY, 13)) == 151
    assert phone.press("adult-out").status_code == 302
    assert phone.press("adult-in").status_code == 409


def test_a_press_counts_once_however_often_it_arrives(room: DoorRoom, at: Callable[[datetime], None]) -> None:
    at(swedish(DAY, 12))
    phone, fields = Phone(room), {"step": "adult-in", "key": str(uuid.uuid4())}
    for ago in ("0", "3", "60"):
        assert phone.send(fields, **{"X-Outbox": "1", "X-Pressed-Ago": ago}).status_code == 204
    assert queries.inside(room, on=swedish(DAY, 12)) == 1
    assert phone.send({**fields, "step": "adult-out"}).status_code == 409


@pytest.mark.parametrize(
    ("said", "hour"), [("", 12), ("0", 12), ("3600", 11), ("-5", 12), ("1e9", 12), ("٣", 12), ("x" * 400, 12)]
)
def test_a_phone_says_how_long_it_has_waited_and_its_clock_does_not_matter(
    room: DoorRoom, at: Callable[[datetime], None], said: str, hour: int
) -> None:
    at(swedish(DAY, 12, 5))
    phone = Phone(room)
    fields = {"step": "adult-in", "key": str(uuid.uuid4())}
    assert phone.client.post(phone.address, fields, HTTP_X_PRESSED_AGO=said).status_code == 302
    assert [count.begins for count in room.counts.all()] == [swedish(DAY, hour, 5 // 15 * 15)]


def test_the_longest_wait_is_a_week(room: DoorRoom, at: Callable[[datetime], None]) -> None:
    at(swedish(DAY, 12))
    phone = Phone(room)
    fields = {"step": "adult-in", "key": str(uuid.uuid4())}
    assert phone.send(fields, **{"X-Pressed-Ago": "9999999"}).status_code == 302
    assert [count.begins for count in room.counts.all()] == [swedish(DAY, 12) - timedelta(days=7)]
    assert queries.inside(room, on=swedish(DAY, 12)) == 0


def test_a_mistake_is_taken_back_and_never_below_nothing(
    room: DoorRoom, at: Callable[[datetime], None]
) -> None:
    phone = Phone(room)
    at(swedish(DAY, 12))
    assert phone.press("child-in").status_code == 302
    at(swedish(DAY, 12, 20))
    for _again in range(2):
        assert phone.press("child-in-back").status_code == 302
    assert [(count.children_in, count.adults_in) for count in room.counts.all()] == [(0, 0)]


def test_more_out_than_in_is_shown_as_nobody_until_the_other_phone_has_sent(
    room: DoorRoom, at: Callable[[datetime], None]
) -> None:
    at(swedish(DAY, 12))
    away, here = Phone(room), Phone(room)
    away.keep("adult-in", swedish(DAY, 11, 50))
    here.press("adult-out")
    here.press("adult-out")
    assert queries.inside_now(room, on=swedish(DAY, 12)).number == 0
    away.keep("adult-in", swedish(DAY, 11, 55))
    away.keep("child-in", swedish(DAY, 11, 56))
    away.send_what_waits(swedish(DAY, 12))
    assert queries.inside_now(room, on=swedish(DAY, 12)).number == 1


def test_practice_the_week_before_is_not_in_the_days_sums(
    room: DoorRoom, at: Callable[[datetime], None]
) -> None:
    at(swedish(DAY - timedelta(7), 12))
    Phone(room).press("adult-in")
    page = Client().get(address(room.door, "counting_room", room.pk)).content.decode()
    assert "övning, dagen är en annan" in page
    assert queries.inside(room, on=swedish(DAY, 11)) == 0
    assert queries.hours_of(room, on=swedish(DAY, 11)) == []


def test_each_room_has_its_own_sum_and_limit(door: Door, at: Callable[[datetime], None]) -> None:
    at(swedish(DAY, 12))
    corridor = commands.add_room(door, name="Korridoren", most=2)
    phone = Phone(corridor)
    assert [phone.press("adult-in").status_code for _ in range(3)] == [302, 302, 409]
    assert [(here.number, here.state) for here in queries.rooms_now(door, on=swedish(DAY, 12))] == [
        (0, "open"),
        (2, "full"),
    ]
    choice = Client().get(address(door, "counting")).content.decode()
    assert "Hela huset" in choice
    assert "2 inne, av högst 2" in choice


def test_new_addresses_close_the_old_ones_and_keep_the_sums(
    room: DoorRoom, at: Callable[[datetime], None]
) -> None:
    at(swedish(DAY, 12))
    old = Phone(room)
    assert old.press("adult-in").status_code == 302
    commands.renew_addresses(room.door)
    assert old.press("adult-in").status_code == 404
    again = DoorRoom.objects.select_related("door").get(pk=room.pk)
    assert Phone(again).press("adult-in").status_code == 302
    assert queries.inside(again, on=swedish(DAY, 12)) == 2


@pytest.mark.parametrize(("days", "status"), [(0, 302), (7, 302), (8, 404)])
def test_phones_may_send_for_a_week_after_the_day(
    room: DoorRoom, at: Callable[[datetime], None], days: int, status: int
) -> None:
    phone = Phone(room)
    at(swedish(DAY + timedelta(days), 12))
    assert phone.press("adult-in").status_code == status


def test_a_day_that_is_called_off_has_no_door(
    the_day: OpenHouse, room: DoorRoom, at: Callable[[datetime], None]
) -> None:
    events.call_off(the_day, on=NOW.date(), at=NOW)
    at(swedish(DAY, 12))
    assert Phone(room).press("adult-in").status_code == 404


@pytest.mark.parametrize("fields", [{}, {"step": "run"}, {"step": "adult-in\x00"}, {"step": "x" * 10_000}])
def test_a_press_that_we_do_not_understand_gets_a_sentence(
    room: DoorRoom, at: Callable[[datetime], None], fields: dict[str, str]
) -> None:
    at(swedish(DAY, 12))
    phone = Phone(room)
    answer = phone.send({**fields, "key": str(uuid.uuid4())})
    assert (answer.status_code, room.counts.count()) == (422, 0)
    assert "Vi förstod inte det trycket." in answer.content.decode()


# -- rooms ---------------------------------------------------------------------------------------------------------
def test_rooms_are_named_once_and_those_with_sums_stay(
    door: Door, room: DoorRoom, at: Callable[[datetime], None]
) -> None:
    at(swedish(DAY, 12))
    with pytest.raises(Refused, match="Det finns redan ett rum som heter hela HUSET"):
        commands.add_room(door, name="hela HUSET", most=10)
    with pytest.raises(Refused, match="behöver ett rum"):
        commands.remove_room(room)
    other = commands.add_room(door, name="Sal B", most=10)
    with pytest.raises(Refused, match="Det finns redan"):
        commands.change_room(other, name="Hela huset", most=10)
    Phone(other).press("adult-in")
    with pytest.raises(Refused, match="summor kastas inte bort"):
        commands.remove_room(other)
    commands.change_room(other, name="Sal C", most=11)
    assert [(each.name, each.most) for each in door.rooms.all()] == [("Hela huset", 150), ("Sal C", 11)]


@pytest.mark.parametrize(
    "pressed", [{"step": "adult-in"}, {"step": "adult-in", "anyway": "1"}, {"step": "child-out"}]
)
def test_a_press_for_a_room_that_was_removed_while_it_was_on_its_way_is_answered_and_not_counted(
    door: Door, at: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch, pressed: dict[str, str]
) -> None:
    at(swedish(DAY, 12))
    removed = commands.add_room(door, name="Sal B", most=10)
    phone, found = Phone(removed), DoorRoom.objects.select_related("door__openhouse").get(pk=removed.pk)
    removed.delete()
    monkeypatch.setattr(queries, "room_behind", lambda *_args, **_words: found)
    assert phone.send({**pressed, "key": str(uuid.uuid4())}).status_code == 404
    assert not DoorCount.objects.exists()


@pytest.mark.parametrize("most", ["0", "-3", "många", "5001", ""])
def test_a_limit_that_cannot_be_gets_a_sentence_and_the_name_stays(
    door: Door, leader: Client, most: str
) -> None:
    answer = leader.post(
        reverse("openhouse:door_room_new", args=[door.openhouse_id]),
        {"name": "Sal B", "most": most, "key": str(uuid.uuid4())},
    )
    assert answer.status_code == 422
    assert 'value="Sal B"' in answer.content.decode()
    assert door.rooms.count() == 1


def test_two_presses_to_watch_the_door_make_one(the_day: OpenHouse) -> None:
    assert commands.watch_door(the_day, room="A").pk == commands.watch_door(the_day, room="B").pk
    assert [room.name for room in DoorRoom.objects.all()] == ["A"]


# -- four faces ----------------------------------------------------------------------------------------------------
def _press_faces(door: Door, **presses: int) -> None:
    client, there = Client(), address(door, "faces_press")
    for name, number in presses.items():
        for _press in range(number):
            fields = {"face": name.replace("_", "-"), "key": str(uuid.uuid4())}
            assert client.post(there, fields).status_code == 302


def test_268_presses_are_counted_and_no_person_is_behind_them(
    door: Door, at: Callable[[datetime], None]
) -> None:
    at(swedish(DAY, 15))
    _press_faces(door, great=141, good=96, so_so=22, bad=9)
    was = queries.how_it_was(door)
    assert was.presses == 268
    assert [number for _faces, number in was.shown] == [141, 96, 22, 9]
    assert {field.name for field in FaceCount._meta.get_fields()} == {"id", "door", "face", "presses"}


@pytest.mark.parametrize(
    ("presses", "told", "shown"),
    [
        ({"great": 4}, 0, []),
        ({"great": 5}, 5, [5, 0, 0, 0]),
        ({"great": 30, "good": 9, "so_so": 6, "bad": 2}, 47, [39, 8]),
        ({"great": 30, "good": 9, "bad": 1}, 40, []),
        ({}, 0, []),
    ],
)
def test_small_sums_are_put_together_or_not_shown(
    door: Door,
    at: Callable[[datetime], None],
    presses: dict[str, int],
    told: int,
    shown: list[int],
) -> None:
    at(swedish(DAY, 15))
    _press_faces(door, **presses)
    was = queries.how_it_was(door)
    assert (was.presses, [number for _faces, number in was.shown]) == (told, shown)


def test_a_press_thanks_and_a_face_that_is_not_there_gets_a_sentence(
    door: Door, at: Callable[[datetime], None]
) -> None:
    at(swedish(DAY, 15))
    client, there = Client(), address(door, "faces_press")
    answer = client.post(there, {"face": "good", "key": str(uuid.uuid4())}, follow=True)
    assert "Tack!" in answer.content.decode()
    assert client.post(there, {"face": "angry", "key": str(uuid.uuid4())}).status_code == 422
    assert list(FaceCount.objects.values_list("face", "presses")) == [("good", 1)]


# -- how much is asked ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("step", "most"), [("adult-in", 11), ("adult-out", 9)])
def test_a_press_at_the_door_asks_little_and_its_turn_is_short(
    room: DoorRoom, at: Callable[[datetime], None], step: str, most: int
) -> None:
    at(swedish(DAY, 12))
    phone = Phone(room)
    phone.press(step)  # the first of its quarter of an hour
    with CaptureQueriesContext(connection) as asked:
        phone.press(step)
    assert len(asked) <= most


def test_a_face_asks_little(door: Door, at: Callable[[datetime], None]) -> None:
    at(swedish(DAY, 12))
    _press_faces(door, great=1)
    with CaptureQueriesContext(connection) as asked:
        _press_faces(door, great=1)
    assert len(asked) <= 9


def test_the_pages_ask_the_same_number_of_questions_for_three_and_for_many(
    door: Door, leader: Client, at: Callable[[datetime], None]
) -> None:
    at(swedish(DAY, 15))

    def questions(there: str, client: Client) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(there).status_code == 200
        return len(asked)

    room = door.rooms.get()
    pages = [
        (address(door, "counting_room", room.pk), Client()),
        (address(door, "counting_room_live", room.pk), Client()),
        (address(door, "faces"), Client()),
    ]
    _press_faces(door, great=5)
    commands.add_room(door, name="Sal B", most=10)
    pages.append((address(door, "counting"), Client()))
    few = [questions(*page) for page in pages]
    assert max(few) <= 5
    DoorCount.objects.bulk_create(
        DoorCount(room=room, begins=swedish(DAY, 8) + timedelta(minutes=15 * number), adults_in=3)
        for number in range(30)
    )
    assert [questions(*page) for page in pages] == few
    assert questions(reverse("openhouse:door", args=[door.openhouse_id]), leader) <= 20
