"""What may be sent to us about ideas."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brobygget.ideas import rules
from brobygget.ideas.drawing import NotADrawing, cleaned
from brobygget.ideas.models import Idea
from brobygget.people.forms import SafeForm, Text, language_choices

ANOTHER = "und"


def written_languages() -> list[tuple[str, str]]:
    """Languages that people write in, and a last choice for every other one."""
    known = [(code, name) for code, name in language_choices() if code != "sv-easy"]
    return [*known, (ANOTHER, gettext("Another language"))]


def written_by(code: str) -> str:
    """The language that somebody who reads this one writes in."""
    return "sv" if code == "sv-easy" else code


class Drawing(forms.Field):
    """Lines from the sheet; not a text, so nobody's number is looked for in it."""

    widget = forms.HiddenInput(attrs={"data-drawing-path": ""})

    def to_python(self, value: Any) -> str:
        if not value:
            return ""
        try:
            return cleaned(str(value))
        except NotADrawing:
            raise ValidationError(gettext("The drawing did not come through. Draw it once more.")) from None


class WrittenForm(SafeForm):
    """Words, and the language they are in."""

    language = forms.ChoiceField(label=_("In which language?"))

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("language", written_by(language))
        super().__init__(*args, **kwargs)
        choice = self.fields["language"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = written_languages()


class IdeaForm(WrittenForm):
    """An idea in words, in lines, or both."""

    use_required_attribute = False  # a drawing alone is an idea too

    text = Text(
        max_length=rules.IDEA_LENGTH,
        rows=5,
        label=_("What is your idea?"),
        error_messages={"required": _("Write something or draw something first.")},
    )
    drawing = Drawing(required=False)
    field_order = ["text", "drawing", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("drawing"):
            self.fields["text"].required = False

    @property
    def channel(self) -> Idea.Channel:
        """How it was given."""
        only_drawn = self.cleaned_data["drawing"] and not self.cleaned_data["text"]
        return Idea.Channel.DRAWN if only_drawn else Idea.Channel.TYPED


class SpokenIdeaForm(WrittenForm):
    """An idea that somebody said and the leader writes down; by whom is neither asked nor kept."""

    text = Text(max_length=rules.IDEA_LENGTH, rows=5, label=_("The idea, in the words it was said in"))
    whose = forms.ChoiceField(
        label=_("Who says it?"),
        help_text=_("The ideas of those who organise wait until the participants have given theirs."),
        choices=[("participant", _("A participant")), ("organiser", _("One of us who organise"))],
        initial="participant",
        widget=forms.RadioSelect,
    )
    field_order = ["text", "language", "whose"]

    @property
    def by_organiser(self) -> bool:
        """Whether it waits."""
        return bool(self.cleaned_data["whose"] == "organiser")


class TranslationForm(WrittenForm):
    """The idea in another language."""

    text = Text(max_length=rules.IDEA_LENGTH, rows=5, label=_("The idea in your words"))
    is_checked = forms.BooleanField(
        label=_("It says the same as the original. I know both languages."), required=False
    )
    field_order = ["language", "text", "is_checked"]

    def __init__(self, *args: Any, may_check: bool, original: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["language"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            (code, name) for code, name in written_languages() if code not in {original, ANOTHER}
        ]
        if not may_check:
            del self.fields["is_checked"]
