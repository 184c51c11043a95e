"""What a house has changed about the interests that come with the program (interests/interests.csv)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Interest(models.Model):
    """An interest that a house added, or one that it retired. An id never changes its meaning."""

    house = models.ForeignKey("house.House", on_delete=models.CASCADE, related_name="interests")
    interest = models.CharField(max_length=40)  # the stable id
    group = models.CharField(max_length=40, blank=True)
    picture = models.CharField(max_length=60, blank=True)
    aliases = models.JSONField(default=list, blank=True)  # words of the register that mean it
    sort = models.PositiveSmallIntegerField(default=500)
    is_added = models.BooleanField(default=False)
    added_on = models.DateField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)
    replaced_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["sort", "interest"]
        constraints = [models.UniqueConstraint(fields=["house", "interest"], name="one_interest_of_an_id")]

    def __str__(self) -> str:
        return self.interest


class InterestLabel(models.Model):
    """A word for an interest in one language, and whether somebody who speaks it has read it."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("translation", "Not yet checked")
        CHECKED = "checked", pgettext_lazy("translation", "Checked")

    house = models.ForeignKey("house.House", on_delete=models.CASCADE, related_name="interest_labels")
    interest = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    label = models.CharField(max_length=80)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["house", "interest", "language"], name="one_interest_label_a_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interest} {self.language}"


class AliasReview(models.Model):
    """A word from a register that no interest knows, waiting for a person."""

    class Decision(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("alias", "Waiting")
        INTEREST = "interest", pgettext_lazy("alias", "Means an interest")
        VENUE = "venue", pgettext_lazy("alias", "Means a place")
        NOTHING = "nothing", pgettext_lazy("alias", "Means nothing")

    house = models.ForeignKey("house.House", on_delete=models.CASCADE, related_name="alias_reviews")
    word = models.CharField(max_length=120)  # in lower case
    count = models.PositiveIntegerField(default=0)  # rows of the latest import that said it
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.WAITING)
    interest = models.CharField(max_length=40, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-count", "word"]
        constraints = [models.UniqueConstraint(fields=["house", "word"], name="one_alias_review_a_word")]

    def __str__(self) -> str:
        return self.word
