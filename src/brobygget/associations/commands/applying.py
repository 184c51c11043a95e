"""A file that has been looked at becomes part of the register: all of it in one transaction, or nothing.

Everything is made ready first, while nobody waits. The transaction looks whether the register is as it was, and
hands the rows over; if somebody wrote in between, it is made ready anew. What visitors search in follows after it,
a few associations at a time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.associations import rules
from brobygget.associations.commands import bulk, writing
from brobygget.associations.commands.comparing import Step, associations_of, compare
from brobygget.associations.commands.directory import refresh_directory
from brobygget.associations.commands.foreseeing import (
    outcomes_of,
    rows_to_import,
    staged_rows,
    waiting_in,
)
from brobygget.associations.commands.large import without_looking_for_cycles
from brobygget.associations.commands.marking import lock_register, mark_of_register
from brobygget.associations.commands.said import reach_of
from brobygget.associations.models import (
    AliasReview,
    Association,
    ImportEffect,
    ImportFile,
    ImportRow,
    ImportRun,
    Origin,
)
from brobygget.house.commands.refused import Refused

State = ImportRun.State
TRIES = 3
"""So often is it made ready without a lock; if people write all the time, the last time is with one."""


@dataclass(frozen=True)
class Prepared:
    """All that an import writes, and the register for which it was made ready."""

    mark: bytes
    new: writing.Writing
    changed: writing.Writing
    seen: bulk.Rows
    effects: bulk.Rows
    outcomes: bulk.Rows
    counts: Mapping[str, int]

    @property
    def rows(self) -> list[bulk.Rows]:
        """Everything, in the order in which it is written."""
        return [*self.new.rows, *self.changed.rows, self.seen, self.effects, self.outcomes]


@transaction.atomic
def begin_applying(run: ImportRun) -> None:
    """A large file is on its way into the register; the page shows that it is."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    _refuse_now(run)
    run.state, run.done = State.APPLYING, 0
    run.save(update_fields=["state", "done"])


def _refuse_now(run: ImportRun) -> None:
    if not rules.may_apply(run):
        raise Refused(_("This file has been dealt with already."), status=409)
    if not rules.may_come_in_now(run):
        raise Refused(_("An earlier import is being undone. Import this file when that is done."), status=409)


@without_looking_for_cycles()
def apply_run(
    run: ImportRun, *, at: datetime, progress: Callable[[int, int], None] | None = None
) -> ImportRun:
    """Write the rows to the register; a run that is applied stays as it is."""
    for is_last in (*[False] * (TRIES - 1), True):
        prepared = None if is_last else _prepare(run, at=at, progress=progress)
        with bulk.laid_ready(prepared.rows if prepared else []), transaction.atomic():
            run = ImportRun.objects.select_for_update().select_related("house").get(pk=run.pk)
            if run.state == State.APPLIED:
                return run
            _refuse_now(run)
            lock_register(run.house_id)
            if prepared is None:
                prepared = _prepare(run, at=at)
            elif prepared.mark != mark_of_register(run.house_id):
                continue
            _write(run, prepared, at=at)
        break
    refresh_directory(run.house)
    return run


def _prepare(run: ImportRun, *, at: datetime, progress: Callable[[int, int], None] | None = None) -> Prepared:
    mark = mark_of_register(run.house_id)
    staged = list(staged_rows(run, progress=progress))
    rows = rows_to_import(run, staged)
    here = associations_of(run.house_id)
    steps = compare(run, list(rows.values()), here)
    taken = {(one.source_system, one.source_id) for one in here if one.source_id}
    by_line = {rows[row.pk].line: row for row in staged if row.pk in rows}
    return prepared_steps(run, by_line, steps, taken, mark=mark, at=at)


