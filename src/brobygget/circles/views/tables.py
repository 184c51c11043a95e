"""The leader's table plan: made in three choices, looked at, changed by hand, begun round by round."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from brobygget.circles import analysis
from brobygget.circles.commands import Refused
from brobygget.circles.commands import table_guests as guests
from brobygget.circles.commands import table_plans as commands
from brobygget.circles.commands import table_rounds as rounds
from brobygget.circles.findings import Judgement, NoPlan
from brobygget.circles.forms.tables import PlaceForm, TablesForm
from brobygget.circles.models import TableGuest, TablePlan
from brobygget.circles.queries import tables as queries
from brobygget.circles.queries.tables import Hall, Person
from brobygget.circles.views import table_words
from brobygget.circles.views.occasions import Occasion
from brobygget.house.views.acting import act_and_return
from brobygget.people.request import HouseRequest
from brobygget.web.numbers import number_in
from brobygget.web.once import once

CHANCE = secrets.SystemRandom()
USUAL_ROUNDS, AT_A_TABLE = 4, 5


def address(occasion: Occasion, number: int = 0) -> str:
    """The plan, at a round."""
    return f"{occasion.root}?round={number}" if number else occasion.root


def tables(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """The plan; the three choices while there is none."""
    if request.method == "POST":
        return tables_make(request, occasion)
    plan = occasion.plan
    if plan is not None and plan.rounds.exists() and request.GET.get("again") != "yes":
        return _plan_page(request, occasion, plan)
    return _choices_page(request, occasion, plan)


@once
def tables_make(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """Everybody gets a seat in every round."""
    plan = occasion.plan
    form = TablesForm(request.POST, people=_people(occasion, plan), usual=occasion.language)
    if form.is_valid():
        try:
            with transaction.atomic():
                made = occasion.open_plan(on=timezone.localdate(request.now))
                guests.add_guests(made, form.guests)
                commands.make_plan(
                    made,
                    tables=form.cleaned_data["tables"],
                    rounds=form.cleaned_data["rounds"],
                    minutes_each=form.cleaned_data["minutes_each"],
                    here=_chosen(occasion, made, form),
                    seed=CHANCE.randrange(1, 2**31),
                )
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            return redirect(address(occasion))
    return _choices_page(request, occasion, plan, form=form, status=422)


def _people(occasion: Occasion, plan: TablePlan | None) -> list[tuple[str, str]]:
    """Who can be ticked: regulars by their seat, guests by their place in the plan; by name, both."""
    regulars = occasion.regulars
    known = {who.participant for who in regulars}
    rows = [(who.value, who.called) for who in regulars]
    if plan is not None:
        rows += [
            (f"g{person.pk}", person.called)
            for person in queries.people_of(plan)
            if person.guest.participant_id not in known
        ]
    return sorted(rows, key=lambda row: (row[1].casefold(), row[0]))


def _chosen(occasion: Occasion, plan: TablePlan, form: TablesForm) -> list[TableGuest]:
    ticked = set(form.cleaned_data["here"])
    written = {guest.alias for guest in form.guests}
    return [
        person.guest
        for value, person in _values(occasion, plan)
        if value in ticked or (person.guest.participant_id is None and person.called in written)
    ]


def _values(occasion: Occasion, plan: TablePlan) -> list[tuple[str, Person]]:
    """Everybody of the plan, as the form names them."""
    regulars = {who.participant: who.value for who in occasion.regulars}
    return [
        (regulars.get(person.guest.participant_id, f"g{person.pk}"), person)
        for person in queries.people_of(plan)
    ]


def _choices_page(
    request: HouseRequest,
    occasion: Occasion,
    plan: TablePlan | None,
    *,
    form: TablesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    people = _people(occasion, plan)
    if form is None:
        here = _usually_here(occasion, plan, people)
        initial = {
            "here": here,
            "tables": max(1, round(len(here) / AT_A_TABLE)),
            "rounds": USUAL_ROUNDS,
            "minutes_each": plan.minutes_each if plan else 12,
        }
        form = TablesForm(initial=initial, people=people, usual=occasion.language)
    context = {
        "occasion": occasion,
        "plan": plan,
        "form": form,
        "people": people,
        "most": commands,
    }
    return render(request, "circles/tables_choices.html", context, status=status)


def _usually_here(occasion: Occasion, plan: TablePlan | None, people: list[tuple[str, str]]) -> list[str]:
    if plan is not None:
        away = {value for value, who in _values(occasion, plan) if who.guest.last_round is not None}
    else:
        away = {who.value for who in occasion.regulars if not who.is_here}
    return [value for value, _called in people if value not in away]


def _plan_page(request: HouseRequest, occasion: Occasion, plan: TablePlan) -> HttpResponse:
    hall = queries.hall_of(plan)
    history = queries.met_before(plan)
    judged, fault = _judged(hall, history)
    shown = _round_shown(request, hall)
    change = plan.changes.last()
    moved = table_words.moved(hall, commands.seats_before(change)) if change else []
    context: dict[str, Any] = {
        "occasion": occasion,
        "plan": plan,
        "hall": hall,
        "judged": judged,
        "fault": fault,
        "helps": table_words.helps(hall, judged) if judged else [],
        "fewest": table_words.fewest(hall, judged) if judged else "",
        "shown": shown,
        "is_open": shown.began_at is None and plan.finished_at is None,
        "rows": table_words.rows(hall, judged, shown.number),
        "change": change,
        "moved": moved,
        "moved_people": len({each.called for each in moved}),
        "minutes_left": queries.minutes_left(hall.now, plan, at=request.now) if hall.now else 0,
        "pieces": commands.PIECES,
        "pieces_done": commands.PIECES - plan.pieces_left,
    }
    if context["is_open"] and "guest" in request.GET:
        context |= _moving(request, hall, history, shown.number)
    return render(request, "circles/tables.html", context)


def _judged(hall: Hall, history: Any) -> tuple[Judgement | None, str]:
    try:
        return analysis.judge(hall, history), ""
    except NoPlan as wrong:
        return None, commands.sentence(wrong, hall)


def _round_shown(request: HouseRequest, hall: Hall) -> Any:
    asked = number_in(request.GET.get("round", ""))
    by_number = {each.number: each for each in hall.rounds}
    return by_number.get(asked) or hall.now or hall.next or hall.rounds[-1]


def _moving(request: HouseRequest, hall: Hall, history: Any, number: int) -> dict[str, Any]:
    """Somebody is on the way to another table: first whom, then where, then what it changes."""
    guest, table, other = (number_in(request.GET.get(name, "")) for name in ("guest", "table", "with"))
    person = hall.by_pk.get(guest)
    if person is None or hall.table_of(number, guest) is None:
        return {}
    context: dict[str, Any] = {"moving": person, "moving_from": hall.table_of(number, guest)}
    if not table and not other:
        return context
    try:
        weighed = analysis.weigh(
            hall, history, number=number, guest=guest, table=table or None, other=other or None
        )
    except NoPlan as wrong:
        return context | {"fault": commands.sentence(wrong, hall)}
    return context | {
        "to_table": table,
        "with_person": hall.by_pk.get(other),
        "told": table_words.consequences(hall, weighed),
    }


@require_POST
@once
def tables_move(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """Keep the move."""
    plan = occasion.found_plan
    number, guest, table, other = (
        number_in(request.POST.get(name, "")) for name in ("round", "guest", "table", "with")
    )
    return act_and_return(
        request,
        lambda: commands.move_guest(
            plan, number=number, guest=guest, table=table or None, other=other or None
        ),
        address(occasion, number),
    )


@require_POST
@once
def tables_again(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """Plan the rounds that are left once more, for whoever is here now."""
    plan = occasion.found_plan
    return act_and_return(request, lambda: commands.plan_again(plan), address(occasion))


@require_POST
@once
def tables_better(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """One more piece of the search for a large plan."""
    plan = occasion.found_plan
    pieces = number_in(request.POST.get("pieces", ""))
    return act_and_return(request, lambda: commands.improve_plan(plan, pieces_left=pieces), address(occasion))


@require_POST
@once
def tables_undo(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """Take back the last change."""
    plan = occasion.found_plan
    number = number_in(request.POST.get("round", ""))
    return act_and_return(request, lambda: commands.undo_change(plan), address(occasion, number))


@require_POST
@once
def tables_rounds(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """So many rounds instead."""
    plan = occasion.found_plan
    wished = number_in(request.POST.get("rounds", ""))
    return act_and_return(request, lambda: commands.change_rounds(plan, rounds=wished), address(occasion))


@require_POST
@once
def tables_next(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """Everybody to their next table; or one step back."""
    plan = occasion.found_plan
    after = number_in(request.POST.get("after", ""))
    if request.POST.get("what") == "back":
        return act_and_return(request, lambda: rounds.back_one_round(plan, number=after), address(occasion))
    return act_and_return(
        request, lambda: rounds.begin_next_round(plan, after=after, at=request.now), address(occasion)
    )


@require_POST
@once
def tables_table(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """A table is fetched, breaks, or is told where it stands."""
    plan = occasion.found_plan
    what = request.POST.get("what", "")
    if what == "fetch":
        return act_and_return(request, lambda: rounds.fetch_table(plan), address(occasion))
    table = plan.tables.filter(number=number_in(request.POST.get("table", ""))).first()
    if table is None:
        raise Http404
    table.plan = plan
    if what == "break":
        return act_and_return(request, lambda: rounds.break_table(table), address(occasion))
    form = PlaceForm(request.POST)
    if not form.is_valid():
        messages.warning(request, str(form.errors["place"][0]))
        return redirect(f"{occasion.root}places/")
    return act_and_return(
        request,
        lambda: rounds.name_table(table, place=form.cleaned_data["place"]),
        f"{occasion.root}places/",
    )


@require_safe
def tables_places(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """The tables themselves: where each stands, which one broke, one more, one round more."""
    hall = queries.hall_of(occasion.found_plan)
    context = {
        "occasion": occasion,
        "hall": hall,
        "standing": hall.tables_in(hall.next_number),
        "rounds": len(hall.rounds),
        "fewer": len(hall.rounds) - 1,
        "more": len(hall.rounds) + 1,
        "may_be_fewer": len(hall.open) > 0 and len(hall.rounds) > 1,
    }
    return render(request, "circles/tables_places.html", context)


@require_safe
def tables_aloud(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """One screen to read the names from, when there is neither wall nor paper nor anybody's phone."""
    plan = occasion.found_plan
    hall = queries.hall_of(plan)
    if not hall.rounds:
        return redirect(address(occasion))
    shown = _round_shown(request, hall)
    context = {
        "occasion": occasion,
        "hall": hall,
        "shown": shown,
        "rows": table_words.rows(hall, None, shown.number),
    }
    return render(request, "circles/tables_aloud.html", context)
