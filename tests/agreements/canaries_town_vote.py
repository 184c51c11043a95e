"""What the town's vote can say: open to everybody once somebody has read it, and to nobody else before or after."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from brobygget.circles.models import Circle
from brobygget.house.models import House
from brobygget.ideas.models import TownIdea, TownIdeaTranslation, TownVote
from tests.agreements.doors import BIRGIT, MARIT
from tests.conftest import TODAY

PUBLIC = {"ideas.TownVote.title", "ideas.TownIdea.text", "ideas.TownIdeaTranslation.text"}
BY_LINK: dict[str, set[str]] = {}
READERS = {
    f"ideas.{model}.text ({state})": frozenset({BIRGIT, MARIT})
    for model in ("TownIdea", "TownIdeaTranslation")
    for state in ("waiting", "hidden")
}
NO_WORDS: dict[str, str] = {}


def whose(row: Any) -> tuple[House, str] | None:
    """A vote is the house's, wherever its ideas come from; what nobody may see yet, or any more, is a kind of its own."""
    if isinstance(row, TownVote):
        return row.house, ""
    idea = row.idea if isinstance(row, TownIdeaTranslation) else row
    if not isinstance(idea, TownIdea):
        return None
    return idea.vote.house, "" if idea.state == TownIdea.State.SHOWN else str(idea.state)


def fill_up(circle: Circle) -> None:
    """An idea of each state with a translation, in every vote of the house; a vote where there is none."""
    if not circle.house.town_votes.exists():
        TownVote.objects.create(house=circle.house, title="x", language="sv", opened_on=TODAY)
    of_each = Count("ideas", filter=Q(ideas__translations__language="ar"))
    for vote in circle.house.town_votes.annotate(filled=of_each):
        if vote.filled >= len(TownIdea.State.values):
            continue
        for state in TownIdea.State.values:
            idea = TownIdea.objects.create(vote=vote, text="x", language="sv", state=state, given_on=TODAY)
            TownIdeaTranslation.objects.create(idea=idea, language="ar", text="x", status="checked")
