"""What may be sent about stamp cards: the desk's count of paper, a paper card that comes back, and the draw."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brobygget.openhouse import rules
from brobygget.openhouse.forms.appointments import Count
from brobygget.people.forms import SafeForm

MOST_ON_A_PAPER_CARD = 24
MOST_GIVEN = 20_000
MOST_DIGITS = 9


class GivenForm(SafeForm):
    """How many paper cards were given so far."""

    given = Count(0, MOST_GIVEN, label=_("Paper cards given so far"))


class PaperCardForm(SafeForm):
    """A paper card that is handed in."""

    stamps = Count(0, MOST_ON_A_PAPER_CARD, label=_("Stamps on the card"))
    zones = Count(0, rules.MOST_TABLES, label=_("From how many halls?"))


class DrawForm(SafeForm):
    """How many win, and what the room has called out."""

    prizes = Count(1, rules.MOST_PRIZES, label=_("How many numbers shall be drawn?"), initial=3)
    said = forms.CharField(
        label=_("Digits that the room calls out"),
        help_text=_(
            "For example five digits from five people. They decide the draw; left empty, they are drawn."
        ),
        required=False,
        max_length=MOST_DIGITS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_said(self) -> Any:
        typed = "".join(self.cleaned_data["said"].split())
        digits = [unicodedata.digit(sign, None) for sign in typed]
        if None in digits:
            raise ValidationError(gettext("Write digits only."))
        return "".join(map(str, digits))
