"""Who gets a place: a rule that is frozen before anybody knows whom it helps, and a waiting list that is used."""

from __future__ import annotations

from django.db import models

from brobygget.openhouse.models.events import OpenHouse
from brobygget.openhouse.models.invitations import Answer, Invitation

# Calls that may still be answered, and places of those who wait and would be called next.
OPEN_CALL = models.Q(answered_at=None, passed_at=None)
WAITING = models.Q(given_at=None, given_up_at=None, passed_at=None)


class PlaceRule(models.Model):
    """In which order associations get places, in the program's words and in the house's own."""

    openhouse = models.OneToOneField(OpenHouse, on_delete=models.CASCADE, related_name="rule")
    order = models.CharField(max_length=40)  # "kind,try,beginners"; the time of the answer decides the rest
    words = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    written_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(
        "people.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(null=True, blank=True)  # when the program applied it
    # As it was then; the day and the number of places may change afterwards, and the printed order stays true.
    places = models.PositiveIntegerField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.order

    @property
    def criteria(self) -> list[str]:
        """What is looked at, the most important first; time is always the last."""
        return [name for name in self.order.split(",") if name]


class Place(models.Model):
    """Where an association stands in the order, and why. `given_at` and no `given_up_at`: it has a place."""

    openhouse = models.ForeignKey(OpenHouse, on_delete=models.CASCADE, related_name="in_order")
    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="place")
    position = models.PositiveIntegerField()
    # Where the rule put it; nothing for those who came later. Who gives up and says yes again stands last, at `position`.
    first_position = models.PositiveIntegerField(null=True, blank=True)
    # The reasons, as they were when the rule was applied.
    kind = models.CharField(max_length=40, blank=True)
    nth_of_kind = models.PositiveSmallIntegerField(default=0)  # 0 where the rule does not look at kinds
    has_try = models.BooleanField(default=False)
    is_open = models.BooleanField(default=False)
    wants_since = models.DateTimeField()
    was_late = models.BooleanField(default=False)
    given_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)  # was called and did not answer in time

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["openhouse", "position"], name="one_at_each_position"),
        ]

    def __str__(self) -> str:
        return f"{self.position}"

    @property
    def came_back(self) -> bool:
        """Whether it gave its place up and said yes again."""
        return self.first_position is not None and self.first_position != self.position

    @property
    def has_place(self) -> bool:
        """Whether it has a place now."""
        return self.given_at is not None and self.given_up_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether it still waits for one, called or not."""
        return self.given_at is None and self.given_up_at is None


class PlaceCall(models.Model):
    """A free place is offered to one that waits, until a time."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="calls")
    called_at = models.DateTimeField()
    # From when the association knows: when the mail has gone, or somebody has talked with them.
    told_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=6, choices=Answer.Said.choices, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["called_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place"],
                condition=OPEN_CALL,
                name="one_open_call_each",
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_by"],
                condition=OPEN_CALL,
                name="open_house_open_calls",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.called_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Whether the association may still answer."""
        return self.answered_at is None and self.passed_at is None
