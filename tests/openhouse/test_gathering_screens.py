"""Phones, wall and paper of an open house's tables; and how everybody who was a guest there is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brobygget.circles.commands import table_guests, table_plans
from brobygget.circles.commands.table_guests import NewGuest
from brobygget.circles.models import Membership, TableGuest, TablePlan
from brobygget.circles.queries.table_doors import token_of
from brobygget.house.models import House
from brobygget.openhouse.commands import events, gatherings
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.models import Gathering, OpenHouse
from brobygget.openhouse.queries.gatherings import wall_token
from brobygget.operations.commands import tidy
from brobygget.people.models import Participant
from tests.circles.cafe import PEOPLE, begin, guest, hall
from tests.conftest import NOW, TODAY
from tests.openhouse.at_the_tables import CAFE, FORM, Press, again, at, full, joins, text
from tests.openhouse.conftest import DAY, FACTS, swedish

pytestmark = pytest.mark.django_db


# -- phones, wall, paper ---------------------------------------------------------------------------------------------
def test_a_guest_comes_in_by_the_code_and_sees_now_and_next_in_their_own_language(
    press: Press, cafe: Gathering
) -> None:
    plan = full(cafe)
    table_guests.open_door(plan, is_open=True)
    phone = joins(press, cafe, "Mona")
    table_plans.plan_again(plan)
    begin(plan)
    me = guest(plan, "Mona").pk
    mine = [hall(plan).table_of(number, me).number for number in (1, 2)]  # type: ignore[union-attr]
    told = text(phone.get(at("own_tables", cafe)))
    assert f"الآن: الطاولة {mine[0]}" in told
    assert f"التالي: الطاولة {mine[1]}" in told
    # Everything else of the house leads somebody who is in no circle here.
    assert phone.get("/").headers["Location"] == at("own_tables", cafe)


def test_the_same_press_at_the_door_is_one_guest(press: Press, cafe: Gathering) -> None:
    table_guests.open_door(cafe.plan, is_open=True)
    key = "6f6b1d1e-6f0e-4f6e-9a55-0c8a7f3f1a78"
    for _press in range(2):
        joins(press, cafe, "Mona", key=key)
    assert cafe.plan.guests.count() == 1


def test_somebody_of_a_circle_sits_down_with_one_press_and_finds_the_way_back(
    press: Press, cafe: Gathering, amina: Membership, client_of: Callable[..., Client]
) -> None:
    table_guests.open_door(cafe.plan, is_open=True)
    phone = client_of(amina)
    press(phone, reverse("openhouse:tables_join", args=[token_of(TablePlan.objects.get(pk=cafe.plan_id))]))
    assert [one.participant_id for one in cafe.plan.guests.all()] == [amina.participant_id]
    assert phone.get("/").headers["Location"] == reverse("circles:now")
    assert at("own_tables", cafe) in phone.get(reverse("circles:now")).content.decode()


def test_a_phone_that_has_what_is_new_gets_nothing_for_one_question(press: Press, cafe: Gathering) -> None:
    table_guests.open_door(cafe.plan, is_open=True)
    phone = joins(press, cafe, "Mona")
    address = at("own_tables_live", cafe)
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
    assert "Språkkafé" in text(Client().get(address))
    assert "<svg" not in Client().get(live).content.decode()
    table_guests.open_door(cafe.plan, is_open=True)
    assert "<svg" in Client().get(live).content.decode()
    plan = full(cafe)
    begin(plan)
    told = text(Client().get(address))
    assert "Runda 1 av 3" in told
    assert [who.alias for who in PEOPLE[:12] if who.alias not in told] == []
    gatherings.end_gathering(again(cafe), at=NOW)
    told = text(Client().get(live))
    assert "Tack" in told
    assert [who.alias for who in PEOPLE[:12] if who.alias in told] == []


def test_a_new_address_closes_the_walls_old_one(leader: Client, press: Press, cafe: Gathering) -> None:
    old = reverse("openhouse:gathering_wall", args=[cafe.pk, wall_token(cafe)])
    press(leader, at("gathering_wall_address", cafe))
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
        pages = [at("tables", cafe), f"{at('tables', cafe)}people/", f"{at('tables', cafe)}aloud/", wall]
        told = [text(leader.get(address)) for address in pages]
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
        full(cafe, people, tables=2, rounds=2)
        leader.get(f"{at('tables', cafe)}{part}")
        with CaptureQueriesContext(connection) as queries_asked:
            assert leader.get(f"{at('tables', cafe)}{part}").status_code == 200
        asked.append(len(queries_asked))
    assert asked[0] == asked[1]


def test_wall_phone_and_list_ask_as_much_with_many_as_with_few(
    leader: Client, press: Press, the_day: OpenHouse, cafe: Gathering
) -> None:
    table_guests.open_door(cafe.plan, is_open=True)
    phone = joins(press, cafe, "Mona")
    ways = [
        (Client(), reverse("openhouse:gathering_wall", args=[cafe.pk, wall_token(cafe)])),
        (phone, at("own_tables", cafe)),
        (leader, at("gathering", cafe)),
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
def test_guests_are_known_until_the_days_last_gathering_is_over(
    leader: Client, press: Press, the_day: OpenHouse, cafe: Gathering
) -> None:
    later = gatherings.add_gathering(the_day, facts=replace(CAFE, name="Mingel"))
    table_guests.open_door(cafe.plan, is_open=True)
    phone = joins(press, cafe, "Mona")
    full(cafe)
    begin(cafe.plan)
    press(leader, at("gathering_ending", cafe))
    assert "شكرًا" in text(phone.get(at("own_tables", cafe)))
    assert Participant.objects.filter(table_guests__plan=cafe.plan).count() == 1
    full(later)
    begin(later.plan)
    press(leader, at("gathering_ending", later))
    assert TableGuest.objects.count() == 0
    assert Participant.objects.count() == 0
    assert phone.get(at("own_tables", cafe)).status_code == 404


def test_the_day_after_guests_are_forgotten_by_themselves_and_who_was_written_down_early_is_not(
    press: Press, cafe: Gathering, amina: Membership
) -> None:
    full(cafe)
    table_guests.open_door(cafe.plan, is_open=True)
    joins(press, cafe, "Mona")
    table_guests.sit_down(cafe.plan, amina.participant)
    for moment in (NOW + timedelta(days=30), swedish(DAY, 23)):
        tidy(at=moment)
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
    full(cafe)
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
    joins(press, cafe, "Mona")
    events.call_off(the_day, on=TODAY, at=NOW)
    assert (TableGuest.objects.count(), Participant.objects.count()) == (0, 0)


def test_taken_out_of_the_day_before_anybody_sat_and_not_after(
    leader: Client, press: Press, the_day: OpenHouse, cafe: Gathering
) -> None:
    full(cafe)
    begin(cafe.plan)
    press(leader, at("gathering_removal", cafe))
    assert Gathering.objects.count() == 1
    other = gatherings.add_gathering(the_day, facts=replace(CAFE, name="Mingel"))
    full(other)
    answer = press(leader, at("gathering_removal", other))
    assert answer.headers["Location"] == reverse("openhouse:gatherings", args=[the_day.pk])
    assert list(TablePlan.objects.all()) == [cafe.plan]


def test_put_away_means_that_nothing_can_be_changed_any_more(
    leader: Client, press: Press, cafe: Gathering
) -> None:
    plan = full(cafe)
    table_guests.open_door(plan, is_open=True)
    door = reverse("openhouse:tables_join", args=[token_of(TablePlan.objects.get(pk=plan.pk))])
    begin(plan)
    press(leader, at("gathering_ending", cafe))
    assert Client().get(door).status_code == 404
    for name, fields in (
        ("tables_again", {}),
        ("tables_next", {"after": 1}),
        ("tables_table", {"what": "fetch"}),
    ):
        assert press(leader, at(name, cafe), **fields).status_code == 409
    assert press(leader, at("gathering", cafe), **FORM).status_code == 422
    assert leader.get(at("gathering", cafe)).status_code == 200


def test_a_phone_of_another_house_comes_in_as_somebody_new(
    cafe: Gathering, chidi: Membership, client_of: Callable[..., Client], other_house: House
) -> None:
    table_guests.open_door(cafe.plan, is_open=True)
    address = reverse("openhouse:tables_join", args=[token_of(TablePlan.objects.get(pk=cafe.plan_id))])
    elsewhere = Participant.objects.create(house=other_house, alias="Ali", language="sv", joined_on=TODAY)
    asked = ['name="alias"' in client_of(who).get(address).content.decode() for who in (chidi, elsewhere)]
    assert asked == [False, True]
