"""A circle and its evenings: one row of state that the leader, the wall and every phone read."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import pgettext_lazy

from brobygget.house.models import House
from brobygget.people.models import Account, Participant

STUDY_HOUR = 45  # minutes


class Circle(models.Model):
    """A small mixed group that meets several times."""

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="circles")
    name = models.CharField(max_length=80)
    leader = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="circles")
    language = models.CharField(max_length=10, default="sv")
    study_association = models.CharField(max_length=80, blank=True)
    started_on = models.DateField()
    # A meeting is closed with a next date or with a named ending; the ending closes the circle.
    ended_on = models.DateField(null=True, blank=True)
    ending = models.TextField(blank=True)
    # "What time?" is asked by a link that follows from this number; a new number closes the old link.
    time_link = models.PositiveSmallIntegerField(default=1)
    # The same for the wall's address.
    wall_generation = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A way in: a link and QR for many, or a paper ticket of four words for one."""

    class Kind(models.TextChoices):
        LINK = "link"
        TICKET = "ticket"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="invitations")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)  # tickets only
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Membership(models.Model):
    """Somebody belongs to a circle, on one side of nothing: organisers sit in it too."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="memberships")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="memberships")
    is_organiser = models.BooleanField(default=False)
    seat = models.PositiveSmallIntegerField()  # the order round the table
    joined_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "participant"], name="one_membership_each"),
            models.UniqueConstraint(fields=["circle", "seat"], name="one_seat_each"),
        ]

    def __str__(self) -> str:
        return f"seat {self.seat}"


class GroundRule(models.Model):
    """What the circle has agreed about how to be together."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="ground_rules")
    text = models.CharField(max_length=300)
    language = models.CharField(max_length=10)
    agreed_on = models.DateField()

    def __str__(self) -> str:
        return self.text[:40]


class Meeting(models.Model):
    """One evening. `version` grows with every change, so that phones only fetch what is new."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    planned_minutes = models.PositiveSmallIntegerField(default=135)
    place = models.CharField(max_length=120, blank=True)
    wall_question = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    rules_read_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circle", "number"], name="one_meeting_of_a_number")]

    def __str__(self) -> str:
        return f"{self.circle} {self.number}"

    @property
    def is_open(self) -> bool:
        """Between the leader's opening and closing."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def study_hours(self) -> int:
        """Whole study hours of 45 minutes."""
        return self.planned_minutes // STUDY_HOUR


class Step(models.Model):
    """A part of the evening, which the leader can move, shorten and lengthen."""

    class Kind(models.TextChoices):
        WELCOME = "welcome", pgettext_lazy("step", "Welcome")
        ROUND = "round", pgettext_lazy("step", "Presentation round")
        TABLES = "tables", pgettext_lazy("step", "At the tables")
        CUSTOMS = "customs", pgettext_lazy("step", "So we do")
        IDEAS = "ideas", pgettext_lazy("step", "Ideas")
        VOTE = "vote", pgettext_lazy("step", "Dot vote")
        HOMEWORK = "homework", pgettext_lazy("step", "Homework")
        NEXT = "next", pgettext_lazy("step", "Next meeting")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    position = models.PositiveSmallIntegerField()
    planned_minutes = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_now(self) -> bool:
        """The step that everybody is in."""
        return self.began_at is not None and self.ended_at is None


class Round(models.Model):
    """A presentation round: who speaks when, with the time protected. What is said is not stored."""

    class Order(models.TextChoices):
        SEAT = "seat", pgettext_lazy("order", "As we sit")
        DRAWN = "drawn", pgettext_lazy("order", "Drawn by lot")

    step = models.OneToOneField(Step, on_delete=models.CASCADE, related_name="round")
    prompt = models.CharField(max_length=20)  # a code of circles.prompts
    order = models.CharField(max_length=10, choices=Order.choices)
    minutes_each = models.PositiveSmallIntegerField(default=4)
    interpreting_minutes_each = models.PositiveSmallIntegerField(default=4)
    # The leader was asked "shall the round have the time it needs?" and said what to move.
    time_given_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.prompt


