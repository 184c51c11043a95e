"""What was already answered: a press that arrives twice counts once."""

from django.db import models


class Receipt(models.Model):
    """The key of a press and where its answer led; kept in the same transaction as the effect."""

    key = models.UUIDField(primary_key=True)
    fingerprint = models.CharField(max_length=64)
    location = models.TextField(blank=True)
    made_on = models.DateField()

    def __str__(self) -> str:
        return str(self.key)
