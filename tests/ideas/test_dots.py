from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from brobygget.circles.models import Attendance, Circle, Meeting, Membership
from brobygget.house.commands.refused import Refused
from brobygget.ideas import commands
from brobygget.ideas.models import Dot, DotsGiven, DotVote, Fate, Idea, Proposal
from brobygget.ideas.queries import votes

# Seven ballots that sum up to 12, 5 and 4 dots.
BALLOTS = [(3, 0, 0), (3, 0, 0), (2, 1, 0), (2, 1, 0), (1, 1, 1), (1, 1, 1), (0, 1, 2)]


def cast(vote: DotVote, members: list[Membership], ballots: list[tuple[int, ...]] = BALLOTS) -> None:
    proposals = list(vote.proposals.order_by("number"))
    for member, ballot in zip(members, ballots, strict=False):
        dots = {proposal: number for proposal, number in zip(proposals, ballot, strict=False) if number}
        commands.give_dots(vote=vote, membership=member, dots=dots)


def sums(vote: DotVote) -> list[tuple[int, int]]:
    return [(x.proposal.number, x.dots) for x in votes.result_of(vote).sums]


def test_seven_people_give_twentyone_dots(
    vote: DotVote, everybody: list[Membership], clock: datetime
) -> None:
    cast(vote, everybody)
    result = votes.result_of(commands.close_dot_vote(vote=vote, at=clock))
    assert [(x.proposal.number, x.dots) for x in result.sums] == [
        (1, 12),
        (2, 5),
        (3, 4),
        (4, 0),
        (5, 0),
        (6, 0),
        (7, 0),
    ]
    assert (result.voters, result.all_dots, result.most) == (7, 21, 12)


def test_nobody_sees_a_sum_before_the_close(
    vote: DotVote, everybody: list[Membership], clock: datetime
) -> None:
    cast(vote, everybody)
    open_ = votes.result_of(vote)
    assert (open_.is_open, open_.voters, open_.sums, open_.all_dots) == (True, 7, (), 0)
    assert votes.result_of(commands.close_dot_vote(vote=vote, at=clock)).all_dots == 21


def test_the_sums_of_fewer_than_five_are_never_shown(
    vote: DotVote, everybody: list[Membership], clock: datetime
) -> None:
    cast(vote, everybody[:4])
    result = votes.result_of(commands.close_dot_vote(vote=vote, at=clock))
    assert (result.is_too_few, result.sums, result.voters) == (True, (), 4)


def test_the_sums_of_five_are_shown(vote: DotVote, everybody: list[Membership], clock: datetime) -> None:
    cast(vote, everybody[:5])
    assert not votes.result_of(commands.close_dot_vote(vote=vote, at=clock)).is_too_few


def test_dots_are_given_once(vote: DotVote, everybody: list[Membership]) -> None:
    cast(vote, everybody[:1])
    with pytest.raises(Refused):
        cast(vote, everybody[:1], [(0, 0, 3)])
    assert Dot.objects.count() == 3
    assert set(Dot.objects.values_list("proposal__number", flat=True)) == {1}


def test_the_database_itself_lets_nobody_vote_twice(vote: DotVote, everybody: list[Membership]) -> None:
    cast(vote, everybody[:1])
    with pytest.raises(IntegrityError), transaction.atomic():
        DotsGiven.objects.create(vote=vote, membership=everybody[0])


@pytest.mark.parametrize("ballot", [(1, 1, 0), (4, 0, 0), (0, 0, 0), (4, -1, 0)])
def test_the_dots_are_three(vote: DotVote, everybody: list[Membership], ballot: tuple[int, ...]) -> None:
    with pytest.raises(Refused):
        cast(vote, everybody[:1], [ballot])
    assert (Dot.objects.count(), DotsGiven.objects.count()) == (0, 0)


def test_dots_are_for_what_is_on_the_ballot(
    vote: DotVote, everybody: list[Membership], other_circle: Circle
) -> None:
    foreign = Proposal.objects.create(circle=other_circle, number=1, title="Annat", language="sv")
    with pytest.raises(Refused):
        commands.give_dots(vote=vote, membership=everybody[0], dots={foreign: 3})