class Turn(models.Model):
    """One person's time in a round. "Pass" needs no reason, and there is no field for one."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="turns")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="turns")
    position = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    passed = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["round", "membership"], name="one_turn_each")]

    def __str__(self) -> str:
        return f"turn {self.position}"


class OwnCard(models.Model):
    """What a speaker wants to keep of what they said. Shown to the speaker only."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="card")
    text = models.TextField()

    def __str__(self) -> str:
        return f"card {self.pk}"


class Attendance(models.Model):
    """Somebody was there. A row that is missing has no reason."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="attendances")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "membership"], name="one_attendance_each")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.membership_id}"


class PulseGiven(models.Model):
    """Somebody has tapped; what they tapped lies in another table that nothing joins to this one."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="pulses_given")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="pulses_given")
    moment = models.PositiveSmallIntegerField()  # the turn's position in the round; 0 for the meeting

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership", "moment"], name="one_tap_each")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.moment}"


class PulseAnswer(models.Model):
    """One tap, 1 to 5, of nobody: a random key, no time, no person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="pulse_answers")
    moment = models.PositiveSmallIntegerField()
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(value__range=(1, 5)), name="pulse_is_1_to_5")
        ]

    def __str__(self) -> str:
        return str(self.value)


class Custom(models.Model):
    """ "So we do": how one person does something. Nobody's name is on it."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="customs")
    text = models.CharField(max_length=500)
    language = models.CharField(max_length=10)
    told_on = models.DateField()
    hidden_on = models.DateField(null=True, blank=True)  # by the leader

    def __str__(self) -> str:
        return self.text[:40]


class CustomReply(models.Model):
    """ "And I do": another person's way, beside the first and not above it."""

    custom = models.ForeignKey(Custom, on_delete=models.CASCADE, related_name="replies")
    text = models.CharField(max_length=500)
    language = models.CharField(max_length=10)
    told_on = models.DateField()
    hidden_on = models.DateField(null=True, blank=True)  # by the leader

    def __str__(self) -> str:
        return self.text[:40]


class Homework(models.Model):
    """One question for everyone, organisers too; its answers open the next meeting."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="homework")
    question = models.CharField(max_length=300)
    language = models.CharField(max_length=10)

    def __str__(self) -> str:
        return self.question[:40]


class HomeworkAnswer(models.Model):
    """An answer, by link, on paper or aloud; it is the circle's, not somebody's."""

    class Channel(models.TextChoices):
        LINK = "link", pgettext_lazy("channel", "On the phone")
        PAPER = "paper", pgettext_lazy("channel", "On paper")
        ALOUD = "aloud", pgettext_lazy("channel", "Said aloud")

    homework = models.ForeignKey(Homework, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField()
    language = models.CharField(max_length=10)
    channel = models.CharField(max_length=10, choices=Channel.choices)

    def __str__(self) -> str:
        return self.text[:40]


class HomeworkDone(models.Model):
    """Somebody has answered, so that their phone does not ask again; not what they answered."""

    homework = models.ForeignKey(Homework, on_delete=models.CASCADE, related_name="done")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="homework_done")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["homework", "membership"], name="homework_done_once")]

    def __str__(self) -> str:
        return f"{self.homework_id} {self.membership_id}"


class DateOption(models.Model):
    """A time that the next meeting could have."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="date_options")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["meeting", "starts_at"], name="one_option_a_time")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class DateAnswer(models.Model):
    """Somebody can come at that time. Only the number is shown."""

    option = models.ForeignKey(DateOption, on_delete=models.CASCADE, related_name="answers")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="date_answers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["option", "membership"], name="one_date_answer_each")]

    def __str__(self) -> str:
        return f"{self.option_id} {self.membership_id}"
