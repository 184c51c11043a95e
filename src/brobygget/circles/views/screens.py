"""The screens that follow: the wall in the room, and each participant's phone. Both show the same evening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe

from brobygget.circles.commands.joining import token_of
from brobygget.circles.models import Circle, Invitation, Meeting, Membership, Step
from brobygget.circles.queries import homework, table_doors, table_screens
from brobygget.circles.queries import meetings as queries
from brobygget.circles.queries.rounds import RoundNow
from brobygget.circles.queries.table_screens import OwnTables
from brobygget.circles.queries.tables import plan_of
from brobygget.circles.views.meetings import GLANCE
from brobygget.circles.views.neighbours import homework_between, links_for, wall_part
from brobygget.house.models import House
from brobygget.people.request import HouseRequest, ParticipantRequest, participant_required
from brobygget.web.borrowed import bare
from brobygget.web.languages import BY_CODE, current
from brobygget.web.live import live_response

MOST_LANGUAGES = 5  # beside the circle's own: more would be too small to read from eight metres


@dataclass(frozen=True)
class Spoken:
    """The same words in one of the room's languages."""

    text: str
    tag: str
    direction: str
    code: str


def _spoken(code: str, text: str) -> Spoken:
    language = BY_CODE.get(code, BY_CODE["sv"])
    return Spoken(text, language.tag, "rtl" if language.is_right_to_left else "ltr", code)


def now_in(request: HouseRequest, house: House) -> datetime:
    """The time by this house's clock: a wall has no cookie that tells which house it hangs in."""
    if request.house is None or request.house.pk == house.pk:
        return request.now
    moment: datetime = request.now - request.house.clock_offset + house.clock_offset
    return moment


# -- the wall ----------------------------------------------------------------------------------------------------
def wall(request: HouseRequest, pk: int, token: str) -> HttpResponse:
    """The wall of a circle, behind its own secret; no cookie, nobody signed in."""
    mark = queries.mark_of_wall(pk, token)
    if mark is None:
        raise Http404
    circle = Circle.objects.select_related("house").get(pk=pk)
    with translation.override(_wall_language(circle)):
        context = _wall(request, circle)
        context["live_tag"] = f"{_wall_tag(mark, request)}.{current().code}"
        context["token"] = token
        return render(request, "circles/wall.html", {**context, "language": current()})


def wall_live(request: HouseRequest, pk: int, token: str) -> HttpResponse:
    """The same, when something is new: one question to the database otherwise."""
    mark = queries.mark_of_wall(pk, token)
    if mark is None:
        raise Http404
    with translation.override(mark.language if mark.language in BY_CODE else "sv"):
        return live_response(
            request,
            "circles/_wall.html",
            lambda: _wall(request, Circle.objects.select_related("house").get(pk=pk)),
            _wall_tag(mark, request),
        )


def _wall_language(circle: Circle) -> str:
    return circle.language if circle.language in BY_CODE else "sv"


