"""Chapter H through HTTP: 146 hands from 96 people towards 33 of 40 associations, some of them from paper at table 17."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from brobygget.openhouse.commands import events
from brobygget.openhouse.models import Handover, Invitation, OpenHouse
from brobygget.openhouse.queries import hands as queries
from tests.conftest import NOW, TODAY
from tests.openhouse.at_the_tables import Press, text
from tests.openhouse.conftest import DAY, swedish
from tests.openhouse.hands import at, phone, raises, stand_at

PEOPLE, HANDS, TABLES, CHOSEN = 96, 146, 40, 33
WAYS = {"message": 61, "call": 22, "reception": 13}
YEARS = {"new": 54, "long": 35, "": 7}
TABLE_17, SLIPS, WITH_THE_HOST = 16, 6, 9
BENGT, BENGTS = 4, 5  # the fifth table gets five hands


def _spread(parts: dict[str, int]) -> list[str]:
    return [name for name, number in parts.items() for _one in range(number)]


def _choices() -> list[list[int]]:
    """For each of the 96 the tables they choose: 46 choose one, 50 choose two, so that 33 tables are chosen."""
    dice = random.Random(17)
    tables = list(range(CHOSEN))
    others = [number for number in tables if number not in (BENGT, TABLE_17)]
    first = [BENGT] * BENGTS + [TABLE_17] * SLIPS + [others[number % len(others)] for number in range(85)]
    second: list[list[int]] = [[] for _one in range(PEOPLE)]
    for person in range(PEOPLE - (HANDS - PEOPLE), PEOPLE):
        second[person] = [dice.choice([one for one in others if one != first[person]])]
    return [[one, *more] for one, more in zip(first, second, strict=True)]


def _told(person: int, way: str, years: str) -> dict[str, str]:
    number = {} if way == "reception" else {"telephone": f"070-{person:03d} 00 00"}
    alias = {} if person % 3 else {"alias": f"Gäst {person}"}
    return {"way": way, "spoken": ("sv", "ar", "ti", "fa")[person % 4], "years": years, **number, **alias}


def _numbers_on(page: str) -> set[int]:
    """The numbers of the visitors on a list; an alias has none of four digits."""
    heads = re.findall(r'<th scope="row">(.*?)</th>', page, re.DOTALL)
    return {int(number) for head in heads for number in re.findall(r"\b\d{4}\b", head)}


@pytest.mark.slow  # 146 presses and some hundred pages
def test_the_storys_hands_to_the_last_one(
    the_day: OpenHouse,
    at_noon: Callable[[datetime], None],
    client_invited: Callable[[Invitation], Client],
    leader: Client,
    press: Press,
) -> None:
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    tables = stand_at(the_day, *(f"Förening {number:02d}" for number in range(1, TABLES + 1)))
    ways, years = _spread(WAYS), _spread(YEARS)
    random.Random(1).shuffle(ways)
    random.Random(2).shuffle(years)
    on_paper: list[tuple[int, dict[str, str]]] = []
    answers: list[HttpResponse] = []
    for person, chosen in enumerate(_choices()):
        told: dict[str, Any] = _told(person, ways[person], years[person])
        if TABLE_17 in chosen:
            # The tablet at table 17 is dead: a slip, whose lower half the visitor keeps.
            code = queries.new_slip_code(the_day)
            on_paper += [(one, {**told, "code": code}) for one in chosen]
        elif person % 9 == 0:
            # With the host at the table; at a second one the code is enough.
            host = client_invited(tables[chosen[0]])
            answers.append(press(host, at("stand_raising", tables[0]), how="stand", **told))
            made = Handover.objects.get(pk=answers[-1].headers["Location"].split("/")[-3])
            for one in chosen[1:]:
                next_host, code = client_invited(tables[one]), queries.code_of(made.visitor.seed)
                answers.append(press(next_host, at("stand_raising", tables[0]), how="stand", code=code))
        else:
            client = phone("sv")
            answers += [raises(client, tables[one], **told) for one in chosen]
    at_noon(swedish(DAY, 19))
    for one, fields in on_paper:
        host = client_invited(tables[one])
        answers.append(press(host, at("stand_raising", tables[0]), how="paper", **fields))
    assert [answer.status_code for answer in answers] == [302] * HANDS

    sums = queries.sums_of(the_day)
    assert (sums.hands, sums.people, sums.associations) == (146, 96, 33)
    assert (sums.by_message, sums.by_call, sums.by_reception) == (61, 22, 13)
    assert (sums.new_here, sums.long_here, sums.years_unsaid) == (54, 35, 7)
    assert sums.on_paper == len(on_paper) >= SLIPS
    assert Handover.objects.filter(invitation=tables[TABLE_17]).count() == SLIPS

    # Staff see the sums and nobody; so they do when everybody is forgotten.
    leader.cookies["language"] = "en"
    shown = "146 hands from 96 people, to 33 of 40 associations."
    parts = [
        "Message 61", "Call 22", "Answer at the reception 13",
        "Three years or less here 54", "Longer here 35", "No answer 7",
    ]  # fmt: skip
    page = text(leader.get(at("door", tables[0])))
    assert [part for part in [shown, *parts] if part not in page] == []
    assert [part for part in ("Gäst", "070-", "Förening") if part in page] == []

    # Monday: Bengt gets his five, table 17 its slips marked as such; the seven others have none.
    at_noon(swedish(DAY + timedelta(days=2), 9))
    lists = [client_invited(one).get(at("our_hands", one)).content.decode() for one in tables]
    own = [_numbers_on(page) for page in lists]
    expected = [
        set(Handover.objects.filter(invitation=one).values_list("visitor__number", flat=True))
        for one in tables
    ]
    assert own == expected
    assert (len(own[BENGT]), own[CHOSEN:]) == (BENGTS, [set()] * 7)
    assert [page.count("status-wait") for page in lists][TABLE_17] == SLIPS
