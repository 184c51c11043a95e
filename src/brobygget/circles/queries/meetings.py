"""Questions about an evening: which one it is, and the one state that three kinds of screen show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from brobygget.circles.models import Circle, Meeting, Membership, Round, Step, TablePlan, TableRound, Turn
from brobygget.circles.queries import circles, rounds
from brobygget.house.models import House
from brobygget.people.models import Account, Participant


def meetings_led_by(account: Account, house: House) -> QuerySet[Meeting]:
    """The evenings of the circles that somebody may lead."""
    return Meeting.objects.filter(circle__in=circles.circles_led_by(account, house)).select_related(
        "circle__house", "circle__leader"
    )


def steps_led_by(account: Account, house: House) -> QuerySet[Step]:
    """The parts of those evenings."""
    return Step.objects.filter(meeting__in=meetings_led_by(account, house)).select_related(
        "meeting__circle__house"
    )


def rounds_led_by(account: Account, house: House) -> QuerySet[Round]:
    """The presentation rounds of those evenings."""
    return Round.objects.filter(step__in=steps_led_by(account, house)).select_related(
        "step__meeting__circle__house"
    )


def turns_of(participant: Participant) -> QuerySet[Turn]:
    """A participant's own turns; nobody can pass for somebody else."""
    return Turn.objects.filter(membership__participant=participant).select_related(
        "round__step__meeting__circle__house", "membership"
    )


def current_meeting(circle: Circle) -> Meeting | None:
    """The evening that goes on, else the next one."""
    return circle.meetings.filter(closed_at=None).order_by(*_OPEN_FIRST).first()


_OPEN_FIRST = (F("opened_at").asc(nulls_last=True), F("starts_at").asc())


@dataclass(frozen=True)
class Mark:
    """What tells a screen whether anything is new, in one query."""

    circle_id: int
    meeting_id: int
    version: int
    members: int
    is_open: bool
    language: str
    at_tables: bool

    def tag(self, *more: object) -> str:
        """The same as text, with what else the screen depends on."""
        return "-".join(
            str(part) for part in (self.circle_id, self.meeting_id, self.version, self.members, *more)
        )


def mark_of_wall(pk: int, token: str) -> Mark | None:
    """For the wall with this secret; None for any other address."""
    row = _rows(Circle.objects.filter(pk=pk)).first()
    if row is None or not circles.is_wall_token(pk, row.wall_generation, token):
        return None
    return _mark(row)


def mark_for(participant: Participant) -> Mark | None:
    """For a participant's phone: the circle that meets now, else meets next. None without a circle.

    Somebody who only sits at a circle's tables for an evening follows that evening; one who is in a circle too
    does so while the tables' evening goes on and their own does not.
    """
    row = _rows(Circle.objects.filter(memberships__participant=participant)).first()
    if row is None or row.opened is None:
        guest_of = _rows(
            Circle.objects.filter(
                meetings__table_plan__in=TablePlan.objects.filter(
                    guests__participant=participant, finished_at=None
                )
            )
        ).first()
        if guest_of is not None and (row is None or guest_of.opened is not None):
            row = guest_of
    return _mark(row) if row else None


def _rows(those: QuerySet[Circle]) -> QuerySet[Any]:
    ahead = Meeting.objects.filter(circle=OuterRef("pk"), closed_at=None).order_by(*_OPEN_FIRST)
    members = (
        Membership.objects.filter(circle=OuterRef("pk"))
        .order_by()
        .values("circle")
        .annotate(n=Count("pk"))
        .values("n")
    )
    at_tables = TableRound.objects.filter(
        plan__meeting__circle=OuterRef("pk"),
        plan__finished_at=None,
        began_at__isnull=False,
        ended_at=None,
    )
    return (
        those.annotate(
            meeting_pk=Subquery(ahead.values("pk")[:1]),
            meeting_version=Subquery(ahead.values("version")[:1]),
            opened=Subquery(ahead.values("opened_at")[:1]),
            starts=Subquery(ahead.values("starts_at")[:1]),
            people=Coalesce(Subquery(members, output_field=IntegerField()), 0),
            at_tables=Exists(at_tables),
        )
        .order_by(F("opened").desc(nulls_last=True), F("starts").asc(nulls_last=True), "-pk")
        .values_list(
            "pk",
            "meeting_pk",
            "meeting_version",
            "people",
            "opened",
            "language",
            "wall_generation",
            "at_tables",
            named=True,
        )
    )


def _mark(row: Any) -> Mark:
    return Mark(
        circle_id=row.pk,
        meeting_id=row.meeting_pk or 0,
        version=row.meeting_version or 0,
        members=row.people,
        is_open=row.opened is not None,
        language=row.language,
        at_tables=row.at_tables,
    )


@dataclass(frozen=True)
class Evening:
    """Everything that a screen can show of one evening, at one moment."""

    meeting: Meeting
    steps: Sequence[Step]
    members: Sequence[Membership]
    round: rounds.RoundNow | None
    at: datetime

    @property
    def now(self) -> Step | None:
        """The part that everybody is in."""
        return next((step for step in self.steps if step.is_now), None)

    @property
    def later(self) -> list[Step]:
        """The parts that have not begun."""
        return [step for step in self.steps if step.began_at is None]

    @property
    def next(self) -> Step | None:
        """The part that comes after this one."""
        return next(iter(self.later), None)

    @property
    def planned(self) -> int:
        """The minutes of all parts together."""
        return sum(step.planned_minutes for step in self.steps)

    @property
    def spare(self) -> int:
        """Minutes that no part has, below zero when the parts are longer than the evening."""
        return self.meeting.planned_minutes - self.planned

    @property
    def step_minutes(self) -> int:
        """The minutes that the part has been going on."""
        now = self.now
        return int((self.at - now.began_at).total_seconds() // 60) if now and now.began_at else 0

    @property
    def latecomers(self) -> list[Membership]:
        """Members who have no turn in the round that goes on."""
        if self.round is None:
            return []
        in_round = {turn.membership_id for turn in self.round.turns}
        return [who for who in self.members if who.pk not in in_round]

    @property
    def people(self) -> list[tuple[str, str]]:
        """The circle as a drawing: in speaking order while the round goes on, else as we sit."""
        if self.round is not None:
            return self.round.people
        return [(who.participant.alias, "waiting") for who in self.members]

    @property
    def languages(self) -> list[str]:
        """The languages in the room, the circle's own first."""
        return circles.languages_in(self.meeting.circle, self.members)

    @property
    def minute(self) -> int:
        """Changes when a clock on a screen would: once a minute, and only while somebody may look at it."""
        return self.round.elapsed if self.round is not None else self.step_minutes


def evening(meeting: Meeting, *, at: datetime) -> Evening:
    """One evening in at most four queries, however many people and parts there are."""
    steps = list(meeting.steps.order_by("position"))
    for step in steps:
        step.meeting = meeting
    now = next((step for step in steps if step.is_now), None)
    going_round = rounds.round_now(now, at=at) if now is not None and now.kind == Step.Kind.ROUND else None
    return Evening(meeting, steps, circles.members_of(meeting.circle), going_round, at)
