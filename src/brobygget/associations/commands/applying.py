"""A file that has been looked at becomes part of the register: all of it in one transaction, or nothing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygget.associations import rules
from brobygget.associations.commands.comparing import Row, Step, associations_of, compare
from brobygget.associations.commands.directory import refresh_directory
from brobygget.associations.commands.interests import give_known_words
from brobygget.associations.commands.large import without_looking_for_cycles
from brobygget.associations.commands.said import (
    COLUMNS,
    LISTS,
    Said,
    column_value,
    contact_rows,
    interest_rows,
    reach_of,
    said_by_association,
    time_rows,
)
from brobygget.associations.commands.staging import note_outcomes, rows_to_import
from brobygget.associations.models import (
    AliasReview,
    Association,
    AssociationContact,
    AssociationInterest,
    AssociationTime,
    ImportEffect,
    ImportFile,
    ImportRun,
    LetterAddress,
    Origin,
)
from brobygget.house.commands.refused import Refused

AT_ONCE = 500
State = ImportRun.State


@without_looking_for_cycles()
def apply_run(run: ImportRun, *, at: datetime) -> ImportRun:
    """Write the rows to the register. What takes time is done before; a run that is applied stays as it is."""
    staged = run.rows.only("pk", "run_id", "line", "understood", "same_as_line", "decision")
    rows = rows_to_import(run, staged.order_by("line", "pk"))
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().select_related("house").get(pk=run.pk)
        if run.state == State.APPLIED:
            return run
        if not rules.may_apply(run):
            raise Refused(_("This file has been dealt with already."), status=409)
        _write(run, rows, at=at, on=timezone.localdate(at))
    return run


def _write(run: ImportRun, rows: Mapping[int, Row], *, at: datetime, on: date) -> None:
    here = associations_of(run.house_id)
    steps = compare(run, list(rows.values()), here)
    taken = {(one.source_system, one.source_id) for one in here if one.source_id}
    added = [step for step in steps if step.association is None]
    made = _add(run, added, taken, at=at, on=on)
    changed = [step for step in steps if step.changes and step.association]
    for step in changed:
        _change(run, step, at=at, on=on)
    seen = [step.association.pk for step in steps if step.association is not None]
    for start in range(0, len(seen), AT_ONCE):
        Association.objects.filter(pk__in=seen[start : start + AT_ONCE]).update(source_seen_on=on)
    _keep_effects(run, rows, steps, made)
    _queue_words(run)
    give_known_words(run)
    run.counts["applied"] = {
        "added": len(added),
        "changed": len(changed),
        "same": len(steps) - len(added) - len(changed),
        "kept_fields": sum(len(step.kept) for step in steps),
    }
    run.state, run.applied_at, run.started_at, run.done = State.APPLIED, at, None, run.total
    run.save()
    ImportFile.objects.filter(run=run).delete()
    refresh_directory(run.house)


def _add(
    run: ImportRun, steps: Sequence[Step], taken: set[tuple[str, str]], *, at: datetime, on: date
) -> dict[int, Association]:
    """New associations with all that hangs from them, by the line that told of them."""
    made: list[Association] = []
    for step in steps:
        source = step.row.source
        if source in taken:  # a number that the register has given to another one
            source = (source[0], "")
        if source[1]:
            taken.add(source)
        values = {name: column_value(name, step.row.said.columns[name]) for name in COLUMNS}
        made.append(
            Association(
                house_id=run.house_id,
                source_system=source[0],
                source_id=source[1],
                source_seen_on=on,
                reach=reach_of(step.row.said),
                made_by=run,
                created_on=on,
                changed_at=at,
                **values,
            )
        )
    Association.objects.bulk_create(made, batch_size=AT_ONCE)
    pairs = [(association, step.row.said) for association, step in zip(made, steps, strict=True)]
    _hang_lists(pairs)
    return {step.row.line: association for association, step in zip(made, steps, strict=True)}


def _hang_lists(pairs: Sequence[tuple[Association, Said]], names: Sequence[str] = LISTS) -> None:
    if "interests" in names:
        AssociationInterest.objects.bulk_create(
            (row for one, said in pairs for row in interest_rows(one, said.interests)), batch_size=AT_ONCE
        )
    if "times" in names:
        AssociationTime.objects.bulk_create(
            (row for one, said in pairs for row in time_rows(one, said.times)), batch_size=AT_ONCE
        )
    if "contacts" in names:
        AssociationContact.objects.bulk_create(
            (row for one, said in pairs for row in contact_rows(one, said.contacts)), batch_size=AT_ONCE
        )
    if "letter_address" in names:
        LetterAddress.objects.bulk_create(
            (
                LetterAddress(association=one, **said.letter_address)
                for one, said in pairs
                if said.letter_address
            ),
            batch_size=AT_ONCE,
        )


def _change(run: ImportRun, step: Step, *, at: datetime, on: date) -> None:
    assert step.association is not None
    by_file = {"origin": str(Origin.IMPORT), "on": on.isoformat(), "run": run.pk}
    write_said(step.association, step.changes, provenance=dict.fromkeys(step.changes, by_file), at=at)


def write_said(
    association: Association,
    changes: Mapping[str, Any],
    *,
    provenance: Mapping[str, Any],
    at: datetime,
) -> None:
    """Let an association say something else: columns and lists by name. A provenance of None is forgotten."""
    for name, value in changes.items():
        if name not in LISTS:
            setattr(association, name, column_value(name, value))
    for name, who in provenance.items():
        if who is None:
            association.provenance.pop(name, None)
        else:
            association.provenance[name] = who
    lists = [name for name in changes if name in LISTS]
    for name in lists:
        if name == "letter_address":
            LetterAddress.objects.filter(association=association).delete()
        else:
            getattr(association, name).all().delete()
    stands = said_by_association(association)
    said = Said(stands.columns, **{name: changes.get(name, stands.get(name)) for name in LISTS})
    if lists:
        _hang_lists([(association, said)], lists)
    association.reach = reach_of(said)
    association.changed_at = at
    association.save()


def _keep_effects(
    run: ImportRun, rows: Mapping[int, Row], steps: Sequence[Step], made: Mapping[int, Association]
) -> None:
    pks = {row.line: pk for pk, row in rows.items()}
    outcomes: dict[str, list[int]] = defaultdict(list)
    effects = []
    for step in steps:
        pk = pks[step.row.line]
        outcomes[step.outcome].append(pk)
        effects.append(
            ImportEffect(
                run=run,
                row_id=pk,
                association=step.association or made[step.row.line],
                kind=step.outcome,
                before=json.dumps(step.before) if step.before else "",
                kept_fields=list(step.kept),
            )
        )
    ImportEffect.objects.bulk_create(effects, batch_size=AT_ONCE)
    note_outcomes(outcomes)


def _queue_words(run: ImportRun) -> None:
    """Words that no interest knows wait for a person; a word that somebody has decided on stays decided."""
    words: dict[str, int] = run.facts.get("unmatched", {})
    known = {
        one.word: one
        for one in AliasReview.objects.filter(house_id=run.house_id, word__in=list(words)[:5_000])
    }
    for word, one in known.items():
        if one.count != words[word]:
            one.count = words[word]
            one.save(update_fields=["count"])
    AliasReview.objects.bulk_create(
        (
            AliasReview(house_id=run.house_id, word=word, count=count)
            for word, count in words.items()
            if word and word not in known
        ),
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )
