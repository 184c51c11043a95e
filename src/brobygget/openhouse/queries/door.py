"""How many are inside, hour by hour, and how it was; and what the two addresses of the door open."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet, Sum
from django.utils import timezone

from brobygget.openhouse import rules
from brobygget.openhouse.models import Door, DoorCount, DoorRoom, FaceCount
from brobygget.people.tokens import derived_token
from brobygget.web.moments import SWEDEN

COUNTING, FACES = "door-counting", "door-faces"
Face = FaceCount.Face
Sums = list[tuple[tuple[str, ...], int]]


@dataclass(frozen=True)
class Inside:
    """One room just now."""

    room: DoorRoom
    adults: int
    children: int

    @property
    def number(self) -> int:
        """How many are inside; presses that are still on their way can make it less than nothing for a while."""
        return max(self.adults + self.children, 0)

    @property
    def warns_at(self) -> int:
        """From when it is soon full."""
        return rules.warns_at(self.room.most)

    @property
    def left(self) -> int:
        """How many more may come in."""
        return max(self.room.most - self.number, 0)

    @property
    def state(self) -> str:
        """open, soon or full."""
        if self.number >= self.room.most:
            return "full"
        return "soon" if self.number >= self.warns_at else "open"


@dataclass(frozen=True)
class Hour:
    """One hour at the door of a room, and how many were inside when it ended."""

    begins: datetime
    came: int
    children: int  # of those who came
    left: int
    inside: int


def counts_on(room: DoorRoom, *, on: datetime) -> QuerySet[DoorCount]:
    """The rows of one day, by the clock in Sweden."""
    return _on_the_day(room.counts.all(), on).order_by("begins")


def _on_the_day(rows: QuerySet[DoorCount], on: datetime) -> QuerySet[DoorCount]:
    first = timezone.localtime(on, SWEDEN).replace(hour=0, minute=0, second=0, microsecond=0)
    return rows.filter(begins__gte=first, begins__lt=first + timedelta(days=1))


def inside(room: DoorRoom, *, on: datetime) -> int:
    """How many are inside on that day so far."""
    return inside_now(room, on=on).number


def inside_now(room: DoorRoom, *, on: datetime) -> Inside:
    """Grown-ups and children: one query. A day has few quarters of an hour, and sums are quicker made than asked for."""
    rows = _on_the_day(room.counts.order_by(), on)
    adults = children = 0
    for adults_in, adults_out, children_in, children_out in rows.values_list(
        "adults_in", "adults_out", "children_in", "children_out"
    ):
        adults += adults_in - adults_out
        children += children_in - children_out
    return Inside(room, adults, children)


def rooms_now(door: Door, *, on: datetime) -> list[Inside]:
    """Every room: two queries, however many there are."""
    rows = (
        _on_the_day(DoorCount.objects.filter(room__door=door), on)
        .values("room")
        .annotate(
            adults=Sum("adults_in") - Sum("adults_out"), children=Sum("children_in") - Sum("children_out")
        )
    )
    found = {row["room"]: (row["adults"], row["children"]) for row in rows}
    return [Inside(room, *found.get(room.pk, (0, 0))) for room in door.rooms.all()]


def hours_of(room: DoorRoom, *, on: datetime) -> list[Hour]:
    """The day at one room, hour by hour; hours in which nothing happened between others are there too."""
    rows = list(counts_on(room, on=on))
    if not rows:
        return []
    by_hour: dict[datetime, list[DoorCount]] = {}
    for row in rows:
        began = timezone.localtime(row.begins, SWEDEN).replace(minute=0)
        by_hour.setdefault(began, []).append(row)
    hours, there, began = [], 0, min(by_hour)
    while began <= max(by_hour):
        those = by_hour.get(began, [])
        children = sum(row.children_in for row in those)
        came = sum(row.adults_in for row in those) + children
        left = sum(row.adults_out + row.children_out for row in those)
        there += came - left
        hours.append(Hour(began, came, children, left, max(there, 0)))
        began += timedelta(hours=1)
    return hours


# -- how it was ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class HowItWas:
    """All presses, and the sums that may be shown: of four faces, of two halves, or none."""

    presses: int
    shown: Sums


def how_it_was(door: Door) -> HowItWas:
    """Sums of fewer than five are put together with their neighbours, and not shown if that does not help."""
    found = dict(door.faces.values_list("face", "presses"))
    four: Sums = [((str(face),), found.get(face, 0)) for face in Face.values]
    halves: Sums = [(four[at][0] + four[at + 1][0], four[at][1] + four[at + 1][1]) for at in (0, 2)]
    shown: Sums = []
    for sums in (four, halves):
        if all(number == 0 or number >= rules.FEWEST_FACES for _faces, number in sums):
            shown = sums
            break
    presses = sum(found.values())
    return HowItWas(presses if presses >= rules.FEWEST_FACES else 0, shown if presses else [])


# -- the two addresses ---------------------------------------------------------------------------------------------
def token_of(door: Door, purpose: str) -> str:
    """The secret in an address. It lies in no table, and a new generation closes it."""
    return derived_token(purpose, f"{door.pk}:{door.generation}")


def door_behind(pk: int, token: str, *, purpose: str, on: date) -> Door | None:
    """The door that an address opens, or None for any other address: one query, without the house."""
    found = next(iter(Door.objects.select_related("openhouse").filter(openhouse=pk)), None)
    return found if found is not None and _opens(found, token, purpose=purpose, on=on) else None


def room_behind(pk: int, token: str, room: int, *, on: date) -> DoorRoom | None:
    """The room that an address for counting opens, with its door: one query, without the house. It is asked at each press."""
    rooms = DoorRoom.objects.select_related("door__openhouse").order_by()
    found = next(iter(rooms.filter(pk=room, door__openhouse=pk)), None)
    return found if found is not None and _opens(found.door, token, purpose=COUNTING, on=on) else None


def _opens(door: Door, token: str, *, purpose: str, on: date) -> bool:
    is_right = hmac.compare_digest(token_of(door, purpose).encode(), token.encode("utf-8", "replace"))
    return is_right and rules.door_is_watched(door.openhouse, on=on)
