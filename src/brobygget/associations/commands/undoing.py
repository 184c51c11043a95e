"""A whole import taken back, some associations at a time. What people have written since stays, and is told.

Each few go in a transaction of their own, which also notes that they are done, so nobody else waits for long. A
program that is stopped meanwhile leaves an import that is still being undone: going on takes up the rest.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from brobygget.associations.commands import bulk, writing
from brobygget.associations.commands.directory import refresh_directory
from brobygget.associations.commands.large import without_looking_for_cycles
from brobygget.associations.commands.said import said_by_association
from brobygget.associations.models import (
    Association,
    AssociationLink,
    AssociationText,
    ImportEffect,
    ImportRun,
    LinkSending,
    Origin,
)
from brobygget.house.commands.refused import Refused

Kind = ImportEffect.Kind
Undoing = ImportEffect.Undoing
State = ImportRun.State
WRITTEN_BY_PEOPLE = (AssociationText, AssociationLink, LinkSending)  # who has got a letter is not unwritten
PEOPLE = (Origin.ASSOCIATION, Origin.STAFF)
AT_ONCE = 250
BREATH = 0.12  # seconds


def is_touched(association: Association) -> bool:
    """Whether somebody has written here, confirmed it or hidden it since it was imported."""
    said = {who.get("origin") for who in association.provenance.values()}
    return bool(said & set(PEOPLE)) or association.last_confirmed_on is not None


@transaction.atomic
def begin_undoing(run: ImportRun) -> ImportRun:
    """The import is on its way out of the register, and stays so until all of it is done."""
    run = ImportRun.objects.select_for_update().select_related("house").get(pk=run.pk)
    if run.state != State.UNDOING:
        _may_be_undone(run)
        run.state, run.done = State.UNDOING, 0
        run.counts["undone"] = dict.fromkeys(("removed", "restored", "kept", "kept_fields"), 0)
        run.save(update_fields=["state", "done", "counts"])
    return run


def _may_be_undone(run: ImportRun) -> None:
    if run.state != State.APPLIED:
        raise Refused(_("Only an import that stands can be undone."), status=409)
    later = ImportRun.objects.filter(
        house_id=run.house_id, state__in=(State.APPLIED, State.UNDOING), applied_at__gt=run.applied_at
    )
    if later.exists():
        raise Refused(_("A later import stands on this one. Undo that one first."), status=409)


@without_looking_for_cycles()
def undo_run(run: ImportRun, *, at: datetime) -> ImportRun:
    """As it was before: what the import added goes away, what it changed says again what it said."""
    run = begin_undoing(run)
    left = list(_left_of(run).values_list("pk", flat=True))
    for number, batch in enumerate(bulk.batches(left, AT_ONCE)):
        if number:
            _let_others_in()
        _undo(run, batch, at=at)
    run = _finish(run, at=at)
    refresh_directory(run.house)
    return run


def go_on_undoing(*, at: datetime, house_id: int) -> None:
    """Take up what a stopped program had left."""
    for run in ImportRun.objects.filter(state=State.UNDOING, house_id=house_id).order_by(
        "-applied_at", "-pk"
    ):
        undo_run(run, at=at)


def _let_others_in() -> None:
    """Whoever waits for SQLite's lock asks again ten times a second, and would find it taken again each time."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(BREATH)


def _left_of(run: ImportRun) -> Any:
    undone = run.effects.filter(undone="").exclude(kind=Kind.SAME)
    return undone.exclude(association=None).order_by("pk")


@transaction.atomic
def _undo(run: ImportRun, pks: Sequence[int], *, at: datetime) -> None:
    """Some of the associations; two who do it at the same time do each only once."""
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.state != State.UNDOING:
        return
    effects = list(_left_of(run).filter(pk__in=pks))
    here = _associations(effects)
    held_on_to = _held_on_to([one.association_id or 0 for one in effects if one.kind == Kind.ADDED])
    counts: Counter[str] = Counter()
    gone: list[int] = []
    changes: list[writing.Change] = []
    undone: list[tuple[Any, ...]] = []
    for effect in effects:
        association = here[effect.association_id or 0]
        if effect.kind == Kind.ADDED:
            stays = is_touched(association) or association.pk in held_on_to
            outcome = Undoing.KEPT if stays else Undoing.REMOVED
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
    writing.changed(changes, at=at).write()
    bulk.updates(ImportEffect, ["undone"], undone).write()
    bulk.delete(Association, "id", gone)
    held.counts["undone"] = {name: n + counts[name] for name, n in held.counts["undone"].items()}
    held.done += len(effects)
    held.save(update_fields=["counts", "done"])


def _held_on_to(pks: Sequence[int]) -> set[int]:
    """Those that have been written to or translated, or that a later stage works with, such as by an invitation."""
    people = [
        one
        for one in Association._meta.related_objects
        if one.related_model in WRITTEN_BY_PEOPLE
        or one.related_model._meta.app_label != Association._meta.app_label
    ]
    found: set[int] = set()
    for one in people:
        held = Association.objects.filter(pk__in=pks, **{f"{one.name}__isnull": False})
        found.update(held.values_list("pk", flat=True))
    return found


def _associations(effects: Sequence[ImportEffect]) -> dict[int, Association]:
    """Read under a lock, so that nobody writes to them before this is done; whole only where it is written to."""
    pks = {
        kind: [one.association_id or 0 for one in effects if one.kind == kind]
        for kind in (Kind.ADDED, Kind.CHANGED)
    }
    locked = Association.objects.select_for_update().filter(pk__in=[*pks[Kind.ADDED], *pks[Kind.CHANGED]])
    list(locked.order_by("pk").values_list("pk"))
    added = Association.objects.filter(pk__in=pks[Kind.ADDED]).only("pk", "provenance", "last_confirmed_on")
    whole = Association.objects.filter(pk__in=pks[Kind.CHANGED]).select_related("letter_address")
    return {one.pk: one for one in (*added, *whole.prefetch_related("interests", "times", "contacts"))}


@transaction.atomic
def _finish(run: ImportRun, *, at: datetime) -> ImportRun:
    run = ImportRun.objects.select_for_update().select_related("house").get(pk=run.pk)
    if run.state == State.UNDOING:
        run.state, run.undone_at, run.started_at = State.UNDONE, at, None
        run.save(update_fields=["state", "undone_at", "started_at"])
    return run


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
