"""The door on the day: how many are inside, and how it was. Sums of a quarter of an hour; no person, no phone, no list."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import pgettext_lazy

from brobygget.openhouse.models.events import OpenHouse

FIRE_LIMIT = 150  # in a room without special arrangements


class Door(models.Model):
    """The door of an open house is watched: those who have one of its two addresses count, or ask how it was."""

    openhouse = models.OneToOneField(OpenHouse, on_delete=models.CASCADE, related_name="door")
    # Both addresses follow from this number; a new number closes the old ones.
    generation = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.openhouse_id}"


class DoorRoom(models.Model):
    """Where people are counted in and out, and how many may be there at once."""

    door = models.ForeignKey(Door, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=40)
    most = models.PositiveSmallIntegerField(default=FIRE_LIMIT)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("door", Lower("name"), name="door_rooms_have_names_of_their_own"),
            models.CheckConstraint(condition=models.Q(most__gte=1), name="somebody_may_be_inside"),
        ]

    def __str__(self) -> str:
        return self.name


class DoorCount(models.Model):
    """What happened at the door of one room in one quarter of an hour."""

    room = models.ForeignKey(DoorRoom, on_delete=models.CASCADE, related_name="counts")
    begins = models.DateTimeField()
    adults_in = models.PositiveIntegerField(default=0)
    children_in = models.PositiveIntegerField(default=0)
    adults_out = models.PositiveIntegerField(default=0)
    children_out = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["begins"]
        constraints = [
            models.UniqueConstraint(fields=["room", "begins"], name="one_row_a_quarter_of_an_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.begins:%H:%M}"


class FaceCount(models.Model):
    """How often one of the four faces was pressed. Not when, and not by whom."""

    class Face(models.TextChoices):
        GREAT = "great", pgettext_lazy("face", "Very good")
        GOOD = "good", pgettext_lazy("face", "Good")
        SO_SO = "so-so", pgettext_lazy("face", "Not so good")
        BAD = "bad", pgettext_lazy("face", "Not good at all")

    door = models.ForeignKey(Door, on_delete=models.CASCADE, related_name="faces")
    face = models.CharField(max_length=6, choices=Face.choices)
    presses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["door", "face"], name="each_face_once")]

    def __str__(self) -> str:
        return f"{self.face} {self.presses}"
