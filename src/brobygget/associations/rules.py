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
    """The last day on which the association, or the register, stood by what is written here."""
    days = (association.last_confirmed_on, association.source_seen_on, association.created_on)
    return max(day for day in days if day is not None)


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
    oldest = on - HIDE_AFTER
    recent = Q(last_confirmed_on__gte=oldest) | Q(source_seen_on__gte=oldest) | Q(created_on__gte=oldest)
    return Q(status=Association.Status.ACTIVE, hidden_on=None) & recent


def stale(*, on: date) -> Q:
    """`is_stale` as a condition."""
    oldest = on - ASK_AGAIN_AFTER
    return ~(Q(last_confirmed_on__gte=oldest) | Q(source_seen_on__gte=oldest) | Q(created_on__gte=oldest))


def may_apply(run: ImportRun) -> bool:
    """A file that has been read, and is not being applied by somebody else."""
    return run.state in (ImportRun.State.READ, ImportRun.State.APPLYING)


def may_come_in_now(run: ImportRun) -> bool:
    """Not while another import of the house is on its way out: nothing may come to stand on what is going."""
    return not ImportRun.objects.filter(house_id=run.house_id, state=ImportRun.State.UNDOING).exists()
