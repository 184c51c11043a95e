"""What associations say from now on, made ready before the transaction and written in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import models

from brobygget.associations.commands import bulk
from brobygget.associations.commands.said import LISTS, Said, column_value, reach_of, said_by_association
from brobygget.associations.models import (
    Association,
    AssociationContact,
    AssociationInterest,
    AssociationTime,
    LetterAddress,
)

_TABLES: Mapping[str, type[models.Model]] = {
    "interests": AssociationInterest,
    "times": AssociationTime,
    "contacts": AssociationContact,
    "letter_address": LetterAddress,
}


@dataclass(frozen=True)
class Change:
    """What one association says otherwise: columns and lists by name. A provenance of None is forgotten."""

    association: Association
    here: Said
    changes: Mapping[str, Any]
    provenance: Mapping[str, Any]


@dataclass(frozen=True)
class Writing:
    """Rows ready for the database; `write` belongs in a transaction."""

    inserted: list[bulk.Rows] = field(default_factory=list)
    updated: list[bulk.Rows] = field(default_factory=list)
    emptied: dict[type[models.Model], list[int]] = field(default_factory=dict)

    @property
    def rows(self) -> list[bulk.Rows]:
        """Everything that can be laid ready."""
        return [*self.updated, *self.inserted]

    def write(self) -> None:
        """Lists that are said anew are emptied first."""
        for model, keys in self.emptied.items():
            bulk.delete(model, "association_id", keys)
        for rows in self.rows:
            rows.write()


def added(associations: Sequence[tuple[Mapping[str, Any], Said]]) -> Writing:
    """New associations, each with its columns (and its key) and what it says."""
    rows = [
        {**columns, **{name: column_value(name, value) for name, value in said.columns.items()}}
        for columns, said in associations
    ]
    hanging = [(columns["id"], said, LISTS) for columns, said in associations]
    return Writing([bulk.ready(Association, rows), *_hang(hanging)])


def changed(changes: Iterable[Change], *, at: datetime) -> Writing:
    """Associations that say something else."""
    updated: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    emptied: dict[type[models.Model], list[int]] = defaultdict(list)
    hanging: list[tuple[int, Said, Sequence[str]]] = []
    makers = bulk.makers(Association)
    for change in changes:
        pk, values = change.association.pk, _columns(change, at)
        names = tuple(sorted(values))
        updated[names].append((*(makers[name](values[name]) for name in names), pk))
        lists = [name for name in LISTS if name in change.changes]
        for name in lists:
            emptied[_TABLES[name]].append(pk)
        hanging.append((pk, _after(change), lists))
    said = [bulk.updates(Association, names, rows) for names, rows in updated.items()]
    return Writing(_hang(hanging), said, dict(emptied))


def _columns(change: Change, at: datetime) -> dict[str, Any]:
    provenance = {**change.association.provenance, **change.provenance}
    return {
        **{name: column_value(name, value) for name, value in change.changes.items() if name not in LISTS},
        "provenance": {name: who for name, who in provenance.items() if who is not None},
        "reach": reach_of(_after(change)),
        "changed_at": at,
    }


def _after(change: Change) -> Said:
    lists = {name: change.changes.get(name, change.here.get(name)) for name in LISTS}
    columns = {name: change.changes.get(name, value) for name, value in change.here.columns.items()}
    return Said(columns, **lists)


def write_said(
    association: Association,
    changes: Mapping[str, Any],
    *,
    provenance: Mapping[str, Any],
    at: datetime,
) -> None:
    """Let one association say something else, in the caller's transaction."""
    change = Change(association, said_by_association(association), changes, provenance)
    changed([change], at=at).write()
    for name, value in _columns(change, at).items():
        setattr(association, name, value)


def _hang(associations: Iterable[tuple[int, Said, Sequence[str]]]) -> list[bulk.Rows]:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in LISTS}
    for pk, said, names in associations:
        for name in names:
            rows[name] += _rows_of(name, pk, said)
    return [bulk.ready(_TABLES[name], listed) for name, listed in rows.items() if listed]


def _rows_of(name: str, pk: int, said: Said) -> list[dict[str, Any]]:
    if name == "interests":
        return [
            {"association_id": pk, "interest": each, "is_guess": is_guess, "place": place}
            for place, (each, is_guess) in enumerate(said.interests)
        ]
    if name == "times":
        return [
            {"association_id": pk, **parts, **_clocks(parts), "begins_on": _day(parts)}
            for parts in said.times
        ]
    if name == "contacts":
        return [{"association_id": pk, "place": place, **one} for place, one in enumerate(said.contacts)]
    return [{"association_id": pk, **said.letter_address}] if said.letter_address else []


def _day(parts: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(parts["begins_on"]) if parts.get("begins_on") else None


def _clocks(parts: Mapping[str, Any]) -> dict[str, time | None]:
    return {name: time.fromisoformat(parts[name]) if parts[name] else None for name in ("starts", "ends")}
