"""Whether the register still says what it said: work is prepared without a lock, and written only if nothing moved."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from django.db import connection, models

from brobygget.associations.models import (
    AliasReview,
    Association,
    AssociationContact,
    AssociationInterest,
    AssociationTime,
    LetterAddress,
)

_HANGING = (AssociationInterest, AssociationTime, AssociationContact, LetterAddress)
_AT_ONCE = 1_000


def mark_of_register(house_id: int) -> bytes:
    """Another one after every change of what the house's register says, whoever made it.

    The rows are read as they lie in the database: a sealed text that was written again counts as changed.
    """
    digest = hashlib.sha256()
    for whole in (Association, AliasReview):
        _take(digest, whole, f"{_quoted(whole, 'house')} = %s", house_id)
    here = f"SELECT id FROM {Association._meta.db_table} WHERE house_id = %s"  # noqa: S608 -- names of our tables
    for model in _HANGING:
        _take(digest, model, f"{_quoted(model, 'association')} IN ({here})", house_id)
    return digest.digest()


def lock_register(house_id: int) -> None:
    """Whoever wants to write to an association waits until this transaction is done; SQLite's writers do anyway."""
    if connection.vendor == "postgresql":
        here = Association.objects.select_for_update().filter(house_id=house_id).order_by("pk")
        list(here.values_list("pk", flat=True))


def _take(digest: hashlib._Hash, model: type[models.Model], where: str, house_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_rows_of(model, where, connection.vendor), [house_id])
        digest.update(model._meta.db_table.encode())
        while found := cursor.fetchmany(_AT_ONCE if connection.vendor != "sqlite" else 1):
            digest.update(repr(found).encode("utf-8", "surrogatepass"))


@cache
def _rows_of(model: type[models.Model], where: str, vendor: str) -> str:
    table, key = connection.ops.quote_name(model._meta.db_table), _quoted(model, model._meta.pk.name)
    columns = ", ".join(_quoted(model, field.name) for field in model._meta.concrete_fields)
    rows = f"SELECT {columns} FROM {table} WHERE {where} ORDER BY {key}"  # noqa: S608 -- names of our tables
    if vendor == "sqlite":  # the database writes the text, which is three times faster
        rows = f"SELECT json_group_array(json_array({columns})) FROM ({rows}) GROUP BY {key} / {_AT_ONCE}"  # noqa: S608
    return rows


def _quoted(model: type[models.Model], name: str) -> str:
    column: Any = model._meta.get_field(name)
    return str(connection.ops.quote_name(column.column))
