"""Halls, tables and circuits: put up by the row, then adjusted one by one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.openhouse import rules
from brobygget.openhouse.commands.floor import plan_of, plug_in
from brobygget.openhouse.commands.holding import locked
from brobygget.openhouse.models import Circuit, FloorPlan, Hall, OpenHouse, Position, Stand
from brobygget.web import moments


@dataclass(frozen=True)
class HallFacts:
    """A room. Lengths are decimetres."""

    name: str
    wide: int
    deep: int
    door: str = Hall.Door.NEAR
    walk: int = 0
    step_free: bool = True


@dataclass(frozen=True)
class Rows:
    """So many tables in so many rows, all alike."""

    tables: int
    rows: int
    wide: int = 18
    deep: int = 8
    gap: int = 2  # between two tables of a row


def _refuse_taken_name(rows: Any, name: str, *, besides: int, sentence: str) -> None:
    # Compared here as well as by the database, so that it is a sentence and not a fault.
    taken = {one.casefold() for one in rows.exclude(pk=besides).values_list("name", flat=True)}
    if name.casefold() in taken:
        raise Refused(sentence % {"name": name})


@transaction.atomic
def put_up_hall(openhouse: OpenHouse, *, facts: HallFacts) -> Hall:
    """One more hall, without tables yet."""
    openhouse = locked(openhouse.pk)
    _refuse_hall_name(openhouse, facts.name)
    return Hall.objects.create(openhouse=openhouse, **vars(facts))


def _refuse_hall_name(openhouse: OpenHouse, name: str, besides: int = 0) -> None:
    sentence = _("There already is a hall called “%(name)s”. Give this one another name.")
    _refuse_taken_name(openhouse.halls, name, besides=besides, sentence=sentence)


@transaction.atomic
def change_hall(hall: Hall, *, facts: HallFacts) -> Hall:
    """Other facts. Its tables stay where they are, and have to fit."""
    openhouse = locked(hall.openhouse_id)
    _refuse_hall_name(openhouse, facts.name, besides=hall.pk)
    for one in hall.positions.all():
        _refuse_outside(one, wide=facts.wide, deep=facts.deep)
    for name, value in vars(facts).items():
        setattr(hall, name, value)
    hall.save()
    return hall


@transaction.atomic
def take_down_hall(hall: Hall) -> None:
    """The hall and its tables; who stood there waits for another table."""
    locked(hall.openhouse_id)
    hall.delete()


@transaction.atomic
def put_up_rows(hall: Hall, *, rows: Rows) -> list[Position]:
    """Tables in rows, numbered on from the last number of the day; instead of those that the hall had."""
    openhouse = locked(hall.openhouse_id)
    in_a_row = ceil(rows.tables / rows.rows)
    needed = (in_a_row * (rows.wide + rows.gap) - rows.gap, rows.rows * (rows.deep + rules.AISLE))
    if needed[0] > hall.wide or needed[1] > hall.deep:
        raise Refused(
            _(
                "%(rows)d rows of %(tables)d tables need %(wide)s × %(deep)s metres, with aisles;"
                " the hall is %(hall_wide)s × %(hall_deep)s. Take fewer tables or more rows."
            )
            % {
                "rows": rows.rows,
                "tables": in_a_row,
                "wide": metres(needed[0]),
                "deep": metres(needed[1]),
                "hall_wide": metres(hall.wide),
                "hall_deep": metres(hall.deep),
            }
        )
    first, old = _numbers(openhouse, hall, rows.tables)
    if Stand.objects.filter(position__in=old).exists():
        raise Refused(
            _("Somebody stands in this hall. Take them off the floor first, or adjust table by table.")
        )
    hall.positions.all().delete()
    start = (hall.wide - needed[0]) // 2 + rows.wide // 2
    step = hall.deep // rows.rows
    return Position.objects.bulk_create(
        Position(
            openhouse=openhouse,
            hall=hall,
            number=first + place,
            x=start + place % in_a_row * (rows.wide + rows.gap),
            y=place // in_a_row * step + step // 2,
            wide=rows.wide,
            deep=rows.deep,
            step_free=hall.step_free,
        )
        for place in range(rows.tables)
    )


def _numbers(openhouse: OpenHouse, hall: Hall, tables: int) -> tuple[int, list[int]]:
    """The first number, and the tables that make room: the hall's own numbers again where they suffice."""
    old = list(hall.positions.all())
    others = set(openhouse.positions.exclude(hall=hall).values_list("number", flat=True))
    first = min((one.number for one in old), default=max(others, default=0) + 1)
    if others & set(range(first, first + tables)):
        first = max(others) + 1
    return first, [one.pk for one in old]


