"""What everybody may read about an association."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Known(models.TextChoices):
    """Unknown is not no."""

    YES = "yes", pgettext_lazy("known", "Yes")
    NO = "no", pgettext_lazy("known", "No")
    UNKNOWN = "unknown", pgettext_lazy("known", "Not known")


class Origin(models.TextChoices):
    """Where a fact comes from; what the association says itself is never overwritten by a file."""

    IMPORT = "import", pgettext_lazy("origin", "The register")
    ASSOCIATION = "association", pgettext_lazy("origin", "The association")
    STAFF = "staff", pgettext_lazy("origin", "The house")


class Association(models.Model):
    """Something to join. Empty text, None and "unknown" mean that nobody has said."""

    class Status(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("association", "Active")
        DORMANT = "dormant", pgettext_lazy("association", "Resting")
        DISSOLVED = "dissolved", pgettext_lazy("association", "Closed down")
        DRAFT = "draft", pgettext_lazy("association", "Draft")

    class SwedishNeeded(models.TextChoices):
        NONE = "none", _("No Swedish needed")
        LITTLE = "little", _("A little Swedish")
        SOME = "some", _("Some Swedish")
        GOOD = "good", _("Good Swedish")
        UNKNOWN = "unknown", pgettext_lazy("known", "Not known")

    house = models.ForeignKey("house.House", on_delete=models.CASCADE, related_name="associations")
    name = models.CharField(max_length=200)
    alternate_names = models.JSONField(default=list, blank=True)  # list of text
    org_nr = models.CharField(max_length=20, blank=True)  # optional: a small association need not have one
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    category_source = models.CharField(max_length=200, blank=True)  # the register's own word
    source_system = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=80, blank=True)
    registered = models.CharField(max_length=30, blank=True)  # when, as the register says it
    source_changed = models.CharField(max_length=30, blank=True)

    description = models.TextField(blank=True)
    language = models.CharField(max_length=10, default="sv")  # what the texts are written in
    audience = models.CharField(max_length=200, blank=True)
    age_min = models.PositiveSmallIntegerField(null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(null=True, blank=True)
    members = models.PositiveIntegerField(null=True, blank=True)

    # Where it is. A private home has no street here: see AssociationContact.
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    town = models.CharField(max_length=80, blank=True)
    district = models.CharField(max_length=80, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    meeting_text = models.TextField(blank=True)

    # How to reach the association itself, never a person.
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    websites = models.JSONField(default=list, blank=True)  # list of addresses

    # What a newcomer wants to know.
    what_one_can_try = models.TextField(blank=True)
    beginners_with_little_swedish = models.TextField(blank=True)
    who_meets_you = models.CharField(
        max_length=40, blank=True
    )  # a first name, given by the association itself
    swedish_needed = models.CharField(
        max_length=10, choices=SwedishNeeded.choices, default=SwedishNeeded.UNKNOWN
    )
    fee_text = models.CharField(max_length=200, blank=True)
    fee_sek = models.PositiveIntegerField(null=True, blank=True)
    fee_is_voluntary = models.BooleanField(default=False)
    try_free = models.CharField(max_length=10, choices=Known.choices, default=Known.UNKNOWN)
    fritidskort = models.CharField(max_length=10, choices=Known.choices, default=Known.UNKNOWN)
    step_free = models.CharField(max_length=10, choices=Known.choices, default=Known.UNKNOWN)
    accessibility = models.JSONField(default=dict, blank=True)  # feature to yes, no or partly
    gear_to_lend = models.CharField(max_length=200, blank=True)

    last_confirmed_on = models.DateField(null=True, blank=True)  # by the association itself
    # The run of imports that made it; undoing that run takes it away again.
    made_by = models.ForeignKey(
        "associations.ImportRun", on_delete=models.SET_NULL, null=True, blank=True, related_name="made"
    )
    created_on = models.DateField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["house", "source_system", "source_id"],
                condition=~models.Q(source_id=""),
                name="one_association_of_a_source_id",
            ),
        ]
        indexes = [
            models.Index(fields=["house", "status", "name"], name="association_list"),
            models.Index(fields=["house", "org_nr"], name="association_org_nr"),
            models.Index(fields=["changed_at", "id"], name="association_changed"),
        ]

    def __str__(self) -> str:
        return self.name


class AssociationInterest(models.Model):
    """What it is about: an interest's stable id (see interests/interests.csv and Interest)."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="interests")
    interest = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField(default=0)  # in the order in which they were named
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.IMPORT)
    guessed_from_name = models.BooleanField(default=False)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["association", "interest"], name="each_interest_once"),
        ]
        indexes = [models.Index(fields=["interest"], name="association_interest")]

    def __str__(self) -> str:
        return f"{self.association_id} {self.interest}"


class AssociationLanguage(models.Model):
    """A language that somebody there speaks."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=10)
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.IMPORT)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["association", "language"], name="each_spoken_language_once"),
        ]
        indexes = [models.Index(fields=["language"], name="association_language")]

    def __str__(self) -> str:
        return f"{self.association_id} {self.language}"


class AssociationTime(models.Model):
    """When it meets: RFC 5545 parts, a weekday where the rule has exactly one (0 is Monday)."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="times")
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    rrule = models.CharField(max_length=120, blank=True)
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.IMPORT)

    class Meta:
        ordering = ["weekday", "starts", "pk"]

    def __str__(self) -> str:
        return f"{self.association_id} {self.rrule} {self.starts}"


class AssociationText(models.Model):
    """One of the association's texts in another language, by a person, beside the original."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("translation", "Not yet checked")
        CHECKED = "checked", pgettext_lazy("translation", "Checked")

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="texts")
    field = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    text = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)

    class Meta:
        ordering = ["field", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "field", "language"], name="one_association_text_a_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association_id} {self.field} {self.language}"


class FieldProvenance(models.Model):
    """Who said a field last. No row means that the file which made the association said it."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="provenance")
    field = models.CharField(max_length=40)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "field"], name="one_origin_a_field"),
        ]

    def __str__(self) -> str:
        return f"{self.association_id} {self.field} {self.origin}"
