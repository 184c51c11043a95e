"""What those who care for a town's vote see at their desk: what can be asked, and what waits to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from brobygget.circles.models import Circle
from brobygget.circles.queries.circles import circles_led_by
from brobygget.house.models import House
from brobygget.ideas.models import Idea, Proposal, Reading, TownIdea, TownVote
from brobygget.ideas.queries.proposals import shown_ideas
from brobygget.ideas.queries.town_ideas import TownCard, marks_of, town_card, with_town_translations
from brobygget.people.models import Account, Role


@dataclass(frozen=True)
class InQueue:
    """An idea to read: in the reader's language where it can be, with what to look at twice."""

    card: TownCard
    marks: list[str]
    reading: Reading | None = None


def circles_to_ask_from(account: Account, house: House) -> QuerySet[Circle]:
    """Whose ideas somebody may put to the town: of the circles they lead, or of all in the house."""
    if Role.Kind.MODERATOR in house.roles_of_reader:
        return Circle.objects.filter(house=house)
    return circles_led_by(account, house)


def proposals_to_ask(circles: QuerySet[Circle]) -> QuerySet[Proposal]:
    """Proposals with at least one idea that may be seen."""
    return (
        Proposal.objects.filter(circle__in=circles, ideas__in=shown_ideas())
        .distinct()
        .select_related("circle")
        .order_by("circle_id", "number")
    )


def ideas_to_ask(circles: QuerySet[Circle]) -> QuerySet[Idea]:
    """Ideas on the wall that are in no proposal."""
    return (
        shown_ideas()
        .filter(circle__in=circles, proposal=None)
        .select_related("circle")
        .order_by("circle_id", "number")
    )


def _queue(house: House, state: TownIdea.State) -> list[InQueue]:
    rows = TownIdea.objects.filter(vote__house=house, state=state).select_related("vote").order_by("pk")
    found = list(with_town_translations(rows).prefetch_related("readings"))
    read = []
    for idea in found:
        readings = list(idea.readings.all())
        read.append(InQueue(town_card(idea), marks_of(idea.text), readings[-1] if readings else None))
    return read


def waiting_to_be_read(house: House) -> list[InQueue]:
    """What the town has written and nobody has read, the oldest first."""
    return _queue(house, TownIdea.State.WAITING)


def hidden_ideas(house: House) -> list[InQueue]:
    """What was hidden, and why; so that a mistake can be undone."""
    return _queue(house, TownIdea.State.HIDDEN)


def number_waiting(house: House) -> int:
    """How many ideas nobody has read."""
    return TownIdea.objects.filter(vote__house=house, state=TownIdea.State.WAITING).count()


def votes_for_list(house: House) -> list[TownVote]:
    """All votes of the house with how many have answered, the open ones first."""
    rows = list(TownVote.objects.filter(house=house).annotate(people=Count("voters", distinct=True)))
    for vote in rows:
        if vote.forgotten_on is not None:
            vote.people = sum(counted["voters"] for counted in vote.last_counts.values())
    return sorted(rows, key=lambda vote: (not vote.is_open, -vote.pk))


def ideas_of(vote: TownVote) -> list[TownCard]:
    """What is in the vote, with what has been translated."""
    rows = vote.ideas.filter(state=TownIdea.State.SHOWN).order_by("pk")
    return [town_card(idea) for idea in with_town_translations(rows)]


def strips_by_batch(vote: TownVote) -> list[dict[str, Any]]:
    """How many strips each batch holds, how many are used, and whether it is closed."""
    rows = vote.strips.order_by("batch").values("batch", "made_on", "revoked_on")
    return [dict(row) for row in rows.annotate(strips=Count("pk"), used=Count("voter"))]