def prepared_steps(
    run: ImportRun,
    staged: Mapping[int, ImportRow],
    steps: Sequence[Step],
    taken: set[tuple[str, str]],
    *,
    mark: bytes,
    at: datetime,
) -> Prepared:
    """Steps made into rows of the database; `staged` are the rows of the file by their lines."""
    on = timezone.localdate(at)
    added = [step for step in steps if step.association is None]
    keys = bulk.draw_keys(Association, len(added))
    made = dict(zip((step.row.line for step in added), keys, strict=True))
    found = [step for step in steps if step.association is not None and not step.is_unsure]
    by_file = {"origin": str(Origin.IMPORT), "on": on.isoformat(), "run": run.pk}
    day = bulk.makers(Association)["source_seen_on"](on)
    return Prepared(
        mark=mark,
        new=writing.added(_new_associations(run, added, keys, taken, at=at, on=on)),
        changed=writing.changed(
            (
                writing.Change(
                    step.association, step.here, step.changes, dict.fromkeys(step.changes, by_file)
                )
                for step in found
                if step.changes and step.association and step.here
            ),
            at=at,
        ),
        seen=bulk.updates(
            Association,
            ["source_seen_on"],
            ((day, step.association.pk) for step in found if step.association),
        ),
        effects=bulk.ready(
            ImportEffect,
            [_effect(run, staged[step.row.line].pk, made, step) for step in steps if not step.is_unsure],
        ),
        outcomes=outcomes_of(steps, staged),
        counts={
            "added": len(added),
            "changed": sum(bool(step.changes) for step in found),
            "same": sum(not step.changes for step in found),
            "kept_fields": sum(len(step.kept) for step in found),
        },
    )


def write_prepared(prepared: Prepared) -> None:
    """Hand the rows over, in the caller's transaction."""
    prepared.new.write()
    prepared.changed.write()
    for rows in (prepared.seen, prepared.effects, prepared.outcomes):
        rows.write()


def _write(run: ImportRun, prepared: Prepared, *, at: datetime) -> None:
    write_prepared(prepared)
    _queue_words(run)
    run.counts["applied"] = dict(prepared.counts)
    run.counts["waiting"] = waiting_in(run)
    run.state, run.applied_at, run.started_at, run.done = State.APPLIED, at, None, run.total
    run.save()
    ImportFile.objects.filter(run=run).delete()


def _new_associations(
    run: ImportRun,
    steps: Sequence[Step],
    keys: Sequence[int],
    taken: set[tuple[str, str]],
    *,
    at: datetime,
    on: date,
) -> list[tuple[dict[str, Any], Any]]:
    made = []
    for step, key in zip(steps, keys, strict=True):
        source = step.row.source
        if source in taken:  # a number that the register has given to another one
            source = (source[0], "")
        if source[1]:
            taken.add(source)
        columns = {
            "id": key,
            "house_id": run.house_id,
            "source_system": source[0],
            "source_id": source[1],
            "source_seen_on": on,
            "reach": reach_of(step.row.said),
            "made_by_id": run.pk,
            "created_on": on,
            "changed_at": at,
        }
        made.append((columns, step.row.said))
    return made


def _effect(run: ImportRun, row: int, made: Mapping[int, int], step: Step) -> dict[str, Any]:
    return {
        "run_id": run.pk,
        "row_id": row,
        "association_id": step.association.pk if step.association else made[step.row.line],
        "kind": step.outcome,
        "before": json.dumps(step.before) if step.before else "",
        "kept_fields": list(step.kept),
    }


def _queue_words(run: ImportRun) -> None:
    """Words that no interest knows wait for a person; a word that somebody has decided on stays decided."""
    words: dict[str, int] = run.facts.get("unmatched", {})
    known = dict(AliasReview.objects.filter(house_id=run.house_id).values_list("word", "pk"))
    counted = [(count, known[word]) for word, count in words.items() if word in known]
    bulk.updates(AliasReview, ["count"], counted).write()
    new = [
        {"house_id": run.house_id, "word": word, "count": count}
        for word, count in words.items()
        if word and word not in known
    ]
    bulk.ready(AliasReview, new).write()
