"""Who is at the tables: the leader's list, the wishes that only the leader sees, and the door for guests."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygget.circles import spoken
from brobygget.circles.commands import Refused
from brobygget.circles.commands import table_guests as commands
from brobygget.circles.forms.tables import GuestForm, GuestsForm, SpokenForm, TablesDoorForm, WishForm
from brobygget.circles.models import TableGuest, TablePlan
from brobygget.circles.queries import table_doors
from brobygget.circles.queries import tables as queries
from brobygget.circles.views.occasions import Occasion, evening_of
from brobygget.house.views.acting import act_and_return
from brobygget.people import tokens
from brobygget.people.models import Participant, PersonalLink
from brobygget.people.request import HouseRequest, ParticipantRequest, participant_required, remember_phone
from brobygget.people.views import wrong_door
from brobygget.web.languages import wished_by
from brobygget.web.live import live_response
from brobygget.web.numbers import number_in
from brobygget.web.once import key_of, once


def _people_address(occasion: Occasion) -> str:
    return f"{occasion.root}people/"


def tables_people(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """Who is here, what they talk in, who interprets; and more people, one line each."""
    if request.method == "POST":
        return tables_add(request, occasion)
    return _people_page(request, occasion, GuestsForm(usual=occasion.language))


@once
def tables_add(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """Some more people."""
    form = GuestsForm(request.POST, usual=occasion.language)
    if form.is_valid():
        try:
            with transaction.atomic():
                plan = occasion.open_plan(on=timezone.localdate(request.now))
                commands.add_guests(plan, form.guests)
        except Refused as no:
            form.add_error("lines", no.sentence)
        else:
            return redirect(_people_address(occasion))
    return _people_page(request, occasion, form, status=422)


def _people_page(
    request: HouseRequest, occasion: Occasion, form: GuestsForm, status: int = 200
) -> HttpResponse:
    plan = occasion.plan
    hall = queries.hall_of(plan) if plan else None
    here = {person.pk for person in hall.here} if hall else set()
    context = {
        "occasion": occasion,
        "plan": plan,
        "hall": hall,
        "rows": [(person, person.pk in here) for person in hall.people] if hall else [],
        "here": len(here),
        "form": form,
        "address": request.build_absolute_uri(occasion.door_of(plan)) if plan and plan.is_door_open else "",
    }
    return render(request, "circles/tables_people.html", context, status=status)


def _guest(occasion: Occasion, pk: int) -> TableGuest:
    plan = occasion.found_plan
    guest = get_object_or_404(plan.guests.select_related("participant"), pk=pk)
    guest.plan = plan
    return guest


@require_POST
@once
def tables_presence(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """Somebody is here now, or has gone; the rounds to come are planned anew at once."""
    guest = _guest(occasion, number_in(request.POST.get("guest", "")))
    is_here = request.POST.get("here") == "yes"

    def act() -> None:
        _say(request, commands.note_guest(guest, is_here=is_here))

    return act_and_return(request, act, _people_address(occasion))


def _say(request: HouseRequest, sentence: str) -> None:
    """It was kept, but no plan fits it: why."""
    if sentence:
        messages.warning(request, sentence)


def tables_guest(request: HouseRequest, occasion: Occasion, guest: int) -> HttpResponse:
    """What somebody talks in this evening, and whether they interpret."""
    if request.method == "POST":
        return tables_guest_save(request, occasion, guest)
    found = _guest(occasion, guest)
    person = next(who for who in queries.people_of(found.plan) if who.pk == found.pk)
    form = GuestForm(
        initial={"languages": person.languages, "interprets": found.interprets},
        first=[*person.languages, *occasion.house.language_codes],
        lasts=occasion.lasts,
    )
    context = {"occasion": occasion, "person": person, "form": form}
    return render(request, "circles/tables_guest.html", context)


@once
def tables_guest_save(request: HouseRequest, occasion: Occasion, guest: int) -> HttpResponse:
    """Keep it."""
    found = _guest(occasion, guest)
    form = GuestForm(request.POST, first=occasion.house.language_codes, lasts=occasion.lasts)
    if not form.is_valid():
        person = next(who for who in queries.people_of(found.plan) if who.pk == found.pk)
        context = {"occasion": occasion, "person": person, "form": form}
        return render(request, "circles/tables_guest.html", context, status=422)

    def act() -> None:
        _say(request, commands.change_guest(found, **form.cleaned_data))

    return act_and_return(request, act, _people_address(occasion))


# -- the leader's wishes -------------------------------------------------------------------------------------------
def tables_wishes(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """Two at one table, or two not at one table. On a page of its own, that is not shown in the room by mistake."""
    if request.method == "POST":
        return tables_wish(request, occasion)
    return _wishes_page(request, occasion, occasion.found_plan)


@once
def tables_wish(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """One wish more, or one less."""
    plan = occasion.found_plan
    back = f"{occasion.root}wishes/"
    if "drop" in request.POST:
        wish = number_in(request.POST["drop"])
        return act_and_return(request, lambda: _say(request, commands.drop_wish(plan, pk=wish)), back)
    form = _wish_form(plan, request.POST)
    if form.is_valid():
        by_pk = {str(guest.pk): guest for guest in plan.guests.all()}
        chosen = {name: by_pk[form.cleaned_data[name]] for name in ("one", "other")}
        try:
            with transaction.atomic():
                _say(request, commands.wish(plan, rule=form.cleaned_data["rule"], **chosen))
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            return redirect(back)
    return _wishes_page(request, occasion, plan, form=form, status=422)


def _wish_form(plan: TablePlan, data: Any = None) -> WishForm:
    return WishForm(data, people=[(str(person.pk), person.called) for person in queries.people_of(plan)])


def _wishes_page(
    request: HouseRequest,
    occasion: Occasion,
    plan: TablePlan,
    *,
    form: WishForm | None = None,
    status: int = 200,
) -> HttpResponse:
    hall = queries.hall_of(plan)
    known = hall.by_pk
    context = {
        "occasion": occasion,
        "form": form or _wish_form(plan),
        "wishes": [(wish, known[wish.one], known[wish.other]) for wish in hall.wishes],
    }
    return render(request, "circles/tables_wishes.html", context, status=status)


# -- the door for guests -------------------------------------------------------------------------------------------
@require_POST
@once
def tables_door(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """Open the door, or close it."""
    is_open = request.POST.get("what") != "close"

    def act() -> None:
        plan = occasion.open_plan(on=timezone.localdate(request.now))
        commands.open_door(plan, is_open=is_open)

    return act_and_return(request, act, _people_address(occasion))


@require_safe
def tables_waiting(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """Who has come in since the plan was made, when somebody has."""
    plan = occasion.found_plan

    def context() -> dict[str, Any]:
        return {"occasion": occasion, "hall": queries.hall_of(plan)}

    tag = f"waiting-{plan.pk}-{plan.version}"
    return live_response(request, "circles/_tables_waiting.html", context, tag)


def tables_join(request: HouseRequest, token: str) -> HttpResponse:
    """A guest comes in by the code of a circle's evening."""
    plan = table_doors.plan_behind(token)
    if plan is None or plan.meeting is None:
        return wrong_door(request)
    return join_page(request, evening_of(plan.meeting), plan)


