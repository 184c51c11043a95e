"""Slips of paper for “I want to try”: one half for the association, one with the code for the visitor."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from brobygget.openhouse.forms.hands import VisitorForm
from brobygget.openhouse.models import OpenHouse, Visitor
from brobygget.openhouse.queries.hands import new_slip_code
from brobygget.openhouse.views import hand_words as words
from brobygget.openhouse.views.paper_words import left_to_right
from brobygget.people.forms import language_choices
from brobygget.web import moments, printing

SHEETS, ON_A_SHEET = 5, 4


def want_slips_of(openhouse: OpenHouse, *, language: str) -> bytes:
    """Twenty slips, each with a code of its own: print again for more, never copy."""
    with translation.override(language):
        fields = VisitorForm.base_fields
        house = openhouse.house
        data: dict[str, Any] = {
            "language": language,
            "words_language": openhouse.language,
            "title": _("Slips: %(name)s") % {"name": openhouse.name},
            "name": openhouse.name,
            "heading": _("I want to try"),
            "association": _("The association, or the number of its table"),
            "alias": str(fields["alias"].label),
            "alias_help": _("Any name, or nothing"),
            "spoken": str(fields["spoken"].label),
            "languages": [
                {"text": name, "language": code} for code, name in language_choices() if code != "sv-easy"
            ],
            "way": str(fields["way"].label),
            "ways": [str(label) for _code, label in Visitor.Way.choices],
            "telephone": str(fields["telephone"].label),
            "wish": _("Do you want to say something?"),
            "years": str(fields["years"].label),
            "years_note": _("Only for counting. The association does not see it."),
            "all_years": [str(label) for _code, label in Visitor.Years.choices],
            "keep": _("Keep this part"),
            "code": _("Your code for the reception"),
            "where": ", ".join(part for part in (house.name, house.address) if part),
            "until": _("Say the code there, and you get the answers. On %(day)s everything is erased.")
            % {"day": moments.day(words.gone_on(openhouse))},
            "codes": [left_to_right(new_slip_code(openhouse)) for _slip in range(SHEETS * ON_A_SHEET)],
        }
    return printing.pdf("openhouse/print/want_slips.typ", data)
