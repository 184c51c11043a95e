"""The door of a circle: by link and QR, by four words, and what the leader hands out."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.circles import rules
from brobygget.circles.commands import joining as commands
from brobygget.circles.forms.joining import TicketForm, TicketsForm
from brobygget.circles.models import Circle, Invitation, Membership
from brobygget.circles.queries import joining as queries
from brobygget.house.commands.refused import Refused
from brobygget.people import commands as people
from brobygget.people import guessing, tokens
from brobygget.people import queries as known
from brobygget.people.forms import AliasForm
from brobygget.people.models import PersonalLink
from brobygget.people.request import (
    AccountRequest,
    HouseRequest,
    network_of,
    remember_phone,
    role_required,
)
from brobygget.people.views import let_phone_in, wrong_door
from brobygget.web import printing
from brobygget.web.languages import wished_by
from brobygget.web.messages import message_page
from brobygget.web.once import key_of, once

TICKET_SALT = "brobygget.ticket"
TICKET_MINUTES = 60


def join(request: HouseRequest, token: str) -> HttpResponse:
    """The circle's link: looking changes nothing; the form lets somebody in."""
    invitation = queries.invitation_behind(token)
    return wrong_door(request) if invitation is None else _door(request, invitation)


def ticket(request: HouseRequest) -> HttpResponse:
    """Four words: a new ticket, or somebody's way back."""
    form = TicketForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        network = network_of(request)
        if guessing.is_locked(network, at=request.now):
            form.add_error("words", _("Many wrong words came in just now. Wait a minute and try again."))
            return render(request, "circles/ticket.html", {"form": form}, status=429)
        words = form.cleaned_data["words"]
        found = queries.ticket_behind(words, at=request.now)
        if found is not None:
            return redirect("circles:ticket_join", signed=signing.dumps(str(found.pk), salt=TICKET_SALT))
        person = known.participant_behind(tokens.as_spoken(words), purpose=PersonalLink.Purpose.WORDS)
        if person is not None:
            return let_phone_in(request, person)
        people.note_wrong_try(network=network, at=request.now)
        form.add_error(
            "words", _("We do not know these words. Look at the paper once more, or ask the leader.")
        )
    status = 422 if request.method == "POST" else 200
    return render(request, "circles/ticket.html", {"form": form}, status=status)


def ticket_join(request: HouseRequest, signed: str) -> HttpResponse:
    """Behind right words: the same door as behind a link, for one person."""
    try:
        pk = signing.loads(signed, salt=TICKET_SALT, max_age=TICKET_MINUTES * 60)
    except signing.BadSignature:
        return wrong_door(request)
    invitation = Invitation.objects.filter(pk=pk, revoked_at=None).select_related("circle__house").first()
    return wrong_door(request) if invitation is None else _door(request, invitation)


def _door(request: HouseRequest, invitation: Invitation) -> HttpResponse:
    circle = invitation.circle
    if request.participant and circle.memberships.filter(participant=request.participant).exists():
        return redirect("circles:now")
    codes = circle.house.language_codes
    wished = wished_by(request)
    initial = {"language": wished if wished in codes else codes[0], "years_here": ""}
    form = AliasForm(request.POST or None, initial=initial, codes=codes)
    context = {"circle": circle, "form": form}
    if request.method != "POST":
        return render(request, "circles/join.html", context)
    key = key_of(request.POST)
    if not form.is_valid() or key is None:
        return render(request, "circles/join.html", context, status=422)
    try:
        joined = commands.join_circle(
            invitation=invitation,
            **form.cleaned_data,
            phone_secret=tokens.derived_token(PersonalLink.Purpose.DEVICE, f"{invitation.pk}:{key}"),
            at=request.now,
            on=timezone.localdate(request.now),
        )
    except Refused as no:
        return message_page(
            request, heading=_("We could not let you in."), text=no.sentence, status=no.status
        )
    response = remember_phone(redirect("circles:welcome"), joined.phone_secret)
    response.delete_cookie("language")
    return response


def welcome(request: HouseRequest) -> HttpResponse:
    """You are in; write these four words on paper."""
    if request.participant is None:
        raise Http404
    seat = Membership.objects.filter(participant=request.participant).select_related("circle").first()
    way = known.way_back_of(request.participant)
    context = {"seat": seat, "words": way.words.split() if way else []}
    return render(request, "circles/welcome.html", context)


