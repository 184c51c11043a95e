"""What everybody may read about an association. Names follow Open Referral HSDS 3 where it has one."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Known(models.TextChoices):
    """Unknown is not no."""

    YES = "yes", pgettext_lazy("known", "Yes")
    NO = "no", pgettext_lazy("known", "No")
    UNKNOWN = "unknown", pgettext_lazy("known", "Not known")


class Origin(models.TextChoices):
    """Where a fact comes from. What people said themselves is never overwritten by a file."""

    IMPORT = "import", pgettext_lazy("origin", "The register")
    ASSOCIATION = "association", pgettext_lazy("origin", "The association")
    STAFF = "staff", pgettext_lazy("origin", "The house")


class Association(models.Model):
    """Something to join. Empty text, None and "unknown" mean that nobody has said."""

    class Status(models.TextChoices):
        """Only an active one is shown to visitors."""

        ACTIVE = "active", pgettext_lazy("association", "Active")
        DORMANT = "dormant", pgettext_lazy("association", "Resting")
        DISSOLVED = "dissolved", pgettext_lazy("association", "Closed down")
        DRAFT = "draft", pgettext_lazy("association", "Draft")
        VENUE = "venue", pgettext_lazy("association", "Only a place")
        EXCLUDED = "excluded", pgettext_lazy("association", "Not for visitors")

    class SwedishNeeded(models.TextChoices):
        NONE = "none", _("No Swedish needed")
        LITTLE = "little", _("A little Swedish")
        SOME = "some", _("Some Swedish")
        GOOD = "good", _("Good Swedish")
        UNKNOWN = "unknown", pgettext_lazy("known", "Not known")

    class OpenTo(models.TextChoices):
        EVERYONE = "everyone", pgettext_lazy("open to", "Everyone")
        WOMEN = "women", pgettext_lazy("open to", "Girls and women")
        MEN = "men", pgettext_lazy("open to", "Boys and men")
        UNKNOWN = "unknown", pgettext_lazy("known", "Not known")

    class Gear(models.TextChoices):
        NOT_NEEDED = "not-needed", _("Nothing needs to be brought")
        TO_LEND = "to-lend", _("There is gear to borrow")
        BRING = "bring", _("Bring your own")
        UNKNOWN = "unknown", pgettext_lazy("known", "Not known")

    class Reach(models.TextChoices):
        """How the house reaches it: also by what is private, and never shown."""

        EMAIL = "email", pgettext_lazy("reach", "E-mail")
        LETTER = "letter", pgettext_lazy("reach", "Letter")
        PHONE = "phone", pgettext_lazy("reach", "Telephone")
        NONE = "none", pgettext_lazy("reach", "No way known")

    house = models.ForeignKey("house.House", on_delete=models.CASCADE, related_name="associations")
    name = models.CharField(max_length=300)
    alternate_names = models.JSONField(default=list, blank=True)  # list of text
    org_nr = models.CharField(max_length=40, blank=True)  # optional: a small association need not have one
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    hidden_on = models.DateField(null=True, blank=True)  # it asked not to be shown, or the house decided so

    # What the register calls it, for the next import.
    category_source = models.CharField(max_length=200, blank=True)
    source_system = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=100, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    source_changed_on = models.DateField(null=True, blank=True)
    source_seen_on = models.DateField(null=True, blank=True)  # the day of the last import that told of it

    description = models.TextField(blank=True)
    language = models.CharField(max_length=10, default="sv")  # what its texts are written in
    audience = models.CharField(max_length=200, blank=True)  # in the register's or its own words
    open_to = models.CharField(max_length=10, choices=OpenTo.choices, default=OpenTo.UNKNOWN)
    takes_new_members = models.CharField(max_length=10, choices=Known.choices, default=Known.UNKNOWN)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    members = models.PositiveIntegerField(null=True, blank=True)
    # Codes of the languages spoken there, each between commas: ",sv,en,". See `language_codes` and `speaks`.
    languages = models.CharField(max_length=300, blank=True)

    # Where it is. A private home has no street here: see LetterAddress.
    venue = models.CharField(max_length=200, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    town = models.CharField(max_length=100, blank=True)
    district = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    meeting_text = models.TextField(
        blank=True
    )  # when it meets, in its own words; AssociationTime has the parts

    # How a visitor reaches the association itself, never a person.
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    websites = models.JSONField(default=list, blank=True)  # list of addresses, http or https

    # What a newcomer wants to know.
    can_try = models.TextField(blank=True)  # what one can try
    try_free = models.CharField(max_length=10, choices=Known.choices, default=Known.UNKNOWN)
    met_by = models.CharField(max_length=40, blank=True)  # a first name, given by the association itself
    swedish_needed = models.CharField(
        max_length=10, choices=SwedishNeeded.choices, default=SwedishNeeded.UNKNOWN
    )
    little_swedish = models.CharField(max_length=10, choices=Known.choices, default=Known.UNKNOWN)
    little_swedish_how = models.TextField(blank=True)  # can someone with little Swedish join, and how?
    fee_text = models.CharField(max_length=200, blank=True)
    fee_sek = models.PositiveIntegerField(null=True, blank=True)
    fee_is_voluntary = models.BooleanField(default=False)
    fritidskort = models.CharField(max_length=10, choices=Known.choices, default=Known.UNKNOWN)
    gear = models.CharField(max_length=12, choices=Gear.choices, default=Gear.UNKNOWN)
    gear_text = models.CharField(max_length=200, blank=True)
    step_free = models.CharField(max_length=10, choices=Known.choices, default=Known.UNKNOWN)
    # Other features (toilet, lift, hearing_loop, parking, ...) to "yes", "no" or "partly"; absent is unknown.
    accessibility = models.JSONField(default=dict, blank=True)

    last_confirmed_on = models.DateField(null=True, blank=True)  # by the association itself
    # Who said each field last: {"fee_text": {"origin": "association", "at": "2027-02-10T10:22:00+00:00"}}; a later
    # import also says its "run". Lists ("interests", "times", "contacts", "letter_address") stand here under their own
    # names beside the columns. A field that is not here was said by the import that made the row. See `origin_of`.
    provenance = models.JSONField(default=dict, blank=True)
    reach = models.CharField(max_length=10, choices=Reach.choices, default=Reach.NONE)
    # The import that made it; undoing that import takes it away again.
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

    @property
    def language_codes(self) -> list[str]:
        """The languages spoken there, in the order in which they were named."""
        return [code for code in self.languages.split(",") if code]

    @staticmethod
    def languages_of(codes: Iterable[str]) -> str:
        """Language codes as `languages` keeps them."""
        named = [code for code in dict.fromkeys(codes) if code]
        return f",{','.join(named)}," if named else ""

    def origin_of(self, field: str) -> str:
        """Who said this field last; empty where nobody did."""
        said = self.provenance.get(field, {}).get("origin", "")
        return str(said or (Origin.IMPORT if self.source_seen_on else ""))


def speaks(code: str) -> models.Q:
    """Associations where somebody speaks a language."""
    return models.Q(languages__contains=f",{code},")


class AssociationInterest(models.Model):
    """What it is about: an interest's stable id (interests/interests.csv, or one that the house added)."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="interests")
    interest = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField(default=0)  # in the order in which they were named
    is_guess = models.BooleanField(default=False)  # understood from its name alone

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["association", "interest"], name="each_interest_once"),
        ]
        indexes = [models.Index(fields=["interest"], name="association_interest")]

    def __str__(self) -> str:
        return f"{self.association_id} {self.interest}"


