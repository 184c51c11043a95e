"""The tables as the wall and one phone show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from brobygget.circles import spoken
from brobygget.circles.models import Meeting, Table, TableGuest, TablePlan, TableRound
from brobygget.circles.queries.tables import Hall, Person, hall_of, minutes_left, plan_of
from brobygget.people.models import Participant

ON_ONE_WALL = 12  # more tables than can be read from eight metres take turns


@dataclass(frozen=True)
class OwnTable:
    """Where somebody sits in a round, and what they can talk in there."""

    round: TableRound
    table: Table
    others: Sequence[Person]
    languages: tuple[str, ...]

    @property
    def spoken(self) -> str:
        """The languages that somebody else at the table shares with the reader, in one breath."""
        return spoken.names_of(self.languages)


@dataclass(frozen=True)
class OwnTables:
    """What one phone shows."""

    hall: Hall
    now: OwnTable | None
    next: OwnTable | None
    minutes_left: int
    is_late: bool

    @property
    def is_over(self) -> bool:
        """The last round has been sat."""
        return bool(self.hall.rounds) and not self.hall.open and self.hall.now is None


@dataclass(frozen=True)
class WallTable:
    """A table on the wall."""

    table: Table
    people: Sequence[Person]


@dataclass(frozen=True)
class WallTables:
    """All tables of the round that goes on, else of the one to come; a leaf of them when they are many."""

    hall: Hall
    round: TableRound
    tables: Sequence[WallTable]
    leaf: int
    leaves: int
    minutes_left: int

    @property
    def is_now(self) -> bool:
        """The round has begun."""
        return self.round.began_at is not None

    @property
    def is_last(self) -> bool:
        """No round comes after this one."""
        return self.round.number == len(self.hall.rounds)


def is_at_tables(plan: TablePlan | None) -> bool:
    """Whether people sit at tables just now, whatever part of the evening it is called."""
    return plan is not None and plan.rounds.filter(began_at__isnull=False, ended_at=None).exists()


def own_tables(plan: TablePlan, participant: Participant, *, at: datetime) -> OwnTables | None:
    """What the phone of somebody at these tables shows; None for everybody else."""
    hall = hall_of(plan)
    me = next((who for who in hall.people if who.guest.participant_id == participant.pk), None)
    if me is None:
        return None
    now = hall.now
    is_here = me in hall.here
    return OwnTables(
        hall=hall,
        now=_own(hall, now, me),
        next=_own(hall, hall.next, me) if is_here else None,
        minutes_left=minutes_left(now, plan, at=at) if now else 0,
        is_late=is_here and me in hall.without_a_seat,
    )


def _own(hall: Hall, each: TableRound | None, me: Person) -> OwnTable | None:
    table = hall.table_of(each.number, me.pk) if each is not None else None
    if each is None or table is None:
        return None
    others = [who for who in hall.at(each.number, table) if who.pk != me.pk]
    heard = {code for who in others for code in who.languages}
    return OwnTable(each, table, others, tuple(code for code in me.languages if code in heard))


def wall_tables(plan: TablePlan, *, at: datetime, turn: int) -> WallTables | None:
    """What the wall shows; None while there is no plan, and when the last round is over."""
    hall = hall_of(plan)
    each = hall.now or hall.next
    if each is None:
        return None
    standing = hall.tables_in(each.number)
    leaves = max(1, -(-len(standing) // ON_ONE_WALL))
    leaf = turn % leaves
    size = -(-len(standing) // leaves)  # the leaves are as even as they can be
    return WallTables(
        hall=hall,
        round=each,
        tables=[
            WallTable(table, hall.at(each.number, table))
            for table in standing[leaf * size : (leaf + 1) * size]
        ],
        leaf=leaf + 1,
        leaves=leaves,
        minutes_left=minutes_left(each, plan, at=at),
    )


def guest_plan_of(participant: Participant, meeting: Meeting) -> TablePlan | None:
    """The tables of a meeting, for somebody who sits at them."""
    plan = plan_of(meeting)
    if plan is None or plan.finished_at is not None:
        return None
    return plan if TableGuest.objects.filter(plan=plan, participant=participant).exists() else None
