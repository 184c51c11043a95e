"""The codes that stand on the tables: one to cut out for each, with the number and the name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brobygget.openhouse.models import Invitation, OpenHouse
from brobygget.openhouse.queries.places import have_places
from brobygget.openhouse.queries.stamps import table_secret
from brobygget.openhouse.views.paper_words import in_each, languages_on_paper
from brobygget.web import printing


def codes_of(openhouse: OpenHouse, *, only: str = "") -> list[dict[str, Any]]:
    """One for each association that comes, by table; or of one invitation only: one query."""
    coming = have_places(openhouse).select_related("association", "table_code", "stand__position__hall")
    found = [_code(openhouse, one) for one in coming if not only or str(one.pk) == only]
    return sorted(found, key=lambda one: (one["number"] == "", int(one["number"] or 0), one["name"]))


def _code(openhouse: OpenHouse, one: Invitation) -> dict[str, Any]:
    stand = getattr(one, "stand", None)
    address = settings.ADDRESS + reverse("openhouse:at_table", args=[openhouse.pk, table_secret(one)])
    return {
        "name": one.association.name,
        "language": one.association.language,
        "number": str(stand.position.number) if stand else "",
        "hall": stand.position.hall.name if stand else "",
        "qr": printing.qr_svg(address),
    }


def sheet_of(openhouse: OpenHouse, codes: Sequence[Mapping[str, Any]]) -> bytes:
    """Four on a sheet."""
    languages = languages_on_paper(openhouse.house)
    said = in_each(languages, lambda: {"text": _("Try something here, and scan for your stamp.")})
    # A language that lacks the sentence would say it in Swedish once more.
    once_each: dict[str, dict[str, str]] = {}
    for each in said:
        once_each.setdefault("".join(sign for sign in each["text"] if sign.isprintable()), each)
    with translation.override(languages[0]):
        data = {
            "language": languages[0],
            "words_language": openhouse.language,
            "title": _("Codes for the tables: %(name)s") % {"name": openhouse.name},
            "day_name": openhouse.name,
            "table": pgettext("on a card", "Table"),
            "scan": _("The code for a stamp at this table"),
            "said": list(once_each.values()),
            "codes": list(codes),
        }
    return printing.pdf("openhouse/print/table_codes.typ", data)
