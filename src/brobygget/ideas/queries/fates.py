"""What has become of each proposal, with its reason, its conditions and its history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch

from brobygget.circles.models import Circle
from brobygget.ideas.models import Concern, Fate, Proposal
from brobygget.ideas.queries.proposals import shown_proposals


@dataclass(frozen=True)
class ProposalStory:
    """A proposal, its latest fate, those before it, and what makes it safe enough to try."""

    proposal: Proposal
    fate: Fate | None
    earlier: tuple[Fate, ...]
    concerns: tuple[Concern, ...]

    @property
    def unanswered(self) -> int:
        """Concerns that have no condition."""
        return sum(not concern.condition for concern in self.concerns)


@dataclass(frozen=True)
class Fates:
    """A circle's proposals by what became of them."""

    tried: list[ProposalStory] = field(default_factory=list)
    done: list[ProposalStory] = field(default_factory=list)
    parked: list[ProposalStory] = field(default_factory=list)
    without: list[ProposalStory] = field(default_factory=list)
    look_again: list[ProposalStory] = field(default_factory=list)  # parked, and the day has come


def _with_stories(circle: Circle) -> list[Proposal]:
    return list(
        shown_proposals(circle)
        .select_related("consent")
        .prefetch_related(
            Prefetch("fates", queryset=Fate.objects.order_by("decided_on", "pk")),
            Prefetch("consent__concerns", queryset=Concern.objects.order_by("pk")),
        )
    )


def story_of(proposal: Proposal) -> ProposalStory:
    """One proposal with what became of it."""
    fates = list(proposal.fates.all())
    consent = getattr(proposal, "consent", None)
    concerns = tuple(consent.concerns.all()) if consent is not None else ()
    return ProposalStory(proposal, fates[-1] if fates else None, tuple(fates[-2::-1]), concerns)


def fates_of(circle: Circle, *, on: date) -> Fates:
    """Every proposal that can be seen, under what became of it."""
    fates = Fates()
    shelves = {Fate.Kind.TRIED: fates.tried, Fate.Kind.DONE: fates.done, Fate.Kind.PARKED: fates.parked}
    for story in map(story_of, _with_stories(circle)):
        if story.fate is None:
            fates.without.append(story)
            continue
        shelves[Fate.Kind(story.fate.kind)].append(story)
        if story.fate.look_again_on is not None and story.fate.look_again_on <= on:
            fates.look_again.append(story)
    return fates
