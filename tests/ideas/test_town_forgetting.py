"""A month after the close nobody can find out any more what one browser answered; what was shown stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from brobygget.house.commands.refused import Refused
from brobygget.ideas.commands import strips
from brobygget.ideas.commands.town_vote import close_town_vote
from brobygget.ideas.models import Answer, Figures, Strip, Tally, TownVote, Voter
from brobygget.ideas.queries.town_desk import votes_for_list
from brobygget.ideas.queries.town_map import opinion_map_of
from brobygget.ideas.queries.town_results import results_of
from brobygget.operations.commands import tidy
from tests.conftest import NOW
from tests.ideas.town import COOKING, DANCING, crowd, draw, everybody_says, say

DAY = timedelta(days=1)
MONTH = 30 * DAY


@pytest.fixture
def answered(town_vote: TownVote) -> TownVote:
    """Enough for a picture and a map of the open code, one strip that answered and was closed; then the close."""
    new, established = crowd(town_vote, "<1", 12), crowd(town_vote, ">10", 12)
    everybody_says(town_vote, new + established[:6], 1)
    everybody_says(town_vote, established[6:], -1)
    everybody_says(town_vote, new, -1, DANCING)
    everybody_says(town_vote, established, 1, DANCING)
    batch = strips.make_strips(vote=town_vote, count=2, on=NOW.date())
    strips.use_strip(strip=town_vote.strips.order_by("pk")[0], secret="paper")
    strips.revoke_strips(vote=town_vote, batch=batch, on=NOW.date())
    draw()
    close_town_vote(vote=town_vote, at=NOW)
    draw()
    return TownVote.objects.get(pk=town_vote.pk)


def shown(vote: TownVote) -> list[object]:
    """All that everybody may see."""
    told: list[object] = []
    for kind in (Tally.Kind.OPEN, Tally.Kind.STRIP):
        results = results_of(vote, kind)
        told += [results.kinds, results.voters, results.late, results.closed, results.has_map]
        told += [(row.card.idea.pk, row.verdict, row.banks, row.needed) for row in results.bridges]
        told.append(opinion_map_of(vote, kind))
    return told


def test_after_thirty_days_no_single_answer_is_left_and_the_result_is_the_same(answered: TownVote) -> None:
    before = shown(answered)
    assert [len(bridge.banks) for bridge in results_of(answered).known] == [2, 2]
    assert results_of(answered, Tally.Kind.STRIP).closed == 1

    tidy(at=NOW + MONTH + timedelta(minutes=1))

    after = TownVote.objects.get(pk=answered.pk)
    assert after.forgotten_on == (NOW + MONTH).date()
    assert not Voter.objects.exists()
    assert not Answer.objects.exists()
    assert not Strip.objects.exists()
    assert {str(row.counted) + str(row.counted_on_map) for row in Figures.objects.all()} == {"{}{}"}
    assert {str(row.counted) for row in Tally.objects.all()} == {"{}"}
    assert shown(after) == before
    assert [vote.people for vote in votes_for_list(after.house)] == [25]


def test_nothing_is_forgotten_before(answered: TownVote) -> None:
    tidy(at=NOW + MONTH - timedelta(minutes=1))
    assert Voter.objects.count() == 25
    assert TownVote.objects.get(pk=answered.pk).forgotten_on is None


def test_what_was_forgotten_is_not_worked_out_anew(answered: TownVote) -> None:
    tidy(at=NOW + MONTH + DAY)
    vote = TownVote.objects.get(pk=answered.pk)
    before = shown(vote)
    TownVote.objects.filter(pk=vote.pk).update(version=vote.version + 1)
    draw()
    tidy(at=NOW + 2 * MONTH)
    assert shown(TownVote.objects.get(pk=vote.pk)) == before
    assert TownVote.objects.get(pk=vote.pk).forgotten_on == vote.forgotten_on


def test_a_vote_that_nobody_closes_is_closed_after_a_year_and_forgotten_a_month_later(
    town_vote: TownVote,
) -> None:
    say(town_vote, town_vote.ideas.get(text=COOKING), "phone", 1)
    tidy(at=NOW + 365 * DAY)
    assert TownVote.objects.get(pk=town_vote.pk).is_open
    tidy(at=NOW + 366 * DAY)
    assert TownVote.objects.get(pk=town_vote.pk).closed_at == NOW + 366 * DAY
    assert Answer.objects.count() == 1
    tidy(at=NOW + 397 * DAY)
    assert not Answer.objects.exists()


def test_a_phone_that_comes_back_afterwards_is_told_that_the_vote_is_closed(answered: TownVote) -> None:
    tidy(at=NOW + MONTH + DAY)
    with pytest.raises(Refused, match="stängd"):
        say(
            answered,
            answered.ideas.get(text=COOKING),
            "late",
            1,
            at=NOW + MONTH + DAY,
            was_kept=True,
            opening="a page that was drawn before the close",
        )
    assert not Voter.objects.exists()


def test_the_result_says_how_long_single_answers_are_kept_and_when_they_were_removed(
    answered: TownVote,
) -> None:
    address = reverse("ideas:vote_result", kwargs={"vote": answered.pk})
    assert "Trettio dagar efter att omröstningen har stängt tas varje enskilt svar bort." in (
        Client().get(address).content.decode()
    )
    tidy(at=NOW + MONTH + DAY)
    assert "Varje enskilt svar togs bort" in Client().get(address).content.decode()
