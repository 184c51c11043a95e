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

from brobygget.associations import rules
from brobygget.associations.commands import editing, links
from brobygget.associations.models import Association, ImportRun, LinkSending
from brobygget.associations.queries import register as queries
from brobygget.associations.views.sending import letters_of
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
    assert (
        len(queries.to_reach(house, "email", on=TODAY)),
        len(queries.to_reach(house, "letter", on=TODAY)),
    ) == (241, 36)
    for _ in range(5):
        press(client, "/register/sending/mails/")
    press(client, "/register/sending/letters/")
    assert len(mail.outbox) == len({message.to[0] for message in mail.outbox})
    letters = PdfReader(io.BytesIO(client.get("/register/sending/letters.pdf").content))
    assert (len(mail.outbox), len(letters.pages)) == (241, 36)
    assert (queries.to_reach(house, "email", on=TODAY), queries.to_reach(house, "letter", on=TODAY)) == (
        [],
        [],
    )


def test_a_mail_says_nothing_that_anybody_has_written(bengts: Association) -> None:
    Association.objects.filter(pk=bengts.pk).update(can_try="KANARIE ord", description="KANARIE text")
    whole = queries.to_reach(bengts.house, "email", on=TODAY)
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
            links.send_mails(queries.to_reach(house, "email", on=TODAY), **TO)
        postbox.most = 99
        assert links.send_mails(queries.to_reach(house, "email", on=TODAY), **TO) == 3
    assert sorted(postbox.received) == sorted(set(postbox.received))
    assert len(postbox.received) == 6


def test_an_address_that_is_gone_keeps_nobody_else_waiting(house: House, settings: Any) -> None:
    _with_addresses(house, 3)
    with open_postbox(Postbox(gone=("f0@a.example",)), settings) as postbox:
        assert links.send_mails(queries.to_reach(house, "email", on=TODAY), **TO) == 2
    assert postbox.received == ["f1@a.example", "f2@a.example"]
    assert [one.name for one in queries.to_reach(house, "email", on=TODAY)] == [
        "Förening 0"
    ]  # still to be asked


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


def test_a_year_after_it_answered_an_association_is_asked_whether_it_is_still_true(
    house: House, register: ImportRun, bengts: Association, petra: Account
) -> None:
    mailed, lettered = bengts, Association.objects.get(name="Sömnadens vänner")
    links.send_mails(queries.to_reach(house, "email", on=TODAY), **TO)
    links.note_letters(queries.to_reach(house, "letter", on=TODAY), by=petra, at=NOW, on=TODAY)
    first = links.give_doors([mailed], on=TODAY)[0]
    for one in (mailed, lettered):
        editing.confirm(one, on=TODAY, at=NOW)
    mail.outbox.clear()

    year, day_after = TODAY + timedelta(days=365), TODAY + timedelta(days=366)
    assert queries.to_reach(house, "email", on=year) == []
    asked = queries.to_reach(house, "email", on=day_after)
    assert mailed in asked
    later = {**TO, "at": NOW + timedelta(days=366), "on": day_after}
    links.send_mails([one for one in asked if one == mailed], **later)
    (message,) = mail.outbox
    assert message.subject == f"{house.name}: stämmer det här fortfarande om er förening?"
    assert "stämmer det fortfarande?" in message.body
    # The link of last year would shut within weeks: this one lasts, and the old one still works until then.
    again = links.give_doors([mailed], on=day_after, lasting=rules.CODE_LASTS)[0]
    assert again.token in message.body
    assert again.token != first.token
    assert (
        mailed.links.filter(expires_on__gte=day_after, revoked_at=None, purpose="association-link").count()
        == 2
    )
    assert mailed not in queries.to_reach(house, "email", on=day_after)  # asked, and not asked twice
    assert mailed not in queries.to_reach(house, "email", on=day_after + timedelta(days=300))

    (once_more,) = queries.to_reach(house, "letter", on=day_after)
    doors = links.note_letters([once_more], by=petra, at=later["at"], on=day_after)
    text = _text(letters_of(doors, address="https://brohuset.example", today="i dag"))
    assert "Stämmer det fortfarande?" in text
    assert "En gång om året frågar vi" in text
    assert "Får nyinflyttade komma" not in text


def test_who_has_never_answered_is_asked_as_the_first_time_and_not_each_week(
    house: House, register: ImportRun, bengts: Association
) -> None:
    links.send_mails(queries.to_reach(house, "email", on=TODAY), **TO)
    assert queries.to_reach(house, "email", on=TODAY + timedelta(days=300)) == []
    mail.outbox.clear()
    day = TODAY + timedelta(days=370)
    links.send_mails(
        queries.to_reach(house, "email", on=day), **{**TO, "at": NOW + timedelta(days=370), "on": day}
    )
    assert [message.subject for message in mail.outbox] == [
        f"{house.name}: berätta för nya om er förening"
    ] * 2


def _text(pdf: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
