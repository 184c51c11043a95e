"""What the associations that come are told beside their table: whom to ask on the day, and what else to know."""

from __future__ import annotations

from django.db import models

from brobygget.openhouse.models.events import OpenHouse


class Briefing(models.Model):
    """Words of the staff, in the language of the open house; on every confirmation and in every reminder."""

    openhouse = models.OneToOneField(OpenHouse, on_delete=models.CASCADE, related_name="briefing")
    ask = models.CharField(max_length=120, blank=True)  # a name and a telephone number, chosen for this
    note = models.TextField(blank=True)  # where to unload, where to park

    def __str__(self) -> str:
        return f"{self.openhouse_id}"
