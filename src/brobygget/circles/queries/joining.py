"""Questions about ways in."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from brobygget.circles.models import Circle, Invitation
from brobygget.people import tokens


def invitation_behind(token: str) -> Invitation | None:
    """The circle's open link, or None for a wrong or closed one."""
    return _open().filter(kind=Invitation.Kind.LINK, digest=tokens.digest("invitation", token)).first()


def ticket_behind(words: str, *, at: datetime) -> Invitation | None:
    """The unused ticket with these four words."""
    return (
        _open()
        .filter(
            kind=Invitation.Kind.TICKET, used_at=None, digest=tokens.digest("ticket", tokens.as_spoken(words))
        )
        .filter(Q(expires_at=None) | Q(expires_at__gt=at))
        .first()
    )


def open_tickets(circle: Circle, *, at: datetime) -> QuerySet[Invitation]:
    """The tickets that can still be given to somebody."""
    tickets = circle.invitations.filter(kind=Invitation.Kind.TICKET, used_at=None, revoked_at=None)
    return tickets.filter(Q(expires_at=None) | Q(expires_at__gt=at)).order_by("made_on", "pk")


def _open() -> QuerySet[Invitation]:
    return Invitation.objects.filter(revoked_at=None, circle__ended_on=None).select_related("circle__house")
