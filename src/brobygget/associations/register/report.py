"""A reading as plain JSON: the form `brobygget-import-1`, stable for other programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from brobygget.associations.register.records import AssociationRecord, RegisterReading

FORMAT = "brobygget-import-1"
_APART = frozenset({"private", "source", "problems", "schedules"})


def report(reading: RegisterReading, *, with_private: bool = True) -> dict[str, Any]:
    """The reading for a program; without what is private when others than the importer see it."""
    return {
        "format": FORMAT,
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "sheet": reading.sheet or None,
        "header_row": reading.header_row,
        "preset": reading.preset or None,
        "columns": {guess.header: guess.field for guess in reading.columns},
        "column_guesses": [
            {"column": g.header, "field": g.field, "confidence": round(g.confidence, 3), "why": g.why}
            for g in reading.columns
        ],
        "unused_columns": list(reading.unused_columns),
        "rows": [_row(record, with_private) for record in reading.records],
        "duplicates": [
            {"lines": list(d.lines), "kept": d.kept, "kind": d.kind, "why": d.why, "certain": d.is_certain}
            for d in reading.duplicates
        ],
        "refused": [
            {"line": r.line, "field": r.field, "code": r.code, "row_left_out": r.row_left_out}
            for r in reading.refused
        ],
        "skipped": [
            {"line": s.line, "code": s.kind, "text": s.text if with_private else None}
            for s in reading.skipped
            if s.kind != "blank"
        ],
        "file_problems": [asdict(problem) for problem in reading.file_problems],
        "unmatched_activities": dict(reading.unmatched_activities),
        "summary": summary(reading),
    }


def summary(reading: RegisterReading) -> dict[str, Any]:
    """The sums a coordinator checks first."""
    living = reading.associations
    return {
        "rows": len(reading.records),
        "associations": len(living),
        "duplicates": len(reading.duplicates),
        "need_review": sum(1 for record in reading.records if record.needs_review),
        "refused": len(reading.refused),
        "status": dict(sorted(Counter(r.status for r in reading.records if r.duplicate_of is None).items())),
        "reach": {
            way: sum(1 for r in living if r.reach == way) for way in ("email", "letter", "phone", "none")
        },
        "with_interests": sum(1 for record in living if record.interests),
        "problems": dict(sorted(Counter(p.code for r in reading.records for p in r.problems).items())),
    }


def _row(record: AssociationRecord, with_private: bool) -> dict[str, Any]:
    row = {name: value for name, value in vars(record).items() if name not in _APART}
    row = {
        name: list(value) if isinstance(value, tuple) else None if value == "" else value
        for name, value in row.items()
    }
    row["accessibility"] = dict(record.accessibility)
    row["website"] = record.websites[0] if record.websites else None
    row["schedules"] = [asdict(schedule) for schedule in record.schedules]
    row["needs_review"] = record.needs_review
    if with_private:
        row["problems"] = [
            {"field": p.field, "code": p.code, "raw": p.raw, "did": p.did, "review": p.needs_review}
            for p in record.problems
        ]
        row["private"] = {
            name: list(v) if isinstance(v, tuple) else v for name, v in vars(record.private).items()
        }
        row["source"] = dict(record.source)
    elif record.email_names_a_person:
        row["email"] = None
    return row
