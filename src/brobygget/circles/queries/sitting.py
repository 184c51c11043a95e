"""Where a reader sits: who may open which circle, and on which side of the leader's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brobygget.circles.models import Circle, Meeting, Membership
from brobygget.circles.rules import may_lead
from brobygget.people.models import Account, Participant


@dataclass(frozen=True)
class Sitter:
    """A reader in a circle: somebody who takes part, somebody who leads, or both on one phone."""

    circle: Circle
    membership: Membership | None
    leads: bool

    @property
    def language(self) -> str:
        """The language in which this reader probably writes."""
        return self.membership.participant.language if self.membership else self.circle.language


def sitter_in(
    circle_pk: int,
    *,
    participant: Participant | None,
    account: Account | None,
    house_pk: int | None,
    on: date,
) -> Sitter | None:
    """The reader's place in a circle; None looks the same whether the circle exists or not."""
    circle = Circle.objects.select_related("house", "leader").filter(pk=circle_pk).first()
    if circle is None:
        return None
    membership = None
    if participant is not None:
        membership = circle.memberships.select_related("participant").filter(participant=participant).first()
    leads = account is not None and circle.house_id == house_pk and may_lead(account, circle, on=on)
    if membership is None and not leads:
        return None
    return Sitter(circle=circle, membership=membership, leads=leads)


def circle_of_meeting(meeting_pk: int) -> int | None:
    """Which circle a meeting belongs to."""
    return Meeting.objects.filter(pk=meeting_pk).values_list("circle_id", flat=True).first()
