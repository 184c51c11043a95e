"""The plan: every date backwards from the day and forwards from it, with the pair that owns it."""

from __future__ import annotations

from datetime import date, time

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import tasks as commands
from brobygget.openhouse.forms.events import NewTaskForm, TaskForm
from brobygget.openhouse.models import OpenHouse, Task, TaskOwner
from brobygget.openhouse.queries import events as queries
from brobygget.openhouse.views import wording
from brobygget.openhouse.views.events import planned, ways
from brobygget.people.request import (
    AccountRequest,
    ParticipantRequest,
    participant_required,
    role_required,
)
from brobygget.web.once import once


def _rows(openhouse: OpenHouse, shown: list[queries.TaskShown]) -> dict[str, object]:
    """The plan in three parts."""
    named = [(one, wording.title_of(one.task), wording.hint_of(one.task)) for one in shown]
    day = openhouse.day
    return {
        "before": [row for row in named if row[0].task.due_on < day],
        "on_the_day": [row for row in named if row[0].task.due_on == day],
        "after": [row for row in named if row[0].task.due_on > day],
        "done": sum(one.task.done_on is not None for one in shown),
        "total": len(shown),
        "next": next((row for row in named if row[0].task.done_on is None), None),
    }


@role_required(*rules.PLANS)
def plan(request: AccountRequest, pk: int) -> HttpResponse:
    """What is next, what is done, and who owns what."""
    openhouse = planned(request, pk)
    return _plan_page(request, openhouse, NewTaskForm())


def _plan_page(
    request: AccountRequest, openhouse: OpenHouse, form: NewTaskForm, status: int = 200
) -> HttpResponse:
    today = timezone.localdate(request.now)
    context = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "form": form,
        "today": today,
        "days_left": (openhouse.day - today).days,
        **_rows(openhouse, queries.plan_of(openhouse, on=today, reader=request.user)),
    }
    return render(request, "openhouse/plan.html", context, status=status)


@require_POST
@role_required(*rules.PLANS)
@once
def task_new(request: AccountRequest, pk: int) -> HttpResponse:
    """One more task of our own."""
    openhouse = planned(request, pk)
    form = NewTaskForm(request.POST)
    if form.is_valid():
        try:
            commands.add_task(openhouse, **form.cleaned_data, on=timezone.localdate(request.now))
        except Refused as no:
            form.add_error("due", no.sentence)
        else:
            messages.success(request, _("It is in the plan."))
            return redirect("openhouse:plan", pk=pk)
    return _plan_page(request, openhouse, form, status=422)


def _task(request: AccountRequest, pk: int, task: int) -> Task:
    openhouse = planned(request, pk)
    tasks = openhouse.tasks.select_related("openhouse__house", "openhouse__circle").prefetch_related("owners")
    return get_object_or_404(tasks, pk=task)


@role_required(*rules.PLANS)
def task(request: AccountRequest, pk: int, task: int) -> HttpResponse:
    """One date: move it, give it to a pair, write a note."""
    found = _task(request, pk, task)
    if request.method == "POST":
        return _change(request, found)
    initial = {
        "title": found.title,
        "due": found.due_on,
        "clock": found.clock,
        "note": found.note,
        **queries.owner_values(found),
    }
    form = TaskForm(initial=initial, who=_who(request, found), task=found)
    return _task_page(request, found, form)


def _who(request: AccountRequest, found: Task) -> list[tuple[str, str]]:
    """Whom the reader can choose, and whoever owns it now."""
    who = queries.who_may_own(found.openhouse, reader=request.user)
    known = {value for value, _name in who}
    now = [value for value in queries.owner_values(found).values() if value not in known]
    return [*who, *((value, _("somebody of the staff")) for value in now)]


