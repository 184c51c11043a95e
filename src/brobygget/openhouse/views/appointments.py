"""Meetings by appointment, for those who plan: opened, closed, made by the program, moved by hand, told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import analysis, rules
from brobygget.openhouse.commands import appointments as commands
from brobygget.openhouse.findings import Arranged
from brobygget.openhouse.forms.appointments import AppointmentForm
from brobygget.openhouse.models import Appointment, OpenHouse
from brobygget.openhouse.plans.slots import Slot
from brobygget.openhouse.queries import appointments as queries
from brobygget.openhouse.queries.appointments import Host, MeetingDay
from brobygget.openhouse.views import appointment_words as words
from brobygget.openhouse.views.events import planned, ways
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.numbers import number_in
from brobygget.web.once import once

MOVE = ("meeting", "host", "time", "seen")  # what a move sends: numbers


def _back(pk: int) -> str:
    return reverse("openhouse:appointments", args=[pk])


def _day(request: AccountRequest, openhouse: OpenHouse) -> MeetingDay | None:
    plan = queries.plan_of(openhouse)
    return queries.day_of(openhouse, plan, on=timezone.localdate(request.now)) if plan else None


@role_required(*rules.PLANS)
def appointments(request: AccountRequest, pk: int) -> HttpResponse:
    """How it stands, and the next thing to do."""
    openhouse = planned(request, pk)
    if request.method == "POST":
        return _save(request, openhouse)
    plan = queries.plan_of(openhouse)
    return _page(request, openhouse, AppointmentForm(initial=AppointmentForm.initial_of(openhouse, plan)))


@once
def _save(request: AccountRequest, openhouse: OpenHouse) -> HttpResponse:
    form = AppointmentForm(request.POST)
    if form.is_valid():
        is_new = queries.plan_of(openhouse) is None
        try:
            commands.open_appointments(openhouse, facts=form.facts(), at=request.now)
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            messages.success(request, _("Visitors can choose now.") if is_new else _("Saved."))
            return redirect(_back(openhouse.pk))
    return _page(request, openhouse, form, status=422)


def _page(
    request: AccountRequest, openhouse: OpenHouse, form: AppointmentForm, status: int = 200
) -> HttpResponse:
    day = _day(request, openhouse)
    context: dict[str, Any] = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "form": form,
        "day": day,
        "is_gone": rules.is_gone(openhouse, at=request.now),
    }
    if day is not None:
        plan = day.plan
        context |= {
            "plan": plan,
            "is_open": rules.may_wish(plan, at=request.now),
            "may_arrange": rules.may_arrange(plan, at=request.now),
            "is_waiting": plan.asked_at is not None,
            "chairs": day.places,
            "without": words.causes(day.without),
            "served": len(day.wishes) - len(day.without),
            "dropped": len({one.invitation_id for one in day.dropped}),
            "dropped_meetings": len(day.dropped),
            "empty": words.empty(day),
            "would_help": _would_help(day),
            "loads": [(one, day.loads[one.pk], _chairs(day, one)) for one in day.by_host.values()],
            "not_taking_part": [one for one in day.hosts if not one.takes_part],
            "share": _percent(plan.share),
        }
    return render(request, "openhouse/appointments.html", context, status=status)


def _percent(share: float) -> str:
    """Never rounded up to what is not whole."""
    return f"{int(share * 1000) / 10:g}"


def _chairs(day: MeetingDay, host: Host) -> int:
    return sum(day.room(host, slot) for slot in day.slots)


def _would_help(day: MeetingDay) -> list[tuple[Host, int]]:
    """Associations where one more chair would serve somebody who has nothing, those that would serve most first."""
    found = commands.would_help_of(day.without)
    those = [(day.by_host[pk], number) for pk, number in found.items() if pk in day.by_host]
    return sorted(those, key=lambda each: (-each[1], each[0].name))[:8]


# -- presses -------------------------------------------------------------------------------------------------------
@require_POST
@role_required(*rules.PLANS)
@once
def appointments_closing(request: AccountRequest, pk: int) -> HttpResponse:
    """Nobody chooses any more."""
    openhouse = planned(request, pk)
    return act_and_return(
        request,
        lambda: commands.close_wishes(openhouse, at=request.now),
        _back(pk),
        said=_("Nobody can choose any more. Make the timetable when you like."),
    )


@require_POST
@role_required(*rules.PLANS)
def appointments_making(request: AccountRequest, pk: int) -> HttpResponse:
    """The program arranges. It thinks before the writing begins; what takes long is the worker's."""
    openhouse = planned(request, pk)
    day, all_anew = _day(request, openhouse), request.POST.get("what") == "all"
    if day is None:
        return redirect(_back(pk))
    found: list[Arranged] = []

    def think() -> None:
        commands.refuse_to_arrange(day, at=request.now)
        if analysis.is_soon_arranged(day):
            found.append(commands.arrange(day, all_anew=all_anew, at=request.now))

    refused = act_and_return(request, think, _back(pk))
    if refused.status_code >= 400:
        return refused
    return _keep(request, day, found[0]) if found else _ask(request, openhouse, all_anew=all_anew)


