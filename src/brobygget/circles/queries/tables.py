"""Everything about the tables of one gathering, in a few questions however many people there are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Literal, cast

from django.db.models import Q

from brobygget.circles import spoken
from brobygget.circles.models import (
    Meeting,
    SpokenLanguage,
    Table,
    TableGuest,
    TablePlan,
    TableRound,
    TableSeat,
)

Rule = Literal["at-one", "apart"]
Seats = Mapping[int, Mapping[int, tuple[int, ...]]]  # round number -> table number -> guests
LONGEST_NEW = {"<1": 1, "1-3": 3, "3-10": 10}


@dataclass(frozen=True)
class Person:
    """A guest as a page may show them: nothing here says how long somebody has lived where."""

    guest: TableGuest
    called: str
    languages: tuple[str, ...]

    @property
    def pk(self) -> int:
        """The guest's number."""
        return self.guest.pk

    @property
    def has_phone(self) -> bool:
        """Whether a phone shows them their table."""
        return self.guest.participant_id is not None

    @property
    def spoken(self) -> str:
        """The languages in one breath."""
        return spoken.names_of(self.languages)

    def is_there_in(self, number: int) -> bool:
        """Whether they sit at a table in that round."""
        last = self.guest.last_round
        return self.guest.first_round <= number and (last is None or number <= last)


@dataclass(frozen=True)
class Wish:
    """Two people whom the leader wants at one table, or not at one. For the leader's eyes only."""

    pk: int
    rule: Rule
    one: int
    other: int

    @property
    def pair(self) -> frozenset[int]:
        """The two."""
        return frozenset((self.one, self.other))


@dataclass(frozen=True)
class Hall:
    """A plan with all that belongs to it."""

    plan: TablePlan
    people: Sequence[Person]
    tables: Sequence[Table]
    rounds: Sequence[TableRound]
    seats: Seats
    wishes: Sequence[Wish]

    @property
    def by_pk(self) -> dict[int, Person]:
        """People by their number."""
        return {person.pk: person for person in self.people}

    @property
    def is_made(self) -> bool:
        """Whether there is a plan to look at."""
        return bool(self.rounds)

    @property
    def held(self) -> list[TableRound]:
        """The rounds that have begun, which nothing changes."""
        return [each for each in self.rounds if each.began_at is not None]

    @property
    def open(self) -> list[TableRound]:
        """The rounds to come."""
        return [each for each in self.rounds if each.began_at is None]

    @property
    def now(self) -> TableRound | None:
        """The round that everybody sits in."""
        return next((each for each in self.rounds if each.is_now), None)

    @property
    def next(self) -> TableRound | None:
        """The first one to come."""
        return next(iter(self.open), None)

    @property
    def next_number(self) -> int:
        """The number of the first round that can still be planned."""
        return len(self.held) + 1

    def tables_in(self, number: int) -> list[Table]:
        """The tables that stand in a round."""
        return [
            table
            for table in self.tables
            if table.first_round <= number and (table.last_round is None or number <= table.last_round)
        ]

    def people_in(self, number: int) -> list[Person]:
        """Those who are there in a round."""
        return [person for person in self.people if person.is_there_in(number)]

    @property
    def here(self) -> list[Person]:
        """Those who are there from now on."""
        last = self.next_number if self.open or not self.rounds else len(self.rounds)
        return self.people_in(last)

    @property
    def without_a_seat(self) -> list[Person]:
        """Those who have come since the plan was made."""
        seated = {pk for tables in self.seats.values() for guests in tables.values() for pk in guests}
        return [person for person in self.here if person.pk not in seated] if self.open else []

    def at(self, number: int, table: Table) -> list[Person]:
        """Who sits there, by name: the order says nothing else."""
        known = self.by_pk
        found = [known[pk] for pk in self.seats.get(number, {}).get(table.number, ()) if pk in known]
        return sorted(found, key=by_name)

    def table_of(self, number: int, guest: int) -> Table | None:
        """Where somebody sits in a round."""
        seats = self.seats.get(number, {})
        return next((table for table in self.tables if guest in seats.get(table.number, ())), None)


def by_name(person: Person) -> tuple[str, int]:
    """In the order of the alphabet."""
    return person.called.casefold(), person.pk


