"""Every page that there is: accessible in three languages, light and dark, narrow, and from the house alone.

Which pages there are is asked of the program's own addresses, so that a new page cannot be forgotten: it is found by
following links as each persona, or is named in `DIRECTLY`, or the test says that nobody looked at it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve, reverse
from playwright.sync_api import Browser, BrowserContext, Page

from tests.agreements.test_doors import ROWS
from tests.journeys.conftest import OpenTown
from tests.looking_at_a_page import AXE, LANGUAGES, faults_of
from tests.steps_in_a_browser import press

pytestmark = [pytest.mark.browser, pytest.mark.on_sqlite, pytest.mark.xdist_group("every page")]

PERSONAS = ("Hassan", "Jonas", "Marit", "Elin", "Ali", "Petra", "Bengt", "")  # "" is a stranger
GUESTS = "Amal, arabiska svenska\nGun\nNils\nDawit: tigrinja svenska"  # who come to the tables only
# Pages that no link leads to; the browser arrives there by a form, a code, or by mistake.
DIRECTLY = {
    "": [
        "/accounts/login/",
        "/offline/",
        "/calendar/",
        "/me/forgotten/",
        "/style/",
        "/there-is-no-such-page/",
        "/find/interests/?group=g-games",
        "/own/",
        "/open-house/",
        "/open-house/code/",
        "/open-house/1/visit/",  # no link as long as nobody has a place
        "/open-house/1/card/",
    ],
    "Bengt": ["/own/form/", "/own/confirmation/", "/own/preview/", "/own/receipt/"],
    "Hassan": ["/now/", "/now/card/", "/me/", "/welcome/", "/circles/1/ideas/", "/circles/1/fates/"],
    "Marit": [
        "/accounts/again/",
        "/accounts/passkeys/add/",
        "/accounts/logout/",
        "/open-houses/1/reminders/",  # no link as long as nobody has a place
        "/open-houses/1/door/stamps/",  # no link as long as nobody watches the door
    ],
    "Jonas": [
        "/circles/",
        "/programme/items/new/",
        "/circles/1/meetings/new/",
        "/circles/1/seats/2/way-back/",
        "/meetings/5/homework/",
        "/meetings/4/homework/answers/",
        "/meetings/4/next/",
        "/meetings/5/next/",
        "/meetings/5/pulse/",
        "/circles/1/dots/",
        "/circles/1/proposals/1/title/",
        "/circles/1/proposals/1/consent/",
    ],
    "Elin": ["/reception/", "/programme/cards/"],
}
# Numbers, secrets and names of interests: one page of each kind is looked at.
ONE_OF_MANY = re.compile(
    r"\d+|[A-Za-z0-9_-]{20,}|(?<=/interests/)(?!new/)[a-z_-]+|(?<=/calendar/interest/)[a-z_-]+"
)
LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]*)"')
DOOR_OF_TABLES = re.compile(r"http://[^/\"]+/tables/[A-Za-z0-9_-]{20,}/")
NOT_FOLLOWED = ("/demo/", "/static/", "/sheet/")


@dataclass
class Tour:
    """What a walk through the town has found: one address for each kind of page, and who sees it."""

    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    more: dict[str, list[str]] = field(default_factory=dict)  # addresses that the day made, by who goes there


def _enter(context: BrowserContext, town: OpenTown, who: str) -> None:
    if not who:
        return
    page = context.new_page()
    accounts = {row["called"]: row["address"] for row in town.doors["accounts"]}
    accounts["Bengt"] = _associations_own(town)
    page.goto(accounts.get(who) or town.phone(who)["address"])
    press(page, page.locator("main form button"))
    page.close()


def _associations_own(town: OpenTown) -> str:
    return str(town.doors["associations"][0]["address"])


def _strangers_doors(town: OpenTown) -> list[str]:
    vote = town.doors["town_vote"]
    ideas = [f"{vote['vote']}ideas/1/", f"{vote['vote']}answers/"]
    printed = [
        town.doors["join"],
        town.doors["wall"],
        town.phone("Selam")["address"],
        _associations_own(town),
        town.doors["open_house"]["link"],
    ]
    return [*printed, *(vote[name] for name in ("vote", "strip", "result", "result_wall")), *ideas]


def _walk(context: BrowserContext, town: OpenTown, who: str, tour: Tour) -> None:
    """Follow every link as one persona, without drawing anything."""
    doors = [] if who else _strangers_doors(town)
    waiting = [
        f"{town.address}/",
        *doors,
        *tour.more.get(who, []),
        *(f"{town.address}{path}" for path in DIRECTLY.get(who, [])),
    ]
    seen: set[str] = set()
    while waiting:
        address = waiting.pop(0)
        path = urlsplit(address).path
        shape = ONE_OF_MANY.sub("*", path)
        if shape in seen or path.startswith(NOT_FOLLOWED):
            continue
        seen.add(shape)
        answer = context.request.get(address)
        assert answer.status < 500, address
        if "text/html" not in answer.headers.get("content-type", ""):
            tour.names.add(resolve(path).view_name)
            continue
        there = urlsplit(answer.url).path
        if answer.status == 200:
            tour.names |= {resolve(path).view_name, resolve(there).view_name}
        kind = ONE_OF_MANY.sub("*", there)
        tour.pages.setdefault(f"{kind} {who}" if kind in {"/", "/programme/"} else kind, (answer.url, who))
        if path != "/style/":
            links = (urljoin(answer.url, link.replace("&amp;", "&")) for link in LINK.findall(answer.text()))
            waiting += [link for link in links if urlsplit(link).netloc == urlsplit(town.address).netloc]


@pytest.fixture(scope="module")
def town(open_towns: Callable[[str], OpenTown]) -> OpenTown:
    return open_towns("F")


@pytest.fixture(scope="module")
def contexts(chromium: Browser, town: OpenTown) -> Iterator[dict[str, BrowserContext]]:
    made = {}
    for who in PERSONAS:
        # A page's own policy lets in no foreign script; the checker is one.
        made[who] = chromium.new_context(
            viewport={"width": 1280, "height": 900}, bypass_csp=True, locale="sv", service_workers="block"
        )
        made[who].add_init_script(AXE)
        _enter(made[who], town, who)
    yield made
    for context in made.values():
        context.close()


def _open_the_evening(context: BrowserContext, town: OpenTown) -> None:
    """Jonas opens the meeting that comes, so that the evening's own pages are there as well."""
    page = context.new_page()
    page.goto(f"{town.address}/overview/")
    page.locator(".overview-circle .button").click()
    press(page, page.locator("form[action$='/opening/'] button"))
    page.close()


