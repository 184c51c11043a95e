"""A language café: two dozen people, five rounds, two come late and one goes; phone, wall and paper agree."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import OpenTown
from tests.journeys.test_evening import LIVE, Evening

pytestmark = [pytest.mark.browser]
MEMBERS = ["Elin", "Hassan", "Jonas", "Marit", "Oksana", "Samira", "Selam", "Yusuf"]
# The eight of the circle can talk Swedish a little; sixteen more are here for the evening.
LINES = """Amal, arabiska svenska, 1
Anders
Birger, engelska svenska
Dawit: tigrinja, svenska
Farah, dari svenska
Gun
Ingrid
Iryna, ukrainska svenska, 0
Karl
Layla, arabiska svenska
Maj, svenska, alltid
Nils
Rahel, tigrinja svenska
Sahra, somaliska svenska, 2 år
Tore
Zahra, dari svenska"""
GUESTS = [line.split(",")[0].split(":")[0] for line in LINES.splitlines()]
PLACES = ("vid fönstret", "vid kaminen", "vid dörren", "i hörnet", "i köket")
Seats = dict[int, list[str]]  # table -> names


@pytest.fixture
def evening(chromium: Browser, open_town: Callable[[str], OpenTown]) -> Iterator[Evening]:
    made = Evening(chromium, open_town("C"), scripts=True)
    yield made
    for context in made.contexts:
        context.close()


def on_the_wall(wall: Page, number: int, *, of: int = 5) -> Seats:
    expect(wall.locator("h1")).to_contain_text(f"Runda {number} av {of}", timeout=LIVE)
    return {
        int(table.locator(".wall-table-number").inner_text()): table.locator("li").all_inner_texts()
        for table in wall.locator(".wall-table").all()
    }


def on_paper(leader: Page, tables: str) -> dict[int, Seats]:
    """What the cards say, read back from the file: round, table, names."""
    answer = leader.context.request.get(f"{tables}cards/")
    assert answer.ok
    found: dict[int, Seats] = {}
    for place, page in enumerate(PdfReader(io.BytesIO(answer.body())).pages, start=1):
        lines = " ".join(page.extract_text().split()).split("Runda ")[1:]
        for line in lines:
            number, _blank, names = line.partition(" ")
            found.setdefault(int(number), {})[place] = names.strip().split(" · ")
    return found


def _pairs(seats: Seats) -> set[frozenset[str]]:
    return {frozenset(pair) for names in seats.values() for pair in combinations(names, 2)}


def everybody(seats: Seats) -> list[str]:
    return sorted(name for names in seats.values() for name in names)


def test_phone_wall_and_paper_agree_while_people_come_and_go(evening: Evening, artefacts: Path) -> None:
    town = evening.town
    tables = f"{town.address}/meetings/1/tables/"
    leader = evening.come_in(evening.screen(width=390, height=844), town.account("Jonas"))
    wall = evening.screen(width=1920, height=1080)
    wall.goto(town.doors["wall"])
    for alias in ("Samira", "Hassan"):
        row = town.phone(alias)
        evening.phones[alias] = evening.come_in(
            evening.screen(width=390, height=844, language=row["language"]), row["address"]
        )
        # Each says on their own phone that they can talk some Swedish too.
        evening.phones[alias].goto(f"{town.address}/now/languages/")
        evening.phones[alias].locator("input[value=sv]").check()
        evening.phones[alias].locator("#primary").click()
        evening.phones[alias].wait_for_load_state()

    # Three choices, and the plan is there.
    leader.goto(f"{town.address}/meetings/1/")
    evening.thumb(leader, "Börja träffen")
    leader.goto(tables)
    leader.locator("textarea[name=lines]").fill(LINES)
    leader.locator("input[name=tables]").fill("5")
    leader.locator("input[name=rounds]").fill("5")
    leader.locator("#primary").click()
    expect(leader.locator("body")).to_contain_text("24 personer är här.")
    for alias in ("Yusuf", "Selam", "Oksana"):
        leader.goto(f"{tables}people/")
        leader.locator(".person-line", has_text=alias).get_by_role("link").click()
        leader.locator("input[value=sv]").check()
        leader.locator("main form button").first.click()
        leader.wait_for_load_state()

    # Two are not to sit together, and where the tables stand.
    leader.goto(f"{tables}wishes/")
    leader.locator("select[name=one]").select_option(label="Amal")
    leader.locator("select[name=other]").select_option(label="Layla")
    leader.get_by_role("button", name="Önska detta").click()
    expect(leader.locator("#wishes")).to_contain_text("Amal")
    for number, place in enumerate(PLACES, start=1):
        leader.goto(f"{tables}places/")
        leader.locator(f"#place-{number}").fill(place)
        leader.locator(f"form:has(#place-{number}) button").click()
        leader.wait_for_load_state()
    leader.goto(tables)
    expect(leader.locator(".tables-sum")).to_contain_text("nya bekantskaper av")
    leader.screenshot(path=artefacts / "tables-plan.png", full_page=True)

    held: dict[int, Seats] = {}
    here = sorted([*MEMBERS, *GUESTS])

    def sit(number: int) -> None:
        """The round begins; every screen and the paper say the same."""
        leader.goto(tables)
        evening.thumb(leader, f"Börja runda {number}")
        seats = on_the_wall(wall, number)
        assert everybody(seats) == here
        assert max(map(len, seats.values())) - min(map(len, seats.values())) <= 1
        assert frozenset(("Amal", "Layla")) not in _pairs(seats)
        held[number] = seats
        paper = on_paper(leader, tables)
        assert {n: in_order(paper[n]) for n in held} == {n: in_order(found) for n, found in held.items()}
        for alias, phone in evening.phones.items():
            mine = next(table for table, names in seats.items() if alias in names)
            expect(phone.locator("h1")).to_contain_text(str(mine), timeout=LIVE)
            expect(phone.locator(".own-table-now .own-number")).to_have_text(str(mine))
            expect(phone.locator(".own-table-now")).to_contain_text(PLACES[mine - 1])
            if number < 5:
                following = next(table for table, names in paper[number + 1].items() if alias in names)
                expect(phone.locator(".own-next .own-number")).to_have_text(str(following))

    sit(1)
    sit(2)
    evening.phones["Samira"].screenshot(path=artefacts / "tables-samira.png", full_page=True)
    wall.screenshot(path=artefacts / "tables-wall.png")

    # Two come late: a new plan at once, and what was sat stays.
    leader.goto(f"{tables}people/")
    leader.locator("textarea[name=lines]").fill("Mona, arabiska svenska\nOlle")
    leader.get_by_role("button", name="Skriv upp dem").click()
    leader.wait_for_load_state()
    here = sorted([*here, "Mona", "Olle"])
    leader.goto(tables)
    expect(leader.locator("#changed")).to_contain_text("Det som har varit är som det var.")
    sit(3)

    # One goes: planned again.
    leader.goto(f"{tables}people/")
    leader.locator(".person-line", has_text="Gun").get_by_role("button", name="Har gått").click()
    leader.wait_for_load_state()
    here.remove("Gun")
    sit(4)
    sit(5)

    met = [pair for seats in held.values() for pair in _pairs(seats)]
    assert len(set(met)) >= 0.9 * len(met)
    evening.thumb(leader, "Sista rundan är slut")
    # The phones go back to the part of the evening that goes on.
    expect(evening.phones["Hassan"].locator("h1")).to_contain_text("أهلًا وسهلًا", timeout=LIVE)
    assert evening.faults == []


def in_order(seats: Seats) -> dict[int, list[str]]:
    return {table: sorted(names) for table, names in seats.items() if names != [""]}
