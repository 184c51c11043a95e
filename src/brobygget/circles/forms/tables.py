"""What may be sent to us about tables: who, how many, how many times, and what people talk in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brobygget.circles import spoken
from brobygget.circles.commands.table_guests import NewGuest
from brobygget.circles.commands.table_plans import LONGEST, MOST_ROUNDS, MOST_TABLES, SHORTEST
from brobygget.people.forms import ALIAS_LENGTH, AliasForm, SafeForm, Text, has_a_letter
from brobygget.people.models import YearsHere

LINES_LENGTH = 12_000
ALIAS_ENDS = re.compile(r"[,;:،፣\t]")
BETWEEN_WORDS = re.compile(r"[,;،፣/\s]+")
ALWAYS = {"always", "alltid"}
YEAR_WORDS = {"år", "year", "years", "y"}
JOINING_WORDS = {"och", "and", "&", "+"}


def years_of(word: str) -> str | None:
    """The answer that a number of years belongs to."""
    if word in ALWAYS:
        return YearsHere.ALWAYS
    if not (word.isascii() and word.isdigit() and len(word) < 3):
        return None
    years = int(word)
    if years < 1:
        return YearsHere.UNDER_ONE
    if years <= 3:
        return YearsHere.ONE_TO_THREE
    return YearsHere.THREE_TO_TEN if years <= 10 else YearsHere.OVER_TEN


def guests_in(text: str, *, usual: str) -> list[NewGuest]:
    """One guest a line: "Amal, arabiska svenska" or only "Amal"; a number is years here, where it is told."""
    found: list[NewGuest] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        alias, *rest = ALIAS_ENDS.split(line, maxsplit=1)
        alias = " ".join(alias.split())
        if not has_a_letter(alias):
            raise ValidationError(
                gettext("Line %(line)d has no name that can be said aloud.") % {"line": number}
            )
        if len(alias) > ALIAS_LENGTH:
            raise ValidationError(
                gettext(
                    "The name on line %(line)d is longer than %(most)d letters. Write a comma after the name."
                )
                % {"line": number, "most": ALIAS_LENGTH}
            )
        codes, years = _languages_and_years(rest[0] if rest else "", number)
        found.append(NewGuest(alias, spoken.known(codes) or spoken.known([usual]), years))
    return found


def _languages_and_years(text: str, number: int) -> tuple[list[str], str]:
    codes, years = list[str](), ""
    for word in BETWEEN_WORDS.split(text.casefold()):
        if not word or word in YEAR_WORDS or word in JOINING_WORDS:
            continue
        told = years_of(word)
        code = spoken.code_of(word)
        if told is not None:
            years = told
        elif code is not None:
            codes.append(code)
        else:
            raise ValidationError(
                gettext("We do not know the language “%(word)s” on line %(line)d. Nothing is lost.")
                % {"word": word[:30], "line": number}
            )
    return codes, years


class GuestsForm(SafeForm):
    """People whom the leader writes down, one line each."""

    lines = Text(
        max_length=LINES_LENGTH,
        rows=4,
        required=False,
        label=_("Others, one line each"),
        help_text=_("First what they are called, then a comma and their languages: Amal, arabiska svenska"),
    )

    def __init__(self, *args: Any, usual: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual = usual

    def clean_lines(self) -> str:
        self.guests = guests_in(str(self.cleaned_data["lines"]), usual=self.usual)
        return str(self.cleaned_data["lines"])


class TablesForm(GuestsForm):
    """The three choices: who, how many tables, how many rounds."""

    here = forms.MultipleChoiceField(
        label=_("Who is here?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    tables = forms.IntegerField(
        label=_("How many tables?"),
        help_text=_("Four or five people at each is good for talking."),
        error_messages={"required": _("Write a number of tables."), "invalid": _("Write a number, like 5.")},
    )
    rounds = forms.IntegerField(
        label=_("How many rounds?"),
        help_text=_("In each round everybody sits with new people."),
        error_messages={"required": _("Write a number of rounds."), "invalid": _("Write a number, like 5.")},
    )
    minutes_each = forms.IntegerField(
        label=_("Minutes for each round"),
        help_text=_("Ten to fifteen is enough to get to know somebody a little."),
        initial=12,
        error_messages={"required": _("Write how many minutes."), "invalid": _("Write a number, like 5.")},
    )
    field_order = ["here", "lines", "tables", "rounds", "minutes_each"]

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = self.fields["here"]
        assert isinstance(here, forms.MultipleChoiceField)
        here.choices = list(people)
        for name, least, most in (
            ("tables", 1, MOST_TABLES),
            ("rounds", 1, MOST_ROUNDS),
            ("minutes_each", SHORTEST, LONGEST),
        ):
            self.fields[name].widget.attrs |= {"min": least, "max": most, "inputmode": "numeric"}


class SpokenForm(SafeForm):
    """Languages that somebody can talk in."""

    languages = forms.MultipleChoiceField(
        label=_("Languages I can talk in"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, first: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_order = [*spoken.known(first), *(code for code in spoken.CODES if code not in spoken.known(first))]
        languages = self.fields["languages"]
        assert isinstance(languages, forms.MultipleChoiceField)
        languages.choices = [(code, spoken.own_name(code)) for code in in_order]


class GuestForm(SpokenForm):
    """The same as the leader knows it this evening, and who interprets."""

    interprets = forms.BooleanField(label=_("Interprets at the table this evening"), required=False)

    def __init__(self, *args: Any, lasts: str = "evening", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].label = _("Languages they can talk in")
        if lasts == "day":
            self.fields["interprets"].label = _("Interprets at the table today")


class TablesDoorForm(AliasForm):
    """What somebody says at the door of an evening: an alias, what they read, what they talk in."""

    languages = forms.MultipleChoiceField(
        label=_("Which languages can you talk in?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ["alias", "language", "languages", "years_here"]

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, codes=codes, **kwargs)
        first = spoken.known(codes)
        languages = self.fields["languages"]
        assert isinstance(languages, forms.MultipleChoiceField)
        languages.choices = [
            (code, spoken.own_name(code))
            for code in (*first, *(code for code in spoken.CODES if code not in first))
        ]


class PlaceForm(SafeForm):
    """Where a table stands."""

    place = Text(max_length=60, required=False, label=_("Where does it stand?"))


class WishForm(SafeForm):
    """Two people and what the leader wishes for them. There is no field for why."""

    rule = forms.ChoiceField(
        choices=[("apart", _("Not at the same table")), ("at-one", _("At the same table"))],
        widget=forms.RadioSelect,
        label=_("What do you wish?"),
        initial="apart",
    )
    one = forms.ChoiceField(label=_("One person"))
    other = forms.ChoiceField(label=_("Another person"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            choice = self.fields[name]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = [("", gettext("Choose")), *people]
