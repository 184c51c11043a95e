"""Inviting the associations of the register: one invitation each, with a link for this day and no other."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from brobygget.associations.models import Association
from brobygget.openhouse.commands.holding import locked
from brobygget.openhouse.commands.sending import note_told, queue_mails
from brobygget.openhouse.models import Invitation, OpenHouse, Sending
from brobygget.openhouse.queries import doors
from brobygget.openhouse.queries import invitations as queries
from brobygget.people.models import Account


@transaction.atomic
def invite_associations(openhouse: OpenHouse, associations: Sequence[Association], *, on: date) -> int:
    """An invitation for each that has none yet; pressed twice, or by two at once, it is one all the same."""
    locked(openhouse.pk)
    invited = set(openhouse.invitations.values_list("association_id", flat=True))
    made = [_new(openhouse, one, on=on) for one in associations if one.pk not in invited]
    Invitation.objects.bulk_create(made)
    return len(made)


def _new(openhouse: OpenHouse, association: Association, *, on: date) -> Invitation:
    made = Invitation(
        openhouse=openhouse,
        association=association,
        way=association.reach,
        seed=str(uuid.uuid4()),
        made_on=on,
    )
    made.link_digest, made.code_digest = doors.digests_of(made)
    return made


@transaction.atomic
def send_invitations(openhouse: OpenHouse, *, by: Account | None, at: datetime) -> int:
    """Mails to those that are invited by mail and have got none. The worker sends them."""
    locked(openhouse.pk)
    return queue_mails(queries.without_mail(openhouse), about=Sending.About.INVITED, by=by, at=at)


@transaction.atomic
def nudge_the_silent(openhouse: OpenHouse, *, by: Account | None, at: datetime) -> int:
    """A reminder to those that have been silent for a week."""
    locked(openhouse.pk)
    waiting = Invitation.objects.filter(
        pk__in=list(queries.to_nudge(openhouse, at=at).values_list("pk", flat=True))
    )
    return queue_mails(waiting, about=Sending.About.NUDGED, by=by, at=at)


@transaction.atomic
def make_letters(openhouse: OpenHouse, *, by: Account | None, at: datetime) -> int:
    """Letters for those that are invited by letter and have got none."""
    locked(openhouse.pk)
    waiting = list(queries.without_letter(openhouse))
    note_told(waiting, about=Sending.About.INVITED, way=Sending.Way.LETTER, by=by, at=at)
    return len(waiting)


def note_call(invitation: Invitation, *, was_reached: bool, by: Account | None, at: datetime) -> None:
    """Somebody has called; what was answered is written as an answer."""
    outcome = Sending.Outcome.TALKED if was_reached else Sending.Outcome.NOBODY
    note_told([invitation], about=Sending.About.INVITED, way=Sending.Way.CALL, by=by, at=at, outcome=outcome)


@transaction.atomic
def renew_link(invitation: Invitation) -> Invitation:
    """A new link and a new code; the ones before stop working at once."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    invitation.seed = str(uuid.uuid4())
    invitation.link_digest, invitation.code_digest = doors.digests_of(invitation)
    invitation.save(update_fields=["seed", "link_digest", "code_digest"])
    return invitation


def note_opened(invitation: Invitation, *, on: date) -> None:
    """That somebody has come in with the link; only the first day is kept."""
    if invitation.opened_on is None:
        Invitation.objects.filter(pk=invitation.pk, opened_on=None).update(opened_on=on)
