"""The day as it goes: programme and map for every phone, the hall's wall, the run sheet in the hand, codes at the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from brobygget.circles.commands import table_rounds
from brobygget.circles.models import Membership, TableGuest
from brobygget.openhouse.commands import booking, events, language_hosts, programme, tasks
from brobygget.openhouse.commands.language_hosts import HostFacts
from brobygget.openhouse.commands.programme import SlotFacts
from brobygget.openhouse.models import Booking, Gathering, Invitation, OpenHouse, Slot, Task
from brobygget.openhouse.queries import booking_doors as doors
from brobygget.openhouse.queries import hall
from brobygget.people.models import Account
from brobygget.web import clock as real_clock
from tests.circles.cafe import PEOPLE
from tests.conftest import NOW, TODAY
from tests.openhouse.at_the_tables import Press, full, text
from tests.openhouse.conftest import DAY, swedish, three_hundred_more
from tests.openhouse.in_the_programme import at, slot

SetTo = Callable[[datetime], None]


@pytest.fixture
def public(the_day: OpenHouse) -> OpenHouse:
    return events.publish(the_day, is_public=True, on=TODAY, at=NOW)


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> SetTo:
    """The real clock shows this from now on."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(real_clock, "read", lambda: moment)

    return set_to


@pytest.fixture
def desk(elsa: Account, client_of_account: Callable[[Account], Client]) -> Client:
    client = client_of_account(elsa)
    client.cookies["language"] = "en"
    return client


def _english(client: Client | None = None) -> Client:
    client = client or Client()
    client.cookies["language"] = "en"
    return client


def _told(client: Client, name: str, openhouse: OpenHouse) -> str:
    answer = client.get(at(name, openhouse))
    assert answer.status_code == 200
    return text(answer).replace("\u2068", "").replace("\u2069", "")


def _moved(one: Slot, starts: time, **more: Any) -> None:
    ends = (datetime.combine(DAY, starts) + timedelta(minutes=30)).time()
    facts = {"kind": "try", "title": one.title, "place": one.place, "capacity": 12, **more}
    programme.change_slot(one, facts=SlotFacts(starts=starts, ends=ends, **facts))


# -- the programme -------------------------------------------------------------------------------------------------
def test_the_programme_follows_the_clock(public: OpenHouse, clock_at: SetTo) -> None:
    slot(public, "Stickning", time(11), time(11, 30))
    slot(public, "Trumma", time(11, 45), time(12, 30))
    slot(public, "Schack", time(13), time(13, 30))
    off = slot(public, "Dans", time(12), time(12, 30))
    programme.call_off_slot(off, is_off=True, at=NOW)
    clock_at(swedish(DAY, 12, 5))
    told = _told(_english(), "day_programme", public)
    order = ["On now", "Trumma", "Later", "Schack", "Called off", "Dans", "Has been", "Stickning"]
    places = [told.index(word) for word in order]
    assert places == sorted(places)


def test_a_hidden_association_and_one_that_does_not_come_are_not_in_it(
    public: OpenHouse, bengts: Invitation, invited: Callable[..., Invitation]
) -> None:
    [extra] = three_hundred_more(public, given_at=NOW)[:1]
    slot(public, "Vävning", invitation=extra)
    slot(public, "Slöjd", invitation=bengts)  # has no place
    told = _told(_english(), "day_programme", public)
    assert "Vävning" in told
    assert "Slöjd" not in told
    extra.association.hidden_on = TODAY
    extra.association.save()
    assert "Vävning" not in _told(_english(), "day_programme", public)
    assert "Vävning" not in _told(_english(), "hall_wall", public)


def test_the_programme_shows_the_same_slots_and_seats_as_the_page_of_the_day(
    public: OpenHouse, clock_at: SetTo
) -> None:
    made = slot(public, "Trumma", time(12), time(12, 30))
    booking.book_seats(made, seats=3, phone="x", at=NOW)
    booking.book_seats(made, seats=2, phone="", at=NOW)
    for name in ("day_programme", "open_house"):
        assert "7 seats left" in _told(_english(), name, public)


