"""The reminder before the day: when to come, to which table, whom to ask. Pressed by the staff; nobody is told the same twice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands.holding import locked
from brobygget.openhouse.commands.sending import queue_mails
from brobygget.openhouse.models import Briefing, Invitation, OpenHouse, Sending
from brobygget.openhouse.queries import reminders as queries
from brobygget.openhouse.queries.reminders import Reminded
from brobygget.people.models import Account


@transaction.atomic
def write_briefing(openhouse: OpenHouse, *, ask: str, note: str) -> Briefing:
    """Whom to ask on the day, and what else is good to know."""
    locked(openhouse.pk)
    made, _is_new = Briefing.objects.update_or_create(
        openhouse=openhouse, defaults={"ask": ask, "note": note}
    )
    return made


def _ready(openhouse: OpenHouse, *, at: datetime) -> OpenHouse:
    openhouse = locked(openhouse.pk)
    if openhouse.called_off_on is not None:
        raise Refused(_("The day is called off. Nobody is reminded of it."), status=409)
    if at >= openhouse.ends_at:
        raise Refused(_("The day has been. Nobody is reminded of it."), status=409)
    if not queries.may_be_told(openhouse, at=at):
        raise Refused(_("Tell the floor plan first. Until then nobody knows which table they have."))
    return openhouse


@transaction.atomic
def send_reminders(openhouse: OpenHouse, *, by: Account | None, at: datetime) -> int:
    """A mail to each that has an address and does not know its table and hour; the worker sends them."""
    openhouse = _ready(openhouse, at=at)
    those = [one.invitation.pk for one in queries.reminded_of(openhouse) if one.is_to_be_told and one.by_mail]
    waiting = Invitation.objects.filter(pk__in=those)
    return queue_mails(waiting, about=Sending.About.REMINDER, by=by, at=at)


@transaction.atomic
def make_sheets(openhouse: OpenHouse, *, by: Account | None, at: datetime) -> int:
    """A sheet on paper for each that no mail reaches and that does not know yet."""
    openhouse = _ready(openhouse, at=at)
    those = [one for one in queries.reminded_of(openhouse) if one.is_to_be_told and not one.by_mail]
    _note(openhouse, those, Sending.Way.LETTER, by=by, at=at)
    return len(those)


@transaction.atomic
def note_reminded(invitation: Invitation, *, by: Account | None, at: datetime) -> None:
    """Somebody has told them by telephone. Pressed twice it is noted once."""
    openhouse = _ready(invitation.openhouse, at=at)
    found = [one for one in queries.reminded_of(openhouse) if one.invitation.pk == invitation.pk]
    if not found or found[0].table is None:
        raise Refused(_("They have no table, so there is nothing to tell them yet."), status=409)
    # A mail that has not gone yet need not go any more.
    Sending.objects.filter(invitation=invitation, about=Sending.About.REMINDER, sent_at=None).delete()
    if found[0].state != queries.TOLD:
        _note(openhouse, found, Sending.Way.CALL, by=by, at=at)


def _note(
    openhouse: OpenHouse, those: list[Reminded], way: Sending.Way, *, by: Account | None, at: datetime
) -> None:
    arrives = queries.arrives_at(openhouse)
    outcome = Sending.Outcome.TALKED if way == Sending.Way.CALL else ""
    Sending.objects.bulk_create(
        Sending(
            invitation=one.invitation,
            about=Sending.About.REMINDER,
            way=way,
            outcome=outcome,
            queued_at=at,
            sent_at=at,
            told_table=one.table.number,
            told_clock=arrives,
            by=by,
        )
        for one in those
        if one.table is not None
    )
