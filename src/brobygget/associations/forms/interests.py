"""What may be sent about interests and the register's words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brobygget.associations.models import AliasReview
from brobygget.associations.queries.interests import Interests
from brobygget.people.forms import SafeForm, Text, language_choices
from brobygget.web import icons
from brobygget.web.languages import LANGUAGES

LABEL_LENGTH = 80


def choices(interests: Interests, code: str, *, groups: bool = False) -> list[Any]:
    """Interests under their groups, or the groups alone, in a language."""
    if groups:
        return [(one.id, one.label(code).text) for one in interests.groups()]
    return [
        (group.label(code).text, [(one.id, one.label(code).text) for one in interests.activities(group.id)])
        for group in interests.groups()
    ]


def pictures(interests: Interests, code: str) -> list[Any]:
    """The pictures that there are, each called by what it stands for; those of groups stand first in their group."""
    drawn = {*icons.openmoji(), *icons.pictures()}
    called: dict[str, list[tuple[str, str]]] = {}
    for group in interests.groups():
        here = [one for one in (group, *interests.activities(group.id)) if one.picture in drawn]
        called[group.label(code).text] = [(one.picture, one.label(code).text) for one in here]
        drawn -= {one.picture for one in here}
    return list(called.items())


class InterestForm(SafeForm):
    """A new interest."""

    swedish = Text(max_length=LABEL_LENGTH, label=_("In Swedish"))
    english = Text(max_length=LABEL_LENGTH, label=_("In English"), required=False)
    group = forms.ChoiceField(label=_("Group"))
    picture = forms.ChoiceField(label=_("Picture"))

    def __init__(self, *args: Any, interests: Interests, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = choices(interests, code, groups=True)  # type: ignore[attr-defined]
        self.fields["picture"].choices = pictures(interests, code)  # type: ignore[attr-defined]


class LabelForm(SafeForm):
    """A word for an interest."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=language_choices([one.code for one in LANGUAGES if one.code != "sv-easy"]),
        widget=forms.Select(attrs={"class": "input languages"}),
    )
    label = Text(max_length=LABEL_LENGTH, label=_("Word"))
    is_checked = forms.BooleanField(label=_("Somebody who speaks the language has read it"), required=False)


class RetirementForm(forms.Form):
    """What takes its place, if anything."""

    replaced_by = forms.ChoiceField(label=_("What takes its place?"), required=False)

    def __init__(self, *args: Any, interests: Interests, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = [("", _("Nothing"))]
        self.fields["replaced_by"].choices = [*nothing, *choices(interests, code)]  # type: ignore[attr-defined]


class DecisionForm(SafeForm):
    """What a word of the register means."""

    decision = forms.ChoiceField(choices=AliasReview.Decision.choices)
    interest = forms.CharField(max_length=40, required=False)