def test_only_those_who_are_here_give_dots(
    vote: DotVote, everybody: list[Membership], chidi: Membership
) -> None:
    Attendance.objects.filter(membership=everybody[0]).delete()
    Attendance.objects.create(meeting=vote.meeting, membership=chidi)
    for somebody in (everybody[0], chidi):
        with pytest.raises(Refused):
            cast(vote, [somebody])


def test_organisers_give_dots_too(vote: DotVote, everybody: list[Membership]) -> None:
    organiser = next(member for member in everybody if member.is_organiser)
    cast(vote, [organiser])
    assert votes.has_given_dots(vote, organiser)


def test_nothing_is_given_after_the_close(
    vote: DotVote, everybody: list[Membership], clock: datetime
) -> None:
    commands.close_dot_vote(vote=vote, at=clock)
    with pytest.raises(Refused) as refused:
        cast(vote, everybody[:1])
    assert refused.value.status == 409


def test_nothing_is_given_in_a_closed_meeting(
    vote: DotVote, everybody: list[Membership], clock: datetime
) -> None:
    Meeting.objects.filter(pk=vote.meeting_id).update(closed_at=clock)
    with pytest.raises(Refused):
        cast(vote, everybody[:1])


def test_opening_and_closing_twice_is_once(vote: DotVote, clock: datetime) -> None:
    assert commands.open_dot_vote(meeting=vote.meeting, at=clock) == vote
    first = commands.close_dot_vote(vote=vote, at=clock).closed_at
    assert commands.close_dot_vote(vote=vote, at=clock + timedelta(minutes=5)).closed_at == first
    with pytest.raises(Refused):
        commands.open_dot_vote(meeting=vote.meeting, at=clock)


def test_every_idea_is_in_a_proposal_before_the_vote(
    meeting: Meeting, proposals: list[Proposal], give: Callable[..., Idea], clock: datetime
) -> None:
    give("En till")
    with pytest.raises(Refused):
        commands.open_dot_vote(meeting=meeting, at=clock)


def test_there_is_something_to_choose_between(
    circle: Circle, meeting: Meeting, give: Callable[..., Idea], clock: datetime
) -> None:
    give("Bara en")
    commands.make_rest_proposals(circle=circle)
    with pytest.raises(Refused):
        commands.open_dot_vote(meeting=meeting, at=clock)


def test_what_is_tried_or_parked_for_later_is_not_asked_about(
    meeting: Meeting, proposals: list[Proposal], clock: datetime, today: date
) -> None:
    parked = {"kind": Fate.Kind.PARKED, "reason": "Inte nu"}
    commands.decide_fate(proposal=proposals[0], kind=Fate.Kind.TRIED, on=today)
    commands.decide_fate(
        proposal=proposals[1],
        on=today,
        look_again_on=today + timedelta(days=30),
        **parked,  # type: ignore[arg-type]
    )
    commands.decide_fate(
        proposal=proposals[2],
        on=today - timedelta(days=9),
        look_again_on=today,
        **parked,  # type: ignore[arg-type]
    )
    vote = commands.open_dot_vote(meeting=meeting, at=clock)
    assert [proposal.number for proposal in votes.ballot(vote)] == [3, 4, 5, 6, 7]


def test_a_hidden_proposal_leaves_ballot_and_result_and_the_sum_still_adds_up(
    vote: DotVote, everybody: list[Membership], clock: datetime, today: date
) -> None:
    cast(vote, everybody)
    for idea in Idea.objects.filter(proposal__number=2):
        commands.hide_idea(idea=idea, on=today)
    assert 2 not in [proposal.number for proposal in votes.ballot(vote)]
    result = votes.result_of(commands.close_dot_vote(vote=vote, at=clock))
    assert [(x.proposal.number, x.dots) for x in result.sums[:2]] == [(1, 12), (3, 4)]
    assert (result.dots_on_hidden, result.all_dots) == (5, 21)


def test_somebody_who_is_forgotten_takes_no_dots_away(
    vote: DotVote, everybody: list[Membership], clock: datetime
) -> None:
    cast(vote, everybody)
    everybody[0].participant.delete()
    assert sums(commands.close_dot_vote(vote=vote, at=clock))[0] == (1, 12)
