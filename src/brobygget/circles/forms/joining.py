"""What may be sent to us at the door."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from brobygget.people.forms import SafeForm, Text


class TicketForm(SafeForm):
    """Four words from a paper."""

    words = Text(
        max_length=100,
        label=_("The four words"),
        help_text=_("Write them as they stand, with spaces between."),
    )


class TicketsForm(forms.Form):
    """How many paper tickets to print."""

    count = forms.IntegerField(label=_("How many tickets?"), min_value=1, max_value=40, initial=8)
