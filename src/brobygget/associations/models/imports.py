"""A file that was imported, row by row, so that nothing is lost and everything can be undone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from brobygget.associations.models.associations import Association
from brobygget.people.sealed import SealedField


class ImportRun(models.Model):
    """One file on its way: columns confirmed, rows read, looked at, applied in one transaction, perhaps undone."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", pgettext_lazy("import", "Columns to confirm")
        READING = "reading", pgettext_lazy("import", "Being read")
        READ = "read", pgettext_lazy("import", "To look at")
        APPLYING = "applying", pgettext_lazy("import", "Being imported")
        APPLIED = "applied", pgettext_lazy("import", "Imported")
        UNDOING = "undoing", pgettext_lazy("import", "Being undone")
        UNDONE = "undone", pgettext_lazy("import", "Undone")
        DISMISSED = "dismissed", pgettext_lazy("import", "Left aside")

    house = models.ForeignKey("house.House", on_delete=models.CASCADE, related_name="import_runs")
    state = models.CharField(max_length=12, choices=State.choices, default=State.UPLOADED)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)  # SHA-256 of the bytes
    preset = models.CharField(max_length=40, blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    header_signature = models.CharField(
        max_length=64, blank=True
    )  # the shape of the source: its column names
    mapping = models.JSONField(
        default=dict
    )  # column to field, "" for left out; kept for the next file of this shape
    mapping_confirmed_on = models.DateField(null=True, blank=True)
    facts = models.JSONField(default=dict)  # encoding, delimiter, header row, guesses: what the reading found
    counts = models.JSONField(default=dict)  # the sums of the report
    done = models.PositiveIntegerField(default=0)  # rows so far, of `total`
    total = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)  # one sentence, where the file could not be read
    started_at = models.DateTimeField(null=True, blank=True)  # the work under way, to see when it has died
    by = models.ForeignKey(
        "people.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["house", "header_signature"], name="import_signature")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class ImportFile(models.Model):
    """The file itself, sealed, until it has been applied or left aside. It may hold anything."""

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, related_name="file")
    content = SealedField()  # base64
    samples = SealedField(default="")  # JSON, column to a few of its cells, for whoever confirms the columns

    def __str__(self) -> str:
        return f"file of {self.run_id}"


class ImportRow(models.Model):
    """One row as it came (authority numbers masked), as it was understood, and what was odd about it."""

    class Outcome(models.TextChoices):
        ADDED = "added", pgettext_lazy("import row", "Added")
        CHANGED = "changed", pgettext_lazy("import row", "Changed")
        SAME = "same", pgettext_lazy("import row", "Nothing new")
        DUPLICATE = "duplicate", pgettext_lazy("import row", "The same as another row")
        WAITING = "waiting", pgettext_lazy("import row", "Waits for your word")
        SKIPPED = "skipped", pgettext_lazy("import row", "Not an association")
        REFUSED = "refused", pgettext_lazy("import row", "Refused")

    class Decision(models.TextChoices):
        """What a person said of two rows that may be one association."""

        NONE = "", pgettext_lazy("same or not", "Nobody has said")
        SAME = "same", pgettext_lazy("same or not", "The same")
        NOT_SAME = "not-same", pgettext_lazy("same or not", "Not the same")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(
        max_length=12, choices=Outcome.choices, blank=True
    )  # foreseen, then what it came to
    needs_review = models.BooleanField(default=False)
    source = SealedField(default="")  # JSON, column to cell
    understood = SealedField(default="")  # JSON, the cleaned record
    problems = SealedField(default="")  # JSON list of {field, code, raw, did, needs_review}
    # The line that this one is, or may be, the same association as, and why.
    same_as_line = models.PositiveIntegerField(null=True, blank=True)
    # The association of the register that it may be; a likeness alone writes over nothing.
    same_as = models.ForeignKey(
        Association, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    why_same = models.CharField(max_length=300, blank=True)
    is_certain = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True, default=Decision.NONE)

    class Meta:
        ordering = ["line", "pk"]
        indexes = [
            models.Index(fields=["run", "line"], name="import_row_line"),
            models.Index(fields=["run", "outcome"], name="import_row_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.line} {self.outcome}"


class ImportEffect(models.Model):
    """What a row did to an association: with `before` it can be undone."""

    class Kind(models.TextChoices):
        ADDED = "added", pgettext_lazy("import row", "Added")
        CHANGED = "changed", pgettext_lazy("import row", "Changed")
        SAME = "same", pgettext_lazy("import row", "Nothing new")

    class Undoing(models.TextChoices):
        REMOVED = "removed", pgettext_lazy("undoing", "Taken away again")
        RESTORED = "restored", pgettext_lazy("undoing", "As before")
        KEPT = "kept", pgettext_lazy("undoing", "Kept, because somebody has written there since")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="effects")
    row = models.ForeignKey(ImportRow, on_delete=models.CASCADE, related_name="effects")
    association = models.ForeignKey(
        Association, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_effects"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    before = SealedField(default="")  # JSON: field to what it said, and who had said it
    kept_fields = models.JSONField(default=list)  # what the file said otherwise, and people's words stayed
    undone = models.CharField(max_length=10, choices=Undoing.choices, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "association"], name="one_effect_an_association"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.kind} {self.association_id}"


class SameOrNot(models.Model):
    """A person's word on two rows, for the next file from the same register. The rows are kept as a keyed hash."""

    house = models.ForeignKey("house.House", on_delete=models.CASCADE, related_name="same_or_not")
    pair = models.CharField(max_length=64)
    is_same = models.BooleanField()
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["house", "pair"], name="one_word_a_pair")]

    def __str__(self) -> str:
        return f"{'same' if self.is_same else 'not the same'} {self.on}"
