"""A full export becomes the register again: what was written is what stands, word for word."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from brobygget.associations.commands.directory import refresh_directory
from brobygget.associations.commands.restoring_interests import put_back_interests
from brobygget.associations.commands.said import reach_of, said_by_association
from brobygget.associations.models import (
    Association,
    AssociationContact,
    AssociationInterest,
    AssociationText,
    AssociationTime,
    LetterAddress,
)
from brobygget.associations.queries.records import COLUMNS, CONTACT, HOME, LISTS, TEXT, TIME
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.people.forms import identity_number_refused
from brobygget.people.identity_numbers import looks_like_identity_number

AT_ONCE = 500


def restore_register(
    house: House,
    records: Sequence[Mapping[str, Any]],
    *,
    interests: Mapping[str, Sequence[Mapping[str, Any]]] = MappingProxyType({}),
) -> int:
    """Write a full export into an empty register; all of it in one transaction, or nothing.

    `interests` is what the house that made it had said about interests itself.
    """
    if Association.objects.filter(house=house).exists():
        raise Refused(
            _("There are associations here already. A full export is put back into an empty register.")
        )
    written = (*records, *(row for rows in interests.values() for row in rows))
    if any(looks_like_identity_number(text) for record in written for text in _texts(record)):
        raise Refused(identity_number_refused())
    try:
        with transaction.atomic():
            put_back_interests(house, interests)
            _write(house, records)
            refresh_directory(house, everything=True)
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        ValidationError,
        IntegrityError,
        DataError,
    ) as wrong:
        raise Refused(_("This is not a full export that can be read. Nothing was written.")) from wrong
    return len(records)


def _texts(given: Any) -> Iterator[str]:
    """Every text in a record, however deep."""
    if isinstance(given, str):
        yield given
    elif isinstance(given, Mapping):
        for one in given.values():
            yield from _texts(one)
    elif isinstance(given, list | tuple):
        for one in given:
            yield from _texts(one)


def _write(house: House, records: Sequence[Mapping[str, Any]]) -> None:
    numbers = [int(each["id"]) for each in records]
    is_free = not any(
        Association.objects.filter(pk__in=numbers[start : start + AT_ONCE]).exists()
        for start in range(0, len(numbers), AT_ONCE)
    )
    for start in range(0, len(records), AT_ONCE):
        part = records[start : start + AT_ONCE]
        # The old numbers are kept where all are free, so that printed codes still lead to the same association.
        made = [_association(house, record, keeps_number=is_free) for record in part]
        Association.objects.bulk_create(made)
        _hang(made, part)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Association]):
            cursor.execute(statement)
    pks = list(Association.objects.filter(house=house).values_list("pk", flat=True))
    for start in range(0, len(pks), AT_ONCE):
        here = Association.objects.filter(pk__in=pks[start : start + AT_ONCE]).select_related(
            "letter_address"
        )
        reached = list(here.prefetch_related("interests", "times", "contacts"))
        for one in reached:
            one.reach = reach_of(said_by_association(one))
        Association.objects.bulk_update(reached, ["reach"])


def _association(house: House, record: Mapping[str, Any], *, keeps_number: bool) -> Association:
    values = {column.attname: _value(column, record[column.name]) for column in COLUMNS}
    if not keeps_number:
        values["id"] = None
    return Association(house=house, **values)


def _value(column: models.Field[Any, Any], given: Any) -> Any:
    """A value as its column has it, from JSON or from a cell of a table."""
    if isinstance(column, models.JSONField):
        return json.loads(given) if isinstance(given, str) else given
    if isinstance(column, models.BooleanField):
        return given is True or given == "true"
    if given == "" and column.null:
        return None
    return column.to_python(given)


def _list(record: Mapping[str, Any], name: str) -> Any:
    given = record[name]
    return json.loads(given or "[]") if isinstance(given, str) else given


def _hang(made: Sequence[Association], records: Sequence[Mapping[str, Any]]) -> None:
    pairs = [
        (one, {name: _list(record, name) for name in LISTS})
        for one, record in zip(made, records, strict=True)
    ]
    AssociationInterest.objects.bulk_create(
        AssociationInterest(association=one, interest=each, is_guess=bool(is_guess), place=place)
        for one, lists in pairs
        for place, (each, is_guess) in enumerate(lists["interests"])
    )
    for model, name, parts in (
        (AssociationTime, "times", TIME),
        (AssociationText, "texts", TEXT),
        (AssociationContact, "contacts", CONTACT),
    ):
        model.objects.bulk_create(_row(model, one, row, parts) for one, lists in pairs for row in lists[name])
    LetterAddress.objects.bulk_create(
        _row(LetterAddress, one, lists["letter_address"], HOME)
        for one, lists in pairs
        if lists["letter_address"]
    )


def _row(
    model: type[models.Model], association: Association, row: Mapping[str, Any], parts: tuple[str, ...]
) -> Any:
    values = {name: model._meta.get_field(name).to_python(row[name]) for name in parts}  # type: ignore[union-attr]
    return model(association=association, **values)
