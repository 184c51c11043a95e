"""The town's vote. No row tells who answered: a voter is a browser or a strip of paper, never a person."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brobygget.house.models import House
from brobygget.people.models import YearsHere


class TownVote(models.Model):
    """Ideas that are put to the whole town."""

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="town_votes")
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    opened_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    # Goes up with every answer, so that the job knows which maps are old; it tells nothing of when or whose.
    version = models.PositiveBigIntegerField(default=0)
    mapped_version = models.PositiveBigIntegerField(default=0)
    # Goes up when a page would look different: new figures, an idea shown, hidden or translated, the close.
    picture = models.PositiveBigIntegerField(default=1)
    # When each single answer was forgotten, and what was counted before: how many answered, were late, were closed.
    forgotten_on = models.DateField(null=True, blank=True)
    last_counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-opened_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.closed_at is None


class TownIdea(models.Model):
    """An idea in the vote. Nobody sees it before somebody has read it, and nobody after it was hidden."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("moderation", "Waiting")
        SHOWN = "shown", pgettext_lazy("moderation", "Shown")
        HIDDEN = "hidden", pgettext_lazy("moderation", "Hidden")

    vote = models.ForeignKey(TownVote, on_delete=models.CASCADE, related_name="ideas")
    text = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    drawing = models.TextField(blank=True)  # SVG path data, as the circle's idea had it
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    is_from_town = models.BooleanField(default=False)  # given by a voter, not by a circle
    given_on = models.DateField()
    # Where it comes from: what is hidden in the circle is hidden here too.
    proposal = models.ForeignKey("ideas.Proposal", null=True, blank=True, on_delete=models.SET_NULL)
    source = models.ForeignKey("ideas.Idea", null=True, blank=True, on_delete=models.SET_NULL)
    # How much an answer would tell, by the latest map: from anybody, from those new here, from the established.
    priority = models.FloatField(default=1.0)
    priority_new = models.FloatField(default=1.0)
    priority_established = models.FloatField(default=1.0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~(models.Q(text="") & models.Q(drawing="")), name="town_idea_in_words_or_drawn"
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]


class TownIdeaTranslation(models.Model):
    """The idea in another language, by a person, beside the original."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("translation", "Not yet checked")
        CHECKED = "checked", pgettext_lazy("translation", "Checked")

    idea = models.ForeignKey(TownIdea, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=10)
    text = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "language"], name="one_town_translation_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.language}"


class Reading(models.Model):
    """Somebody has read an idea and decided: shown, or hidden for a reason of the list."""

    class Reason(models.TextChoices):
        PERSON = "person", _("It tells about a person")
        CONTACT = "contact", _("It holds a telephone number, an address or a link")
        HURTS = "hurts", _("It hurts or threatens somebody")
        ADVERT = "advert", _("It is an advertisement")
        NO_IDEA = "no-idea", _("It is not an idea to vote on")
        DOUBLE = "double", _("It says the same as another idea")

    idea = models.ForeignKey(TownIdea, on_delete=models.CASCADE, related_name="readings")
    state = models.CharField(max_length=10, choices=TownIdea.State.choices)
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    read_on = models.DateField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="hidden") | ~models.Q(reason=""), name="hidden_for_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.state}"


class Strip(models.Model):
    """A strip of paper with a code of 128 bits. It lets one browser answer, once; handed out, not registered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vote = models.ForeignKey(TownVote, on_delete=models.CASCADE, related_name="strips")
    batch = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    revoked_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.vote_id} {self.batch}"


class Tally(models.Model):
    """The sums of one kind of answers. Strips and the open code are never added together."""

    class Kind(models.TextChoices):
        STRIP = "strip", pgettext_lazy("tally", "Strips that were handed out")
        OPEN = "open", pgettext_lazy("tally", "The open code")

    vote = models.ForeignKey(TownVote, on_delete=models.CASCADE, related_name="tallies")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # The opinion map that may be shown: clouds and groups, frozen like every other figure.
    opinion_map = models.JSONField(default=dict)
    # What that map was made from (voter: group and a mark of the answers), for comparison with a new one only.
    counted = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "kind"], name="one_tally_a_kind")]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.kind}"


class Figures(models.Model):
    """What everybody may see of one idea in one tally: frozen until enough answers on both banks have changed."""

    tally = models.ForeignKey(Tally, on_delete=models.CASCADE, related_name="figures")
    idea = models.ForeignKey(TownIdea, on_delete=models.CASCADE, related_name="figures")
    released = models.JSONField(default=dict)
    # The answers that those figures, and those on the opinion map, were made from (voter: answer): compared with the
    # answers of now to know whether new figures may be released, and shown to nobody.
    counted = models.JSONField(default=dict)
    counted_on_map = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tally", "idea"], name="one_row_of_figures")]

    def __str__(self) -> str:
        return f"{self.tally_id} {self.idea_id}"


class Voter(models.Model):
    """One browser in one vote, known by a keyed hash. Who holds it, and in which language, is neither asked nor kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vote = models.ForeignKey(TownVote, on_delete=models.CASCADE, related_name="voters")
    digest = models.CharField(max_length=64, unique=True)
    strip = models.OneToOneField(Strip, null=True, blank=True, on_delete=models.CASCADE)
    years_here = models.CharField(max_length=10, choices=YearsHere.choices, blank=True)
    was_asked = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.id)


class Answer(models.Model):
    """What one browser says of one idea. The press with the highest number counts, whenever it arrives."""

    class Choice(models.IntegerChoices):
        AGREE = 1, pgettext_lazy("answer", "Yes, a good idea")
        DISAGREE = -1, pgettext_lazy("answer", "No")
        NOT_YET = 0, pgettext_lazy("answer", "I do not know yet")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    voter = models.ForeignKey(Voter, on_delete=models.CASCADE, related_name="answers")
    idea = models.ForeignKey(TownIdea, on_delete=models.CASCADE, related_name="answers")
    choice = models.SmallIntegerField(choices=Choice.choices)
    client_seq = models.PositiveBigIntegerField()
    is_late = models.BooleanField(default=False)  # pressed before the close, arrived after it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voter", "idea"], name="one_answer_an_idea"),
            models.CheckConstraint(condition=models.Q(choice__in=[-1, 0, 1]), name="an_answer_of_three"),
        ]

    def __str__(self) -> str:
        return str(self.id)
