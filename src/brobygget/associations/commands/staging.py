"""A municipality's file on its way in: taken care of, its columns confirmed, its rows read and looked at."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from brobygget.associations.commands import bulk, deciding, foreseeing
from brobygget.associations.commands.large import without_looking_for_cycles
from brobygget.associations.commands.said import said_by_record, storable
from brobygget.associations.models import ImportFile, ImportRow, ImportRun
from brobygget.associations.register import (
    USUAL_LIMITS,
    RegisterReading,
    UnreadableRegister,
    read_register,
    summary,
)
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.people.identity_numbers import without_identity_numbers
from brobygget.people.models import Account

State = ImportRun.State
Outcome = ImportRow.Outcome
_KEPT = [column.attname for column in ImportRow._meta.concrete_fields]
AT_ONCE = 500
SAMPLES = 3
ROWS_TO_LOOK_AT = 300
SAMPLE_LENGTH = 60


def shape_of(headers: Iterable[str]) -> str:
    """The shape of a source: its column names, in whatever order."""
    names = "\n".join(sorted(storable(header).strip().casefold() for header in headers))
    return hashlib.sha256(names.encode()).hexdigest()


def take_file(*, house: House, data: bytes, name: str, by: Account | None, at: datetime) -> ImportRun:
    """Keep a file, sealed, and guess what its columns mean. Nothing of it is in the register yet."""
    if len(data) > USUAL_LIMITS.file_bytes:
        raise Refused(_("The file is larger than 30 megabytes. Export only the associations and try again."))
    reading, total = _look_at(data)
    headers = [guess.header for guess in reading.columns] + list(reading.unused_columns)
    run = ImportRun(
        house=house,
        file_name=storable(without_identity_numbers(name))[-200:],
        file_hash=hashlib.sha256(data).hexdigest(),
        header_signature=shape_of(headers),
        by=by,
        uploaded_at=at,
    )
    remembered = remembered_mapping(house, run.header_signature)
    run.mapping = remembered or mapping_of(reading)
    _note_reading(run, reading, is_remembered=bool(remembered))
    run.total = total
    samples = {header: _samples(reading, header) for header in headers}
    with transaction.atomic():
        run.save()
        ImportFile.objects.create(
            run=run, content=base64.b64encode(data).decode(), samples=json.dumps(samples)
        )
    return run


def remembered_mapping(house: House, signature: str) -> dict[str, str]:
    """What a person said about the columns of the last file of the same shape."""
    earlier = ImportRun.objects.filter(house=house, header_signature=signature)
    last = earlier.exclude(mapping_confirmed_on=None).order_by("-pk").first()
    return dict(last.mapping) if last else {}


def mapping_of(reading: RegisterReading) -> dict[str, str]:
    """Column to field, "" for what is left out."""
    guessed = {guess.header: guess.field for guess in reading.columns}
    return {**dict.fromkeys(reading.unused_columns, ""), **guessed}


def _look_at(data: bytes) -> tuple[RegisterReading, int]:
    """The first rows, which tell what the columns mean, and how many rows there are."""
    rows = [0]
    reading = _read(data, progress=lambda _done, total: rows.append(total), most_rows=ROWS_TO_LOOK_AT)
    return reading, rows[-1]


def _read(
    data: bytes,
    mapping: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    most_rows: int | None = None,
) -> RegisterReading:
    try:
        return read_register(data, mapping=mapping or {}, progress=progress, most_rows=most_rows)
    except UnreadableRegister as wrong:
        why = gettext(wrong.sentence) % wrong.facts
        raise Refused(
            _("This file cannot be read as a register: %(why)s Nothing was imported.") % {"why": why}
        ) from wrong


def _note_reading(run: ImportRun, reading: RegisterReading, *, is_remembered: bool) -> None:
    run.preset, run.sheet = reading.preset[:40], storable(reading.sheet)[:120]
    run.total = len(reading.records)
    run.facts = {
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "header_row": reading.header_row,
        "is_remembered": is_remembered,
        "columns": [
            {
                "header": storable(guess.header),
                "field": guess.field,
                "confidence": round(guess.confidence, 2),
            }
            for guess in reading.columns
        ]
        + [{"header": storable(header), "field": "", "confidence": 0} for header in reading.unused_columns],
        "file_problems": [
            {
                "code": problem.code,
                "raw": storable(problem.raw)[:200],
                "did": storable(problem.did),
                "line": problem.line,
            }
            for problem in reading.file_problems
        ],
    }


def _samples(reading: RegisterReading, header: str) -> list[str]:
    filled = (r.source[header].strip() for r in reading.records if r.source.get(header, "").strip())
    return [text[:SAMPLE_LENGTH] for text in islice(dict.fromkeys(islice(filled, 200)), SAMPLES)]


@transaction.atomic
def confirm_columns(run: ImportRun, *, mapping: Mapping[str, str], on: date) -> ImportRun:
    """A person has looked at the columns; the next file of this shape starts from here."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state not in (State.UPLOADED, State.READ):
        raise Refused(_("This file has been dealt with already."), status=409)
    run.mapping, run.mapping_confirmed_on = dict(mapping), on
    run.state, run.failure = State.READING, ""
    run.done = 0
    run.save()
    return run


