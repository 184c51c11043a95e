"""Making a table plan, and making it anew: what has been held stays, and the rest changes as little as it must."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brobygget.circles import analysis, spoken
from brobygget.circles.commands.state import held_meeting, not_closed, note_change
from brobygget.circles.findings import NoPlan, Plan
from brobygget.circles.models import Table, TableChange, TableGuest, TablePlan, TableRound, TableSeat
from brobygget.circles.queries import tables as queries
from brobygget.circles.queries.tables import Hall
from brobygget.house.commands.refused import Refused

MOST_TABLES, MOST_ROUNDS, MOST_GUESTS = 60, 20, 300
SHORTEST, LONGEST = 3, 90  # minutes of a round
AT_ONCE = 60  # so many people are planned in one go; more of them in pieces that each can be waited for
PIECES = 4
MOST_CHANGES = 20


def held_plan(plan: TablePlan) -> TablePlan:
    """The plan as it is now, held until this transaction ends; refused when the gathering is over."""
    if plan.meeting_id is not None:
        not_closed(held_meeting(plan.meeting_id))
    found = TablePlan.objects.select_for_update().select_related("house").filter(pk=plan.pk).first()
    if found is None or found.finished_at is not None:
        raise Refused(_("These tables have been put away."), status=409)
    return found


def tell(plan: TablePlan) -> None:
    """Let the wall and every phone fetch what is new."""
    TablePlan.objects.filter(pk=plan.pk).update(version=F("version") + 1)
    if plan.meeting is not None:
        note_change(plan.meeting)


@transaction.atomic
def make_plan(
    plan: TablePlan,
    *,
    tables: int,
    rounds: int,
    seed: int,
    minutes_each: int = 12,
    here: Iterable[TableGuest] | None = None,
) -> TablePlan:
    """Who is here, how many tables, how many rounds: that is all, and everybody has a seat."""
    held = held_plan(plan)
    if held.rounds.filter(began_at__isnull=False).exists():
        raise Refused(
            _("The first round has been held. It stays as it is; plan the rounds that are left."), status=409
        )
    _check_size(tables=tables, rounds=rounds, minutes_each=minutes_each)
    if here is not None:
        chosen = {guest.pk for guest in here}
        held.guests.exclude(pk__in=chosen).update(last_round=0)
        held.guests.filter(pk__in=chosen).update(first_round=1, last_round=None)
    people = held.guests.filter(last_round=None).count()
    _check_people(people=people, tables=tables)
    held.changes.all().delete()
    held.rounds.all().delete()
    held.guests.filter(last_round=None).update(first_round=1)
    held.tables.filter(number__gt=tables).delete()
    held.tables.update(first_round=1, last_round=None)
    standing = set(held.tables.values_list("number", flat=True))
    Table.objects.bulk_create(
        Table(plan=held, number=number) for number in range(1, tables + 1) if number not in standing
    )
    TableRound.objects.bulk_create(TableRound(plan=held, number=number) for number in range(1, rounds + 1))
    held.seed, held.minutes_each = seed, minutes_each
    held.pieces_left = PIECES if people > AT_ONCE else 0
    held.save(update_fields=["seed", "minutes_each", "pieces_left"])
    seat_everybody(held, stay_near=False)
    return held


@transaction.atomic
def plan_again(plan: TablePlan) -> TablePlan:
    """A new plan for the rounds that have not begun, near the one that is."""
    held = held_plan(plan)
    seat_everybody(held, stay_near=True)
    return held


@transaction.atomic
def improve_plan(plan: TablePlan, *, pieces_left: int) -> TablePlan:
    """One more piece of the search for a large plan; a piece is done once, whoever asks for it."""
    held = held_plan(plan)
    if held.pieces_left == 0 or held.pieces_left != pieces_left:
        return held
    hall, history = queries.hall_of(held), queries.met_before(held)
    if hall.held or hall.without_a_seat:
        held.pieces_left = 0
    else:
        held.pieces_left -= 1
        better = analysis.seat(
            hall, history, stay_near=False, seed=held.seed + held.pieces_left + 1, effort=analysis.PIECE
        )
        now = analysis.quality(hall, history, _plan_of(hall))
        if analysis.quality(hall, history, better) > now:
            store(hall, better)
    held.save(update_fields=["pieces_left"])
    tell(held)
    return held


@transaction.atomic
def move_guest(
    plan: TablePlan, *, number: int, guest: int, table: int | None = None, other: int | None = None
) -> TablePlan:
    """Somebody goes to another table, or two change places: what people decide counts for more than the sum."""
    held = held_plan(plan)
    hall = queries.hall_of(held)
    if any(each.number == number for each in hall.held):
        raise Refused(_("That round has begun, so it stays as it is."), status=409)
    try:
        told = analysis.weigh(
            hall, queries.met_before(held), number=number, guest=guest, table=table, other=other
        )
    except NoPlan as wrong:
        raise Refused(sentence(wrong, hall)) from wrong
    remember(hall)
    store(hall, told.after)
    tell(held)
    return held


@transaction.atomic
def undo_change(plan: TablePlan) -> bool:
    """Back to what was before the last change; false when there is nothing to take back."""
    held = held_plan(plan)
    last = held.changes.last()
    if last is None:
        return False
    hall = queries.hall_of(held)
    before = seats_before(last)
    open_rounds = {each.number for each in hall.open}
    store(hall, {number: tables for number, tables in before.items() if number in open_rounds})
    last.delete()
    tell(held)
    return True


@transaction.atomic
def change_rounds(plan: TablePlan, *, rounds: int) -> TablePlan:
    """More rounds, or fewer: those that have been held are never taken away."""
    held = held_plan(plan)
    hall = queries.hall_of(held)
    if not len(hall.held) <= rounds <= MOST_ROUNDS or rounds < 1:
        raise Refused(
            _("There can be from %(least)d to %(most)d rounds here.")
            % {"least": max(1, len(hall.held)), "most": MOST_ROUNDS}
        )
    held.changes.all().delete()
    held.rounds.filter(number__gt=rounds).delete()
    TableRound.objects.bulk_create(
        TableRound(plan=held, number=number) for number in range(len(hall.rounds) + 1, rounds + 1)
    )
    seat_everybody(held, stay_near=True)
    return held


# -- what the commands share ---------------------------------------------------------------------------------------
def seat_everybody(plan: TablePlan, *, stay_near: bool) -> None:
    """Seats for all open rounds, in place of those that were."""
    hall = queries.hall_of(plan)
    if not hall.open:
        tell(plan)
        return
    if not hall.here:
        raise Refused(_("Nobody is at the tables yet. Tell who is here first."))
    try:
        found = analysis.seat(
            hall,
            queries.met_before(plan),
            stay_near=stay_near,
            seed=plan.seed,
            effort=analysis.PIECE / 2 if stay_near else analysis.PIECE,
        )
    except NoPlan as wrong:
        raise Refused(sentence(wrong, hall)) from wrong
    if stay_near:
        remember(hall)
    store(hall, found)
    plan.one_more_gives = analysis.gain_of_one_more_interpreter(
        queries.hall_of(plan), queries.met_before(plan), seed=plan.seed, effort=analysis.PIECE
    )
    plan.save(update_fields=["one_more_gives"])
    tell(plan)


def store(hall: Hall, plan: Plan) -> None:
    """Write the seats of the open rounds of a plan; a held round is not touched, whatever the plan says."""
    rounds = {each.number: each for each in hall.open if each.number in plan}
    TableSeat.objects.filter(round__in=rounds.values()).delete()
    tables = {table.number: table for table in hall.tables}
    TableSeat.objects.bulk_create(
        TableSeat(round=each, table=tables[table], guest_id=guest)
        for number, each in rounds.items()
        for table, guests in plan[number].items()
        if table in tables
        for guest in guests
        if guest in hall.by_pk and hall.by_pk[guest].is_there_in(number)
    )


def remember(hall: Hall) -> None:
    """Keep the open rounds as they are, to tell the change and to take it back."""
    lines = [
        " ".join(str(n) for n in (each.number, table, *guests))
        for each in hall.open
        for table, guests in hall.seats.get(each.number, {}).items()
    ]
    TableChange.objects.create(plan=hall.plan, before="\n".join(lines))
    kept = hall.plan.changes.order_by("-pk").values_list("pk", flat=True)[:MOST_CHANGES]
    hall.plan.changes.exclude(pk__in=list(kept)).delete()


def seats_before(change: TableChange) -> Plan:
    """The seats that a change has kept."""
    found: Plan = {}
    for line in change.before.splitlines():
        number, table, *guests = (int(word) for word in line.split())
        found.setdefault(number, {})[table] = tuple(guests)
    return found


def _plan_of(hall: Hall) -> Plan:
    return {number: dict(tables) for number, tables in hall.seats.items()}


def _check_size(*, tables: int, rounds: int, minutes_each: int) -> None:
    if not 1 <= tables <= MOST_TABLES:
        raise Refused(_("Choose from 1 to %(most)d tables.") % {"most": MOST_TABLES})
    if not 1 <= rounds <= MOST_ROUNDS:
        raise Refused(_("Choose from 1 to %(most)d rounds.") % {"most": MOST_ROUNDS})
    if not SHORTEST <= minutes_each <= LONGEST:
        raise Refused(
            _("A round is from %(shortest)d to %(longest)d minutes long.")
            % {"shortest": SHORTEST, "longest": LONGEST}
        )


def _check_people(*, people: int, tables: int) -> None:
    if people == 0:
        raise Refused(_("Nobody is at the tables yet. Tell who is here first."))
    if people < tables:
        raise Refused(_fewer(people, tables))


def _fewer(people: int, tables: int) -> str:
    return ngettext(
        "There is %(people)d person for %(tables)d tables. Choose fewer tables, or tell who else is here.",
        "There are %(people)d people for %(tables)d tables. Choose fewer tables, or tell who else is here.",
        people,
    ) % {"people": people, "tables": tables}


def sentence(wrong: NoPlan, hall: Hall) -> str:
    """Why there can be no such plan, in words."""
    known = hall.by_pk
    names: dict[str, Any] = {
        "people": spoken.listed([known[pk].called for pk in wrong.people if pk in known])
    }
    if wrong.code == "fewer_people_than_tables":
        number = hall.next_number
        return _fewer(len(hall.people_in(number)), len(hall.tables_in(number)))
    if wrong.code == "together_and_apart":
        return (
            _("%(people)s cannot both sit at one table and not sit at one table. Take one wish away.") % names
        )
    if wrong.code in {"apart_with_self", "together_with_self"}:
        return _("A wish is about two different people. Choose two.")
    if wrong.code in {"unknown_person", "held"}:
        return _("Somebody in this is not at the tables. Open the page again and tap once more.")
    if wrong.code == "tables":
        return _("That table does not stand in this round. Choose another one.")
    if wrong.code == "nobody":
        return _("Nobody is at the tables yet. Tell who is here first.")
    return _("We could not make a plan of this. Nothing was changed.")
