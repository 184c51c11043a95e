"""Ways into a circle: a link and QR for many, paper tickets of four words for one each."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from brobygget.circles.commands.rounds import join_going_round
from brobygget.circles.commands.state import note_change
from brobygget.circles.models import Circle, Invitation, Membership
from brobygget.house.commands.refused import Refused
from brobygget.people import commands as people
from brobygget.people import tokens
from brobygget.people.models import PersonalLink

TICKET_DAYS = 60


@dataclass(frozen=True)
class Joined:
    """Somebody has come in, and the secret that their phone keeps."""

    membership: Membership
    phone_secret: str


def open_invitation(circle: Circle, *, on: date) -> Invitation:
    """The circle's link for many; the same one as long as it is open."""
    found = circle.invitations.filter(kind=Invitation.Kind.LINK, revoked_at=None).first()
    if found:
        return found
    made = Invitation(id=uuid.uuid4(), circle=circle, kind=Invitation.Kind.LINK, made_on=on)
    made.digest = tokens.digest("invitation", token_of(made))
    made.save(force_insert=True)
    return made


def token_of(invitation: Invitation) -> str:
    """The link's secret, which follows from the link key and can be shown to the leader again."""
    return tokens.derived_token("invitation", str(invitation.id))


def words_of(invitation: Invitation) -> str:
    """The four words of a ticket."""
    return tokens.derived_words("ticket", str(invitation.id))


@transaction.atomic
def print_tickets(circle: Circle, *, count: int, at: datetime, on: date) -> list[Invitation]:
    """New paper tickets; each lets one person in, once."""
    made: list[Invitation] = []
    while len(made) < count:
        ticket = Invitation(
            id=uuid.uuid4(),
            circle=circle,
            kind=Invitation.Kind.TICKET,
            made_on=on,
            expires_at=at + timedelta(days=TICKET_DAYS),
        )
        ticket.digest = tokens.digest("ticket", words_of(ticket))
        if not Invitation.objects.filter(digest=ticket.digest).exists():
            ticket.save(force_insert=True)
            made.append(ticket)
    return made


def revoke_invitations(circle: Circle, *, kind: str, at: datetime) -> int:
    """Close every way in of one kind; who has come in stays."""
    return circle.invitations.filter(kind=kind, revoked_at=None).update(revoked_at=at)


@transaction.atomic
def join_circle(
    *,
    invitation: Invitation,
    alias: str,
    language: str,
    years_here: str,
    phone_secret: str,
    at: datetime,
    on: date,
    is_organiser: bool = False,
) -> Joined:
    """Somebody takes a seat. The same press again finds the same seat."""
    circle = Circle.objects.select_for_update().get(pk=invitation.circle_id)
    again = PersonalLink.objects.filter(
        digest=tokens.digest(PersonalLink.Purpose.DEVICE, phone_secret),
        participant__memberships__circle=circle,
    ).first()
    if again:
        return Joined(Membership.objects.get(circle=circle, participant=again.participant_id), phone_secret)
    if circle.ended_on is not None:
        raise Refused(_("This circle has ended. Ask the house for the next one."), status=409)
    if invitation.kind == Invitation.Kind.TICKET:
        taken = Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None).update(used_at=at)
        if not taken:
            raise Refused(_("This ticket has been used. Ask the leader for a new one."), status=409)
    person = people.welcome_participant(
        house_id=circle.house_id, alias=alias, language=language, years_here=years_here, on=on
    )
    people.give_link(person, purpose=PersonalLink.Purpose.DEVICE, on=on, secret=phone_secret)
    people.give_way_back(person, on=on, at=at)
    last = circle.memberships.aggregate(last=Max("seat"))["last"] or 0
    seat = Membership.objects.create(
        circle=circle, participant=person, seat=last + 1, joined_on=on, is_organiser=is_organiser
    )
    join_going_round(seat)
    _tell_open_meetings(circle)
    return Joined(seat, phone_secret)


def close_phones(membership: Membership, *, at: datetime) -> None:
    """A phone was lost: none of this person's links work from the next press on."""
    people.revoke_links(membership.participant, at=at)


def new_way_back(membership: Membership, *, on: date, at: datetime) -> None:
    """Four new words for somebody whose phone is gone."""
    people.give_way_back(membership.participant, on=on, at=at)


def _tell_open_meetings(circle: Circle) -> None:
    for meeting in circle.meetings.filter(closed_at=None, opened_at__isnull=False):
        note_change(meeting)
