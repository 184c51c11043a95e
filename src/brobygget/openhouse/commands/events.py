"""The day: planned backwards, moved, shown to everybody, called off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.associations.models import Association
from brobygget.circles.models import Circle
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.openhouse import rules
from brobygget.openhouse.commands.gatherings import follow_day, put_all_away
from brobygget.openhouse.commands.holding import locked
from brobygget.openhouse.commands.sending import queue_mails
from brobygget.openhouse.commands.tasks import places_are_given
from brobygget.openhouse.commands.waiting import close_calls, fill_places
from brobygget.openhouse.models import OpenHouse, Sending, Task
from brobygget.openhouse.plans.timeline import clock_of, due_on, planned


@dataclass(frozen=True)
class Facts:
    """What is decided about the day."""

    name: str
    language: str
    day: date
    starts: time
    ends: time
    place: str
    places: int
    about: str = ""
    way_there: str = ""
    languages: Iterable[str] = ()


def refuse_day_gone(day: date, *, on: date) -> None:
    """A day that comes, and that somebody can mean."""
    if day < on:
        raise Refused(_("That day has been. Choose a day that comes."))
    if day > on + rules.LATEST:
        raise Refused(_("That day is more than two years away. Look at the year again."))


@transaction.atomic
def plan_open_house(
    *, house: House, circle: Circle | None, facts: Facts, on: date, at: datetime
) -> OpenHouse:
    """A new open house with its whole plan, the evaluation too."""
    refuse_day_gone(facts.day, on=on)
    dates = planned(day=facts.day, starts=facts.starts, ends=facts.ends, on=on)
    closes_on = next(one.due_on for one in dates if one.kind == Task.Kind.CLOSING)
    openhouse = OpenHouse.objects.create(
        house=house,
        circle=circle,
        **_columns(facts),
        closes_on=closes_on,
        created_on=on,
        changed_at=at,
    )
    Task.objects.bulk_create(
        Task(openhouse=openhouse, kind=one.kind, days_from=one.days_from, due_on=one.due_on, clock=one.clock)
        for one in dates
    )
    return openhouse


def _columns(facts: Facts) -> dict[str, object]:
    columns = {**vars(facts)}
    columns["languages"] = Association.languages_of(facts.languages)
    return columns


@transaction.atomic
def change_open_house(openhouse: OpenHouse, *, facts: Facts, on: date, at: datetime) -> OpenHouse:
    """Other facts. When the day moves, every date moves with it that is not done and that nobody has moved by hand."""
    openhouse = locked(openhouse.pk)
    if facts.day != openhouse.day:
        refuse_day_gone(facts.day, on=on)
    is_moved = (facts.day, facts.starts, facts.ends) != (openhouse.day, openhouse.starts, openhouse.ends)
    for name, value in _columns(facts).items():
        setattr(openhouse, name, value)
    if is_moved:
        openhouse.version += 1
        _move_the_rest(openhouse, on=on)
    openhouse.changed_at = at
    openhouse.save()
    follow_day(openhouse)
    fill_places(openhouse, at=at)
    return openhouse


def _move_the_rest(openhouse: OpenHouse, *, on: date) -> None:
    tasks = list(openhouse.tasks.filter(moved_on=None, done_on=None))
    if places_are_given(openhouse):
        # Registration stays closed, as when somebody moves its last day by hand.
        tasks = [task for task in tasks if task.kind != Task.Kind.CLOSING]
    for task in tasks:
        task.due_on = due_on(openhouse.day, task.days_from, on=on)
        task.clock = clock_of(task.kind, starts=openhouse.starts, ends=openhouse.ends) or task.clock
    Task.objects.bulk_update(tasks, ["due_on", "clock"])
    closing = openhouse.tasks.get(kind=Task.Kind.CLOSING)
    if openhouse.day < closing.due_on:
        raise Refused(
            _("Registration closes after that day. Move that date first, or let it follow the day again.")
        )
    openhouse.closes_on = closing.due_on


@transaction.atomic
def publish(openhouse: OpenHouse, *, is_public: bool, on: date, at: datetime) -> OpenHouse:
    """Let everybody read about it, or not any more."""
    openhouse = locked(openhouse.pk)
    openhouse.published_on = (openhouse.published_on or on) if is_public else None
    openhouse.changed_at = at
    openhouse.save(update_fields=["published_on", "changed_at"])
    return openhouse


@transaction.atomic
def call_off(openhouse: OpenHouse, *, on: date, at: datetime) -> OpenHouse:
    """It does not happen: the public page says so, and all who have a place or wait for one are told."""
    openhouse = locked(openhouse.pk)
    if openhouse.called_off_on is not None:
        return openhouse
    openhouse.called_off_on, openhouse.changed_at = on, at
    openhouse.version += 1
    openhouse.save(update_fields=["called_off_on", "changed_at", "version"])
    coming = openhouse.invitations.exclude(answer=None).exclude(answer__said="no")
    queue_mails(coming, about=Sending.About.CALLED_OFF, by=None, at=at)
    close_calls(openhouse, at=at)
    put_all_away(openhouse, at=at)
    return openhouse
