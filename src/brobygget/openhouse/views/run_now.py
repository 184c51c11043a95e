"""The run sheet in the hand: what to do now, what comes next, and what the hall has to hear. Large, for one thumb."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import tasks as commands
from brobygget.openhouse.models import Door, OpenHouse, Slot, Task
from brobygget.openhouse.queries import door as doors
from brobygget.openhouse.queries import events
from brobygget.openhouse.queries import hall as queries
from brobygget.openhouse.queries.booking_desk import paper_to_call
from brobygget.openhouse.queries.programme import slots_of
from brobygget.openhouse.views import programme_words as words
from brobygget.openhouse.views import wording
from brobygget.openhouse.views.events import planned
from brobygget.openhouse.views.paper import who_does
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.languages import current
from brobygget.web.live import live_response
from brobygget.web.once import once


@dataclass(frozen=True)
class ToDo:
    """One line of the run sheet."""

    task: Task
    title: str
    who: str


@role_required(*rules.PLANS)
def run_now(request: AccountRequest, pk: int) -> HttpResponse:
    """Now and next."""
    context = _now(request, planned(request, pk))
    context["live_tag"] = f"{_tag(context)}.{current().code}"
    return render(request, "openhouse/run_now.html", context)


@role_required(*rules.PLANS)
def run_now_live(request: AccountRequest, pk: int) -> HttpResponse:
    """The same, when something is new."""
    context = _now(request, planned(request, pk))
    return live_response(request, "openhouse/_run_now.html", context, _tag(context))


@require_POST
@role_required(*rules.PLANS)
@once
def run_now_done(request: AccountRequest, pk: int, task: int) -> HttpResponse:
    """Done, or not done after all."""
    found = get_object_or_404(
        Task.objects.select_related("openhouse"), openhouse=planned(request, pk), pk=task
    )
    is_done = request.POST.get("answer") == "yes"
    return act_and_return(
        request,
        lambda: commands.finish_task(found, is_done=is_done, on=timezone.localdate(request.now)),
        reverse("openhouse:run_now", args=[pk]),
    )


def _tag(context: dict[str, Any]) -> str:
    """Follows from what is shown."""
    tasks = [
        (one.task.pk, one.task.clock, one.task.done_on, one.task.note, one.title, one.who)
        for name in ("due", "next", "later", "done")
        for one in context[name]
    ]
    slots = [(one.when, one.slot.title, one.slot.hall_id, one.slot.place) for one in context["on_stage"]]
    changed = [(one.slot.pk, one.slot.version, one.was) for one in context["changed"]]
    rooms = [(one.room.name, one.room.most, one.number) for one in context["rooms"]]
    seen = repr((context["is_today"], tasks, slots, changed, rooms, context["to_call"]))
    return f"now-{hashlib.sha256(seen.encode()).hexdigest()[:16]}"


def _now(request: AccountRequest, openhouse: OpenHouse) -> dict[str, Any]:
    today = timezone.localdate(request.now)
    slots = slots_of(openhouse)
    going = queries.going_of(slots, at=request.now)
    door = Door.objects.filter(openhouse=openhouse).first()
    is_today = openhouse.day == today
    return {
        "openhouse": openhouse,
        "is_today": is_today,
        "on_stage": [_shown(one, request.now) for one in [*going.now, *going.soon]],
        "changed": queries.changed_in(openhouse, slots, at=request.now),
        "rooms": doors.rooms_now(door, on=request.now) if door is not None and is_today else [],
        "to_call": len(paper_to_call(openhouse)),
        "may_book": bool(set(rules.BOOKS) & set(request.house.roles_of_reader)),
        **_tasks(request, openhouse),
    }


def _shown(slot: Slot, at: datetime) -> words.SlotShown:
    return words.shown(slot, has_begun=at >= slot.starts_at)


def _tasks(request: AccountRequest, openhouse: OpenHouse) -> dict[str, list[ToDo]]:
    """The day's, by the clock: what is due and not done, what comes at the next hour, what is later, what is done."""
    today = timezone.localdate(request.now)
    clock = timezone.localtime(request.now).time()
    shown = events.plan_of(openhouse, on=today, reader=request.user)
    of_the_day = [
        ToDo(one.task, wording.title_of(one.task), who_does(one))
        for one in shown
        if one.task.due_on == openhouse.day and one.task.clock is not None
    ]
    undone = [one for one in of_the_day if one.task.done_on is None]
    due = [one for one in undone if _is_due(one.task, openhouse, today=today, clock=clock)]
    rest = [one for one in undone if one not in due]
    first = rest[0].task.clock if rest else None
    return {
        "due": due,
        "next": [one for one in rest if one.task.clock == first],
        "later": [one for one in rest if one.task.clock != first],
        "done": [one for one in of_the_day if one.task.done_on is not None],
    }


def _is_due(task: Task, openhouse: OpenHouse, *, today: Any, clock: Any) -> bool:
    if today != openhouse.day:
        return bool(today > openhouse.day)
    return bool(task.clock <= clock)
