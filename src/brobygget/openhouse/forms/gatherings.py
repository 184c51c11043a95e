"""What may be sent about a gathering at tables."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brobygget.openhouse.commands.gatherings import GatheringFacts
from brobygget.openhouse.models import Gathering
from brobygget.people.forms import ClockInput, SafeForm, Text


class GatheringForm(SafeForm):
    """What, where in the hall, and when."""

    name = Text(max_length=80, label=_("What is it called?"), help_text=_("For example: Language café"))
    place = Text(
        max_length=120,
        required=False,
        label=_("Where in the hall?"),
        help_text=_("As you would say it to a guest: the café corner."),
    )
    starts = forms.TimeField(label=_("It begins"), widget=ClockInput)
    ends = forms.TimeField(label=_("It ends"), widget=ClockInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.end_after_beginning("starts", "ends")
        return data

    def facts(self) -> GatheringFacts:
        """What the command wants to know."""
        return GatheringFacts(**self.cleaned_data)

    @staticmethod
    def initial_of(gathering: Gathering) -> dict[str, Any]:
        """What the form shows of one."""
        return {name: getattr(gathering, name) for name in ("name", "place", "starts", "ends")}
