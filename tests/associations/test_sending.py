"""Mails with fixed words, letters with a code: everybody is asked, nobody twice."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
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


class _Postbox:
    """A real mail server that refuses after a while."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.received: list[str] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if len(self.received) >= self.most:
            return "451 later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.received.append(envelope.rcpt_tos[0])
        return "250 OK"


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_mail_server_that_stops_half_way_is_said_and_nobody_is_asked_twice(
    house: House, register: ImportRun, settings: Any
) -> None:
    for number in range(4):
        Association.objects.create(
            house=house,
            name=f"Förening {number}",
            email=f"f{number}@a.example",
            reach="email",
            created_on=TODAY,
            changed_at=AT,
        )
    postbox = _Postbox(most=3)
    server = Controller(postbox, hostname="127.0.0.1", port=_port())
    server.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
        with pytest.raises(Refused, match="3 m"):
            links.send_mails(queries.to_reach(house, "email"), **TO)
        postbox.most = 99
        assert links.send_mails(queries.to_reach(house, "email"), **TO) == 3
    finally:
        server.stop()
    assert sorted(postbox.received) == sorted(set(postbox.received))
    assert len(postbox.received) == 6


def test_a_letter_goes_home_and_holds_the_code(
    house: House, register: ImportRun, petra: Account, client_of_account: Screen, press: Press
) -> None:
    client = client_of_account(petra)
    assert client.get("/register/sending/letters.pdf").status_code == 404
    press(client, "/register/sending/letters/")
    text = PdfReader(io.BytesIO(client.get("/register/sending/letters.pdf").content)).pages[0].extract_text()
    (door,) = links.give_doors([Association.objects.get(name="Sömnadens vänner")], on=TODAY)
    for words in ("Sömnadens vänner", "c/o Kanarie Hemlig", "Björkvägen 4", "999 23 Byn", door.code):
        assert words in text
    assert client.get("/register/sending/letters.pdf").headers["Cache-Control"] == "no-store, private"
