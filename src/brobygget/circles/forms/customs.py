"""What may be told under "So we do"."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from brobygget.circles.forms.words import WordsForm


class CustomForm(WordsForm):
    """How somebody does something."""

    label = _("How do you do it?")


class ReplyForm(WordsForm):
    """How somebody else does it."""

    rows = 2
    label = _("And how do you do it?")
