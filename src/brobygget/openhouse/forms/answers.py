"""What an association may answer, and what the staff may write for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brobygget.associations.forms.own import OwnForm, seen_in, sitting_in
from brobygget.associations.interests.taxonomy import read_taxonomy
from brobygget.associations.models import Association, Known
from brobygget.associations.queries.directory import directory_of
from brobygget.associations.queries.interests import Interests, from_list
from brobygget.openhouse import rules
from brobygget.openhouse.commands.answering import QUESTIONS, Answers, marks_of
from brobygget.openhouse.models import Answer
from brobygget.people.forms import SafeForm, Text
from brobygget.web.languages import current

__all__ = [
    "AnswerForm",
    "FactsForm",
    "kind_choices",
    "kind_label",
    "kind_of",
    "seen_in",
    "sitting_in",
]


def kind_choices() -> list[tuple[str, str]]:
    """The groups of interests, in the page's language."""
    groups = sorted(
        (one for one in read_taxonomy().interests.values() if one.is_group), key=lambda one: one.sort
    )
    return [(one.id, from_list(one).label(current().code).text) for one in groups]


def kind_label(kind: str) -> str:
    """The word for a group of interests."""
    return dict(kind_choices()).get(kind, gettext("Other"))


def kind_of(association: Association) -> str:
    """The group of the first interest that an association has; empty where nobody has said. Prefetch `interests`."""
    about = directory_of(association.house).interests.standing_of(association)
    return about[0].group if about else ""


# What the form shows, and what is meant, where nobody has chosen.
USUAL: Answers = {
    "said": "",
    "kind": "",
    "hands": "",
    "open_to_beginners": str(Known.UNKNOWN),
    "table": str(Answer.Table.TABLE),
    "watts": 0,
    "power_for": "",
    "noise": str(Answer.Noise.SOME),
    "step_free": False,
    "wish": "",
}


class AnswerForm(SafeForm):
    """Yes, maybe or no; and what they need if they come. Only the first question has to be answered."""

    said = forms.ChoiceField(label=_("Will you come?"), choices=Answer.Said.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What are you mostly about?"), required=False)
    hands = Text(
        max_length=300,
        rows=3,
        required=False,
        label=_("What can visitors do with their hands at your table?"),
        help_text=_(
            "For example: bake a waffle, sew a button, try a drum."
            " It is shown on the public page if you get a place."
        ),
    )
    open_to_beginners = forms.ChoiceField(
        label=_("Can somebody start with you who has never done it before?"),
        choices=Known.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    table = forms.ChoiceField(
        label=_("What do you need to stand at?"),
        choices=Answer.Table.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    watts = forms.IntegerField(
        label=_("Electricity: how many watts in all?"),
        required=False,
        min_value=0,
        max_value=rules.MOST_WATTS,
        help_text=_("It says on the appliance. A waffle iron is about 1200. Write 0 if you need none."),
    )
    power_for = Text(max_length=120, required=False, label=_("For what?"))
    noise = forms.ChoiceField(
        label=_("How loud will it be?"),
        choices=Answer.Noise.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    step_free = forms.BooleanField(label=_("Our table must be reached without steps"), required=False)
    wish = Text(
        max_length=300,
        rows=2,
        required=False,
        label=_("Anything else that we should know?"),
        help_text=_("About the table and the hall. Nothing about people's health."),
    )

    def __init__(self, data: Any = None, *, answers: Answers, kind: str = "") -> None:
        self.shown = answers or {**USUAL, "kind": kind}
        super().__init__(data, initial=self.shown)
        self.let_choose("kind", [("", "–"), *kind_choices()])
        self.fields["said"].error_messages["required"] = gettext("Choose yes, maybe or no.")

    def clean_watts(self) -> int:
        return int(self.cleaned_data["watts"] or 0)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("power_for") and data.get("watts") == 0:
            self.add_error(
                "watts",
                ValidationError(
                    gettext("You have written what needs electricity, but not how many watts it takes.")
                ),
            )
        return data

    def given(self) -> Answers:
        """The answers by the names of the questions; a choice that was not made is the usual one."""
        return {name: self.cleaned_data[name] or USUAL[name] for name in QUESTIONS}

    def seen(self) -> list[tuple[str, str]]:
        """A mark of each answer as it stands now, for the form to remember."""
        return [(f"seen-{name}", mark) for name, mark in marks_of(self.shown).items()]


class FactsForm(OwnForm):
    """Those of the two-minute questions that a visitor asks at a table; they are kept in the register."""

    ASKED = (
        "little_swedish", "little_swedish_how", "languages", "fee_text", "fritidskort", "gear", "gear_text",
        "minimum_age", "maximum_age",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, answers: Mapping[str, Any]) -> None:
        super().__init__(data, answers=dict(answers), interests=Interests({}))
        self.fields = {name: self.fields[name] for name in self.ASKED}

    def given(self) -> Answers:
        """The answers to these questions and no others."""
        return {name: value for name, value in super().given().items() if name in self.ASKED}

    def seen(self) -> list[tuple[str, str]]:
        """A mark of each of these answers."""
        return [(name, mark) for name, mark in super().seen() if name.removeprefix("seen-") in self.ASKED]
