"""Presses that are never lost and fragments that stay fresh, in a real browser with a network that comes and goes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.web import pages_for_tests
from tests.web.pages_for_tests import Told

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.web.pages_for_tests"),
]
LIVE = 30_000  # ms; a page asks every two seconds, on a machine that may do much else


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What the server heard in this test."""
    fresh = Told()
    monkeypatch.setattr(pages_for_tests, "told", fresh)
    return fresh


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    context.add_cookies([{"name": "language", "value": "sv", "url": live_server.url}])
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext, live_server: LiveServer, told: Told) -> Page:
    opened = phone.new_page()
    opened.goto(f"{live_server.url}/page/")
    return opened


def test_a_press_with_a_network_shows_the_answer(page: Page, told: Told) -> None:
    page.get_by_role("button", name="Adult").click()
    expect(page.locator("#counted")).to_have_text("1")
    assert told.presses == ["adult"]
    page.get_by_role("button", name="Child").click()
    expect(page.locator("#counted")).to_have_text("2")
    assert told.presses == ["adult", "child"]


def test_presses_without_a_network_are_kept_and_counted_once(
    page: Page, phone: BrowserContext, told: Told
) -> None:
    phone.set_offline(True)
    for name in ("Adult", "Child", "Adult"):
        page.get_by_role("button", name=name).click()
        page.wait_for_timeout(100)
    expect(page.locator("[data-outbox-banner]")).to_contain_text("3")
    expect(page.locator("#counted")).to_have_text("3")
    assert told.presses == []
    phone.set_offline(False)
    expect(page.locator("[data-outbox-banner]")).to_contain_text("Allt är sparat.", timeout=LIVE)
    assert told.presses == ["adult", "child", "adult"]


def test_presses_that_were_kept_are_sent_by_the_next_page(
    page: Page, phone: BrowserContext, live_server: LiveServer, told: Told
) -> None:
    phone.set_offline(True)
    page.get_by_role("button", name="Adult").click()
    expect(page.locator("[data-outbox-banner]")).to_contain_text("1")
    page.close()
    phone.set_offline(False)
    again = phone.new_page()
    again.goto(f"{live_server.url}/page/")
    expect(again.locator("[data-outbox-banner]")).to_contain_text("Allt är sparat.", timeout=LIVE)
    expect(again.locator("#counted")).to_have_text("1")
    assert told.presses == ["adult"]


def test_an_answer_that_never_arrives_does_not_make_two_presses(page: Page, told: Told) -> None:
    lost: list[str] = []

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        lost.append(route.request.url)
        route.abort()

    page.route("**/press/", lose)
    page.get_by_role("button", name="Adult").click()
    expect(page.locator("[data-outbox-banner]")).to_contain_text("1")
    assert lost
    assert told.presses == ["adult"]
    page.unroute("**/press/")
    expect(page.locator("[data-outbox-banner]")).to_contain_text("Allt är sparat.", timeout=LIVE)
    assert told.presses == ["adult"]


def test_a_broken_server_is_tried_again(page: Page, told: Told) -> None:
    told.is_broken = True
    page.get_by_role("button", name="Adult").click()
    expect(page.locator("[data-outbox-banner]")).to_contain_text("1")
    told.is_broken = False
    expect(page.locator("[data-outbox-banner]")).to_contain_text("Allt är sparat.", timeout=LIVE)
    assert told.presses == ["adult"]


def test_what_is_kept_holds_no_token(page: Page, phone: BrowserContext) -> None:
    phone.set_offline(True)
    page.get_by_role("button", name="Adult").click()
    expect(page.locator("[data-outbox-banner]")).to_contain_text("1")
    kept = page.evaluate(
        """() => new Promise(done => { const open = indexedDB.open('brobygget-outbox', 1);
        open.onsuccess = () => { const asked = open.result.transaction('presses').objectStore('presses').getAll();
        asked.onsuccess = () => done(asked.result); }; })"""
    )
    assert [sorted(press) for press in kept] == [["address", "at", "fields", "key", "who"]]
    assert kept[0]["fields"] == [["kind", "adult"]]


def test_presses_of_one_reader_are_never_sent_as_anothers(
    page: Page, phone: BrowserContext, live_server: LiveServer, told: Told
) -> None:
    phone.set_offline(True)
    page.get_by_role("button", name="Adult").click()
    expect(page.locator("[data-outbox-banner]")).to_contain_text("1")
    page.close()
    phone.set_offline(False)
    other = phone.new_page()
    other.add_init_script(
        """new MutationObserver((_, me) => { if (document.documentElement) {
        document.documentElement.dataset.who = 'somebody-else'; me.disconnect(); } })
        .observe(document, {childList: true});"""
    )
    other.goto(f"{live_server.url}/page/")
    other.wait_for_timeout(1500)
    assert other.evaluate("document.documentElement.dataset.who") == "somebody-else"
    assert told.presses == []


def test_without_scripts_the_same_form_does_the_same(
    chromium: Browser, live_server: LiveServer, told: Told
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{live_server.url}/page/")
    plain.get_by_role("button", name="Child").click()
    expect(plain.locator("#counted")).to_have_text("1")
    assert told.presses == ["child"]
    context.close()


def test_a_live_fragment_follows_and_mostly_hears_nothing_new(page: Page, told: Told) -> None:
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status) if "/live/" in answer.url else None)
    expect(page.locator("#live .time-words")).to_contain_text("1", timeout=LIVE)
    told.version = 2
    expect(page.locator("#live .time-words")).to_contain_text("2", timeout=LIVE)
    for _ in range(2):
        page.wait_for_event("response", lambda answer: "/live/" in answer.url, timeout=LIVE)
    assert answers[-1] == 304
    assert answers.count(200) == 2


def test_a_field_that_is_being_written_in_is_not_taken_away(page: Page, told: Told) -> None:
    page.locator("#wish").fill("volley")
    with page.expect_response("**/live/", timeout=LIVE) as heard:
        pass
    heard.value.finished()
    page.wait_for_timeout(300)
    assert told.asked > 0
    assert page.locator("#wish").input_value() == "volley"


def test_a_live_page_without_a_network_says_so_calmly_and_recovers(page: Page, phone: BrowserContext) -> None:
    banner = page.locator("[data-live-banner]")
    expect(banner).to_be_hidden()
    phone.set_offline(True)
    expect(banner).to_be_visible(timeout=LIVE)
    phone.set_offline(False)
    expect(banner).to_be_hidden(timeout=LIVE)
