"""The halls, their tables and circuits, and who stands where. Lengths are whole decimetres, seen from above."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import pgettext_lazy

from brobygget.openhouse.models.events import OpenHouse
from brobygget.openhouse.models.invitations import Invitation


class FloorPlan(models.Model):
    """What is decided about the floor as a whole."""

    openhouse = models.OneToOneField(OpenHouse, on_delete=models.CASCADE, related_name="floor_plan")
    # Words for appliances of which no circuit takes two: "våffeljärn, strykjärn".
    never_together = models.CharField(max_length=200, blank=True)
    placed_at = models.DateTimeField(null=True, blank=True)  # when the program placed everybody
    is_proven = models.BooleanField(default=False)  # that no plan was better then
    # Why not everything could be kept then: a line for each conflict, of rules that cannot hold together.
    conflicts = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # since when associations and everybody may see it

    def __str__(self) -> str:
        return f"{self.openhouse_id}"


class Hall(models.Model):
    """A room with tables: a rectangle with one door."""

    class Door(models.TextChoices):
        """The wall that the door is in, as the plan is drawn."""

        NEAR = "near", pgettext_lazy("wall", "The wall at the bottom of the plan")
        FAR = "far", pgettext_lazy("wall", "The wall at the top of the plan")
        LEFT = "left", pgettext_lazy("wall", "The wall on the left")
        RIGHT = "right", pgettext_lazy("wall", "The wall on the right")

    openhouse = models.ForeignKey(OpenHouse, on_delete=models.CASCADE, related_name="halls")
    name = models.CharField(max_length=40)
    wide = models.PositiveSmallIntegerField()
    deep = models.PositiveSmallIntegerField()
    door = models.CharField(max_length=5, choices=Door.choices, default=Door.NEAR)
    walk = models.PositiveSmallIntegerField(default=0)  # from the way in of the house to this door
    step_free = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("openhouse", Lower("name"), name="halls_have_names_of_their_own"),
            models.CheckConstraint(condition=models.Q(wide__gte=1, deep__gte=1), name="a_hall_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.name


class Circuit(models.Model):
    """A fuse and what it carries."""

    openhouse = models.ForeignKey(OpenHouse, on_delete=models.CASCADE, related_name="circuits")
    name = models.CharField(max_length=40)
    watts = models.PositiveIntegerField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("openhouse", Lower("name"), name="circuits_have_names_of_their_own"),
            models.CheckConstraint(condition=models.Q(watts__gte=1), name="a_circuit_carries_something"),
        ]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """Room for one table, with a number that no other table of the day has."""

    openhouse = models.ForeignKey(OpenHouse, on_delete=models.CASCADE, related_name="positions")
    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="positions")
    number = models.PositiveSmallIntegerField()
    x = models.PositiveSmallIntegerField()  # the middle of the table, from the wall on the left
    y = models.PositiveSmallIntegerField()  # and from the wall at the top
    wide = models.PositiveSmallIntegerField()
    deep = models.PositiveSmallIntegerField()
    circuit = models.ForeignKey(
        Circuit, on_delete=models.SET_NULL, null=True, blank=True, related_name="positions"
    )
    step_free = models.BooleanField(default=True)
    has_floor = models.BooleanField(default=False)  # free floor beside it, for dancing or for trying out
    kept_free = models.BooleanField(default=False)  # a way out: nothing ever stands there

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["openhouse", "number"], name="one_table_of_each_number"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, wide__gte=1, deep__gte=1), name="a_table_has_a_size"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Stand(models.Model):
    """Where one association stands, and what it is plugged into."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="stand")
    position = models.OneToOneField(Position, on_delete=models.CASCADE, related_name="stand")
    circuit = models.ForeignKey(
        Circuit, on_delete=models.SET_NULL, null=True, blank=True, related_name="stands"
    )
    is_held = models.BooleanField(default=False)  # put there by hand: the program leaves it where it is

    class Meta:
        ordering = ["position__number"]

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.position_id}"


class FloorChange(models.Model):
    """Who stood where before a change, so that it can be taken back."""

    plan = models.ForeignKey(FloorPlan, on_delete=models.CASCADE, related_name="changes")
    before = (
        models.TextField()
    )  # lines of "invitation position circuit held", numbers of rows; read in one piece

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"change {self.pk}"
