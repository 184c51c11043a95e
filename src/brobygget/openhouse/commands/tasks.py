"""The plan: every date can be moved, every task has a pair, and what is done is done."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands.holding import locked
from brobygget.openhouse.models import OpenHouse, Task, TaskOwner
from brobygget.openhouse.plans.timeline import clock_of, due_on
from brobygget.people.models import Account, Participant


@dataclass(frozen=True)
class Owner:
    """Half of a pair: a participant of the circle or somebody of the staff."""

    participant: Participant | None = None
    account: Account | None = None


Pair = Mapping[str, Owner | None]


def _locked(task: Task) -> Task:
    locked(task.openhouse_id)
    return Task.objects.select_related("openhouse").get(pk=task.pk)


@transaction.atomic
def add_task(openhouse: OpenHouse, *, title: str, due: date, clock: time | None, on: date) -> Task:
    """Something of the house's own. Its day was chosen by hand, so it stays when the day moves."""
    if due < on:
        raise Refused(_("That day has been. Choose a day that comes."))
    return Task.objects.create(
        openhouse=openhouse,
        kind=Task.Kind.OWN,
        title=title,
        due_on=due,
        clock=clock,
        days_from=(due - openhouse.day).days,
        moved_on=on,
    )


@transaction.atomic
def change_task(
    task: Task, *, title: str, due: date, clock: time | None, note: str, pair: Pair, on: date
) -> Task:
    """Another date, another hour, a note, another pair."""
    task = _locked(task)
    if due != task.due_on or clock != task.clock:
        _move(task, due, clock, on=on)
    if task.kind == Task.Kind.OWN:
        task.title = title
    task.note = note
    task.save()
    _give(task, pair)
    return task


def _move(task: Task, due: date, clock: time | None, *, on: date) -> None:
    if due != task.due_on and due < on and task.done_on is None:
        raise Refused(_("That day has been. Choose a day that comes."))
    if task.kind == Task.Kind.CLOSING:
        if due > task.openhouse.day:
            raise Refused(_("Registration cannot close after the day itself."))
        if due != task.due_on and places_are_given(task.openhouse):
            raise Refused(_("The places are given. Registration stays closed."), status=409)
        OpenHouse.objects.filter(pk=task.openhouse_id).update(closes_on=due)
    task.due_on, task.moved_on, task.clock = due, on, clock


def places_are_given(openhouse: OpenHouse) -> bool:
    """Whether the rule has been applied."""
    rule = getattr(openhouse, "rule", None)
    return rule is not None and rule.given_at is not None


def _give(task: Task, pair: Pair) -> None:
    """The pair, each side by itself; one person is not a pair."""
    both = [pair.get(side) for side in TaskOwner.Side.values]
    if both[0] is not None and both[0] == both[1]:
        raise Refused(_("A pair is two people. Choose somebody else beside them."))
    for side, owner in pair.items():
        if owner is None:
            task.owners.filter(side=side).delete()
        else:
            TaskOwner.objects.update_or_create(
                task=task, side=side, defaults={"participant": owner.participant, "account": owner.account}
            )


@transaction.atomic
def let_follow(task: Task, *, on: date) -> Task:
    """The date follows the day again, as the plan has it."""
    task = _locked(task)
    openhouse = task.openhouse
    due = due_on(openhouse.day, task.days_from, on=on)
    if task.kind == Task.Kind.CLOSING:
        _move(task, due, None, on=on)
    task.due_on, task.moved_on = due, None
    if task.kind != Task.Kind.OWN:
        task.clock = clock_of(task.kind, starts=openhouse.starts, ends=openhouse.ends)
    task.save(update_fields=["due_on", "moved_on", "clock"])
    return task


@transaction.atomic
def finish_task(task: Task, *, is_done: bool, on: date) -> Task:
    """Done, or not done after all."""
    task = _locked(task)
    task.done_on = (task.done_on or on) if is_done else None
    task.save(update_fields=["done_on"])
    return task


@transaction.atomic
def remove_task(task: Task) -> None:
    """Take away a task of the house's own. The plan's own dates stay: they are what is otherwise forgotten."""
    if task.kind != Task.Kind.OWN:
        raise Refused(_("This date belongs to the plan. Move it, or write a note why it is not needed."))
    task.delete()


def owner_of(value: str, *, openhouse: OpenHouse) -> Owner | None:
    """Somebody by the value that the form offers: `p:` a participant of the circle, `a:` somebody who hosts here."""
    kind, _colon, number = value.partition(":")
    if kind == "p" and openhouse.circle_id is not None:
        try:
            found = Participant.objects.filter(
                pk=uuid.UUID(number), memberships__circle=openhouse.circle_id
            ).first()
        except ValueError:
            return None
        return Owner(participant=found) if found else None
    if kind == "a" and number.isdecimal():
        account = Account.objects.filter(pk=number, roles__house=openhouse.house_id).first()
        return Owner(account=account) if account else None
    return None
