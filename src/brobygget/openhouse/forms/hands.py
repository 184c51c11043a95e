"""What may be sent about raised hands: by a visitor, by an association at its stand, by the reception."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from brobygget.associations.forms.own import Phone
from brobygget.associations.secrets import LENGTH
from brobygget.openhouse.commands.hands import Told
from brobygget.openhouse.models import Visitor
from brobygget.people.forms import ALIAS_LENGTH, SafeForm, Text, has_a_letter, language_choices

LONGEST_WISH, LONGEST_REPLY = 300, 300
FEWEST_DIGITS, MOST_DIGITS = 7, 15
BETWEEN_DIGITS = set(" +-–()/.")
Way = Visitor.Way
WHICH_SLIP = _("Ten signs, on the slip or on the visitor's phone. With it the answer can be picked up.")


class Telephone(Phone):
    """A number that somebody shall be reached at: digits of any script, kept as ours."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text)

    def validate(self, value: str) -> None:
        Text.validate(self, value)
        digits = sum(map(str.isdigit, value))
        is_one = FEWEST_DIGITS <= digits <= MOST_DIGITS and set(value) <= BETWEEN_DIGITS | set("0123456789")
        if value and not is_one:
            raise ValidationError(
                gettext(
                    "That is not a telephone number. Look at it again: 070 123 45 67, or +46 70 123 45 67."
                )
            )


def wish_field() -> Text:
    """The few words that go with a hand."""
    return Text(
        max_length=LONGEST_WISH,
        rows=3,
        required=False,
        label=_("Do you want to say something?"),
        help_text=_("For example when you can, or what you wonder. In any language."),
    )


class VisitorForm(SafeForm):
    """How a visitor wants to be called and reached. Nothing but the language has to be said."""

    way = forms.ChoiceField(
        label=_("How do you want the answer?"), choices=Way.choices, widget=forms.RadioSelect
    )
    telephone = Telephone(
        label=_("Telephone number"), help_text=_("Only for a message or a call. It may be somebody else's.")
    )
    alias = Text(
        max_length=ALIAS_LENGTH,
        required=False,
        label=_("What shall they call you?"),
        help_text=_("Any name you like. If you write nothing, they call you by a number."),
    )
    spoken = forms.ChoiceField(
        label=_("Your language"), widget=forms.Select(attrs={"class": "input languages"})
    )
    years = forms.ChoiceField(
        label=_("How long have you lived here?"),
        required=False,
        choices=Visitor.Years.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.let_choose("spoken", language_choices())

    def clean_alias(self) -> str:
        alias = " ".join(str(self.cleaned_data["alias"]).split())
        if alias and not has_a_letter(alias):
            raise ValidationError(
                gettext("We need something that can be said aloud. Write at least one letter, or nothing.")
            )
        return alias

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        needs_number = data.get("way") in (Way.MESSAGE, Way.CALL)
        if needs_number and not data.get("telephone") and "telephone" not in self.errors:
            self.add_error(
                "telephone", gettext("Write the number, or choose to pick the answer up at the reception.")
            )
        return data

    def told(self) -> Told:
        """What the command wants to know."""
        names = ("alias", "spoken", "way", "telephone", "years")
        return Told(**{name: self.cleaned_data.get(name, "") for name in names})

    @staticmethod
    def initial_of(visitor: Visitor) -> dict[str, Any]:
        """What was told before."""
        return {name: getattr(visitor, name) for name in ("alias", "spoken", "way", "telephone", "years")}


class WishForm(SafeForm):
    """One more hand of somebody who has told everything else already."""

    wish = wish_field()


class WantForm(VisitorForm):
    """The first hand."""

    wish = wish_field()


class StandForm(WantForm):
    """A visitor stands at the table, or has left a slip. With a code that is known nothing else has to be asked."""

    code = Text(
        max_length=2 * LENGTH, required=False, label=_("The code, if they have one"), help_text=WHICH_SLIP
    )
    how = forms.ChoiceField(
        label=_("Where does it come from?"),
        choices=[("stand", _("The visitor is here")), ("paper", _("A slip of paper"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, knows_visitor: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if knows_visitor:
            for name in ("way", "spoken"):
                self.fields[name].required = False
        else:
            self.let_choose("spoken", [("", gettext("Choose")), *language_choices()])


class DeskForm(StandForm):
    """A slip that reached the reception: to whom it is, too."""

    to = forms.TypedChoiceField(label=_("Which association?"), coerce=int)

    field_order = ("to", "code", "how")

    def __init__(self, *args: Any, choices: Sequence[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.let_choose("to", [("", gettext("Choose")), *choices])


class HandCodeForm(SafeForm):
    """What somebody says at the reception."""

    code = Text(
        max_length=2 * LENGTH,
        label=pgettext_lazy("hand", "The code"),
        help_text=_("Ten signs. Small or large letters do not matter."),
    )


class ReplyForm(SafeForm):
    """The answer that waits at the reception."""

    reply = Text(
        max_length=LONGEST_REPLY,
        rows=3,
        label=_("Your answer"),
        help_text=_(
            "When, where, and the first name of who meets them. The reception reads it out to whoever has the code."
        ),
    )
