"""The times of a day's meetings: one after the other, with a break between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

SOME_DAY = date(2000, 1, 3)


@dataclass(frozen=True, order=True)
class Slot:
    """From when until when a meeting lasts."""

    starts: time
    ends: time

    def meets(self, other: Slot) -> bool:
        """Whether somebody cannot be at both."""
        return self.starts < other.ends and other.starts < self.ends

    @property
    def value(self) -> str:
        """As it stands in a form and in a row."""
        return f"{self.starts:%H:%M}-{self.ends:%H:%M}"


def slots_between(starts: time, ends: time, *, minutes: int, pause: int) -> list[Slot]:
    """Every meeting that is over when the time is; none where not even one fits."""
    found: list[Slot] = []
    begins, over = datetime.combine(SOME_DAY, starts), datetime.combine(SOME_DAY, ends)
    while begins + timedelta(minutes=minutes) <= over:
        is_over = begins + timedelta(minutes=minutes)
        found.append(Slot(begins.time(), is_over.time()))
        begins = is_over + timedelta(minutes=pause)
    return found


def slots_in(text: str) -> list[Slot]:
    """Times as a row keeps them; what is no time is left out."""
    found = []
    for part in text.split(","):
        first, _dash, last = part.partition("-")
        try:
            slot = Slot(time.fromisoformat(first), time.fromisoformat(last))
        except ValueError:
            continue
        if slot.starts < slot.ends:
            found.append(slot)
    return found
