"""What the staged rows of a file would do now: added, changed, nothing new, or waiting for a person's word."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from brobygget.associations.commands import bulk, deciding
from brobygget.associations.commands.comparing import Row, Step, associations_of, compare
from brobygget.associations.commands.said import said_by_plain
from brobygget.associations.models import AliasReview, ImportRow, ImportRun

Outcome = ImportRow.Outcome
Decision = ImportRow.Decision
TOLD_EVERY = 1_000


@dataclass(frozen=True)
class Foreseen:
    """What has to be noted of the rows, and the sums for the page."""

    outcomes: bulk.Rows
    counts: Mapping[str, int]
    kept_fields: int


def staged_rows(run: ImportRun, *, progress: Callable[[int, int], None] | None = None) -> Iterator[ImportRow]:
    """The rows with what was understood of them, in the order of the file."""
    rows = run.rows.defer("source", "problems").order_by("line", "pk")
    for number, row in enumerate(rows.iterator(chunk_size=1_000), start=1):
        if progress and number % TOLD_EVERY == 0:
            progress(min(number, run.total), run.total)
        yield row


def rows_to_import(run: ImportRun, staged: Iterable[ImportRow]) -> dict[int, Row]:
    """Every row that shall be an association of its own, by its key.

    Of a pair that only may be the same, the lesser row waits until a person has said: it is neither written nor
    taken for another name of the other row.
    """
    meant = words_that_mean(run.house_id)
    found: dict[int, Row] = {}
    apart: list[tuple[int, str]] = []
    for row in staged:
        if not row.understood:
            continue
        plain = json.loads(row.understood)
        if row.same_as_line is not None:
            if not row.is_certain and row.decision != Decision.SAME:
                apart.append((row.same_as_line, plain["said"]["columns"]["name"]))
            if row.decision != Decision.NOT_SAME:
                continue
        found[row.pk] = row_of(run, row, plain, meant)
    by_line = {row.line: row for row in found.values()}
    for line, name in apart:  # the reading had taken it for another name of the other row
        other = by_line.get(line)
        if other and name in other.said.columns["alternate_names"]:
            other.said.columns["alternate_names"].remove(name)
    times = Counter(row.source for row in found.values())
    return {  # a number that several rows share tells none of them from the others
        pk: row if times[row.source] == 1 else replace(row, source=(row.source[0], ""))
        for pk, row in found.items()
    }


def words_that_mean(house_id: int) -> dict[str, str]:
    """The register's words that a person has said mean an interest, and which."""
    decided = AliasReview.objects.filter(house_id=house_id, decision=AliasReview.Decision.INTEREST)
    return dict(decided.values_list("word", "interest"))


def row_of(run: ImportRun, row: ImportRow, plain: Mapping[str, Any], meant: Mapping[str, str]) -> Row:
    """A staged row as it shall be compared, with the interests that the house's own words give it."""
    said = said_by_plain(plain["said"])
    here = {each for each, _is_guess in said.interests}
    given = {meant[word] for word in plain.get("words", ()) if word in meant}
    said.interests.extend([each, False] for each in sorted(given - here))
    return Row(
        row.line,
        said,
        (run.preset or "register", plain["source_id"]),
        same_as=row.same_as_id if row.decision == Decision.SAME else None,
        is_new=row.decision == Decision.NOT_SAME,
    )


def foresee(run: ImportRun, staged: list[ImportRow]) -> Foreseen:
    """What the rows would do now. Nothing is written; a person's earlier word on a likeness is remembered."""
    rows = rows_to_import(run, staged)
    steps = compare(run, list(rows.values()), associations_of(run.house_id))
    by_line = {rows[row.pk].line: row for row in staged if row.pk in rows}
    if deciding.remember_likenesses(
        run, [(by_line[step.row.line], step) for step in steps if step.is_unsure]
    ):
        rows = rows_to_import(run, staged)
        steps = compare(run, list(rows.values()), associations_of(run.house_id))
    counts: dict[str, int] = defaultdict(int)
    for step in steps:
        if not step.is_unsure:
            counts[step.outcome] += 1
    return Foreseen(
        outcomes_of(steps, by_line), dict(sorted(counts.items())), sum(len(step.kept) for step in steps)
    )


def outcomes_of(steps: Iterable[Step], rows: Mapping[int, ImportRow]) -> bulk.Rows:
    """What has to be noted of the rows, by their lines: only what is otherwise than it stands there."""
    noted = []
    for step in steps:
        row = rows[step.row.line]
        like = step.association.pk if step.is_unsure and step.association else row.same_as_id
        if (row.outcome, row.same_as_id) != (step.outcome, like) or row.decision:
            noted.append((step.outcome, like, str(row.decision), row.pk))
    return bulk.updates(ImportRow, ["outcome", "same_as_id", "decision"], noted)


def waiting_in(run: ImportRun) -> int:
    """How many rows wait for a person's word; none of them is in the register."""
    return run.rows.filter(outcome=Outcome.WAITING).count()
