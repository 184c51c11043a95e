"""How it stands with one invitation, as one word that pages put into sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from brobygget.openhouse import rules
from brobygget.openhouse.models import WAITING, Answer, Invitation, OpenHouse, Place, PlaceCall

Said = Answer.Said


@dataclass(frozen=True)
class State:
    """silent, maybe, no, wants, late, place, waiting, called, passed, given-up, called-off, over."""

    code: str
    number: int = 0  # of those who wait
    call: PlaceCall | None = None

    @property
    def by(self) -> datetime | None:
        """Until when a call can be answered; None as long as nobody has told them."""
        return self.call.answer_by if self.call else None


def waiting_numbers(openhouse: OpenHouse) -> dict[int, int]:
    """Who waits, by place, and as the which: one query."""
    waiting = openhouse.in_order.filter(WAITING)
    return {
        pk: number
        for number, pk in enumerate(waiting.order_by("position").values_list("pk", flat=True), start=1)
    }


def state_of(invitation: Invitation, *, numbers: Mapping[int, int], at: datetime) -> State:
    """How it stands; the invitation comes from `queries.invitations.with_state`."""
    openhouse = invitation.openhouse
    if openhouse.called_off_on is not None:
        return State("called-off")
    place: Place | None = getattr(invitation, "place", None)
    answer: Answer | None = getattr(invitation, "answer", None)
    if place is not None and answer is not None and answer.said == Said.YES:
        found = _of_place(place, numbers)
        if found is not None:
            return found
    if not rules.is_open_for_answers(openhouse, at=at):
        return State("over")
    if answer is None:
        return State("silent")
    if place is not None and place.given_up_at is not None and answer.said == Said.NO:
        return State("given-up")
    if answer.said != Said.YES:
        return State(str(answer.said))
    is_late = answer.wants_since is not None and rules.is_late_at(openhouse, at=answer.wants_since)
    return State("late" if is_late else "wants")


def _of_place(place: Place, numbers: Mapping[int, int]) -> State | None:
    if place.has_place:
        return State("place")
    calls: list[PlaceCall] = getattr(place, "open_calls", [])
    if calls:
        return State("called", call=calls[0])
    if place.given_up_at is not None:
        return None
    if place.passed_at is not None:
        return State("passed")
    return State("waiting", number=numbers.get(place.pk, 0))
