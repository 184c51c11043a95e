"""The town's vote as people meet it: three phones, one in Arabic, one without JavaScript, one that loses its network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import OpenTown

pytestmark = [pytest.mark.browser, pytest.mark.on_sqlite]
Phone = Callable[..., Page]
SLOW = 60_000  # milliseconds that a busy machine may take


@pytest.fixture
def town(open_town: Callable[[str], OpenTown]) -> OpenTown:
    return open_town("F")


@pytest.fixture
def phone(chromium: Browser, town: OpenTown) -> Iterator[Phone]:
    """A phone of its own in a language: `phone("ar", java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def make(language: str, **facts: bool) -> Page:
        context = chromium.new_context(
            viewport={"width": 390, "height": 844}, reduced_motion="reduce", **facts
        )
        context.set_default_timeout(SLOW)
        context.add_cookies([{"name": "language", "value": language, "url": town.address}])
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def _done(page: Page) -> int:
    return page.locator(".deck-plank.deck-done").count()


def _answer(page: Page, choice: int, times: int) -> None:
    """Press one answer so many times; the question about years is answered on the way with the first tile."""
    for _time in range(times):
        if page.locator("#years").is_visible():
            with page.expect_response(lambda answer: "/years/" in answer.url):
                page.locator("[name=secret_years]:visible").first.click()
            expect(page.locator("#years")).to_have_count(0, timeout=SLOW)
        before = _done(page)
        page.locator(f'[name=secret_choice][value="{choice}"]:visible').first.click()
        expect(page.locator(".deck-plank.deck-done")).to_have_count(before + 1, timeout=SLOW)


def _people(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator("#by-open strong").inner_text()))


def test_three_phones_vote_and_the_wall_counts_them(town: OpenTown, phone: Phone) -> None:
    vote = town.doors["town_vote"]
    watching = phone("sv")
    watching.goto(f"{vote['result']}?by=open")
    before = _people(watching)

    arabic = phone("ar")
    arabic.goto(vote["vote"])
    assert arabic.locator("html").get_attribute("dir") == "rtl"
    expect(arabic.get_by_role("button", name="نعم، فكرة جيدة").first).to_be_visible()
    _answer(arabic, 1, 3)

    plain = phone("sv", java_script_enabled=False)
    plain.goto(vote["vote"])
    _answer(plain, -1, 3)

    swedish = phone("sv")
    swedish.goto(vote["vote"])
    _answer(swedish, 1, 2)

    expect(watching.locator("#by-open strong")).to_have_text(str(before + 3), timeout=SLOW)


@pytest.mark.slow  # twelve phones; the chart itself is looked at in tests/ideas
def test_the_chart_changes_when_enough_on_both_banks_have_said_something_new(
    town: OpenTown, phone: Phone
) -> None:
    """New answers to an idea that was too early to tell: its bridge appears by itself on a page that nobody touches."""
    vote = town.doors["town_vote"]
    watching = phone("sv")
    watching.goto(f"{vote['result']}?by=open")
    early = watching.locator(".result-waiting .list-line")
    expect(early).to_have_count(1, timeout=SLOW)
    name = early.inner_text().strip()
    idea = _address_of(watching, name)
    for number in range(12):
        page = phone("ar" if number % 2 else "sv", java_script_enabled=number % 3 > 0)
        page.goto(f"{vote['vote']}ideas/{idea}/")
        page.locator(f'[name=secret_choice][value="{1 if number < 9 else -1}"]:visible').click()
        expect(page.locator("#years")).to_be_visible(timeout=SLOW)
        page.locator("[name=secret_years]:visible").nth(0 if number % 2 else 4).click()
        expect(page.locator("#years")).to_have_count(0, timeout=SLOW)
        page.context.close()
    row = watching.locator(f"#idea-{idea}")
    expect(row.locator(".bank")).to_have_count(2, timeout=SLOW)
    expect(row.locator(".chart-deck").first).to_be_attached()


def _address_of(page: Page, name: str) -> int:
    told = page.request.get(page.url.split("/result/")[0] + "/result/figures.json").json()
    rows = [row for row in told["figures"] if row["text"] == name and row["answered_by"] == "open"]
    return int(rows[0]["idea"])


def test_a_vote_without_a_network_goes_on_and_is_counted_once(town: OpenTown, phone: Phone) -> None:
    vote = town.doors["town_vote"]
    page = phone("sv")
    page.goto(vote["vote"])
    _answer(page, 1, 1)
    page.locator("[name=secret_years]:visible").first.click()
    expect(page.locator("#years")).to_have_count(0, timeout=SLOW)
    page.context.set_offline(True)
    for number in (2, 3, 4):
        page.locator('[name=secret_choice][value="1"]:visible').click()
        expect(page.locator("[data-vote-number]")).to_contain_text(f"Idé {number + 1} av", timeout=SLOW)
    expect(page.locator("[data-outbox-banner]")).to_contain_text("3", timeout=SLOW)
    page.context.set_offline(False)
    expect(page.locator("[data-outbox-banner]")).to_contain_text("Allt är sparat.", timeout=SLOW)
    page.goto(f"{vote['vote']}answers/")
    expect(page.locator(".vote-said")).to_have_count(4, timeout=SLOW)


def test_a_strip_begins_on_the_phone_where_the_button_is_pressed(town: OpenTown, phone: Phone) -> None:
    page = phone("so")
    page.goto(town.doors["town_vote"]["strip"])
    page.locator("button[form=begin]").click()
    expect(page.locator("[data-vote-card]:visible")).to_be_visible(timeout=SLOW)
    expect(page.locator(".vote-kind .icon")).to_be_visible()
    _answer(page, 0, 1)
