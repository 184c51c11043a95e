"""What the staff writes to those who come, beside their table."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from brobygget.openhouse.models import Briefing
from brobygget.people.forms import SafeForm, Text


class BriefingForm(SafeForm):
    """Whom to ask, and what else is good to know."""

    ask = Text(
        max_length=120,
        required=False,
        label=_("Whom to ask on the day"),
        help_text=_("A name and a telephone number that may be printed."),
    )
    note = Text(
        max_length=500,
        rows=3,
        required=False,
        label=_("What else is good to know"),
        help_text=_("Where to unload and to park, when there is coffee."),
    )

    @staticmethod
    def initial_of(briefing: Briefing) -> dict[str, Any]:
        """What the form shows."""
        return {"ask": briefing.ask, "note": briefing.note}
