"""What may be sent when a house is set up, and about who does what in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brobygget.house.commands.opening import NewPartner
from brobygget.house.models import Partner
from brobygget.people.forms import SafeForm, Text, language_choices
from brobygget.people.models import Role

PARTNER_ROWS = 4


class SetUpForm(SafeForm):
    """A house on one page: where it is, in which languages, who owns it, who leads."""

    name = Text(max_length=80, label=_("What is the house called?"))
    town = Text(max_length=80, label=_("In which town?"))
    address = Text(max_length=200, required=False, label=_("Where is it?"))
    challenge = Text(
        max_length=300,
        rows=3,
        required=False,
        label=_("The challenge, as a question"),
        help_text=_(
            "For example: how do we build bridges between those who are new here and those who have lived here long?"
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the house"), widget=forms.CheckboxSelectMultiple, choices=language_choices
    )
    called = Text(max_length=60, label=_("What shall we call you?"))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with a code that we send there. There are no passwords."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, PARTNER_ROWS + 1):
            self.fields[f"partner_{number}"] = Text(
                max_length=120,
                required=number == 1,
                label=gettext("Organisation %(number)d") % {"number": number},
            )
            self.fields[f"kind_{number}"] = forms.ChoiceField(label=_("Kind"), choices=Partner.Kind.choices)
        self.fields["host"] = forms.TypedChoiceField(
            label=_("Which one answers for the personal data?"),
            choices=[
                (n, gettext("Organisation %(number)d") % {"number": n}) for n in range(1, PARTNER_ROWS + 1)
            ],
            coerce=int,
            widget=forms.RadioSelect,
        )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, Any]]:
        """The organisations: a name, a kind, and whether it answers for the data."""
        numbers = range(1, PARTNER_ROWS + 1)
        return [(self[f"partner_{n}"], self[f"kind_{n}"], self["host"][n - 1]) for n in numbers]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        host = data.get("host")
        if host and not data.get(f"partner_{host}"):
            self.add_error(
                "host", ValidationError(gettext("Choose one of the organisations that you have named."))
            )
        names = [data[f"partner_{n}"] for n in range(1, PARTNER_ROWS + 1) if data.get(f"partner_{n}")]
        if len({name.casefold() for name in names}) < len(names):
            self.add_error("partner_1", ValidationError(gettext("Two organisations have the same name.")))
        return data

    def partners(self) -> list[NewPartner]:
        """The organisations that were named."""
        data = self.cleaned_data
        return [
            NewPartner(name=data[f"partner_{n}"], kind=data[f"kind_{n}"], is_host=n == data["host"])
            for n in range(1, PARTNER_ROWS + 1)
            if data.get(f"partner_{n}")
        ]


class InviteForm(SafeForm):
    """Somebody who shall do something in the house."""

    called = Text(max_length=60, label=_("What is the person called?"))
    email = forms.EmailField(label=_("E-mail address"))
    kind = forms.ChoiceField(label=_("What may the person do?"), choices=Role.Kind.choices)
