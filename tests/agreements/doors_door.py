"""The doors of the door: those who plan the day see it, and whoever has an address may count, or press a face."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from brobygget.openhouse.commands import door, events
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.models import Door as WatchedDoor
from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.queries.door import COUNTING, FACES, token_of
from tests.agreements.doors import EVERYBODY, LEADERS, Door
from tests.conftest import NOW, TODAY

NAME = "Dagen vid dörren"
ROOM = {"name": "Sal A", "most": "80"}


def _day() -> OpenHouse:
    return OpenHouse.objects.get(name=NAME)


def _watched() -> WatchedDoor:
    return WatchedDoor.objects.select_related("openhouse").get(openhouse=_day())


def _planned(cast: Any) -> None:
    facts = Facts(
        name=NAME, language="sv", day=date(2027, 4, 24), starts=time(11), ends=time(16), place="x", places=1
    )
    events.plan_open_house(house=cast.house, circle=cast.circle, facts=facts, on=TODAY, at=NOW)


def _two_rooms(cast: Any) -> None:
    _planned(cast)
    door.add_room(door.watch_door(_day(), room="Hela huset"), name="Korridoren", most=40)


def _counted(cast: Any) -> None:
    """Nobody can take the room away any more, so that each who leads gets the same answer."""
    _two_rooms(cast)
    door.press(
        _watched().rooms.get(name="Korridoren"), door.STEPS["adult-in"], pressed_at=NOW, has_happened=False
    )


def _pk(cast: Any) -> list[Any]:
    return [_day().pk]


def _room(cast: Any) -> list[Any]:
    return [_day().pk, _watched().rooms.get(name="Korridoren").pk]


def _counts(cast: Any) -> list[Any]:
    return [_day().pk, token_of(_watched(), COUNTING)]


def _counts_room(cast: Any) -> list[Any]:
    return [*_counts(cast), _room(cast)[1]]


def _asks(cast: Any) -> list[Any]:
    return [_day().pk, token_of(_watched(), FACES)]


def _crossed(cast: Any) -> list[Any]:
    """The address of the faces does not count people."""
    return [*_asks(cast), _room(cast)[1]]


def _leads(name: str, method: str = "GET", **more: Any) -> Door:
    facts = {"args": _pk, "prepare": _two_rooms, **more}
    return Door(f"openhouse:{name}", LEADERS, method, is_for_hosts=True, **facts)


def _open(name: str, args: Any, method: str = "GET", **more: Any) -> Door:
    return Door(f"openhouse:{name}", EVERYBODY, method, args=args, prepare=_two_rooms, **more)


def _closed(name: str, args: Any, method: str = "GET", **more: Any) -> Door:
    return Door(f"openhouse:{name}", frozenset(), method, args=args, prepare=_two_rooms, **more)


IN = {"fields": lambda cast: {"step": "adult-in"}}
DOORS = [
    _leads("door"),
    _leads("door_watching", "POST", prepare=_planned),
    _leads("door_addresses", "POST"),
    _leads("door_room_new", "POST", fields=lambda cast: ROOM),
    _leads("door_room", args=_room),
    _leads("door_room", "POST", args=_room, fields=lambda cast: ROOM),
    _leads("door_room_removal", "POST", args=_room, prepare=_counted),
    _open("counting", _counts),
    _open("counting_room", _counts_room),
    _open("counting_room_live", _counts_room),
    _open("counting_press", _counts_room, "POST", **IN),
    _open("faces", _asks),
    _open("faces_press", _asks, "POST", fields=lambda cast: {"face": "good"}),
    _closed("counting", _asks),
    _closed("counting_room", _crossed),
    _closed("counting_room_live", _crossed),
    _closed("counting_press", _crossed, "POST", **IN),
    _closed("faces", _counts),
    _closed("faces_press", _counts, "POST", fields=lambda cast: {"face": "good"}),
]
