"""Proposals: which there are, which can be chosen, and which ideas wait to be put together."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from brobygget.circles.models import Circle
from brobygget.ideas.models import Fate, Idea, IdeaTranslation, Proposal

# Not written out at its use, so that the type checker keeps to the annotation in the model.
TO_SHOW: str = "ideas_to_show"


def shown_ideas() -> QuerySet[Idea]:
    """Ideas on the wall of their circle: not those that wait, not those that were hidden."""
    return Idea.objects.filter(hidden_on=None, number__isnull=False).order_by("number")


def with_translations(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """The same ideas with what people have translated, the surest first."""
    return ideas.prefetch_related(
        Prefetch("translations", queryset=IdeaTranslation.objects.order_by("status", "language"))
    )


def free_ideas(circle: Circle) -> QuerySet[Idea]:
    """Ideas on the wall that are in no proposal."""
    return with_translations(shown_ideas().filter(circle=circle, proposal=None))


def groupable_ideas(circle: Circle) -> QuerySet[Idea]:
    """Ideas that can be put into another proposal: nothing has been voted or decided about them."""
    unsettled = Proposal.objects.filter(circle=circle, votes=None, consent=None, fates=None)
    return shown_ideas().filter(Q(proposal=None) | Q(proposal__in=unsettled), circle=circle)


def shown_proposals(circle: Circle) -> QuerySet[Proposal]:
    """Proposals with at least one idea that may be seen; the ideas come along as `ideas_to_show`."""
    seen = shown_ideas().filter(proposal=OuterRef("pk"))
    return (
        Proposal.objects.filter(Exists(seen), circle=circle)
        .prefetch_related(Prefetch("ideas", queryset=with_translations(shown_ideas()), to_attr=TO_SHOW))
        .order_by("number")
    )


def proposals_to_choose_from(circle: Circle, *, on: date) -> QuerySet[Proposal]:
    """What a dot vote is about: no fate yet, or parked until a day that has come."""
    latest = Fate.objects.filter(proposal=OuterRef("pk")).order_by("-decided_on", "-pk")
    return (
        shown_proposals(circle)
        .annotate(
            last_fate=Subquery(latest.values("kind")[:1]),
            again_on=Subquery(latest.values("look_again_on")[:1]),
        )
        .filter(Q(last_fate=None) | Q(last_fate=Fate.Kind.PARKED, again_on__lte=on))
    )
