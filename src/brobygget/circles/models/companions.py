"""Companions: two or a few people who said that they want company, proposed to each other by a human."""

from __future__ import annotations

from django.db import models

from brobygget.circles.models.evening import Circle, Membership


class CompanionWish(models.Model):
    """Somebody wants a companion: said by themself, with what they like and when they can."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="companion_wish")
    interests = models.CharField(max_length=200, blank=True)  # codes of circles.tiles
    times = models.CharField(max_length=120, blank=True)
    told_on = models.DateField()

    def __str__(self) -> str:
        return f"wish {self.pk}"


class Companionship(models.Model):
    """A proposal of the program, what the leader decided, and what became of it. It has no field for a reason."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="companionships")
    proposed_on = models.DateField()
    asked_on = models.DateField(null=True, blank=True)  # the leader said yes; each of them is asked
    joined_on = models.DateField(null=True, blank=True)  # everybody said yes
    ended_on = models.DateField(null=True, blank=True)  # put aside, not wished, or ended; nobody sees which

    def __str__(self) -> str:
        return f"companionship {self.pk}"


class Companion(models.Model):
    """One person in it. Nobody sees another one's answer before all have said yes."""

    companionship = models.ForeignKey(Companionship, on_delete=models.CASCADE, related_name="companions")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="companions")
    said_yes_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["companionship", "membership"], name="one_companion_each")
        ]

    def __str__(self) -> str:
        return f"companion {self.pk}"
