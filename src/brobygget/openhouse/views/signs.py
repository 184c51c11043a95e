"""Table signs: what the association is called, what one can try there, and that one is welcome, in everybody's script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brobygget.associations.queries.directory import directory_of
from brobygget.associations.queries.interests import InterestHere, Interests
from brobygget.circles import spoken
from brobygget.openhouse.models import Invitation, OpenHouse
from brobygget.openhouse.queries import floor as floors
from brobygget.openhouse.queries.floor import OwnTable
from brobygget.openhouse.queries.places import what_it_is_about
from brobygget.openhouse.queries.public import shown_of
from brobygget.openhouse.views.paper_words import in_each, languages_on_paper
from brobygget.web import icons, printing

PICTURES = 3
SPOKEN = 6
FOUR_ACROSS = 7  # languages; fewer are set three in a row
CREDIT = "OpenMoji, CC BY-SA 4.0"


def signs_of(openhouse: OpenHouse, *, on: date) -> list[dict[str, Any]]:
    """One for each association that comes and that everybody may read about, by table: twelve queries, however many."""
    house = openhouse.house
    codes = languages_on_paper(house)
    shown = shown_of(openhouse, on=on, with_interests=True)
    tables = _tables(openhouse, shown)
    known = directory_of(house).interests
    welcome = in_each(codes, lambda: {"welcome": _("Welcome! Come and try.")})
    with translation.override(codes[0]):
        words = {
            "try": _("Here you can try"),
            "speak": _("We speak"),
            "read_more": _("Read about us"),
            "table": pgettext("on a card", "Table"),
        }
        # What an association is open with when it has not said what one can try.
        come = _("Come and talk with us")
        made = [_sign(one, tables.get(one.pk), known, welcome, {**words, "come": come}) for one in shown]
    return sorted(made, key=lambda one: (one["number"] == "", int(one["number"] or 0), one["name"]))


def _tables(openhouse: OpenHouse, shown: Sequence[Invitation]) -> Mapping[int, OwnTable]:
    if floors.told_plan(openhouse) is None:
        return {}
    floor = floors.floor_of(openhouse)
    found = {one.pk: floors.own_table(floor, one.pk) for one in shown}
    return {pk: table for pk, table in found.items() if table is not None}


def _sign(
    one: Invitation,
    table: OwnTable | None,
    known: Interests,
    welcome: Sequence[Mapping[str, str]],
    words: Mapping[str, str],
) -> dict[str, Any]:
    association = one.association
    about = what_it_is_about(one, known)
    address = settings.ADDRESS + reverse("find:association", args=[association.pk])
    return {
        **words,
        "name": association.name,
        "language": association.language,
        "number": str(table.number) if table else "",
        "table": words["table"],
        "hall": table.hall if table else "",
        "hands": one.answer.hands or words["come"],
        "spoken": " · ".join(spoken.own_name(code) for code in association.language_codes[:SPOKEN]),
        "pictures": [
            {"svg": icons.paper_picture(each.picture), "label": each.label(welcome[0]["code"]).text}
            for each in about[:PICTURES]
        ],
        "said": [{**each, "about": _label(about, each["code"])} for each in welcome],
        "qr": printing.qr_svg(address),
    }


def _label(about: Sequence[InterestHere], code: str) -> str:
    """The first of its interests in a language; nothing where there is no word for it, rather than a Swedish one."""
    if not about:
        return ""
    label = about[0].label(code)
    text = "" if label.is_fallback and code != label.language else label.text
    return text[:1].upper() + text[1:]


def sheet_of(openhouse: OpenHouse, signs: Sequence[Mapping[str, Any]]) -> bytes:
    """All of them as one document."""
    codes = languages_on_paper(openhouse.house)
    with translation.override(codes[0]):
        data = {
            "language": codes[0],
            "words_language": openhouse.language,
            "title": _("Table signs: %(name)s") % {"name": openhouse.name},
            "day_name": openhouse.name,
            "house": openhouse.house.name,
            "across": 4 if len(codes) >= FOUR_ACROSS else 3,
            "credit": f"{_('Pictures:')} {CREDIT}",
            "signs": list(signs),
        }
    return printing.pdf("openhouse/print/signs.typ", data)
