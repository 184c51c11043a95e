"""Stamp cards at the desk: the story's figures, paper that comes back, sums that tell of nobody, and the draw."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brobygget.openhouse.commands import stamps
from brobygget.openhouse.models import OpenHouse, StampSums
from brobygget.openhouse.plans.stamp_draw import in_drawn_order
from brobygget.openhouse.queries import stamps as queries
from tests.conftest import NOW
from tests.openhouse.conftest import three_hundred_more
from tests.openhouse.stamping import (
    NOON,
    Phone,
    Tables,
    at,
    desk_of,
    key,
    public_day,
    sums,
    tables,
)

__all__ = ["at", "public_day", "tables"]
Clock = Callable[[datetime], None]
ONE_OF_EACH_HALL = (0, 22, 34)


# -- the story -----------------------------------------------------------------------------------------------------
@pytest.mark.slow  # some 1,400 presses
def test_the_storys_312_cards_187_handed_in_and_1234_stamps_through_http(
    public_day: OpenHouse, tables: Tables, at: Clock, leader: Client
) -> None:
    """212 on phones and 100 on paper; of those handed in 127 phones and 60 of paper, with five to nine stamps each.

    Every ninth phone is without a network for its first two stamps, and every eleventh scans a table twice.
    """
    lengths = [5] * 30 + [6] * 62 + [7] * 58 + [8] * 27 + [9] * 10
    assert (len(lengths), sum(lengths)) == (187, 1234)
    random.Random(7).shuffle(lengths)
    phones, papers = lengths[:127], lengths[127:]
    numbers: set[str] = set()
    for turn in range(212):
        phone = Phone(public_day)
        length = phones[turn] if turn < 127 else 1 + turn % 4  # 85 cards that are never full
        moment = NOON + timedelta(seconds=40 * turn)
        at(moment)
        visited = [tables[(turn + 1 + 11 * step) % 40] for step in range(length)]
        if turn < 127:
            visited[:3] = [
                tables[(each + turn) % size + first]
                for each, size, first in ((0, 22, 0), (0, 12, 22), (0, 6, 34))
            ]
            rest = [one for one in tables if one not in visited[:3]]
            visited[3:] = [rest[(turn + 7 * step) % 37] for step in range(length - 3)]
        phone.scan(visited[0])
        for step, table in enumerate(visited):
            if turn % 9 == 0 and step < 2:
                phone.keep(table, moment)
                continue
            if phone.waiting:
                assert set(phone.send_what_waits(moment + timedelta(minutes=3))) == {204}
            assert phone.stamp(table).status_code == 302
            if turn % 11 == 0 and step == 0:
                assert phone.stamp(table).status_code == 302
        phone.send_what_waits(moment + timedelta(minutes=3))
        answer = phone.hand_in()
        assert answer.status_code == (302 if turn < 127 else 409)
        if turn < 127:
            numbers |= set(re.findall(r'class="card-digits"><bdi>(\d{4})<', phone.card()))
    desk = Client()
    for length in papers:
        answer = desk.post(desk_of(public_day), {"key": key(), "stamps": length, "zones": 3})
        assert answer.status_code == 302
        shown = desk.get(answer.headers["Location"]).content.decode()
        numbers |= set(re.findall(r'class="card-digits"><bdi>(\d{4})<', shown))
    given = desk.post(desk_of(public_day, "paper_cards_given"), {"key": key(), "given": "100"})
    assert given.status_code == 302

    told = queries.stamps_told(public_day)
    assert (told.given, told.handed_in, told.stamps) == (312, 187, 1234)
    assert told.mean is not None
    assert round(told.mean, 1) == 6.6
    assert sums(public_day) == (212, 100, 187, 1234)
    assert (len(numbers), len(queries.in_the_box(public_day))) == (187, 187)
    page = leader.get(reverse("openhouse:door", args=[public_day.pk])).content.decode()
    assert re.findall(r"<dd>([^<]+)</dd>", page) == ["312", "187", "1\xa0234", "6,6"]

    leader.post(
        reverse("openhouse:stamps_draw", args=[public_day.pk]),
        {"key": key(), "prizes": "5", "said": "4 7 1 9"},
    )
    found = queries.drawn(public_day)
    assert found is not None
    assert found.draw.said == "4719"
    assert found.winners == in_drawn_order([int(one) for one in numbers], "4719")[:5]


@pytest.mark.parametrize(
    ("given", "handed_in", "shown"),
    [
        (0, 0, (None, None)),
        (4, 0, (None, None)),
        (5, 0, (5, None)),
        (5, 4, (5, None)),
        (8, 5, (8, None)),
        (5, 5, (5, 5)),
        (10, 5, (10, 5)),
        (312, 187, (312, 187)),
    ],
)
def test_small_sums_are_not_shown_nor_those_that_tell_of_a_few(
    public_day: OpenHouse, given: int, handed_in: int, shown: tuple[int | None, int | None]
) -> None:
    StampSums.objects.create(openhouse=public_day, on_paper=given, handed_in=handed_in, stamps=6 * handed_in)
    told = queries.stamps_told(public_day)
    assert (told.given, told.handed_in) == shown
    assert (told.stamps is None) == (told.handed_in is None)


# -- the desk and the draw -----------------------------------------------------------------------------------------
def test_the_desk_takes_a_paper_card_with_two_presses_and_once(
    public_day: OpenHouse, tables: Tables, at: Clock
) -> None:
    desk, there = Client(), desk_of(public_day)
    fields = {"key": key(), "stamps": "7", "zones": "3"}
    answers = [desk.post(there, fields).headers["Location"] for _again in range(2)]
    assert answers[0] == answers[1]
    number = queries.in_the_box(public_day)[0]
    assert f"<bdi>{number}</bdi>" in desk.get(answers[0]).content.decode()
    assert str(number) not in answers[0]
    for made_up in ("1234", "s1:", "s1:x", "å", "x" * 5000):
        page = desk.get(desk_of(public_day, "paper_cards"), {"number": made_up})
        assert (page.status_code, "card-digits" in page.content.decode()) == (200, False)
    assert sums(public_day) == (0, 1, 1, 7)
    for wrong in ({"stamps": "4", "zones": "3"}, {"stamps": "9", "zones": "2"}):
        answer = desk.post(there, {"key": key(), **wrong})
        assert (answer.status_code, "Några stämplar fattas ännu." in answer.content.decode()) == (422, True)
    for odd in (
        {},
        {"stamps": "många", "zones": "3"},
        {"stamps": "25", "zones": "3"},
        {"stamps": "-1", "zones": "x"},
    ):
        assert desk.post(there, {"key": key(), **odd}).status_code == 422
    assert sums(public_day) == (0, 1, 1, 7)


def test_the_pile_of_paper_is_counted_and_never_less_than_came_back(
    public_day: OpenHouse, tables: Tables, at: Clock
) -> None:
    desk, there = Client(), desk_of(public_day, "paper_cards_given")
    for _card in range(3):
        desk.post(desk_of(public_day), {"key": key(), "stamps": "5", "zones": "3"})
    assert sums(public_day) == (0, 3, 3, 15)
    answer = desk.post(there, {"key": key(), "given": "2"})
    assert answer.status_code == 422
    assert "3 har lämnats in på papper" in answer.content.decode()
    assert desk.post(there, {"key": key(), "given": "40"}).status_code == 302
    desk.post(desk_of(public_day), {"key": key(), "stamps": "5", "zones": "3"})
    assert sums(public_day) == (0, 40, 4, 20)


def test_the_draw_is_made_once_and_anybody_can_make_it_again(
    public_day: OpenHouse, tables: Tables, at: Clock, leader: Client
) -> None:
    there = reverse("openhouse:stamps_draw", args=[public_day.pk])
    empty = leader.post(there, {"key": key(), "prizes": "3", "said": "1"})
    assert (empty.status_code, "Det finns inget i lådan än." in empty.content.decode()) == (422, True)
    for _card in range(20):
        stamps.hand_in_paper(public_day, stamps=5, zones=3, at=NOON)
    box = queries.in_the_box(public_day)
    wrong = leader.post(there, {"key": key(), "prizes": "3", "said": "hej"})
    assert (wrong.status_code, "Skriv bara siffror." in wrong.content.decode()) == (422, True)
    for said in ("٤٧١", "999"):
        assert leader.post(there, {"key": key(), "prizes": "3", "said": said}).status_code == 302
    stamps.hand_in_paper(public_day, stamps=5, zones=3, at=NOON)
    found = queries.drawn(public_day)
    assert found is not None
    assert (found.draw.said, found.draw.numbers) == ("471", box)
    assert found.winners == in_drawn_order(reversed(box), "471")[:3]
    page = leader.get(reverse("openhouse:stamps", args=[public_day.pk])).content.decode()
    assert [int(one) for one in re.findall(r"<li><bdi>(\d{4})</bdi>", page)] == found.winners


def test_a_draw_favours_no_number() -> None:
    """The first of ten numbers, over 2,000 draws: each about 200 times."""
    firsts = [in_drawn_order(range(1000, 1010), str(said))[0] for said in range(2000)]
    assert all(140 < firsts.count(number) < 260 for number in range(1000, 1010))


def test_the_winner_is_told_by_number_on_the_own_phone(
    public_day: OpenHouse, tables: Tables, at: Clock
) -> None:
    phone = Phone(public_day)
    for table in (0, 1, 2, 22, 34):
        phone.stamp(tables[table])
    phone.hand_in()
    stamps.draw(public_day, prizes=1, said="1")
    assert "Ditt nummer drogs!" in phone.card()
    late = Phone(public_day)
    for table in (0, 1, 2, 22, 34):
        late.stamp(tables[table])
    late.hand_in()
    assert "Dragningen gjordes innan ditt kort kom." in late.card()


# -- many ----------------------------------------------------------------------------------------------------------
def test_the_pages_ask_the_same_of_the_database_for_three_and_for_three_hundred(
    public_day: OpenHouse, tables: Tables, at: Clock, leader: Client
) -> None:
    addresses = [
        (leader, reverse("openhouse:stamps", args=[public_day.pk])),
        (leader, reverse("openhouse:stamps_codes_file", args=[public_day.pk]) + f"?table={tables[0].pk}"),
        (Client(), reverse("openhouse:at_table", args=[public_day.pk, queries.table_secret(tables[0])])),
        (Client(), reverse("openhouse:stamp_card", args=[public_day.pk])),
        (Client(), desk_of(public_day, "paper_cards")),
    ]
    counts = []
    for turn in range(2):
        if turn:
            three_hundred_more(public_day, given_at=NOW)
        for _card in range(20 * turn):
            stamps.hand_in_paper(public_day, stamps=5, zones=3, at=NOON)
        for client, address in addresses:
            client.get(address)
        asked = []
        for client, address in addresses:
            with CaptureQueriesContext(connection) as queries_:
                assert client.get(address).status_code == 200
            asked.append(len(queries_))
        counts.append(asked)
    assert counts[0] == counts[1]
