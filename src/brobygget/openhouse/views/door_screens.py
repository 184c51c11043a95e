"""What the phones at the door show: a number and buttons for those who count, and four faces at the way out.

Each page lies behind a secret in its address: no account, no cookie, nobody signed in. They tell nothing of anybody, so
a phone may keep them while the network is away.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygget.openhouse.commands import door as commands
from brobygget.openhouse.models import Door, DoorRoom, FaceCount
from brobygget.openhouse.queries import door as queries
from brobygget.openhouse.request import in_its_house, pressed_ago
from brobygget.people.request import HouseRequest
from brobygget.web.languages import current
from brobygget.web.live import live_response
from brobygget.web.messages import message_page
from brobygget.web.offline import keep_on_phone
from brobygget.web.once import once, was_kept


def _door(request: HouseRequest, pk: int, token: str, purpose: str) -> Door:
    found = _door_or_none(request, pk, token, purpose)
    if found is None:
        raise Http404
    return found


def _door_or_none(request: HouseRequest, pk: int, token: str, purpose: str) -> Door | None:
    found = queries.door_behind(pk, token, purpose=purpose, on=timezone.localdate(request.now))
    if found is not None:
        in_its_house(request, found.openhouse)
    return found


# -- counting ------------------------------------------------------------------------------------------------------
def counting(request: HouseRequest, pk: int, token: str) -> HttpResponse:
    """Which room? Where there is one only, its page."""
    found = _door(request, pk, token, queries.COUNTING)
    rooms = queries.rooms_now(found, on=request.now)
    if len(rooms) == 1:
        return redirect("openhouse:counting_room", pk=pk, token=token, room=rooms[0].room.pk)
    context = {"openhouse": found.openhouse, "rooms": rooms, "token": token}
    return keep_on_phone(render(request, "openhouse/counting.html", context))


def counting_room(request: HouseRequest, pk: int, token: str, room: int) -> HttpResponse:
    """In and out of one room."""
    return keep_on_phone(_room_page(request, _room(request, pk, token, room), token))


def counting_room_live(request: HouseRequest, pk: int, token: str, room: int) -> HttpResponse:
    """The number, when another phone has changed it."""
    found = _room(request, pk, token, room)
    here = queries.inside_now(found, on=request.now)
    return live_response(request, "openhouse/_inside.html", {"here": here}, _tag(here))


@require_POST
def counting_press(request: HouseRequest, pk: int, token: str, room: int) -> HttpResponse:
    """One press. What can be asked before is asked before: only one press at a time may write."""
    return _counted(request, _room_or_none(request, pk, token, room), token)


@once
def _counted(request: HouseRequest, found: DoorRoom | None, token: str) -> HttpResponse:
    """A phone that had kept its press says how long ago it was made."""
    if found is None:
        raise Http404
    step = commands.STEPS.get(request.POST.get("step", ""))
    if step is None:
        return message_page(
            request,
            heading=_("Not counted"),
            text=_("We did not understand that press. Open the page again."),
            status=422,
        )
    ago = pressed_ago(request)
    try:
        commands.press(
            found,
            step,
            pressed_at=request.now - ago,
            has_happened=was_kept(request) or "anyway" in request.POST,
        )
    except DoorRoom.DoesNotExist:
        raise Http404 from None
    except commands.Full as no:
        return _room_page(
            request, found, token, full=no.sentence, step=request.POST["step"], status=no.status
        )
    return redirect("openhouse:counting_room", pk=found.door.openhouse_id, token=token, room=found.pk)


def _room(request: HouseRequest, pk: int, token: str, room: int) -> DoorRoom:
    found = _room_or_none(request, pk, token, room)
    if found is None:
        raise Http404
    return found


def _room_or_none(request: HouseRequest, pk: int, token: str, room: int) -> DoorRoom | None:
    found = queries.room_behind(pk, token, room, on=timezone.localdate(request.now))
    if found is not None:
        in_its_house(request, found.door.openhouse)
    return found


def _room_page(
    request: HouseRequest, room: DoorRoom, token: str, *, full: str = "", step: str = "", status: int = 200
) -> HttpResponse:
    here = queries.inside_now(room, on=request.now)
    openhouse = room.door.openhouse
    context: dict[str, Any] = {
        "openhouse": openhouse,
        "room": room,
        "here": here,
        "token": token,
        "live_tag": f"{_tag(here)}.{current().code}",
        "full": full,
        "step": step,
        "is_practice": timezone.localdate(request.now) != openhouse.day,
        "has_more": room.door.rooms.count() > 1,
    }
    return render(request, "openhouse/counting_room.html", context, status=status)


def _tag(here: queries.Inside) -> str:
    return f"inside-{here.room.pk}-{here.adults}-{here.children}-{here.room.most}"


# -- how was it? ---------------------------------------------------------------------------------------------------
def faces(request: HouseRequest, pk: int, token: str) -> HttpResponse:
    """Four faces, and after a press a thank-you for a few seconds."""
    found = _door(request, pk, token, queries.FACES)
    context = {
        "openhouse": found.openhouse,
        "token": token,
        "faces": FaceCount.Face.choices,
        "is_thanked": "thanks" in request.GET,
    }
    return keep_on_phone(render(request, "openhouse/faces.html", context))


@require_POST
def faces_press(request: HouseRequest, pk: int, token: str) -> HttpResponse:
    """One press. What can be asked before is asked before: only one press at a time may write."""
    return _shown(request, _door_or_none(request, pk, token, queries.FACES), token)


@once
def _shown(request: HouseRequest, found: Door | None, token: str) -> HttpResponse:
    if found is None:
        raise Http404
    face = request.POST.get("face", "")
    if face not in FaceCount.Face.values:
        return message_page(
            request,
            heading=_("Not counted"),
            text=_("We did not understand that press. Open the page again."),
            status=422,
        )
    commands.press_face(found, face)
    return redirect(f"{reverse('openhouse:faces', args=[found.openhouse_id, token])}?thanks")
