"""The house: everything hangs from it."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import pgettext_lazy


class House(models.Model):
    """A meeting place in a town, owned by several partners together."""

    name = models.CharField(max_length=80)
    town = models.CharField(max_length=80)
    languages = models.CharField(max_length=120, default="sv,sv-easy,en,ar,fa,ti,so,uk")
    challenge = models.TextField(blank=True)
    challenge_language = models.CharField(max_length=10, default="sv")
    address = models.CharField(max_length=200, blank=True)
    new_up_to_years = models.PositiveSmallIntegerField(default=3)
    # A demo house has a clock of its own: what it shows is the real time and this.
    clock_offset = models.DurationField(default=timedelta(0))
    opened_on = models.DateField()

    # Filled in by the middleware for the reader of this page; never stored.
    roles_of_reader: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name

    @property
    def language_codes(self) -> list[str]:
        """The languages in which the house speaks, the first one first."""
        return [code for code in self.languages.split(",") if code]


class Partner(models.Model):
    """An organisation that owns the house together with the others."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", pgettext_lazy("partner", "Association")
        MUNICIPALITY = "municipality", pgettext_lazy("partner", "Municipality or municipal company")
        HOUSING = "housing", pgettext_lazy("partner", "Housing company")
        STUDY = "study", pgettext_lazy("partner", "Study association")
        FAITH = "faith", pgettext_lazy("partner", "Congregation")
        OTHER = "other", pgettext_lazy("partner", "Other")

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    is_host = models.BooleanField(default=False)  # answers for the personal data

    class Meta:
        constraints = [models.UniqueConstraint(fields=["house", "name"], name="one_partner_of_a_name")]

    def __str__(self) -> str:
        return self.name


class DayCount(models.Model):
    """How many came through the door on a day. A number, never a list: nobody is registered."""

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="day_counts")
    day = models.DateField()
    adults = models.PositiveIntegerField(default=0)
    children = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["house", "day"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.adults} + {self.children}"


class ProgrammeItem(models.Model):
    """Something that happens in the house, entered once by the partner whose it is."""

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="programme")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="programme")
    title = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    # Either every week on a weekday (0 is Monday), or once on a day.
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    starts = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=80)
    who_for = models.CharField(max_length=120, blank=True)
    cost = models.CharField(max_length=80, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["weekday", "day", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__isnull=False, day__isnull=True)
                | models.Q(weekday__isnull=True, day__isnull=False),
                name="weekly_or_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def weekday_name(self) -> str:
        """Monday to Sunday, in the page's language; empty for what happens once."""
        return "" if self.weekday is None else str(WEEKDAYS[self.weekday])


class ProgrammeTranslation(models.Model):
    """The item in another language, by a person, beside the original."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("translation", "Not yet checked")
        CHECKED = "checked", pgettext_lazy("translation", "Checked")

    item = models.ForeignKey(ProgrammeItem, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    who_for = models.CharField(max_length=120, blank=True)
    cost = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "language"], name="one_programme_translation")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.language}"
