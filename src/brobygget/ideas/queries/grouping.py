"""How the ideas of a circle are put together now, as something that can be kept and restored."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from brobygget.circles.models import Circle
from brobygget.ideas.models import ConsentRound, DotVote, Fate, Idea


@dataclass(frozen=True)
class Group:
    """One proposal and its ideas; `is_settled` when it has been voted on or decided."""

    number: int
    title: str
    language: str
    ideas: tuple[int, ...]
    is_settled: bool


def grouping_of(circle: Circle) -> tuple[Group, ...]:
    """Every proposal with its ideas, hidden ones too, so that nothing moves when they come back."""
    settled = [
        Exists(DotVote.objects.filter(proposals=OuterRef("pk"))),
        Exists(ConsentRound.objects.filter(proposal=OuterRef("pk"))),
        Exists(Fate.objects.filter(proposal=OuterRef("pk"))),
    ]
    members: dict[int, list[int]] = {}
    in_proposals = Idea.objects.filter(circle=circle).exclude(proposal=None).order_by("pk")
    for idea, proposal in in_proposals.values_list("pk", "proposal_id"):
        members.setdefault(proposal or 0, []).append(idea)
    rows = circle.proposals.order_by("number").annotate(
        voted=settled[0], asked=settled[1], decided=settled[2]
    )
    return tuple(
        Group(
            x.number, x.title, x.language, tuple(members.get(x.pk, [])), bool(x.voted or x.asked or x.decided)
        )
        for x in rows
    )
