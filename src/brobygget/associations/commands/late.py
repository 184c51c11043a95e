"""A pair that waited when its file was imported: once a person has said, the row comes into the register after all."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from brobygget.associations.commands.applying import prepared_steps, write_prepared
from brobygget.associations.commands.comparing import Row, Step, step_for
from brobygget.associations.commands.directory import refresh_directory
from brobygget.associations.commands.foreseeing import row_of, waiting_in, words_that_mean
from brobygget.associations.commands.marking import lock_register
from brobygget.associations.commands.said import said_by_association
from brobygget.associations.models import Association, ImportRow, ImportRun

Decision = ImportRow.Decision
Outcome = ImportRow.Outcome


@transaction.atomic
def take_up_decided(run: ImportRun, *, at: datetime) -> ImportRun:
    """Import the rows of an imported file that a person has decided on since. Undoing the file undoes them too."""
    run = ImportRun.objects.select_for_update().select_related("house").get(pk=run.pk)
    if run.state != ImportRun.State.APPLIED:
        return run
    lock_register(run.house_id)
    decided = run.rows.filter(outcome=Outcome.WAITING).exclude(decision=Decision.NONE).exclude(understood="")
    meant = words_that_mean(run.house_id)
    rows = {row.line: row for row in decided.order_by("line", "pk")}
    steps: list[Step] = []
    for row in rows.values():
        step = _step(run, row_of(run, row, json.loads(row.understood), meant), row, steps)
        if step is None:
            ImportRow.objects.filter(pk=row.pk).update(outcome=Outcome.DUPLICATE)
        else:
            steps.append(step)
    numbers = [step.row.source[1] for step in steps if step.row.source[1]]
    taken = Association.objects.filter(house_id=run.house_id, source_id__in=numbers)
    taken_numbers = set(taken.values_list("source_system", "source_id"))
    by_line = {step.row.line: rows[step.row.line] for step in steps}
    prepared = prepared_steps(run, by_line, steps, taken_numbers, mark=b"", at=at)
    write_prepared(prepared)
    applied = run.counts["applied"]
    run.counts["applied"] = {name: applied[name] + more for name, more in prepared.counts.items()}
    run.counts["waiting"] = waiting_in(run)
    run.save(update_fields=["counts"])
    refresh_directory(run.house)
    return run


def _step(run: ImportRun, row: Row, staged: ImportRow, earlier: list[Step]) -> Step | None:
    """What the row does now; None where it says nothing that the other one does not say already."""
    if staged.decision == Decision.SAME and staged.same_as_id is None:
        return None
    free = Association.objects.filter(house_id=run.house_id).exclude(import_effects__run=run)
    free = free.exclude(pk__in=[step.association.pk for step in earlier if step.association])
    free = free.select_related("letter_address").prefetch_related("interests", "times", "contacts")
    if staged.decision == Decision.SAME:
        found = free.filter(pk=staged.same_as_id or 0).first()
        if found is None:
            return None
    else:
        system, number = row.source
        same = Q(source_system=system, source_id=number) if number else Q(pk=None)
        found = (
            free.filter(same, name__iexact=row.said.columns["name"])
            .exclude(pk=staged.same_as_id or 0)
            .first()
        )
        if found is None:
            return Step(row)
    columns = frozenset(field for field in run.mapping.values() if field)
    return step_for(row, found, said_by_association(found), columns)
