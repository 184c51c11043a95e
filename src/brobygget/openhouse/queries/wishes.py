"""Which wishes are behind a phone's secret or a code on paper, and what they are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brobygget.associations.queries.directory import directory_of
from brobygget.associations.queries.interests import InterestHere
from brobygget.associations.secrets import as_typed, derived_code, link_digest
from brobygget.openhouse.models import Appointment, AppointmentPlan, Invitation, OpenHouse, VisitWish
from brobygget.openhouse.plans.slots import Slot
from brobygget.openhouse.queries.appointments import Host, hosts_of, slots_of
from brobygget.openhouse.queries.floor import floor_of, own_table, told_plan
from brobygget.people import tokens

TOKEN, CODE = "visit-wish", "visit-wish-code"


def new_seed(key: str) -> str:
    """What the first press of a phone is kept under: the same press again gives the same; the key is not found in it."""
    return tokens.digest("visit-wish-seed", key)


def token_of(seed: str) -> str:
    """The secret on the phone; it follows from the link key and lies in no table."""
    return tokens.derived_token(TOKEN, seed)


def code_of(seed: str) -> str:
    """The code to show and to print."""
    return derived_code(f"{CODE}:{seed}")


def token_digest(seed: str) -> str:
    """What is kept of the secret."""
    return link_digest(TOKEN, token_of(seed))


def code_digest(seed: str) -> str:
    """What is kept of the code."""
    return link_digest(CODE, code_of(seed))


def behind_token(openhouse: OpenHouse, secret: str) -> VisitWish | None:
    """The wishes of this phone."""
    return _found(openhouse, token_digest=link_digest(TOKEN, secret)) if secret else None


def behind_code(openhouse: OpenHouse, typed: str) -> VisitWish | None:
    """The wishes that a typed code opens."""
    code = as_typed(typed)
    return _found(openhouse, code_digest=link_digest(CODE, code)) if code else None


def numbered(openhouse: OpenHouse, number: int) -> VisitWish | None:
    """The wishes of a number, for those who receive."""
    return _found(openhouse, number=number)


def _found(openhouse: OpenHouse, **where: object) -> VisitWish | None:
    found = openhouse.visit_wishes.filter(**where).select_related("openhouse__house")
    return found.prefetch_related("interests").first()


# -- what is told --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Told:
    """One meeting as a visitor sees it."""

    appointment: Appointment
    association: int
    name: str
    language: str
    because: InterestHere | None
    is_same_kind: bool
    speaks: list[str]  # languages that both speak
    table: int  # 0 while the floor plan is not told
    hall: str
    cannot_come: bool
    is_new: bool  # given after the others were told


def told_to(wish: VisitWish, plan: AppointmentPlan, *, on: date) -> list[Told]:
    """A visitor's own meetings, in order; none before they are told. One query more for each kind of thing."""
    if plan.told_at is None:
        return []
    interests = directory_of(wish.openhouse.house).interests
    hosts = {one.pk: one for one in hosts_of(wish.openhouse, plan, interests, on=on)}
    floor = floor_of(wish.openhouse) if told_plan(wish.openhouse) else None
    slots = set(slots_of(plan))
    found = []
    for one in wish.appointments.select_related("invitation__association"):
        host = hosts.get(one.invitation_id)
        table = own_table(floor, one.invitation_id) if floor is not None and host else None
        association = one.invitation.association
        found.append(
            Told(
                appointment=one,
                association=association.pk,
                name=association.name,
                language=association.language,
                because=interests.standing(one.interest) if one.interest else None,
                is_same_kind=one.is_same_kind,
                speaks=[code for code in wish.language_codes if code in association.language_codes],
                table=table.number if table else 0,
                hall=table.hall if table else "",
                cannot_come=not _keeps(host, one, slots),
                is_new=one.given_at > plan.told_at,
            )
        )
    return found


def _keeps(host: Host | None, one: Appointment, slots: set[Slot]) -> bool:
    slot = Slot(one.starts, one.ends)
    return host is not None and host.takes_part and slot in slots and not host.is_away(slot)


@dataclass(frozen=True)
class Visitor:
    """One meeting as the association sees it: no name, and nothing of the visitor's other meetings."""

    appointment: Appointment
    number: int
    because: InterestHere | None
    is_same_kind: bool
    languages: list[str]
    is_shared: bool


def visitors_of(invitation: Invitation, plan: AppointmentPlan) -> list[Visitor]:
    """An association's own list, in order; empty before it is told."""
    if plan.told_at is None:
        return []
    interests = directory_of(invitation.openhouse.house).interests
    theirs = invitation.association.language_codes
    found = []
    for one in invitation.appointments.select_related("wish"):
        shared = [code for code in one.wish.language_codes if code in theirs]
        found.append(
            Visitor(
                appointment=one,
                number=one.wish.number,
                because=interests.standing(one.interest) if one.interest else None,
                is_same_kind=one.is_same_kind,
                languages=shared or one.wish.language_codes,
                is_shared=bool(shared),
            )
        )
    return found
