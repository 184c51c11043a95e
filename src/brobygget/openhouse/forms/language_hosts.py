"""What may be sent about language hosts and their half-hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brobygget.openhouse.commands.language_hosts import HostFacts
from brobygget.openhouse.commands.tasks import owner_of
from brobygget.openhouse.forms.events import spoken_choices
from brobygget.openhouse.models import LanguageHost, OpenHouse
from brobygget.openhouse.plans.programme_conflicts import clock_of
from brobygget.openhouse.queries.language_hosts import HostGrid, host_value
from brobygget.people.forms import ALIAS_LENGTH, ClockInput, SafeForm, Text, has_a_letter


class HostForm(SafeForm):
    """Who, which languages, and when they can be there."""

    alias = Text(
        max_length=ALIAS_LENGTH,
        required=False,
        label=_("A short name"),
        help_text=_("Any name that the house understands. Nobody else sees it."),
    )
    who = forms.ChoiceField(label=_("Or somebody the house knows"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Welcomes in"), widget=forms.CheckboxSelectMultiple(attrs={"class": "languages"})
    )
    comes = forms.TimeField(label=_("Can be there from"), required=False, widget=ClockInput)
    goes = forms.TimeField(
        label=_("Until"), required=False, widget=ClockInput, help_text=_("Nothing here: the whole day.")
    )

    def __init__(
        self, *args: Any, openhouse: OpenHouse, people: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.openhouse = openhouse
        self.let_choose("who", [("", "–"), *people])
        self.let_choose("languages", spoken_choices())
        self.fields["languages"].error_messages["required"] = gettext("Choose at least one language.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.end_after_beginning("comes", "goes")
        if "alias" in data and "who" in data and not data["who"] and not has_a_letter(data["alias"]):
            self.add_error(
                "alias", ValidationError(gettext("Write a short name, or choose somebody the house knows."))
            )
        return data

    def facts(self) -> HostFacts:
        """What the command wants to know."""
        data = dict(self.cleaned_data)
        who = owner_of(data.pop("who"), openhouse=self.openhouse)
        return HostFacts(who=who, **data)

    @staticmethod
    def initial_of(host: LanguageHost) -> dict[str, Any]:
        """What the form shows of one."""
        return {
            "alias": host.alias,
            "who": host_value(host),
            "languages": host.language_codes,
            "comes": host.comes,
            "goes": host.goes,
        }


class Marks(forms.MultipleChoiceField):
    """What is marked; what is no longer there, because a host was taken away meanwhile, is passed over."""

    def validate(self, value: Any) -> None:
        """Nothing of it is refused."""


class GridForm(forms.Form):
    """A box for each host and half-hour: "7-1130"."""

    host = Marks(required=False)  # whose boxes the table had
    on = Marks(required=False)

    def __init__(self, *args: Any, shown: HostGrid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boxes = {
            box_of(host.pk, minutes): (host.pk, clock_of(minutes))
            for host in shown.rows
            for minutes in shown.starts
        }
        self.known = {str(one.pk): one.pk for one in shown.rows}

    @property
    def hosts(self) -> list[int]:
        """Whose boxes the table had."""
        return [self.known[pk] for pk in self.cleaned_data["host"] if pk in self.known]

    @property
    def marked(self) -> list[tuple[int, time]]:
        """Who hosts when."""
        return [self.boxes[box] for box in self.cleaned_data["on"] if box in self.boxes]


def box_of(host: int, minutes: int) -> str:
    """The name of a box."""
    return f"{host}-{clock_of(minutes):%H%M}"
