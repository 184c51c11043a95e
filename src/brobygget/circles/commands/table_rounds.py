"""The rounds at the tables as they happen, and a table that breaks or is fetched."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.circles.commands.state import going_on, held_meeting
from brobygget.circles.commands.table_plans import MOST_TABLES, held_plan, seat_everybody, tell
from brobygget.circles.models import Table, TablePlan, TableRound
from brobygget.circles.queries import tables as queries
from brobygget.house.commands.refused import Refused


@transaction.atomic
def begin_next_round(plan: TablePlan, *, after: int, at: datetime) -> TableRound | None:
    """Everybody to their next table, from the round that the press belongs to (0: before the first).

    A second press of the same finds it begun. Who has come in the meantime gets a seat first. The answer is the
    round that goes on, or None when that was the last one.
    """
    held = _going(plan)
    hall = queries.hall_of(held)
    if not hall.rounds:
        raise Refused(_("There is no table plan yet. Make one first."))
    if len(hall.held) != after:
        return hall.now
    if hall.without_a_seat and hall.open:
        seat_everybody(held, stay_near=True)
    now, following = hall.now, hall.next
    if now is not None:
        now.ended_at = at
        now.save(update_fields=["ended_at"])
    if following is not None:
        following.began_at, following.ended_at = at, None
        following.save(update_fields=["began_at", "ended_at"])
        held.changes.all().delete()  # what has been sat cannot be taken back
        held.pieces_left = 0
        held.save(update_fields=["pieces_left"])
    tell(held)
    return following


@transaction.atomic
def back_one_round(plan: TablePlan, *, number: int) -> bool:
    """The thumb slipped: the round that just began has not begun, or the last one goes on."""
    held = _going(plan)
    hall = queries.hall_of(held)
    if len(hall.held) != number or number == 0:
        return False
    *before, latest = hall.held
    if latest.ended_at is not None:
        latest.ended_at = None
    else:
        latest.began_at = None
        for each in before[-1:]:
            each.ended_at = None
            each.save(update_fields=["ended_at"])
    latest.save(update_fields=["began_at", "ended_at"])
    tell(held)
    return True


@transaction.atomic
def name_table(table: Table, *, place: str) -> None:
    """Where it stands: "by the window"."""
    held = held_plan(table.plan)
    Table.objects.filter(pk=table.pk).update(place=place)
    tell(held)


@transaction.atomic
def break_table(table: Table) -> None:
    """A table can no longer be used: from the next round on its people sit at the others."""
    held = held_plan(table.plan)
    hall = queries.hall_of(held)
    standing = hall.tables_in(hall.next_number)
    if table.number not in {each.number for each in standing}:
        return
    if len(standing) == 1:
        raise Refused(_("It is the only table. Fetch another one first."))
    if hall.is_made and hall.held:
        Table.objects.filter(pk=table.pk).update(last_round=len(hall.held))
    else:
        Table.objects.filter(pk=table.pk).update(last_round=0)
    seat_everybody(held, stay_near=True)


@transaction.atomic
def fetch_table(plan: TablePlan, *, place: str = "") -> Table:
    """One more table, from the next round on."""
    held = held_plan(plan)
    hall = queries.hall_of(held)
    if len(hall.tables) >= MOST_TABLES:
        raise Refused(_("Choose from 1 to %(most)d tables.") % {"most": MOST_TABLES})
    number = max((table.number for table in hall.tables), default=0) + 1
    table = Table.objects.create(plan=held, number=number, place=place, first_round=hall.next_number)
    if hall.is_made:
        seat_everybody(held, stay_near=True)
    return table


def _going(plan: TablePlan) -> TablePlan:
    if plan.meeting_id is not None:
        going_on(held_meeting(plan.meeting_id))
    return held_plan(plan)
