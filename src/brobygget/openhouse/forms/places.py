"""What may be sent about the rule for places."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from brobygget.openhouse.models import PlaceRule
from brobygget.openhouse.plans.fair_order import BEGINNERS, CRITERIA, KIND, TRY
from brobygget.people.forms import SafeForm, Text

CHOICES = [
    (KIND, pgettext_lazy("rule", "Many kinds: the first of each kind before the second of any")),
    (TRY, pgettext_lazy("rule", "Those with something to try before those without")),
    (BEGINNERS, pgettext_lazy("rule", "Those that beginners can join before the others")),
    ("", pgettext_lazy("rule", "Nothing more")),
]


class RuleForm(SafeForm):
    """What is looked at first, second and third; time decides the rest."""

    first = forms.ChoiceField(label=_("First"), choices=CHOICES, required=False, initial=KIND)
    second = forms.ChoiceField(label=_("Then"), choices=CHOICES, required=False, initial=TRY)
    third = forms.ChoiceField(label=_("After that"), choices=CHOICES, required=False, initial=BEGINNERS)
    words = Text(
        max_length=500,
        rows=3,
        required=False,
        label=_("Why this order, in your own words"),
        help_text=_("It is printed with the result."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        chosen = [data.get(name) for name in ("first", "second", "third") if data.get(name)]
        if len(chosen) != len(set(chosen)):
            self.add_error(
                "third", ValidationError(gettext("The same thing is chosen twice. Choose each once."))
            )
        return data

    def criteria(self) -> list[str]:
        """What is looked at, in order."""
        chosen = (self.cleaned_data[name] for name in ("first", "second", "third"))
        return [one for one in chosen if one in CRITERIA]

    @staticmethod
    def initial_of(rule: PlaceRule | None) -> dict[str, str] | None:
        """What the form shows of a rule."""
        if rule is None:
            return None
        criteria = [*rule.criteria, "", "", ""]
        return {"first": criteria[0], "second": criteria[1], "third": criteria[2], "words": rule.words}
