"""Every page that somebody can reach by following links: accessible in three languages, light and dark, and narrow."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.conftest import OpenTown

pytestmark = [pytest.mark.browser, pytest.mark.on_sqlite]

AXE = (Path(__file__).resolve().parents[1] / "vendor/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FILES = (
    ".pdf",
    ".csv",
    ".ics",
    ".css",
    "/paper/",
    "/wall-sheet/",
    "/time-sheet/",
    "/study-export/",
    "/card/",
    ".vcf",
    ".xlsx",
    ".json",
    ".rdf",
    ".rss",
    ".atom",
    "/api/",
)
MOST_PAGES = 60
# The whole table on the nightly run; every day Swedish and Arabic, which differ most.
LANGUAGES = ("sv", "en", "ar") if os.environ.get("BROBYGGET_NIGHTLY") else ("sv", "ar")


def _shape(address: str) -> str:
    """Pages that differ by a number or a secret only are one kind of page."""
    return re.sub(r"\d+|[A-Za-z0-9_-]{20,}", "*", urlsplit(address).path)


def _reachable(page: Page, start: list[str]) -> list[str]:
    """One address for each kind of page that links lead to."""
    found: dict[str, str] = {}
    waiting = list(start)
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        path = urlsplit(address).path
        shape = _shape(address)
        is_file = any(part in f"{path}" for part in FILES if part != "/card/") or (
            "/items/" in path and "/card/" in path
        )
        if shape in found or is_file or path.startswith(("/style/", "/calendar/", "/demo/", "/static/")):
            continue
        answer = page.goto(address)
        if answer is None or not answer.ok or "text/html" not in answer.headers.get("content-type", ""):
            assert answer is not None
            assert answer.status < 500, address
            continue
        found[shape] = page.url
        links = page.eval_on_selector_all("a[href]", "links => links.map(a => a.href)")
        origin = urlsplit(address)
        waiting += [link for link in links if urlsplit(link).netloc == origin.netloc and "#" not in link]
    return list(found.values())


def _faults(page: Page, language: str) -> list[str]:
    """What is wrong with the page in one language: by axe in light and dark, and sideways at 320 px."""
    faults = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        options = (
            {"runOnly": RULES}
            if scheme == "light"
            else {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
        )
        found = page.evaluate(
            "options => axe.run(document, {...options, resultTypes: ['violations']})", options
        )
        for fault in found["violations"]:
            for node in fault["nodes"]:
                faults.append(
                    f"{urlsplit(page.url).path} {language} {scheme}: {fault['id']} {node['target']}"
                )
    if page.locator("html").get_attribute("data-kind") != "wall":
        page.set_viewport_size({"width": 320, "height": 700})
        sideways = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if sideways > 0:
            faults.append(f"{urlsplit(page.url).path} {language}: {sideways} px sideways at 320 px")
        page.set_viewport_size({"width": 1280, "height": 900})
    return faults


def _enter(context: BrowserContext, town: OpenTown, who: str) -> tuple[Page, list[str]]:
    page = context.new_page()
    start = [f"{town.address}/"]
    if who == "wall":
        return page, [town.doors["wall"]]
    if who == "stranger":
        return page, [
            *start,
            town.doors["join"],
            town.doors["ticket_door"],
            f"{town.address}/accounts/login/",
        ]
    if who == "hassan":
        door = town.phone("Hassan")["address"]
        start += [
            f"{town.address}{path}" for path in ("/now/", "/me/", "/circles/1/ideas/", "/circles/1/fates/")
        ]
    else:
        door = town.account(who.title())
        start += [f"{town.address}{path}" for path in ("/circles/", "/programme/", "/reception/")]
    page.goto(door)
    page.locator("main form button").click()
    page.wait_for_load_state()
    return page, start


@pytest.mark.parametrize("who", ["stranger", "hassan", "jonas", "marit", "elin", "wall"])
def test_every_page_of_a_persona_is_accessible_and_narrow(
    who: str, chromium: Browser, open_town: Callable[[str], OpenTown]
) -> None:
    town = open_town("F")
    # A page's own policy lets in no foreign script; the checker is one.
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True, locale="sv")
    context.add_init_script(AXE)
    page, start = _enter(context, town, who)
    pages = _reachable(page, start)
    assert pages
    faults: list[str] = []
    for language in LANGUAGES:
        context.add_cookies([{"name": "language", "value": language, "url": town.address}])
        for address in pages:
            page.goto(address)
            faults += _faults(page, language)
    context.close()
    assert faults == []
