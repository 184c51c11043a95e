"""A language café at the open house: the same pages about tables as at a circle's evening, and nobody need be in one."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brobygget.circles import analysis
from brobygget.circles.commands import table_guests, table_plans, table_rounds
from brobygget.circles.commands.table_guests import NewGuest
from brobygget.circles.models import Circle, Meeting, Membership, TableGuest, TablePlan
from brobygget.circles.queries import tables as table_queries
from brobygget.circles.queries.table_doors import token_of
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.openhouse.commands import events, gatherings
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.commands.gatherings import GatheringFacts
from brobygget.openhouse.models import Gathering, OpenHouse
from brobygget.openhouse.queries import gatherings as queries
from brobygget.openhouse.queries.gatherings import wall_token
from brobygget.operations.commands import tidy
from brobygget.people.models import Account, Participant
from tests.circles.cafe import PEOPLE, begin, guest, hall, seating
from tests.conftest import NOW, TODAY
from tests.openhouse.conftest import DAY, FACTS, swedish

Press = Callable[..., HttpResponse]
pytestmark = pytest.mark.django_db
FORM = {"name": "Språkkafé", "place": "Kaféhörnan", "starts": "13:00", "ends": "14:30"}
CAFE = GatheringFacts(name="Språkkafé", place="Kaféhörnan", starts=time(13), ends=time(14, 30))


@pytest.fixture(autouse=True)
def _little_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    """How well tables mix is asked of the engine."""
    monkeypatch.setattr(analysis, "PIECE", analysis.PIECE / 20)


@pytest.fixture
def cafe(the_day: OpenHouse) -> Gathering:
    return gatherings.add_gathering(the_day, facts=CAFE)


@pytest.fixture
def leader(birgit: Account, client_of_account: Callable[[Account], Client]) -> Client:
    return client_of_account(birgit)


def _full(gathering: Gathering, people: int = 12, *, tables: int = 3, rounds: int = 3) -> TablePlan:
    table_guests.add_guests(gathering.plan, PEOPLE[:people])
    return table_plans.make_plan(gathering.plan, tables=tables, rounds=rounds, seed=7)


def _at(name: str, gathering: Gathering, *more: Any) -> str:
    return reverse(f"openhouse:{name}", args=[gathering.pk, *more])


def _text(response: Any) -> str:
    inner = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", inner).split()))


def _joins(press: Press, gathering: Gathering, alias: str, **more: Any) -> Client:
    """A phone that has never been here comes in by the code."""
    phone = Client()
    address = reverse("openhouse:tables_join", args=[token_of(TablePlan.objects.get(pk=gathering.plan_id))])
    answer = press(phone, address, **{"alias": alias, "language": "ar", "languages": ["ar", "sv"], **more})
    assert (answer.status_code, answer.headers["Location"]) == (302, _at("own_tables", gathering))
    return phone


# -- the day's gatherings ------------------------------------------------------------------------------------------
def test_several_in_one_day_each_with_tables_of_its_own(
    leader: Client, press: Press, the_day: OpenHouse
) -> None:
    address = reverse("openhouse:gatherings", args=[the_day.pk])
    for more in ({}, {"name": "Mingel", "starts": "15:00", "ends": "16:00", "place": ""}):
        answer = press(leader, address, **{**FORM, **more})
        assert answer.status_code == 302
    rows = the_day.gatherings.values_list(
        "name", "place", "starts", "ends", "plan__made_on", "plan__history_of"
    )
    assert list(rows) == [
        ("Språkkafé", "Kaféhörnan", time(13), time(14, 30), DAY, the_day.circle_id),
        ("Mingel", "", time(15), time(16), DAY, the_day.circle_id),
    ]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Write something first."),
        ({"name": "19850101-1236"}, "That looks like an identity number."),
        ({"starts": "25:00"}, "Enter a valid time."),
        ({"ends": "12:00"}, "It ends before it begins. Look at the times again."),
        ({"starts": "09:00"}, "The doors are open from 11:00 to 16:00. Choose a time between."),
        ({"ends": "17:00"}, "The doors are open from 11:00 to 16:00. Choose a time between."),
    ],
)
def test_bad_input_is_one_clear_sentence_and_nothing_is_lost(
    leader: Client, press: Press, the_day: OpenHouse, wrong: dict[str, str], sentence: str
) -> None:
    leader.cookies["language"] = "en"
    answer = press(leader, reverse("openhouse:gatherings", args=[the_day.pk]), **{**FORM, **wrong})
    assert answer.status_code == 422
    assert sentence in _text(answer)
    assert "Kaféhörnan" in answer.content.decode()
    assert Gathering.objects.count() == TablePlan.objects.count() == 0


def test_pressed_twice_there_is_one(leader: Client, press: Press, the_day: OpenHouse) -> None:
    key = "6f6b1d1e-6f0e-4f6e-9a55-0c8a7f3f1a77"
    places = {
        press(leader, reverse("openhouse:gatherings", args=[the_day.pk]), key=key, **FORM).headers["Location"]
        for _press in range(2)
    }
    assert places == {_at("gathering", Gathering.objects.get())}


def test_on_a_day_that_is_called_off_nothing_is_added(the_day: OpenHouse) -> None:
    events.call_off(the_day, on=TODAY, at=NOW)
    with pytest.raises(Refused):
        gatherings.add_gathering(the_day, facts=CAFE)


def test_the_public_page_says_when_and_where_and_names_nobody(the_day: OpenHouse, cafe: Gathering) -> None:
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    _full(cafe)
    told = _text(Client().get(reverse("openhouse:open_house", args=[the_day.pk])))
    assert "Språkkafé 13.00–14.30 Kaféhörnan" in told
    assert [who.alias for who in PEOPLE if who.alias in told] == []


# -- the tables are the circles' own --------------------------------------------------------------------------------
def test_three_choices_make_a_plan_of_people_who_are_in_no_circle(
    leader: Client, press: Press, cafe: Gathering
) -> None:
    lines = "\n".join(f"{who.alias}, svenska" for who in PEOPLE[:12])
    answer = press(leader, _at("tables", cafe), lines=lines, tables=3, rounds=3, minutes_each=10, here=[])
    assert (answer.status_code, answer.headers["Location"]) == (302, _at("tables", cafe))
    assert [sorted(map(len, tables.values())) for tables in seating(cafe.plan).values()] == [[4, 4, 4]] * 3
    leader.cookies["language"] = "en"
    told = _text(leader.get(_at("tables", cafe)))
    assert "12 people are here." in told
    assert "Swedish is spoken here." in told
    assert "new meetings of" in told


def test_every_page_about_the_tables_leads_to_another_of_the_same_gathering(
    leader: Client, cafe: Gathering
) -> None:
    plan = _full(cafe)
    one = hall(plan).people[0].pk
    for part in ("", "people/", f"guests/{one}/", "wishes/", "places/", "aloud/"):
        page = leader.get(f"{_at('tables', cafe)}{part}").content.decode()
        inside = re.findall(r'(?:href|action|data-live)="(/[^"]*)"', page.partition("<main")[2])
        assert [address for address in inside if "/meetings/" in address or "/circles/" in address] == []
        assert any(address.startswith(f"/open-houses/gatherings/{cafe.pk}/") for address in inside), part


def test_late_left_and_a_broken_table_are_planned_anew_and_what_was_sat_stays(
    leader: Client, press: Press, cafe: Gathering
) -> None:
    plan = _full(cafe)
    press(leader, _at("tables_next", cafe), after=0)
    first = seating(plan)[1]
    press(leader, _at("tables_people", cafe), lines="Mona, arabiska svenska")
    press(leader, _at("tables_presence", cafe), guest=guest(plan, "Gun").pk, here="no")
    press(leader, _at("tables_table", cafe), table=3, what="break")
    after = seating(plan)
    assert after[1] == first
    here = sorted([who.alias for who in PEOPLE[:12] if who.alias != "Gun"] + ["Mona"])
    for number in (2, 3):
        assert sorted(name for names in after[number].values() for name in names) == here
        assert after[number][3] == []


def test_a_wish_holds_and_stands_on_no_other_page(leader: Client, press: Press, cafe: Gathering) -> None:
    plan = _full(cafe)
    one, other = guest(plan, "Amal"), guest(plan, "Anders")
    press(leader, _at("tables_wishes", cafe), rule="apart", one=one.pk, other=other.pk)
    assert [
        names
        for tables in seating(plan).values()
        for names in tables.values()
        if {"Amal", "Anders"} <= set(names)
    ] == []
    for part in ("", "people/", "aloud/"):
        assert "Not at the same table" not in _text(leader.get(f"{_at('tables', cafe)}{part}"))


def test_somebody_of_another_gathering_cannot_be_named_here(
    leader: Client, press: Press, the_day: OpenHouse, cafe: Gathering
) -> None:
    other = gatherings.add_gathering(the_day, facts=replace(CAFE, name="Mingel"))
    stranger = guest(_full(other), "Amal")
    assert leader.get(_at("tables_guest", cafe, stranger.pk)).status_code == 404
    assert press(leader, _at("tables_presence", cafe), guest=stranger.pk, here="no").status_code == 404


def test_what_people_sat_together_counts_the_next_time(
    the_day: OpenHouse, cafe: Gathering, house: House
) -> None:
    later = gatherings.add_gathering(
        the_day, facts=replace(CAFE, starts=time(15), ends=time(16), name="Mingel")
    )
    people = [
        Participant.objects.create(house=house, alias=f"P{n}", language="sv", joined_on=TODAY)
        for n in range(8)
    ]
    for one in people:
        table_guests.sit_down(cafe.plan, one)
    table_plans.make_plan(cafe.plan, tables=2, rounds=1, seed=1)
    begin(cafe.plan)
    gatherings.end_gathering(cafe, at=NOW)  # the day goes on, so the guests are known still
    for one in people:
        table_guests.sit_down(later.plan, one)
    table_plans.make_plan(later.plan, tables=2, rounds=1, seed=1)
    before = {frozenset(names) for names in seating(cafe.plan)[1].values()}
    sat = [sorted(len(set(names) & group) for group in before) for names in seating(later.plan)[1].values()]
    assert sat == [[2, 2], [2, 2]]


def test_evenings_of_the_circle_that_shapes_the_day_count_and_those_of_other_circles_do_not(
    cafe: Gathering, meeting: Meeting, member: Callable[..., Membership], house: House, birgit: Account
) -> None:
    other_circle = Circle.objects.create(house=house, name="En annan", leader=birgit, started_on=TODAY)
    other_meeting = Meeting.objects.create(circle=other_circle, number=1, starts_at=NOW)
    pairs = []
    for circle, evening in ((meeting.circle, meeting), (other_circle, other_meeting)):
        two = [member(circle, f"M{circle.pk}{n}").participant for n in range(2)]
        plan = table_guests.open_plan(evening, on=TODAY)
        table_plans.make_plan(plan, tables=1, rounds=1, seed=1)
        Meeting.objects.filter(pk=evening.pk).update(opened_at=NOW)
        table_rounds.begin_next_round(plan, after=0, at=NOW)
        pairs.append(frozenset(one.pk for one in two))
    assert [pair in table_queries.met_before(cafe.plan) for pair in pairs] == [True, False]


def test_what_happened_at_the_open_house_is_not_told_to_a_circles_leader(
    cafe: Gathering, meeting: Meeting, amina: Membership, member: Callable[..., Membership]
) -> None:
    for who in (amina, member(meeting.circle, "Svea")):
        table_guests.sit_down(cafe.plan, who.participant)
    table_plans.make_plan(cafe.plan, tables=1, rounds=1, seed=1)
    begin(cafe.plan)
    assert table_queries.met_before(table_guests.open_plan(meeting, on=TODAY)) == {}


# -- phones, wall, paper ---------------------------------------------------------------------------------------------
def test_a_guest_comes_in_by_the_code_and_sees_now_and_next_in_their_own_language(
    press: Press, cafe: Gathering
) -> None:
    plan = _full(cafe)
    table_guests.open_door(plan, is_open=True)
    phone = _joins(press, cafe, "Mona")
    table_plans.plan_again(plan)
    begin(plan)
    me = guest(plan, "Mona").pk
    mine = [hall(plan).table_of(number, me).number for number in (1, 2)]  # type: ignore[union-attr]
    told = _text(phone.get(_at("own_tables", cafe)))
    assert f"الآن: الطاولة {mine[0]}" in told
    assert f"التالي: الطاولة {mine[1]}" in told
    # Everything else of the house leads somebody who is in no circle here.
    assert phone.get("/").headers["Location"] == _at("own_tables", cafe)


def test_the_same_press_at_the_door_is_one_guest(press: Press, cafe: Gathering) -> None:
    table_guests.open_door(cafe.plan, is_open=True)
    key = "6f6b1d1e-6f0e-4f6e-9a55-0c8a7f3f1a78"
    for _press in range(2):
        _joins(press, cafe, "Mona", key=key)
    assert cafe.plan.guests.count() == 1


def test_somebody_of_a_circle_sits_down_with_one_press_and_finds_the_way_back(
    press: Press, cafe: Gathering, amina: Membership, client_of: Callable[..., Client]
) -> None:
    table_guests.open_door(cafe.plan, is_open=True)
    phone = client_of(amina)
    press(phone, reverse("openhouse:tables_join", args=[token_of(TablePlan.objects.get(pk=cafe.plan_id))]))
    assert [one.participant_id for one in cafe.plan.guests.all()] == [amina.participant_id]
    assert phone.get("/").headers["Location"] == reverse("circles:now")
    assert _at("own_tables", cafe) in phone.get(reverse("circles:now")).content.decode()


def test_a_phone_that_has_what_is_new_gets_nothing_for_two_questions(press: Press, cafe: Gathering) -> None:
    table_guests.open_door(cafe.plan, is_open=True)
    phone = _joins(press, cafe, "Mona")
    address = _at("own_tables_live", cafe)
    tag = phone.get(address).headers["ETag"]
    with CaptureQueriesContext(connection) as asked:
        answer = phone.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 304
    ours = [
        one["sql"] for one in asked if "openhouse_gathering" in one["sql"] or "circles_table" in one["sql"]
    ]
    assert len(ours) == 1
    table_guests.add_guests(cafe.plan, [NewGuest("Olle", ("sv",))])
    assert phone.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_wall_shows_the_door_then_the_tables_then_thanks(cafe: Gathering) -> None:
    address = reverse("openhouse:gathering_wall", args=[cafe.pk, wall_token(cafe)])
    live = reverse("openhouse:gathering_wall_live", args=[cafe.pk, wall_token(cafe)])
    assert "Språkkafé" in _text(Client().get(address))
    assert "<svg" not in Client().get(live).content.decode()
    table_guests.open_door(cafe.plan, is_open=True)
    assert "<svg" in Client().get(live).content.decode()
    plan = _full(cafe)
    begin(plan)
    told = _text(Client().get(address))
    assert "Runda 1 av 3" in told
    assert [who.alias for who in PEOPLE[:12] if who.alias not in told] == []
    gatherings.end_gathering(_again(cafe), at=NOW)
    told = _text(Client().get(live))
    assert "Tack" in told
    assert [who.alias for who in PEOPLE[:12] if who.alias in told] == []


def test_a_new_address_closes_the_walls_old_one(leader: Client, press: Press, cafe: Gathering) -> None:
    old = reverse("openhouse:gathering_wall", args=[cafe.pk, wall_token(cafe)])
    press(leader, _at("gathering_wall_address", cafe))
    assert Client().get(old).status_code == 404
    assert Client().get(f"{old}live/").status_code == 404


def test_nobodys_group_is_on_any_page_or_paper(leader: Client, cafe: Gathering) -> None:
    """Two halls that differ in nothing but how long people have been here look the same everywhere."""
    shown = []
    for years in ("<1", "always"):
        table_guests.add_guests(cafe.plan, [replace(who, years_here=years) for who in PEOPLE[:6]])
        table_plans.make_plan(cafe.plan, tables=1, rounds=1, seed=1)
        numbers = sorted(cafe.plan.guests.values_list("pk", flat=True))
        wall = reverse("openhouse:gathering_wall_live", args=[cafe.pk, wall_token(cafe)])
        pages = [_at("tables", cafe), f"{_at('tables', cafe)}people/", f"{_at('tables', cafe)}aloud/", wall]
        told = [_text(leader.get(address)) for address in pages]
        shown.append(told)
        assert numbers
        cafe.plan.guests.all().delete()
        cafe.plan.rounds.all().delete()
    assert shown[0] == shown[1]


@pytest.mark.parametrize("part", ["", "people/", "aloud/", "places/", "wishes/"])
def test_the_pages_ask_as_much_with_many_as_with_few(leader: Client, cafe: Gathering, part: str) -> None:
    asked = []
    for people in (6, 24):
        cafe.plan.guests.all().delete()
        _full(cafe, people, tables=2, rounds=2)
        leader.get(f"{_at('tables', cafe)}{part}")
        with CaptureQueriesContext(connection) as queries_asked:
            assert leader.get(f"{_at('tables', cafe)}{part}").status_code == 200
        asked.append(len(queries_asked))
    assert asked[0] == asked[1]


def test_wall_phone_and_list_ask_as_much_with_many_as_with_few(
    leader: Client, press: Press, the_day: OpenHouse, cafe: Gathering
) -> None:
    table_guests.open_door(cafe.plan, is_open=True)
    phone = _joins(press, cafe, "Mona")
    ways = [
        (Client(), reverse("openhouse:gathering_wall", args=[cafe.pk, wall_token(cafe)])),
        (phone, _at("own_tables", cafe)),
        (leader, _at("gathering", cafe)),
        (leader, reverse("openhouse:gatherings", args=[the_day.pk])),
    ]
    asked = []
    for first, last, more in ((0, 6, 0), (6, 24, 12)):
        table_guests.add_guests(cafe.plan, PEOPLE[first:last])
        table_plans.make_plan(cafe.plan, tables=2, rounds=2, seed=7)
        for number in range(more):
            gatherings.add_gathering(the_day, facts=replace(CAFE, name=f"Mingel {number}"))
        counts = []
        for client, address in ways:
            client.get(address)
            with CaptureQueriesContext(connection) as queries_asked:
                assert client.get(address).status_code == 200
            counts.append(len(queries_asked))
        asked.append(counts)
    assert asked[0] == asked[1]


# -- over, moved, and forgotten --------------------------------------------------------------------------------------
def _again(gathering: Gathering) -> Gathering:
    found = queries.gathering_of(gathering.plan)
    assert found is not None
    return found


def test_guests_are_known_until_the_days_last_gathering_is_over(
    leader: Client, press: Press, the_day: OpenHouse, cafe: Gathering
) -> None:
    later = gatherings.add_gathering(the_day, facts=replace(CAFE, name="Mingel"))
    table_guests.open_door(cafe.plan, is_open=True)
    phone = _joins(press, cafe, "Mona")
    _full(cafe)
    begin(cafe.plan)
    press(leader, _at("gathering_ending", cafe))
    assert "شكرًا" in _text(phone.get(_at("own_tables", cafe)))
    assert Participant.objects.filter(table_guests__plan=cafe.plan).count() == 1
    _full(later)
    begin(later.plan)
    press(leader, _at("gathering_ending", later))
    assert TableGuest.objects.count() == 0
    assert Participant.objects.count() == 0
    assert phone.get(_at("own_tables", cafe)).status_code == 404


def test_the_day_after_guests_are_forgotten_by_themselves_and_who_was_written_down_early_is_not(
    press: Press, cafe: Gathering, amina: Membership
) -> None:
    _full(cafe)
    table_guests.open_door(cafe.plan, is_open=True)
    _joins(press, cafe, "Mona")
    table_guests.sit_down(cafe.plan, amina.participant)
    for at in (NOW + timedelta(days=30), swedish(DAY, 23)):
        tidy(at=at)
        assert TableGuest.objects.count() == 14
    tidy(at=swedish(DAY + timedelta(days=1), 0, 30))
    assert [one.participant_id for one in TableGuest.objects.all()] == [amina.participant_id]
    assert list(Participant.objects.all()) == [amina.participant]
    assert TablePlan.objects.get().finished_at is not None
    tidy(at=swedish(DAY + timedelta(days=180)))
    assert Gathering.objects.count() == 1
    tidy(at=swedish(DAY + timedelta(days=181)))
    assert Gathering.objects.count() == TablePlan.objects.count() == TableGuest.objects.count() == 0


def test_a_day_that_moves_takes_its_tables_with_it(the_day: OpenHouse, cafe: Gathering) -> None:
    _full(cafe)
    moved = DAY + timedelta(days=14)
    events.change_open_house(the_day, facts=Facts(**{**FACTS, "day": moved}), on=TODAY, at=NOW)
    tidy(at=swedish(DAY + timedelta(days=10)))
    assert TableGuest.objects.count() == 12
    tidy(at=swedish(moved + timedelta(days=1)))
    assert TableGuest.objects.count() == 0


def test_a_day_that_is_called_off_forgets_its_guests_at_once(
    press: Press, the_day: OpenHouse, cafe: Gathering
) -> None:
    table_guests.open_door(cafe.plan, is_open=True)
    _joins(press, cafe, "Mona")
    events.call_off(the_day, on=TODAY, at=NOW)
    assert (TableGuest.objects.count(), Participant.objects.count()) == (0, 0)


def test_taken_out_of_the_day_before_anybody_sat_and_not_after(
    leader: Client, press: Press, the_day: OpenHouse, cafe: Gathering
) -> None:
    _full(cafe)
    begin(cafe.plan)
    press(leader, _at("gathering_removal", cafe))
    assert Gathering.objects.count() == 1
    other = gatherings.add_gathering(the_day, facts=replace(CAFE, name="Mingel"))
    _full(other)
    answer = press(leader, _at("gathering_removal", other))
    assert answer.headers["Location"] == reverse("openhouse:gatherings", args=[the_day.pk])
    assert list(TablePlan.objects.all()) == [cafe.plan]


def test_put_away_means_that_nothing_can_be_changed_any_more(
    leader: Client, press: Press, cafe: Gathering
) -> None:
    plan = _full(cafe)
    table_guests.open_door(plan, is_open=True)
    door = reverse("openhouse:tables_join", args=[token_of(TablePlan.objects.get(pk=plan.pk))])
    begin(plan)
    press(leader, _at("gathering_ending", cafe))
    assert Client().get(door).status_code == 404
    for name, fields in (
        ("tables_again", {}),
        ("tables_next", {"after": 1}),
        ("tables_table", {"what": "fetch"}),
    ):
        assert press(leader, _at(name, cafe), **fields).status_code == 409
    assert press(leader, _at("gathering", cafe), **FORM).status_code == 422
    assert leader.get(_at("gathering", cafe)).status_code == 200


def test_a_phone_of_another_house_comes_in_as_somebody_new(
    cafe: Gathering, chidi: Membership, client_of: Callable[..., Client], other_house: House
) -> None:
    table_guests.open_door(cafe.plan, is_open=True)
    address = reverse("openhouse:tables_join", args=[token_of(TablePlan.objects.get(pk=cafe.plan_id))])
    elsewhere = Participant.objects.create(house=other_house, alias="Ali", language="sv", joined_on=TODAY)
    asked = ['name="alias"' in client_of(who).get(address).content.decode() for who in (chidi, elsewhere)]
    assert asked == [False, True]
