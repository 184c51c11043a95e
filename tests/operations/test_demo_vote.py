"""The story's vote: some hundred phones and strips, bridges of every kind, and föreningsdag carries."""

from __future__ import annotations

import pytest

from brobygget.ideas.models import Answer, Tally, TownIdea, TownVote, Voter
from brobygget.ideas.queries.town_desk import waiting_to_be_read
from brobygget.ideas.queries.town_map import opinion_map_of
from brobygget.ideas.queries.town_results import results_of
from brobygget.operations.demo import doors, loading, town_vote


@pytest.fixture
def vote(db: None) -> TownVote:
    town = loading.load_town(chapter="F")
    assert town is not None
    return town_vote.hold_vote(town)


def test_the_towns_vote_is_as_the_story_tells_it(vote: TownVote) -> None:
    strips, phones = (Voter.objects.filter(strip__isnull=is_open).count() for is_open in (False, True))
    assert (strips, phones) == (53, 195)
    assert Answer.objects.count() > 2000
    by_code = results_of(vote, Tally.Kind.OPEN)
    assert {row.deck for row in by_code.bridges} == {"whole", "dashed", "broken", "none"}
    for kind in Tally.Kind.values:
        first = results_of(vote, kind).bridges[0]
        assert (first.card.idea.text, first.deck) == ("Föreningsdag: öppet hus för hela stan", "whole")
    found = opinion_map_of(vote, Tally.Kind.OPEN)
    assert found is not None
    assert [group.letter for group in found.groups] == ["A", "B"]
    assert found.people == phones
    states = [TownIdea.objects.filter(state=state).count() for state in ("shown", "waiting", "hidden")]
    assert states == [14, 3, 1]
    marks = [row.marks for row in waiting_to_be_read(vote.house)]
    assert [len(row) for row in marks] == [0, 2, 0]
    opened = doors.doors("http://localhost:8000")
    assert [row["called"] for row in opened["accounts"]][-1] == "Ali"
    assert all(opened["town_vote"].values())
