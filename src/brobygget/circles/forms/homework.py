"""What may be asked and answered as homework."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brobygget.circles.forms.words import WordsForm
from brobygget.circles.models import HomeworkAnswer, Membership


class QuestionForm(WordsForm):
    """One question for everybody."""

    longest = 300
    rows = 2
    label = _("What shall everybody find out?")


class AnswerForm(WordsForm):
    """An answer from somebody's own phone."""

    longest = 2000
    rows = 4
    label = _("Your answer")


class WrittenAnswerForm(WordsForm):
    """An answer that the leader writes down for somebody."""

    longest = 2000
    rows = 3
    label = _("What was written or said?")

    def __init__(self, *args: Any, still: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(who.pk): who for who in still}
        self.fields["channel"] = forms.ChoiceField(
            choices=[
                (channel.value, channel.label)
                for channel in (HomeworkAnswer.Channel.PAPER, HomeworkAnswer.Channel.ALOUD)
            ],
            label=_("How did it come?"),
            initial=HomeworkAnswer.Channel.PAPER,
            widget=forms.RadioSelect,
        )
        self.fields["who"] = forms.ChoiceField(
            choices=[("", _("We do not write that down"))]
            + [(pk, who.participant.alias) for pk, who in self.people.items()],
            label=_("Whose phone need not ask again?"),
            help_text=_("It is kept apart from the answer."),
            required=False,
        )

    @property
    def membership(self) -> Membership | None:
        """Who has answered, when the leader says so."""
        return self.people.get(self.cleaned_data["who"])
