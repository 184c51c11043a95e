"""“I want to try” in a browser: without a network no word is kept on the phone, without scripts it works, on a tablet it hides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Page, expect

from brobygget.openhouse.commands import hands as commands
from brobygget.openhouse.commands.hands import Told
from brobygget.openhouse.models import Handover, Invitation, Visitor
from brobygget.openhouse.views.hand_doors import let_in
from brobygget.people.models import Account
from tests.looking_at_a_page import LANGUAGES
from tests.openhouse.hands import NOON, at, want_at
from tests.openhouse.screens import Screen, faults_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = """() => new Promise((resolve) => {
  const opening = indexedDB.open("brobygget-outbox", 1);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("presses").objectStore("presses").getAll();
    asked.onsuccess = () => resolve(asked.result);
  };
})"""


def _raised(one: Invitation, seed: str = "a seed", **facts: Any) -> Handover:
    told = Told(**{"spoken": "ti", "alias": "Selam", **facts})
    return commands.raise_hand(one, seed=seed, told=told, wish="Sy", channel="phone", at=NOON)


def _phone_of(one: Invitation, seed: str = "a seed") -> Client:
    client = Client()
    client.cookies.update(let_in(HttpResponse(), one.openhouse, seed).cookies)
    return client


def _raise(page: Page) -> None:
    page.locator("button[form=want]").click()


def test_two_taps_online_and_without_a_network_a_hand_that_holds_no_word(
    screen: Screen, bygd: Invitation, kor: Invitation
) -> None:
    page = screen(390)
    page.goto(f"/open-house/{bygd.openhouse_id}/")
    page.locator(f"a[href='{want_at(bygd)}']").click()
    expect(page.locator("#id_telephone")).to_be_hidden()
    _raise(page)
    expect(page.locator("h1")).to_have_text("Det du vill prova")
    assert (Visitor.objects.count(), Handover.objects.count()) == (1, 1)

    # A phone that has told nothing: the form with words stays on the page, and nothing of it is kept.
    other = screen(390)
    other.goto(want_at(kor))
    other.get_by_text("Meddelande till ett nummer").click()
    other.locator("#id_telephone").fill("070 123 45 67")
    other.locator("#id_alias").fill("Selam")
    other.locator("#id_wish").fill("Jag vill sjunga")
    other.context.set_offline(True)
    _raise(other)
    offer = other.locator("[data-want-offline]")
    expect(offer).to_be_visible()
    expect(other.locator("#id_alias")).to_have_value("Selam")
    assert other.evaluate(KEPT) == []
    offer.locator("button").click()
    expect(other.locator("[data-outbox-banner]")).to_contain_text("1")
    kept = other.evaluate(KEPT)
    assert [press["fields"] for press in kept] == [[["way", "reception"], ["spoken", "sv"]]]
    # Beside the two fields only what is drawn or known anyway; "070" alone may stand in a random key by chance.
    assert [sorted(press) for press in kept] == [["address", "at", "fields", "key", "who"]]
    assert not any(word in str(kept) for word in ("Selam", "070 123", "0701234567", "sjunga"))
    other.context.set_offline(False)
    expect(other.locator("[data-outbox-banner]")).to_contain_text("sparat", timeout=20_000)
    assert other.evaluate(KEPT) == []
    assert Handover.objects.filter(invitation=kor, visitor__way="reception").count() == 1
    other.goto(at("own_hands", kor))
    expect(other.locator(".hand-card")).to_have_count(1)
    assert Visitor.objects.count() == 2


def test_a_form_that_cannot_be_keeps_the_words_and_a_second_press_counts_once(
    screen: Screen, bygd: Invitation
) -> None:
    page = screen(390)
    page.goto(want_at(bygd))
    page.get_by_text("Samtal till ett nummer").click()
    page.locator("#id_telephone").fill("070")
    page.locator("#id_alias").fill("Selam")
    _raise(page)
    expect(page.locator("#content")).to_contain_text("Det där är inget telefonnummer.")
    expect(page.locator("#id_alias")).to_have_value("Selam")
    page.locator("#id_telephone").fill("070 123 45 67")
    _raise(page)
    expect(page.locator("h1")).to_have_text("Det du vill prova")
    assert Handover.objects.count() == 1


def test_it_works_without_scripts(screen: Screen, bygd: Invitation, kor: Invitation) -> None:
    page = screen(390, java_script_enabled=False)
    page.goto(want_at(bygd))
    page.locator("#id_alias").fill("Anna")
    _raise(page)
    page.goto(want_at(kor))
    expect(page.locator(".want-gets")).to_contain_text("Anna")
    _raise(page)
    expect(page.locator(".hand-card")).to_have_count(2)
    page.locator(f"#hand-{bygd.pk} button").click()
    expect(page.locator(".hand-card")).to_have_count(1)
    page.get_by_text("Ta tillbaka allt").click()
    page.get_by_role("button", name="Ja, radera").click()
    expect(page.locator("#content")).to_contain_text("Ingen hand är uppräckt på den här telefonen")
    assert Visitor.objects.count() == 0


def test_the_tablet_grows_by_itself_and_who_it_is_does_not_stay_on_it(
    screen: Screen, bygd: Invitation, client_invited: Callable[[Invitation], Client]
) -> None:
    tablet = screen(1024, client_invited(bygd))
    tablet.clock.install()
    tablet.goto(at("stand", bygd))
    expect(tablet.locator(".stand-numbers a")).to_have_count(0)
    hand = _raised(bygd)
    tablet.clock.run_for(5_000)
    expect(tablet.locator(".stand-numbers a")).to_have_text([str(hand.visitor.number)])
    expect(tablet.locator("#content")).not_to_contain_text("Selam")
    tablet.locator(".stand-numbers a").click()
    expect(tablet.locator("#content")).to_contain_text("Selam")
    tablet.wait_for_load_state("load")  # the words are there before what counts the seconds
    tablet.clock.run_for(91_000)
    expect(tablet.locator(".stand-numbers")).to_be_visible()
    expect(tablet.locator("#content")).not_to_contain_text("Selam")


@pytest.mark.slow  # a walk over every page
@pytest.mark.parametrize("language", [*LANGUAGES, "ti"])
def test_every_page_of_raised_hands_is_accessible_and_narrow(
    language: str,
    screen: Screen,
    bygd: Invitation,
    kor: Invitation,
    elsa: Account,
    marit: Account,
    client_invited: Callable[[Invitation], Client],
    client_of_account: Callable[[Account], Client],
) -> None:
    hand = _raised(bygd, way="reception")
    _raised(bygd, "another", alias="X" * 30, way="call", telephone="+46 70 123 45 67")
    at_stand = commands.raise_hand(bygd, seed="third", told=Told("ar"), wish="", channel="stand", at=NOON)
    commands.leave_reply(hand, words="Torsdag 18.00. " * 15)
    for number in range(6):
        commands.raise_hand(kor, seed=f"{number}", told=Told("sv"), channel="paper", at=NOON)
    walks = [
        (None, [want_at(kor), at("own_hands", kor), f"/open-house/{kor.openhouse_id}/"]),
        (_phone_of(bygd), [want_at(kor), at("own_hands", bygd), at("own_hands_about", bygd)]),
        (
            client_invited(bygd),
            [
                at("stand", bygd),
                at("our_hands", bygd),
                at("our_hand", bygd, hand.pk),
                at("stand_raising", bygd),
                at("stand_code", bygd, at_stand.pk),
            ],
        ),
        (client_of_account(elsa), [at("hands_desk", bygd), at("hands_slips", bygd)]),
        (client_of_account(marit), [at("door", bygd)]),
    ]
    assert faults_on(screen, walks, language) == []