def _lay_the_tables(context: BrowserContext, town: OpenTown, tour: Tour) -> None:
    """Jonas asks for tables at that meeting and opens their door, so that their pages are there too."""
    page = context.new_page()
    page.goto(f"{town.address}/overview/")
    page.locator(".overview-circle .button").click()
    tables = f"{page.url.rstrip('/')}/tables/"
    page.goto(tables)
    page.locator("textarea[name=lines]").fill(GUESTS)
    page.locator("input[name=tables]").fill("3")
    press(page, page.locator("#primary"))
    page.goto(f"{tables}people/")
    press(page, page.locator("form[action$='/tables/door/'] button"))
    tour.more["Jonas"] = [f"{tables}{part}" for part in ("", "aloud/", "people/", "wishes/", "places/")]
    tour.more[""] = [DOOR_OF_TABLES.search(page.content()).group()]  # type: ignore[union-attr]
    page.close()


def _lay_the_days_tables(contexts: dict[str, BrowserContext], town: OpenTown, tour: Tour) -> None:
    """Marit has a language café at the open house, and Hassan sits down there with his own phone."""
    page = contexts["Marit"].new_page()
    page.goto(f"{town.address}/open-houses/1/gatherings/")
    page.locator("input[name=name]").fill("Språkkafé")
    page.locator("input[name=starts]").fill("13:00")
    page.locator("input[name=ends]").fill("14:00")
    press(page, page.locator("#one-more button"))
    home = page.url
    page.goto(f"{home}tables/")
    page.locator("textarea[name=lines]").fill(GUESTS)
    page.locator("input[name=tables]").fill("2")
    press(page, page.locator("#primary"))
    page.goto(f"{home}tables/people/")
    press(page, page.locator("#door button"))
    door = page.locator(".long-address").get_attribute("href") or ""
    page.goto(home)
    wall = page.locator("#wall a").get_attribute("href") or ""
    page.close()
    phone = contexts["Hassan"].new_page()
    phone.goto(door)
    press(phone, phone.locator("#primary"))
    tour.more["Hassan"] = [phone.url]
    phone.close()
    parts = ("", "people/", "wishes/", "places/", "aloud/")
    tour.more["Marit"] = [home, *(f"{home}tables/{part}" for part in parts)]
    tour.more[""] += [door, wall]


@pytest.fixture(scope="module")
def tour(contexts: dict[str, BrowserContext], town: OpenTown) -> Tour:
    made = Tour()
    _open_the_evening(contexts["Jonas"], town)
    _lay_the_tables(contexts["Jonas"], town, made)
    _lay_the_days_tables(contexts, town, made)
    for who in PERSONAS:
        _walk(contexts[who], town, who, made)
    return made


