"""A phone on a weak line: the first view fits in 150 kB, and asks nobody else for anything."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import OpenTown

pytestmark = [pytest.mark.browser, pytest.mark.on_sqlite, pytest.mark.xdist_group("first view")]
SWEDISH, ANY = 150_000, 250_000


@pytest.fixture(scope="module")
def town(open_towns: Callable[[str], OpenTown]) -> OpenTown:
    return open_towns("C")


@pytest.mark.parametrize(
    ("language", "most"),
    [("sv", SWEDISH), *(pytest.param(code, ANY, marks=pytest.mark.slow) for code in ("ar", "ti", "uk"))],
)
def test_the_first_view_of_a_phone_is_light_and_comes_from_the_house_alone(
    language: str, most: int, chromium: Browser, town: OpenTown
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale=language)
    context.add_cookies([{"name": "language", "value": language, "url": town.address}])
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    hosts: set[str] = set()
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(town.doors["join"], wait_until="networkidle")
    assert len(sizes) > 3
    assert sum(sizes) <= most
    assert hosts - {""} == {urlsplit(town.address).netloc}
    context.close()
