"""What may be sent to us about a circle."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brobygget.people.forms import ALIAS_LENGTH, SafeForm, Text, language_choices


class CircleForm(SafeForm):
    """What a circle is called, the language of its leader and wall, and who counts its study hours."""

    name = Text(max_length=80, label=_("What is the circle called?"))
    language = forms.ChoiceField(
        label=_("The circle's own language"),
        help_text=_("The wall shows this language largest. Every phone has its reader's own."),
    )
    study_association = Text(
        max_length=80,
        required=False,
        label=_("Study association"),
        help_text=_("If one counts the study hours."),
    )

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = language_choices(codes)


class NewCircleForm(CircleForm):
    """The same, and what the leader is called in it."""

    alias = Text(
        max_length=ALIAS_LENGTH,
        label=_("What shall we call you in the circle?"),
        help_text=_("You sit in the circle like everybody else, and you speak first."),
    )