def join_page(request: HouseRequest, occasion: Occasion, plan: TablePlan) -> HttpResponse:
    """Looking changes nothing; the form lets somebody in."""
    mine = request.participant
    if mine is not None and mine.house_id == plan.house_id:
        return _join_again(request, occasion, plan, mine)
    codes = plan.house.language_codes
    wished = wished_by(request)
    language = wished if wished in codes else codes[0]
    initial = {"language": language, "years_here": "", "languages": []}
    form = TablesDoorForm(request.POST or None, initial=initial, codes=codes)
    context = {"plan": plan, "occasion": occasion, "form": form}
    if request.method != "POST":
        return render(request, "circles/tables_join.html", context)
    key = key_of(request.POST)
    if not form.is_valid() or key is None:
        return render(request, "circles/tables_join.html", context, status=422)
    secret = tokens.derived_token(PersonalLink.Purpose.DEVICE, f"tables:{plan.pk}:{key}")
    try:
        commands.join_tables(
            plan, **form.cleaned_data, phone_secret=secret, on=timezone.localdate(request.now)
        )
    except Refused as no:
        form.add_error("alias", no.sentence)
        return render(request, "circles/tables_join.html", context, status=no.status)
    response = remember_phone(redirect(occasion.phone), secret)
    response.delete_cookie("language")
    return response


def _join_again(
    request: HouseRequest, occasion: Occasion, plan: TablePlan, person: Participant
) -> HttpResponse:
    """Somebody whom the house knows already: one press, and no second alias."""
    if plan.guests.filter(participant=person, last_round=None).exists():
        return redirect(occasion.phone)
    if request.method != "POST":
        context = {"plan": plan, "occasion": occasion, "form": None}
        return render(request, "circles/tables_join.html", context)
    return act_and_return(request, lambda: commands.sit_down(plan, person), occasion.phone)


# -- a participant's own languages ---------------------------------------------------------------------------------
@participant_required
def own_languages(request: ParticipantRequest) -> HttpResponse:
    """Languages I can talk in: a small choice that nobody has to make."""
    if request.method == "POST":
        return own_languages_save(request)
    said = list(request.participant.spoken_languages.values_list("code", flat=True))
    own = said or [request.participant.language]
    form = SpokenForm(
        initial={"languages": spoken.known(own)}, first=[*own, *request.participant.house.language_codes]
    )
    return render(request, "circles/own_languages.html", {"form": form})


@once
def own_languages_save(request: ParticipantRequest) -> HttpResponse:
    """Keep it, in place of what was said before."""
    form = SpokenForm(request.POST, first=request.participant.house.language_codes)
    if not form.is_valid():
        return render(request, "circles/own_languages.html", {"form": form}, status=422)
    commands.say_languages(request.participant, form.cleaned_data["languages"])
    messages.success(request, _("Saved."))
    return redirect("circles:now")