@pytest.mark.slow  # a walk over every page
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_narrow_and_from_the_house_alone(
    language: str, tour: Tour, contexts: dict[str, BrowserContext], town: OpenTown
) -> None:
    faults: list[str] = []
    hosts: set[str] = set()
    pages: dict[str, Page] = {}
    for who, context in contexts.items():
        context.add_cookies([{"name": "language", "value": language, "url": town.address}])
        pages[who] = context.new_page()
        pages[who].on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    assert len(tour.pages) > 50
    for address, who in tour.pages.values():
        pages[who].goto(address)
        faults += faults_of(pages[who], language)
    for page in pages.values():
        page.close()
    assert faults == []
    assert hosts - {""} == {urlsplit(town.address).netloc}


# Answers that are no page of their own: files, fragments, steps on the way, and the first start, which has a journey.
NO_PAGES = {
    "account_login",
    "account_signup",
    "account_confirm_login_code",  # looked at in test_first_start.py
    "circles:meeting_live",
    "circles:now_live",
    "circles:round_beginning",  # while a round waits; looked at in test_evening.py
    "circles:ticket_join",
    "circles:wall_between",
    "circles:wall_live",
    "home:set_up",
    "home:set_up_done",
    "ideas:dots_fragment",
    "ideas:hand_over",  # the ballot on a borrowed phone, while a vote is open
    "ideas:room_fragment",
    "ideas:wall_fragment",
    "mfa_index",
    "mfa_login_webauthn",
    "mfa_remove_webauthn",  # there is no passkey in the town; looked at in test_passkey.py
    "operations:demo_door",
    "operations:health",
    "web:sample",  # looked at in tests/web/test_browser.py
    "web:sheet",
    "web:worker",
    "associations:letters_file",
    "circles:tables_cards",
    "circles:tables_slips",
    "circles:tables_waiting",
    "find:api_organization",
    "find:api_organizations",
    "find:api_service",
    "find:api_services",
    "find:api_terms",
    "find:interest_calendar",
    "find:language_calendar",
    "ideas:vote_result_fragment",
    "ideas:vote_wall_fragment",
    "openhouse:answer",  # behind an association's link; looked at in tests/openhouse/test_in_a_browser.py
    "openhouse:giving_up",
    "openhouse:receipt",
    "openhouse:gathering_wall_live",
    "openhouse:hall_wall_live",
    "openhouse:run_now_live",
    "openhouse:counting",  # behind an address for those who count; looked at in tests/openhouse/test_door_in_a_browser.py
    "openhouse:counting_room",
    "openhouse:counting_room_live",
    "openhouse:door_room",
    "openhouse:faces",
    "openhouse:want",  # on the day; looked at in tests/openhouse/test_hands_in_a_browser.py
    "openhouse:own_hands",
    "openhouse:own_hands_about",
    "openhouse:stand",
    "openhouse:stand_live",
    "openhouse:stand_raising",
    "openhouse:stand_code",
    "openhouse:our_hands",
    "openhouse:our_hand",
    "openhouse:hands_desk",
    "openhouse:hands_slips",
    "openhouse:want_slips",
    "openhouse:at_table",  # nobody has a place yet; looked at in tests/openhouse/test_visit_in_a_browser.py
    "openhouse:paper_cards",
    "openhouse:route",
    "openhouse:stamps_codes_file",
    "openhouse:visit_interests",
    "openhouse:visit_wishes",
    "openhouse:appointments_table",  # no meetings are opened in chapter F; tests/openhouse/test_meetings_in_a_browser.py
    "openhouse:hosting",
    "openhouse:meet",
    "openhouse:meet_code",
    "openhouse:meet_interests",
    "openhouse:meet_wishes",
    "openhouse:own_meetings",
    "openhouse:own_meetings_calendar",
    "openhouse:slip",
    "openhouse:slip_wishes",
    "openhouse:slips",
    "openhouse:slips_paper",
    "openhouse:slot",  # there is no programme yet in chapter F; looked at in tests/openhouse/test_programme_in_a_browser.py
    "openhouse:host",
    "openhouse:own_seats",
    "openhouse:seats",
    "openhouse:seats_code",
    "openhouse:seat_slip",
    "openhouse:circuit",  # there are no halls yet in chapter F; looked at in tests/openhouse/test_floor_in_a_browser.py
    "openhouse:hall",
    "openhouse:table",
    "openhouse:letters_file",
    "openhouse:own_tables_live",
    "openhouse:tables_cards",
    "openhouse:tables_slips",
    "openhouse:tables_waiting",
    "openhouse:confirmations",
    "openhouse:map",
    "openhouse:own_confirmation",
    "openhouse:phrases",
    "openhouse:places_file",
    "openhouse:poster",
    "openhouse:run_sheet_file",
    "openhouse:signs",
    "openhouse:stamp_cards",
}


@pytest.mark.slow  # follows every link as eight people
def test_nobody_forgot_a_page(tour: Tour) -> None:
    wanted = {door.name for door in ROWS if door.method == "GET"}
    assert reverse("home:start") == "/"
    missed = sorted(wanted - tour.names - NO_PAGES)
    assert missed == [], f"nobody comes to {', '.join(missed)}"
