"""What can be done with people: come in, come back, be forgotten."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from brobygget.people import tokens
from brobygget.people.models import Account, Participant, PersonalLink, Role, WrongTry

TICKET_TRIES_A_MINUTE = 30


def welcome_participant(*, house_id: int, alias: str, language: str, years_here: str, on: date) -> Participant:
    """Somebody takes part under an alias."""
    return Participant.objects.create(
        house_id=house_id, alias=alias, language=language, years_here=years_here, joined_on=on
    )


def give_link(
    participant: Participant,
    *,
    purpose: PersonalLink.Purpose,
    on: date,
    secret: str = "",
    expires_at: datetime | None = None,
) -> str:
    """A new secret for a participant; it is told once and cannot be read again."""
    made = secret or (tokens.new_words() if purpose == PersonalLink.Purpose.WORDS else tokens.new_token())
    PersonalLink.objects.create(
        participant=participant,
        purpose=purpose,
        digest=tokens.digest(purpose, made),
        made_on=on,
        expires_at=expires_at,
    )
    return made


def revoke_links(participant: Participant, *, at: datetime) -> int:
    """Close every door that was given to this participant, on the next press of any phone."""
    return participant.links.filter(revoked_at=None).update(revoked_at=at)


def change_participant(participant: Participant, *, alias: str, language: str, years_here: str) -> Participant:
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
