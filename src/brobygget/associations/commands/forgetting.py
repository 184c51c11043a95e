"""What the register forgets by itself: files nobody took up, rows as they came, earlier words, links of long ago."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from brobygget.associations.commands import bulk
from brobygget.associations.commands.interests import activity_words
from brobygget.associations.commands.staging import leave_aside
from brobygget.associations.models import (
    AliasReview,
    AssociationLink,
    FieldChange,
    ImportRow,
    ImportRun,
    LinkSending,
)

State = ImportRun.State
DEALT_WITH = (State.APPLIED, State.UNDONE, State.DISMISSED)
WAITING_DAYS = 30  # a file that somebody sent and nobody imported
ROW_DAYS = 90  # the rows as they came, after the import; what undoing needs is kept beside them
EARLIER_DAYS = 400  # a year, and time to look back


@transaction.atomic
def forget_what_is_old(*, house_id: int, at: datetime) -> None:
    """Remove what the house's register has had its time for."""
    waiting = ImportRun.objects.filter(house_id=house_id, uploaded_at__lt=at - timedelta(days=WAITING_DAYS))
    for run in waiting.exclude(state__in=DEALT_WITH):
        leave_aside(run)
    rows = ImportRow.objects.filter(
        run__house_id=house_id, run__applied_at__lt=at - timedelta(days=ROW_DAYS), run__state__in=DEALT_WITH
    )
    _empty(rows.exclude(understood="", problems=""), house_id)
    long_ago = at - timedelta(days=EARLIER_DAYS)
    FieldChange.objects.filter(association__house_id=house_id, at__lt=long_ago).delete()
    LinkSending.objects.filter(association__house_id=house_id, at__lt=long_ago).delete()
    shut = Q(expires_on__lt=long_ago.date()) | Q(revoked_at__lt=long_ago)
    AssociationLink.objects.filter(shut, association__house_id=house_id).delete()


def _empty(rows: QuerySet[ImportRow], house_id: int) -> None:
    """Nothing stays of a row but the words of its activities that stand in the queue: their meaning may be decided late."""
    queue = set(AliasReview.objects.filter(house_id=house_id).values_list("word", flat=True))
    seal = bulk.makers(ImportRow)["source"]
    kept = []
    for pk, source, mapping in rows.values_list("pk", "source", "run__mapping").iterator():
        words = sorted(activity_words(json.loads(source or "{}"), mapping) & queue)
        told = {f"word {number}": word for number, word in enumerate(words, start=1)}
        kept.append((seal(json.dumps(told) if told else ""), seal(""), seal(""), pk))
    bulk.updates(ImportRow, ["source", "understood", "problems"], kept).write()
