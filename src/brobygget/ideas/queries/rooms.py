"""The room at one moment: its ideas, what is asked of the reader, and what the leader can do."""

from __future__ import annotations

from dataclasses import dataclass, field

from brobygget.circles.models import Meeting
from brobygget.ideas.models import ConsentRound, DotVote, Idea
from brobygget.ideas.queries import proposals, votes, wall
from brobygget.ideas.queries.readers import Reader, latest_meeting


@dataclass(frozen=True)
class Room:
    """What the reader sees now."""

    meeting: Meeting | None
    cards: list[wall.IdeaCard]
    waiting: int
    vote: DotVote | None
    has_given: bool
    consent: ConsentRound | None
    has_proposals: bool
    hidden: list[Idea] = field(default_factory=list)  # leader only, by number

    @property
    def is_going_on(self) -> bool:
        """Whether ideas can be given now."""
        return self.meeting is not None and self.meeting.is_open


def consent_going_on(reader: Reader) -> ConsentRound | None:
    """The round about a proposal that is open now."""
    return (
        ConsentRound.objects.filter(proposal__in=proposals.shown_proposals(reader.circle), closed_at=None)
        .select_related("proposal")
        .order_by("-opened_at")
        .first()
    )


def room_of(reader: Reader, language: str) -> Room:
    """The room for this reader, in at most nine queries however many ideas there are."""
    meeting = latest_meeting(reader.circle)
    vote = votes.vote_of(meeting) if meeting else None
    here = reader.membership
    return Room(
        meeting=meeting,
        cards=wall.cards(wall.ideas_on_the_wall(reader.circle), language, reader.circle.language),
        waiting=wall.number_waiting(reader.circle),
        vote=vote,
        has_given=bool(vote and here and votes.has_given_dots(vote, here)),
        consent=consent_going_on(reader),
        has_proposals=proposals.shown_proposals(reader.circle).exists(),
        hidden=wall.hidden_numbers(reader.circle) if reader.is_leader else [],
    )


def tag_of(reader: Reader) -> str:
    """What changes when the room would look different to this reader; every command raises the version."""
    meeting = latest_meeting(reader.circle)
    version = f"{meeting.pk}-{meeting.version}" if meeting else "0"
    return f"{reader.circle.pk}-{version}-{int(reader.is_leader)}{int(reader.is_interpreter)}-{reader.membership_id}"
