"""Gatherings at tables on the day: set up, moved, ended; and everybody who was a guest is forgotten after the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.circles.commands.table_guests import end_tables, forget_guests
from brobygget.circles.commands.table_plans import held_plan, tell
from brobygget.circles.models import TablePlan
from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands.holding import locked, locked_while_on, refuse_outside
from brobygget.openhouse.models import Gathering, OpenHouse

MOST_GATHERINGS = 20
KEPT_DAYS = 180  # after the day: who of a circle sat together; names of guests go on the day after


@dataclass(frozen=True)
class GatheringFacts:
    """What it is called, where it is in the hall, and when."""

    name: str
    place: str
    starts: time
    ends: time


@transaction.atomic
def add_gathering(openhouse: OpenHouse, *, facts: GatheringFacts) -> Gathering:
    """One more, with tables at which nobody sits yet."""
    held = locked_while_on(openhouse.pk)
    refuse_outside(held, starts=facts.starts, ends=facts.ends)
    if held.gatherings.count() >= MOST_GATHERINGS:
        raise Refused(
            _("There is room for %(most)d such times in one day. Take one away first.")
            % {"most": MOST_GATHERINGS}
        )
    # The plan carries the day itself, so that nobody who was written down early is forgotten before it.
    plan = TablePlan.objects.create(house=held.house, history_of_id=held.circle_id, made_on=held.day)
    return Gathering.objects.create(openhouse=held, plan=plan, **vars(facts))


@transaction.atomic
def change_gathering(gathering: Gathering, *, facts: GatheringFacts) -> Gathering:
    """Another name, place or time."""
    held = locked_while_on(gathering.openhouse_id)
    plan = held_plan(gathering.plan)
    if (facts.starts, facts.ends) != (gathering.starts, gathering.ends):
        refuse_outside(held, starts=facts.starts, ends=facts.ends)
    for name, value in vars(facts).items():
        setattr(gathering, name, value)
    gathering.save(update_fields=[*vars(facts)])
    tell(plan)
    return gathering


@transaction.atomic
def end_gathering(gathering: Gathering, *, at: datetime) -> None:
    """The tables are put away. Guests are known until the day's last gathering is over, and then forgotten."""
    locked(gathering.openhouse_id)
    end_tables(held_plan(gathering.plan), at=at)
    _forget_after_the_last(gathering.openhouse)


@transaction.atomic
def remove_gathering(gathering: Gathering) -> None:
    """It was not to be; only before the first round."""
    held = locked(gathering.openhouse_id)
    plan = TablePlan.objects.select_for_update().filter(pk=gathering.plan_id).first()
    if plan is None:
        return
    if plan.rounds.filter(began_at__isnull=False).exists():
        raise Refused(_("People have sat at these tables. Put them away when you are done."), status=409)
    forget_guests(plan)
    plan.delete()
    _forget_after_the_last(held)


@transaction.atomic
def change_wall_address(gathering: Gathering) -> None:
    """Close the wall's old address and make a new one."""
    Gathering.objects.filter(pk=gathering.pk).update(wall_generation=F("wall_generation") + 1)


# -- the day moves, is called off, or has been ---------------------------------------------------------------------
def follow_day(openhouse: OpenHouse) -> None:
    """Guests are forgotten by the day, so the plans know it."""
    _plans_of(openhouse).update(made_on=openhouse.day)


def put_all_away(openhouse: OpenHouse, *, at: datetime) -> None:
    """The day does not take place."""
    _put_away(_plans_of(openhouse), at=at)


@transaction.atomic
def forget_days_gone(*, house_id: int, at: datetime) -> None:
    """The day after, whoever was a guest is forgotten; half a year after, who of a circle sat with whom."""
    today = timezone.localdate(at)
    gone = TablePlan.objects.filter(gathering__openhouse__house_id=house_id)
    gone.filter(gathering__openhouse__day__lt=today - timedelta(days=KEPT_DAYS)).delete()
    _put_away(gone.filter(gathering__openhouse__day__lt=today), at=at)


def _put_away(plans: QuerySet[TablePlan], *, at: datetime) -> None:
    for plan in plans.filter(finished_at=None):
        end_tables(plan, at=at)
    _forget(plans)


def _forget_after_the_last(openhouse: OpenHouse) -> None:
    plans = _plans_of(openhouse)
    if not plans.filter(finished_at=None).exists():
        _forget(plans)


def _forget(plans: QuerySet[TablePlan]) -> None:
    for plan in plans:
        forget_guests(plan)


def _plans_of(openhouse: OpenHouse) -> QuerySet[TablePlan]:
    return TablePlan.objects.filter(gathering__openhouse=openhouse)
