"""What may be agreed as a rule."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from brobygget.circles.forms.words import WordsForm


class RuleForm(WordsForm):
    """One rule, short enough to be read aloud."""

    longest = 300
    rows = 2
    label = _("What have you agreed on?")
