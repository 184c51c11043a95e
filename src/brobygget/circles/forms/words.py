"""What somebody says to the circle, and in which language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brobygget.house.models import House
from brobygget.people.forms import SafeForm, Text, has_a_letter, language_choices


def sayable(text: str) -> str:
    """The same text, when it can be read aloud."""
    if text and not has_a_letter(text):
        raise ValidationError(
            gettext("We need something that can be said aloud. Write at least one letter."), code="unsayable"
        )
    return text


class WordsForm(SafeForm):
    """A text in one of the house's languages."""

    longest = 500
    rows = 3
    label = _("Your words")

    def __init__(self, *args: Any, house: House, language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = Text(max_length=self.longest, rows=self.rows, label=self.label)
        choices = language_choices(house.language_codes)
        codes = [code for code, _name in choices]
        self.fields["language"] = forms.ChoiceField(
            choices=choices,
            label=_("In which language?"),
            initial=language if language in codes else next(iter(codes), None),
        )

    def clean_text(self) -> str:
        return sayable(str(self.cleaned_data["text"]))
