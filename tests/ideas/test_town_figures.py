"""Figures of the town's vote: shown when five on each bank have answered, frozen until five on each have changed."""

from __future__ import annotations

import random
import uuid

import pytest

from brobygget.ideas import jobs, rules
from brobygget.ideas.commands import moderation
from brobygget.ideas.commands.mapping import refresh_bridging_map
from brobygget.ideas.models import Answer, Figures, Tally, TownVote, Voter
from brobygget.ideas.queries.town_map import opinion_map_of
from brobygget.ideas.queries.town_results import results_of
from tests.conftest import TODAY
from tests.ideas.town import COOKING, DANCING, bridge, crowd, draw, everybody_says, percents, say


def test_nothing_is_shown_until_five_have_answered_on_each_bank(town_vote: TownVote) -> None:
    everybody_says(town_vote, crowd(town_vote, "<1", 9), 1)
    everybody_says(town_vote, crowd(town_vote, "always", 4), 1)
    draw()
    assert (bridge(town_vote).banks, bridge(town_vote).deck) == ((), "none")
    everybody_says(town_vote, crowd(town_vote, "always", 1), -1)
    draw()
    assert [bank.voters for bank in bridge(town_vote).banks] == [9, 5]


def test_those_who_do_not_say_how_long_they_have_lived_here_are_in_no_pillar_and_no_sum(
    town_vote: TownVote,
) -> None:
    everybody_says(town_vote, [*crowd(town_vote, "<1", 8), *crowd(town_vote, "always", 8)], 1)
    everybody_says(town_vote, crowd(town_vote, "", 3), -1)
    draw()
    assert [bank.voters for bank in bridge(town_vote).banks] == [8, 8]
    shown = Figures.objects.get(idea__text=COOKING).released
    assert set(shown) == {"percent", "voters", "needed", "verdict", "by_banks", "strength", "is_opposed"}


def test_a_picture_changes_only_when_five_answers_on_each_bank_have(town_vote: TownVote) -> None:
    new, old = crowd(town_vote, "<1", 10), crowd(town_vote, "always", 10)
    everybody_says(town_vote, [*new, *old], 1)
    draw()
    before = bridge(town_vote)
    idea = before.card.idea
    for seq in range(2, 9):  # one person who changes to and fro is one change at most
        say(town_vote, idea, new[0], -1 if seq % 2 == 0 else 0, seq=seq)
        draw()
    for person in [*new[1:5], *old[:4]]:
        say(town_vote, idea, person, -1, seq=2)
    draw()
    assert (percents(bridge(town_vote)), bridge(town_vote).banks) == ([90, 90], before.banks)
    say(town_vote, idea, old[4], -1, seq=2)
    draw()
    assert percents(bridge(town_vote)) == [50, 50]


def test_all_alike_looks_like_all_but_one() -> None:
    assert [rules.shown_percent(n, 5) for n in range(6)] == [20, 20, 40, 60, 80, 80]
    assert [rules.shown_percent(n, 12) for n in (0, 1, 6, 11, 12)] == [10, 10, 50, 90, 90]
    assert [rules.shown_percent(n, 60) for n in (0, 1, 43, 59, 60)] == [5, 5, 70, 95, 95]
    assert [rules.shown_percent(n, 600) for n in (0, 1, 431, 599, 600)] == [1, 1, 72, 99, 99]
    for seen in range(5, 900):
        ends = (rules.shown_percent(0, seen), rules.shown_percent(seen, seen))
        assert ends == (rules.shown_percent(1, seen), rules.shown_percent(seen - 1, seen)), seen


def test_a_release_waits_while_it_would_tell_what_all_the_new_ones_said(town_vote: TownVote) -> None:
    idea = town_vote.ideas.get(text=COOKING)
    for years in ("<1", "always"):
        people = crowd(town_vote, years, 100)
        everybody_says(town_vote, people[:70], 1)
        everybody_says(town_vote, people[70:], -1)
    draw()
    assert percents(bridge(town_vote)) == [70, 70]
    everybody_says(town_vote, [*crowd(town_vote, "<1", 6), *crowd(town_vote, "always", 6)], 1)
    draw()  # 76 of 106 is 72 %, and 70 of 100 was 70 %
    assert [bank.voters for bank in bridge(town_vote).banks] == [100, 100]
    for years in ("<1", "always"):
        say(town_vote, idea, crowd(town_vote, years, 1)[0], -1)
    draw()
    assert [bank.voters for bank in bridge(town_vote).banks] == [107, 107]


def _join(vote: TownVote, count: int, chance: random.Random, share: float) -> dict[str, list[int]]:
    """So many more voters, without the presses: what each bank's newcomers said."""
    idea = vote.ideas.get(text=COOKING)
    said: dict[str, list[int]] = {"<1": [], "always": []}
    voters, answers = [], []
    for _number in range(count):
        years = chance.choice(["<1", "always"])
        voter = Voter(vote=vote, digest=uuid.uuid4().hex, years_here=years, was_asked=True)
        choice = 1 if chance.random() < share else -1
        said[years].append(choice)
        voters.append(voter)
        answers.append(Answer(voter=voter, idea=idea, choice=choice, client_seq=1))
    Voter.objects.bulk_create(voters)
    Answer.objects.bulk_create(answers)
    return said


def _consistent(percent: int, seen: int) -> set[int]:
    """Every number of agreeing answers that a reader of the page cannot rule out."""
    return {agree for agree in range(seen + 1) if rules.shown_percent(agree, seen) == percent}


