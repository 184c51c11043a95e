"""The doors of a visit: everybody makes a way and has a stamp card; those who plan the day see sums, codes and the draw."""

from __future__ import annotations

from datetime import time
from typing import Any

from brobygget.associations.models import Association
from brobygget.openhouse.commands import door, events, inviting, stamps
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.models import Answer, Invitation, OpenHouse, Place
from brobygget.openhouse.models import Door as WatchedDoor
from brobygget.openhouse.queries.door import COUNTING, token_of
from brobygget.openhouse.queries.stamps import table_secret
from brobygget.openhouse.views.stamp_desk import CARDS
from tests.agreements.doors import BENGT, EVERYBODY, FRANS, LEADERS, Door
from tests.conftest import NOW, TODAY

NAME = "Besökarnas dag"
OF_THE_TOWN = EVERYBODY - {FRANS}  # another house has another address
CARD = {"stamps": "6", "zones": "1"}


def _day() -> OpenHouse:
    return OpenHouse.objects.select_related("house").get(name=NAME)


def _planned(cast: Any, *, is_public: bool = True) -> None:
    facts = Facts(
        name=NAME,
        language="sv",
        day=NOW.date(),
        starts=time(0, 30),
        ends=time(23, 30),
        place="x",
        places=1,
    )
    made = events.plan_open_house(house=cast.house, circle=cast.circle, facts=facts, on=TODAY, at=NOW)
    bengts = Association.objects.get(pk=cast.associations[BENGT])
    inviting.invite_associations(made, [bengts], on=TODAY)
    one = Invitation.objects.get(openhouse=made)
    Answer.objects.create(
        invitation=one, said="yes", said_at=NOW, wants_since=NOW, channel="link", changed_at=NOW
    )
    Place.objects.create(openhouse=made, invitation=one, position=0, wants_since=NOW, given_at=NOW)
    door.watch_door(made, room="Hela huset")
    if is_public:
        events.publish(made, is_public=True, on=TODAY, at=NOW)


def _not_public(cast: Any) -> None:
    _planned(cast, is_public=False)


def _boxed(cast: Any) -> None:
    _planned(cast)
    stamps.hand_in_paper(_day(), stamps=6, zones=1, at=NOW)


def _renewed(cast: Any) -> None:
    _planned(cast)
    cast.old_secret = table_secret(_invitation())
    stamps.renew_table_code(_invitation())


def _invitation() -> Invitation:
    return Invitation.objects.select_related("table_code").get(openhouse__name=NAME)


def _pk(cast: Any) -> list[Any]:
    return [_day().pk]


def _table(cast: Any) -> list[Any]:
    return [_day().pk, table_secret(_invitation())]


def _old_table(cast: Any) -> list[Any]:
    return [_day().pk, cast.old_secret]


def _desk(cast: Any) -> list[Any]:
    return [_day().pk, token_of(WatchedDoor.objects.get(openhouse=_day()), CARDS)]


def _counts(cast: Any) -> list[Any]:
    """The address of those who count is not that of the desk."""
    return [_day().pk, token_of(WatchedDoor.objects.get(openhouse=_day()), COUNTING)]


def _code(cast: Any) -> list[Any]:
    return [_day().pk, _invitation().pk]


def _open(name: str, method: str = "GET", **more: Any) -> Door:
    facts = {"args": _pk, "prepare": _planned, **more}
    return Door(f"openhouse:{name}", facts.pop("open_to", OF_THE_TOWN), method, **facts)


def _desk_of(name: str, method: str = "GET", **more: Any) -> Door:
    """Whoever has the address, in whichever house."""
    return _open(name, method, open_to=EVERYBODY, **more)


def _closed(name: str, method: str = "GET", **more: Any) -> Door:
    facts = {"args": _pk, "prepare": _not_public, **more}
    return Door(f"openhouse:{name}", frozenset(), method, **facts)


def _leads(name: str, method: str = "GET", **more: Any) -> Door:
    facts = {"args": _pk, "prepare": _boxed, **more}
    return Door(f"openhouse:{name}", LEADERS, method, is_for_hosts=True, **facts)


DOORS = [
    *(_open(name) for name in ("visit", "visit_interests", "visit_wishes", "route", "stamp_card")),
    *(_closed(name) for name in ("visit", "visit_interests", "visit_wishes", "route", "stamp_card")),
    _open("card_handing_in", "POST", fields=lambda cast: {"met": "1"}),
    _open("card_leaving", "POST"),
    _closed("card_handing_in", "POST"),
    _closed("card_leaving", "POST"),
    _open("at_table", args=_table),
    _open("stamp", "POST", args=_table),
    _closed("at_table", args=_table),
    _closed("stamp", "POST", args=_table),
    _closed("at_table", args=_old_table, prepare=_renewed),
    _closed("stamp", "POST", args=_old_table, prepare=_renewed),
    _desk_of("paper_cards", args=_desk),
    _desk_of("paper_cards_in", "POST", args=_desk, fields=lambda cast: CARD),
    _desk_of("paper_cards_given", "POST", args=_desk, fields=lambda cast: {"given": "40"}),
    _closed("paper_cards", args=_counts, prepare=_planned),
    _closed("paper_cards_in", "POST", args=_counts, prepare=_planned, fields=lambda cast: CARD),
    _closed("paper_cards_given", "POST", args=_counts, prepare=_planned),
    _leads("stamps"),
    _leads("stamps_draw", "POST", fields=lambda cast: {"prizes": "1", "said": "123"}),
    _leads("stamps_code", "POST", args=_code),
    _leads("stamps_codes_file"),
]
