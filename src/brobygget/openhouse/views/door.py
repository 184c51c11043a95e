"""The door, for those who plan the day: rooms and limits, the two addresses, and the sums hour by hour."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.house.commands.refused import Refused
from brobygget.house.views.acting import act_and_return
from brobygget.openhouse import rules
from brobygget.openhouse.commands import door as commands
from brobygget.openhouse.forms.door import RoomForm
from brobygget.openhouse.models import Door, DoorRoom, FaceCount, OpenHouse
from brobygget.openhouse.queries import door as queries
from brobygget.openhouse.queries.stamps import stamps_told
from brobygget.openhouse.views import hand_words
from brobygget.openhouse.views.events import planned, ways
from brobygget.people.request import AccountRequest, role_required
from brobygget.web.once import once


@role_required(*rules.PLANS)
def door(request: AccountRequest, pk: int) -> HttpResponse:
    """The door of one day."""
    return _page(request, planned(request, pk), RoomForm())


@require_POST
@role_required(*rules.PLANS)
@once
def door_watching(request: AccountRequest, pk: int) -> HttpResponse:
    """Make the addresses."""
    openhouse = planned(request, pk)
    with translation.override(openhouse.language):
        room = _("The whole house")
    return act_and_return(
        request,
        lambda: commands.watch_door(openhouse, room=room),
        reverse("openhouse:door", args=[pk]),
    )


@require_POST
@role_required(*rules.PLANS)
@once
def door_addresses(request: AccountRequest, pk: int) -> HttpResponse:
    """Close the old addresses and make new ones."""
    found = watched(request, pk)
    return act_and_return(
        request,
        lambda: commands.renew_addresses(found),
        reverse("openhouse:door", args=[pk]),
        said=_("The old addresses do not work any more."),
    )


@require_POST
@role_required(*rules.PLANS)
@once
def door_room_new(request: AccountRequest, pk: int) -> HttpResponse:
    """One more room."""
    found = watched(request, pk)
    form = RoomForm(request.POST)
    if form.is_valid():
        try:
            commands.add_room(found, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            return redirect("openhouse:door", pk=pk)
    return _page(request, found.openhouse, form, status=422)


@role_required(*rules.PLANS)
def door_room(request: AccountRequest, pk: int, room: int) -> HttpResponse:
    """Another name or limit."""
    found = _room(request, pk, room)
    if request.method == "POST":
        return _change(request, found)
    return _room_page(request, found, RoomForm(initial=RoomForm.initial_of(found)))


@once
def _change(request: AccountRequest, room: DoorRoom) -> HttpResponse:
    form = RoomForm(request.POST)
    if form.is_valid():
        try:
            commands.change_room(room, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("openhouse:door", pk=room.door.openhouse_id)
    return _room_page(request, room, form, status=422)


@require_POST
@role_required(*rules.PLANS)
@once
def door_room_removal(request: AccountRequest, pk: int, room: int) -> HttpResponse:
    """It is not counted after all."""
    found = _room(request, pk, room)
    return act_and_return(request, lambda: commands.remove_room(found), reverse("openhouse:door", args=[pk]))


def watched(request: AccountRequest, pk: int) -> Door:
    """The door of a day whose plan the reader works on, when it is watched."""
    found = Door.objects.select_related("openhouse__house").filter(openhouse=planned(request, pk)).first()
    if found is None:
        raise Http404
    return found


def _room(request: AccountRequest, pk: int, room: int) -> DoorRoom:
    return get_object_or_404(watched(request, pk).rooms.select_related("door__openhouse"), pk=room)


def _room_page(request: AccountRequest, room: DoorRoom, form: RoomForm, status: int = 200) -> HttpResponse:
    openhouse = room.door.openhouse
    context = {"openhouse": openhouse, "ways": ways(request, openhouse), "room": room, "form": form}
    return render(request, "openhouse/door_room.html", context, status=status)


def _page(request: AccountRequest, openhouse: OpenHouse, form: RoomForm, status: int = 200) -> HttpResponse:
    found = Door.objects.filter(openhouse=openhouse).first()
    context: dict[str, Any] = {
        "openhouse": openhouse,
        "ways": ways(request, openhouse),
        "door": found,
        "hands": hand_words.sums_in_words(openhouse, is_over=rules.is_gone(openhouse, at=request.now)),
    }
    if found is not None:
        context |= _sums(request, openhouse, found) | {"form": form}
    return render(request, "openhouse/door.html", context, status=status)


def _sums(request: AccountRequest, openhouse: OpenHouse, found: Door) -> dict[str, Any]:
    is_today = timezone.localdate(request.now) == openhouse.day
    shown = request.now if is_today else openhouse.starts_at
    counting = reverse("openhouse:counting", args=[openhouse.pk, queries.token_of(found, queries.COUNTING)])
    faces = reverse("openhouse:faces", args=[openhouse.pk, queries.token_of(found, queries.FACES)])
    was = queries.how_it_was(found)
    names = dict(FaceCount.Face.choices)
    rooms = queries.rooms_now(found, on=shown)
    return {
        "rooms": rooms,
        "is_today": is_today,
        "days": [(one, hours) for one in rooms if (hours := queries.hours_of(one.room, on=shown))],
        "counting": request.build_absolute_uri(counting),
        "faces_address": request.build_absolute_uri(faces),
        "told": stamps_told(openhouse),
        "was": was,
        "faces": [
            (" + ".join(str(names[face]) for face in those), number, round(100 * number / was.presses))
            for those, number in was.shown
        ],
    }
