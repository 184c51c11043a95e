"""What is used to reach an association and is never shown to anybody else."""

from __future__ import annotations

from django.db import models

from brobygget.associations.models.associations import Association
from brobygget.people.sealed import SealedField


class AssociationContact(models.Model):
    """A person's name, telephone and home, sealed. Nothing here is ever public."""

    association = models.OneToOneField(Association, on_delete=models.CASCADE, related_name="contact")
    name = SealedField(default="", blank=True)
    role = SealedField(default="", blank=True)
    phone = SealedField(default="", blank=True)
    email = SealedField(default="", blank=True)
    # Where a letter goes: a street, "c/o" lines and all, however private.
    care_of = SealedField(default="", blank=True)
    street = SealedField(default="", blank=True)
    postcode = SealedField(default="", blank=True)
    other = SealedField(
        default="", blank=True
    )  # JSON: {"emails": [...], "phones": [...], "said_public": null}

    def __str__(self) -> str:
        return f"contact of {self.association_id}"


class AssociationLink(models.Model):
    """A secret that opens one association's own form. Only a keyed hash of it is kept."""

    class Purpose(models.TextChoices):
        EDIT = "edit"  # the link in a mail or behind a QR code
        WORDS = "words"  # four words printed in a letter

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    # With the link key (which is no table's) a seed gives the secret again, for a letter to be printed again.
    seed = models.CharField(max_length=36)
    made_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.CharField(max_length=10, blank=True)  # mail or letter
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
