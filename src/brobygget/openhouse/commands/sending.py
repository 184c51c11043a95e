"""What associations are told: mails that the worker sends, letters, telephone calls. Each is noted, none goes twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from brobygget.associations.commands.links import is_gone, mail_address
from brobygget.associations.models import Association
from brobygget.house.models import House
from brobygget.openhouse import rules
from brobygget.openhouse.models import OPEN_CALL, Invitation, OpenHouse, PlaceCall, Sending
from brobygget.openhouse.plans.answer_time import answer_by
from brobygget.openhouse.queries import floor as floors
from brobygget.openhouse.queries.doors import link_of
from brobygget.openhouse.queries.floor import OwnTable
from brobygget.openhouse.queries.invitations import with_ways
from brobygget.openhouse.queries.places import have_places
from brobygget.openhouse.queries.reminders import arrives_at, briefing_of
from brobygget.people import tokens
from brobygget.people.models import Account
from brobygget.web import moments

AT_ONCE = 20  # mails in one go of the worker, so that other work is not kept waiting
AGAIN_AFTER = timedelta(minutes=5)  # when the mail server was away
# At most one of these a day goes to an address; the rest answers something that the association did.
UNASKED = (Sending.About.INVITED, Sending.About.NUDGED)


def queue_mails(
    invitations: QuerySet[Invitation], *, about: Sending.About, by: Account | None, at: datetime
) -> int:
    """A mail to each that has an address; the worker sends them. Returns how many."""
    found = list(with_ways(invitations))
    for one in found:
        if not mail_address(one.association):
            reach_otherwise(one)
    rows = [
        Sending(
            invitation=one,
            about=about,
            way=Sending.Way.MAIL,
            to_digest=_digest_of(to),
            queued_at=at,
            by=by,
        )
        for one in found
        if (to := mail_address(one.association))
    ]
    Sending.objects.bulk_create(rows)
    return len(rows)


def reach_otherwise(invitation: Invitation) -> None:
    """No mail reaches them: a letter where there is an address, else the telephone list. Prefetch as `with_ways`."""
    if invitation.way != Association.Reach.EMAIL:
        return
    association = invitation.association
    home = getattr(association, "letter_address", None)
    has_street = bool(association.street or (home and home.street))
    way = Association.Reach.LETTER if has_street else Association.Reach.PHONE
    Invitation.objects.filter(pk=invitation.pk).update(way=way)


def _digest_of(address: str) -> str:
    return tokens.digest("mail-address", address.casefold())


@transaction.atomic
def note_told(
    invitations: Sequence[Invitation],
    *,
    about: Sending.About,
    way: Sending.Way,
    by: Account | None,
    at: datetime,
    outcome: str = "",
) -> None:
    """That they have been told: a letter was printed, somebody called, a mail went by another way."""
    Sending.objects.bulk_create(
        Sending(invitation=one, about=about, way=way, outcome=outcome, queued_at=at, sent_at=at, by=by)
        for one in invitations
    )


def send_due_mails(house: House, *, address: str, at: datetime) -> int:
    """The next mails of a house. One that went is noted before the next goes; returns how many went.

    When the mail server does not answer, nothing is lost: all that wait are tried again in a while.
    """
    waiting = Sending.objects.filter(
        invitation__openhouse__house=house, way=Sending.Way.MAIL, sent_at=None
    ).exclude(not_before__gt=at)
    due = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
    if not due:
        return 0
    sent = 0
    try:
        with get_connection() as connection:
            for pk in due:
                try:
                    sent += _send(pk, connection, address=address, at=at)
                except SMTPRecipientsRefused as wrong:
                    if not is_gone(wrong):
                        raise
                    _give_up(pk)
    except (OSError, SMTPException):
        waiting.update(not_before=at + AGAIN_AFTER)
    return sent


@transaction.atomic
def _give_up(pk: int) -> None:
    """There is no such address: as where it was taken away, they are reached in another way."""
    sending = Sending.objects.select_for_update().get(pk=pk)
    reach_otherwise(with_ways(Invitation.objects.filter(pk=sending.invitation_id)).get())
    sending.delete()


@transaction.atomic
def _send(pk: int, connection: BaseEmailBackend | None, *, address: str, at: datetime) -> bool:
    sending = Sending.objects.select_for_update().get(pk=pk)
    if sending.sent_at is not None:
        return False
    wait_until = _until(sending, at=at)
    if wait_until is not None:
        Sending.objects.filter(pk=pk).update(not_before=wait_until)
        return False
    invitation = with_ways(Invitation.objects.filter(pk=sending.invitation_id)).get()
    call = _call_of(sending)
    if sending.about == Sending.About.CALLED and call is None:
        sending.delete()  # answered meanwhile, by telephone
        return False
    table = _table_of(sending, invitation)
    if sending.about == Sending.About.REMINDER and table is None:
        sending.delete()  # they cannot come after all, or stand nowhere yet
        return False
    to = mail_address(invitation.association)
    if not to:
        reach_otherwise(invitation)  # the address was taken away meanwhile
        sending.delete()
        return False
    sending.sent_at = at
    if table is not None:
        sending.told_table, sending.told_clock = table.number, arrives_at(invitation.openhouse)
    sending.save(update_fields=["sent_at", "told_table", "told_clock"])
    if call is not None and call.told_at is None:
        note_call_told(call, at=at)
    _mail(invitation, sending, call, table, to, connection, address=address).send()
    return True


def _until(sending: Sending, *, at: datetime) -> datetime | None:
    """When an address may hear from us again; None for now."""
    if sending.about not in UNASKED:
        return None
    last = Sending.objects.filter(
        to_digest=sending.to_digest, about__in=UNASKED, sent_at__gt=at - rules.ONE_MAIL_EACH
    )
    newest = last.order_by("-sent_at").values_list("sent_at", flat=True).first()
    return newest + rules.ONE_MAIL_EACH if newest else None


def _call_of(sending: Sending) -> PlaceCall | None:
    if sending.about != Sending.About.CALLED:
        return None
    calls = PlaceCall.objects.filter(place__invitation=sending.invitation_id)
    return calls.select_related("place__openhouse").filter(OPEN_CALL).first()


def _table_of(sending: Sending, invitation: Invitation) -> OwnTable | None:
    """Where a reminder leads, as it is when the mail goes."""
    openhouse = invitation.openhouse
    if sending.about != Sending.About.REMINDER or floors.told_plan(openhouse) is None:
        return None
    if not have_places(openhouse).filter(pk=invitation.pk).exists():
        return None
    return floors.own_table(floors.floor_of(openhouse), invitation.pk)


def note_call_told(call: PlaceCall, *, at: datetime) -> PlaceCall:
    """They know now that a place is free; from here their time runs."""
    call.told_at = at
    call.answer_by = answer_by(at=at, starts_at=call.place.openhouse.starts_at)
    call.save(update_fields=["told_at", "answer_by"])
    return call


def _told_with(openhouse: OpenHouse) -> dict[str, object]:
    return {"arrives": arrives_at(openhouse), "briefing": briefing_of(openhouse)}


def _mail(
    invitation: Invitation,
    sending: Sending,
    call: PlaceCall | None,
    table: OwnTable | None,
    to: str,
    connection: BaseEmailBackend | None,
    *,
    address: str,
) -> EmailMessage:
    """A mail with fixed words, in the house's first language: the day, the link, and nothing that anybody has answered."""
    house = invitation.openhouse.house
    with translation.override(house.language_codes[0]):
        subjects = {
            Sending.About.INVITED: _("%(house)s: will your association come on %(day)s?"),
            Sending.About.NUDGED: _("%(house)s: will your association come on %(day)s? A reminder"),
            Sending.About.PLACE: _("%(house)s: you have a place on %(day)s"),
            Sending.About.WAITING: _("%(house)s: you are on the waiting list for %(day)s"),
            Sending.About.CALLED: _("%(house)s: a place is free for you on %(day)s"),
            Sending.About.PASSED: _("%(house)s: the place on %(day)s went to the next"),
            Sending.About.CALLED_OFF: _("%(house)s: %(day)s is called off"),
            Sending.About.REMINDER: _("%(house)s: your table and when to come on %(day)s"),
        }
        words = {
            "about": sending.about,
            "openhouse": invitation.openhouse,
            "house": house,
            "call": call,
            **({"table": table, **_told_with(invitation.openhouse)} if table else {}),
            "address": f"{address}/open-house/link/{link_of(invitation)}/",
        }
        subject = subjects[Sending.About(sending.about)] % {
            "house": house.name,
            "day": moments.day(invitation.openhouse.day),
        }
        body = render_to_string("openhouse/mail.txt", words)
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to], connection=connection)