# -- what the leader hands out -----------------------------------------------------------------------------------
def _led_circle(request: AccountRequest, pk: int) -> Circle:
    circle = get_object_or_404(Circle.objects.filter(house=request.house).select_related("house"), pk=pk)
    if not rules.may_lead(request.user, circle, on=timezone.localdate(request.now)):
        raise Http404
    return circle


def _address(request: HttpRequest, name: str, *args: Any) -> str:
    return request.build_absolute_uri(reverse(name, args=args))


@role_required(*rules.LEADS)
def invitations(request: AccountRequest, pk: int) -> HttpResponse:
    """The link with its QR code, the tickets, and who has come in."""
    circle = _led_circle(request, pk)
    link = circle.invitations.filter(kind=Invitation.Kind.LINK, revoked_at=None).first()
    context = {
        "circle": circle,
        "address": _address(request, "circles:join", commands.token_of(link)) if link else "",
        "tickets": [
            commands.words_of(ticket).split() for ticket in queries.open_tickets(circle, at=request.now)
        ],
        "form": TicketsForm(),
        "seats": circle.memberships.select_related("participant").order_by("seat"),
    }
    return render(request, "circles/invitations.html", context)


@require_POST
@role_required(*rules.LEADS)
@once
def invitation_open(request: AccountRequest, pk: int) -> HttpResponse:
    """Open the link for many."""
    commands.open_invitation(_led_circle(request, pk), on=timezone.localdate(request.now))
    return redirect("circles:invitations", pk=pk)


@require_POST
@role_required(*rules.LEADS)
@once
def invitation_close(request: AccountRequest, pk: int) -> HttpResponse:
    """Close the link, or the tickets that nobody has used."""
    kind = Invitation.Kind.TICKET if request.POST.get("kind") == "ticket" else Invitation.Kind.LINK
    commands.revoke_invitations(_led_circle(request, pk), kind=kind, at=request.now)
    return redirect("circles:invitations", pk=pk)


@require_POST
@role_required(*rules.LEADS)
@once
def tickets(request: AccountRequest, pk: int) -> HttpResponse:
    """More paper tickets."""
    circle = _led_circle(request, pk)
    form = TicketsForm(request.POST)
    if not form.is_valid():
        return message_page(
            request,
            heading=_("How many tickets?"),
            text=_("Choose a number from 1 to 40."),
            status=422,
            way_on_url=reverse("circles:invitations", args=[pk]),
            way_on_text=_("Go back"),
        )
    count = form.cleaned_data["count"]
    commands.print_tickets(circle, count=count, at=request.now, on=timezone.localdate(request.now))
    return redirect("circles:invitations", pk=pk)


@role_required(*rules.LEADS)
def tickets_paper(request: AccountRequest, pk: int) -> HttpResponse:
    """The unused tickets on A4, to cut apart."""
    circle = _led_circle(request, pk)
    door = _address(request, "circles:ticket")
    data = {
        "circle": circle.name,
        "house": circle.house.name,
        "title": _("Tickets to %(circle)s") % {"circle": circle.name},
        "sentence": _("Write these four words at"),
        "door": door,
        "qr": printing.qr_svg(door),
        "tickets": [
            commands.words_of(ticket).split() for ticket in queries.open_tickets(circle, at=request.now)
        ],
    }
    return HttpResponse(printing.pdf("circles/print/tickets.typ", data), content_type="application/pdf")


@require_POST
@role_required(*rules.LEADS)
@once
def lost_phone(request: AccountRequest, pk: int, seat: int) -> HttpResponse:
    """Close the old phone and give four new words to say."""
    circle = _led_circle(request, pk)
    member = get_object_or_404(circle.memberships.select_related("participant"), pk=seat)
    commands.close_phones(member, at=request.now)
    commands.new_way_back(member, on=timezone.localdate(request.now), at=request.now)
    return redirect("circles:way_back", pk=pk, seat=seat)


@role_required(*rules.LEADS)
def way_back(request: AccountRequest, pk: int, seat: int) -> HttpResponse:
    """Four words to read aloud to somebody whose phone is gone."""
    circle = _led_circle(request, pk)
    member = get_object_or_404(circle.memberships.select_related("participant"), pk=seat)
    way = known.way_back_of(member.participant)
    context = {"circle": circle, "member": member, "words": way.words.split() if way else []}
    return render(request, "circles/way_back.html", context)