@pytest.mark.parametrize("share", [0.5, 0.9])
@pytest.mark.parametrize("n", [8, 20, 60, 160])
def test_whoever_compares_two_pictures_learns_nobodys_answer(
    town_vote: TownVote, n: int, share: float
) -> None:
    """The differencing attack: watch every picture while people join one by one, and subtract."""
    chance = random.Random(n)
    _join(town_vote, n, chance, share)
    refresh_bridging_map(town_vote)
    shown = bridge(town_vote).banks
    since = {"<1": 0, "always": 0}
    told, releases = 0, 0
    for _joiner in range(40):
        for years, said in _join(town_vote, 1, chance, share).items():
            since[years] += len(said)
        refresh_bridging_map(town_vote)
        now = bridge(town_vote).banks
        if now == shown:
            continue
        releases += 1
        if shown:
            assert min(since.values()) >= rules.FEWEST_IN_A_BANK
            for before, after, joined in zip(shown, now, since.values(), strict=True):
                assert after.voters - before.voters == joined
                possible = {
                    b - a
                    for a in _consistent(before.percent, before.voters)
                    for b in _consistent(after.percent, after.voters)
                    if 0 <= b - a <= joined
                }
                told += possible in ({0}, {joined})
        shown, since = now, {"<1": 0, "always": 0}
    assert (told, releases > 0) == (0, True)


def test_ideas_both_banks_want_carry_and_come_first(town_vote: TownVote) -> None:
    new, old = crowd(town_vote, "<1", 20), crowd(town_vote, "always", 20)
    everybody_says(town_vote, [*new, *old], 1)
    everybody_says(town_vote, new, 1, DANCING)
    everybody_says(town_vote, old, -1, DANCING)
    draw()
    rows = results_of(town_vote).bridges
    assert [(row.card.idea.text, row.verdict, row.deck) for row in rows] == [
        (COOKING, "carries", "whole"),
        (DANCING, "divides", "broken"),
    ]


def test_an_unsure_idea_tells_how_many_more_answers_and_from_whom(town_vote: TownVote) -> None:
    new, old = crowd(town_vote, "<1", 30), crowd(town_vote, "always", 10)
    everybody_says(town_vote, new, 1)
    everybody_says(town_vote, old[:6], 1)
    everybody_says(town_vote, old[6:], -1)
    draw()
    row = bridge(town_vote)
    assert (row.deck, row.needed[0]) == ("dashed", 0)
    assert row.needed[1] > 0
    assert row.sentence == f"{row.needed[1]} svar till från dem som har bott här länge skulle avgöra."


def test_the_job_makes_only_maps_that_are_old(town_vote: TownVote) -> None:
    say(town_vote, town_vote.ideas.all()[0], "phone", 1)
    assert [jobs.refresh_bridging_maps() for _ in range(2)] == [1, 0]


def test_an_answer_that_comes_while_the_map_is_made_is_in_the_next_one(
    town_vote: TownVote, monkeypatch: pytest.MonkeyPatch
) -> None:
    from brobygget.ideas import analysis

    think = analysis.opinions_of

    def thinking(ballots: analysis.Ballots) -> analysis.Opinions:
        say(town_vote, town_vote.ideas.all()[1], "during", 1)
        return think(ballots)

    say(town_vote, town_vote.ideas.all()[0], "before", 1)
    monkeypatch.setattr(analysis, "opinions_of", thinking)
    draw()
    monkeypatch.undo()
    assert [jobs.refresh_bridging_maps() for _ in range(2)] == [1, 0]


def test_hiding_an_idea_takes_it_from_the_map_and_keeps_the_others(town_vote: TownVote) -> None:
    one, two = crowd(town_vote, "<1", 20), crowd(town_vote, "always", 20)
    for text in (COOKING, DANCING):
        everybody_says(town_vote, [*one, *two], 1, text)
    draw()
    found = opinion_map_of(town_vote, Tally.Kind.OPEN)
    assert found is not None
    assert {card.idea.text for card in found.agreed} == {COOKING, DANCING}
    moderation.hide_town_idea(idea=town_vote.ideas.get(text=DANCING), reason="hurts", by=None, on=TODAY)
    after = opinion_map_of(town_vote, Tally.Kind.OPEN)
    assert after is not None
    assert [card.idea.text for card in after.agreed] == [COOKING]


def test_there_is_no_map_of_fourteen_and_one_group_is_an_answer(town_vote: TownVote) -> None:
    everybody_says(town_vote, [*crowd(town_vote, "<1", 7), *crowd(town_vote, "always", 7)], 1)
    draw()
    assert opinion_map_of(town_vote, Tally.Kind.OPEN) is None
    everybody_says(town_vote, crowd(town_vote, "", 1), 1)
    draw()
    found = opinion_map_of(town_vote, Tally.Kind.OPEN)
    assert found is not None
    assert [(group.size, len(group.dots)) for group in found.groups] == [(15, 15)]
    assert found.by_groups == []


def test_the_map_is_frozen_until_five_in_each_group_have_answered_anew(town_vote: TownVote) -> None:
    people = [*crowd(town_vote, "<1", 20), *crowd(town_vote, "always", 20)]
    everybody_says(town_vote, people, 1)
    draw()
    everybody_says(town_vote, people[:4], -1, DANCING)
    draw()
    assert opinion_map_of(town_vote, Tally.Kind.OPEN).people == 40  # type: ignore[union-attr]
    before = Tally.objects.get().counted
    everybody_says(town_vote, crowd(town_vote, "", 1), 1)
    draw()
    assert Tally.objects.get().counted != before


def test_what_is_left_over_between_two_ways_to_count_is_nobody_or_five() -> None:
    assert [rules.may_stand_beside(by_groups=40, by_banks=n) for n in (40, 39, 36, 35, 20)] == [
        True,
        False,
        False,
        True,
        True,
    ]
