"""What may be sent about the programme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brobygget.house.models import House, Partner
from brobygget.people.forms import ClockInput, DayInput, SafeForm, Text, language_choices

WEEKDAYS = [
    ("0", _("Every Monday")),
    ("1", _("Every Tuesday")),
    ("2", _("Every Wednesday")),
    ("3", _("Every Thursday")),
    ("4", _("Every Friday")),
    ("5", _("Every Saturday")),
    ("6", _("Every Sunday")),
    ("", _("Once, on a day that I choose")),
]


class ItemForm(SafeForm):
    """Something that happens in the house."""

    partner = forms.ChoiceField(label=_("Who arranges it?"))
    title = Text(max_length=80, label=_("What is it called?"))
    text = Text(max_length=600, rows=4, required=False, label=_("What happens there?"))
    language = forms.ChoiceField(label=_("Language of these words"))
    weekday = forms.ChoiceField(label=_("When?"), choices=WEEKDAYS, required=False)
    day = forms.DateField(label=_("Which day?"), required=False, widget=DayInput)
    starts = forms.TimeField(label=_("Begins"), widget=ClockInput)
    ends = forms.TimeField(label=_("Ends"), widget=ClockInput)
    place = Text(max_length=80, label=_("Where in the house?"))
    who_for = Text(max_length=120, required=False, label=_("Who is it for?"))
    cost = Text(max_length=80, required=False, label=_("What does it cost?"))

    def __init__(self, *args: Any, house: House, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = [(str(partner.pk), partner.name) for partner in house.partners.order_by("name")]
        self.let_choose("partner", partners)
        self.let_choose("language", language_choices(house.language_codes))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("weekday") == "" and not data.get("day"):
            self.add_error("day", ValidationError(gettext("Choose a weekday, or a day.")))
        self.end_after_beginning("starts", "ends")
        return data

    def facts(self, house: House) -> dict[str, Any]:
        """What the command wants to know."""
        data = dict(self.cleaned_data)
        data["partner"] = Partner.objects.get(house=house, pk=data["partner"])
        is_weekly = data["weekday"] != ""
        data["weekday"] = int(data["weekday"]) if is_weekly else None
        data["day"] = None if is_weekly else data["day"]
        return data


class ItemTranslationForm(SafeForm):
    """The same in another language, written by a person."""

    language = forms.ChoiceField(label=_("Into which language?"))
    title = Text(max_length=80, label=_("What is it called?"))
    text = Text(max_length=600, rows=4, required=False, label=_("What happens there?"))
    who_for = Text(max_length=120, required=False, label=_("Who is it for?"))
    cost = Text(max_length=80, required=False, label=_("What does it cost?"))
    is_checked = forms.BooleanField(label=_("Somebody who speaks the language has read it"), required=False)

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.let_choose("language", language_choices(codes))
