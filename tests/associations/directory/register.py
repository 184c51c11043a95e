"""Associations to find, made in one line."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from brobygget.associations.commands.directory import refresh_directory
from brobygget.associations.models import (
    Association,
    AssociationContact,
    AssociationInterest,
    AssociationTime,
    LetterAddress,
)
from brobygget.house.models import House
from tests.conftest import NOW, TODAY


def an_association(
    house: House,
    name: str,
    *,
    interests: list[str] | None = None,
    meets: list[tuple[int, str, str]] | None = None,
    languages: list[str] | None = None,
    **facts: Any,
) -> Association:
    """One more in the directory; times are (weekday, from, to)."""
    facts = {"created_on": TODAY, "changed_at": NOW, "town": "Älvnäs", **facts}
    made = Association.objects.create(
        house=house, name=name, languages=Association.languages_of(languages or []), **facts
    )
    for place, interest in enumerate(interests or []):
        AssociationInterest.objects.create(association=made, interest=interest, place=place)
    for weekday, starts, ends in meets or []:
        AssociationTime.objects.create(
            association=made,
            weekday=weekday,
            starts=time.fromisoformat(starts) if starts else None,
            ends=time.fromisoformat(ends) if ends else None,
        )
    refresh_directory(house)
    return made


def many_associations(house: House, number: int) -> None:
    """A register of a size."""
    kinds = ["sewing", "football", "choir", "chess", "hiking", "fika", "swedish"]
    made = Association.objects.bulk_create(
        Association(
            house=house,
            name=f"Förening nummer {each}",
            town="Älvnäs",
            description="Kom och prova.",
            created_on=TODAY,
            changed_at=NOW,
        )
        for each in range(number)
    )
    AssociationInterest.objects.bulk_create(
        AssociationInterest(association=one, interest=kinds[place % len(kinds)])
        for place, one in enumerate(made)
    )
    AssociationTime.objects.bulk_create(
        AssociationTime(association=one, weekday=place % 7, starts=time(18), ends=time(20))
        for place, one in enumerate(made)
    )
    refresh_directory(house)


def with_everything_private(house: House, canary: str) -> Association:
    """An association behind which there are people: every private field holds the canary."""
    made = an_association(
        house,
        "Föreningen som syns",
        interests=["sewing"],
        meets=[(1, "18:00", "20:00")],
        languages=["fa"],
        description="Vi syr.",
        email="info@forening.example",
        phone="+46701740605",
        met_by="Yonas",
        venue="Folkets hus",
        street="Storgatan 1",
        postcode="999 11",
    )
    AssociationContact.objects.create(
        association=made,
        name=f"{canary}namn",
        role=f"{canary}roll",
        phone=f"{canary}070",
        email=f"{canary}@hem.example",
        said_public=False,
    )
    LetterAddress.objects.create(
        association=made,
        care_of=f"{canary}co",
        street=f"{canary}gatan 3",
        postcode=f"{canary}9",
        town=f"{canary}by",
    )
    return made


LONG_AGO = date(2025, 6, 1)
