"""A language café at a circle's evening: some sit in the circle, most are here by name only."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from brobygget.circles.commands import table_guests, table_plans, table_rounds
from brobygget.circles.commands.table_guests import NewGuest
from brobygget.circles.models import Meeting, TableGuest, TablePlan, TableSeat
from brobygget.circles.queries import tables as queries
from brobygget.circles.queries.tables import Hall
from tests.conftest import NOW, TODAY

# Two dozen people who all know some Swedish, and what else they talk in; half of them have not been here long.
PEOPLE = tuple(
    NewGuest(alias, ("sv", *more), years)
    for alias, more, years in (
        ("Amal", ("ar",), "<1"),
        ("Anders", (), "always"),
        ("Birger", ("en",), ">10"),
        ("Britta", (), "always"),
        ("Dawit", ("ti",), "1-3"),
        ("Erik", (), "always"),
        ("Farah", ("fa",), "<1"),
        ("Gun", (), "always"),
        ("Habib", ("fa",), "1-3"),
        ("Ingrid", ("en",), "always"),
        ("Iryna", ("uk",), "<1"),
        ("Jamila", ("so",), "1-3"),
        ("Karl", (), ">10"),
        ("Layla", ("ar",), "1-3"),
        ("Maj", (), "always"),
        ("Nils", (), "always"),
        ("Olena", ("uk",), "<1"),
        ("Per", (), "always"),
        ("Rahel", ("ti",), "<1"),
        ("Sahra", ("so",), "<1"),
        ("Tore", (), "always"),
        ("Ulla", ("en",), ">10"),
        ("Viktor", ("uk",), "1-3"),
        ("Zahra", ("fa",), "1-3"),
    )
)


def cafe(meeting: Meeting, people: Iterable[NewGuest] = PEOPLE) -> TablePlan:
    """The people are here, and nothing is planned."""
    plan = table_guests.open_plan(meeting, on=TODAY)
    table_guests.add_guests(plan, list(people))
    return plan


def planned(meeting: Meeting, *, tables: int = 5, rounds: int = 5, seed: int = 7) -> TablePlan:
    """The same with a table plan."""
    return table_plans.make_plan(cafe(meeting), tables=tables, rounds=rounds, seed=seed)


def hall(plan: TablePlan) -> Hall:
    """The plan as it is now."""
    return queries.hall_of(TablePlan.objects.select_related("house", "meeting__circle").get(pk=plan.pk))


def guest(plan: TablePlan, called: str) -> TableGuest:
    """Somebody by name."""
    found = next(who.guest for who in hall(plan).people if who.called == called)
    found.plan = plan
    return found


def begin(plan: TablePlan, rounds: int = 1) -> None:
    """So many rounds more are held."""
    for _round in range(rounds):
        table_rounds.begin_next_round(plan, after=len(hall(plan).held), at=NOW)


def seating(plan: TablePlan) -> dict[int, dict[int, list[str]]]:
    """Round and table, with names."""
    seen = hall(plan)
    return {
        each.number: {
            table.number: [who.called for who in seen.at(each.number, table)] for table in seen.tables
        }
        for each in seen.rounds
    }


def pairs(plan: TablePlan, number: int) -> set[frozenset[str]]:
    """Who shares a table in a round."""
    return {frozenset(pair) for names in seating(plan)[number].values() for pair in combinations(names, 2)}


def seats_in_store(plan: TablePlan) -> int:
    """Rows, whatever the screens make of them."""
    return TableSeat.objects.filter(round__plan=plan).count()
