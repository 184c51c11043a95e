"""Accounts host and sign in; participants take part under an alias and never need to."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brobygget.people.sealed import SealedField


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; nobody has a password."""

    def create_user(self, email: str, **facts: object) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), **facts)
        account.set_unusable_password()
        account.save()
        return account


class Account(AbstractBaseUser):
    """Somebody who hosts: leader, reception, coordinator. Signs in by a code in an e-mail or a passkey."""

    email = models.EmailField(unique=True)
    called = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(null=True)

    USERNAME_FIELD = "email"
    objects = AccountManager()

    def __str__(self) -> str:
        return self.called or self.email


class Role(models.Model):
    """What somebody may do in one house, from one day until another."""

    class Kind(models.TextChoices):
        COORDINATOR = "coordinator", pgettext_lazy("role", "Coordinator")
        LEADER = "leader", pgettext_lazy("role", "Circle leader")
        RECEPTION = "reception", pgettext_lazy("role", "Reception")
        MODERATOR = "moderator", pgettext_lazy("role", "Moderator")
        RESEARCHER = "researcher", pgettext_lazy("role", "Researcher")
        INTERPRETER = "interpreter", pgettext_lazy("role", "Interpreter")
        ASSOCIATIONS = "associations", pgettext_lazy("role", "Association officer")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles")
    house = models.ForeignKey("house.House", on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "house", "kind", "since"], name="one_role_row_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.kind}"


class YearsHere(models.TextChoices):
    """The only question about where somebody comes from: how long here?"""

    UNDER_ONE = "<1", _("Less than 1 year")
    ONE_TO_THREE = "1-3", _("1 to 3 years")
    THREE_TO_TEN = "3-10", _("3 to 10 years")
    OVER_TEN = ">10", _("More than 10 years")
    ALWAYS = "always", _("Always")


class Participant(models.Model):
    """Anybody who takes part: an alias, a language, and nothing that could tell who or where."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    house = models.ForeignKey("house.House", on_delete=models.CASCADE, related_name="participants")
    alias = SealedField()
    language = models.CharField(max_length=10)
    years_here = models.CharField(max_length=10, choices=YearsHere.choices, blank=True)
    joined_on = models.DateField()

    def __str__(self) -> str:
        return str(self.id)


class PersonalLink(models.Model):
    """A secret that opens one thing for one participant. Only a keyed hash of it is kept."""

    class Purpose(models.TextChoices):
        DEVICE = "device"  # the cookie on this phone
        COME_BACK = "come-back"  # a link or a QR code for another phone
        WORDS = "words"  # four words on paper for another phone

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    # With the link key (which is no table's) a seed gives the secret again, for its owner to read.
    seed = models.CharField(max_length=36, blank=True)
    made_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class WrongTry(models.Model):
    """How many wrong tickets were tried in one minute, everywhere: a lock, not a trace of anybody."""

    minute = models.DateTimeField(unique=True)
    tries = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.minute:%H:%M} {self.tries}"
