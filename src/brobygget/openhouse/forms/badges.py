"""What may be sent about name badges: whom they are for, how many, and what people want to be called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from brobygget.circles.forms.tables import guests_in
from brobygget.people.forms import SafeForm, Text

MOST = 300  # badges in one document; more are printed in parts
LINES_LENGTH = 12_000


@dataclass(frozen=True)
class Badge:
    """One badge; without an alias there is a line to write on."""

    alias: str = ""
    languages: tuple[str, ...] = ()


class BadgesForm(SafeForm):
    """Aliases one line each, as at the tables, and how many empty ones."""

    role = forms.ChoiceField(
        label=_("For whom?"),
        widget=forms.RadioSelect,
        choices=[
            ("host", pgettext_lazy("badges", "Language hosts")),
            ("helper", pgettext_lazy("badges", "Those who help")),
            ("visitor", pgettext_lazy("badges", "Visitors")),
        ],
    )
    lines = Text(
        max_length=LINES_LENGTH,
        rows=8,
        required=False,
        label=_("What they want to be called, one line each"),
        help_text=_(
            "After a comma their languages, if you like: Amal, arabiska svenska. The names are printed and kept nowhere."
        ),
    )
    empty = forms.IntegerField(
        required=False,
        label=_("And so many empty ones, to write on"),
        error_messages={"invalid": _("Write a number, like 5.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["empty"].widget.attrs |= {"min": 0, "max": MOST, "inputmode": "numeric"}

    def clean_lines(self) -> str:
        text = str(self.cleaned_data["lines"])
        self.named = [Badge(one.alias, one.languages) for one in guests_in(text, usual="")]
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        empty = data.get("empty") or 0
        if empty < 0:
            self.add_error("empty", gettext("Fewer than none cannot be printed."))
        if "lines" not in data or empty < 0:
            return data
        how_many = len(self.named) + empty
        if not how_many:
            self.add_error("lines", gettext("Write at least one name, or how many empty ones."))
        elif how_many > MOST:
            raise ValidationError(
                gettext(
                    "%(number)d badges are too many for one document; there is room for %(most)d. Print them in parts."
                    " Nothing is lost."
                )
                % {"number": how_many, "most": MOST}
            )
        return data

    def badges(self) -> list[Badge]:
        """Those with a name first, then the empty ones."""
        return [*self.named, *[Badge()] * (self.cleaned_data.get("empty") or 0)]
