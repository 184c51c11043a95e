"""The leader's circles: all of them, a new one, and one with its evenings and people."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.circles import rules
from brobygget.circles.commands import circles as commands
from brobygget.circles.forms.circles import CircleForm, NewCircleForm
from brobygget.circles.models import Circle, Meeting
from brobygget.circles.queries import circles as queries
from brobygget.circles.queries.meetings import current_meeting
from brobygget.circles.views.neighbours import Link, address_of
from brobygget.house.views.acting import act_and_return
from brobygget.people import commands as people
from brobygget.people.models import Participant, PersonalLink
from brobygget.people.request import AccountRequest, remember_phone, role_required
from brobygget.web.once import once


def _circle(request: AccountRequest, pk: int) -> Circle:
    return get_object_or_404(queries.circles_led_by(request.user, request.house), pk=pk)


@role_required(*rules.LEADS)
def circles(request: AccountRequest) -> HttpResponse:
    """All circles that the reader leads."""
    rows = list(queries.circles_for_list(request.user, request.house))
    return render(request, "circles/circles.html", {"rows": rows})


@role_required(*rules.LEADS)
def circle_new(request: AccountRequest) -> HttpResponse:
    """Start a circle."""
    if request.method == "POST":
        return circle_start(request)
    alias = request.participant.alias if request.participant else request.user.called
    form = NewCircleForm(
        codes=request.house.language_codes,
        initial={"language": request.house.language_codes[0], "alias": alias},
    )
    return render(request, "circles/circle_new.html", {"form": form})


@once
def circle_start(request: AccountRequest) -> HttpResponse:
    """The circle, its leader's seat, and this phone as the leader's own in it."""
    form = NewCircleForm(request.POST, codes=request.house.language_codes)
    if not form.is_valid():
        return render(request, "circles/circle_new.html", {"form": form}, status=422)
    on = timezone.localdate(request.now)
    facts = dict(form.cleaned_data)
    alias = facts.pop("alias")
    mine = request.participant if _is_of_house(request) else None
    phone = ""
    if mine is None:
        mine = people.welcome_participant(
            house_id=request.house.pk, alias=alias, language=facts["language"], years_here="", on=on
        )
        phone = people.give_link(mine, purpose=PersonalLink.Purpose.DEVICE, on=on)
    try:
        circle = commands.start_circle(
            house=request.house, leader=request.user, leader_as=mine, on=on, **facts
        )
    except PermissionDenied:
        raise Http404 from None
    response = redirect("circles:meeting_new", pk=circle.pk)
    return remember_phone(response, phone) if phone else response


def _is_of_house(request: AccountRequest) -> bool:
    mine: Participant | None = request.participant
    return mine is not None and mine.house_id == request.house.pk


@role_required(*rules.LEADS)
def circle(request: AccountRequest, pk: int) -> HttpResponse:
    """One circle: the evening that comes, who sits in it, and the evenings that were."""
    found = _circle(request, pk)
    members = queries.members_of(found)
    coming = current_meeting(found)
    meetings = queries.meetings_for_list(found)
    last = next(iter(meetings), None)
    context = {
        "circle": found,
        "members": members,
        "people": [(who.participant.alias, "waiting") for who in members],
        "coming": coming,
        "meetings": meetings,
        "wall": reverse("circles:wall", args=[found.pk, queries.wall_token(found)]),
        "links": _links(found, coming or last),
    }
    return render(request, "circles/circle.html", context)


def _links(circle: Circle, coming: Meeting | None) -> list[Link]:
    named = (
        ("circles:invitations", (circle.pk,), _("Invite people"), "qr-code"),
        ("ideas:room", (circle.pk,), _("The ideas"), "lightbulb"),
        ("ideas:fates", (circle.pk,), _("What became of the ideas"), "sprout"),
        ("circles:customs", (circle.pk,), _("So we do"), "messages-square"),
        ("circles:companions", (circle.pk,), _("Companions"), "heart-handshake"),
        ("circles:ground_rules", (circle.pk,), _("Ground rules"), "handshake"),
        ("circles:wall_sheet", (circle.pk,), _("A sheet with the next time"), "printer"),
        ("circles:study_export", (circle.pk,), _("Study hours for the study association"), "file-down"),
    )
    links = [Link(address_of(name, *numbers), words, icon) for name, numbers, words, icon in named]
    if coming is not None:
        links += [
            Link(address_of("circles:attendance", coming.pk), _("Who came, and study hours"), "user-check"),
            Link(address_of("circles:tables", coming.pk), _("The tables"), "table-2"),
        ]
    return [link for link in links if link.address]


@role_required(*rules.LEADS)
def circle_change(request: AccountRequest, pk: int) -> HttpResponse:
    """Another name, language or study association."""
    found = _circle(request, pk)
    if request.method == "POST":
        return circle_save(request, pk)
    facts = {name: getattr(found, name) for name in ("name", "language", "study_association")}
    form = CircleForm(initial=facts, codes=request.house.language_codes)
    return render(request, "circles/circle_change.html", {"circle": found, "form": form})


@once
def circle_save(request: AccountRequest, pk: int) -> HttpResponse:
    """Keep what the form says."""
    found = _circle(request, pk)
    form = CircleForm(request.POST, codes=request.house.language_codes)
    if not form.is_valid():
        return render(request, "circles/circle_change.html", {"circle": found, "form": form}, status=422)
    commands.change_circle(found, **form.cleaned_data)
    return redirect("circles:circle", pk=pk)


@require_POST
@role_required(*rules.LEADS)
@once
def wall_address(request: AccountRequest, pk: int) -> HttpResponse:
    """Close the wall's old address and make a new one."""
    found = _circle(request, pk)
    return act_and_return(
        request, lambda: commands.change_wall_address(found), reverse("circles:circle", args=[pk])
    )
