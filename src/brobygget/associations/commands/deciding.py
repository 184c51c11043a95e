"""Two that may be one association: a person says so, once for this file and the next ones.

Until then the row waits. It is not written, and it changes nothing of the one that it looks like.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.associations.models import Association, ImportRow, ImportRun, SameOrNot
from brobygget.associations.register.duplicates import plain_name
from brobygget.house.commands.refused import Refused
from brobygget.people import tokens

if TYPE_CHECKING:
    from brobygget.associations.commands.comparing import Step

Decision = ImportRow.Decision
Outcome = ImportRow.Outcome
MOST_REMEMBERED = 5_000


def pair_digest(first: ImportRow | Association, second: ImportRow | Association) -> str:
    """A keyed hash of two, whichever comes first: by their number in the register, name and town."""
    return tokens.digest("same-or-not", "\n".join(sorted((_told_by(first), _told_by(second)))))


def _told_by(one: ImportRow | Association) -> str:
    if isinstance(one, Association):
        source_id, name, town = one.source_id, one.name, one.town
    else:
        plain = json.loads(one.understood)
        columns = plain["said"]["columns"]
        source_id, name, town = plain["source_id"], columns["name"], columns["town"]
    return f"{source_id.casefold()}\t{plain_name(name)}\t{town.casefold()}"


def remember_decisions(run: ImportRun, rows: Sequence[ImportRow]) -> None:
    """Give pairs of rows that may be the same the word that a person gave them in an earlier file."""
    by_line = {row.line: row for row in rows if row.understood}
    digests = {
        pair_digest(row, by_line[row.same_as_line]): row
        for row in rows
        if row.same_as_line in by_line and not row.is_certain
    }
    for row in _remember(run, digests):
        row.outcome = Outcome.DUPLICATE if row.decision == Decision.SAME else Outcome.ADDED


def remember_likenesses(run: ImportRun, unsure: Sequence[tuple[ImportRow, Step]]) -> bool:
    """The same for rows that look like an association of the register; whether there was such a word."""
    digests: dict[str, ImportRow] = {}
    for row, step in unsure:
        if step.association is not None:
            row.same_as_id = step.association.pk
            digests[pair_digest(row, step.association)] = row
    return bool(_remember(run, digests))


def _remember(run: ImportRun, digests: dict[str, ImportRow]) -> list[ImportRow]:
    said = SameOrNot.objects.filter(house_id=run.house_id, pair__in=list(digests)[:MOST_REMEMBERED])
    known = []
    for one in said:
        row = digests[one.pair]
        row.decision = Decision.SAME if one.is_same else Decision.NOT_SAME
        known.append(row)
    return known


@transaction.atomic
def decide_pairs(run: ImportRun, *, decisions: Iterable[tuple[int, str]], on: date) -> ImportRun:
    """A person's word on pairs: the key of the row that may be the same as another, and same or not.

    In a file that is imported already, only what still waits can be decided; see `late.take_up_decided`.
    """
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state not in (ImportRun.State.READ, ImportRun.State.APPLIED):
        raise Refused(_("This file has been dealt with already."), status=409)
    wanted = dict(decisions)
    rows = run.rows.filter(pk__in=wanted, is_certain=False).exclude(same_as_line=None, same_as=None)
    rows = rows.exclude(understood="")  # what an old import kept of its rows is forgotten
    if run.state == ImportRun.State.APPLIED:
        rows = rows.filter(outcome=Outcome.WAITING)
    chosen = list(rows.select_related("same_as"))
    others = {row.line: row for row in run.rows.filter(line__in=[row.same_as_line for row in chosen])}
    for row in chosen:
        row.decision = wanted[row.pk]
        if run.state == ImportRun.State.READ:
            row.outcome = _foreseen(row)
        row.save(update_fields=["decision", "outcome"])
        other = row.same_as or others.get(row.same_as_line or 0)
        if other is not None and row.decision:
            SameOrNot.objects.update_or_create(
                house_id=run.house_id,
                pair=pair_digest(row, other),
                defaults={"is_same": row.decision == Decision.SAME, "on": on},
            )
    if run.state == ImportRun.State.READ:
        run.counts["foreseen"] = _sums(run)
        run.save(update_fields=["counts"])
    return run


def _foreseen(row: ImportRow) -> str:
    if row.decision == Decision.NOT_SAME:
        return str(Outcome.ADDED)
    if row.decision == Decision.SAME:
        return str(Outcome.CHANGED if row.same_as_id else Outcome.DUPLICATE)
    return str(Outcome.WAITING)


def _sums(run: ImportRun) -> dict[str, int]:
    foreseen = (Outcome.ADDED, Outcome.CHANGED, Outcome.SAME)
    outcomes = list(run.rows.filter(outcome__in=foreseen).values_list("outcome", flat=True))
    return {outcome: outcomes.count(outcome) for outcome in sorted(set(outcomes))}
