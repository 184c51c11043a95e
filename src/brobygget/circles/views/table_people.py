"""Who is at the tables: the leader's list, the wishes that only the leader sees, and the door for guests."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygget.circles import spoken
from brobygget.circles.commands import Refused
from brobygget.circles.commands import table_guests as commands
from brobygget.circles.forms.tables import GuestForm, GuestsForm, SpokenForm, TablesDoorForm, WishForm
from brobygget.circles.models import Meeting, TableGuest, TablePlan
from brobygget.circles.queries import table_doors
from brobygget.circles.queries import tables as queries
from brobygget.circles.queries.sitting import Sitter
from brobygget.circles.views.doors import leads_meeting
from brobygget.circles.views.tables import found_plan, number_in
from brobygget.house.views.acting import act_and_return
from brobygget.people import tokens
from brobygget.people.models import PersonalLink
from brobygget.people.request import HouseRequest, ParticipantRequest, participant_required, remember_phone
from brobygget.people.views import wrong_door
from brobygget.web.languages import wished_by
from brobygget.web.live import live_response
from brobygget.web.once import key_of, once


def _people_address(meeting: Meeting) -> str:
    return reverse("circles:tables_people", args=[meeting.pk])


@leads_meeting
def tables_people(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """Who is here, what they talk in, who interprets; and more people, one line each."""
    if request.method == "POST":
        return tables_add(request, sitter, meeting)
    return _people_page(request, sitter, meeting, GuestsForm(usual=sitter.circle.language))


@once
def tables_add(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """Some more people."""
    form = GuestsForm(request.POST, usual=sitter.circle.language)
    if form.is_valid():
        try:
            with transaction.atomic():
                plan = commands.open_plan(meeting, on=timezone.localdate(request.now))
                commands.add_guests(plan, form.guests)
        except Refused as no:
            form.add_error("lines", no.sentence)
        else:
            return redirect(_people_address(meeting))
    return _people_page(request, sitter, meeting, form, status=422)


def _people_page(
    request: HouseRequest, sitter: Sitter, meeting: Meeting, form: GuestsForm, status: int = 200
) -> HttpResponse:
    plan = queries.plan_of(meeting)
    hall = queries.hall_of(plan) if plan else None
    here = {person.pk for person in hall.here} if hall else set()
    context = {
        "circle": sitter.circle,
        "meeting": meeting,
        "plan": plan,
        "hall": hall,
        "rows": [(person, person.pk in here) for person in hall.people] if hall else [],
        "here": len(here),
        "form": form,
        "address": _door_address(request, plan) if plan and plan.is_door_open else "",
    }
    return render(request, "circles/tables_people.html", context, status=status)


def _door_address(request: HouseRequest, plan: TablePlan) -> str:
    return request.build_absolute_uri(reverse("circles:tables_join", args=[table_doors.token_of(plan)]))


def _guest(meeting: Meeting, pk: int) -> TableGuest:
    plan = found_plan(meeting)
    guest = get_object_or_404(plan.guests.select_related("participant"), pk=pk)
    guest.plan = plan
    return guest


@require_POST
@leads_meeting
@once
def tables_presence(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """Somebody is here now, or has gone; the rounds to come are planned anew at once."""
    guest = _guest(meeting, number_in(request.POST.get("guest", "")))
    is_here = request.POST.get("here") == "yes"

    def act() -> None:
        _say(request, commands.note_guest(guest, is_here=is_here))

    return act_and_return(request, act, _people_address(meeting))


def _say(request: HouseRequest, sentence: str) -> None:
    """It was kept, but no plan fits it: why."""
    if sentence:
        messages.warning(request, sentence)


@leads_meeting
def tables_guest(request: HouseRequest, sitter: Sitter, meeting: Meeting, guest: int) -> HttpResponse:
    """What somebody talks in this evening, and whether they interpret."""
    if request.method == "POST":
        return tables_guest_save(request, sitter, meeting, guest)
    found = _guest(meeting, guest)
    person = next(who for who in queries.people_of(found.plan) if who.pk == found.pk)
    form = GuestForm(
        initial={"languages": person.languages, "interprets": found.interprets},
        first=[*person.languages, *sitter.circle.house.language_codes],
    )
    context = {"circle": sitter.circle, "meeting": meeting, "person": person, "form": form}
    return render(request, "circles/tables_guest.html", context)


@once
def tables_guest_save(request: HouseRequest, sitter: Sitter, meeting: Meeting, guest: int) -> HttpResponse:
    """Keep it."""
    found = _guest(meeting, guest)
    form = GuestForm(request.POST, first=sitter.circle.house.language_codes)
    if not form.is_valid():
        person = next(who for who in queries.people_of(found.plan) if who.pk == found.pk)
        context = {"circle": sitter.circle, "meeting": meeting, "person": person, "form": form}
        return render(request, "circles/tables_guest.html", context, status=422)

    def act() -> None:
        _say(request, commands.change_guest(found, **form.cleaned_data))

    return act_and_return(request, act, _people_address(meeting))


# -- the leader's wishes -------------------------------------------------------------------------------------------
@leads_meeting
def tables_wishes(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """Two at one table, or two not at one table. On a page of its own, that is not shown in the room by mistake."""
    if request.method == "POST":
        return tables_wish(request, sitter, meeting)
    return _wishes_page(request, sitter, found_plan(meeting))


@once
def tables_wish(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """One wish more, or one less."""
    plan = found_plan(meeting)
    back = reverse("circles:tables_wishes", args=[meeting.pk])
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
    return _wishes_page(request, sitter, plan, form=form, status=422)


def _wish_form(plan: TablePlan, data: Any = None) -> WishForm:
    return WishForm(data, people=[(str(person.pk), person.called) for person in queries.people_of(plan)])


def _wishes_page(
    request: HouseRequest, sitter: Sitter, plan: TablePlan, *, form: WishForm | None = None, status: int = 200
) -> HttpResponse:
    hall = queries.hall_of(plan)
    known = hall.by_pk
    context = {
        "circle": sitter.circle,
        "meeting": plan.meeting,
        "form": form or _wish_form(plan),
        "wishes": [(wish, known[wish.one], known[wish.other]) for wish in hall.wishes],
    }
    return render(request, "circles/tables_wishes.html", context, status=status)


# -- the door for guests -------------------------------------------------------------------------------------------
@require_POST
@leads_meeting
@once
def tables_door(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """Open the door, or close it."""
    is_open = request.POST.get("what") != "close"

    def act() -> None:
        plan = commands.open_plan(meeting, on=timezone.localdate(request.now))
        commands.open_door(plan, is_open=is_open)

    return act_and_return(request, act, _people_address(meeting))


@require_safe
@leads_meeting
def tables_waiting(request: HouseRequest, sitter: Sitter, meeting: Meeting) -> HttpResponse:
    """Who has come in since the plan was made, when somebody has."""
    plan = found_plan(meeting)

    def context() -> dict[str, Any]:
        return {"meeting": meeting, "hall": queries.hall_of(plan)}

    tag = f"waiting-{plan.pk}-{meeting.version}"
    return live_response(request, "circles/_tables_waiting.html", context, tag)


def tables_join(request: HouseRequest, token: str) -> HttpResponse:
    """A guest comes in by the code: looking changes nothing; the form lets somebody in."""
    plan = table_doors.plan_behind(token)
    if plan is None or plan.meeting is None:
        return wrong_door(request)
    mine = request.participant
    if mine is not None and mine.house_id == plan.house_id:
        return _join_again(request, plan)
    codes = plan.house.language_codes
    wished = wished_by(request)
    language = wished if wished in codes else codes[0]
    initial = {"language": language, "years_here": "", "languages": []}
    form = TablesDoorForm(request.POST or None, initial=initial, codes=codes)
    context = {"plan": plan, "circle": plan.meeting.circle, "form": form}
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
    response = remember_phone(redirect("circles:now"), secret)
    response.delete_cookie("language")
    return response


def _join_again(request: HouseRequest, plan: TablePlan) -> HttpResponse:
    """Somebody whom the house knows already: one press, and no second alias."""
    assert request.participant is not None
    if plan.guests.filter(participant=request.participant, last_round=None).exists():
        return redirect("circles:now")
    if request.method != "POST":
        assert plan.meeting is not None
        return render(
            request, "circles/tables_join.html", {"plan": plan, "circle": plan.meeting.circle, "form": None}
        )
    person = request.participant
    return act_and_return(request, lambda: commands.sit_down(plan, person), reverse("circles:now"))


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
