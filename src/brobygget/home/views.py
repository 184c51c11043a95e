"""Where everybody begins."""

from __future__ import annotations

import hmac
from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.home import commands, queries
from brobygget.home.forms import InviteForm, SetUpForm
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.house.queries import programme, reception
from brobygget.ideas.queries import town_desk, town_vote
from brobygget.openhouse.queries import events as open_houses
from brobygget.openhouse.queries import gatherings, hands
from brobygget.openhouse.rules import BOOKS
from brobygget.people import tokens
from brobygget.people.models import Participant, Role
from brobygget.people.request import CHOSEN_HOUSE, AccountRequest, HouseRequest, role_required
from brobygget.web.languages import BY_CODE, LANGUAGES, current
from brobygget.web.messages import message_page
from brobygget.web.once import once

EVERYBODY_WHO_HOSTS = tuple(Role.Kind.values)


def _own_page(participant: Participant, *, on: date) -> HttpResponse:
    """The circle; for somebody in none, the tables of the open house that they have come to."""
    if not participant.memberships.exists():
        tables = gatherings.tables_of_phone(participant, on=on)
        if tables is not None:
            return redirect("openhouse:own_tables", pk=tables.pk)
    return redirect("circles:now")


def start(request: HouseRequest) -> HttpResponse:
    """A participant's phone goes on to the circle; everybody else sees the house."""
    if request.participant is not None:
        return _own_page(request.participant, on=timezone.localdate(request.now))
    if request.house is None:
        return render(request, "home/empty.html")
    today = timezone.localdate(request.now)
    coming = programme.programme_between(request.house, today, today + timedelta(6), language=current().code)
    ahead = [one for one in coming if one.ends_at > request.now]
    context = {
        "next_thing": ahead[0] if ahead else None,
        "others": ahead[1:4],
        "today": today,
        "partners": request.house.partners.order_by("pk"),
        "open_house": open_houses.coming_of(request.house, on=today),
        "open_votes": town_vote.open_votes(request.house),
        "closed_vote": town_vote.latest_closed(request.house),
        "house_languages": [BY_CODE[code] for code in request.house.language_codes if code in BY_CODE],
    }
    return render(request, "home/start.html", context)


@role_required(*EVERYBODY_WHO_HOSTS)
def overview(request: AccountRequest) -> HttpResponse:
    """What is agreed and what is next."""
    today = timezone.localdate(request.now)
    house = request.house
    books_seats = bool(set(BOOKS) & set(house.roles_of_reader))
    context = {
        "circles": queries.circles_now(house, reader=request.user),
        "tried": queries.proposals_being_tried(house),
        "without_fate": queries.proposals_without_fate(house),
        "parked_due": queries.parked_to_look_at(house, until=today),
        "today": today,
        "open_house": open_houses.next_of(request.user, house, on=today),
        "seats_day": open_houses.coming_of(house, on=today) if books_seats else None,
        "hands_day": hands.day_of_answers(house, on=today) if books_seats else None,
        "open_votes": town_vote.open_votes(house),
        "to_read": town_desk.number_waiting(house),
        "count": reception.day_count(house, today),
        "week": reception.week_of(house, today),
        "may_lead": bool({Role.Kind.LEADER, Role.Kind.COORDINATOR} & set(house.roles_of_reader)),
        "houses": House.objects.filter(roles__account=request.user).distinct().order_by("name"),
    }
    return render(request, "home/overview.html", context)


@require_POST
@role_required(*EVERYBODY_WHO_HOSTS)
def choose_house(request: AccountRequest, pk: int) -> HttpResponse:
    """Work in another house, where the account has a role too."""
    house = get_object_or_404(House.objects.filter(roles__account=request.user).distinct(), pk=pk)
    request.session[CHOSEN_HOUSE] = house.pk
    return redirect("home:overview")


# -- the first start -----------------------------------------------------------------------------------------------
def set_up_token() -> str:
    """The code that the terminal prints: only who started the program can set the house up."""
    return tokens.derived_token("set-up", "first")


def set_up(request: HouseRequest, token: str) -> HttpResponse:
    """One page, under five minutes; gone as soon as there is a house."""
    if House.objects.exists() or not hmac.compare_digest(token.encode(), set_up_token().encode()):
        raise Http404
    if request.method == "POST":
        return _set_up(request)
    initial = {"languages": [language.code for language in LANGUAGES], "host": 1, "town": ""}
    return render(request, "home/set_up.html", {"form": SetUpForm(initial=initial)})


@once
def _set_up(request: HouseRequest) -> HttpResponse:
    form = SetUpForm(request.POST)
    if not form.is_valid():
        return render(request, "home/set_up.html", {"form": form}, status=422)
    facts = form.cleaned_data
    names = ("name", "town", "address", "challenge", "languages", "called", "email")
    try:
        commands.set_up(
            **{name: facts[name] for name in names},
            challenge_language=current().code,
            partners=form.partners(),
            on=timezone.localdate(request.now),
        )
    except Refused as no:
        return message_page(request, heading=_("Not once more"), text=no.sentence, status=no.status)
    request.session["first_email"] = facts["email"]
    return redirect("home:set_up_done")


def set_up_done(request: HouseRequest) -> HttpResponse:
    """The house stands: what the disk can do, and the way to sign in."""
    email = request.session.get("first_email")
    if not email:
        raise Http404
    context = {
        "email": email,
        "saves": commands.saves_a_second(),
        "keys": settings.KEYS,
        "mails": settings.EMAIL_FILE_PATH if "filebased" in settings.EMAIL_BACKEND else "",
    }
    return render(request, "home/set_up_done.html", context)


# -- who does what -------------------------------------------------------------------------------------------------
@role_required("coordinator")
def people(request: AccountRequest) -> HttpResponse:
    """Everybody who hosts, and what each may do."""
    return _people_page(request, InviteForm())


def _people_page(request: AccountRequest, form: InviteForm, status: int = 200) -> HttpResponse:
    roles = queries.roles_of(request.house, on=timezone.localdate(request.now))
    return render(request, "home/people.html", {"roles": roles, "form": form}, status=status)


@require_POST
@role_required("coordinator")
@once
def invitation(request: AccountRequest) -> HttpResponse:
    """Give somebody something to do."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _people_page(request, form, status=422)
    address = request.build_absolute_uri(reverse("account_request_login_code"))
    today = timezone.localdate(request.now)
    commands.invite(house=request.house, **form.cleaned_data, address=address, on=today)
    messages.success(request, _("The invitation is sent."))
    return redirect("home:people")


@require_POST
@role_required("coordinator")
@once
def role_ending(request: AccountRequest, pk: int) -> HttpResponse:
    """Somebody does this no more."""
    role = get_object_or_404(Role.objects.filter(house=request.house, until=None), pk=pk)
    try:
        commands.end_role(role, on=timezone.localdate(request.now))
    except Refused as no:
        messages.error(request, no.sentence)
    return redirect("home:people")
