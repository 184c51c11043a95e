"""A language café at the open house: the same pages about tables as at a circle's evening, and nobody need be in one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import time

import pytest
from django.test import Client
from django.urls import reverse

from brobygget.circles.commands import table_guests, table_plans, table_rounds
from brobygget.circles.models import Circle, Meeting, Membership, TablePlan
from brobygget.circles.queries import tables as table_queries
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.openhouse.commands import events, gatherings
from brobygget.openhouse.models import Gathering, OpenHouse
from brobygget.people.models import Account, Participant
from tests.circles.cafe import PEOPLE, begin, guest, hall, seating
from tests.conftest import NOW, TODAY
from tests.openhouse.at_the_tables import CAFE, FORM, Press, at, full, text
from tests.openhouse.conftest import DAY

pytestmark = pytest.mark.django_db


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
    assert sentence in text(answer)
    assert "Kaféhörnan" in answer.content.decode()
    assert Gathering.objects.count() == TablePlan.objects.count() == 0


def test_pressed_twice_there_is_one(leader: Client, press: Press, the_day: OpenHouse) -> None:
    key = "6f6b1d1e-6f0e-4f6e-9a55-0c8a7f3f1a77"
    places = {
        press(leader, reverse("openhouse:gatherings", args=[the_day.pk]), key=key, **FORM).headers["Location"]
        for _press in range(2)
    }
    assert places == {at("gathering", Gathering.objects.get())}


def test_on_a_day_that_is_called_off_nothing_is_added(the_day: OpenHouse) -> None:
    events.call_off(the_day, on=TODAY, at=NOW)
    with pytest.raises(Refused):
        gatherings.add_gathering(the_day, facts=CAFE)


def test_the_public_page_says_when_and_where_and_names_nobody(the_day: OpenHouse, cafe: Gathering) -> None:
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    full(cafe)
    told = text(Client().get(reverse("openhouse:open_house", args=[the_day.pk])))
    assert "Språkkafé 13.00–14.30 Kaféhörnan" in told
    assert [who.alias for who in PEOPLE if who.alias in told] == []


# -- the tables are the circles' own --------------------------------------------------------------------------------
def test_three_choices_make_a_plan_of_people_who_are_in_no_circle(
    leader: Client, press: Press, cafe: Gathering
) -> None:
    lines = "\n".join(f"{who.alias}, svenska" for who in PEOPLE[:12])
    answer = press(leader, at("tables", cafe), lines=lines, tables=3, rounds=3, minutes_each=10, here=[])
    assert (answer.status_code, answer.headers["Location"]) == (302, at("tables", cafe))
    assert [sorted(map(len, tables.values())) for tables in seating(cafe.plan).values()] == [[4, 4, 4]] * 3
    leader.cookies["language"] = "en"
    told = text(leader.get(at("tables", cafe)))
    assert "12 people on the list." in told  # nobody is here before the first round begins
    assert "Swedish is spoken here." in told
    assert "new meetings of" in told


def test_every_page_about_the_tables_leads_to_another_of_the_same_gathering(
    leader: Client, cafe: Gathering
) -> None:
    plan = full(cafe)
    one = hall(plan).people[0].pk
    for part in ("", "people/", f"guests/{one}/", "wishes/", "places/", "aloud/"):
        page = leader.get(f"{at('tables', cafe)}{part}").content.decode()
        inside = re.findall(r'(?:href|action|data-live)="(/[^"]*)"', page.partition("<main")[2])
        assert [address for address in inside if "/meetings/" in address or "/circles/" in address] == []
        assert any(address.startswith(f"/open-houses/gatherings/{cafe.pk}/") for address in inside), part


def test_late_left_and_a_broken_table_are_planned_anew_and_what_was_sat_stays(
    leader: Client, press: Press, cafe: Gathering
) -> None:
    plan = full(cafe)
    press(leader, at("tables_next", cafe), after=0)
    first = seating(plan)[1]
    press(leader, at("tables_people", cafe), lines="Mona, arabiska svenska")
    press(leader, at("tables_presence", cafe), guest=guest(plan, "Gun").pk, here="no")
    press(leader, at("tables_table", cafe), table=3, what="break")
    after = seating(plan)
    assert after[1] == first
    here = sorted([who.alias for who in PEOPLE[:12] if who.alias != "Gun"] + ["Mona"])
    for number in (2, 3):
        assert sorted(name for names in after[number].values() for name in names) == here
        assert after[number][3] == []


def test_a_wish_holds_and_stands_on_no_other_page(leader: Client, press: Press, cafe: Gathering) -> None:
    plan = full(cafe)
    one, other = guest(plan, "Amal"), guest(plan, "Anders")
    press(leader, at("tables_wishes", cafe), rule="apart", one=one.pk, other=other.pk)
    assert [
        names
        for tables in seating(plan).values()
        for names in tables.values()
        if {"Amal", "Anders"} <= set(names)
    ] == []
    for part in ("", "people/", "aloud/"):
        assert "Not at the same table" not in text(leader.get(f"{at('tables', cafe)}{part}"))


def test_somebody_of_another_gathering_cannot_be_named_here(
    leader: Client, press: Press, the_day: OpenHouse, cafe: Gathering
) -> None:
    other = gatherings.add_gathering(the_day, facts=replace(CAFE, name="Mingel"))
    stranger = guest(full(other), "Amal")
    assert leader.get(at("tables_guest", cafe, stranger.pk)).status_code == 404
    assert press(leader, at("tables_presence", cafe), guest=stranger.pk, here="no").status_code == 404


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
