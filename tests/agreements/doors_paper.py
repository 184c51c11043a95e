"""The doors of what is printed and of the reminder.

Papers that say nothing but what everybody may read are for whoever plans the day or cares for its invitations; what
associations have answered is for those who care for invitations, and its own sheet for the association that comes.
"""

from __future__ import annotations

from datetime import timedelta

from brobygget.openhouse.commands import floor, floor_halls, places, reminding
from brobygget.openhouse.commands.floor_halls import HallFacts, Rows
from brobygget.openhouse.queries.floor import floor_of
from tests.agreements.doors import BIRGIT, MARIT, PETRA, Door
from tests.agreements.doors_openhouse import INVITES, WITH_A_LINK, _bengts, _day, _frozen, _prepare, _says
from tests.conftest import NOW

PRINTS = frozenset({BIRGIT, MARIT, PETRA})


def _told(cast):
    """Bengt's association has the one place and its table, and everybody is told; there is somebody to ask."""
    _prepare(cast)
    _says(_bengts(cast), hands="Grädda våffla", watts=1200, power_for="Våffeljärn", wish="Nära köket")
    _frozen(cast)
    places.give_places(_day(), at=NOW + timedelta(days=70))
    hall = floor_halls.put_up_hall(_day(), facts=HallFacts(name="Gymnastiken", wide=100, deep=80))
    floor_halls.put_up_rows(hall, rows=Rows(tables=2, rows=1))
    floor_halls.put_up_circuit(_day(), name="A1", watts=2300, tables=[1])
    floor.keep_placed(_day(), floor.place_everybody(floor_of(_day())), at=NOW)
    floor.tell_floor(_day(), is_told=True, at=NOW)
    reminding.write_briefing(_day(), ask="Greta vid entrén", note="Lasta av bak")


def _by_letter(cast):
    _told(cast)
    one = _bengts(cast)
    type(one.association).objects.filter(pk=one.association_id).update(reach="letter", email="")


def _pk(cast):
    return [_day().pk]


def _sized(size):
    return lambda cast: [_day().pk, size]


def _paper(name, method="GET", **more):
    return Door(
        f"openhouse:{name}",
        PRINTS,
        method,
        **{"prepare": _told, "args": _pk, "is_for_hosts": True, **more},
    )


def _staff(name, method="GET", **more):
    return Door(
        f"openhouse:{name}",
        INVITES,
        method,
        **{"prepare": _told, "args": _pk, "is_for_hosts": True, **more},
    )


BADGES = {"role": "host", "lines": "Amal, arabiska", "empty": "3"}
DOORS = [
    _paper("papers"),
    _paper("poster", args=_sized("a3")),
    _paper("signs"),
    _paper("map", args=_sized("a4")),
    _paper("stamp_cards"),
    _paper("phrases"),
    _paper("badges"),
    _paper("badges", "POST", fields=lambda cast: BADGES),
    _staff("reminders"),
    _staff("confirmations"),
    _staff("briefing", "POST", fields=lambda cast: {"ask": "Elin", "note": "Kaffe från tio"}),
    _staff("reminder_mails", "POST"),
    _staff("reminder_sheets", "POST", prepare=_by_letter),
    _staff("reminder_told", "POST", args=lambda cast: [_day().pk, _bengts(cast).pk]),
    Door("openhouse:own_confirmation", WITH_A_LINK, prepare=_told, args=_pk),
]
