"""Who may do what with ideas, and when.

The staff brake. An organiser's idea is stored, counted, and shown to nobody, until (1) participants have given at
least one idea at the same meeting and (2) the leader opens what waits. Whether *every* participant has given one
is asked aloud and not counted by us: a row that says who has given an idea would, beside the rows of ideas, tell
who wrote which.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from brobygget.circles.models import Attendance, Circle, Membership
from brobygget.ideas.models import Concern, DotVote, Idea, Proposal

IDEA_LENGTH = 1000
TITLE_LENGTH = 200
REASON_LENGTH = 500
DOTS_EACH = 3
FEWEST_VOTERS = 5  # the result of fewer could tell who gave what


def ideas_that_may_open(circle: Circle) -> QuerySet[Idea]:
    """Organisers' ideas whose wait is over when the leader says so; see the head of this file."""
    from_participants = Idea.objects.filter(
        circle=circle, meeting=OuterRef("meeting"), is_from_organiser=False
    )
    return circle.ideas.filter(number=None, hidden_on=None).filter(Exists(from_participants))


def may_give_dots(vote: DotVote, membership: Membership) -> bool:
    """Everybody of the circle who is here this evening, organisers too."""
    is_here = Attendance.objects.filter(meeting=vote.meeting_id, membership=membership).exists()
    return is_here and membership.circle_id == vote.meeting.circle_id


def may_be_regrouped(proposal: Proposal) -> bool:
    """Until somebody has been asked about it: what was voted on or decided stays what it was."""
    return not (
        proposal.votes.exists()
        or proposal.fates.exists()
        or Proposal.objects.filter(pk=proposal.pk, consent__isnull=False).exists()
    )


def has_open_vote(circle: Circle) -> bool:
    """While dots are being given, the ballot does not change."""
    return DotVote.objects.filter(meeting__circle=circle, closed_at=None).exists()


def may_be_tried(proposal: Proposal) -> bool:
    """Safe enough to try: every concern has been answered with a condition."""
    return not Concern.objects.filter(consent__proposal=proposal, condition="").exists()


def may_be_shown(voters: int) -> bool:
    """Whether the sum of so many ballots hides each of them."""
    return voters >= FEWEST_VOTERS
