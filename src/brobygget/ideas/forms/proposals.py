"""What may be sent to us about proposals: groups, dots, concerns and fates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from brobygget.circles.models import Circle
from brobygget.ideas import rules
from brobygget.ideas.forms.ideas import WrittenForm
from brobygget.ideas.models import Fate, Idea, Proposal
from brobygget.ideas.queries import proposals
from brobygget.people.forms import SafeForm, Text
from brobygget.web.numbers import number_in

SECRET = "secret_"  # the name tells web/once.py to leave no trace of what was chosen  # noqa: S105


class TitleForm(WrittenForm):
    """What a proposal is called."""

    title = Text(max_length=rules.TITLE_LENGTH, label=_("What shall we call it?"))
    field_order = ["title", "language"]


if TYPE_CHECKING:
    _OneProposal = forms.ModelChoiceField[Proposal]
else:
    _OneProposal = forms.ModelChoiceField


class ProposalChoice(_OneProposal):
    """Proposals by number and title."""

    def label_from_instance(self, obj: Proposal) -> str:
        return f"{obj.number}. {obj.title}"


class GroupForm(WrittenForm):
    """Some ideas, and what they become together: a new proposal with a title, or a part of one that is there."""

    ideas: forms.ModelMultipleChoiceField[Idea] = forms.ModelMultipleChoiceField(
        queryset=Idea.objects.none(),
        label=_("Ideas that mean the same"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one idea."),
            "invalid_choice": _("One of these ideas is not here any more. Choose again."),
        },
    )
    into = ProposalChoice(
        queryset=Proposal.objects.none(),
        label=_("Put them into"),
        empty_label=_("A new proposal"),
        required=False,
        error_messages={"invalid_choice": _("That proposal is not here any more. Choose again.")},
    )
    use_required_attribute = False  # the title is not asked for where they go into a proposal that is there
    title = Text(
        max_length=rules.TITLE_LENGTH,
        label=_("What shall we call it?"),
        error_messages={"required": _("Give the proposal a title.")},
    )
    field_order = ["ideas", "title", "language", "into"]

    def __init__(self, *args: Any, circle: Circle, **kwargs: Any) -> None:
        super().__init__(*args, language=circle.language, **kwargs)
        ideas, into = self.fields["ideas"], self.fields["into"]
        assert isinstance(ideas, forms.ModelMultipleChoiceField)
        assert isinstance(into, forms.ModelChoiceField)
        self.fields["title"].required = not self.data.get("into")
        ideas.queryset = proposals.groupable_ideas(circle)
        into.queryset = Proposal.objects.filter(circle=circle, votes=None, consent=None, fates=None)


class ConcernForm(WrittenForm):
    """What somebody worries about."""

    text = Text(max_length=rules.REASON_LENGTH, rows=3, label=_("What worries you?"))
    field_order = ["text", "language"]


class ConditionForm(WrittenForm):
    """What makes it safe enough to try."""

    condition = Text(
        max_length=rules.REASON_LENGTH, rows=3, label=_("What would make it safe enough to try?")
    )
    field_order = ["condition", "language"]


class FateForm(SafeForm):
    """What becomes of a proposal, why, and when to look at it again."""

    kind = forms.ChoiceField(
        label=_("What becomes of it?"), choices=Fate.Kind.choices, widget=forms.RadioSelect
    )
    reason = Text(
        max_length=rules.REASON_LENGTH,
        rows=3,
        label=_("Why?"),
        help_text=_("Everybody in the circle can read it. Needed when it is parked."),
        required=False,
    )
    look_again_on = forms.DateField(
        label=_("When do we look at it again?"),
        help_text=_("Needed when it is parked."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["look_again_on"].widget.attrs["min"] = (today + timedelta(days=1)).isoformat()


def dots_in(data: QueryDict, ballot: Iterable[Proposal]) -> dict[Proposal, int]:
    """The dots on a ballot; what is not a small number is none."""
    dots = {}
    for proposal in ballot:
        dots[proposal] = number_in(data.get(f"{SECRET}{proposal.pk}", ""), digits=2)
    return dots
