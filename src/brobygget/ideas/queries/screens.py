"""What the wall shows of the ideas: a round about one proposal, else a vote, else the ideas themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brobygget.circles.models import Circle, Meeting, Step
from brobygget.ideas.models import Concern, ConsentRound, Proposal
from brobygget.ideas.queries import proposals, votes, wall
from brobygget.ideas.queries.readers import latest_meeting

AT_ONCE = 6  # cards that can be read from eight metres


@dataclass(frozen=True)
class Screen:
    """One message at a time."""

    meeting: Meeting | None
    consent: ConsentRound | None = None
    concerns: Sequence[Concern] = ()
    result: votes.Result | None = None
    ballot: Sequence[Proposal] = ()
    cards: Sequence[wall.IdeaCard] = ()
    waiting: int = 0
    all_ideas: int = 0
    sheet: int = 1
    sheets: int = 1


def tag_of(circle: Circle, turn: int) -> str:
    """Changes with the evening, and with the sheet where there are more ideas than fit."""
    meeting = latest_meeting(circle)
    if meeting is None:
        return f"{circle.pk}-0"
    sheets = _sheets(proposals.shown_ideas().filter(circle=circle).count())
    return f"{circle.pk}-{meeting.pk}-{meeting.version}-{turn % sheets}"


def _sheets(ideas: int) -> int:
    return max(1, -(-ideas // AT_ONCE))


def screen_of(circle: Circle, turn: int) -> Screen:
    """What the wall shows now; `turn` goes up with time and leafs through the ideas."""
    meeting = latest_meeting(circle)
    if meeting is None:
        return Screen(None)
    consent = (
        ConsentRound.objects.filter(
            meeting=meeting, closed_at=None, proposal__in=proposals.shown_proposals(circle)
        )
        .select_related("proposal")
        .order_by("-opened_at")
        .first()
    )
    if consent is not None:
        return Screen(meeting, consent=consent, concerns=list(consent.concerns.order_by("pk")))
    vote = votes.vote_of(meeting)
    step = meeting.steps.filter(began_at__isnull=False, ended_at=None).first()
    back_to_ideas = step is not None and step.kind == Step.Kind.IDEAS
    if vote is not None and not (vote.closed_at is not None and back_to_ideas):
        return Screen(meeting, result=votes.result_of(vote), ballot=votes.ballot(vote))
    ideas = wall.ideas_on_the_wall(circle)
    sheets = _sheets(len(ideas))
    first = (turn % sheets) * AT_ONCE
    return Screen(
        meeting,
        cards=wall.cards(ideas[first : first + AT_ONCE], circle.language),
        waiting=wall.number_waiting(circle),
        all_ideas=len(ideas),
        sheet=turn % sheets + 1,
        sheets=sheets,
    )