def plan_of(meeting: Meeting) -> TablePlan | None:
    """The meeting's tables, if anybody has begun with them."""
    found = TablePlan.objects.select_related("house").filter(meeting=meeting).first()
    if found is not None:
        found.meeting = meeting
    return found


def hall_of(plan: TablePlan) -> Hall:
    """The whole plan, in six questions."""
    tables = list(plan.tables.all())
    rounds = list(plan.rounds.all())
    seats: dict[int, dict[int, list[int]]] = {
        each.number: {table.number: [] for table in tables} for each in rounds
    }
    rows = TableSeat.objects.filter(round__plan=plan).values_list(
        "round__number", "table__number", "guest_id"
    )
    for round_number, table_number, guest in rows:
        seats[round_number][table_number].append(guest)
    people = people_of(plan)
    return Hall(
        plan=plan,
        people=people,
        tables=tables,
        rounds=rounds,
        seats={r: {t: tuple(sorted(g)) for t, g in found.items()} for r, found in seats.items()},
        wishes=wishes_of(plan, {person.pk for person in people}),
    )


def people_of(plan: TablePlan) -> list[Person]:
    """Everybody of the plan, by name."""
    guests = list(plan.guests.select_related("participant"))
    said = said_by(guest.participant_id for guest in guests if guest.participant_id)
    found = []
    for guest in guests:
        called, own = guest.alias, tuple[str, ...]()
        if guest.participant is not None:
            called = guest.participant.alias
            own = said.get(guest.participant.pk) or spoken.known([guest.participant.language])
        told = spoken.known(guest.languages.split(",")) if guest.languages else own
        found.append(Person(guest, called, told or ("sv",)))
    return sorted(found, key=by_name)


def said_by(participants: Iterable[object]) -> dict[object, tuple[str, ...]]:
    """What each participant has said that they can talk in."""
    rows = SpokenLanguage.objects.filter(participant__in=list(participants)).values_list(
        "participant_id", "code"
    )
    codes: dict[object, list[str]] = {}
    for participant, code in rows:
        codes.setdefault(participant, []).append(code)
    return {participant: spoken.known(found) for participant, found in codes.items()}


def wishes_of(plan: TablePlan, known: set[int]) -> list[Wish]:
    """The leader's wishes about people who are still in the plan."""
    found = []
    for row in plan.wishes.order_by("pk"):
        rule, one, other = row.secret.split()
        wish = Wish(row.pk, cast(Rule, rule), int(one), int(other))
        if wish.pair <= known:
            found.append(wish)
    return found


def met_before(plan: TablePlan) -> dict[frozenset[object], int]:
    """How often two participants sat at one table before, in rounds that were held.

    At a circle's meeting its own evenings count. At a later stage's plan those count that the house has had without
    a circle, and the evenings of the circle that the plan names: not those of other circles, so that nobody who
    leads here learns who sits in which.
    """
    if plan.meeting is not None:
        before = Q(round__plan__meeting__circle=plan.meeting.circle_id)
    else:
        before = Q(round__plan__house=plan.house_id, round__plan__meeting=None)
        if plan.history_of_id is not None:
            before |= Q(round__plan__meeting__circle=plan.history_of_id)
    rows = (
        TableSeat.objects.filter(
            before,
            round__began_at__isnull=False,
            guest__participant__isnull=False,
        )
        .exclude(round__plan=plan)
        .values_list("round_id", "table_id", "guest__participant_id")
    )
    tables: dict[tuple[int, int], list[object]] = {}
    for round_pk, table_pk, participant in rows:
        tables.setdefault((round_pk, table_pk), []).append(participant)
    return Counter(
        frozenset(pair) for together in tables.values() for pair in combinations(sorted(together, key=str), 2)
    )


def newcomers_among(people: Sequence[Person], *, new_up_to: int) -> list[bool]:
    """The side of the line, for the engine alone: no page and no file may show it."""
    return [
        LONGEST_NEW.get(
            person.guest.participant.years_here if person.guest.participant else person.guest.years_here, 99
        )
        <= new_up_to
        for person in people
    ]


def minutes_left(going: TableRound, plan: TablePlan, *, at: datetime) -> int:
    """Whole minutes until the change of tables, never below zero."""
    if going.began_at is None:
        return plan.minutes_each
    gone = (at - going.began_at).total_seconds() / 60
    return max(0, math.ceil(plan.minutes_each - gone))
