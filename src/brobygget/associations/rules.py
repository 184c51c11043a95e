"""Who keeps the register, and how long what it says may be believed."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from brobygget.associations.models import Association, ImportRun

KEEPS = ("associations", "coordinator")

ASK_AGAIN_AFTER = timedelta(days=365)
HIDE_AFTER = timedelta(days=455)
LINK_LASTS = timedelta(days=400)  # a year, and time to answer the yearly question
CODE_LASTS = timedelta(days=90)
ONE_MAIL_EACH = timedelta(hours=24)


def said_on(association: Association) -> date:
    """The last day on which somebody stood by what is written here."""
    return last_said(association.last_confirmed_on, association.source_seen_on, association.created_on)


def last_said(confirmed_on: date | None, seen_on: date | None, created_on: date) -> date:
    """Once the association has answered, only its own word counts: a file that repeats a row confirms nothing."""
    return confirmed_on or max(created_on, seen_on or created_on)


def is_stale(association: Association, *, on: date) -> bool:
    """Whether the page should say that this is old."""
    return on - said_on(association) > ASK_AGAIN_AFTER


def has_answered(association: Association) -> bool:
    """Whether it has ever stood by what is written here: who has is asked whether it is still true."""
    return association.last_confirmed_on is not None


def may_be_shown(association: Association, *, on: date) -> bool:
    """Whether visitors see the association: a living one, not hidden, and not too old to be believed."""
    return (
        association.status == Association.Status.ACTIVE
        and association.hidden_on is None
        and on - said_on(association) <= HIDE_AFTER
    )


def shown(*, on: date) -> Q:
    """`may_be_shown` as a condition."""
    return Q(status=Association.Status.ACTIVE, hidden_on=None) & _said_since(on - HIDE_AFTER)


def stale(*, on: date) -> Q:
    """`is_stale` as a condition."""
    return ~_said_since(on - ASK_AGAIN_AFTER)


def _said_since(oldest: date) -> Q:
    """`said_on` on or after a day, as a condition."""
    by_file = Q(source_seen_on__gte=oldest) | Q(created_on__gte=oldest)
    return Q(last_confirmed_on__gte=oldest) | Q(last_confirmed_on=None) & by_file


def may_apply(run: ImportRun) -> bool:
    """A file that has been read, and is not being applied by somebody else."""
    return run.state in (ImportRun.State.READ, ImportRun.State.APPLYING)


def may_come_in_now(run: ImportRun) -> bool:
    """Not while another import of the house is on its way out: nothing may come to stand on what is going."""
    return not ImportRun.objects.filter(house_id=run.house_id, state=ImportRun.State.UNDOING).exists()
