"""Associations as Open Referral's HSDS 3 has them: an organisation, what it offers, when and where.

Every id is a UUID (version 8) that holds the number of the thing, so that it is the same each time and leads back.
"""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Sequence
from functools import cache
from typing import Any

from babel import Locale

from brobygget.associations.models import Association, AssociationTime, Known
from brobygget.associations.queries.interests import InterestHere
from brobygget.associations.queries.shown import point_of, websites_of

KINDS = (
    "organization", "service", "location", "schedule", "phone", "address", "language", "cost", "accessibility",
    "identifier", "term", "attribute", "taxonomy", "service_at_location",
)  # fmt: skip
TIMEZONE = 1  # hours ahead of UTC in winter
# HSDS demands these of an address, known or not; what nobody has said is an empty text.
IN_EVERY_ADDRESS = ("address_1", "city", "state_province", "postal_code")


def id_of(kind: str, number: int, part: int = 0) -> str:
    """The same thing has the same id for ever."""
    value = (0xB0B << 116) | (KINDS.index(kind) << 80) | (part << 48) | number
    return str(uuid.UUID(int=(value & ~(0xF << 76) & ~(0x3 << 62)) | (8 << 76) | (2 << 62)))


def number_in(identifier: str, kind: str) -> int | None:
    """The number of the thing that an id is of, if it is one of ours and of this kind."""
    try:
        value = uuid.UUID(identifier).int
    except ValueError:
        return None
    number = value & ((1 << 48) - 1)
    return number if id_of(kind, number) == str(uuid.UUID(int=value)) else None


def organization(one: Association, about: Sequence[InterestHere], *, address: str) -> dict[str, Any]:
    """The association and, inside it, what it offers."""
    return organization_short(one, address=address) | {
        "phones": _phones(one),
        "locations": [location(one)],
        "organization_identifiers": _identifiers(one),
        "services": [service(one, about, address=address)],
    }


def organization_short(one: Association, *, address: str) -> dict[str, Any]:
    """The association by itself."""
    sites = websites_of(one)
    return _known(
        {
            "id": id_of("organization", one.pk),
            "name": one.name,
            "alternate_name": one.alternate_names[0] if one.alternate_names else None,
            # HSDS wants a description of everybody; where there is none, the name says what there is.
            "description": one.description or one.name,
            "email": one.email,
            "website": sites[0] if sites else None,
            "legal_status": "ideell förening",
            "uri": address,
        }
    )


def service(one: Association, about: Sequence[InterestHere], *, address: str) -> dict[str, Any]:
    """What one can join."""
    offered = {
        "id": id_of("service", one.pk),
        "name": one.name,
        "description": one.can_try or one.description or None,
        "url": address,
        "email": one.email,
        "status": "active",
        "interpretation_services": one.little_swedish_how,
        "fees_description": one.fee_text,
        "eligibility_description": one.audience,
        "minimum_age": one.minimum_age,
        "maximum_age": one.maximum_age,
        "assured_date": one.last_confirmed_on.isoformat() if one.last_confirmed_on else None,
        "last_modified": one.changed_at.isoformat(),
        "phones": _phones(one),
        "schedules": [schedule(time) for time in one.times.all()],
        "languages": _languages(one),
        "cost_options": _costs(one),
        "attributes": [_attribute(one, interest, place) for place, interest in enumerate(about)],
        "service_at_locations": [{"id": id_of("service_at_location", one.pk), "location": location(one)}],
    }
    return _known(offered)


def schedule(time: AssociationTime) -> dict[str, Any]:
    """A time to meet, as parts of an RFC 5545 rule."""
    day = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[time.weekday]
    return _known(
        {
            "id": id_of("schedule", time.pk),
            "timezone": TIMEZONE,
            "freq": time.frequency,
            "interval": time.interval,
            "byday": f"{time.nth or ''}{day}",
            "dtstart": time.begins_on.isoformat() if time.begins_on else None,
            "opens_at": time.starts.isoformat() if time.starts else None,
            "closes_at": time.ends.isoformat() if time.ends else None,
            "description": time.text,
        }
    )


def location(one: Association) -> dict[str, Any]:
    """Where it meets. A private home is never in it."""
    point = point_of(one)
    post = _known(
        {
            "id": id_of("address", one.pk),
            "address_1": one.street or one.venue or one.town,
            "city": one.town,
            "region": one.district,
            "postal_code": one.postcode,
            "country": "SE",
            "address_type": "physical",
        }
    )
    post = dict.fromkeys(IN_EVERY_ADDRESS, "") | post
    return _known(
        {
            "id": id_of("location", one.pk),
            "location_type": "physical",
            "name": one.venue or one.town or one.name,
            "latitude": point[0] if point else None,
            "longitude": point[1] if point else None,
            "addresses": [post] if one.street or one.town or one.venue else [],
            "accessibility": _accessibility(one),
        }
    )


def term(interest: InterestHere) -> dict[str, Any]:
    """An interest as a term of the taxonomy."""
    return _known(
        {
            "id": id_of("term", zlib.crc32(interest.id.encode())),
            "code": interest.id,
            "name": interest.labels.get("en", interest.labels.get("sv", interest.id)),
            "description": interest.labels.get("sv", interest.id),
            "taxonomy": "Brobygget interests",
            "language": "eng" if "en" in interest.labels else "swe",
        }
    )


def page(contents: Sequence[dict[str, Any]], *, total: int, number: int, size: int) -> dict[str, Any]:
    """One page of a list, as HSDS pages them."""
    pages = max(1, -(-total // size))
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": list(contents),
    }


def _phones(one: Association) -> list[dict[str, Any]]:
    return [{"id": id_of("phone", one.pk), "number": one.phone, "type": "voice"}] if one.phone else []


def _identifiers(one: Association) -> list[dict[str, Any]]:
    if not one.org_nr:
        return []
    return [
        {
            "id": id_of("identifier", one.pk),
            "identifier_scheme": "SE-ON",
            "identifier_type": "organisationsnummer",
            "identifier": one.org_nr,
        }
    ]


def _languages(one: Association) -> list[dict[str, Any]]:
    return [
        {"id": id_of("language", one.pk, place), "name": _language_name(code), "code": code}
        for place, code in enumerate(one.language_codes)
    ]


@cache
def _language_name(code: str) -> str:
    return str(Locale("en").languages.get(code, code))


def _costs(one: Association) -> list[dict[str, Any]]:
    costs = []
    if one.fee_sek is not None:
        costs.append(_cost(one, 0, "medlemsavgift", one.fee_sek, one.fee_text))
    if one.try_free == Known.YES:
        costs.append(_cost(one, 1, "första gången", 0, ""))
    return costs


def _cost(one: Association, part: int, option: str, amount: int, told: str) -> dict[str, Any]:
    return _known(
        {
            "id": id_of("cost", one.pk, part),
            "option": option,
            "currency": "sek",
            "amount": amount,
            "amount_description": told,
        }
    )


def _accessibility(one: Association) -> list[dict[str, Any]]:
    if one.step_free == Known.UNKNOWN:
        return []
    told = "step-free" if one.step_free == Known.YES else "there are steps"
    return [{"id": id_of("accessibility", one.pk), "description": told}]


def _attribute(one: Association, interest: InterestHere, place: int) -> dict[str, Any]:
    return {
        "id": id_of("attribute", one.pk, place),
        "link_entity": "service",
        "link_type": "interest",
        "taxonomy_term": term(interest),
    }


def _known(thing: dict[str, Any]) -> dict[str, Any]:
    """What nobody has said is left out; a nought is said."""
    return {name: value for name, value in thing.items() if value is not None and value != "" and value != []}
