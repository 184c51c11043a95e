"""What is used to reach an association, and is never shown to anybody but the house's own staff."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from brobygget.associations.models.associations import Association, Origin
from brobygget.people.sealed import SealedField


class AssociationContact(models.Model):
    """A person, or a spare address or number, behind an association. Sealed; never public, whatever a register says."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="contacts")
    place = models.PositiveSmallIntegerField(default=0)
    name = SealedField(default="", blank=True)
    role = SealedField(default="", blank=True)
    phone = SealedField(default="", blank=True)
    email = SealedField(default="", blank=True)
    said_public = models.BooleanField(null=True, blank=True)  # by the register, which is not a consent

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return f"contact {self.place} of {self.association_id}"


class LetterAddress(models.Model):
    """Where a letter goes when that is somebody's home."""

    association = models.OneToOneField(Association, on_delete=models.CASCADE, related_name="letter_address")
    care_of = SealedField(default="", blank=True)
    street = SealedField(default="", blank=True)
    postcode = SealedField(default="", blank=True)
    town = SealedField(default="", blank=True)

    def __str__(self) -> str:
        return f"letter address of {self.association_id}"


class AssociationLink(models.Model):
    """A secret that opens one association's own form. Only a keyed hash of it is kept."""

    class Purpose(models.TextChoices):
        LINK = "association-link"  # in a mail, or behind a QR code
        CODE = "association-code"  # printed in a letter, typed in by hand

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    # With the link key (which is no table's) a seed gives the secret again, so that a letter can be printed again.
    seed = models.CharField(max_length=36)
    made_on = models.DateField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    first_used_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class LinkSending(models.Model):
    """That a link was sent, how and when. The address is kept as a keyed hash: one mail a day, not a list."""

    class Way(models.TextChoices):
        MAIL = "mail", pgettext_lazy("sending", "E-mail")
        LETTER = "letter", pgettext_lazy("sending", "Letter")

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="sendings")
    way = models.CharField(max_length=10, choices=Way.choices)
    address_digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "people.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["address_digest", "at"], name="sent_to_an_address")]

    def __str__(self) -> str:
        return f"{self.way} {self.at:%Y-%m-%d}"


class FieldChange(models.Model):
    """What a field said before somebody wrote something else: two people with one link lose nothing."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=40)
    before = SealedField(default="")  # JSON
    after = SealedField(default="")  # JSON
    origin = models.CharField(max_length=12, choices=Origin.choices)
    at = models.DateTimeField()
    # Which open form wrote it, so that a person is told of the other's words and not of their own.
    sitting = models.CharField(max_length=36, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["association", "field", "at"], name="changes_of_a_field")]

    def __str__(self) -> str:
        return f"{self.association_id} {self.field} {self.at:%Y-%m-%d}"
