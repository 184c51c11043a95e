"""A whole import taken back. What people have written since stays, and is told."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.associations.commands.applying import write_said
from brobygget.associations.commands.directory import refresh_directory
from brobygget.associations.commands.large import without_looking_for_cycles
from brobygget.associations.models import Association, ImportEffect, ImportRun, Origin
from brobygget.house.commands.refused import Refused

Kind = ImportEffect.Kind
Undoing = ImportEffect.Undoing
AT_ONCE = 500
PEOPLE = (Origin.ASSOCIATION, Origin.STAFF)


def is_touched(association: Association) -> bool:
    """Whether somebody has written here, confirmed it or hidden it since it was imported."""
    said = {who.get("origin") for who in association.provenance.values()}
    return bool(said & set(PEOPLE)) or association.last_confirmed_on is not None


@without_looking_for_cycles()
@transaction.atomic
def undo_run(run: ImportRun, *, at: datetime) -> ImportRun:
    """As it was before: what the import added goes away, what it changed says again what it said."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != ImportRun.State.APPLIED:
        raise Refused(_("Only an import that stands can be undone."), status=409)
    later = ImportRun.objects.filter(house_id=run.house_id, state=run.state, applied_at__gt=run.applied_at)
    if later.exists():
        raise Refused(_("A later import stands on this one. Undo that one first."), status=409)
    counts = {"removed": 0, "restored": 0, "kept": 0, "kept_fields": 0}
    effects = list(run.effects.exclude(kind=Kind.SAME).exclude(association=None).order_by("pk"))
    pks = [effect.association_id for effect in effects if effect.association_id]
    here: dict[int, Association] = {}
    for start in range(0, len(pks), AT_ONCE):
        found = Association.objects.filter(pk__in=pks[start : start + AT_ONCE]).select_related(
            "letter_address"
        )
        here |= {one.pk: one for one in found.prefetch_related("interests", "times", "contacts")}
    gone: list[int] = []
    for effect in effects:
        association = here[effect.association_id or 0]
        if effect.kind == Kind.ADDED:
            is_kept = is_touched(association)
            effect.undone = Undoing.KEPT if is_kept else Undoing.REMOVED
            if not is_kept:
                gone.append(association.pk)
        else:
            effect.undone, kept = _restore(run, effect, association, at=at)
            counts["kept_fields"] += kept
        counts[effect.undone] += 1
    for start in range(0, len(effects), AT_ONCE):
        ImportEffect.objects.bulk_update(effects[start : start + AT_ONCE], ["undone"])
    for start in range(0, len(gone), AT_ONCE):
        Association.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
    run.state, run.undone_at = ImportRun.State.UNDONE, at
    run.counts["undone"] = counts
    run.save(update_fields=["state", "undone_at", "counts"])
    refresh_directory(run.house)
    return run


def _restore(
    run: ImportRun, effect: ImportEffect, association: Association, *, at: datetime
) -> tuple[str, int]:
    """Put back each field that still says what the import said."""
    before: dict[str, Any] = json.loads(effect.before or "{}")
    mine = {name for name in before if association.provenance.get(name, {}).get("run") == run.pk}
    if mine:
        write_said(
            association,
            {name: before[name]["said"] for name in before if name in mine},
            provenance={name: before[name]["provenance"] for name in before if name in mine},
            at=at,
        )
    kept = len(before) - len(mine)
    return (Undoing.KEPT if kept else Undoing.RESTORED), kept
