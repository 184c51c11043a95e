"""Looking at a page as axe does, in light and dark, and on a narrow screen."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

LANGUAGES = ("sv", "en", "ar")
AXE = (Path(__file__).resolve().parent / "vendor/axe-core/axe.min.js").read_text(encoding="utf-8")
# What is inside a picture that nobody is told of has hundreds of strokes, and no words.
LOOK = """chosen => axe.run(
  {include: [document], exclude: [['svg[aria-hidden="true"]']]},
  {...chosen, resultTypes: ['violations'], preload: false},
)"""
# A long word may be broken, and never crosses the edge of its picture.
OUTSIDE = """[...document.querySelectorAll('.tile > span:not(.tile-tick)')].filter(
  words => words.getBoundingClientRect().width > words.parentElement.clientWidth - 4
).map(words => words.textContent)"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def faults_of(page: Page, language: str) -> list[str]:
    """What is wrong with the page in one language: by axe in light and dark, and sideways at 320 px."""
    faults = []
    # What differs in the dark is colours, and colours are the same in every language.
    for scheme in ("light", "dark") if language == LANGUAGES[0] else ("light",):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        colours = {"type": "rule", "values": ["color-contrast"]}
        chosen = {"runOnly": RULES if scheme == "light" else colours}
        found = page.evaluate(LOOK, chosen)
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
        faults += [
            f"{urlsplit(page.url).path} {language}: {words} crosses its edge"
            for words in page.evaluate(OUTSIDE)
        ]
        page.set_viewport_size({"width": 1280, "height": 900})
    return faults
