"""Who is reading, and which circle's ideas that reader may see. Absence and presence look the same: None."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brobygget.circles.models import Circle, Meeting, Membership
from brobygget.circles.queries.sitting import sitter_in
from brobygget.house.models import House
from brobygget.people.models import Account, Participant, Role


@dataclass(frozen=True)
class Reader:
    """Somebody in front of a circle's ideas: as a member of it, as its leader, as an interpreter; or several."""

    circle: Circle
    membership: Membership | None
    is_leader: bool
    is_interpreter: bool

    @property
    def language(self) -> str:
        """The language in which this reader probably writes."""
        return self.membership.participant.language if self.membership else self.circle.language

    @property
    def membership_id(self) -> int:
        """The member's key, 0 for somebody who only leads."""
        return self.membership.pk if self.membership else 0

    @property
    def may_check(self) -> bool:
        """Whether a translation by this reader counts as checked, when they say so."""
        return self.is_leader or self.is_interpreter


def reader_of(
    circle_id: int, *, participant: Participant | None, account: Account | None, house: House | None, on: date
) -> Reader | None:
    """The reader of this circle's ideas, or nobody."""
    sitter = sitter_in(
        circle_id, participant=participant, account=account, house_pk=house.pk if house else None, on=on
    )
    interprets = account is not None and house is not None and Role.Kind.INTERPRETER in house.roles_of_reader
    if sitter is not None:
        return Reader(sitter.circle, sitter.membership, sitter.leads, interprets)
    circle = (
        Circle.objects.filter(pk=circle_id, house=house).select_related("house").first()
        if interprets
        else None
    )
    return Reader(circle, None, is_leader=False, is_interpreter=True) if circle is not None else None


def meeting_going_on(circle: Circle) -> Meeting | None:
    """The evening that is open now."""
    return circle.meetings.filter(closed_at=None).exclude(opened_at=None).order_by("-number").first()


def latest_meeting(circle: Circle) -> Meeting | None:
    """The evening that is open now, else the last one that was."""
    return circle.meetings.exclude(opened_at=None).order_by("-number").first()
