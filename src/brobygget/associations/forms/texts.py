"""What a person writes of an association's texts in another language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brobygget.associations.models import AssociationText
from brobygget.people.forms import SafeForm, Text

LONGEST = 2_000


class TranslationForm(SafeForm):
    """One field for each text that there is, and whether a speaker of the language has read them."""

    is_checked = forms.BooleanField(
        required=False, label=_("Somebody who speaks the language has read this and found it right")
    )

    def __init__(
        self, *args: Any, originals: dict[str, str], here: dict[str, AssociationText], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = list(originals)
        for name in self.names:
            self.fields[name] = Text(
                max_length=LONGEST,
                rows=4,
                required=False,
                initial=here[name].text if name in here else "",
                label=_("In the other language"),
            )

    def texts(self) -> dict[str, str]:
        """The text of each field."""
        return {name: self.cleaned_data[name] for name in self.names}
