"""A week before: each association is told once when to come and to which table, and again when that has changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from brobygget.associations.models import Association
from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands import events, floor, forgetting, reminding, tasks, waiting
from brobygget.openhouse.commands.sending import AT_ONCE, send_due_mails
from brobygget.openhouse.models import Briefing, Invitation, OpenHouse, Position, Sending, Task
from brobygget.openhouse.queries import doors
from brobygget.openhouse.queries.floor import floor_of
from brobygget.openhouse.queries.reminders import reminded_of
from brobygget.openhouse.views.confirmations import sheets_of
from brobygget.people.models import Account
from tests.conftest import NOW, TODAY
from tests.openhouse.conftest import DAY, swedish, three_hundred_more
from tests.openhouse.papers import pages_of, text_of
from tests.openhouse.test_floor import _put, furnished
from tests.postbox import Postbox, open_postbox

__all__ = ["furnished"]

Screen = Callable[[Account], Client]
Press = Callable[..., Any]
ADDRESS = "https://brohuset.example"


@pytest.fixture
def placed(the_day: OpenHouse, furnished: dict[str, Invitation]) -> OpenHouse:
    """Three have tables: the band 5, the language café 1, the kitchen 2 with the socket. Nobody knows yet."""
    send_due_mails(the_day.house, address=ADDRESS, at=NOW)  # that they have a place
    mail.outbox.clear()
    _put(the_day, Bandet=5, Språkcaféet=1, Köket=2)
    reminding.write_briefing(the_day, ask="Greta vid entrén, 0980-31 92 40", note="Lasta av på baksidan.")
    return OpenHouse.objects.select_related("house").get(pk=the_day.pk)


@pytest.fixture
def told(placed: OpenHouse) -> OpenHouse:
    floor.tell_floor(placed, is_told=True, at=NOW)
    return placed


def _send(openhouse: OpenHouse, at: Any = NOW) -> int:
    return send_due_mails(openhouse.house, address=ADDRESS, at=at)


def _states(openhouse: OpenHouse) -> dict[str, str]:
    return {one.invitation.association.name: one.state for one in reminded_of(openhouse)}


def _remind(openhouse: OpenHouse, at: Any = NOW) -> int:
    return reminding.send_reminders(openhouse, by=None, at=at)


def test_each_is_told_once_by_a_real_mail_server(told: OpenHouse, settings: Any) -> None:
    """Pressed three times, with a server that is full after one mail and then one address that is gone."""
    Association.objects.filter(name="Bandet").update(email="borta@a.example")
    assert [_remind(told) for _press in range(3)] == [3, 0, 0]
    assert set(_states(told).values()) == {"on-its-way"}
    with open_postbox(Postbox(most=1, gone=("borta@a.example",)), settings) as postbox:
        _send(told)
        postbox.most = 9
        assert [_remind(told, NOW + timedelta(minutes=1)) for _press in range(2)][1] == 0
        for minutes in (6, 12, 18):
            _send(told, NOW + timedelta(minutes=minutes))
    assert sorted(postbox.received) == ["f1@a.example", "f2@a.example"]
    # The one whose address is gone stands on the staff's list as not told.
    assert _states(told) == {"Bandet": "untold", "Köket": "told", "Språkcaféet": "told"}


def test_a_mail_says_table_hall_hour_socket_and_whom_to_ask_and_nothing_they_have_written(
    told: OpenHouse, furnished: dict[str, Invitation], says: Any
) -> None:
    says(furnished["Köket"], "yes", hands="KANARIE", wish="KANARIE", power_for="KANARIE", watts=1200)
    mail.outbox.clear()
    _remind(told)
    _send(told)
    by_address = {message.to[0]: message for message in mail.outbox}
    kitchen, band = by_address["f2@a.example"], by_address["f0@a.example"]
    assert kitchen.subject == "Brohuset: ert bord och när ni kommer lördag 24 april"
    for words in (
        "Ert bord är nummer 2, Gymnastiken.",
        "Kom klockan 10.00, så att allt är klart när dörrarna öppnar.",
        "Ert eluttag sitter på säkring A1.",
        "Fråga: Greta vid entrén, 0980-31 92 40",
        "Lasta av på baksidan.",
        f"{ADDRESS}/open-house/link/{doors.link_of(furnished['Köket'])}/",
    ):
        assert words in kitchen.body
    assert "Ni har inget eluttag." in band.body
    assert not [one for one in mail.outbox if "KANARIE" in one.subject + one.body]


def test_who_gets_another_table_or_hour_is_told_again_and_nobody_else(
    told: OpenHouse, furnished: dict[str, Invitation]
) -> None:
    _remind(told)
    _send(told)
    assert set(_states(told).values()) == {"told"}
    found = floor_of(told)
    free = next(one for one in found.free if one.number == 4)
    floor.move_stand(
        told,
        stand=furnished["Köket"].pk,
        to=free.pk,
        was=found.spots[furnished["Köket"].pk].position,
        meets=None,
    )
    assert _states(told) == {"Bandet": "told", "Köket": "changed", "Språkcaféet": "told"}
    later = NOW + timedelta(days=1)
    assert (_remind(told, later), _send(told, later)) == (1, 1)
    assert "Ert bord är nummer 4" in mail.outbox[-1].body
    arrive = told.tasks.get(kind=Task.Kind.ARRIVE)
    tasks.change_task(arrive, title="", due=DAY, clock=time(9, 30), note="", pair={}, on=TODAY)
    assert set(_states(told).values()) == {"changed"}
    assert (_remind(told, later), _send(told, later)) == (3, 3)
    assert "Kom klockan 09.30" in mail.outbox[-1].body
    assert set(_states(told).values()) == {"told"}


def test_a_mail_that_waits_says_what_is_so_when_it_goes_and_not_at_all_to_who_cannot_come(
    told: OpenHouse, furnished: dict[str, Invitation]
) -> None:
    _remind(told)
    waiting.give_up_place(furnished["Bandet"], at=NOW)
    found = floor_of(told)
    one = furnished["Köket"].pk
    floor.move_stand(told, stand=one, to=_position(told, 4), was=found.spots[one].position, meets=None)
    mail.outbox.clear()
    _send(told)
    about = {(each.invitation.association.name, each.told_table) for each in _sent()}
    assert about == {("Köket", 4), ("Språkcaféet", 1)}
    assert "bord är nummer 4" in next(each for each in mail.outbox if each.to == ["f2@a.example"]).body


def _position(openhouse: OpenHouse, number: int) -> int:
    return Position.objects.get(openhouse=openhouse, number=number).pk


def _sent() -> list[Sending]:
    found = Sending.objects.filter(about="reminder").exclude(sent_at=None)
    return list(found.select_related("invitation__association"))


def test_nobody_is_told_before_the_floor_plan_is_after_the_day_or_when_it_is_called_off(
    placed: OpenHouse,
) -> None:
    said = []

    def refused(at: Any) -> None:
        with pytest.raises(Refused) as no:
            _remind(placed, at)
        said.append(no.value.sentence)

    refused(NOW)
    floor.tell_floor(placed, is_told=True, at=NOW)
    refused(swedish(DAY, 16))
    events.call_off(placed, on=TODAY, at=NOW)
    refused(NOW)
    assert said == [
        "Visa planritningen för alla först. Innan dess vet ingen vilket bord de har.",
        "Dagen har varit. Ingen påminns om den.",
        "Dagen är inställd. Ingen påminns om den.",
    ]
    assert not Sending.objects.filter(about="reminder").exists()


def test_those_without_a_mail_get_a_sheet_or_a_call_and_are_noted_once(
    told: OpenHouse, petra: Account, client_of_account: Screen, press: Press, tmp_path: Path
) -> None:
    Association.objects.filter(name__in=["Bandet", "Köket"]).update(
        email="", reach="letter", street="Storgatan 1", postcode="999 11", town="Byn", phone="0980-31 92 05"
    )
    client = client_of_account(petra)
    base = f"/open-houses/{told.pk}/reminders/"
    page = client.get(base).content.decode()
    assert ("Gör 2 blad" in page, "0980-31 92 05" in page) == (True, True)
    band = Invitation.objects.get(association__name="Bandet")
    for _press in range(2):
        press(client, f"{base}{band.pk}/told/")
    for _press in range(2):
        press(client, f"{base}sheets/")
    rows = Sending.objects.filter(about="reminder").order_by("pk")
    assert list(rows.values_list("invitation__association__name", "way", "told_table", "told_clock")) == [
        ("Bandet", "call", 5, time(10)),
        ("Köket", "letter", 2, time(10)),
    ]
    printed = client.get(f"{base}confirmations.pdf?by=letter").content
    text = text_of(printed, tmp_path)
    assert (pages_of(printed), "Storgatan 1" in text, "Språkcaféet" in text) == (2, True, False)
    assert pages_of(client.get(f"{base}confirmations.pdf").content) == 3


def test_pressed_twice_on_the_page_the_same_mails_go_once(
    told: OpenHouse, petra: Account, client_of_account: Screen, press: Press
) -> None:
    client = client_of_account(petra)
    for _press in range(2):
        press(client, f"/open-houses/{told.pk}/reminders/mails/")
    assert Sending.objects.filter(about="reminder").count() == 3
    page = client.get(f"/open-houses/{told.pk}/reminders/").content.decode()
    assert page.count("Mejlet är på väg") == 3
    _send(told)
    page = client.get(f"/open-houses/{told.pk}/reminders/").content.decode()
    assert page.count("Fick veta fredag 22 januari") == 3


def test_many_reminders_go_some_at_a_time(told: OpenHouse, furnished: dict[str, Invitation]) -> None:
    three_hundred_more(told, given_at=NOW)  # none of these has a table, so none of these is told
    assert _remind(told) == 3
    assert _send(told) == 3
    assert AT_ONCE == 20


def test_the_confirmation_says_what_they_answered_and_how_to_say_no(
    told: OpenHouse, furnished: dict[str, Invitation], says: Any, client_invited: Any, tmp_path: Path
) -> None:
    kitchen = furnished["Köket"]
    says(
        kitchen, "yes", hands="Grädda <en> *våffla*", wish="Nära #dörren", power_for="Våffeljärn", watts=1200
    )
    Association.objects.filter(pk=kitchen.association_id).update(street="Hemliga gatan 3", reach="letter")
    answer = client_invited(kitchen).get(f"/open-house/{told.pk}/answer/confirmation.pdf")
    text = text_of(answer.content, tmp_path)
    for words in (
        "Köket",
        "Gymnastiken",
        "10.00",
        "1 200 W",
        "Säkring A1",
        "Grädda <en> *våffla*",
        "Nära #dörren",
        "Våffeljärn",
        "Greta vid entrén, 0980-31 92 40",
        "Lasta av på baksidan.",
        "Kan ni inte komma?",
        doors.code_of(kitchen),
    ):
        assert words.replace(" ", "") in re.sub(r"\s", "", text), words
    assert pages_of(answer.content) == 1
    # Where a letter goes is often somebody's home: not on what is printed with the association's link.
    assert "Hemliga gatan" not in text
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_who_asked_for_power_and_has_no_socket_is_told_so(told: OpenHouse, tmp_path: Path) -> None:
    _put(told, Bandet=5, Språkcaféet=1, Köket=3)
    mine = [one for one in reminded_of(told) if one.invitation.association.name == "Köket"]
    text = text_of(sheets_of(told, mine), tmp_path).replace("\u00a0", " ")
    assert "Ni bad om 1 200 W. Ring oss." in text
    assert "Säkring" not in text


def test_before_the_floor_plan_is_told_the_sheet_gives_no_number_away(
    placed: OpenHouse, furnished: dict[str, Invitation], client_invited: Any, tmp_path: Path
) -> None:
    client = client_invited(furnished["Köket"])
    text = text_of(client.get(f"/open-house/{placed.pk}/answer/confirmation.pdf").content, tmp_path)
    assert ("Gymnastiken" in text, "Ert bordsnummer kommer när planritningen är klar." in text) == (
        False,
        True,
    )
    waits = client_invited(furnished["Stugan"])
    assert waits.get(f"/open-house/{placed.pk}/answer/confirmation.pdf").status_code == 404


def test_the_arrival_time_is_the_plans_everywhere(
    told: OpenHouse, furnished: dict[str, Invitation], client_invited: Any
) -> None:
    arrive = told.tasks.get(kind=Task.Kind.ARRIVE)
    tasks.change_task(arrive, title="", due=DAY, clock=time(9, 15), note="", pair={}, on=TODAY)
    page = client_invited(furnished["Köket"]).get(f"/open-house/{told.pk}/answer/receipt/").content.decode()
    assert "Kom klockan 09.15." in page
    assert f"/open-house/{told.pk}/answer/confirmation.pdf" in page


def test_whom_to_ask_refuses_an_identity_number_and_goes_a_month_after_the_day(
    told: OpenHouse, petra: Account, client_of_account: Screen, press: Press
) -> None:
    client = client_of_account(petra)
    base = f"/open-houses/{told.pk}/reminders/briefing/"
    answer = press(client, base, ask="Greta 19121212-1212", note="Lasta av här")
    assert (answer.status_code, "Lasta av här" in answer.content.decode()) == (422, True)
    assert Briefing.objects.get().ask == "Greta vid entrén, 0980-31 92 40"
    for days, left in ((30, 1), (31, 0)):
        at = swedish(DAY) + timedelta(days=days)
        forgetting.forget_what_is_old(house_id=told.house_id, at=at)
        assert Briefing.objects.count() == left


@pytest.mark.parametrize("name", ["reminders/", "reminders/confirmations.pdf"])
def test_three_and_three_hundred_ask_as_many_questions(
    name: str, told: OpenHouse, petra: Account, client_of_account: Screen
) -> None:
    client = client_of_account(petra)
    address = f"/open-houses/{told.pk}/{name}"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    three_hundred_more(told, given_at=NOW)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(few) == len(many)
