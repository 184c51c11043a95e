"""A file that was imported, row by row, so that nothing is lost and everything can be undone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from brobygget.associations.models.associations import Association
from brobygget.people.sealed import SealedField


class ImportRun(models.Model):
    """One file: looked at, perhaps applied, perhaps undone."""

    class State(models.TextChoices):
        LOOKED_AT = "looked-at", pgettext_lazy("import", "Looked at")
        APPLIED = "applied", pgettext_lazy("import", "Imported")
        UNDONE = "undone", pgettext_lazy("import", "Undone")

    house = models.ForeignKey("house.House", on_delete=models.CASCADE, related_name="import_runs")
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)  # SHA-256 of the bytes
    preset = models.CharField(max_length=40, blank=True)
    header_signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)  # column to field, as it was confirmed
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.LOOKED_AT)
    by = models.ForeignKey(
        "people.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    on = models.DateField()
    undone_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["house", "header_signature"], name="import_signature")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.on}"


class ImportRow(models.Model):
    """One row as it came (authority numbers masked), what was odd about it, and what became of it."""

    class Outcome(models.TextChoices):
        ADDED = "added", pgettext_lazy("import row", "Added")
        CHANGED = "changed", pgettext_lazy("import row", "Changed")
        SAME = "same", pgettext_lazy("import row", "Nothing new")
        DUPLICATE = "duplicate", pgettext_lazy("import row", "The same as another row")
        TO_DECIDE = "to-decide", pgettext_lazy("import row", "Perhaps the same: you decide")
        LEFT_OUT = "left-out", pgettext_lazy("import row", "Left out")
        REFUSED = "refused", pgettext_lazy("import row", "Refused")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    source = SealedField(default="")  # JSON, column to cell
    problems = models.JSONField(default=list)  # [{field, code, did, needs_review}]: never what stood there
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    association = models.ForeignKey(
        Association, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_rows"
    )
    # The line that this one is, or may be, the same association as, and why.
    same_as_line = models.PositiveIntegerField(null=True, blank=True)
    why_same = models.CharField(max_length=200, blank=True)
    before = SealedField(default="")  # JSON: what a changed association said before, for the undo

    class Meta:
        ordering = ["line", "pk"]
        indexes = [models.Index(fields=["run", "outcome"], name="import_row_outcome")]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.line} {self.outcome}"
