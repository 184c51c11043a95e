"""The doors of the floor plan: Marit and Petra, who care for invitations and places, decide who stands where."""

from __future__ import annotations

from brobygget.openhouse.commands import floor, floor_halls
from brobygget.openhouse.commands.floor_halls import HallFacts, Rows
from brobygget.openhouse.models import Circuit, Hall, Invitation, Position
from brobygget.openhouse.queries.floor import floor_of
from tests.agreements.doors import OTHER_ASSOCIATION, Door
from tests.agreements.doors_openhouse import INVITES, _day, _given
from tests.conftest import NOW

HALL = {"name": "Matsalen", "wide": "12", "deep": "8,5", "door": "near", "walk": "5"}
SIZE = {"wide": "1,8", "deep": "0,8"}


def _set_up(cast):
    """The other association has the one place; a hall with two tables, and a circuit that reaches one."""
    _given(cast)
    hall = floor_halls.put_up_hall(_day(), facts=HallFacts(name="Gymnastiken", wide=100, deep=80))
    floor_halls.put_up_rows(hall, rows=Rows(tables=2, rows=1))
    floor_halls.put_up_circuit(_day(), name="A1", watts=2300, tables=[1])


def _placed(cast):
    _set_up(cast)
    floor.keep_placed(_day(), floor.place_everybody(floor_of(_day())), at=NOW)


def _stand(cast):
    return Invitation.objects.get(openhouse=_day(), association=cast.associations[OTHER_ASSOCIATION]).pk


def _move(cast):
    found = floor_of(_day())
    here = found.spots[_stand(cast)].position
    return {"stand": str(_stand(cast)), "to": str(found.free[0].pk), "was": str(here), "meets": "0"}


def _pk(cast):
    return [_day().pk]


def _hall(cast):
    return [_day().pk, Hall.objects.get(openhouse=_day(), name="Gymnastiken").pk]


def _table(cast):
    return [_day().pk, Position.objects.get(openhouse=_day(), number=2).pk]


def _circuit(cast):
    return [_day().pk, Circuit.objects.get(openhouse=_day(), name="A1").pk]


def _last(cast):
    return {"step": str(_day().floor_plan.changes.last().pk)}


def _staff(name, method="GET", **more):
    return Door(
        f"openhouse:{name}",
        INVITES,
        method,
        **{"prepare": _placed, "args": _pk, "is_for_hosts": True, **more},
    )


DOORS = [
    _staff("floor"),
    _staff("placing", "POST", prepare=_set_up, fields=lambda cast: {"what": "all"}),
    _staff("moving", "POST", fields=_move),
    _staff("holding", "POST", fields=lambda cast: {"stand": str(_stand(cast)), "answer": "yes"}),
    _staff("taking_back", "POST", fields=_last),
    _staff("telling", "POST", fields=lambda cast: {"answer": "yes"}),
    _staff("halls"),
    _staff("hall_new", "POST", fields=lambda cast: {f"hall-{name}": text for name, text in HALL.items()}),
    _staff("hall", args=_hall),
    _staff("hall", "POST", args=_hall, fields=lambda cast: {**HALL, "name": "Idrottshallen"}),
    _staff(
        "hall_rows",
        "POST",
        prepare=_set_up,
        args=_hall,
        fields=lambda cast: {**SIZE, "tables": "4", "rows": "2"},
    ),
    _staff("hall_table", "POST", args=_hall),
    _staff("hall_removal", "POST", args=_hall),
    _staff("table", args=_table),
    _staff("table", "POST", args=_table, fields=lambda cast: {**SIZE, "number": "7", "x": "3", "y": "4"}),
    _staff("table_removal", "POST", args=_table),
    _staff(
        "circuit_new",
        "POST",
        fields=lambda cast: {"circuit-name": "Köket", "circuit-watts": "3680", "circuit-tables": "1-2"},
    ),
    _staff("keeping_apart", "POST", fields=lambda cast: {"words": "våffeljärn"}),
    _staff("circuit", args=_circuit),
    _staff(
        "circuit",
        "POST",
        args=_circuit,
        fields=lambda cast: {"name": "Scenen", "watts": "2300", "tables": ""},
    ),
    _staff("circuit_removal", "POST", args=_circuit),
]
