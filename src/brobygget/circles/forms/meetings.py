"""What may be sent to us about an evening, its parts and its round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from brobygget.circles import plans, prompts
from brobygget.circles.models import Meeting, Membership, Round, Step
from brobygget.people.forms import SafeForm, Text

CARD_LENGTH = 4000


class MeetingForm(SafeForm):
    """When and where, how long, and a question for the wall."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    clock = forms.TimeField(
        label=pgettext_lazy("time of day", "Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    planned_minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=30,
        max_value=480,
        help_text=_("135 minutes are three study hours."),
    )
    place = Text(max_length=120, required=False, label=_("Place"))
    wall_question = Text(
        max_length=200,
        required=False,
        label=_("A question for the wall"),
        help_text=_("Everybody sees it while they come in."),
    )

    def clean(self) -> dict[str, Any]:
        """Put day and time together as one moment in Sweden."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if facts.get("day") and facts.get("clock"):
            facts["starts_at"] = timezone.make_aware(datetime.combine(facts.pop("day"), facts.pop("clock")))
        return facts

    @staticmethod
    def facts_of(meeting: Meeting) -> dict[str, Any]:
        """What the form shows of a meeting."""
        starts = timezone.localtime(meeting.starts_at)
        return {
            "day": starts.date(),
            "clock": starts.time(),
            "planned_minutes": meeting.planned_minutes,
            "place": meeting.place,
            "wall_question": meeting.wall_question,
        }


class StepForm(SafeForm):
    """One more part of the evening."""

    kind = forms.ChoiceField(label=_("What"), choices=Step.Kind.choices)
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=plans.SHORTEST_STEP, max_value=plans.LONGEST_STEP, initial=10
    )


class LengthForm(SafeForm):
    """How long a part is: so many minutes, or a few more or less than now."""

    minutes = forms.IntegerField(required=False)
    more = forms.IntegerField(required=False)

    def minutes_after(self, now: int) -> int:
        """The length that was meant."""
        if self.cleaned_data.get("minutes") is not None:
            return int(self.cleaned_data["minutes"])
        return max(plans.SHORTEST_STEP, min(now + (self.cleaned_data.get("more") or 0), plans.LONGEST_STEP))


class RoundForm(SafeForm):
    """What the round is about, in which order, and who is here."""

    prompt = forms.ChoiceField(choices=[(each.code, each.code) for each in prompts.PROMPTS])
    order = forms.ChoiceField(
        label=_("In which order?"), choices=Round.Order.choices, widget=forms.RadioSelect, initial="drawn"
    )
    here = forms.MultipleChoiceField(
        label=_("Who is here?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        here = self.fields["here"]
        assert isinstance(here, forms.MultipleChoiceField)
        here.choices = [(str(who.pk), who.participant.alias) for who in members]

    def clean_here(self) -> list[Membership]:
        """The members whose names are ticked."""
        ticked = set(self.cleaned_data["here"])
        chosen = [who for who in self.members if str(who.pk) in ticked]
        if not chosen:
            raise ValidationError(gettext("Tick at least one name."))
        return chosen


class CardForm(SafeForm):
    """What somebody keeps for themself."""

    text = Text(max_length=CARD_LENGTH, rows=8, required=False, label=_("My own card"))
