"""Stamp cards on a phone: stamps that come once however they travel, and nothing that tells where anybody was."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands import events, stamps
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.models import OpenHouse, Place, StampCard, StampDraw, StampSums
from brobygget.openhouse.queries import stamps as queries
from brobygget.openhouse.rules import is_full_card
from brobygget.openhouse.views.stamp_cookies import COOKIE
from brobygget.operations.commands import tidy
from brobygget.web.models import Receipt
from tests.conftest import NOW, TODAY
from tests.openhouse.conftest import DAY, FACTS, swedish
from tests.openhouse.stamping import (
    NOON,
    Phone,
    Tables,
    at,
    key,
    public_day,
    sums,
    tables,
    with_a_table,
)

__all__ = ["at", "public_day", "tables"]
Clock = Callable[[datetime], None]
ONE_OF_EACH_HALL = (0, 22, 34)


# -- on a phone ----------------------------------------------------------------------------------------------------
def test_looking_gives_nothing_and_a_press_gives_a_stamp(
    public_day: OpenHouse, tables: Tables, at: Clock
) -> None:
    phone = Phone(public_day)
    page = phone.scan(tables[0])
    assert "Ge mig en stämpel" in page.content.decode()
    assert "Inga stämplar än" in phone.card()
    assert StampCard.objects.count() == 0
    answer = phone.stamp(tables[0])
    assert answer.headers["Location"] == f"/open-house/{public_day.pk}/card/"
    assert phone.card().count("square-full") == 1
    assert "Du har det här bordets stämpel" in phone.scan(tables[0]).content.decode()
    assert sums(public_day) == (1, 0, 0, 0)


def test_a_stamp_comes_once_however_often_it_arrives(
    public_day: OpenHouse, tables: Tables, at: Clock
) -> None:
    phone = Phone(public_day)
    phone.scan(tables[0])
    address, fields = phone.address("stamp", queries.table_secret(tables[0])), {"key": key()}
    before = phone.client.cookies[COOKIE].value
    for headers in ({}, {"X-Outbox": "1"}, {}):
        phone.client.post(address, fields, headers=headers)
    assert phone.card().count("square-full") == 1
    # The answer was lost on the way: the phone still has the card from before, and sends once more.
    phone.client.cookies[COOKIE] = before
    assert phone.client.post(address, fields, headers={"X-Outbox": "1"}).status_code == 204
    assert phone.card().count("square-full") == 1
    assert phone.stamp(tables[0]).status_code == 302
    assert phone.card().count("square-full") == 1
    assert sums(public_day) == (1, 0, 0, 0)


def test_a_phone_that_never_loaded_a_page_gets_one_card_for_one_press(
    public_day: OpenHouse, tables: Tables, at: Clock
) -> None:
    phone = Phone(public_day)
    address, fields = phone.address("stamp", queries.table_secret(tables[0])), {"key": key()}
    phone.client.post(address, fields)
    phone.client.cookies.clear()
    phone.client.post(address, fields)
    assert phone.card().count("square-full") == 1
    assert sums(public_day) == (1, 0, 0, 0)


def test_two_stamps_without_a_network_and_one_with_are_one_card(
    public_day: OpenHouse, tables: Tables, at: Clock
) -> None:
    phone = Phone(public_day)
    phone.scan(tables[0])
    phone.keep(tables[0], NOON)
    phone.keep(tables[22], NOON)
    assert phone.stamp(tables[34]).status_code == 302
    assert phone.send_what_waits(NOON + timedelta(minutes=20)) == [204, 204]
    assert phone.card().count("square-full") == 3
    assert sums(public_day) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("stamps_", "zones", "halls", "is_full"),
    [
        (5, 3, 3, True),
        (5, 3, 9, True),
        (4, 4, 4, False),
        (9, 2, 3, False),
        (5, 2, 2, True),
        (5, 1, 1, True),
        (5, 0, 0, True),
        (0, 0, 0, False),
    ],
)
def test_a_full_card_has_five_stamps_from_three_halls_where_there_are_three(
    stamps_: int, zones: int, halls: int, is_full: bool
) -> None:
    assert is_full_card(stamps=stamps_, zones=zones, halls=halls) is is_full


def test_a_card_is_handed_in_once_with_the_last_square_ticked(
    public_day: OpenHouse, tables: Tables, at: Clock
) -> None:
    phone = Phone(public_day)
    for table in (0, 1, 22, 23):
        phone.stamp(tables[table])
    answer = phone.hand_in()
    assert answer.status_code == 409
    assert "Några stämplar fattas ännu." in answer.content.decode()
    assert "1 stämpel till." in phone.card()
    assert "Från 1 sal till." in phone.card()
    phone.stamp(tables[34])
    unticked = phone.client.post(phone.address("card_handing_in"), {"key": key()})
    assert unticked.status_code == 422
    assert "lär dig namnet på någon du inte kände" in unticked.content.decode()
    assert phone.hand_in().status_code == 302
    numbers = queries.in_the_box(public_day)
    assert phone.hand_in().status_code == 302
    assert queries.in_the_box(public_day) == numbers
    assert f"<bdi>{numbers[0]}</bdi>" in phone.card()
    assert sums(public_day) == (1, 0, 1, 5)


def test_a_phone_without_a_card_is_told_how_to_get_one(
    public_day: OpenHouse, tables: Tables, at: Clock
) -> None:
    answer = Phone(public_day).hand_in()
    assert answer.status_code == 409
    assert "Det finns inget kort i den här telefonen." in answer.content.decode()


def test_a_phone_forgets_its_card(public_day: OpenHouse, tables: Tables, at: Clock) -> None:
    phone = Phone(public_day)
    phone.stamp(tables[0])
    phone.client.post(phone.address("card_leaving"), {"key": key()})
    assert "Inga stämplar än" in phone.card()


# -- what goes wrong -----------------------------------------------------------------------------------------------
def _refused(phone: Phone, address: str, sentence: str, status: int) -> None:
    """A clear sentence, and the card is as it was."""
    before = phone.card().count("square-full")
    for answer in (phone.client.get(address), phone.client.post(f"{address}stamp/", {"key": key()})):
        assert (answer.status_code, sentence in answer.content.decode()) == (status, True)
    assert phone.card().count("square-full") == before


def test_a_code_that_was_renewed_opens_nothing_and_the_new_one_does(
    public_day: OpenHouse, tables: Tables, at: Clock, leader: Client
) -> None:
    phone = Phone(public_day)
    phone.stamp(tables[22])
    old = phone.address("at_table", queries.table_secret(tables[0]))
    answer = leader.post(reverse("openhouse:stamps_code", args=[public_day.pk, tables[0].pk]), {"key": key()})
    assert answer.status_code == 302
    _refused(phone, old, "Den här koden fungerar inte här", 404)
    again = type(tables[0]).objects.select_related("table_code").get(pk=tables[0].pk)
    assert phone.stamp(again).status_code == 302
    assert phone.card().count("square-full") == 2


def test_a_code_of_another_day_or_made_up_opens_nothing(
    public_day: OpenHouse, tables: Tables, at: Clock
) -> None:
    other = events.plan_open_house(
        house=public_day.house,
        circle=None,
        facts=Facts(**{**FACTS, "name": "En annan dag", "day": DAY + timedelta(7)}),
        on=TODAY,
        at=NOW,
    )
    events.publish(other, is_public=True, on=TODAY, at=NOW)
    theirs = with_a_table(other, "Någon annan")
    phone = Phone(public_day)
    phone.stamp(tables[0])
    secret = queries.table_secret(tables[1])
    for wrong in (
        queries.table_secret(theirs),
        secret[:-1] + ("a" if secret[-1] != "a" else "b"),
        "1",
        "-",
        "٣-x",
        "9" * 40,
    ):
        _refused(phone, phone.address("at_table", wrong), "Den här koden fungerar inte här", 404)


def test_the_card_of_another_day_is_no_card_here(public_day: OpenHouse, tables: Tables, at: Clock) -> None:
    other = OpenHouse(pk=public_day.pk + 1, house=public_day.house)
    card = queries.new_card().with_stamp(1, 1)
    assert queries.card_in(other, queries.sealed_card(other, card)) == card
    assert queries.card_in(public_day, queries.sealed_card(other, card)) is None
    for broken in ("", "s1:", "x" * 6000, "s1:AAAA", "å" * 50):
        assert queries.card_in(public_day, broken) is None


def test_a_table_that_has_left_gives_no_stamps_and_those_that_it_gave_stay(
    public_day: OpenHouse, tables: Tables, at: Clock
) -> None:
    phone = Phone(public_day)
    phone.stamp(tables[0])
    for gone in tables[:2]:
        Place.objects.filter(invitation=gone).update(given_up_at=NOON)
    answer = phone.stamp(tables[1])
    assert answer.status_code == 409
    sentence = "Det här bordet är inte kvar och ger därför inga stämplar. De stämplar du har finns kvar."
    assert sentence in answer.content.decode()
    assert sentence in phone.scan(tables[0]).content.decode()
    for table in (2, 3, 22, 34):
        phone.stamp(tables[table])
    assert phone.hand_in().status_code == 302
    assert sums(public_day) == (1, 0, 1, 5)


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (swedish(DAY, 9, 59), 409),
        (swedish(DAY, 10), 302),
        (swedish(DAY, 16, 59), 302),
        (swedish(DAY, 17), 409),
        (swedish(DAY - timedelta(2), 12), 409),
        (swedish(DAY + timedelta(2), 12), 409),
    ],
)
def test_stamps_are_given_while_the_doors_are_open_and_else_a_sentence(
    public_day: OpenHouse, tables: Tables, at: Clock, moment: datetime, status: int
) -> None:
    at(moment)
    answer = Phone(public_day).stamp(tables[0])
    assert answer.status_code == status
    if status == 409:
        told = "Stämplarna delas ut" if moment < NOON else "Stämplarna delades ut"
        assert f"{told} lördag 24 april, från 11.00 till 16.00." in answer.content.decode()


@pytest.mark.parametrize(
    ("days", "ago", "status"),
    [(0, 2 * 86400, 204), (0, 0, 204), (2, 2 * 86400, 204), (2, 0, 204), (3, 3 * 86400, 409), (-1, 0, 409)],
)
def test_a_kept_press_is_taken_for_two_days_whatever_the_phones_clock_says(
    public_day: OpenHouse, tables: Tables, at: Clock, days: int, ago: int, status: int
) -> None:
    at(NOON + timedelta(days))
    headers = {"X-Outbox": "1", "X-Pressed-Ago": str(ago)}
    assert Phone(public_day).stamp(tables[0], headers=headers).status_code == status


def test_a_day_that_is_called_off_or_not_public_has_no_stamps(
    public_day: OpenHouse, tables: Tables, at: Clock
) -> None:
    phone = Phone(public_day)
    events.publish(public_day, is_public=False, on=TODAY, at=NOW)
    assert phone.scan(tables[0]).status_code == phone.stamp(tables[0]).status_code == 404
    events.publish(public_day, is_public=True, on=TODAY, at=NOW)
    events.call_off(public_day, on=TODAY, at=NOW)
    assert phone.stamp(tables[0]).status_code in (404, 409)
    assert StampCard.objects.count() == 0


# -- what is kept of it --------------------------------------------------------------------------------------------
def test_what_is_kept_tells_neither_who_nor_where_nor_when(
    public_day: OpenHouse, tables: Tables, at: Clock
) -> None:
    columns = {field.column for field in StampCard._meta.concrete_fields}
    assert columns == {"id", "openhouse_id", "digest", "number"}
    phone = Phone(public_day)
    for table in (0, 1, 2, 22, 34):
        phone.stamp(tables[table])
    phone.hand_in()
    cookie = phone.client.cookies[COOKIE].value
    card = queries.card_in(public_day, cookie)
    assert card is not None
    row = StampCard.objects.get()
    assert card.secret not in f"{row.pk} {row.digest} {row.number}"
    # The phone itself cannot be asked either: the same card looks different each time, and holds no number of a table.
    assert queries.sealed_card(public_day, card) != queries.sealed_card(public_day, card)
    # Receipts lie in the order of the presses: they lead to the card, whichever table it was.
    assert set(Receipt.objects.values_list("location", flat=True)) == {f"/open-house/{public_day.pk}/card/"}
    assert [field.name for field in StampSums._meta.concrete_fields] == [
        "id",
        "openhouse",
        "by_code",
        "on_paper",
        "handed_in",
        "stamps",
    ]


def test_a_card_with_all_tables_of_the_largest_day_fits_in_a_cookie(public_day: OpenHouse) -> None:
    card = queries.new_card()
    for number in range(300):
        card = card.with_stamp(900_000 + number, 90_000 + number % 20)
    assert len(card.stamps) == 200
    assert len(queries.sealed_card(public_day, card)) < 4000
    with pytest.raises(Refused, match="inte plats för fler stämplar"):
        raise _refusal(public_day, card)


def _refusal(openhouse: OpenHouse, card: queries.Card) -> Refused:
    one = with_a_table(openhouse, "En till")
    try:
        stamps.give_stamp(one, card, at=NOON, was_kept=False)
    except Refused as no:
        return no
    return Refused("")


def test_everything_but_the_sums_is_gone_two_days_after_the_day(
    public_day: OpenHouse, tables: Tables, at: Clock
) -> None:
    phone = Phone(public_day)
    for table in (0, 1, 2, 22, 34):
        phone.stamp(tables[table])
    phone.hand_in()
    stamps.draw(public_day, prizes=1, said="")
    kept = []
    for days in (2, 3):
        tidy(at=NOON + timedelta(days))
        kept.append((StampCard.objects.count(), StampDraw.objects.count(), sums(public_day)))
    assert kept == [(1, 1, (1, 0, 1, 5)), (0, 0, (1, 0, 1, 5))]


def test_every_pair_of_tables_gives_the_same_card_in_either_order(
    public_day: OpenHouse, tables: Tables
) -> None:
    cards: Any = queries.new_card()
    for one, other in itertools.combinations([(1, 1), (2, 1), (3, 2)], 2):
        assert cards.with_stamp(*one).with_stamp(*other) == cards.with_stamp(*other).with_stamp(*one)
