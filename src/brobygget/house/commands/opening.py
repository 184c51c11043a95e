"""Opening a house together with its partners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from brobygget.house.models import House, Partner


@dataclass(frozen=True)
class NewPartner:
    """An organisation that will own the house together with the others."""

    name: str
    kind: str
    is_host: bool = False


@transaction.atomic
def open_house(
    *,
    name: str,
    town: str,
    languages: Iterable[str],
    partners: Iterable[NewPartner],
    on: date,
    challenge: str = "",
    challenge_language: str = "sv",
    address: str = "",
) -> House:
    """A new house, owned by its partners; one of them answers for the personal data."""
    house = House.objects.create(
        name=name,
        town=town,
        languages=",".join(languages),
        challenge=challenge,
        challenge_language=challenge_language,
        address=address,
        opened_on=on,
    )
    Partner.objects.bulk_create(
        Partner(house=house, name=partner.name, kind=partner.kind, is_host=partner.is_host)
        for partner in partners
    )
    return house
