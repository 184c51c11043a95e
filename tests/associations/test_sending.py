"""Mails with fixed words, letters with a code: everybody is asked, nobody twice."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pypdf import PdfReader

from brobygget.associations.commands import links
from brobygget.associations.models import Association, ImportRun, LinkSending
from brobygget.associations.queries import register as queries
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.people.models import Account
from tests.associations.conftest import ALVNAS, AT
from tests.conftest import NOW, TODAY
from tests.postbox import Postbox, open_postbox

Press = Callable[..., Any]
Screen = Callable[[Account], Client]
TO = {"address": "https://brohuset.example", "by": None, "at": NOW, "on": TODAY}


def test_the_story_asks_241_by_mail_and_36_by_letter(
    house: House, imported: Callable[..., ImportRun], petra: Account, client_of_account: Screen, press: Press
) -> None:
    imported(house, ALVNAS.read_bytes())
    client = client_of_account(petra)
    assert (len(queries.to_reach(house, "email")), len(queries.to_reach(house, "letter"))) == (241, 36)
    for _ in range(5):
        press(client, "/register/sending/mails/")
    press(client, "/register/sending/letters/")
    assert len(mail.outbox) == len({message.to[0] for message in mail.outbox})
    letters = PdfReader(io.BytesIO(client.get("/register/sending/letters.pdf").content))
    assert (len(mail.outbox), len(letters.pages)) == (241, 36)
    assert (queries.to_reach(house, "email"), queries.to_reach(house, "letter")) == ([], [])


def test_a_mail_says_nothing_that_anybody_has_written(bengts: Association) -> None:
    Association.objects.filter(pk=bengts.pk).update(can_try="KANARIE ord", description="KANARIE text")
    whole = queries.to_reach(bengts.house, "email")
    assert links.send_mails(whole, **TO) == len(whole)
    texts = [message.subject + message.body for message in mail.outbox]
    assert not [text for text in texts if "KANARIE" in text or "Nyström" in text or bengts.name in text]
    (door,) = links.give_doors([bengts], on=TODAY)
    (mine,) = [message for message in mail.outbox if message.to == ["info@byns.example"]]
    assert f"https://brohuset.example/own/{door.token}/" in mine.body


def test_an_address_gets_one_mail_a_day_also_when_two_associations_share_it(
    house: House, register: ImportRun
) -> None:
    Association.objects.filter(house=house).update(email="info@byns.example")
    waiting = list(
        Association.objects.filter(house=house).prefetch_related("contacts").select_related("house")
    )
    assert links.send_mails(waiting, **TO) == 1
    assert links.send_mails(waiting, **{**TO, "at": NOW + timedelta(hours=23)}) == 0
    assert links.send_mails(waiting, **{**TO, "at": NOW + timedelta(hours=25)}) == 1
    assert "byns.example" not in str(list(LinkSending.objects.values()))


def _with_addresses(house: House, number: int) -> None:
    Association.objects.bulk_create(
        Association(
            house=house,
            name=f"Förening {one}",
            email=f"f{one}@a.example",
            reach="email",
            created_on=TODAY,
            changed_at=AT,
        )
        for one in range(number)
    )


def test_a_mail_server_that_stops_half_way_is_said_and_nobody_is_asked_twice(
    house: House, register: ImportRun, settings: Any
) -> None:
    _with_addresses(house, 4)
    with open_postbox(Postbox(most=3), settings) as postbox:
        with pytest.raises(Refused, match="3 m"):
            links.send_mails(queries.to_reach(house, "email"), **TO)
        postbox.most = 99
        assert links.send_mails(queries.to_reach(house, "email"), **TO) == 3
    assert sorted(postbox.received) == sorted(set(postbox.received))
    assert len(postbox.received) == 6


def test_an_address_that_is_gone_keeps_nobody_else_waiting(house: House, settings: Any) -> None:
    _with_addresses(house, 3)
    with open_postbox(Postbox(gone=("f0@a.example",)), settings) as postbox:
        assert links.send_mails(queries.to_reach(house, "email"), **TO) == 2
    assert postbox.received == ["f1@a.example", "f2@a.example"]
    assert [one.name for one in queries.to_reach(house, "email")] == ["Förening 0"]  # still to be asked


def test_a_letter_goes_home_and_holds_the_code(
    house: House, register: ImportRun, petra: Account, client_of_account: Screen, press: Press
) -> None:
    client = client_of_account(petra)
    assert client.get("/register/sending/letters.pdf").status_code == 404
    press(client, "/register/sending/letters/")
    text = PdfReader(io.BytesIO(client.get("/register/sending/letters.pdf").content)).pages[0].extract_text()
    (door,) = links.give_doors([Association.objects.get(name="Sömnadens vänner")], on=TODAY)
    for words in ("Sömnadens vänner", "c/o Kanarie Hemlig", "Björkvägen 4", "999 23 Byn"):
        assert words in text
    assert door.code in "".join(text.split())  # its letters stand apart, which reads as spaces
    assert client.get("/register/sending/letters.pdf").headers["Cache-Control"] == "no-store, private"
