"""A time at tables on the day, such as a language café. Who sits where is the circles' `TablePlan`."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from brobygget.circles.models import TablePlan
from brobygget.openhouse.models.events import OpenHouse
from brobygget.web.moments import SWEDEN


class Gathering(models.Model):
    """People sit down at tables and change a few times. Whoever comes in at the door may take part."""

    openhouse = models.ForeignKey(OpenHouse, on_delete=models.CASCADE, related_name="gatherings")
    plan = models.OneToOneField(TablePlan, on_delete=models.CASCADE, related_name="gathering")
    name = models.CharField(max_length=80)
    place = models.CharField(max_length=120, blank=True)  # in the hall: "the café corner"
    starts = models.TimeField()
    ends = models.TimeField()
    # The wall's address follows from this number; a new number closes the old one.
    wall_generation = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="gathering_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        return datetime.combine(self.openhouse.day, self.starts, tzinfo=SWEDEN)

    @property
    def ends_at(self) -> datetime:
        """When it is meant to end."""
        return datetime.combine(self.openhouse.day, self.ends, tzinfo=SWEDEN)

    @property
    def is_over(self) -> bool:
        """The tables have been put away."""
        return self.plan.finished_at is not None
