"""Who has been told when to come and to which table, and for whom that has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Prefetch

from brobygget.associations.models import Association
from brobygget.openhouse.models import Briefing, Invitation, OpenHouse, Sending, Task
from brobygget.openhouse.queries import floor as floors
from brobygget.openhouse.queries.floor import OwnTable
from brobygget.openhouse.queries.invitations import with_ways
from brobygget.openhouse.queries.places import have_places

USUALLY_BEFORE = timedelta(hours=1)  # the doors open
NO_TABLE, UNTOLD, ON_ITS_WAY, TOLD, CHANGED = "no-table", "untold", "on-its-way", "told", "changed"


@dataclass(frozen=True)
class Reminded:
    """One association that comes, its table, and what it was last told."""

    invitation: Invitation
    table: OwnTable | None
    state: str  # no-table, untold, on-its-way, told, changed
    last: Sending | None

    @property
    def by_mail(self) -> bool:
        """Whether a mail reaches it."""
        return self.invitation.association.reach == Association.Reach.EMAIL

    @property
    def is_to_be_told(self) -> bool:
        """Whether somebody has to tell it."""
        return self.state in (UNTOLD, CHANGED)


def arrives_at(openhouse: OpenHouse) -> time:
    """When associations come: the plan's own line, else an hour before the doors open."""
    clock = openhouse.tasks.filter(kind=Task.Kind.ARRIVE).values_list("clock", flat=True).first()
    return clock or (openhouse.starts_at - USUALLY_BEFORE).time()


def briefing_of(openhouse: OpenHouse) -> Briefing:
    """The staff's own words for those who come; empty as long as nobody has written any."""
    return Briefing.objects.filter(openhouse=openhouse).first() or Briefing(openhouse=openhouse)


def reminded_of(openhouse: OpenHouse) -> list[Reminded]:
    """Everybody who comes, by name: in ten queries, however many they are."""
    arrives = arrives_at(openhouse)
    floor = floors.floor_of(openhouse)
    told = Sending.objects.filter(about=Sending.About.REMINDER).order_by("queued_at", "pk")
    coming = with_ways(have_places(openhouse)).prefetch_related(Prefetch("sendings", told, to_attr="told"))
    return [_reminded(one, floors.own_table(floor, one.pk), arrives) for one in coming]


def _reminded(invitation: Invitation, table: OwnTable | None, arrives: time) -> Reminded:
    told: list[Sending] = invitation.told  # type: ignore[attr-defined]
    last = told[-1] if told else None
    return Reminded(invitation, table, _state(table, last, arrives), last)


def _state(table: OwnTable | None, last: Sending | None, arrives: time) -> str:
    if table is None:
        return NO_TABLE
    if last is None:
        return UNTOLD
    if last.sent_at is None:
        return ON_ITS_WAY
    return TOLD if (last.told_table, last.told_clock) == (table.number, arrives) else CHANGED


def may_be_told(openhouse: OpenHouse, *, at: datetime) -> bool:
    """From when the floor plan is told until the doors close; never for a day that is called off."""
    is_on = openhouse.called_off_on is None and at < openhouse.ends_at
    return is_on and floors.told_plan(openhouse) is not None
