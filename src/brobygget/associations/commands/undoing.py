"""A whole import taken back. What people have written since stays, and is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.associations.commands import bulk, writing
from brobygget.associations.commands.directory import forget_entries, refresh_directory
from brobygget.associations.commands.large import without_looking_for_cycles
from brobygget.associations.commands.marking import mark_of_register
from brobygget.associations.commands.one_breath import write_in_one_breath
from brobygget.associations.commands.said import said_by_association
from brobygget.associations.models import Association, ImportEffect, ImportRun, Origin
from brobygget.house.commands.refused import Refused

Kind = ImportEffect.Kind
Undoing = ImportEffect.Undoing
State = ImportRun.State
PEOPLE = (Origin.ASSOCIATION, Origin.STAFF)


@dataclass(frozen=True)
class Prepared:
    """All that undoing writes, and the register for which it was made ready."""

    mark: bytes
    gone: list[int]
    restored: writing.Writing
    undone: bulk.Rows
    counts: dict[str, int]

    @property
    def rows(self) -> list[bulk.Rows]:
        """What can be laid ready."""
        return [*self.restored.rows, self.undone]


def is_touched(association: Association) -> bool:
    """Whether somebody has written here, confirmed it or hidden it since it was imported."""
    said = {who.get("origin") for who in association.provenance.values()}
    return bool(said & set(PEOPLE)) or association.last_confirmed_on is not None


def begin_undoing(run: ImportRun) -> None:
    """A large import is on its way out of the register; the page shows that it is."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        _may_be_undone(run)
        run.state = State.UNDOING
        run.save(update_fields=["state"])


def _may_be_undone(run: ImportRun) -> None:
    if run.state not in (State.APPLIED, State.UNDOING):
        raise Refused(_("Only an import that stands can be undone."), status=409)
    later = ImportRun.objects.filter(
        house_id=run.house_id, state__in=(State.APPLIED, State.UNDOING), applied_at__gt=run.applied_at
    )
    if later.exists():
        raise Refused(_("A later import stands on this one. Undo that one first."), status=409)


@without_looking_for_cycles()
def undo_run(run: ImportRun, *, at: datetime) -> ImportRun:
    """As it was before: what the import added goes away, what it changed says again what it said.

    Made ready without a lock and written in one transaction, as the import was.
    """
    _may_be_undone(ImportRun.objects.get(pk=run.pk))
    try:
        run = _undo(run, at=at)
    finally:
        refresh_directory(run.house)
    return run


def _undo(run: ImportRun, *, at: datetime) -> ImportRun:
    def prepare() -> Prepared:
        prepared = _prepare(run, at=at)
        forget_entries(prepared.gone)  # nobody finds them any more; the register itself goes as one
        return prepared

    def is_done(held: ImportRun) -> bool:
        _may_be_undone(held)
        return False

    return write_in_one_breath(
        run, prepare=prepare, is_done=is_done, write=lambda held, ready: _write(held, ready, at=at)
    )


def _prepare(run: ImportRun, *, at: datetime) -> Prepared:
    mark = mark_of_register(run.house_id)
    counts = {"removed": 0, "restored": 0, "kept": 0, "kept_fields": 0}
    effects = list(run.effects.exclude(kind=Kind.SAME).exclude(association=None).order_by("pk"))
    here = _associations(
        [effect.association_id for effect in effects if effect.kind == Kind.CHANGED], whole=True
    )
    here |= _associations(
        [effect.association_id for effect in effects if effect.kind == Kind.ADDED], whole=False
    )
    gone: list[int] = []
    changes: list[writing.Change] = []
    undone: list[tuple[Any, ...]] = []
    for effect in effects:
        association = here[effect.association_id or 0]
        if effect.kind == Kind.ADDED:
            outcome = Undoing.KEPT if is_touched(association) else Undoing.REMOVED
            if outcome == Undoing.REMOVED:
                gone.append(association.pk)
        else:
            change, kept = _restored(run, effect, association)
            outcome = Undoing.KEPT if kept else Undoing.RESTORED
            counts["kept_fields"] += kept
            if change is not None:
                changes.append(change)
        counts[outcome] += 1
        undone.append((str(outcome), effect.pk))
    return Prepared(
        mark, gone, writing.changed(changes, at=at), bulk.updates(ImportEffect, ["undone"], undone), counts
    )


def _associations(pks: Sequence[int | None], *, whole: bool) -> dict[int, Association]:
    here: dict[int, Association] = {}
    for batch in bulk.batches(pks):
        found = Association.objects.filter(pk__in=batch)
        if whole:
            found = found.select_related("letter_address").prefetch_related("interests", "times", "contacts")
        else:
            found = found.only("pk", "provenance", "last_confirmed_on")
        here |= {one.pk: one for one in found}
    return here


def _restored(
    run: ImportRun, effect: ImportEffect, association: Association
) -> tuple[writing.Change | None, int]:
    """Each field that still says what the import said goes back; how many fields people have written since."""
    before: dict[str, Any] = json.loads(effect.before or "{}")
    mine = [name for name in before if association.provenance.get(name, {}).get("run") == run.pk]
    if not mine:
        return None, len(before)
    change = writing.Change(
        association,
        said_by_association(association),
        {name: before[name]["said"] for name in mine},
        {name: before[name]["provenance"] for name in mine},
    )
    return change, len(before) - len(mine)


def _write(run: ImportRun, prepared: Prepared, *, at: datetime) -> None:
    prepared.restored.write()
    prepared.undone.write()
    bulk.delete(Association, "id", prepared.gone)
    run.state, run.undone_at, run.started_at = State.UNDONE, at, None
    run.counts["undone"] = prepared.counts
    run.save(update_fields=["state", "undone_at", "started_at", "counts"])
