from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from brobygget.circles.models import Circle, Meeting, Membership
from brobygget.house.commands.refused import Refused
from brobygget.ideas import commands
from brobygget.ideas.models import Concern, ConsentRound, DotVote, Fate, Idea, Proposal
from brobygget.ideas.queries import fates


@pytest.fixture
def proposal(circle: Circle, give: Callable[..., Idea]) -> Proposal:
    return commands.group_ideas(
        circle=circle, ideas=[give("Föreningsdag")], title="Föreningsdag", language="sv"
    )


@pytest.fixture
def consent(proposal: Proposal, meeting: Meeting, clock: datetime) -> ConsentRound:
    return commands.open_consent(proposal=proposal, meeting=meeting, at=clock)


def test_a_concern_becomes_a_condition(consent: ConsentRound, proposal: Proposal, today: date) -> None:
    concern = commands.give_concern(consent=consent, text="Folk står bara och tittar", language="sv")
    with pytest.raises(Refused) as refused:
        commands.decide_fate(proposal=proposal, kind=Fate.Kind.TRIED, on=today)
    assert refused.value.status == 409
    assert not Fate.objects.exists()
    commands.answer_concern(concern=concern, condition="Varje bord har något att göra", language="sv")
    assert commands.decide_fate(proposal=proposal, kind=Fate.Kind.TRIED, on=today).kind == "tried"


def test_one_answered_concern_does_not_answer_another(
    consent: ConsentRound, proposal: Proposal, today: date
) -> None:
    first = commands.give_concern(consent=consent, text="För dyrt", language="sv")
    commands.give_concern(consent=consent, text="För långt", language="sv")
    commands.answer_concern(concern=first, condition="Gratis", language="sv")
    for kind in (Fate.Kind.TRIED, Fate.Kind.DONE):
        with pytest.raises(Refused):
            commands.decide_fate(proposal=proposal, kind=kind, on=today)


def test_a_concern_does_not_keep_it_from_being_parked(
    consent: ConsentRound, proposal: Proposal, today: date
) -> None:
    commands.give_concern(consent=consent, text="För dyrt", language="sv")
    fate = commands.decide_fate(
        proposal=proposal,
        kind=Fate.Kind.PARKED,
        reason="Pengarna",
        look_again_on=today + timedelta(days=60),
        on=today,
    )
    assert (fate.kind, fate.reason, fate.reason_language) == ("parked", "Pengarna", "sv")


def test_a_concern_that_was_a_mistake_is_not_kept(consent: ConsentRound) -> None:
    commands.remove_concern(concern=commands.give_concern(consent=consent, text="Om Kalle", language="sv"))
    assert not Concern.objects.exists()


@pytest.mark.parametrize("text", ["", "a" * 501])
def test_a_concern_and_its_answer_have_words_that_fit(consent: ConsentRound, text: str) -> None:
    with pytest.raises(Refused):
        commands.give_concern(consent=consent, text=text, language="sv")
    concern = commands.give_concern(consent=consent, text="För dyrt", language="sv")
    with pytest.raises(Refused):
        commands.answer_concern(concern=concern, condition=text, language="sv")


def test_a_round_is_opened_once_closed_and_opened_again(
    consent: ConsentRound, proposal: Proposal, meeting: Meeting, clock: datetime
) -> None:
    assert commands.open_consent(proposal=proposal, meeting=meeting, at=clock) == consent
    commands.close_consent(consent=consent, at=clock)
    with pytest.raises(Refused):
        commands.give_concern(consent=consent, text="För dyrt", language="sv")
    again = commands.open_consent(proposal=proposal, meeting=meeting, at=clock)
    assert (again.pk, again.closed_at) == (consent.pk, None)
    commands.give_concern(consent=again, text="För dyrt", language="sv")


def test_a_closed_meeting_takes_no_concerns(consent: ConsentRound, meeting: Meeting, clock: datetime) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=clock)
    with pytest.raises(Refused):
        commands.give_concern(consent=consent, text="För dyrt", language="sv")


def test_the_consent_round_waits_for_the_dot_vote(vote: DotVote, clock: datetime) -> None:
    with pytest.raises(Refused):
        commands.open_consent(proposal=vote.proposals.all()[0], meeting=vote.meeting, at=clock)


def test_no_fate_is_decided_while_dots_are_given(vote: DotVote, today: date) -> None:
    with pytest.raises(Refused):
        commands.decide_fate(proposal=vote.proposals.all()[0], kind=Fate.Kind.TRIED, on=today)


@pytest.mark.parametrize(
    ("reason", "days"), [("", 30), ("Pengarna", None), ("Pengarna", 0), ("Pengarna", -1)]
)
def test_parked_needs_a_reason_and_a_day_to_come(
    proposal: Proposal, today: date, reason: str, days: int | None
) -> None:
    again = None if days is None else today + timedelta(days=days)
    with pytest.raises(Refused):
        commands.decide_fate(
            proposal=proposal, kind=Fate.Kind.PARKED, reason=reason, look_again_on=again, on=today
        )


def test_the_database_itself_keeps_no_parking_without_a_reason(proposal: Proposal, today: date) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Fate.objects.create(
            proposal=proposal, kind="parked", reason="", look_again_on=today, decided_on=today
        )


def test_the_history_stays_and_the_latest_counts(circle: Circle, proposal: Proposal, today: date) -> None:
    commands.decide_fate(
        proposal=proposal,
        kind=Fate.Kind.PARKED,
        reason="Ingen lokal",
        look_again_on=today + timedelta(days=7),
        on=today,
    )
    later = today + timedelta(days=7)
    [waiting] = fates.fates_of(circle, on=later).look_again
    assert waiting.proposal == proposal
    assert fates.fates_of(circle, on=today).look_again == []
    commands.decide_fate(proposal=proposal, kind=Fate.Kind.TRIED, on=later)
    [story] = fates.fates_of(circle, on=later).tried
    assert story.fate is not None
    assert (story.fate.kind, [fate.reason for fate in story.earlier]) == ("tried", ["Ingen lokal"])
    commands.decide_fate(proposal=proposal, kind=Fate.Kind.DONE, on=later + timedelta(days=30))
    [story] = fates.fates_of(circle, on=later).done
    assert [fate.kind for fate in story.earlier] == ["tried", "parked"]


def test_the_same_fate_pressed_twice_is_decided_once(proposal: Proposal, today: date) -> None:
    for _press in range(2):
        commands.decide_fate(proposal=proposal, kind=Fate.Kind.TRIED, reason="Roligt", on=today)
    assert proposal.fates.count() == 1


def test_every_proposal_stands_under_what_became_of_it(
    circle: Circle, proposals: list[Proposal], everybody: list[Membership], today: date
) -> None:
    commands.decide_fate(proposal=proposals[0], kind=Fate.Kind.TRIED, on=today)
    for proposal in proposals[1:3]:
        commands.decide_fate(
            proposal=proposal,
            kind=Fate.Kind.PARKED,
            reason="Sen",
            look_again_on=today + timedelta(days=9),
            on=today,
        )
    found = fates.fates_of(circle, on=today)
    assert [
        [story.proposal.number for story in shelf]
        for shelf in (found.tried, found.done, found.parked, found.without, found.look_again)
    ] == [[1], [], [2, 3], [4, 5, 6, 7], []]
