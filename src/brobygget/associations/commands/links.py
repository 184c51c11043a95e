"""The association's own door: a link in a mail, a code in a letter. Both can be shown again and closed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from brobygget.associations import rules
from brobygget.associations.models import Association, AssociationLink, LinkSending
from brobygget.associations.secrets import derived_code, link_digest
from brobygget.house.commands.refused import Refused
from brobygget.people import tokens
from brobygget.people.models import Account

Purpose = AssociationLink.Purpose
MAILS_AT_ONCE = 50
FOR_GOOD = 500  # from here a mail server's no is no for ever, below it is "not now"


@dataclass(frozen=True)
class Door:
    """How one association comes in."""

    association: Association
    token: str
    code: str


def secret_of(link: AssociationLink) -> str:
    """The secret of a link, which follows from the link key and its row."""
    if link.purpose == Purpose.CODE:
        return derived_code(link.seed)
    return tokens.derived_token(link.purpose, link.seed)


def _new(association: Association, purpose: AssociationLink.Purpose, on: date) -> AssociationLink:
    seed = str(uuid.uuid4())
    lasts = rules.CODE_LASTS if purpose == Purpose.CODE else rules.LINK_LASTS
    link = AssociationLink(
        association=association, purpose=purpose, seed=seed, made_on=on, expires_on=on + lasts
    )
    link.digest = link_digest(purpose, secret_of(link))
    return link


@transaction.atomic
def give_doors(
    associations: Sequence[Association], *, on: date, lasting: timedelta = timedelta(0)
) -> list[Door]:
    """A link and a code for each; those that are open stay as they are, so that what is printed still works.

    Whoever sends them says how long they have to be of use: beside one that soon shuts comes a new one.
    """
    pks = [one.pk for one in associations]
    open_now = AssociationLink.objects.filter(
        association__in=pks, revoked_at=None, expires_on__gte=on + lasting
    )
    links = {(link.association_id, link.purpose): link for link in open_now}
    made = [
        _new(one, purpose, on)
        for one in associations
        for purpose in Purpose
        if (one.pk, purpose.value) not in links
    ]
    AssociationLink.objects.bulk_create(made)
    links |= {(link.association_id, link.purpose): link for link in made}
    return [
        Door(one, secret_of(links[one.pk, Purpose.LINK.value]), secret_of(links[one.pk, Purpose.CODE.value]))
        for one in associations
    ]


def open_doors(associations: Sequence[Association], *, on: date) -> list[Door]:
    """The doors of those that have both a link and a code; writes nothing."""
    pks = [one.pk for one in associations]
    open_now = AssociationLink.objects.filter(association__in=pks, revoked_at=None, expires_on__gte=on)
    links = {(link.association_id, link.purpose): secret_of(link) for link in open_now}
    return [
        Door(one, links[one.pk, Purpose.LINK.value], links[one.pk, Purpose.CODE.value])
        for one in associations
        if all((one.pk, purpose.value) in links for purpose in Purpose)
    ]


@transaction.atomic
def renew_doors(association: Association, *, on: date, at: datetime) -> Door:
    """A new link and a new code; the ones before stop working at once, on every screen."""
    close_doors(association, at=at)
    return give_doors([association], on=on)[0]


def close_doors(association: Association, *, at: datetime) -> int:
    """Nobody comes in with what was given before."""
    return association.links.filter(revoked_at=None).update(revoked_at=at)


def note_use(link: AssociationLink, *, on: date) -> None:
    """That somebody has come in with a link; only the first day is kept."""
    if link.first_used_on is None:
        link.first_used_on = on
        link.save(update_fields=["first_used_on"])


def mail_address(association: Association) -> str:
    """Where a mail to the association goes: its own address, else the contact's. Prefetch `contacts`."""
    if association.email:
        return association.email
    return next((one.email for one in association.contacts.all() if one.email), "")


def is_gone(wrong: SMTPRecipientsRefused) -> bool:
    """Whether an address does not exist any more; it keeps nobody else waiting, as a server that is away does."""
    return all(code >= FOR_GOOD for code, _said in wrong.recipients.values())


def send_mails(
    associations: Iterable[Association], *, address: str, by: Account | None, at: datetime, on: date
) -> int:
    """A mail with fixed words and the link to each, at most one a day to an address. Returns how many went.

    `address` is where the program answers. A mail that is sent is noted before the next one goes, so that a second
    press continues where the first one stopped.
    """
    sent = 0
    try:
        with get_connection() as connection:
            for association in associations:
                to = mail_address(association)
                try:
                    if to and _send(association, to, connection, address=address, by=by, at=at, on=on):
                        sent += 1
                except SMTPRecipientsRefused as wrong:
                    if not is_gone(wrong):
                        raise
    except (OSError, SMTPException) as wrong:
        raise Refused(
            _("The mail server does not answer. %(number)d mails went; press again later for the rest.")
            % {"number": sent}
        ) from wrong
    return sent


def _send(
    association: Association,
    to: str,
    connection: BaseEmailBackend | None,
    *,
    address: str,
    by: Account | None,
    at: datetime,
    on: date,
) -> bool:
    digest = tokens.digest("mail-address", to.casefold())
    with transaction.atomic():
        Association.objects.select_for_update().get(pk=association.pk)
        recent = LinkSending.objects.filter(address_digest=digest, at__gt=at - rules.ONE_MAIL_EACH)
        if recent.exists():
            return False
        (door,) = give_doors([association], on=on, lasting=rules.CODE_LASTS)
        with translation.override(association.house.language_codes[0]):
            is_again = rules.has_answered(association)
            words = {
                "house": association.house,
                "address": f"{address}/own/{door.token}/",
                "is_again": is_again,
            }
            if is_again:
                subject = _("%(house)s: is this still true of your association?")
            else:
                subject = _("%(house)s: tell newcomers about your association")
            mail = EmailMessage(
                subject % {"house": association.house.name},
                render_to_string("associations/mail.txt", words),
                settings.DEFAULT_FROM_EMAIL,
                [to],
                connection=connection,
            )
        LinkSending.objects.create(
            association=association, way=LinkSending.Way.MAIL, address_digest=digest, at=at, by=by
        )
        mail.send()
    return True


@transaction.atomic
def note_letters(
    associations: Sequence[Association], *, by: Account | None, at: datetime, on: date
) -> list[Door]:
    """Open the doors that the letters tell of, and remember that they were printed."""
    doors = give_doors(associations, on=on, lasting=rules.CODE_LASTS)
    LinkSending.objects.bulk_create(
        LinkSending(association=one, way=LinkSending.Way.LETTER, at=at, by=by) for one in associations
    )
    return doors