def _task_page(request: AccountRequest, found: Task, form: TaskForm, status: int = 200) -> HttpResponse:
    context = {
        "openhouse": found.openhouse,
        "ways": ways(request, found.openhouse),
        "task": found,
        "title": wording.title_of(found),
        "hint": wording.hint_of(found),
        "form": form,
        "is_own": found.kind == Task.Kind.OWN,
    }
    return render(request, "openhouse/task.html", context, status=status)


@once
def _change(request: AccountRequest, found: Task) -> HttpResponse:
    form = TaskForm(request.POST, who=_who(request, found), task=found)
    if not form.is_valid():
        return _task_page(request, found, form, status=422)
    data = form.cleaned_data
    due: date = data["due"]
    clock: time | None = data["clock"]
    pair = {side: commands.owner_of(data[side], openhouse=found.openhouse) for side in TaskOwner.Side.values}
    try:
        commands.change_task(
            found,
            title=data.get("title", ""),
            due=due,
            clock=clock,
            note=data["note"],
            pair=pair,
            on=timezone.localdate(request.now),
        )
    except Refused as no:
        form.add_error(None, no.sentence)
        return _task_page(request, found, form, status=422)
    messages.success(request, _("Saved."))
    return redirect("openhouse:plan", pk=found.openhouse_id)


@require_POST
@role_required(*rules.PLANS)
@once
def task_done(request: AccountRequest, pk: int, task: int) -> HttpResponse:
    """Done, or not done after all."""
    found = _task(request, pk, task)
    is_done = request.POST.get("answer") == "yes"
    return act_and_return(
        request,
        lambda: commands.finish_task(found, is_done=is_done, on=timezone.localdate(request.now)),
        f"{reverse('openhouse:plan', args=[pk])}#task-{found.pk}",
    )


@require_POST
@role_required(*rules.PLANS)
@once
def task_following(request: AccountRequest, pk: int, task: int) -> HttpResponse:
    """Let the date follow the day again."""
    found = _task(request, pk, task)
    return act_and_return(
        request,
        lambda: commands.let_follow(found, on=timezone.localdate(request.now)),
        reverse("openhouse:task", args=[pk, task]),
        said=_("It follows the day again."),
    )


@require_POST
@role_required(*rules.PLANS)
@once
def task_removal(request: AccountRequest, pk: int, task: int) -> HttpResponse:
    """Take away a task of our own."""
    found = _task(request, pk, task)
    return act_and_return(request, lambda: commands.remove_task(found), reverse("openhouse:plan", args=[pk]))


# -- the circle's own view -----------------------------------------------------------------------------------------
def _shaped(request: ParticipantRequest, pk: int) -> OpenHouse:
    return get_object_or_404(queries.shaped_by(request.participant), pk=pk)


@participant_required
def ours(request: ParticipantRequest, pk: int) -> HttpResponse:
    """The plan on a participant's phone: what is mine first, then everything."""
    openhouse = _shaped(request, pk)
    today = timezone.localdate(request.now)
    shown = queries.plan_of(openhouse, on=today, mine=request.participant)
    named = [(one, wording.title_of(one.task), wording.hint_of(one.task)) for one in shown]
    context = {
        "openhouse": openhouse,
        "mine": sorted(
            (row for row in named if row[0].is_mine), key=lambda row: row[0].task.done_on is not None
        ),
        "others": [row for row in named if not row[0].is_mine],
        "done": sum(one.task.done_on is not None for one in shown),
        "total": len(shown),
        "today": today,
    }
    return render(request, "openhouse/ours.html", context)


@require_POST
@participant_required
@once
def ours_done(request: ParticipantRequest, pk: int, task: int) -> HttpResponse:
    """My task is done, or not after all."""
    openhouse = _shaped(request, pk)
    mine = openhouse.tasks.filter(owners__participant=request.participant, pk=task).first()
    if mine is None:
        raise Http404
    is_done = request.POST.get("answer") == "yes"
    return act_and_return(
        request,
        lambda: commands.finish_task(mine, is_done=is_done, on=timezone.localdate(request.now)),
        reverse("openhouse:ours", args=[pk]),
    )
