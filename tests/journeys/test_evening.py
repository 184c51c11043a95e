"""The evening of the diary: one leader, one wall and eight phones, live; then again without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import OpenTown
from tests.steps_in_a_browser import go_to, press

pytestmark = [pytest.mark.browser]
LIVE = 30_000  # ms; a screen asks every two seconds, on a machine that may do much else


class Evening:
    """Everybody's screens in one room."""

    def __init__(self, browser: Browser, town: OpenTown, *, scripts: bool) -> None:
        self.browser, self.town, self.scripts = browser, town, scripts
        self.contexts: list[BrowserContext] = []
        self.phones: dict[str, Page] = {}
        self.faults: list[str] = []

    def screen(self, *, width: int, height: int, language: str = "sv") -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            java_script_enabled=self.scripts,
            reduced_motion="reduce",
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("response", lambda answer: answer.status >= 500 and self.faults.append(answer.url))
        return page

    def come_in(self, page: Page, address: str) -> Page:
        go_to(page, address)
        press(page, page.locator("main form button"))
        return page

    def sees(self, page: Page, text: str, *, address: str = "") -> None:
        """The screen shows it: by itself with scripts, on the next showing without."""
        if not self.scripts:
            go_to(page, address or page.url)
        expect(page.locator("body")).to_contain_text(text, timeout=LIVE)

    def follow(self, page: Page, words: str) -> None:
        """The one large button is a link, which says this."""
        link = page.locator("#primary")
        expect(link).to_contain_text(words, timeout=LIVE)
        link.click()
        page.wait_for_url(lambda address: address.endswith("/round/"))

    def thumb(self, page: Page, words: str) -> None:
        """Press the one large button, which says this."""
        button = page.locator("#primary")
        expect(button).to_contain_text(words, timeout=LIVE)
        press(page, button)


@pytest.fixture
def evening(
    chromium: Browser, open_town: Callable[[str], OpenTown], request: pytest.FixtureRequest
) -> Iterator[Evening]:
    made = Evening(chromium, open_town("C"), scripts=request.param)
    yield made
    for context in made.contexts:
        context.close()


