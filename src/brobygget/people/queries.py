"""Questions about people."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from brobygget.people import tokens
from brobygget.people.models import Participant, PersonalLink


def participant_behind(token: str, *, purpose: PersonalLink.Purpose, at: datetime) -> Participant | None:
    """Whom a secret belongs to, if it is for this purpose and still open."""
    link = (
        PersonalLink.objects.filter(digest=tokens.digest(purpose, token), purpose=purpose, revoked_at=None)
        .filter(Q(expires_at=None) | Q(expires_at__gt=at))
        .select_related("participant__house")
        .first()
    )
    return link.participant if link else None
