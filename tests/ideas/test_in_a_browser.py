"""Dots by plus and minus, and an idea drawn with a finger, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from brobygget.circles.models import Circle, Membership
from brobygget.ideas.models import Dot, DotsGiven, DotVote, Idea
from brobygget.people.request import COOKIE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def samiras_phone(
    live_server: Any, chromium: Browser, everybody: list[Membership], client_of: Callable[..., Client]
) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="sv", base_url=live_server.url
    )
    token = client_of(everybody[0]).cookies[COOKIE].value
    context.add_cookies(
        [
            {"name": COOKIE, "value": token, "url": live_server.url},
            {"name": "language", "value": "sv", "url": live_server.url},
        ]
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: wrong.append(said.text) if said.type == "error" and "422" not in said.text else None,
    )
    yield page
    context.close()
    assert wrong == []


def test_three_dots_are_placed_taken_back_and_given(
    circle: Circle, vote: DotVote, everybody: list[Membership], samiras_phone: Page
) -> None:
    page = samiras_phone
    page.goto(reverse("ideas:dots_of", args=[circle.pk, 1]))
    more, fewer = page.locator("[data-dot-more]"), page.locator("[data-dot-fewer]")
    give = page.locator("[data-dots-give]")
    assert give.is_disabled()
    for row in (0, 0, 4):
        more.nth(row).click()
    assert all(more.nth(row).is_disabled() for row in range(7))
    fewer.nth(0).click()
    assert give.is_disabled()
    assert page.locator("[data-dots-say]:visible").inner_text() == "1 prick kvar att ge"
    more.nth(6).click()
    assert page.locator("[data-dot-place] .dot:visible").count() == 3
    give.click()
    page.get_by_text("Dina prickar är lagda. Ingen kan se vad du valde.").wait_for()
    assert sorted(Dot.objects.values_list("proposal__number", flat=True)) == [1, 5, 7]
    assert DotsGiven.objects.get().membership == everybody[0]


def test_an_idea_is_drawn_and_a_refusal_keeps_words_and_lines(circle: Circle, samiras_phone: Page) -> None:
    page = samiras_phone
    page.goto(reverse("ideas:give", args=[circle.pk]))
    page.fill("textarea", "x" * 1001)
    page.locator(".drawing summary").click()
    sheet = page.locator(".drawing-sheet")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(box["x"] + 30 + 20 * step, box["y"] + 30 + 25 * (step % 2))
    page.mouse.up()
    page.locator(".phone-action .button").click()
    page.locator(".form-errors").wait_for()
    assert not Idea.objects.exists()
    assert len(page.input_value("textarea")) == 1001
    assert page.locator(".drawing-sheet path").is_visible()
    page.fill("textarea", "")
    page.locator(".phone-action .button").click()
    page.locator("#idea-1 .drawn path").wait_for()
    idea = Idea.objects.get()
    assert idea.channel == "drawn"
    assert idea.drawing.count("L") == 5


def test_the_room_shows_by_itself_what_somebody_else_gives(
    circle: Circle, give: Callable[..., Idea], samiras_phone: Page
) -> None:
    samiras_phone.goto(reverse("ideas:give", args=[circle.pk]))
    samiras_phone.fill("textarea", "دوخت و دوز")
    samiras_phone.locator(".phone-action .button").click()
    samiras_phone.locator("#idea-1").wait_for()
    give("Vi dansar")
    samiras_phone.locator("#idea-2").wait_for()
