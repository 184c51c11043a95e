"""Questions about people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from brobygget.people import tokens
from brobygget.people.models import Participant, PersonalLink, WrongTry

MOST_WRONG_TRIES_A_MINUTE = 30


@dataclass(frozen=True)
class WayBack:
    """How a participant comes back on another phone."""

    token: str
    words: str


def participant_behind(token: str, *, purpose: PersonalLink.Purpose) -> Participant | None:
    """Whom a secret belongs to, if it is for this purpose and still open."""
    link = (
        PersonalLink.objects.filter(digest=tokens.digest(purpose, token), purpose=purpose, revoked_at=None)
        .select_related("participant__house")
        .first()
    )
    return link.participant if link else None


def is_locked_by_wrong_tries(*, at: datetime) -> bool:
    """Whether so many wrong secrets were typed this minute that a right one has to wait too."""
    minute = at.replace(second=0, microsecond=0)
    return WrongTry.objects.filter(minute=minute, tries__gte=MOST_WRONG_TRIES_A_MINUTE).exists()


def way_back_of(participant: Participant) -> WayBack | None:
    """The link and the words that the participant may read again; None before any were given."""
    ways = [PersonalLink.Purpose.COME_BACK, PersonalLink.Purpose.WORDS]
    seeds = dict(
        participant.links.filter(revoked_at=None, purpose__in=ways)
        .exclude(seed="")
        .values_list("purpose", "seed")
    )
    if len(seeds) < len(ways):
        return None
    return WayBack(
        token=tokens.derived_token(ways[0], seeds[ways[0]]),
        words=tokens.derived_words(ways[1], seeds[ways[1]]),
    )
