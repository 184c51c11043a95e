"""Fields that are unreadable in the database file: AES-256-GCM with a key kept outside it."""

from __future__ import annotations

import base64
import functools
import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

VERSION = "s1:"

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField


class CannotUnseal(Exception):
    """The key that sealed this field is not the key that we have."""


def _cipher() -> AESGCM:
    return _cipher_of(settings.SEAL_KEY)


@functools.lru_cache(maxsize=2)
def _cipher_of(key: str) -> AESGCM:
    return AESGCM(hashlib.sha256(key.encode()).digest())


def seal(text: str, place: str) -> str:
    """Text made unreadable; it can only be opened again as a value of the same place (table and column)."""
    nonce = secrets.token_bytes(12)
    sealed = _cipher().encrypt(nonce, text.encode(), place.encode())
    return VERSION + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, place: str) -> str:
    """The text again."""
    try:
        raw = base64.urlsafe_b64decode(sealed.removeprefix(VERSION))
        return _cipher().decrypt(raw[:12], raw[12:], place.encode()).decode()
    except (InvalidTag, ValueError) as wrong:
        raise CannotUnseal(f"{place} cannot be read: the seal key is another one.") from wrong


class SealedField(_Text):
    """A text that only the running program can read. It cannot be searched or sorted in the database."""

    @property
    def place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> str | None:
        return value if value in (None, "") else seal(str(value), self.place)  # nothing is no secret

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return unseal(value, self.place) if value else value
