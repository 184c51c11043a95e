"""The hall's wall: what begins and where, what is on, what was moved, and who welcomes in which language.

Nothing but what everybody may read, so it needs no secret and no cookie; and no person is on it, not by any name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from brobygget.associations.views import wording as associations
from brobygget.circles.queries import table_screens
from brobygget.circles.views.screens import now_in
from brobygget.openhouse import rules
from brobygget.openhouse.models import Gathering, OpenHouse, Slot
from brobygget.openhouse.queries import hall as queries
from brobygget.openhouse.views import programme_words as words
from brobygget.people.request import HouseRequest
from brobygget.web import moments
from brobygget.web.languages import BY_CODE, Language, current
from brobygget.web.live import live_response

ON_THE_WALL = 3  # in one list; what does not fit takes turns
TURN = 12  # seconds
FOUR = 4  # languages at once


@dataclass(frozen=True)
class Said:
    """One heading in a language."""

    language: Language
    text: str


@require_safe
def hall_wall(request: HouseRequest, pk: int) -> HttpResponse:
    """For a projector in the hall."""
    openhouse = _published(pk)
    with translation.override(_language(openhouse)):
        context = _wall(request, openhouse)
        context["live_tag"] = f"{_tag(context)}.{current().code}"
        return render(request, "openhouse/hall_wall.html", {**context, "language": current()})


@require_safe
def hall_wall_live(request: HouseRequest, pk: int) -> HttpResponse:
    """The same, when something is new."""
    openhouse = _published(pk)
    with translation.override(_language(openhouse)):
        context = _wall(request, openhouse)
        return live_response(request, "openhouse/_hall_wall.html", context, _tag(context))


def _published(pk: int) -> OpenHouse:
    found = get_object_or_404(OpenHouse.objects.filter(rules.published()).select_related("house"), pk=pk)
    if found.called_off_on is not None:
        raise Http404
    return found


def _language(openhouse: OpenHouse) -> str:
    return openhouse.language if openhouse.language in BY_CODE else "sv"


def _tag(context: dict[str, Any]) -> str:
    """Follows from what is shown, so that no change is ever missed."""
    seen = [
        context[name] for name in ("clock", "soon", "now", "next", "changed", "spoken", "tables", "is_over")
    ]
    return f"hall-{hashlib.sha256(repr(seen).encode()).hexdigest()[:16]}"


def _wall(request: HouseRequest, openhouse: OpenHouse) -> dict[str, Any]:
    """Five queries, and some more while a round at the tables goes on."""
    moment = now_in(request, openhouse.house)
    turn = int(moment.timestamp()) // TURN
    slots = queries.slots_for_everybody(openhouse, on=timezone.localdate(moment))
    going = queries.going_of(slots, at=moment)
    is_today = timezone.localdate(moment) == openhouse.day
    codes = [_language(openhouse), *(code for code in openhouse.language_codes if code in BY_CODE)]
    four = list(dict.fromkeys(codes))[:FOUR]
    return {
        "openhouse": openhouse,
        "clock": moments.clock(timezone.localtime(moment)) if is_today else moments.day(openhouse.day),
        "is_over": moment >= openhouse.ends_at,
        "soon": _lines(going.soon, turn),
        "now": _lines(going.now, turn),
        "next": [] if going.soon else _lines(going.next, turn),
        "changed": [_changed(one) for one in queries.changed_in(openhouse, slots, at=moment)][:ON_THE_WALL],
        "spoken": [_own_name(code) for code in queries.languages_now(openhouse, at=moment)],
        "tables": _at_the_tables(openhouse, moment) if is_today else None,
        "say": {
            "soon": _in(four, lambda: _("Begins in ten minutes")),
            "now": _in(four, lambda: _("On now")),
            "next": _in(four, lambda: _("Next")),
            "changed": _in(four, lambda: _("Changed today")),
            "spoken": _in(four, lambda: _("We speak your language here now")),
            "thanks": _in(four, lambda: _("Thank you for coming")),
        },
    }


def _in(codes: Sequence[str], say: Callable[[], str]) -> list[Said]:
    """The same words in each language; where nobody has translated them yet, English is not passed off as it."""
    with translation.override("en"):
        source = say()
    found = []
    for code in codes:
        with translation.override(code):
            text = say()
        if code == "en" or _plain(text) != _plain(source):
            found.append(Said(BY_CODE[code], text))
    return found


def _plain(text: str) -> str:
    """Without the signs that keep a foreign sentence together."""
    return text.strip("\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Line:
    """One time in the programme."""

    when: str
    title: str
    where: str
    association: str


def _lines(slots: Sequence[Slot], turn: int) -> list[Line]:
    """So many as fit; the others take turns."""
    leaves = max(1, -(-len(slots) // ON_THE_WALL))
    first = turn % leaves * ON_THE_WALL
    return [_line(one) for one in slots[first : first + ON_THE_WALL]]


def _line(slot: Slot) -> Line:
    return Line(
        when=words.shown(slot, has_begun=False).when,
        title=slot.title,
        where=" · ".join(part for part in (slot.place, slot.hall.name if slot.hall else "") if part),
        association=slot.invitation.association.name if slot.invitation else "",
    )


def _changed(one: queries.Changed) -> tuple[Line, bool, str]:
    """What it is, whether it is called off, and when it would have begun where that has changed."""
    return _line(one.slot), one.is_off, moments.clock(one.was) if one.is_moved_in_time else ""


def _own_name(code: str) -> tuple[str, str]:
    """A language by the name that those who speak it look for, and its tag."""
    language = BY_CODE.get(code)
    if language is not None:
        return language.own_name, language.tag
    return associations.language_name(code), current().tag


@dataclass(frozen=True)
class AtTheTables:
    """A round that goes on, without anybody who sits there."""

    name: str
    number: int
    rounds: int
    minutes_left: int
    tables: list[tuple[int, str]]


def _at_the_tables(openhouse: OpenHouse, moment: datetime) -> AtTheTables | None:
    for one in Gathering.objects.filter(openhouse=openhouse).select_related("plan__house"):
        shown = table_screens.wall_tables(one.plan, at=moment, turn=0)
        if shown is not None and shown.is_now:
            return AtTheTables(
                name=one.name,
                number=shown.round.number,
                rounds=len(shown.hall.rounds),
                minutes_left=shown.minutes_left or 0,
                tables=[(row.table.number, row.table.place) for row in shown.tables],
            )
    return None