@without_looking_for_cycles()
def read_rows(
    run: ImportRun, *, at: datetime, progress: Callable[[int, int], None] | None = None
) -> ImportRun:
    """Read every row with the confirmed columns and keep what was understood beside what stood there."""
    data = base64.b64decode(run.file.content)
    try:
        reading = _read(data, mapping=run.mapping, progress=progress)
    except Refused as no:
        ImportRun.objects.filter(pk=run.pk).update(state=State.UPLOADED, failure=no.sentence[:300])
        run.refresh_from_db()
        return run
    return stage(run, reading, at=at)


@without_looking_for_cycles()
def stage(run: ImportRun, reading: RegisterReading, *, at: datetime) -> ImportRun:
    """Keep a reading row by row and foresee what it would do. Nobody sees the rows before all are there."""
    made = [ImportRow(**row) for row in rows_of(run, reading)]
    deciding.remember_decisions(run, made)
    with transaction.atomic():
        bulk.delete(ImportRow, "run_id", [run.pk])
    keys = bulk.draw_keys(ImportRow, len(made))
    for row, key in zip(made, keys, strict=True):
        row.pk = key
    for batch in bulk.batches(
        made, AT_ONCE
    ):  # short transactions, so that nobody who votes meanwhile has to wait
        rows = bulk.ready(ImportRow, [{name: getattr(row, name) for name in _KEPT} for row in batch])
        with transaction.atomic():
            rows.write()
    _note_reading(run, reading, is_remembered=bool(run.facts.get("is_remembered")))
    run.facts["unmatched"] = {word_in_queue(word): n for word, n in reading.unmatched_activities.items()}
    run.counts = {**summary(reading), "refused_rows": sum(r.row_left_out for r in reading.refused)}
    foreseen = foreseeing.foresee(run, made)
    run.state, run.started_at, run.done = State.READ, None, run.total
    with bulk.laid_ready([foreseen.outcomes]), transaction.atomic():
        foreseen.outcomes.write()
        run.counts["foreseen"], run.counts["kept_fields"] = foreseen.counts, foreseen.kept_fields
        run.save()
    return run


def rows_of(run: ImportRun, reading: RegisterReading) -> Iterator[dict[str, Any]]:
    """What is kept of each row: how it came, how it was understood, what was odd."""
    pairs = {line: each for each in reading.duplicates for line in each.lines if line != each.kept}
    for record in reading.records:
        source = json.dumps(dict(record.source))
        if not record.name.strip():
            yield _row(run, record.source_line, Outcome.SKIPPED, "*", "no_name", is_odd=True) | {
                "source": source
            }
            continue
        pair = pairs.get(record.source_line)
        outcome = Outcome.ADDED if not pair else Outcome.DUPLICATE if pair.is_certain else Outcome.WAITING
        yield {
            "run_id": run.pk,
            "line": record.source_line,
            "outcome": str(outcome),
            "needs_review": record.needs_review,
            "source": source,
            "understood": json.dumps(
                {
                    "said": said_by_record(record).plain(),
                    "source_id": storable(record.source_id),
                    "name_suggestion": record.name_suggestion,
                    "words": [word_in_queue(word) for word in record.unmatched_activities],
                }
            ),
            "problems": json.dumps([vars(problem) for problem in record.problems]),
            "same_as_line": pair.kept if pair else None,
            "why_same": storable(pair.why)[:300] if pair else "",
            "is_certain": bool(pair and pair.is_certain),
        }
    for skipped in reading.skipped:
        if skipped.kind != "blank":
            yield _row(run, skipped.line, Outcome.SKIPPED, "*", skipped.kind) | {
                "source": json.dumps({"": skipped.text})
            }
    for refusal in reading.refused:
        if refusal.row_left_out:
            yield _row(run, refusal.line, Outcome.REFUSED, refusal.field, refusal.code, is_odd=True)


def _row(
    run: ImportRun, line: int, outcome: Outcome, field: str, code: str, *, is_odd: bool = False
) -> dict[str, Any]:
    problem = {"field": field, "code": code, "raw": "", "did": "", "needs_review": is_odd}
    return {
        "run_id": run.pk,
        "line": line,
        "outcome": str(outcome),
        "problems": json.dumps([problem]),
        "needs_review": is_odd and outcome == Outcome.SKIPPED,
    }


def word_in_queue(word: str) -> str:
    """A word of the register as the queue of unknown words holds it."""
    return storable(word)[:120].casefold()


@transaction.atomic
def leave_aside(run: ImportRun) -> None:
    """The file is not wanted: it and everything read from it is deleted, what the columns meant is kept."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state in (State.APPLIED, State.UNDONE):
        raise Refused(_("This file has been dealt with already."), status=409)
    bulk.delete(ImportRow, "run_id", [run.pk])
    ImportFile.objects.filter(run=run).delete()
    run.state = State.DISMISSED
    run.save(update_fields=["state"])
