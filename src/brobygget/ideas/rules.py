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


# -- the town's vote -----------------------------------------------------------------------------------------------
CARES_FOR_VOTES = (
    "leader",
    "coordinator",
    "moderator",
)  # open a vote, hand out strips, read what the town writes
TRANSLATES_VOTES = (*CARES_FOR_VOTES, "interpreter")
TOWN_IDEA_LENGTH = 280
TOWN_TITLE_LENGTH = 120
LATE_MINUTES = 30  # what was pressed on a phone without network may arrive so long after the close
ANSWERS_KEPT_DAYS = 30  # after the close; then each single answer is forgotten, and the released sums stay
LONGEST_OPEN_DAYS = 365  # a vote that nobody closes is closed after so long
FEWEST_IN_A_BANK = 5
FEWEST_ON_THE_MAP = 15
FEW, SOME = 100, 500  # answers below which shares go in steps of five, and of two


def may_release(*, seen: list[int], changed: list[int]) -> bool:
    """Whether new figures by bank tell nobody's answer.

    Both banks are large enough, or neither is shown: with one bank and a sum the other could be had by subtraction, so
    there are no sums. And in both so many answers have changed since the last release that comparing the two tells
    nobody's answer.
    """
    return min(seen) >= FEWEST_IN_A_BANK and min(changed) >= FEWEST_IN_A_BANK


def may_release_map(*, sizes: list[int], changed: list[int]) -> bool:
    """The same for opinion groups: enough people, no small group, and a tenth of each group (five at least) is new."""
    if sum(sizes) < FEWEST_ON_THE_MAP or min(sizes, default=0) < FEWEST_IN_A_BANK:
        return False
    return all(new >= max(FEWEST_IN_A_BANK, size // 10) for new, size in zip(changed, sizes, strict=True))


def may_stand_beside(*, by_groups: int, by_banks: int) -> bool:
    """Answers of one idea counted in two ways: what is left over must be nobody, or five at least."""
    rest = abs(by_groups - by_banks)
    return rest == 0 or rest >= FEWEST_IN_A_BANK


def step_of(seen: int) -> int:
    """How exactly a share of so many answers is shown: no more than they can tell, and never to one person."""
    return 5 if seen < FEW else 2 if seen < SOME else 1


def least_and_most(seen: int) -> tuple[int, int]:
    """The smallest and the largest share that is shown of so many answers: all alike looks like all but one."""
    step = step_of(seen)
    return max(_rounded(1, seen, step), step), min(_rounded(seen - 1, seen, step), 100 - step)


def shown_percent(agree: int, seen: int) -> int:
    """A rounded share, and never all or none: that would tell each one's answer."""
    least, most = least_and_most(seen)
    return min(max(_rounded(agree, seen, step_of(seen)), least), most)


def _rounded(agree: int, seen: int, step: int) -> int:
    return step * round(100 * agree / seen / step)


def would_tell(*, before: tuple[int, int] | None, now: tuple[int, int], joined: int, changed: int) -> bool:
    """Whether somebody who compares two releases of one bank learns what everybody in between has said.

    `before` and `now` are (share, answers) as they are shown. All numbers of agreeing answers that could stand behind
    each are tried; if every difference that is possible means that all who are new said yes, or that all said no, the
    release would tell.
    """

    def could_be(share: int, seen: int) -> list[int]:
        return [agree for agree in range(seen + 1) if shown_percent(agree, seen) == share]

    first = could_be(*before) if before else [0]
    second = could_be(*now)
    # Both are rows of whole numbers without gaps, so their differences are too.
    least, most = second[0] - first[-1], second[-1] - first[0]
    lowest, highest = -changed, joined + changed
    return max(least, lowest) == highest or min(most, highest) == lowest
