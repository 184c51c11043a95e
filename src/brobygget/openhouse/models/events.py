"""The day itself, and what has to be done before and after it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import pgettext_lazy

from brobygget.web.moments import SWEDEN


class OpenHouse(models.Model):
    """A day when the house, or a hall, is open to the whole town and its associations."""

    house = models.ForeignKey("house.House", on_delete=models.CASCADE, related_name="open_houses")
    # The circle that shapes it: its members own tasks by their alias, and see the plan.
    circle = models.ForeignKey(
        "circles.Circle", on_delete=models.SET_NULL, null=True, blank=True, related_name="open_houses"
    )
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=10)  # what its words are written in
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    way_there = models.TextField(blank=True)
    languages = models.CharField(max_length=200, blank=True)  # spoken on the day: ",sv,ar,"
    places = models.PositiveSmallIntegerField()  # for associations
    # The last day on which an answer counts as in time. The task "registration closes" shows and moves this date.
    closes_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    called_off_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)  # calendars follow a moved day by this number
    created_on = models.DateField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="open_before_closed"
            ),
            models.CheckConstraint(condition=models.Q(closes_on__lte=models.F("day")), name="closes_in_time"),
            models.CheckConstraint(condition=models.Q(places__gte=1), name="room_for_somebody"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def starts_at(self) -> datetime:
        """When the doors open."""
        return datetime.combine(self.day, self.starts, tzinfo=SWEDEN)

    @property
    def ends_at(self) -> datetime:
        """When the doors close."""
        return datetime.combine(self.day, self.ends, tzinfo=SWEDEN)

    @property
    def language_codes(self) -> list[str]:
        """The languages spoken on the day, in the order in which they were named."""
        return [code for code in self.languages.split(",") if code]


class Task(models.Model):
    """Something that has to be done by a day, owned by a pair."""

    class Kind(models.TextChoices):
        """The timeline; see plans/timeline.py for the days. The house's own tasks are OWN."""

        IDEA = "idea", pgettext_lazy("open house", "The idea is decided")
        INVITE = "invite", pgettext_lazy("open house", "The associations are invited")
        NUDGE = "nudge", pgettext_lazy("open house", "Those who are silent are reminded")
        CLOSING = "closing", pgettext_lazy("open house", "Registration closes")
        PLACES = "places", pgettext_lazy("open house", "Places are given, the waiting list begins")
        PROGRAMME = "programme", pgettext_lazy("open house", "Programme and interpreters")
        MAP = "map", pgettext_lazy("open house", "Map, electricity and what can go wrong")
        REMINDER = (
            "reminder",
            pgettext_lazy("open house", "Everybody is told when to come and to which table"),
        )
        ROOMS = "rooms", pgettext_lazy("open house", "Halls are set up")
        ARRIVE = "arrive", pgettext_lazy("open house", "Associations arrive")
        ROUND = "round", pgettext_lazy("open house", "A last round before the doors")
        DOORS = "doors", pgettext_lazy("open house", "Doors open")
        END = "end", pgettext_lazy("open house", "Doors close, thank you")
        TIDY = "tidy", pgettext_lazy("open house", "Tidy, and eat together")
        THANKS = "thanks", pgettext_lazy("open house", "Thanks, and the lists of the interested go out")
        CONTACTED = (
            "contacted",
            pgettext_lazy("open house", "Everybody who was interested has heard from somebody"),
        )
        SURVEY = "survey", pgettext_lazy("open house", "The associations are asked how it was")
        TRIED = "tried", pgettext_lazy("open house", "Have they tried?")
        STILL = "still", pgettext_lazy("open house", "Are they still there?")
        WORKSHOP = "workshop", pgettext_lazy("open house", "Evaluation together")
        OWN = "own", pgettext_lazy("open house", "Our own")

    openhouse = models.ForeignKey(OpenHouse, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=120, blank=True)  # of the house's own tasks
    due_on = models.DateField()
    clock = models.TimeField(null=True, blank=True)  # on the day itself it makes a line of the run sheet
    days_from = models.IntegerField(default=0)  # from the day, where it follows the day
    moved_on = models.DateField(null=True, blank=True)  # when somebody moved it by hand; it no longer follows
    note = models.TextField(blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", models.F("clock").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["openhouse", "kind"], condition=~models.Q(kind="own"), name="each_date_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"


class TaskOwner(models.Model):
    """One of the pair: somebody who is new here and somebody who has lived here long, if they like to say so."""

    class Side(models.TextChoices):
        NEW = "new", pgettext_lazy("side", "New here")
        ESTABLISHED = "established", pgettext_lazy("side", "Lived here long")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="owners")
    side = models.CharField(max_length=12, choices=Side.choices)
    # A participant of the circle, by alias, or somebody of the staff. Who is forgotten owns nothing any more.
    participant = models.ForeignKey(
        "people.Participant", on_delete=models.CASCADE, null=True, blank=True, related_name="open_house_tasks"
    )
    account = models.ForeignKey(
        "people.Account", on_delete=models.CASCADE, null=True, blank=True, related_name="open_house_tasks"
    )

    class Meta:
        ordering = ["-side"]  # new first
        constraints = [
            models.UniqueConstraint(fields=["task", "side"], name="a_pair_is_two"),
            models.CheckConstraint(
                condition=models.Q(participant__isnull=False, account__isnull=True)
                | models.Q(participant__isnull=True, account__isnull=False),
                name="somebody_owns_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.side}"