def _wall_tag(mark: queries.Mark, request: HouseRequest) -> str:
    return mark.tag("wall", int(request.now.timestamp()) // GLANCE if mark.is_open else "still")


def _wall(request: HouseRequest, circle: Circle) -> dict[str, Any]:
    meeting = queries.current_meeting(circle)
    seen = queries.evening(meeting, at=now_in(request, circle.house)) if meeting else None
    context: dict[str, Any] = {"circle": circle, "meeting": meeting, "evening": seen}
    if meeting is None or seen is None:
        return context
    now = seen.now
    large = BY_CODE[_wall_language(circle)].tag
    codes = [code for code in seen.languages if BY_CODE[code].tag != large][:MOST_LANGUAGES]
    if seen.round is not None:
        prompt = seen.round.prompt
        context["headline"] = _spoken(circle.language, prompt.text_in(circle.language))
        context["others"] = [_spoken(code, prompt.text_in(code)) for code in codes]
    else:
        context["others"] = _names(codes, now)
    context |= _part(request, wall_part(meeting, now.kind)) if now else {}
    context |= _wall_tables(request, circle, meeting, now)
    if now is None or now.kind == Step.Kind.WELCOME:
        context["door"] = _door(request, circle)
    return context


def _part(request: HouseRequest, address: str) -> dict[str, Any]:
    """What a later stage shows on the wall: asked for by its address, so that this stage need not know it."""
    if not address:
        return {}
    found = resolve(address)
    answer = found.func(request, *found.args, **found.kwargs)
    if answer.status_code != 200:
        return {}
    drawn = mark_safe(answer.content.decode())  # a page of our own, escaped by its own template
    return {"part": address, "part_drawn": drawn, "part_tag": answer.headers.get("ETag", "").strip('"')}


def _wall_tables(
    request: HouseRequest, circle: Circle, meeting: Meeting, step: Step | None
) -> dict[str, Any]:
    """All the tables: in their part of the evening, and whenever people sit at them."""
    is_part = step is not None and step.kind == Step.Kind.TABLES
    plan = plan_of(meeting) if meeting.is_open else None
    if plan is None or not (is_part or table_screens.is_at_tables(plan)):
        return {}
    moment = now_in(request, circle.house)
    turn = int(moment.timestamp()) // GLANCE
    door = reverse("circles:tables_join", args=[table_doors.token_of(plan)]) if plan.is_door_open else ""
    return {
        "tables": table_screens.wall_tables(plan, at=moment, turn=turn),
        "tables_door": request.build_absolute_uri(door) if door else "",
    }


def _names(codes: list[str], step: Step | None) -> list[Spoken]:
    """What the part is called in the room's other languages, where we have words for it."""
    kind = step.kind if step is not None else Step.Kind.WELCOME
    plain = {"en": _name_in("en", kind), "sv": _name_in("sv", kind)}
    names = [_spoken(code, _name_in(code, kind)) for code in codes]
    return [name for name in names if name.text not in plain.values() or plain.get(name.code) == name.text]


def _name_in(code: str, kind: str) -> str:
    with translation.override(code):
        return bare(str(Step.Kind(kind).label))


def _door(request: HttpRequest, circle: Circle) -> str:
    link = circle.invitations.filter(kind=Invitation.Kind.LINK, revoked_at=None).first()
    return request.build_absolute_uri(reverse("circles:join", args=[token_of(link)])) if link else ""


# -- a participant's phone ---------------------------------------------------------------------------------------
@participant_required
def now(request: ParticipantRequest) -> HttpResponse:
    """My circle now."""
    mark = queries.mark_for(request.participant)
    context = _phone(request, mark)
    context["live_tag"] = f"{_phone_tag(mark, request.now)}.{current().code}"
    return render(request, "circles/now.html", context)


@participant_required
def now_live(request: ParticipantRequest) -> HttpResponse:
    """The same, when something is new: one question to the database otherwise."""
    mark = queries.mark_for(request.participant)
    return live_response(
        request, "circles/_now.html", lambda: _phone(request, mark), _phone_tag(mark, request.now)
    )


def _phone_tag(mark: queries.Mark | None, moment: datetime) -> str:
    # Minutes that are left at a table go by on the phone too; a guest's mark is the same as a member's.
    if mark is None:
        return "now-none"
    return mark.tag("now", int(moment.timestamp()) // GLANCE if mark.at_tables else "still")


def _phone(request: ParticipantRequest, mark: queries.Mark | None) -> dict[str, Any]:
    if mark is None:
        return {"state": "alone"}
    mine = (
        Membership.objects.select_related("circle__house", "participant")
        .filter(participant=request.participant, circle_id=mark.circle_id)
        .first()
    )
    circle = mine.circle if mine else Circle.objects.select_related("house").get(pk=mark.circle_id)
    context: dict[str, Any] = {"circle": circle, "membership": mine, "state": "between"}
    if circle.ended_on is not None:
        return context | {"state": "ended"}
    meeting = Meeting.objects.filter(pk=mark.meeting_id).first()
    if meeting is None:
        return context | {"links": []}
    meeting.circle = circle
    seen = queries.evening(meeting, at=request.now)
    context |= {"meeting": meeting, "evening": seen, "step": seen.now}
    if not meeting.is_open:
        is_today = timezone.localdate(meeting.starts_at) == timezone.localdate(request.now)
        return context | {"state": "waiting", "is_today": is_today, "links": homework_between(meeting)}
    at_tables = _at_tables(request, meeting, seen.now)
    if at_tables is not None:
        return context | {"state": "tables", "own": at_tables, "links": []}
    if mine is None:
        return context | {"state": "guest", "links": []}
    if seen.round is not None:
        return context | _round(seen.round, mine) | {"links": links_for(meeting, Step.Kind.ROUND)}
    kind = seen.now.kind if seen.now else ""
    # Before the round has begun nobody has anything to say about it.
    links = links_for(meeting, kind) if kind not in ("", Step.Kind.ROUND) else []
    if kind == Step.Kind.HOMEWORK:
        context["homework"] = homework.homework_of(meeting) or homework.homework_for(meeting)
    return context | {"state": "step", "links": links}


def _at_tables(request: ParticipantRequest, meeting: Meeting, step: Step | None) -> OwnTables | None:
    """My table, in the part of the evening that is about tables, and whenever people sit at them."""
    plan = table_screens.guest_plan_of(request.participant, meeting)
    if plan is None:
        return None
    is_part = step is not None and step.kind == Step.Kind.TABLES
    if not is_part and not table_screens.is_at_tables(plan):
        return None
    return table_screens.own_tables(plan, request.participant, at=request.now)


def _round(going: RoundNow, mine: Membership) -> dict[str, Any]:
    code = current().code
    prompt = going.prompt
    turn = going.turn_of(mine)
    if turn is None:
        place = "late"
    elif turn.passed:
        place = "passed"
    elif turn.ended_at is not None:
        place = "spoken"
    else:
        place = "speaking" if turn.began_at is not None else "waiting"
    return {
        "state": "round",
        "place": place,
        "turn": turn,
        "before_me": going.turns_before(turn) if turn is not None and place == "waiting" else 0,
        "prompt": prompt,
        "asked": _spoken(prompt.language_for(code), prompt.text_in(code)),
        "asked_in_swedish": None if prompt.is_reviewed(code) else _spoken("sv", prompt.text_in("sv")),
    }
