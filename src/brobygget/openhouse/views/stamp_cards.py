"""The stamp card: squares for stamps by hall on one side, and on the other how it works in the house's languages."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from brobygget.openhouse import rules
from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.views.paper_words import in_each, languages_on_paper
from brobygget.web import printing

SQUARES = (12, 8, 4, 4, 4)  # for each of one, two, three, four or five halls
SQUARES_OF_MANY = 2


def stamp_cards_of(openhouse: OpenHouse, *, language: str) -> bytes:
    """Four cards on both sides of one sheet, the front in one language; print as many as visitors are expected."""
    halls = list(openhouse.halls.values_list("name", flat=True))
    codes = languages_on_paper(openhouse.house)
    zones = rules.zones_needed(len(halls))
    with translation.override(language):
        data = {
            "language": language,
            "words_language": openhouse.language,
            "title": _("Stamp cards: %(name)s") % {"name": openhouse.name},
            "name": openhouse.name,
            "card": _("Stamp card"),
            "rule": needed_words(zones),
            "last": _("Learn the name of somebody you did not know"),
            "zones": _zones(halls),
            "backs": in_each(codes, lambda: {"card": _("Stamp card"), "text": _how(zones)}),
        }
    return printing.pdf("openhouse/print/stamp_cards.typ", data)


def _zones(halls: list[str]) -> list[dict[str, Any]]:
    if not halls:
        return [{"name": "", "squares": SQUARES[0]}]
    squares = SQUARES[len(halls) - 1] if len(halls) <= len(SQUARES) else SQUARES_OF_MANY
    return [{"name": name, "squares": squares} for name in halls]


def needed_words(zones: int) -> str:
    """How many stamps and from how many halls; the numbers stand so that no language has to bend a word for them."""
    if zones > 1:
        return _("At least %(stamps)d stamps, from at least %(zones)d halls.") % {
            "stamps": rules.STAMPS,
            "zones": zones,
        }
    return _("At least %(stamps)d stamps.") % {"stamps": rules.STAMPS}


def _how(zones: int) -> str:
    sentences = [
        _("Try something at a table, and you get a stamp."),
        needed_words(zones),
        _("Learn the name of somebody you did not know."),
        _("Hand the card in on your way out, and you take part in a draw. It costs nothing."),
    ]
    return " ".join(sentences)
