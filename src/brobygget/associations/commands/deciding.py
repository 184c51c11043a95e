"""Two rows that may be one association: a person says so, once for this file and the next ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.associations.models import ImportRow, ImportRun, SameOrNot
from brobygget.associations.register.duplicates import plain_name
from brobygget.house.commands.refused import Refused
from brobygget.people import tokens

Decision = ImportRow.Decision


def pair_digest(first: ImportRow, second: ImportRow) -> str:
    """A keyed hash of two rows, whichever comes first: by their number in the register, else name and town."""
    return tokens.digest("same-or-not", "\n".join(sorted((_told_by(first), _told_by(second)))))


def _told_by(row: ImportRow) -> str:
    plain = json.loads(row.understood)
    columns = plain["said"]["columns"]
    name_and_town = f"{plain_name(columns['name'])}\t{columns['town'].casefold()}"
    return f"{plain['source_id'].casefold()}\t{name_and_town}"


def remember_decisions(run: ImportRun, rows: Sequence[ImportRow]) -> None:
    """Give pairs that may be the same the word that a person gave them in an earlier file."""
    by_line = {row.line: row for row in rows if row.understood}
    digests = {
        pair_digest(row, by_line[row.same_as_line]): row
        for row in rows
        if row.same_as_line in by_line and not row.is_certain
    }
    said = SameOrNot.objects.filter(house_id=run.house_id, pair__in=list(digests)[:5_000])
    for one in said:
        digests[one.pair].decision = Decision.SAME if one.is_same else Decision.NOT_SAME


def undecided(run: ImportRun) -> int:
    """How many pairs wait for a person."""
    return run.rows.filter(is_certain=False, decision=Decision.NONE).exclude(same_as_line=None).count()


@transaction.atomic
def decide_pairs(run: ImportRun, *, decisions: Iterable[tuple[int, str]], on: date) -> ImportRun:
    """A person's word on pairs of rows: the key of the lesser row, and same or not."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != ImportRun.State.READ:
        raise Refused(_("This file has been dealt with already."), status=409)
    wanted = dict(decisions)
    rows = list(run.rows.filter(pk__in=wanted).exclude(same_as_line=None))
    others = {row.line: row for row in run.rows.filter(line__in=[row.same_as_line for row in rows])}
    for row in rows:
        row.decision = wanted[row.pk]
        row.save(update_fields=["decision"])
        other = others.get(row.same_as_line or 0)
        if other is not None and row.decision:
            SameOrNot.objects.update_or_create(
                house_id=run.house_id,
                pair=pair_digest(row, other),
                defaults={"is_same": row.decision == Decision.SAME, "on": on},
            )
    return run
