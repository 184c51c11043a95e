"""The doors of the day as it goes: programme, map and wall for everybody; run sheet for those who plan; codes for the desk."""

from __future__ import annotations

from typing import Any

from brobygget.openhouse.commands import programme
from brobygget.openhouse.models import Slot, Task
from brobygget.openhouse.queries.booking_desk import paper_to_call
from tests.agreements import doors_programme
from tests.agreements.doors import EVERYBODY, FRANS, LEADERS, Door
from tests.agreements.doors_openhouse import _day, _pk
from tests.agreements.doors_programme import BOOKS, _on_paper, _slot
from tests.conftest import NOW


def _set_up(cast: Any) -> None:
    """What has a seat on paper is called off."""
    doors_programme._set_up(cast)
    programme.call_off_slot(Slot.objects.get(pk=_slot(cast)[1]), is_off=True, at=NOW)
    assert len(paper_to_call(_day())) == 1


def _task(cast: Any) -> list[Any]:
    return [_day().pk, Task.objects.get(openhouse=_day(), kind=Task.Kind.DOORS).pk]


def _door(name: str, open_to: frozenset[str], method: str = "GET", **more: Any) -> Door:
    return Door(f"openhouse:{name}", open_to, method, **{"prepare": _set_up, "args": _pk, **more})


PUBLIC = EVERYBODY - {FRANS}  # whose house is another one
DOORS = [
    _door("day_programme", PUBLIC),
    _door("day_map", PUBLIC),
    _door("hall_wall", EVERYBODY),
    _door("hall_wall_live", EVERYBODY),
    _door("run_now", LEADERS, is_for_hosts=True),
    _door("run_now_live", LEADERS, is_for_hosts=True),
    _door(
        "run_now_done", LEADERS, "POST", args=_task, fields=lambda cast: {"answer": "yes"}, is_for_hosts=True
    ),
    _door("seat_told", BOOKS, "POST", args=_on_paper, is_for_hosts=True),
]
