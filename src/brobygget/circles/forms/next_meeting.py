"""When and where somebody wants to meet, and how a circle may end."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from brobygget.circles.forms.words import sayable
from brobygget.people.forms import SafeForm, Text
from brobygget.web.moments import SWEDEN

SHORTEST, LONGEST = 45, 480


class TimeForm(SafeForm):
    """A day, an hour and a place."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("We could not read the day. Write it like 2027-01-29."),
        },
    )
    clock = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S", "%H"],
        error_messages={
            "required": _("Choose a time."),
            "invalid": _("We could not read the time. Write it like 13:00."),
        },
    )
    place = Text(max_length=120, label=_("Place"), required=False)

    def clean_place(self) -> str:
        return sayable(str(self.cleaned_data["place"]))

    @property
    def starts_at(self) -> datetime:
        """The moment, on the clock in Sweden."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"], tzinfo=SWEDEN)


class DecisionForm(TimeForm):
    """The time that was decided, and how long the meeting is."""

    minutes = forms.IntegerField(
        label=_("How many minutes?"),
        min_value=SHORTEST,
        max_value=LONGEST,
        required=False,
        help_text=_("135 minutes are three study hours."),
        error_messages={
            "min_value": _("A meeting is between 45 and 480 minutes long."),
            "max_value": _("A meeting is between 45 and 480 minutes long."),
            "invalid": _("Write the minutes as a number, like 135."),
        },
    )


class EndingForm(SafeForm):
    """Why and how the circle ends, in words."""

    ending = Text(
        max_length=500,
        rows=3,
        label=_("How does the circle end?"),
        help_text=_("One sentence that everybody in the circle can read."),
    )

    def clean_ending(self) -> str:
        return sayable(str(self.cleaned_data["ending"]))
