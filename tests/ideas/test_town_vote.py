"""The town's vote: one answer a browser, whichever way the presses travel, and nothing that tells whose."""

from __future__ import annotations

from datetime import timedelta

import pytest

from brobygget.ideas.commands import Refused, moderation, strips
from brobygget.ideas.commands import town_vote as commands
from brobygget.ideas.commands.town_vote import Browser
from brobygget.ideas.models import Answer, Idea, Proposal, TownIdea, TownVote, Voter
from brobygget.ideas.queries import town_vote as queries
from tests.conftest import NOW, TODAY
from tests.ideas.town import COOKING, bridge, crowd, draw, everybody_says, percents, say

MINUTE = timedelta(minutes=1)


def _texts(vote: TownVote, secret: str = "somebody") -> set[str]:
    return {card.idea.text for card in queries.progress_of(vote, secret).ahead}


def _kept(vote: TownVote, secret: str) -> dict[str, object]:
    """A press that a phone kept, from a page that it got while the vote was open."""
    return {"was_kept": True, "opening": queries.opening_of(vote, secret)}


def test_a_vote_takes_proposals_and_single_ideas_with_their_checked_words(
    circle: object, town_vote: TownVote
) -> None:
    assert [idea.text for idea in town_vote.ideas.all()] == ["Vi lagar mat", "Vi dansar"]
    drawn = Idea.objects.create(
        circle_id=town_vote.ideas.get(text=COOKING).proposal.circle_id,
        number=9,
        language="ar",
        drawing="M1 1L2 2",
        channel="drawn",
        given_on=TODAY,
    )
    drawn.translations.create(language="sv", text="En symaskin", status="checked")
    other = commands.open_town_vote(
        house=town_vote.house, title="Mer?", language="sv", ideas=[drawn], on=TODAY
    )
    idea = other.ideas.get()
    assert (idea.drawing, idea.text, idea.translations.get().text) == ("M1 1L2 2", "", "En symaskin")


def test_a_vote_about_nothing_or_another_houses_ideas_is_not_opened(
    town_vote: TownVote, other_house: object
) -> None:
    for proposals in ([], list(Proposal.objects.all())):
        with pytest.raises(Refused):
            commands.open_town_vote(
                house=other_house,  # type: ignore[arg-type]
                title="?",
                language="sv",
                proposals=proposals,
                on=TODAY,
            )
    assert TownVote.objects.count() == 1


def test_the_press_with_the_highest_number_counts_whenever_it_arrives(town_vote: TownVote) -> None:
    idea = town_vote.ideas.all()[0]
    say(town_vote, idea, "phone", 1, seq=4)
    say(town_vote, idea, "phone", -1, seq=3, was_kept=True)  # kept without network, arrives late
    assert Answer.objects.get().choice == 1
    say(town_vote, idea, "phone", 0, seq=5, was_kept=True)
    assert Answer.objects.get().choice == 0


def test_a_press_of_now_counts_although_the_page_was_told_an_old_number(town_vote: TownVote) -> None:
    idea = town_vote.ideas.all()[0]
    say(town_vote, idea, "phone", 1, seq=7)
    say(town_vote, idea, "phone", -1, seq=1)  # two windows without JavaScript
    assert (Answer.objects.get().choice, Answer.objects.get().client_seq) == (-1, 8)


def test_how_long_here_is_asked_once(town_vote: TownVote) -> None:
    (secret,) = crowd(town_vote, "", 1)
    commands.tell_years_here(vote=town_vote, browser=Browser(secret=secret), years_here="always", at=NOW)
    assert Voter.objects.get().years_here == ""


def test_a_browsers_secret_is_not_stored_and_differs_from_vote_to_vote(town_vote: TownVote) -> None:
    other = commands.open_town_vote(
        house=town_vote.house, title="En till", language="sv", proposals=Proposal.objects.all(), on=TODAY
    )
    for vote in (town_vote, other):
        say(vote, vote.ideas.all()[0], "one-and-the-same-secret", 1)
    digests = set(Voter.objects.values_list("digest", flat=True))
    assert len(digests) == 2
    assert not any("secret" in digest for digest in digests)


def test_a_closed_vote_and_a_hidden_idea_take_no_answers(town_vote: TownVote) -> None:
    one, two = town_vote.ideas.all()
    moderation.hide_town_idea(idea=one, reason="person", by=None, on=TODAY)
    with pytest.raises(Refused, match="inte med"):
        say(town_vote, one, "phone", 1)
    commands.close_town_vote(vote=town_vote, at=NOW)
    with pytest.raises(Refused, match="stängd"):
        say(town_vote, two, "phone", 1)
    assert not Answer.objects.exists()
    assert not Voter.objects.exists()


def test_a_press_made_before_the_close_may_arrive_half_an_hour_late_and_is_told(town_vote: TownVote) -> None:
    idea = town_vote.ideas.all()[0]
    commands.close_town_vote(vote=town_vote, at=NOW)
    say(town_vote, idea, "slow", 1, at=NOW + 30 * MINUTE, **_kept(town_vote, "slow"))
    assert Answer.objects.get().is_late
    for secret, at, browser in (
        ("slower", NOW + 31 * MINUTE, _kept(town_vote, "slower")),
        ("pressed-now", NOW + MINUTE, {}),
        ("another", NOW + MINUTE, _kept(town_vote, "slow")),  # a mark that somebody else's page had
    ):
        with pytest.raises(Refused):
            say(town_vote, idea, secret, 1, at=at, **browser)
    assert Answer.objects.count() == 1


