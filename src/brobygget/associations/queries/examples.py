"""What the town's own register has to show when somebody asks what an association is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brobygget.associations.models import Known
from brobygget.associations.queries.cards import Card
from brobygget.associations.queries.find import everything, in_the_order_of_the_day
from brobygget.associations.queries.interests import InterestHere
from brobygget.house.models import House

A_FEW = 4
ENOUGH_TO_TELL = 5


@dataclass(frozen=True)
class Example:
    """An association of the town with the picture of what it does."""

    card: Card
    interest: InterestHere


@dataclass(frozen=True)
class Examples:
    """A few of different kinds, others each day; sums only where enough have said."""

    some: list[Example]
    total: int
    free_first_time: int
    lowest_fee: int | None
    usual_fee: int | None
    highest_fee: int | None


def examples(house: House, *, on: date) -> Examples:
    """Drawn from the associations that are shown: two queries."""
    cards, interests = everything(house, on=on)
    some: dict[str, Example] = {}
    for card in in_the_order_of_the_day(cards, on=on):
        first = next((one for each in card.interests if (one := interests.by_id.get(each))), None)
        if first is not None and len(some) < A_FEW:
            some.setdefault(first.group, Example(card, first))
    fees = sorted(card.fee_sek for card in cards if card.fee_sek is not None)
    is_enough = len(fees) >= ENOUGH_TO_TELL
    return Examples(
        some=list(some.values()),
        total=len(cards),
        free_first_time=sum(card.try_free == Known.YES for card in cards),
        lowest_fee=fees[0] if is_enough else None,
        usual_fee=fees[len(fees) // 2] if is_enough else None,
        highest_fee=fees[-1] if is_enough else None,
    )
