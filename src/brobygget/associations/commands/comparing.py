"""What a file would do to the house, before anything is written: the same for the preview and for the import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from brobygget.associations.commands.matching_rows import Standing, find_again, standing
from brobygget.associations.commands.said import COLUMNS, LISTS, NOT_SAID, TOLD_BY, Said, said_by_association
from brobygget.associations.models import Association, ImportRow, ImportRun, Origin

Outcome = ImportRow.Outcome


@dataclass(frozen=True)
class Row:
    """One row that shall be an association."""

    line: int
    said: Said
    source: tuple[str, str]
    same_as: int | None = None
    """The association that it is, in a person's word."""

    is_new: bool = False
    """A person has said that it is not the one it looks like."""


@dataclass(frozen=True)
class Step:
    """What one row does: a new association, changes to one that is here, or nothing."""

    row: Row
    association: Association | None = None
    here: Said | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    """What the file says otherwise about, and people's own words stay."""

    is_unsure: bool = False
    """It looks like this association, and nobody has said whether it is: nothing is written."""

    @property
    def outcome(self) -> str:
        if self.is_unsure:
            return str(Outcome.WAITING)
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
    matches = find_again(
        [standing(row.line, row.source, row.said) for row in rows],
        [_standing(one, said_here[one.pk]) for one in here],
        said_same={row.line: row.same_as for row in rows if row.same_as is not None},
        said_new={row.line for row in rows if row.is_new},
    )
    columns = frozenset(field for field in run.mapping.values() if field)
    steps = []
    for row in rows:
        if (pk := matches.sure.get(row.line)) is not None:
            steps.append(step_for(row, by_pk[pk], said_here[pk], columns))
        elif (pk := matches.perhaps.get(row.line)) is not None:
            steps.append(Step(row, by_pk[pk], is_unsure=True))
        else:
            steps.append(Step(row))
    return steps


def _standing(one: Association, said: Said) -> Standing:
    is_renamed = one.origin_of("name") in (Origin.ASSOCIATION, Origin.STAFF)
    return standing(one.pk, (one.source_system, one.source_id), said, is_renamed=is_renamed)


def step_for(row: Row, association: Association, here: Said, columns: frozenset[str]) -> Step:
    """What a row changes about an association; `columns` are the fields that the file has columns for."""
    changes: dict[str, Any] = {}
    before: dict[str, Any] = {}
    kept: list[str] = []
    for name in (*COLUMNS, *LISTS):
        told, stands = row.said.get(name), here.get(name)
        if told == stands or (told in NOT_SAID and not _is_taken_back(name, stands, columns)):
            continue
        if name == "interests" and sorted(told) == sorted(stands):  # in another order is not otherwise
            continue
        if association.origin_of(name) in (Origin.ASSOCIATION, Origin.STAFF):
            kept.append(name)
            continue
        changes[name] = told
        before[name] = {"said": stands, "provenance": association.provenance.get(name)}
    return Step(row, association, here, changes, before, tuple(kept))


def _is_taken_back(name: str, stands: Any, columns: frozenset[str]) -> bool:
    """Whether an empty cell takes back what the register said before: only where the file has such a column."""
    return stands not in NOT_SAID and bool(TOLD_BY.get(name, frozenset()) & columns)
