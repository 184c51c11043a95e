"""Ideas in any language, in the circle's keeping: no row tells who wrote or voted what."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import pgettext_lazy

from brobygget.circles.models import Circle, Meeting, Membership


class Proposal(models.Model):
    """What the circle can decide on: one idea, or several that mean the same."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10)

    # Filled in by queries.proposals.shown_proposals; never stored.
    ideas_to_show: list[Idea]

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["circle", "number"], name="one_proposal_of_a_number")]

    def __str__(self) -> str:
        return self.title


class Idea(models.Model):
    """One idea as it was given. There is no author: only whether it waited with the organisers' ideas."""

    class Channel(models.TextChoices):
        TYPED = "typed", pgettext_lazy("channel", "Written")
        SPOKEN = "spoken", pgettext_lazy("channel", "Spoken, written down by the leader")
        DRAWN = "drawn", pgettext_lazy("channel", "Drawn")

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="ideas")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.SET_NULL, related_name="ideas")
    # Given when the idea goes up on the wall. An organiser's idea that waits has none, so that a gap tells nothing.
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    drawing = models.TextField(blank=True)  # SVG path data on a 400 x 300 sheet, as drawing.py writes it
    channel = models.CharField(max_length=10, choices=Channel.choices)
    is_from_organiser = models.BooleanField(default=False)
    given_on = models.DateField()
    hidden_on = models.DateField(null=True, blank=True)
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.SET_NULL, related_name="ideas"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["circle", "number"], name="one_idea_of_a_number"),
            models.CheckConstraint(
                condition=models.Q(number__isnull=False) | models.Q(is_from_organiser=True),
                name="only_organisers_ideas_wait",
            ),
            models.CheckConstraint(
                condition=~(models.Q(text="") & models.Q(drawing="")), name="idea_in_words_or_drawn"
            ),
        ]

    def __str__(self) -> str:
        return f"idea {self.number}"


class IdeaTranslation(models.Model):
    """The idea in another language, by a person, beside the original and never instead of it."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("translation", "Not yet checked")
        CHECKED = "checked", pgettext_lazy("translation", "Checked")

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=10)
    text = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "language"], name="one_translation_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.language}"


class DotVote(models.Model):
    """Everybody has some dots to give, once, in secret."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="dot_vote")
    dots_each = models.PositiveSmallIntegerField(default=3)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    proposals = models.ManyToManyField(
        Proposal, related_name="votes"
    )  # what was on the ballot when it opened

    def __str__(self) -> str:
        return f"dots of {self.meeting_id}"


class DotsGiven(models.Model):
    """Somebody has given their dots; to what lies in another table that nothing joins to this one."""

    # Both tables are rewritten in a new random order with every ballot, see commands.dots: neither keys nor the
    # order of the rows on disk tell which dots came when.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vote = models.ForeignKey(DotVote, on_delete=models.CASCADE, related_name="given")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="dots_given")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "membership"], name="dots_given_once")]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.membership_id}"


class Dot(models.Model):
    """One dot of nobody: a random key, no time, no person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vote = models.ForeignKey(DotVote, on_delete=models.CASCADE, related_name="dots")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="dots")

    def __str__(self) -> str:
        return str(self.proposal_id)


class ConsentRound(models.Model):
    """Can you live with it? What would make it safe enough to try?"""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="consent")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="consent_rounds")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"consent to {self.proposal_id}"


class Concern(models.Model):
    """Something that somebody worries about; answered with a condition."""

    consent = models.ForeignKey(ConsentRound, on_delete=models.CASCADE, related_name="concerns")
    text = models.CharField(max_length=500)
    language = models.CharField(max_length=10)
    condition = models.CharField(max_length=500, blank=True)  # what makes it safe enough to try
    condition_language = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return self.text[:40]


class Fate(models.Model):
    """What became of a proposal. Every one gets a fate, and a reason that can be read."""

    class Kind(models.TextChoices):
        TRIED = "tried", pgettext_lazy("fate", "We try it")
        DONE = "done", pgettext_lazy("fate", "Done")
        PARKED = "parked", pgettext_lazy("fate", "Parked")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="fates")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=500, blank=True)
    reason_language = models.CharField(max_length=10, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField()

    class Meta:
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="parked")
                | (~models.Q(reason="") & models.Q(look_again_on__isnull=False)),
                name="parked_with_reason_and_date",
            )
        ]

    def __str__(self) -> str:
        return self.kind


# The town's vote has a file of its own; its rows are rows of this stage like the others.
from brobygget.ideas.town_models import (  # noqa: E402
    Answer,
    Figures,
    Reading,
    Strip,
    Tally,
    TownIdea,
    TownIdeaTranslation,
    TownVote,
    Voter,
)

__all__ = [
    "Answer",
    "Concern",
    "ConsentRound",
    "Dot",
    "DotVote",
    "DotsGiven",
    "Fate",
    "Figures",
    "Idea",
    "IdeaTranslation",
    "Proposal",
    "Reading",
    "Strip",
    "Tally",
    "TownIdea",
    "TownIdeaTranslation",
    "TownVote",
    "Voter",
]
