"""Marit plans, Bengt (68) answers on a phone, and the waiting list is used; every page accessible and narrow."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from playwright.sync_api import expect

from brobygget.associations.models import Association
from brobygget.circles.models import Membership
from brobygget.openhouse import jobs
from brobygget.openhouse.commands import events, inviting, places, tasks, waiting
from brobygget.openhouse.commands.tasks import Owner
from brobygget.openhouse.models import Answer, Invitation, OpenHouse, Place, PlaceCall
from brobygget.openhouse.queries import doors
from brobygget.openhouse.queries import invitations as queries
from brobygget.people.models import Account
from brobygget.web import clock as real_clock
from tests.associations.conftest import SMALL
from tests.conftest import NOW, TODAY
from tests.looking_at_a_page import LANGUAGES
from tests.openhouse.conftest import swedish
from tests.openhouse.screens import Screen, faults_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_area_developer_plans_a_day_and_gives_a_task_to_a_pair(
    screen: Screen,
    marit: Account,
    birgit: Account,
    amina: Membership,
    client_of_account: Callable[[Account], Client],
) -> None:
    page = screen(1280, client_of_account(marit))
    page.goto("/overview/")
    page.get_by_role("link", name="Öppet hus", exact=True).click()
    page.get_by_role("link", name="Planera ett öppet hus").click()
    page.get_by_label("Vad heter det?").fill("Föreningsdag")
    page.get_by_label("Vilken dag?").fill("2026-12-24")
    page.get_by_label("Var?").fill("Älvhallen, Storgatan 2")
    page.get_by_role("button", name="Planera baklänges från dagen").click()
    expect(page.locator("#id_day_error")).to_contain_text("Den dagen har varit.")
    expect(page.get_by_label("Var?")).to_have_value("Älvhallen, Storgatan 2")
    page.get_by_label("Vilken dag?").fill("2027-04-24")
    page.get_by_role("button", name="Planera baklänges från dagen").click()
    expect(page.locator(".plan-line")).to_have_count(20)
    expect(page.locator(".plan-line").last).to_contain_text("Utvärdering tillsammans")
    page.get_by_role("link", name="Program och tolkar").click()
    page.get_by_label("Någon som är ny här").select_option(label="Amina")
    page.get_by_label("Någon som har bott här länge").select_option(label="Birgit")
    page.get_by_label("Anteckningar").fill("Fråga tolkarna i god tid")
    page.get_by_role("button", name="Spara").click()
    line = page.locator(".plan-line", has_text="Program och tolkar")
    expect(line.locator(".pair")).to_contain_text("Amina")
    expect(line.locator(".pair")).to_contain_text("Birgit")
    line.get_by_role("button", name=re.compile("Klart")).click()
    expect(page.locator(".plan-done", has_text="Program och tolkar")).to_be_visible()
    page.get_by_role("link", name="Dag och plats").click()
    page.get_by_role("button", name="Låt alla läsa om den").click()
    page.get_by_role("link", name="Se sidan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Föreningsdag")


def test_the_municipal_officer_imports_the_register_and_invites_all_of_it(
    screen: Screen, the_day: OpenHouse, petra: Account, client_of_account: Callable[[Account], Client]
) -> None:
    page = screen(1280, client_of_account(petra))
    page.goto("/register/imports/")
    page.locator("input[type=file]").set_input_files(
        {"name": "föreningar.csv", "mimeType": "text/csv", "buffer": SMALL.encode("cp1252")}
    )
    page.get_by_role("button", name="Titta på filen").click()
    page.get_by_role("button", name="Ja, läs raderna").click()
    page.get_by_role("button", name="Importera den").click()
    expect(page.get_by_role("link", name="Fråga föreningarna")).to_be_visible()
    assert sorted(Association.objects.values_list("name", "reach")) == [
        ("Byns hembygdsförening", "email"),
        ("Byns schackklubb", "email"),
        ("Sömnadens vänner", "letter"),
    ]
    page.goto(f"/open-houses/{the_day.pk}/invitations/")
    page.get_by_role("link", name="Bjud in", exact=False).first.click()
    page.get_by_role("button", name="Sätt upp dem på listan").click()
    page.get_by_role("button", name="Skicka 2 mejl").click()
    expect(page.locator("main")).to_contain_text("2 mejl är på väg")
    page.get_by_role("button", name="Gör 1 brev").click()
    expect(page.get_by_role("link", name="Skriv ut 1 brev")).to_be_visible()
    assert queries.sums_of(the_day).invited == 3
    assert jobs.tell_associations() == 2


def test_a_treasurer_of_68_answers_on_a_phone_with_the_code_in_the_letter(
    screen: Screen, invited: Any
) -> None:
    bengts = invited("Byns hembygdsförening")
    page = screen(390, has_touch=True, java_script_enabled=False)
    page.goto("/open-house/code/")
    page.get_by_label("Koden i brevet").fill(doors.code_of(bengts).lower().replace("-", " "))
    page.get_by_role("button", name="Öppna formuläret").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Byns hembygdsförening")
    page.get_by_text("Ja, vi vill ha en plats").click()
    page.get_by_label(re.compile("Vad kan besökare göra")).fill("Grädda en våffla")
    page.get_by_label(re.compile("El: hur många watt")).fill("1200")
    page.get_by_label(re.compile("Till vad")).fill("Våffeljärn")
    page.get_by_role("button", name="Skicka vårt svar").click()
    expect(page.locator(".stand-now h2")).to_have_text("Ni har sagt ja.")
    given = Answer.objects.get()
    assert (given.said, given.hands, given.watts) == ("yes", "Grädda en våffla", 1200)


def test_somebody_cannot_come_and_the_next_in_line_gets_the_place_by_a_mail(
    screen: Screen,
    the_day: OpenHouse,
    frozen: OpenHouse,
    invited: Any,
    says: Any,
    client_invited: Callable[[Invitation], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = []
    for number in range(6):
        one = invited(f"Förening {number}", email=f"f{number}@a.example")
        says(one, at=NOW + timedelta(minutes=number), kind="g-music")
        found.append(one)
    at = swedish(the_day.closes_on + timedelta(1))
    places.give_places(frozen, at=at)
    monkeypatch.setattr(real_clock, "read", lambda: at)
    jobs.tell_associations()
    mail.outbox.clear()

    first = screen(390, client_invited(found[0]))
    first.goto(f"/open-house/{the_day.pk}/answer/receipt/")
    expect(first.locator(".stand-now h2")).to_contain_text("Ni har en plats")
    first.get_by_role("link", name="Vi kan inte komma").click()
    first.get_by_role("button", name="Ja, vi kan inte komma").click()
    expect(first.locator(".stand-now h2")).to_contain_text("inte kan komma")

    jobs.tell_associations()
    (message,) = mail.outbox
    assert message.to == ["f3@a.example"]
    link = re.search(r"/open-house/link/\S+", message.body)
    assert link is not None
    fourth = screen(390)
    fourth.goto(link[0])
    fourth.get_by_role("button", name="Öppna vårt svar").click()
    expect(fourth.locator(".stand-now h2")).to_have_text("En plats är ledig för er.")
    fourth.get_by_role("button", name="Ja, vi tar den").click()
    expect(fourth.locator(".stand-now h2")).to_contain_text("Ni har en plats")
    assert Place.objects.get(invitation=found[3]).has_place

    # the next cancellation calls number five, who does not answer: the call goes on when its time has passed
    waiting.give_up_place(found[1], at=at)
    jobs.tell_associations()
    by = PlaceCall.objects.get(answered_at=None).answer_by
    assert by is not None
    monkeypatch.setattr(real_clock, "read", lambda: by + timedelta(minutes=1))
    assert jobs.call_the_next() == 1
    fifth = screen(390, client_invited(found[4]))
    fifth.goto(f"/open-house/{the_day.pk}/answer/receipt/")
    expect(fifth.locator(".stand-now h2")).to_contain_text("tiden att svara har gått ut")


@pytest.fixture
def furnished(
    the_day: OpenHouse, frozen: OpenHouse, invited: Any, says: Any, amina: Membership, birgit: Account
) -> dict[str, Invitation]:
    """A day with everything on it: places given, one called by telephone, one who waits, one silent."""
    found = {}
    for number, name in enumerate(("place", "given up", "third", "called", "waiting")):
        one = invited(f"Föreningen för {name} och allt som hör till", phone="0980-1")
        says(
            one, at=NOW + timedelta(minutes=number), kind="g-music", hands="Prova", watts=1200, step_free=True
        )
        found[name] = one
    found["silent"] = invited("Tysta föreningen", email="t@a.example")
    found["maybe"] = invited("Kanske", phone="0980-2")
    says(found["maybe"], "maybe")
    inviting.make_letters(the_day, by=None, at=NOW)
    for task in the_day.tasks.all()[:9]:
        pair = {"new": Owner(participant=amina.participant), "established": Owner(account=birgit)}
        clock = task.clock
        tasks.change_task(
            task, title="", due=task.due_on, clock=clock, note="Anteckning", pair=pair, on=TODAY
        )
    tasks.finish_task(the_day.tasks.get(kind="idea"), is_done=True, on=TODAY)
    places.give_places(frozen, at=swedish(the_day.closes_on + timedelta(1)))
    waiting.give_up_place(found["given up"], at=swedish(the_day.closes_on + timedelta(1)))
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    return found


@pytest.mark.slow  # a walk over every page
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_an_open_house_is_accessible_and_narrow(
    language: str,
    screen: Screen,
    the_day: OpenHouse,
    furnished: dict[str, Invitation],
    marit: Account,
    amina: Membership,
    client_of_account: Callable[[Account], Client],
    client_of: Callable[[Membership], Client],
    client_invited: Callable[[Invitation], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(real_clock, "read", lambda: swedish(the_day.closes_on + timedelta(2)))
    desk, own = f"/open-houses/{the_day.pk}/", f"/open-house/{the_day.pk}/"
    task = the_day.tasks.get(kind="map")
    marits = [
        "/overview/", "/open-houses/", "/open-houses/new/", desk, f"{desk}facts/", f"{desk}tasks/{task.pk}/",
        f"{desk}run-sheet/", f"{desk}invitations/", f"{desk}invitations/sending/", f"{desk}invitations/calls/",
        f"{desk}places/", *(f"{desk}invitations/{one.pk}/" for one in furnished.values()),
    ]  # fmt: skip
    strangers = [
        "/",
        "/open-house/",
        own,
        "/open-house/code/",
        f"/open-house/link/{doors.link_of(furnished['place'])}/",
    ]
    walks: list[tuple[Client | None, list[str]]] = [
        (client_of_account(marit), marits),
        (None, strangers),
        (client_of(amina), ["/now/", f"{own}ours/"]),
        *((client_invited(one), [f"{own}answer/", f"{own}answer/receipt/"]) for one in furnished.values()),
        (client_invited(furnished["place"]), [f"{own}answer/giving-up/"]),
    ]
    assert faults_on(screen, walks, language) == []