class AssociationTime(models.Model):
    """One time to meet on one weekday, as parts of an RFC 5545 rule; a missing clock is not known."""

    class Frequency(models.TextChoices):
        WEEKLY = "WEEKLY", _("Every week")
        MONTHLY = "MONTHLY", _("Every month")

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="times")
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY)
    interval = models.PositiveSmallIntegerField(default=1)  # 2 is every other week
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    nth = models.SmallIntegerField(null=True, blank=True)  # of a month: 1 is the first, -1 the last
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    begins_on = models.DateField(null=True, blank=True)  # which of the weeks, where it is every other
    place = models.CharField(max_length=200, blank=True)  # where it is not the association's own venue
    text = models.CharField(max_length=200, blank=True)  # for whom, or what: "children 7-12"

    class Meta:
        ordering = ["weekday", "starts", "pk"]
        indexes = [models.Index(fields=["weekday", "starts"], name="association_time")]
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="a_day_of_the_week"),
        ]

    def __str__(self) -> str:
        return f"{self.association_id} {self.rrule} {self.starts or ''}"

    @property
    def rrule(self) -> str:
        """The rule of RFC 5545 that says when it comes again."""
        day = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[self.weekday]
        every = f";INTERVAL={self.interval}" if self.interval > 1 else ""
        return f"FREQ={self.frequency}{every};BYDAY={self.nth or ''}{day}"


class AssociationText(models.Model):
    """One of the association's texts in another language, by a person, beside the original."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("translation", "Not yet checked")
        CHECKED = "checked", pgettext_lazy("translation", "Checked")

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="texts")
    field = models.CharField(max_length=40)  # description, can_try, little_swedish_how, ...
    language = models.CharField(max_length=10)
    text = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    written_on = models.DateField()

    class Meta:
        ordering = ["field", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "field", "language"], name="one_association_text_a_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association_id} {self.field} {self.language}"