def metres(length: int) -> str:
    """Decimetres as people say them."""
    return moments.number(length / 10) if length % 10 else moments.number(length // 10)


@transaction.atomic
def put_up_table(hall: Hall) -> Position:
    """One more table, in the middle of the hall, to be moved from there."""
    openhouse = locked(hall.openhouse_id)
    last = max(openhouse.positions.values_list("number", flat=True), default=0)
    wide, deep = min(18, hall.wide), min(8, hall.deep)
    return Position.objects.create(
        openhouse=openhouse,
        hall=hall,
        number=last + 1,
        x=hall.wide // 2,
        y=hall.deep // 2,
        wide=wide,
        deep=deep,
        step_free=hall.step_free,
    )


def _refuse_outside(one: Position, *, wide: int, deep: int) -> None:
    inside_x = one.wide <= 2 * one.x <= 2 * wide - one.wide
    inside_y = one.deep <= 2 * one.y <= 2 * deep - one.deep
    if not (inside_x and inside_y):
        raise Refused(
            _("Table %(number)d would stand outside the hall, which is %(wide)s × %(deep)s metres.")
            % {"number": one.number, "wide": metres(wide), "deep": metres(deep)}
        )


@transaction.atomic
def change_table(position: Position, **facts: Any) -> Position:
    """Number, spot, size, circuit and marks of one table. Who stands there stays, plugged in as far as it can be."""
    openhouse = locked(position.openhouse_id)
    for name, value in facts.items():
        setattr(position, name, value)
    if openhouse.positions.exclude(pk=position.pk).filter(number=position.number).exists():
        raise Refused(_("There already is a table %(number)d.") % {"number": position.number})
    _refuse_outside(position, wide=position.hall.wide, deep=position.hall.deep)
    if position.kept_free and Stand.objects.filter(position=position).exists():
        raise Refused(_("Somebody stands there. Move them first, then keep it free."))
    position.save()
    plug_in(Stand.objects.filter(position=position))
    return position


@transaction.atomic
def take_down_table(position: Position) -> None:
    """The table; who stood there waits for another."""
    locked(position.openhouse_id)
    position.delete()


@transaction.atomic
def put_up_circuit(openhouse: OpenHouse, *, name: str, watts: int, tables: Collection[int]) -> Circuit:
    """One more circuit and the tables that its sockets reach."""
    openhouse = locked(openhouse.pk)
    _refuse_circuit_name(openhouse, name)
    circuit = Circuit.objects.create(openhouse=openhouse, name=name, watts=watts)
    _reach(circuit, tables)
    return circuit


def _refuse_circuit_name(openhouse: OpenHouse, name: str, besides: int = 0) -> None:
    sentence = _("There already is a circuit called “%(name)s”. Give this one another name.")
    _refuse_taken_name(openhouse.circuits, name, besides=besides, sentence=sentence)


@transaction.atomic
def change_circuit(circuit: Circuit, *, name: str, watts: int, tables: Collection[int]) -> Circuit:
    """Another name, other watts, other tables."""
    openhouse = locked(circuit.openhouse_id)
    _refuse_circuit_name(openhouse, name, besides=circuit.pk)
    circuit.name, circuit.watts = name, watts
    circuit.save()
    _reach(circuit, tables)
    return circuit


def _reach(circuit: Circuit, tables: Collection[int]) -> None:
    here = Position.objects.filter(openhouse=circuit.openhouse_id)
    missing = sorted(set(tables) - set(here.values_list("number", flat=True)))
    if missing:
        raise Refused(_("There is no table %(number)d.") % {"number": missing[0]})
    here.filter(circuit=circuit).exclude(number__in=tables).update(circuit=None)
    here.filter(number__in=tables).update(circuit=circuit)
    plug_in(Stand.objects.filter(position__openhouse=circuit.openhouse_id))


@transaction.atomic
def take_down_circuit(circuit: Circuit) -> None:
    """Without it; what hung on it hangs on nothing."""
    locked(circuit.openhouse_id)
    circuit.delete()


@transaction.atomic
def keep_apart(openhouse: OpenHouse, *, words: str) -> FloorPlan:
    """Appliances of which no circuit takes two."""
    plan = plan_of(locked(openhouse.pk))
    plan.never_together = words
    plan.save(update_fields=["never_together"])
    return plan
