"""The two-minute form: what a newcomer wants to know about an association."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from brobygget.associations.commands.answers import TIME_ROWS, Answers, mark_of
from brobygget.associations.models import Association, Known
from brobygget.associations.queries.interests import Interests
from brobygget.people.forms import ClockInput, DayInput, SafeForm, Text, language_choices
from brobygget.web.languages import current

SPOKEN_BESIDE = (
    ("fi", "suomi"), ("se", "davvisámegiella"), ("ru", "русский"), ("es", "español"), ("fr", "français"), ("de", "Deutsch"),
    ("pl", "polski"), ("tr", "Türkçe"), ("ku", "kurdî"), ("ps", "پښتو"), ("th", "ไทย"), ("swl", "svenskt teckenspråk"),
)  # fmt: skip
LOWEST, HIGHEST = 0, 120


class Phone(Text):
    """A telephone number, as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, **kwargs)
        self.widget.input_type = "tel"

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and sum(map(str.isdigit, value)) < 5:
            raise ValidationError(gettext("A telephone number has more digits. Look at it again."))


class Website(Text):
    """A web address; only http and https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, required=False, **kwargs)

    def to_python(self, value: Any) -> str:
        text = "".join(super().to_python(value).split())
        if text and "://" not in text:
            text = f"https://{text}"
        return text

    def validate(self, value: str) -> None:
        super().validate(value)
        host = value.partition("://")[2].partition("/")[0]
        if value and (not value.startswith(("http://", "https://")) or "." not in host or "@" in host):
            raise ValidationError(gettext("This does not look like a web address. Look at it again."))


def _choice(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect, **kwargs)


def known(label: Any, **kwargs: Any) -> forms.ChoiceField:
    """Yes, no, or not known."""
    return _choice(label, Known.choices, **kwargs)


class OwnForm(SafeForm):
    """What one can try, who may come, what it costs, when and where, and who stands at the door."""

    can_try = Text(
        max_length=400,
        rows=3,
        required=False,
        label=_("What can one try with you?"),
        help_text=_("For example: bake waffles, sew, sing along, kick a ball."),
    )
    description = Text(max_length=2_000, rows=3, required=False, label=_("What do you do?"))
    little_swedish = known(_("Can somebody who speaks little Swedish join?"))
    little_swedish_how = Text(
        max_length=300,
        rows=2,
        required=False,
        label=_("How?"),
        help_text=_("For example: we show with our hands, and Yonas speaks Tigrinya."),
    )
    swedish_needed = _choice(_("How much Swedish is needed?"), Association.SwedishNeeded.choices)
    languages = forms.MultipleChoiceField(
        label=_("Which languages do some of you speak?"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "languages"}),
    )
    minimum_age = forms.IntegerField(
        label=_("From which age?"), required=False, min_value=LOWEST, max_value=HIGHEST
    )
    maximum_age = forms.IntegerField(
        label=_("Up to which age?"), required=False, min_value=LOWEST, max_value=HIGHEST
    )
    open_to = _choice(_("Who is it for?"), Association.OpenTo.choices)
    takes_new_members = known(_("Do you have room for new members?"))
    fee_text = Text(
        max_length=200,
        required=False,
        label=_("What does it cost?"),
        help_text=_("For example: 150 kronor a year, or free."),
    )
    try_free = known(_("Is the first time free?"))
    fritidskort = known(_("Do you take Fritidskortet?"))
    gear = _choice(_("Does one need clothes or gear?"), Association.Gear.choices)
    gear_text = Text(max_length=200, required=False, label=_("Which gear?"))
    meeting_text = Text(
        max_length=500,
        required=False,
        label=_("When, in your own words"),
        help_text=_("Only if the days above do not say it all. For example: not in July."),
    )
    venue = Text(max_length=200, required=False, label=_("Where do you meet?"))
    street = Text(max_length=200, required=False, label=_("Street address of that place"))
    step_free = known(_("Can one get in without steps?"))
    met_by = Text(
        max_length=40,
        required=False,
        label=_("Who meets a newcomer at the door?"),
        help_text=_("A first name is enough. It is shown, so ask the person first."),
    )
    email = forms.EmailField(label=_("E-mail for those who are curious"), required=False, max_length=254)
    phone = Phone(label=_("Telephone for those who are curious"))
    website = Website(label=_("Web page"))
    contact_email = forms.EmailField(
        label=_("E-mail where only the house reaches you"),
        help_text=_("Never shown to anybody else."),
        required=False,
        max_length=254,
    )
    interests = forms.MultipleChoiceField(
        label=_("What is it about?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, answers: Answers, interests: Interests) -> None:
        self.answers = answers
        self.kept_interests = interests
        initial = {name: value for name, value in answers.items() if name != "times"}
        for row, parts in enumerate(answers["times"], start=1):
            initial |= {
                f"every_{row}": f"{parts['frequency']} {parts['interval']} {parts['nth'] or ''}".strip(),
                f"weekday_{row}": str(parts["weekday"]),
                f"starts_{row}": parts["starts"],
                f"ends_{row}": parts["ends"],
                f"begins_{row}": parts["begins_on"],
            }
        super().__init__(data, initial=initial)
        for row in range(1, TIME_ROWS + 1):
            self.fields |= _time_fields(row)
        spoken = dict([*language_choices(), *SPOKEN_BESIDE])
        spoken.pop("sv-easy", None)
        spoken |= {code: code for code in answers["languages"] if code not in spoken}
        self.let_choose("languages", list(spoken.items()))
        self.let_choose("interests", interest_choices(interests, answers["interests"]))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        lowest, highest = data.get("minimum_age"), data.get("maximum_age")
        if lowest is not None and highest is not None and highest < lowest:
            self.add_error("maximum_age", ValidationError(gettext("This is lower than the lowest age.")))
        for row in range(1, TIME_ROWS + 1):
            self.end_after_beginning(f"starts_{row}", f"ends_{row}")
        return data

    def given(self) -> Answers:
        """The answers that can be used, by the names of the questions; a choice that was not made is not known."""
        data = self.cleaned_data
        given = {
            name: data[name] if data[name] not in ("", None) else _empty(name)
            for name in self.answers
            if name in data
        }
        if not any(
            name.startswith(("weekday_", "starts_", "ends_", "every_", "begins_")) for name in self.errors
        ):
            given["times"] = [
                parts for row in range(1, TIME_ROWS + 1) if (parts := self._time(row)) is not None
            ]
        return given

    def _time(self, row: int) -> dict[str, Any] | None:
        data = self.cleaned_data
        if not data.get(f"weekday_{row}"):
            return None
        before = self.answers["times"][row - 1] if row <= len(self.answers["times"]) else {}
        frequency, interval, *nth = (data[f"every_{row}"] or "WEEKLY 1").split()
        weekday, begins = int(data[f"weekday_{row}"]), data[f"begins_{row}"]
        if begins and int(interval) > 1:  # any day of the week that they meet in
            begins += timedelta(weekday - begins.weekday())
        return {
            "frequency": frequency,
            "interval": int(interval),
            "weekday": weekday,
            "nth": int(nth[0]) if nth else None,
            "starts": _clock(data[f"starts_{row}"]),
            "ends": _clock(data[f"ends_{row}"]),
            "begins_on": begins.isoformat() if begins and int(interval) > 1 else None,
            "place": before.get("place", ""),
            "text": before.get("text", ""),
        }

    def times(self) -> list[list[forms.BoundField]]:
        """The rows of days and hours."""
        names = ("every", "weekday", "starts", "ends", "begins")
        return [[self[f"{name}_{row}"] for name in names] for row in range(1, TIME_ROWS + 1)]

    def chosen_interests(self) -> list[str]:
        """The words of what is chosen now."""
        words = dict(interest_choices(self.kept_interests, self.answers["interests"]))
        return [words[each] for each in self.answers["interests"]]

    def seen(self) -> list[tuple[str, str]]:
        """A mark of each answer as it stands now, for the form to remember."""
        return [
            (f"seen-{name}", mark_of(value))
            for name, value in self.answers.items()
            if name == "times" or name in self.fields
        ]


def seen_in(data: Mapping[str, Any]) -> dict[str, str]:
    """What the form remembered."""
    return {name.removeprefix("seen-"): str(data[name])[:12] for name in data if name.startswith("seen-")}


def sitting_in(data: Mapping[str, Any]) -> str:
    """The number of the open form that this was written in, or nothing."""
    try:
        return str(uuid.UUID(str(data.get("sitting", ""))))
    except ValueError:
        return ""


def _time_fields(row: int) -> dict[str, forms.Field]:
    every = [
        ("WEEKLY 1", pgettext_lazy("how often", "Every week")),
        ("WEEKLY 2", pgettext_lazy("how often", "Every other week")),
        ("MONTHLY 1 1", pgettext_lazy("how often", "First of the month")),
        ("MONTHLY 1 2", pgettext_lazy("how often", "Second of the month")),
        ("MONTHLY 1 3", pgettext_lazy("how often", "Third of the month")),
        ("MONTHLY 1 4", pgettext_lazy("how often", "Fourth of the month")),
        ("MONTHLY 1 -1", pgettext_lazy("how often", "Last of the month")),
    ]
    days = [("", "–"), *((str(number), name) for number, name in WEEKDAYS.items())]
    return {
        f"every_{row}": forms.ChoiceField(label=_("How often?"), choices=every, required=False),
        f"begins_{row}": forms.DateField(
            label=_("A day in a week when you meet"), required=False, widget=DayInput
        ),
        f"weekday_{row}": forms.ChoiceField(label=_("Which day?"), choices=days, required=False),
        f"starts_{row}": forms.TimeField(label=_("Begins"), required=False, widget=ClockInput),
        f"ends_{row}": forms.TimeField(label=_("Ends"), required=False, widget=ClockInput),
    }


def _empty(name: str) -> Any:
    place = Association._meta.get_field(name) if name in _COLUMNS else None
    if place is not None and getattr(place, "choices", None):
        return str(Known.UNKNOWN)
    return None if name in ("minimum_age", "maximum_age") else ""


_COLUMNS = frozenset(field.name for field in Association._meta.concrete_fields)


def _clock(moment: time | None) -> str | None:
    return moment.strftime("%H:%M") if moment else None


def interest_choices(interests: Interests, chosen: list[str]) -> list[tuple[str, str]]:
    """What the house offers, by its words in the page's language; what is chosen already can be seen and taken away."""
    code = current().code
    named = {one.id: one.label(code).text for one in interests.offered() if not one.is_group}
    for each in chosen:
        known = interests.by_id.get(each)
        named.setdefault(each, known.label(code).text if known else each)
    return sorted(named.items(), key=lambda one: (one[0] not in chosen, one[1].casefold()))


class CodeForm(SafeForm):
    """The code from the letter."""

    code = forms.CharField(
        label=_("The code in the letter"),
        max_length=40,
        help_text=_("Ten letters and digits. Small letters are fine too."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
    )
