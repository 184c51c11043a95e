"""What somebody may tell about a companion."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brobygget.circles import tiles
from brobygget.people.forms import SafeForm


class CompanionForm(SafeForm):
    """What they like and when they can, by tiles."""

    interests = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    times = forms.MultipleChoiceField(
        label=_("When can you?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tap at least one time when you can.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in (("interests", tiles.INTERESTS), ("times", tiles.TIMES)):
            choice = self.fields[name]
            assert isinstance(choice, forms.MultipleChoiceField)
            choice.choices = [(tile.code, tile.words) for tile in known]
