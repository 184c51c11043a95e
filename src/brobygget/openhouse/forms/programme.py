"""What may be sent about a slot of the programme, and about seats in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from brobygget.openhouse import rules
from brobygget.openhouse.commands.programme import SlotFacts
from brobygget.openhouse.forms.events import spoken_choices
from brobygget.openhouse.models import Hall, Invitation, Slot
from brobygget.people.forms import ClockInput, SafeForm, Text


class SlotForm(SafeForm):
    """What, whose, where, when, for how many; and what keeps people away when nobody says it."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Slot.Kind.choices, widget=forms.RadioSelect, initial=Slot.Kind.TRY
    )
    title = Text(
        max_length=80,
        label=_("What is it called?"),
        help_text=_("As you would say it to a guest: Try a drum"),
    )
    association = forms.ChoiceField(label=_("Who holds it?"), required=False)
    hall = forms.ChoiceField(label=_("Which hall?"), required=False)
    place = Text(
        max_length=120,
        required=False,
        label=_("Where there?"),
        help_text=_("The stage, table 12, the lawn outside. Without words it is the whole hall."),
    )
    starts = forms.TimeField(label=_("It begins"), widget=ClockInput)
    ends = forms.TimeField(label=_("It ends"), widget=ClockInput)
    capacity = forms.IntegerField(
        label=_("How many seats?"),
        required=False,
        min_value=1,
        max_value=rules.MOST_CAPACITY,
        help_text=_("Needed where one tries something. Nobody books what is on the stage."),
    )
    is_loud = forms.BooleanField(label=_("It is loud: one cannot talk beside it"), required=False)
    needs_floor = forms.BooleanField(label=_("It needs free floor"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("In which languages is it shown?"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "languages"}),
    )
    changing = forms.ChoiceField(
        label=_("Does one change clothes?"), choices=Slot.Changing.choices, required=False
    )
    minimum_age = forms.IntegerField(
        label=_("From which age?"), required=False, min_value=0, max_value=rules.OLDEST
    )
    maximum_age = forms.IntegerField(
        label=_("Up to which age?"), required=False, min_value=0, max_value=rules.OLDEST
    )
    bring = Text(
        max_length=200,
        required=False,
        label=_("What to wear or bring"),
        help_text=_("Short and plain: soft shoes. Or: nothing, everything is there."),
    )

    def __init__(
        self, *args: Any, halls: Sequence[Hall], invitations: Sequence[Invitation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.halls = {str(one.pk): one for one in halls}
        self.invitations = {str(one.pk): one for one in invitations}
        names = [(pk, one.association.name) for pk, one in self.invitations.items()]
        self.let_choose("association", [("", gettext("The house itself")), *names])
        rooms = [(pk, one.name) for pk, one in self.halls.items()]
        self.let_choose("hall", [("", gettext("No hall of the floor plan")), *rooms])
        self.let_choose("languages", spoken_choices())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.end_after_beginning("starts", "ends")
        is_try = data.get("kind") == Slot.Kind.TRY
        if is_try and "capacity" in data and data["capacity"] is None:
            self.add_error("capacity", ValidationError(gettext("Write for how many there is room.")))
        youngest, oldest = data.get("minimum_age"), data.get("maximum_age")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error(
                "maximum_age",
                ValidationError(gettext("That is younger than the youngest. Look at the ages again.")),
            )
        return data

    def facts(self) -> SlotFacts:
        """What the command wants to know."""
        data = dict(self.cleaned_data)
        data["invitation"] = self.invitations.get(data.pop("association"))
        data["hall"] = self.halls.get(data["hall"])
        data["capacity"] = data["capacity"] or 0
        return SlotFacts(**data)

    @staticmethod
    def initial_of(slot: Slot) -> dict[str, Any]:
        """What the form shows of a slot."""
        names = (
            "kind", "title", "place", "starts", "ends", "is_loud", "needs_floor", "changing", "minimum_age",
            "maximum_age", "bring",
        )  # fmt: skip
        return {
            **{name: getattr(slot, name) for name in names},
            "capacity": slot.capacity or None,
            "association": str(slot.invitation_id or ""),
            "hall": str(slot.hall_id or ""),
            "languages": slot.language_codes,
        }


class SeatsForm(forms.Form):
    """So many seats: one press."""

    seats = forms.IntegerField(min_value=1, max_value=rules.MOST_SEATS)


class BookingCodeForm(SafeForm):
    """The short code of a booking."""

    code = Text(
        max_length=12,
        label=pgettext_lazy("booking", "The code"),
        help_text=_("Six signs. Small or large letters do not matter."),
    )
