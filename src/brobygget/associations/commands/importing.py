"""A file read and applied in one go, for the command line and the demo town."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from brobygget.associations.commands import staging
from brobygget.associations.commands.applying import apply_run
from brobygget.associations.commands.said import storable
from brobygget.associations.models import ImportRun
from brobygget.associations.register import RegisterReading
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House


def apply_import(
    *, reading: RegisterReading, data: bytes, house: str, file: str, at: datetime
) -> Mapping[str, Any]:
    """Import what was read into a house. Rows that may be the same as another wait for a person, and are told."""
    run = import_reading(reading=reading, data=data, house=house_called(house), file=file, at=at)
    return {"import": run.pk, **run.counts["applied"], "waiting": run.counts["waiting"]}


def house_called(name: str) -> House:
    """A house by its number or its name."""
    houses = House.objects.order_by("pk")
    found = (
        houses.filter(pk=int(name))
        if name.isdecimal() and len(name) < 10
        else houses.filter(name__iexact=name)
    )
    house = found.first()
    if house is None:
        known = ", ".join(f"{one.name} ({one.pk})" for one in houses) or "none yet"
        raise Refused(f"there is no house “{name[:60]}”; there is: {known}.")
    return house


def import_reading(
    *, reading: RegisterReading, data: bytes, house: House, file: str, at: datetime
) -> ImportRun:
    """Stage and apply a reading whose columns nobody has to confirm."""
    headers = [guess.header for guess in reading.columns] + list(reading.unused_columns)
    run = ImportRun.objects.create(
        house=house,
        state=ImportRun.State.READING,
        file_name=storable(file)[-200:],
        file_hash=hashlib.sha256(data).hexdigest(),
        preset=reading.preset[:40],
        header_signature=staging.shape_of(headers),
        mapping=staging.mapping_of(reading),
        uploaded_at=at,
    )
    staging.stage(run, reading, at=at)
    return apply_run(run, at=at)
