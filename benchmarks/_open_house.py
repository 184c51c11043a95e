"""An open house with as many associations as a benchmark asks for, each with a table and pictures of its own."""

from __future__ import annotations

import os
import random
from datetime import date, datetime
from datetime import time as clock
from typing import Any


def open_house_with(signs: int, *, languages: str, on: date, at: datetime) -> Any:
    """In a database of its own, whose place the environment says."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brobygget.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from brobygget.house.models import House

    house = House.objects.create(name="Bench", town="Bench", languages=languages, opened_on=on)
    from brobygget.associations.interests import read_taxonomy
    from brobygget.associations.models import Association, AssociationInterest
    from brobygget.openhouse.commands import floor, floor_halls, inviting
    from brobygget.openhouse.commands.events import Facts, plan_open_house
    from brobygget.openhouse.commands.floor_halls import HallFacts, Rows
    from brobygget.openhouse.models import Answer, Invitation, Place, Position, Stand

    openhouse = plan_open_house(
        house=house,
        circle=None,
        facts=Facts(
            name="Föreningsdag",
            language="sv",
            day=date(2027, 4, 24),
            starts=clock(11),
            ends=clock(16),
            place="Älvhallen",
            places=signs,
        ),
        on=on,
        at=at,
    )
    chance = random.Random(1)
    kinds = [one.id for one in read_taxonomy().interests.values() if not one.is_group]
    made = Association.objects.bulk_create(
        Association(
            house=house,
            name=f"Byns {chance.choice(('hembygdsförening', 'idrottsförening', 'kör', 'biodlare'))} {number}",
            languages=",sv,ti,",
            reach="letter",
            created_on=on,
            changed_at=at,
        )
        for number in range(signs)
    )
    AssociationInterest.objects.bulk_create(
        AssociationInterest(association=one, interest=kind, place=place)
        for one in made
        for place, kind in enumerate(chance.sample(kinds, 2))
    )
    inviting.invite_associations(openhouse, made, on=on)
    invited = list(Invitation.objects.filter(openhouse=openhouse).order_by("pk"))
    Answer.objects.bulk_create(
        Answer(
            invitation=one, said="yes", hands="x", said_at=at, wants_since=at, channel="link", changed_at=at
        )
        for one in invited
    )
    Place.objects.bulk_create(
        Place(openhouse=openhouse, invitation=one, position=number, wants_since=at, given_at=at)
        for number, one in enumerate(invited)
    )
    hall = floor_halls.put_up_hall(openhouse, facts=HallFacts(name="Hall A", wide=1_000, deep=500))
    floor_halls.put_up_rows(hall, rows=Rows(tables=signs, rows=4))
    positions = Position.objects.filter(openhouse=openhouse).order_by("number")
    Stand.objects.bulk_create(
        Stand(invitation=one, position=position) for one, position in zip(invited, positions, strict=True)
    )
    floor.tell_floor(openhouse, is_told=True, at=at)
    return type(openhouse).objects.select_related("house").get(pk=openhouse.pk)
