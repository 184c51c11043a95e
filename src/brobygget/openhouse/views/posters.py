"""The poster: what, when, where, and in every language of the house that everybody is welcome and that it costs nothing."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from brobygget.openhouse.models import OpenHouse
from brobygget.openhouse.views.paper_words import hours, in_each, languages_on_paper, left_to_right
from brobygget.web import moments, printing

SIZES = ("a4", "a3")


def page_address(openhouse: OpenHouse) -> str:
    """Where everybody reads about it."""
    return settings.ADDRESS + reverse("openhouse:open_house", args=[openhouse.pk])


def poster_of(openhouse: OpenHouse, *, paper: str) -> bytes:
    """One poster, in the house's languages."""
    house = openhouse.house
    codes = languages_on_paper(house)

    def welcome() -> dict[str, str]:
        return {
            "welcome": _("Everybody is welcome. It costs nothing."),
            "when": f"{moments.day(openhouse.day)} {left_to_right(hours(openhouse))}",
        }

    with translation.override(codes[0]):
        data = {
            "paper": paper,
            "language": codes[0],
            "words_language": openhouse.language,
            "title": openhouse.name,
            "kicker": _("Open house in %(town)s") % {"town": house.town},
            "free": _("Costs nothing"),
            "name": openhouse.name,
            "day": moments.day(openhouse.day),
            "clock": hours(openhouse),
            "place": openhouse.place,
            "picture": _("Four people on a bridge between two banks"),
            "welcomes": in_each(codes, welcome),
            "qr": printing.qr_svg(page_address(openhouse)),
            "scan": _("Programme and map"),
            "address": page_address(openhouse).removeprefix("https://").removeprefix("http://"),
            "arranged": _("It is arranged by:"),
            "partners": [one.name for one in house.partners.order_by("-is_host", "pk")],
        }
    return printing.pdf("openhouse/print/poster.typ", data)
