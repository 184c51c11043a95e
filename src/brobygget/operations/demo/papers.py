"""Chapter G: the staff has written whom to ask on the day. The reminder itself is pressed on the Friday, four days later."""

from __future__ import annotations

from brobygget.house.models import House
from brobygget.openhouse.commands.reminding import write_briefing
from brobygget.openhouse.models import OpenHouse

ASK = "Greta vid entrén, 0980-31 92 40"
NOTE = "Lasta av på baksidan före klockan 10.30 och parkera sedan vid älven. Det finns kaffe i korridoren från klockan 10."


def brief_those_who_come(house: House) -> None:
    """Whom to ask, and where to unload."""
    write_briefing(OpenHouse.objects.get(house=house), ask=ASK, note=NOTE)
