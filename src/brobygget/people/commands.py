"""What can be done with people: come in, come back, be forgotten."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from brobygget.people import tokens
from brobygget.people.models import Account, Participant, PersonalLink, Role, WrongTry
from brobygget.people.queries import MOST_WRONG_TRIES_A_MINUTE

TICKET_TRIES_A_MINUTE = MOST_WRONG_TRIES_A_MINUTE


def welcome_participant(
    *, house_id: int, alias: str, language: str, years_here: str, on: date
) -> Participant:
    """Somebody takes part under an alias."""
    return Participant.objects.create(
        house_id=house_id, alias=alias, language=language, years_here=years_here, joined_on=on
    )


def give_link(
    participant: Participant, *, purpose: PersonalLink.Purpose, on: date, secret: str = "", seed: str = ""
) -> str:
    """A new secret for a participant: told now, and kept only as a keyed hash.

    With a `seed` it can be shown again to its owner, because it follows from the link key; with a `secret` it
    is the one that the caller made.
    """
    if seed:
        derive = tokens.derived_words if purpose == PersonalLink.Purpose.WORDS else tokens.derived_token
        made = derive(purpose, seed)
    else:
        made = secret or tokens.new_token()
    PersonalLink.objects.create(
        participant=participant, purpose=purpose, digest=tokens.digest(purpose, made), seed=seed, made_on=on
    )
    return made


def give_way_back(participant: Participant, *, on: date, at: datetime) -> None:
    """A link and four words for another phone; the ones before stop working."""
    ways = [PersonalLink.Purpose.COME_BACK, PersonalLink.Purpose.WORDS]
    participant.links.filter(purpose__in=ways, revoked_at=None).update(revoked_at=at)
    for purpose in ways:
        give_link(participant, purpose=purpose, on=on, seed=str(uuid.uuid4()))


def revoke_links(participant: Participant, *, at: datetime) -> int:
    """Close every door that was given to this participant, on the next press of any phone."""
    return participant.links.filter(revoked_at=None).update(revoked_at=at)


def change_participant(
    participant: Participant, *, alias: str, language: str, years_here: str
) -> Participant:
    """Another alias, another language, another answer: always the participant's own choice."""
    participant.alias, participant.language, participant.years_here = alias, language, years_here
    participant.save(update_fields=["alias", "language", "years_here"])
    return participant


@transaction.atomic
def forget_participant(participant: Participant) -> None:
    """Remove the participant and everything that points to them; what stays is counts."""
    participant.delete()


@transaction.atomic
def open_account(*, email: str, called: str, on: date) -> Account:
    """Somebody who hosts, found again by e-mail address or made new."""
    found = Account.objects.filter(email__iexact=email).first()
    return found or Account.objects.create_user(email, called=called, joined_on=on)


def give_role(*, account: Account, house_id: int, kind: str, on: date) -> Role:
    """Somebody may do this in the house from today."""
    role, _ = Role.objects.get_or_create(
        account=account, house_id=house_id, kind=kind, until=None, defaults={"since": on}
    )
    return role


def end_role(role: Role, *, on: date) -> None:
    """Somebody had this role until yesterday."""
    role.until = on - timedelta(days=1)
    role.save(update_fields=["until"])


def note_wrong_try(*, at: datetime) -> bool:
    """Count a wrong ticket; true while there may be more tries this minute. No address is kept."""
    minute = at.replace(second=0, microsecond=0)
    WrongTry.objects.filter(minute__lt=minute - timedelta(hours=1)).delete()
    row, _ = WrongTry.objects.get_or_create(minute=minute)
    WrongTry.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
    return row.tries < TICKET_TRIES_A_MINUTE