@pytest.mark.parametrize(
    "evening",
    [pytest.param(True, id="live"), pytest.param(False, id="without_scripts", marks=pytest.mark.slow)],
    indirect=True,
)
def test_the_evening_from_the_presentation_round_to_the_next_meeting(
    evening: Evening, artefacts: Path
) -> None:
    town, kind = evening.town, "live" if evening.scripts else "plain"
    now = f"{town.address}/now/"

    # Everybody comes in: the leader by his own door, the phones by link, the wall by its address.
    leader = evening.come_in(evening.screen(width=390, height=844), town.account("Jonas"))
    wall = evening.screen(width=1920, height=1080)
    go_to(wall, town.doors["wall"])
    for row in town.doors["participants"]:
        phone = evening.screen(width=390, height=844, language=row["language"])
        evening.phones[row["alias"]] = evening.come_in(phone, row["address"])
        go_to(phone, now)
    hassan, samira, selam = (evening.phones[alias] for alias in ("Hassan", "Samira", "Selam"))
    assert hassan.locator("html").get_attribute("dir") == "rtl"
    assert {phone.locator("html").get_attribute("lang") for phone in evening.phones.values()} >= {
        "sv",
        "ar",
        "fa",
        "so",
    }

    # Welcome, then the round: its order is drawn, the leader is first.
    go_to(leader, f"{town.address}/meetings/1/")
    evening.thumb(leader, "Börja träffen")
    evening.sees(wall, "Välkommen")
    evening.thumb(leader, "Presentationsrunda")
    evening.follow(leader, "Välj frågan")
    evening.thumb(leader, "Börja rundan")
    evening.sees(wall, "En maträtt du kan laga utan att tänka")
    evening.sees(evening.phones["Jonas"], "Det är din tur", address=now)
    wall.screenshot(path=artefacts / f"evening-{kind}-wall-round.png")

    # A phone dies and comes back on another one with four words.
    evening.phones["Oksana"].context.close()
    evening.contexts.remove(evening.phones["Oksana"].context)
    oksana = evening.phones["Oksana"] = evening.screen(width=390, height=844, language="uk")
    go_to(oksana, town.doors["ticket_door"])
    oksana.locator("input[name=words]").fill(town.phone("Oksana")["words"])
    press(oksana, oksana.locator("main form button"))
    go_to(oksana, now)
    expect(oksana.locator("html")).to_have_attribute("lang", "uk")

    # Selam passes from her own phone, before her turn, without a reason.
    if not evening.scripts:
        go_to(selam, now)
    expect(selam.locator("#primary")).to_be_visible(timeout=LIVE)
    press(selam, selam.locator("#primary"))
    evening.sees(leader, "står över", address=f"{town.address}/meetings/1/")

    spoken = ["Jonas"]
    for _ in range(7):
        if not evening.scripts:
            go_to(leader, leader.url)
        button = leader.locator("#primary").inner_text()
        if ":" not in button:
            break
        name = button.split(":", 1)[1].strip()
        press(leader, leader.locator("#primary"))
        expect(leader.locator("h1").first).to_contain_text(name, timeout=LIVE)
        evening.sees(wall, name)
        spoken.append(name)
        if name == "Hassan":
            evening.sees(hassan, "دورك", address=now)
            hassan.screenshot(path=artefacts / f"evening-{kind}-hassan-speaks.png")
    assert sorted(spoken) == ["Elin", "Hassan", "Jonas", "Marit", "Oksana", "Samira", "Yusuf"]
    leader.screenshot(path=artefacts / f"evening-{kind}-leader-round.png")

    # What is said is not stored; Samira writes a line in her own card, and only she can read it.
    go_to(samira, f"{town.address}/now/card/")
    samira.locator("textarea").fill("قابلی پلو")
    press(samira, samira.locator("main form button").first)
    go_to(samira, f"{town.address}/now/card/")
    expect(samira.locator("textarea")).to_have_value("قابلی پلو")

    # Customs and ideas: on to each, with the leader's thumb.
    evening.thumb(leader, "Det var den sista")
    for step in ("Så gör vi", "Idéer"):
        evening.thumb(leader, step)
        evening.sees(wall, step)
    for alias, words in (("Samira", "یک روز که همه انجمن‌ها بیایند"), ("Hassan", "فطور مع أصحاب العمل")):
        phone = evening.phones[alias]
        go_to(phone, f"{town.address}/circles/1/ideas/new/")
        phone.locator("textarea[name=text]").fill(words)
        press(phone, phone.locator("button[form=give]"))
    marit = evening.phones["Marit"]
    go_to(marit, f"{town.address}/circles/1/ideas/new/")
    marit.locator("textarea[name=text]").fill("Öppet hus för hela stan")
    press(marit, marit.locator("button[form=give]"))
    evening.sees(wall, "فطور مع أصحاب العمل")
    expect(wall.locator("body")).not_to_contain_text("Öppet hus för hela stan")
    wall.screenshot(path=artefacts / f"evening-{kind}-wall-ideas.png")
    go_to(hassan, f"{town.address}/circles/1/ideas/")
    hassan.screenshot(path=artefacts / f"evening-{kind}-hassan-ideas.png", full_page=True)

    # HTML in an idea is words; ten thousand characters are said and kept.
    yusuf = evening.phones["Yusuf"]
    for words, kept in (("<script>alert(1)</script><b>fest</b>", True), ("a" * 10_000, False)):
        go_to(yusuf, f"{town.address}/circles/1/ideas/new/")
        yusuf.locator("textarea[name=text]").fill(words)
        press(yusuf, yusuf.locator("button[form=give]"))
        if not kept:
            expect(yusuf.locator("textarea[name=text]")).to_have_value(words, timeout=LIVE)
    evening.sees(wall, "<b>fest</b>")

    # Homework, a tap of trust, the next meeting; then the evening can be closed, and not before.
    go_to(leader, f"{town.address}/meetings/1/homework/")
    leader.locator("textarea[name=text], input[name=text]").first.fill(
        "Fråga en person vad en förening har gett dem."
    )
    press(leader, leader.get_by_role("button", name="Ge frågan").first)
    for phone in evening.phones.values():
        go_to(phone, f"{town.address}/meetings/1/pulse/")
        press(phone, phone.locator("form.taps button").nth(3))
    go_to(leader, f"{town.address}/meetings/1/next/")
    expect(leader.locator("button.button-yes")).to_have_count(0)
    _decide(leader)
    expect(leader.locator("body")).to_contain_text("29 januari")
    press(leader, leader.locator("main form button.button-yes"))
    evening.sees(wall, "29 januari")
    wall.screenshot(path=artefacts / f"evening-{kind}-wall-next.png")
    go_to(hassan, now)
    evening.sees(hassan, "29", address=now)

    # "What time?" is answered without signing in.
    go_to(leader, f"{town.address}/meetings/1/next/")
    link = leader.locator('a[href*="/time/"]').last.get_attribute("href")
    stranger = evening.screen(width=390, height=844)
    go_to(stranger, town.address + str(link).removesuffix("calendar.ics"))
    expect(stranger.locator("body")).to_contain_text("13.00")
    stranger.screenshot(path=artefacts / f"evening-{kind}-what-time.png", full_page=True)
    assert evening.faults == []


def _decide(leader: Page) -> None:
    """Friday 29 January at one o'clock."""
    form = leader.locator('form[action$="/next/decide/"]').last
    if not form.is_visible():
        leader.locator("summary", has_text="Bestäm tiden").click()
    form.locator("input[name=day]").fill("2027-01-29")
    form.locator("input[name=clock]").fill("13:00")
    form.locator("input[name=place]").fill("Brohuset, rum 2")
    press(leader, form.locator("button").last)