def _queries(address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(address).status_code == 200
    return len(asked)


def test_the_programme_asks_four_questions_however_long_it_is(public: OpenHouse) -> None:
    for number in range(3):
        slot(public, f"Prova {number}")
    few = _queries(at("day_programme", public))
    wall = _queries(at("hall_wall", public))
    for number in range(260):
        slot(public, f"Mer {number}")
    assert (few, _queries(at("day_programme", public))) == (4, 4)
    assert _queries(at("hall_wall", public)) == wall


def test_every_phone_may_keep_programme_and_map_and_gets_a_strangers_page(
    public: OpenHouse,
    marit: Account,
    amina: Membership,
    client_of_account: Callable[[Account], Client],
    client_of: Callable[[Membership], Client],
) -> None:
    """Who leads or takes part gets no name, no role and no message of theirs into a page that a shared phone keeps."""
    leader = _english(client_of_account(marit))
    said = Message(constants.SUCCESS, "Till Marit: sparat")
    request = RequestFactory().get("/")
    leader.cookies["messages"] = CookieStorage(request)._encode([said])
    member = _english(client_of(amina))
    for name in ("day_programme", "day_map"):
        pages = [client.get(at(name, public)) for client in (_english(), leader, member)]
        assert [page.headers.get("X-Keep-On-Phone") for page in pages] == ["1"] * 3
        assert len({_without_token(page.content.decode()) for page in pages}) == 1
    assert "Till Marit" in text(leader.get(at("open_house", public)))  # the message waited
    for name in ("open_house", "own_seats"):
        for client in (leader, member, _english()):
            assert "X-Keep-On-Phone" not in client.get(at(name, public)).headers


def _without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_the_map_shows_nothing_before_the_plan_is_told(public: OpenHouse) -> None:
    assert "The map is not ready yet" in _told(_english(), "day_map", public)


def test_what_is_not_published_has_no_programme_no_map_and_no_wall(the_day: OpenHouse) -> None:
    for name in ("day_programme", "day_map", "hall_wall", "hall_wall_live"):
        assert Client().get(at(name, the_day)).status_code == 404


# -- the wall ------------------------------------------------------------------------------------------------------
def test_the_wall_tells_what_begins_in_ten_minutes_and_where(public: OpenHouse, clock_at: SetTo) -> None:
    slot(public, "Trumma", time(12), time(12, 30), place="Bord 3")
    slot(public, "Schack", time(13), time(13, 30), place="Bord 4")
    slot(public, "Kör", time(11, 30), time(12, 15), kind="stage", place="Scenen")
    shown = {}
    for minute in (49, 50):
        clock_at(swedish(DAY, 11, minute))
        shown[minute] = _told(_english(), "hall_wall", public)
    assert "Härnäst" in shown[49]
    assert "Börjar om tio minuter" not in shown[49]
    assert re.search(r"Börjar om tio minuter.*12\.00–12\.30 Trumma Bord 3.*Pågår nu.*Kör Scenen", shown[50])
    assert "Schack" not in shown[50]
    clock_at(swedish(DAY, 12))
    assert re.search(r"Pågår nu.*Trumma", _told(_english(), "hall_wall", public))
    clock_at(swedish(DAY, 16))
    assert "Tack för att ni kom" in _told(_english(), "hall_wall", public)


def test_its_headings_are_in_four_languages_of_the_day(public: OpenHouse, clock_at: SetTo) -> None:
    OpenHouse.objects.filter(pk=public.pk).update(languages=",sv,ar,en,ti,uk,")
    slot(public, "Trumma", time(12), time(12, 30))
    clock_at(swedish(DAY, 11, 55))
    page = Client().get(at("hall_wall", public)).content.decode()
    heading = re.search(r'<h2 class="hall-said">(.*?)</h2>', page)
    assert heading is not None
    assert re.findall(r'<span lang="([a-z]+)" dir="([a-z]+)">', heading[1])[:3] == [
        ("sv", "ltr"),
        ("ar", "rtl"),
        ("en", "ltr"),
    ]
    assert "Begins in ten minutes" in heading[1]
    assert "uk" not in re.findall(r'lang="([a-z]+)"', heading[1])  # four are enough


def test_it_tells_the_languages_of_those_who_host_now_and_never_who(
    public: OpenHouse, clock_at: SetTo
) -> None:
    for alias, languages, half_hours in (("Aliasol", ("ar", "sv"), [660]), ("Tiaalias", ("ti",), [660, 690])):
        made = language_hosts.add_host(public, facts=HostFacts(languages=languages, alias=alias))
        made.shifts.bulk_create(
            made.shifts.model(host=made, starts=time(minutes // 60, minutes % 60)) for minutes in half_hours
        )
    shown = {}
    for minute in (0, 29, 30):
        clock_at(swedish(DAY, 11, minute))
        shown[minute] = _told(_english(), "hall_wall", public)
        assert "alias" not in shown[minute].casefold()
    assert "العربية Svenska ትግርኛ" in shown[0]
    assert "العربية Svenska ትግርኛ" in shown[29]
    assert "ትግርኛ" in shown[30]
    assert "العربية" not in shown[30]
    clock_at(swedish(date(2027, 4, 23), 11))
    assert "ትግርኛ" not in _told(_english(), "hall_wall", public)


def test_what_is_called_off_or_moved_is_told_while_somebody_may_come_for_it(
    public: OpenHouse, clock_at: SetTo
) -> None:
    off = slot(public, "Dans", time(12), time(12, 30))
    moved = slot(public, "Trumma", time(12), time(12, 30), place="Bord 3")
    roomed = slot(public, "Schack", time(12), time(12, 30), place="Bord 4")
    quiet = slot(public, "Vävning", time(12), time(12, 30))  # nobody has a seat
    for one in (moved, roomed):
        booking.book_seats(one, seats=1, phone="", at=NOW)
    programme.call_off_slot(off, is_off=True, at=NOW)
    _moved(moved, time(13, 30))
    _moved(roomed, time(12), place="Bord 9")
    _moved(quiet, time(14))
    clock_at(swedish(DAY, 11, 30))
    slots = hall.slots_for_everybody(public, on=DAY)
    found = {one.slot.title: one for one in hall.changed_in(public, slots, at=swedish(DAY, 11, 30))}
    assert {title: (one.is_off, one.is_moved_in_time) for title, one in found.items()} == {
        "Dans": (True, False),
        "Trumma": (False, True),
        "Schack": (False, False),
    }
    told = _told(_english(), "hall_wall", public)
    assert "Dans Inställd" in told
    assert "Trumma 13.30–14.00 12.00" in told
    assert "Schack 12.00–12.30 Bord 9" in told
    for hour, told_still in ((9, False), (13, True), (14, False)):
        clock_at(swedish(DAY, hour, 15))
        assert ("Trumma 13.30" in _told(_english(), "hall_wall", public)) is told_still
    clock_at(swedish(DAY, 12, 31))
    assert "Dans" not in _told(_english(), "hall_wall", public)


def test_it_shows_the_round_at_the_tables_and_nobody_who_sits_there(
    public: OpenHouse, cafe: Gathering, clock_at: SetTo
) -> None:
    clock_at(swedish(DAY, 13, 5))
    plan = full(cafe)
    table_rounds.begin_next_round(plan, after=0, at=swedish(DAY, 13, 5))
    told = _told(_english(), "hall_wall", public)
    assert "Språkkafé Runda 1 av 3" in told
    aliases = [guest.alias for guest in PEOPLE[:12]]
    assert not [name for name in aliases if re.search(rf"\b{re.escape(name)}\b", told)]
    assert TableGuest.objects.filter(plan=plan).count() == 12


def test_it_sets_no_cookie_and_says_nothing_new_until_something_is(
    public: OpenHouse, clock_at: SetTo
) -> None:
    one = slot(public, "Trumma", time(12), time(12, 30))
    clock_at(swedish(DAY, 11, 55))
    wall = Client()
    first = wall.get(at("hall_wall_live", public))
    assert first.status_code == 200
    tag = first.headers["ETag"]
    assert wall.get(at("hall_wall_live", public), headers={"if-none-match": tag}).status_code == 304
    programme.call_off_slot(one, is_off=True, at=NOW)
    second = wall.get(at("hall_wall_live", public), headers={"if-none-match": tag})
    assert second.status_code == 200
    assert "Inställd" in second.content.decode()
    wall.get(at("hall_wall", public))
    assert wall.cookies == {}


def test_what_does_not_fit_on_the_wall_takes_turns(public: OpenHouse, clock_at: SetTo) -> None:
    names = [f"Sak {number}" for number in range(6)]
    for name in names:
        slot(public, name, time(12), time(12, 30))
    seen = []
    for second in (0, 12):
        clock_at(swedish(DAY, 11, 55) + timedelta(seconds=second))
        told = _told(_english(), "hall_wall", public)
        seen.append({name for name in names if re.search(rf"\b{name}\b", told)})
    assert (len(seen[0]), len(seen[1])) == (3, 3)
    assert seen[0] | seen[1] == set(names)


# -- the run sheet in the hand -------------------------------------------------------------------------------------
def test_now_and_next_follow_the_clock_and_what_is_done(
    press: Press, public: OpenHouse, leader: Client, clock_at: SetTo
) -> None:
    _english(leader)
    Task.objects.filter(openhouse=public, due_on=DAY).delete()
    for title, clock in (("Vatten", time(10)), ("Ljud", time(12)), ("Fika", time(13)), ("Lotteri", time(15))):
        tasks.add_task(public, title=title, due=DAY, clock=clock, on=TODAY)
    clock_at(swedish(DAY, 12, 5))
    told = _told(leader, "run_now", public)
    places = [told.index(word) for word in ("Now ", "Vatten", "Ljud", "Next", "Fika", "Later", "Lotteri")]
    assert places == sorted(places)
    water = Task.objects.get(title="Vatten")
    answer = press(leader, at("run_now_done", public, water.pk), answer="yes")
    assert answer.headers["Location"] == at("run_now", public)
    water.refresh_from_db()
    assert water.done_on == DAY
    told = _told(leader, "run_now", public)
    assert told.index("Ljud") < told.index("Next") < told.index("Done (1) ")
    press(leader, at("run_now_done", public, water.pk), answer="no")
    water.refresh_from_db()
    assert water.done_on is None


def test_there_is_a_way_to_the_wall_when_there_is_a_wall(the_day: OpenHouse, leader: Client) -> None:
    wall = f'href="{at("hall_wall", the_day)}"'
    assert wall not in leader.get(at("run_now", the_day)).content.decode()
    public = events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    assert wall in leader.get(at("run_now", public)).content.decode()
    events.call_off(public, on=TODAY, at=NOW)
    assert wall not in leader.get(at("run_now", public)).content.decode()


def test_the_hand_hears_what_the_hall_has_to_hear(
    public: OpenHouse, leader: Client, marit: Account, client_of_account: Any, clock_at: SetTo
) -> None:
    one = slot(public, "Trumma", time(12), time(12, 30), place="Bord 3")
    booking.book_seats(one, seats=2, phone="", at=NOW)
    clock_at(swedish(DAY, 11, 55))
    before = leader.get(at("run_now_live", public))
    assert "Trumma" in text(before)
    _moved(one, time(12), place="Bord 8")
    known = {"if-none-match": before.headers["ETag"]}
    after = leader.get(at("run_now_live", public), headers=known)
    assert after.status_code == 200
    known = {"if-none-match": after.headers["ETag"]}
    assert leader.get(at("run_now_live", public), headers=known).status_code == 304
    coordinator = _english(client_of_account(marit))
    told = _told(coordinator, "run_now", public)
    assert "1 slip at the desk is for something that was moved or called off. Call the codes" in told
    # Who does not work at the desk is not shown the way there.
    assert "Call the codes" not in _told(_english(leader), "run_now", public)


# -- seats on paper ------------------------------------------------------------------------------------------------
def test_codes_on_paper_are_called_at_the_desk_until_they_have_been_heard(
    press: Press, public: OpenHouse, desk: Client
) -> None:
    off, moved = slot(public, "Dans"), slot(public, "Trumma")
    papers = [booking.book_seats(one, seats=1, phone="", at=NOW) for one in (off, moved)]
    booking.book_seats(moved, seats=1, phone="a phone", at=NOW)  # whose phone says so itself
    assert "Call these codes" not in _told(desk, "bookings", public)
    programme.call_off_slot(off, is_off=True, at=NOW)
    _moved(moved, time(13))
    told = _told(desk, "bookings", public)
    codes = [doors.code_of(one) for one in papers]
    assert re.search(rf"Call these codes.*{codes[0]} Dans Called off.*{codes[1]} Trumma 13:00–13:30", told)
    assert told.count("They have heard it") == 2
    for _twice in range(2):
        assert press(desk, at("seat_told", public, papers[0].pk)).status_code == 302
    told = _told(desk, "bookings", public)
    assert codes[0] not in told
    assert codes[1] in told
    press(desk, at("seat_told", public, papers[1].pk))
    assert "Call these codes" not in _told(desk, "bookings", public)
    assert Booking.objects.count() == 3  # to hear of it gives no seat away
    _moved(moved, time(14))
    assert codes[1] in _told(desk, "bookings", public)  # and moved again it is called again
