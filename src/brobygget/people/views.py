"""A participant's own page: what we know, the way back on another phone, and the way out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.people import commands, queries, tokens
from brobygget.people.forms import AliasForm
from brobygget.people.models import Participant, PersonalLink
from brobygget.people.request import (
    COOKIE,
    HouseRequest,
    ParticipantRequest,
    participant_required,
    remember_phone,
)
from brobygget.web.messages import message_page
from brobygget.web.offline import wipe_phone
from brobygget.web.once import key_of, once


@participant_required
def me(request: ParticipantRequest) -> HttpResponse:
    """What we know about the participant, to read and to change."""
    if request.method == "POST":
        return save_me(request)
    return _my_page(request, _form_for(request))


@once
def save_me(request: ParticipantRequest) -> HttpResponse:
    """Another alias, language or answer."""
    form = _form_for(request, request.POST)
    if not form.is_valid():
        return _my_page(request, form, status=422)
    commands.change_participant(request.participant, **form.cleaned_data)
    messages.success(request, _("Saved."))
    response = redirect("people:me")
    response.delete_cookie("language")  # the participant's own language counts from now on
    return response


def _form_for(request: ParticipantRequest, data: object = None) -> AliasForm:
    person = request.participant
    facts = {"alias": person.alias, "language": person.language, "years_here": person.years_here}
    return AliasForm(data, initial=facts, codes=person.house.language_codes)


def _my_page(request: ParticipantRequest, form: AliasForm, status: int = 200) -> HttpResponse:
    way = queries.way_back_of(request.participant)
    address = request.build_absolute_uri(reverse("people:come_back", args=[way.token])) if way else ""
    context = {"form": form, "way": way, "address": address, "words": way.words.split() if way else []}
    return render(request, "people/me.html", context, status=status)


@require_POST
@participant_required
@once
def way_back(request: ParticipantRequest) -> HttpResponse:
    """New words and a new link; the old ones stop working."""
    commands.give_way_back(request.participant, on=timezone.localdate(request.now), at=request.now)
    messages.success(request, _("Here are your new words. The old ones do not work any more."))
    return redirect("people:me")


def come_back(request: HouseRequest, token: str) -> HttpResponse:
    """Another phone: looking at the link changes nothing, the button lets the phone in."""
    person = queries.participant_behind(token, purpose=PersonalLink.Purpose.COME_BACK)
    if person is None:
        return wrong_door(request)
    if request.method == "POST":
        return let_phone_in(request, person)
    return render(request, "people/come_back.html", {"person": person})


def let_phone_in(request: HouseRequest, person: Participant) -> HttpResponse:
    """Give this phone its cookie. The secret follows from the press, so that a repeat gives the same one."""
    key = key_of(request.POST)
    if key is None:
        return redirect(request.path)
    secret = tokens.derived_token(PersonalLink.Purpose.DEVICE, f"{person.pk}:{key}")
    if queries.participant_behind(secret, purpose=PersonalLink.Purpose.DEVICE) is None:
        on = timezone.localdate(request.now)
        commands.give_link(person, purpose=PersonalLink.Purpose.DEVICE, on=on, secret=secret)
    return remember_phone(redirect("home:start"), secret)


def wrong_door(request: HttpRequest) -> HttpResponse:
    """The same answer for a wrong, an old and a closed link."""
    return message_page(
        request,
        heading=_("This link does not work any more."),
        text=_("It may be old, or written wrongly. Ask the person who gave it to you for a new one."),
        status=404,
        way_on_url=reverse("circles:ticket"),
        way_on_text=_("I have four words"),
    )


@require_POST
def leave_phone(request: HouseRequest) -> HttpResponse:
    """This phone forgets who used it. Nothing else changes."""
    response = redirect("home:start")
    response.delete_cookie(COOKIE)
    return wipe_phone(response)


@once
@participant_required
def forget(request: ParticipantRequest) -> HttpResponse:
    """Forget me: first what that means, then the button."""
    if request.method == "POST":
        commands.forget_participant(request.participant)
        response = redirect("people:forgotten")
        response.delete_cookie(COOKIE)
        return wipe_phone(response)
    return render(request, "people/forget.html")


def forgotten(request: HouseRequest) -> HttpResponse:
    """After the button. Anybody may read it: it tells nothing of anybody."""
    return message_page(
        request,
        heading=_("You are forgotten."),
        text=_("Your name and your answers are gone. What the circle made together is still there."),
    )
