"""Petra keeps the register; Bengt is the treasurer of the hembygdsförening, and has a link and a code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from brobygget.associations.commands import links, staging
from brobygget.associations.commands.applying import apply_run
from brobygget.associations.models import Association, ImportRun
from brobygget.associations.request import COOKIE
from brobygget.house.models import House
from tests.conftest import TODAY

AT = datetime(2027, 1, 22, 12, 0, tzinfo=UTC)
ALVNAS = Path(__file__).resolve().parents[2] / "src/brobygget/operations/demo/alvnas_register.csv"
SMALL = (
    "Fören.nr;Förening;Org.nr;E-post;Telefon;Gatuadress;Postnr;Postort;c/o;Kontaktperson;Tel kontakt;Verksamhet;Avgift\r\n"
    "1;Byns hembygdsförening;899999-1006;info@byns.example;0980-3192 01;Älvgatan 2;999 21;Byn;;Bengt Nyström;070-174 06 06;Hembygd;150\r\n"
    "2;Sömnadens vänner;;;;Björkvägen 4;999 23;Byn;c/o Kanarie Hemlig;Kanarie Hemlig;070-174 06 07;Sömnad;100 kr\r\n"
    "3;Byns schackklubb;;schack@byns.example;;;;Byn;;;;Schack;\r\n"
)


@pytest.fixture
def imported() -> Callable[..., ImportRun]:
    """Import a file as the command line does: `imported(house, data)`."""

    def make(house: House, data: bytes | str, name: str = "register.csv", at: datetime = AT) -> ImportRun:
        raw = data.encode() if isinstance(data, str) else data
        run = staging.take_file(house=house, data=raw, name=name, by=None, at=at)
        run = staging.confirm_columns(run, mapping=run.mapping, on=at.date())
        return apply_run(staging.read_rows(run, at=at), at=at)

    return make


@pytest.fixture
def register(house: House, imported: Callable[..., ImportRun]) -> ImportRun:
    """Three associations: one with e-mail, one in somebody's home, one with little said."""
    return imported(house, SMALL)


@pytest.fixture
def bengts(register: ImportRun) -> Association:
    return Association.objects.get(name="Byns hembygdsförening")


@pytest.fixture
def client_of_association() -> Callable[[Association], Client]:
    """The computer of somebody who has come in with an association's link."""

    def make(association: Association) -> Client:
        (door,) = links.give_doors([association], on=TODAY)
        client = Client()
        client.cookies[COOKIE] = f"association-link:{door.token}"
        return client

    return make


def everything(house: House) -> list[object]:
    """All that the register says, private or not, without the keys of rows: equal where nothing has changed."""
    from brobygget.associations.commands.comparing import associations_of
    from brobygget.associations.commands.said import said_by_association

    return [
        (
            one.source_system,
            one.source_id,
            one.reach,
            one.provenance,
            one.changed_at,
            vars(said_by_association(one)),
        )
        for one in associations_of(house.pk)
    ]
