"""What may be sent about the rooms that are counted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brobygget.openhouse.models import DoorRoom
from brobygget.openhouse.models.door import FIRE_LIMIT
from brobygget.people.forms import SafeForm, Text

MOST_PEOPLE = 5_000


class RoomForm(SafeForm):
    """A room, and how many may be in it at once."""

    name = Text(
        max_length=40, label=_("What is the room called?"), help_text=_("For example: The whole house")
    )
    most = forms.IntegerField(
        min_value=1,
        max_value=MOST_PEOPLE,
        initial=FIRE_LIMIT,
        label=_("How many may be inside at once?"),
        help_text=_("150 in a room without special arrangements. Ask whoever answers for fire safety."),
    )

    @staticmethod
    def initial_of(room: DoorRoom) -> dict[str, Any]:
        """What the form shows of one."""
        return {"name": room.name, "most": room.most}