def test_an_own_idea_is_read_before_anybody_sees_it_and_hidden_everywhere(town_vote: TownVote) -> None:
    own = commands.give_town_idea(vote=town_vote, text="نطبخ معًا", language="ar", on=TODAY)

    def seen() -> list[bool]:
        try:
            row = bridge(town_vote, own.text).card.idea == own
        except StopIteration:
            row = False
        return [own.text in _texts(town_vote), row]

    assert seen() == [False, False]
    moderation.show_town_idea(idea=own, by=None, on=TODAY)
    assert seen() == [True, True]
    moderation.hide_town_idea(idea=own, reason="hurts", by=None, on=TODAY)
    assert seen() == [False, False]


def test_what_the_circle_hides_is_hidden_in_the_vote_too(town_vote: TownVote) -> None:
    Idea.objects.filter(text=COOKING).update(hidden_on=TODAY)
    assert _texts(town_vote) == {"Vi dansar"}


def test_hiding_needs_a_reason_of_the_list_and_leaves_a_row(town_vote: TownVote) -> None:
    idea = town_vote.ideas.all()[0]
    with pytest.raises(Refused):
        moderation.hide_town_idea(idea=idea, reason="I dislike it", by=None, on=TODAY)
    moderation.hide_town_idea(idea=idea, reason="double", by=None, on=TODAY)
    moderation.show_town_idea(idea=idea, by=None, on=TODAY)
    moderation.show_town_idea(idea=idea, by=None, on=TODAY)  # pressed twice
    assert list(idea.readings.values_list("state", "reason")) == [("hidden", "double"), ("shown", "")]


def test_a_strip_is_for_one_browser_and_the_same_one_may_press_again(town_vote: TownVote) -> None:
    strips.make_strips(vote=town_vote, count=2, on=TODAY)
    one, two = town_vote.strips.all()
    for _press in range(2):
        strips.use_strip(strip=one, secret="first")
    with pytest.raises(Refused, match="annan telefon"):
        strips.use_strip(strip=one, secret="second")
    assert queries.strip_behind(town_vote, queries.token_of(two)) == two
    assert len(queries.token_of(two)) == 22
    assert Voter.objects.count() == 1


def test_strips_and_the_open_code_are_two_tallies_that_are_never_added(town_vote: TownVote) -> None:
    strips.make_strips(vote=town_vote, count=12, on=TODAY)
    for number, strip in enumerate(town_vote.strips.all()):
        secret = f"strip-{number}"
        strips.use_strip(strip=strip, secret=secret)
        commands.tell_years_here(
            vote=town_vote,
            browser=Browser(secret=secret),
            years_here="<1" if number % 2 else "always",
            at=NOW,
        )
        everybody_says(town_vote, [secret], 1)
    everybody_says(town_vote, [*crowd(town_vote, "<1", 10), *crowd(town_vote, "always", 10)], -1)
    draw()
    by_strip, by_code = bridge(town_vote, by="strip"), bridge(town_vote, by="open")
    assert (percents(by_strip), percents(by_code)) == ([85, 85], [10, 10])
    assert [bank.voters for bank in (*by_strip.banks, *by_code.banks)] == [6, 6, 10, 10]


def test_a_closed_batch_takes_no_more_answers_and_what_was_said_stays(town_vote: TownVote) -> None:
    batch = strips.make_strips(vote=town_vote, count=2, on=TODAY)
    used, unused = town_vote.strips.all()
    strips.use_strip(strip=used, secret="phone")
    one, two = town_vote.ideas.all()
    say(town_vote, one, "phone", 1)
    assert strips.revoke_strips(vote=town_vote, batch=batch, on=TODAY) == 2
    with pytest.raises(Refused, match="ny"):
        say(town_vote, two, "phone", 1)
    with pytest.raises(Refused, match="ny"):
        say(town_vote, two, "phone", 1, **_kept(town_vote, "phone"))
    with pytest.raises(Refused):
        strips.use_strip(strip=unused, secret="other")
    assert list(Answer.objects.values_list("idea", "choice")) == [(one.pk, 1)]


def test_ideas_come_in_an_order_of_chance_that_follows_what_an_answer_would_tell(town_vote: TownVote) -> None:
    cooking, dancing = town_vote.ideas.all()
    TownIdea.objects.filter(pk=cooking.pk).update(priority=0.09)
    TownIdea.objects.filter(pk=dancing.pk).update(priority=0.01)
    first = [queries.progress_of(town_vote, f"phone-{n}").ahead[0].idea for n in range(200)]
    assert 160 <= first.count(cooking) <= 198
    assert [queries.progress_of(town_vote, "phone-3").ahead[0].idea for _again in range(3)] == [first[3]] * 3


def test_the_bank_that_has_been_heard_least_is_asked_first(town_vote: TownVote) -> None:
    everybody_says(town_vote, crowd(town_vote, "always", 30), 1)
    everybody_says(town_vote, crowd(town_vote, "<1", 30), 1, "Vi dansar")
    everybody_says(town_vote, crowd(town_vote, "<1", 1), 1)
    draw()
    cooking, dancing = (town_vote.ideas.get(text=text) for text in (COOKING, "Vi dansar"))
    assert cooking.priority_new > 5 * dancing.priority_new
    assert dancing.priority_established > 5 * cooking.priority_established
