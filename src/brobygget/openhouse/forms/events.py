"""What may be sent about the day and its plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from brobygget.circles.models import Circle
from brobygget.house.models import House
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.models import OpenHouse, Task, TaskOwner
from brobygget.people.forms import ClockInput, DayInput, SafeForm, Text, language_choices

MOST_PLACES = 500


def spoken_choices() -> list[tuple[str, str]]:
    """Languages that somebody can speak; easy Swedish is a way of writing."""
    return [(code, name) for code, name in language_choices() if code != "sv-easy"]


class OpenHouseForm(SafeForm):
    """When, where, what, and for how many associations there is room."""

    name = Text(max_length=80, label=_("What is it called?"), help_text=_("For example: Association day"))
    day = forms.DateField(label=_("Which day?"), widget=DayInput)
    starts = forms.TimeField(label=_("Doors open"), widget=ClockInput)
    ends = forms.TimeField(label=_("Doors close"), widget=ClockInput)
    place = Text(
        max_length=200, label=_("Where?"), help_text=_("The name of the hall and its street address.")
    )
    places = forms.IntegerField(
        label=_("How many associations is there room for?"), min_value=1, max_value=MOST_PLACES
    )
    about = Text(
        max_length=1_000,
        rows=4,
        required=False,
        label=_("What happens there?"),
        help_text=_("For everybody who reads the public page. Short sentences. Name no participants."),
    )
    way_there = Text(
        max_length=500,
        rows=3,
        required=False,
        label=_("How does one get there?"),
        help_text=_("Bus and stop, parking, the way in without steps."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Which languages are spoken there?"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "languages"}),
    )
    language = forms.ChoiceField(label=_("Language of these words"))
    circle = forms.ChoiceField(
        label=_("Which circle shapes it?"),
        required=False,
        help_text=_("Its members see the plan and can own tasks under their alias."),
    )

    def __init__(self, *args: Any, house: House, circles: Sequence[Circle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circles = {str(circle.pk): circle for circle in circles}
        self.let_choose("languages", spoken_choices())
        self.let_choose("language", language_choices(house.language_codes))
        names = [(pk, circle.name) for pk, circle in self.circles.items()]
        self.let_choose("circle", [*names, ("", gettext("No circle"))])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.end_after_beginning("starts", "ends")
        return data

    def facts(self) -> Facts:
        """What the command wants to know."""
        return Facts(**{name: value for name, value in self.cleaned_data.items() if name != "circle"})

    def chosen_circle(self) -> Circle | None:
        """The circle that shapes it."""
        return self.circles.get(self.cleaned_data.get("circle", ""))

    @staticmethod
    def initial_of(openhouse: OpenHouse) -> dict[str, Any]:
        """What the form shows of an open house."""
        names = (
            "name", "day", "starts", "ends", "place", "places", "about", "way_there", "language",
        )  # fmt: skip
        return {
            **{name: getattr(openhouse, name) for name in names},
            "languages": openhouse.language_codes,
            "circle": str(openhouse.circle_id or ""),
        }


class TaskForm(SafeForm):
    """A date, an hour where there is one, a pair, a note."""

    title = Text(max_length=120, label=_("What has to be done?"))
    due = forms.DateField(label=_("By which day?"), widget=DayInput)
    clock = forms.TimeField(
        label=pgettext_lazy("time of day", "Time"),
        required=False,
        widget=ClockInput,
        help_text=_("With a time on the day itself it is a line of the run sheet."),
    )
    new = forms.ChoiceField(label=_("Somebody who is new here"), required=False)
    established = forms.ChoiceField(label=_("Somebody who has lived here long"), required=False)
    note = Text(
        max_length=1_000,
        rows=4,
        required=False,
        label=_("Notes"),
        help_text=_("What has been said and decided. Nothing about people."),
    )

    def __init__(
        self, *args: Any, who: Sequence[tuple[str, str]], task: Task | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if task is not None and task.kind != Task.Kind.OWN:
            del self.fields["title"]
        for side in TaskOwner.Side.values:
            self.let_choose(side, [("", gettext("Nobody yet")), *who])


class NewTaskForm(TaskForm):
    """One more task of the house's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, who=[], **kwargs)
        for name in (*TaskOwner.Side.values, "note"):
            del self.fields[name]
