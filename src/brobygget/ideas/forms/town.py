"""What may be sent to us about a town's vote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brobygget.ideas import rules
from brobygget.ideas.commands.strips import MOST_STRIPS
from brobygget.ideas.forms.ideas import ANOTHER, WrittenForm, written_languages
from brobygget.ideas.models import Answer, Idea, Proposal, Reading
from brobygget.ideas.queries.town_ideas import has_link
from brobygget.people.forms import Text

HIGHEST_SEQ = 2**53  # what a phone can count to


class AnswerForm(forms.Form):
    """One press: yes, no or not yet, with the number that the browser gave it."""

    # The name tells web/once.py to leave no trace of what was chosen.
    secret_choice = forms.TypedChoiceField(
        choices=Answer.Choice.choices,
        coerce=int,
        error_messages={"required": _("Choose one of the answers.")},
    )
    seq = forms.IntegerField(min_value=1, max_value=HIGHEST_SEQ)


class OwnIdeaForm(WrittenForm):
    """An idea of somebody who votes."""

    text = Text(
        max_length=rules.TOWN_IDEA_LENGTH,
        rows=4,
        label=_("What is your idea?"),
        help_text=_(
            "No names, no telephone numbers, no links. Somebody in the house reads it before the town does."
        ),
    )
    field_order = ["text", "language"]

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if has_link(text):
            raise ValidationError(
                gettext("Links cannot be shown to the town. Take the link away and send again.")
            )
        return text


class TownVoteForm(WrittenForm):
    """Which ideas the town is asked about, and the question above them."""

    title = Text(
        max_length=rules.TOWN_TITLE_LENGTH,
        label=_("The question to the town"),
        help_text=_("For example: what shall we do together in Älvnäs?"),
    )
    proposals: forms.ModelMultipleChoiceField[Proposal] = forms.ModelMultipleChoiceField(
        queryset=Proposal.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    ideas: forms.ModelMultipleChoiceField[Idea] = forms.ModelMultipleChoiceField(
        queryset=Idea.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["title", "language", "proposals", "ideas"]

    def __init__(
        self, *args: Any, proposals: QuerySet[Proposal], ideas: QuerySet[Idea], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("proposals", proposals), ("ideas", ideas)):
            found = self.fields[name]
            assert isinstance(found, forms.ModelMultipleChoiceField)
            found.queryset = choices
            found.error_messages["invalid_choice"] = _(
                "One of these ideas is not here any more. Choose again."
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("proposals") and not data.get("ideas"):
            self.add_error(None, ValidationError(gettext("Choose at least one idea.")))
        return data


class StripsForm(forms.Form):
    """How many strips to print."""

    count = forms.IntegerField(min_value=1, max_value=MOST_STRIPS, initial=100, label=_("How many strips?"))


class HideForm(forms.Form):
    """Why an idea is hidden: a reason of the list, so that nobody needs to write about anybody."""

    reason = forms.ChoiceField(label=_("Why?"), choices=Reading.Reason.choices)


class TownTranslationForm(WrittenForm):
    """The idea in another language."""

    text = Text(max_length=rules.IDEA_LENGTH, rows=4, label=_("The idea in your words"))
    is_checked = forms.BooleanField(
        label=_("It says the same as the original. I know both languages."), required=False
    )
    field_order = ["language", "text", "is_checked"]

    def __init__(self, *args: Any, original: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["language"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            (code, name) for code, name in written_languages() if code not in {original, ANOTHER}
        ]