@once
def _keep(request: AccountRequest, day: MeetingDay, found: Arranged) -> HttpResponse:
    def keep() -> None:
        changed = commands.keep_arranged(day, found, at=request.now)
        if not changed:
            messages.info(request, _("The timetable is as it was: nothing better was found."))
            return
        text = ngettext(
            "The timetable is made: %(number)d visitor meets somebody.",
            "The timetable is made: %(number)d visitors meet somebody.",
            found.served,
        )
        messages.success(request, text % {"number": found.served})
        if day.plan.told_at is not None:
            messages.info(request, _("It is told, so phones and associations see the change now."))

    return act_and_return(request, keep, _back(day.openhouse.pk))


@once
def _ask(request: AccountRequest, openhouse: OpenHouse, *, all_anew: bool) -> HttpResponse:
    return act_and_return(
        request,
        lambda: commands.ask_for_timetable(openhouse, all_anew=all_anew, at=request.now),
        _back(openhouse.pk),
        said=_("The timetable is being made. With so many it takes a moment; you can leave this page."),
    )


@require_POST
@role_required(*rules.PLANS)
@once
def appointments_telling(request: AccountRequest, pk: int) -> HttpResponse:
    """Phones show their meetings, and associations their lists; or not any more."""
    openhouse = planned(request, pk)
    is_told = request.POST.get("answer") == "yes"
    return act_and_return(
        request,
        lambda: commands.tell_meetings(openhouse, is_told=is_told, at=request.now),
        _back(pk),
        said=_("Told. Every phone shows its own meetings, and every association its own list.")
        if is_told
        else _("The meetings are not shown any more."),
    )


# -- by hand -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Row:
    """One time of the day, and who sits down then."""

    slot: Slot
    meetings: list[tuple[Appointment, Host, bool]]


@require_safe
@role_required(*rules.PLANS)
def appointments_table(request: AccountRequest, pk: int) -> HttpResponse:
    """The timetable by the hour. Choosing one meeting shows where it could go, and what a move breaks."""
    openhouse = planned(request, pk)
    day = _day(request, openhouse)
    if day is None or day.plan.made_at is None:
        return redirect(_back(pk))
    chosen = _appointment(day, request.GET.get("meeting", ""))
    rows = []
    for place, slot in enumerate(day.slots):
        there = [one for one in day.living if day.slot_at[Slot(one.starts, one.ends)] == place]
        rows.append(Row(slot, [(one, day.by_host[one.invitation_id], one == chosen) for one in there]))
    context: dict[str, Any] = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "plan": day.plan,
        "rows": [row for row in rows if row.meetings],
        "dropped": len(day.dropped),
    }
    if chosen is not None:
        context |= _moving(request, day, chosen)
    return render(request, "openhouse/appointments_table.html", context)


def _appointment(day: MeetingDay, text: str) -> Appointment | None:
    pk = number_in(text, digits=18)
    return next((one for one in day.living if one.pk == pk), None)


def _moving(request: AccountRequest, day: MeetingDay, chosen: Appointment) -> dict[str, Any]:
    """The meeting that is chosen, where it could go, and what the move in the address would break."""
    host = day.by_host[chosen.invitation_id]
    to_host = day.by_host.get(number_in(request.GET.get("host", "")))
    place = number_in(request.GET.get("time", "")) - 1
    wish = day.by_wish[chosen.wish_id]
    fitting = [one for one in day.by_host.values() if day.because(wish, one) is not None]
    context: dict[str, Any] = {
        "chosen": chosen,
        "host": host,
        "hosts": [*fitting, *(one for one in day.by_host.values() if one not in fitting)],
        "fitting": len(fitting),
        "slots": list(enumerate(day.slots, start=1)),
        "to_host": to_host or host,
        "to_time": place + 1 if place >= 0 else day.slot_at[Slot(chosen.starts, chosen.ends)] + 1,
    }
    if to_host is None or not 0 <= place < len(day.slots):
        return context
    if (to_host.pk, day.slots[place].starts) == (chosen.invitation_id, chosen.starts):
        return context | {"is_same": True}
    codes = commands.breaks(day, chosen, host=to_host.pk, place=place)
    told = [words.what_breaks(code, number=wish.number, name=to_host.name) for code in codes]
    return context | {
        "is_weighed": True,
        "breaks": told,
        "is_possible": not set(codes) & set(commands.IMPOSSIBLE),
        "to_slot": day.slots[place],
    }


@require_POST
@role_required(*rules.PLANS)
@once
def appointments_moving(request: AccountRequest, pk: int) -> HttpResponse:
    """Keep a move."""
    openhouse = planned(request, pk)
    read = {name: number_in(request.POST.get(name, ""), digits=18) for name in MOVE}
    return act_and_return(
        request,
        lambda: commands.move_meeting(
            openhouse,
            appointment=read["meeting"],
            host=read["host"],
            place=read["time"] - 1,
            seen=read["seen"],
            at=request.now,
        ),
        reverse("openhouse:appointments_table", args=[pk]),
        said=_("Moved."),
    )
