"""An association and what it does as linked data (schema.org)."""

from __future__ import annotations

from typing import Any

from brobygget.associations.models import Association, AssociationTime, Known
from brobygget.associations.queries.interests import InterestHere
from brobygget.associations.queries.shown import point_of, websites_of

SPORT = {"g-ball", "g-move", "g-winter"}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def association(one: Association, about: list[InterestHere], *, address: str) -> dict[str, Any]:
    """The association with its times as events that come again."""
    is_sport = any(interest.group in SPORT for interest in about)
    organisation = {
        "@type": "SportsClub" if is_sport else "NGO",
        "@id": address,
        "name": one.name,
        "url": address,
        "alternateName": one.alternate_names,
        "description": one.description,
        "identifier": one.org_nr,
        "email": one.email,
        "telephone": one.phone,
        "sameAs": websites_of(one),
        "knowsLanguage": one.language_codes,
        "knowsAbout": [interest.labels.get("sv", interest.id) for interest in about],
        "location": place(one),
    }
    events = [event(one, time, address=address) for time in one.times.all()]
    return {"@context": "https://schema.org", "@graph": [_without_nothing(organisation), *events]}


def place(one: Association) -> dict[str, Any]:
    """Where it meets, with whether there are steps."""
    point = point_of(one)
    found = {
        "name": one.venue,
        "address": _without_nothing(
            {
                "streetAddress": one.street,
                "postalCode": one.postcode,
                "addressLocality": one.town,
                "addressRegion": one.district,
            },
            kind="PostalAddress",
        ),
        "geo": {"@type": "GeoCoordinates", "latitude": point[0], "longitude": point[1]} if point else None,
        "amenityFeature": _step_free(one),
    }
    return _without_nothing(found, kind="Place")


def event(one: Association, time: AssociationTime, *, address: str) -> dict[str, Any]:
    """A time to meet as an event with a schedule; in Sweden's time."""
    schedule = {
        "@type": "Schedule",
        "repeatFrequency": f"P{time.interval}{'W' if time.frequency == 'WEEKLY' else 'M'}",
        # A day of the week, or as iCalendar writes "the second Tuesday of the month".
        "byDay": time.rrule.rpartition("BYDAY=")[2]
        if time.nth
        else f"https://schema.org/{DAYS[time.weekday]}",
        "startDate": time.begins_on.isoformat() if time.begins_on else None,
        "startTime": time.starts.isoformat() if time.starts else None,
        "endTime": time.ends.isoformat() if time.ends else None,
        "scheduleTimezone": "Europe/Stockholm",
    }
    found = {
        "@type": "Event",
        "name": one.name,
        "organizer": {"@id": address},
        "location": place(one),
        "inLanguage": one.language_codes,
        "typicalAgeRange": _ages(one),
        "isAccessibleForFree": True if one.fee_sek == 0 else None,
        "offers": _offers(one),
        "eventSchedule": _without_nothing(schedule),
    }
    return _without_nothing(found)


def _offers(one: Association) -> list[dict[str, Any]]:
    offers = [("Första gången", 0)] if one.try_free == Known.YES else []
    if one.fee_sek is not None:
        offers.append(("Medlemsavgift", one.fee_sek))
    return [
        {"@type": "Offer", "name": name, "price": price, "priceCurrency": "SEK"} for name, price in offers
    ]


def _ages(one: Association) -> str:
    if one.minimum_age is None and one.maximum_age is None:
        return ""
    return f"{one.minimum_age or 0}-{'' if one.maximum_age is None else one.maximum_age}"


def _step_free(one: Association) -> dict[str, Any] | None:
    if one.step_free == Known.UNKNOWN:
        return None
    return {
        "@type": "LocationFeatureSpecification",
        "name": "step-free access",
        "value": one.step_free == Known.YES,
    }


def _without_nothing(thing: dict[str, Any], kind: str = "") -> dict[str, Any]:
    """What is not known is left out; an address of nothing is nothing."""
    kept = {name: value for name, value in thing.items() if value not in (None, "", [], {})}
    return {"@type": kind, **kept} if kind and kept else kept
