"""The doors of the open house's tables: those who plan the day lead, and whoever has the code may sit down.

The pages about tables are the circles' own; that they are all here is asked of the same list that makes the addresses.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from brobygget.circles.commands import table_guests, table_plans, table_rounds
from brobygget.circles.commands.table_guests import NewGuest
from brobygget.circles.models import TableGuest
from brobygget.circles.queries.table_doors import token_of
from brobygget.openhouse.commands import events, gatherings
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.commands.gatherings import GatheringFacts
from brobygget.openhouse.models import Gathering
from brobygget.openhouse.queries.gatherings import wall_token
from tests.agreements.doors import AMINA, EVERYBODY, LEADERS, Door
from tests.conftest import NOW, TODAY

NAME = "Språkkafé"
FORM = {"name": "Mingel", "place": "Scenen", "starts": "14:00", "ends": "15:00"}


def _gathering() -> Gathering:
    return Gathering.objects.select_related("openhouse", "plan__house").get(
        name=NAME, openhouse__name="Dagen"
    )


def _day(cast: Any) -> None:
    facts = Facts(
        name="Dagen",
        language="sv",
        day=date(2027, 4, 24),
        starts=time(11),
        ends=time(16),
        place="Älvhallen",
        places=1,
    )
    day = events.plan_open_house(house=cast.house, circle=cast.circle, facts=facts, on=TODAY, at=NOW)
    gatherings.add_gathering(
        day, facts=GatheringFacts(name=NAME, place="Kaféhörnan", starts=time(13), ends=time(14))
    )


def _planned(cast: Any) -> None:
    _day(cast)
    plan = _gathering().plan
    table_guests.add_guests(plan, [NewGuest(f"Gäst {number}", ("sv",)) for number in range(5)])
    table_plans.make_plan(plan, tables=2, rounds=2, seed=1)


def _begun(cast: Any) -> None:
    """Nobody can take it out of the day any more, so that each who leads gets the same answer."""
    _planned(cast)
    table_rounds.begin_next_round(_gathering().plan, after=0, at=NOW)


def _open(cast: Any) -> None:
    _planned(cast)
    table_guests.open_door(_gathering().plan, is_open=True)


def _amina_sits(cast: Any) -> None:
    _open(cast)
    table_guests.sit_down(_gathering().plan, cast.amina.participant)


def _pk(cast: Any) -> list[Any]:
    return [_gathering().pk]


def _day_pk(cast: Any) -> list[Any]:
    return [_gathering().openhouse_id]


def _guest(cast: Any) -> list[Any]:
    return [_gathering().pk, _last().pk]


def _last() -> TableGuest:
    found = TableGuest.objects.filter(plan=_gathering().plan).order_by("pk").last()
    assert found is not None
    return found


def _token(cast: Any) -> list[Any]:
    return [token_of(_gathering().plan)]


def _wall(cast: Any) -> list[Any]:
    return [_gathering().pk, wall_token(_gathering())]


def _leads(name: str, method: str = "GET", **more: Any) -> Door:
    facts = {"args": _pk, "prepare": _planned, **more}
    return Door(f"openhouse:{name}", LEADERS, method, is_for_hosts=True, **facts)


DOORS = [
    _leads("gatherings", args=_day_pk),
    _leads("gatherings", "POST", args=_day_pk, fields=lambda cast: FORM),
    _leads("gathering"),
    _leads("gathering", "POST", fields=lambda cast: FORM),
    _leads("gathering_ending", "POST"),
    _leads("gathering_removal", "POST", prepare=_begun),
    _leads("gathering_wall_address", "POST"),
    _leads("tables"),
    _leads(
        "tables", "POST", fields=lambda cast: {"tables": 2, "rounds": 3, "minutes_each": 9, "lines": "A\nB"}
    ),
    _leads("tables_move", "POST", fields=lambda cast: {"round": 1, "guest": 1, "table": 1}),
    _leads("tables_again", "POST"),
    _leads("tables_better", "POST"),
    _leads("tables_undo", "POST"),
    _leads("tables_next", "POST", fields=lambda cast: {"after": 0}),
    _leads("tables_rounds", "POST", fields=lambda cast: {"rounds": 3}),
    _leads("tables_places"),
    _leads("tables_table", "POST", fields=lambda cast: {"what": "fetch"}),
    _leads("tables_aloud"),
    _leads("tables_people"),
    _leads("tables_people", "POST", fields=lambda cast: {"lines": ""}),
    _leads("tables_presence", "POST", fields=lambda cast: {"guest": _last().pk, "here": "no"}),
    _leads("tables_guest", args=_guest),
    _leads("tables_guest", "POST", args=_guest, fields=lambda cast: {"languages": ["sv", "ar"]}),
    _leads("tables_wishes"),
    _leads("tables_wishes", "POST", fields=lambda cast: {"drop": 1}),
    _leads("tables_door", "POST", fields=lambda cast: {"what": "open"}),
    _leads("tables_waiting"),
    _leads("tables_cards"),
    _leads("tables_slips"),
    Door("openhouse:tables_join", EVERYBODY, args=_token, prepare=_open),
    Door(
        "openhouse:tables_join",
        EVERYBODY,
        "POST",
        args=_token,
        prepare=_open,
        fields=lambda cast: {"alias": "Mona", "language": "ar", "languages": ["ar"]},
    ),
    # A door that was never opened and an invented secret look the same to everybody; so does a circle's own door.
    Door("openhouse:tables_join", frozenset(), args=_token, prepare=_planned),
    Door("openhouse:tables_join", frozenset(), args=lambda cast: ["1-no-such-secret-at-all1"], prepare=_open),
    Door("circles:tables_join", frozenset(), args=_token, prepare=_open),
    # Somebody's own table is told to them alone: Chidi, of the same house, sits nowhere.
    Door("openhouse:own_tables", frozenset({AMINA}), args=_pk, prepare=_amina_sits),
    Door("openhouse:own_tables_live", frozenset({AMINA}), args=_pk, prepare=_amina_sits),
    Door("openhouse:own_tables", frozenset(), args=_pk, prepare=_open),
    Door("openhouse:gathering_wall", EVERYBODY, args=_wall, prepare=_planned),
    Door("openhouse:gathering_wall_live", EVERYBODY, args=_wall, prepare=_planned),
    Door("openhouse:gathering_wall", frozenset(), args=lambda cast: [_pk(cast)[0], "x"], prepare=_planned),
    Door(
        "openhouse:gathering_wall_live", frozenset(), args=lambda cast: [_pk(cast)[0], "x"], prepare=_planned
    ),
]
