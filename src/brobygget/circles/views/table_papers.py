"""Tables on paper: a card to stand on each, and a slip for each person."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from brobygget.circles.queries import tables as queries
from brobygget.circles.queries.tables import Hall, Person
from brobygget.circles.views.occasions import Occasion
from brobygget.people.request import HouseRequest
from brobygget.web import printing
from brobygget.web.languages import BY_CODE


@require_safe
def tables_cards(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """One A5 card a table: its number from afar, in everybody's script, and who sits there when."""
    hall = queries.hall_of(occasion.found_plan)
    codes = [occasion.language, *_scripts(occasion)]
    with translation.override(occasion.language):
        data = {
            "title": _("Tables: %(circle)s") % {"circle": occasion.name},
            "code": _code(occasion.language),
            "words": [{"code": code, "text": _table_in(code)} for code in dict.fromkeys(codes)],
            "tables": [
                {
                    "number": str(table.number),
                    "place": table.place,
                    "rounds": [
                        {
                            "round": _("Round %(number)d") % {"number": each.number},
                            "names": [person.called for person in hall.at(each.number, table)],
                        }
                        for each in hall.rounds
                        if table in hall.tables_in(each.number)
                    ],
                }
                for table in hall.tables
                if any(table in hall.tables_in(each.number) for each in hall.rounds)
            ],
        }
    return HttpResponse(printing.pdf("circles/print/table_cards.typ", data), content_type="application/pdf")


@require_safe
def tables_slips(request: HouseRequest, occasion: Occasion) -> HttpResponse:
    """One slip a person, in their own language, to cut apart."""
    hall = queries.hall_of(occasion.found_plan)
    with translation.override(occasion.language):
        title = _("Slips: %(circle)s") % {"circle": occasion.name}
    slips = [_slip(hall, person, occasion.language) for person in hall.people]
    data = {
        "title": title,
        "code": _code(occasion.language),
        "slips": [slip for slip in slips if slip["rounds"]],
    }
    return HttpResponse(printing.pdf("circles/print/name_slips.typ", data), content_type="application/pdf")


def _slip(hall: Hall, person: Person, usual: str) -> dict[str, Any]:
    code = _reads(person, usual)
    with translation.override(code):
        return {
            "called": person.called,
            "code": code,
            "rounds": [
                {
                    "round": _("Round %(number)d") % {"number": each.number},
                    "table": _("table %(number)d") % {"number": table.number},
                    "place": table.place,
                }
                for each in hall.rounds
                if (table := hall.table_of(each.number, person.pk)) is not None
            ],
        }


def _reads(person: Person, usual: str) -> str:
    """The language for somebody's paper: what their phone has, else the first that they talk in and we print."""
    if person.guest.participant is not None:
        return _code(person.guest.participant.language)
    printed = [code for code in person.languages if code in BY_CODE]
    return printed[0] if printed else _code(usual)


def _code(language: str) -> str:
    return language if language in BY_CODE else "sv"


def _scripts(occasion: Occasion) -> list[str]:
    """The house's languages; easy Swedish says the same as Swedish on a card."""
    return [code for code in occasion.house.language_codes if BY_CODE.get(code) and code != "sv-easy"]


def _table_in(code: str) -> str:
    with translation.override(code):
        return pgettext("on a card", "Table")
