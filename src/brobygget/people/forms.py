"""What may be sent to us about people, and the text that every stage's forms are careful with."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from brobygget.people.identity_numbers import looks_like_identity_number
from brobygget.people.models import YearsHere
from brobygget.web.languages import LANGUAGES

ALIAS_LENGTH = 30


def plain(text: str) -> str:
    """Text as people mean it: composed, without control characters, line breaks kept."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (c for c in composed if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"})
    return "".join(kept).strip()


def has_a_letter(text: str) -> bool:
    """Whether somebody can say it: at least one letter or digit of any script."""
    return any(unicodedata.category(c)[0] in "LN" for c in text)


def identity_number_refused() -> str:
    """The same sentence wherever such a number is written."""
    return gettext(
        "That looks like an identity number. We never keep those."
        " Take it away and send again; the rest is still here."
    )


class SafeForm(forms.Form):
    """A form whose every text is plain, of a length that fits, and holds no identity number."""

    use_required_attribute = True

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # Django's own, missing in its types
        for name in list(self.cleaned_data):
            value = self.cleaned_data[name]
            if isinstance(self.fields[name], forms.CharField) and isinstance(value, str) and value:
                self.cleaned_data[name] = text = plain(value)
                if not text and self.fields[name].required:
                    self.add_error(name, self.fields[name].error_messages["required"])
                elif looks_like_identity_number(text):
                    self.add_error(name, identity_number_refused())

    def let_choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        """Give a field the choices that this page has."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def end_after_beginning(self, starts: str, ends: str) -> None:
        """Two clocks of one day: what ends before it begins is told at the later one."""
        begins, is_over = self.cleaned_data.get(starts), self.cleaned_data.get(ends)
        if begins and is_over and is_over <= begins:
            self.add_error(
                ends, ValidationError(gettext("It ends before it begins. Look at the times again."))
            )


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A time of day, chosen in the browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class Text(forms.CharField):
    """A text that people write: too long is said with both lengths, and what was written stays."""

    def __init__(self, *, max_length: int, rows: int = 0, **kwargs: Any) -> None:
        self.longest = max_length
        self.rows = rows
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Write something first."))
        super().__init__(strip=True, **kwargs)
        if rows:
            self.widget = forms.Textarea(attrs={"rows": rows, **self.widget_attrs(forms.Textarea())})

    def to_python(self, value: Any) -> str:
        return plain(str(super().to_python(value) or "").replace("\x00", ""))

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.longest:
            raise ValidationError(
                ngettext(
                    "This is %(length)d characters long; there is room for %(longest)d."
                    " Make it shorter. Nothing is lost.",
                    "This is %(length)d characters long; there is room for %(longest)d."
                    " Make it shorter. Nothing is lost.",
                    self.longest,
                )
                % {"length": len(value), "longest": self.longest}
            )


def language_choices(codes: list[str] | None = None) -> list[tuple[str, str]]:
    """Languages under their own names."""
    return [(x.code, x.own_name) for x in LANGUAGES if codes is None or x.code in codes]


class AliasForm(SafeForm):
    """What a participant says about themself: an alias, a language and, if they like, how long here."""

    alias = Text(
        max_length=ALIAS_LENGTH,
        label=_("What shall we call you?"),
        help_text=_("Choose any name. It need not be your own."),
    )
    language = forms.ChoiceField(
        label=_("Your language"), widget=forms.Select(attrs={"class": "input languages"})
    )
    years_here = forms.ChoiceField(
        label=_("How long have you lived here?"),
        help_text=_("You do not have to answer."),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, codes: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        years = self.fields["years_here"]
        assert isinstance(language, forms.ChoiceField)
        assert isinstance(years, forms.ChoiceField)
        language.choices = language_choices(codes)
        years.choices = [*YearsHere.choices, ("", _("I would rather not say"))]

    def clean_alias(self) -> str:
        alias = " ".join(str(self.cleaned_data["alias"]).split())
        if not has_a_letter(alias):
            raise ValidationError(
                gettext("We need something that can be said aloud. Write at least one letter."),
                code="unsayable",
            )
        return alias
