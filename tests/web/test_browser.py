"""The shell in a real browser: accessible, nothing sideways, light on the wire, and presses that are not lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from brobygget.web import style_page
from tests.looking_at_a_page import AXE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WALLS = {"wall"}
SLOW = pytest.mark.slow  # the same once more in another language

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Reader:
    """Somebody with a screen: a language, a width, light or dark."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts: list[BrowserContext] = []

    def open(
        self, path: str, *, language: str = "sv", width: int = 390, scheme: Any = "light", **options: Any
    ) -> Page:
        """Open a page; a fault in the console is a fault of the test."""
        height = 1080 if width == 1920 else 844
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            **options,
        )
        self.contexts.append(context)
        context.add_cookies([{"name": "language", "value": language, "url": self.address}])
        page = context.new_page()
        page.goto(self.address + path)
        return page


@pytest.fixture
def reader(chromium: Browser, live_server: LiveServer) -> Iterator[Reader]:
    made = Reader(chromium, live_server.url)
    yield made
    for context in made.contexts:
        context.close()


def _faults(page: Page) -> list[str]:
    page.add_script_tag(content=AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert found["passes"], "axe looked at nothing"
    return [f"{fault['id']}: {node['target']}" for fault in found["violations"] for node in fault["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["sv", *(pytest.param(code, marks=SLOW) for code in ("en", "ar"))])
def test_the_style_page_has_no_fault_that_a_machine_can_find(
    reader: Reader, language: str, scheme: str
) -> None:
    assert _faults(reader.open("/style/", language=language, scheme=scheme, bypass_csp=True)) == []


@pytest.mark.parametrize("language", [pytest.param("sv", marks=SLOW), "ar"])
def test_the_sample_screens_have_no_fault_that_a_machine_can_find(reader: Reader, language: str) -> None:
    faults = {
        kind: _faults(reader.open(f"/style/{kind}/", language=language, width=1280, bypass_csp=True))
        for kind in style_page.KINDS
    }
    assert faults == {kind: [] for kind in style_page.KINDS}


def test_axe_finds_a_fault_when_there_is_one(reader: Reader) -> None:
    page = reader.open("/style/phone/", bypass_csp=True)
    page.evaluate("document.querySelector('h1').style.color = '#eeeeee'")
    assert any(fault.startswith("color-contrast") for fault in _faults(page))


@pytest.mark.parametrize("language", [pytest.param("sv", marks=SLOW), "ar", pytest.param("uk", marks=SLOW)])
def test_nothing_goes_sideways_on_a_narrow_phone_or_with_large_letters(reader: Reader, language: str) -> None:
    wide = {}
    for path in ["/style/", *[f"/style/{kind}/" for kind in style_page.KINDS if kind not in WALLS]]:
        page = reader.open(path, language=language, width=320)
        wide[path] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        page.evaluate("document.documentElement.style.fontSize = '200%'") if path == "/style/phone/" else None
        wide[f"{path} 200 %"] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert {path: extra for path, extra in wide.items() if extra > 0} == {}


def test_the_wall_fits_on_the_wall(reader: Reader) -> None:
    for language in ("sv", "ar"):
        page = reader.open("/style/wall/", language=language, width=1920)
        assert page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        ) == [1920, 1080]
        sizes = page.evaluate(
            "[...document.querySelectorAll('.wall-words p')].map(p => parseFloat(getComputedStyle(p).fontSize))"
        )
        assert min(sizes) >= 30


def test_everything_that_is_pressed_is_large_enough(reader: Reader) -> None:
    page = reader.open("/style/phone/")
    small = page.evaluate(
        """[...document.querySelectorAll('button, summary, .button, .button-text, .phone-house')]
        .filter(each => each.offsetParent && each.getBoundingClientRect().height < 44)
        .map(each => each.outerHTML.slice(0, 80))"""
    )
    assert small == []


@pytest.mark.parametrize("path", ["/style/phone/", "/style/home/"])
def test_the_first_view_in_swedish_is_light(reader: Reader, path: str) -> None:
    context = reader.browser.new_context(viewport={"width": 390, "height": 844})
    reader.contexts.append(context)
    context.add_cookies([{"name": "language", "value": "sv", "url": reader.address}])
    page = context.new_page()
    fetched: dict[str, int] = {}
    page.on(
        "response",
        lambda answer: fetched.__setitem__(answer.url.removeprefix(reader.address), len(answer.body())),
    )
    page.goto(reader.address + path, wait_until="networkidle")
    fonts = {name: size for name, size in fetched.items() if name.endswith(".woff2")}
    assert sorted(name.rsplit("/", 1)[1] for name in fonts) == [
        "atkinson-hyperlegible-next-latin.woff2",
        "familjen-grotesk-latin.woff2",
    ]
    assert sum(fonts.values()) < 80_000
    assert all(name.startswith("/") for name in fetched), "nothing comes from a third party"


def test_without_scripts_the_language_can_be_changed(reader: Reader) -> None:
    page = reader.open("/style/phone/", java_script_enabled=False)
    page.locator(".language-menu summary").click()
    page.locator(".language-choices button[value=ar]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert page.url.endswith("/style/phone/")


def test_the_choice_of_light_or_dark_stays(reader: Reader) -> None:
    page = reader.open("/style/", width=1280)
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.locator("[data-theme-switch]").click()
    dark = page.evaluate(ground)
    page.goto(page.url)
    assert light != dark == page.evaluate(ground)


def test_leaving_quickly_shows_the_neutral_page(reader: Reader) -> None:
    page = reader.open("/style/phone/")
    page.evaluate(
        """() => new Promise((done) => { const way = document.createElement('a'); way.href = '/calendar/';
        way.dataset.exit = ''; way.textContent = 'x'; document.body.append(way);
        const script = document.createElement('script'); script.type = 'module'; script.onload = () => done();
        script.src = '/static/web/js/exit.js'; document.head.append(script); })"""
    )
    page.locator("[data-exit]").click()
    page.wait_for_url("**/calendar/")
    assert page.evaluate("history.length") == 2  # about:blank and the neutral page: there is no way back
    page.go_back()
    assert "/style/" not in page.url


def test_a_drawing_is_kept_as_a_short_path_and_can_be_undone(reader: Reader) -> None:
    page = reader.open("/style/", width=1280)
    sheet = page.locator(".drawing-sheet")
    sheet.scroll_into_view_if_needed()
    field = page.locator("[data-drawing-path]")
    before = field.input_value()
    box = sheet.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(box["x"] + 40 + 3 * step, box["y"] + 40)
    page.mouse.up()
    drawn = field.input_value()
    assert drawn.startswith(before)
    assert drawn.removeprefix(before).count("L") == 1, "a straight line is two points"
    page.locator("[data-drawing-undo]").click()
    assert field.input_value() == before
    page.locator("[data-drawing-clear]").click()
    assert field.input_value() == ""
    assert page.locator("[data-drawing-clear]").is_disabled()
