"""The dot vote: what is on the ballot, how many have voted, and the sums when it is over."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from brobygget.circles.models import Attendance, Meeting, Membership
from brobygget.ideas import rules
from brobygget.ideas.models import DotVote, Proposal
from brobygget.ideas.queries.proposals import shown_proposals


@dataclass(frozen=True)
class Sum:
    """A proposal and its dots."""

    proposal: Proposal
    dots: int

    @property
    def row(self) -> range:
        """As many as there are dots, to draw them."""
        return range(self.dots)


@dataclass(frozen=True)
class Result:
    """What everybody may know: nothing but the number of voters before the close."""

    voters: int
    is_open: bool
    sums: tuple[Sum, ...] = ()  # most dots first; empty while the vote is open or when too few voted
    is_too_few: bool = False
    dots_on_hidden: int = 0

    @property
    def all_dots(self) -> int:
        """All dots that were given."""
        return sum(x.dots for x in self.sums) + self.dots_on_hidden

    @property
    def most(self) -> int:
        """The longest row."""
        return max((x.dots for x in self.sums), default=0)


def vote_of(meeting: Meeting) -> DotVote | None:
    """The meeting's dot vote."""
    return DotVote.objects.select_related("meeting__circle").filter(meeting=meeting).first()


def ballot(vote: DotVote) -> list[Proposal]:
    """What can be chosen, in the same order for everybody; hidden ideas are not asked about."""
    return list(shown_proposals(vote.meeting.circle).filter(votes=vote))


def result_of(vote: DotVote) -> Result:
    """The sums after the close; before it, and for fewer than five voters, only how many have voted."""
    voters = vote.given.count()
    if vote.closed_at is None:
        return Result(voters=voters, is_open=True)
    # People can leave and be forgotten, and their dots stay: those count as voters here.
    cast = vote.dots.count()
    if not rules.may_be_shown(cast // vote.dots_each):
        return Result(voters=voters, is_open=False, is_too_few=True)
    dots = dict(vote.dots.values_list("proposal_id").annotate(Count("pk")))
    sums = sorted(
        (Sum(x, dots.get(x.pk, 0)) for x in ballot(vote)), key=lambda x: (-x.dots, x.proposal.number)
    )
    hidden = cast - sum(x.dots for x in sums)
    return Result(voters=cast // vote.dots_each, is_open=False, sums=tuple(sums), dots_on_hidden=hidden)


def has_given_dots(vote: DotVote, membership: Membership) -> bool:
    """Whether this member has voted; what they voted cannot be asked."""
    return vote.given.filter(membership=membership).exists()


def is_asked(vote: DotVote, membership: Membership) -> bool:
    """Whether this member can give their dots now."""
    is_open = vote.closed_at is None and vote.meeting.is_open
    return is_open and rules.may_give_dots(vote, membership) and not has_given_dots(vote, membership)


def members_here(meeting: Meeting) -> list[Membership]:
    """Who is here this evening, by seat."""
    here = Attendance.objects.filter(meeting=meeting).values("membership")
    return list(Membership.objects.filter(pk__in=here).select_related("participant").order_by("seat"))
