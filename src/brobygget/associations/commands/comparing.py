"""What a file would do to the house, before anything is written: the same for the preview and for the import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from brobygget.associations.commands.matching_rows import find_again, standing
from brobygget.associations.commands.said import COLUMNS, LISTS, NOT_SAID, TOLD_BY, Said, said_by_association
from brobygget.associations.models import Association, ImportRow, ImportRun, Origin

Outcome = ImportRow.Outcome


@dataclass(frozen=True)
class Row:
    """One row that shall be an association."""

    line: int
    said: Said
    source: tuple[str, str]


@dataclass(frozen=True)
class Step:
    """What one row does: a new association, changes to one that is here, or nothing."""

    row: Row
    association: Association | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    """What the file says otherwise about, and people's own words stay."""

    @property
    def outcome(self) -> str:
        if self.association is None:
            return str(Outcome.ADDED)
        return str(Outcome.CHANGED if self.changes else Outcome.SAME)


def associations_of(house_id: int) -> list[Association]:
    """Everything in the house that a row could be about; five queries, however many."""
    found = Association.objects.filter(house_id=house_id).select_related("letter_address")
    return list(found.prefetch_related("interests", "times", "contacts").order_by("pk"))


def compare(run: ImportRun, rows: Sequence[Row], here: Sequence[Association]) -> list[Step]:
    """One step for each row, in the order of the rows."""
    if not here:
        return [Step(row) for row in rows]
    said_here = {one.pk: said_by_association(one) for one in here}
    by_pk = {one.pk: one for one in here}
    standings = [standing(one.pk, (one.source_system, one.source_id), said_here[one.pk]) for one in here]
    found = find_again([standing(row.line, row.source, row.said) for row in rows], standings)
    columns = frozenset(field for field in run.mapping.values() if field)
    steps = []
    for row in rows:
        pk = found.get(row.line)
        if pk is None:
            steps.append(Step(row))
        else:
            steps.append(_step(row, by_pk[pk], said_here[pk], columns))
    return steps


def _step(row: Row, association: Association, here: Said, columns: frozenset[str]) -> Step:
    changes: dict[str, Any] = {}
    before: dict[str, Any] = {}
    kept: list[str] = []
    for name in (*COLUMNS, *LISTS):
        told, stands = row.said.get(name), here.get(name)
        if told == stands or (told in NOT_SAID and not _is_taken_back(name, stands, columns)):
            continue
        if association.origin_of(name) in (Origin.ASSOCIATION, Origin.STAFF):
            kept.append(name)
            continue
        changes[name] = told
        before[name] = {"said": stands, "provenance": association.provenance.get(name)}
    return Step(row, association, changes, before, tuple(kept))


def _is_taken_back(name: str, stands: Any, columns: frozenset[str]) -> bool:
    """Whether an empty cell takes back what the register said before: only where the file has such a column."""
    return stands not in NOT_SAID and bool(TOLD_BY.get(name, frozenset()) & columns)
