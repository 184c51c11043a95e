"""A visit without an account: from pictures to a way past five tables with its reasons, and nothing of it kept."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brobygget.associations.models import AssociationInterest, AssociationTime, Known
from brobygget.openhouse.commands import events
from brobygget.openhouse.models import Answer, FloorPlan, Invitation, OpenHouse, Place, Position, Slot
from brobygget.openhouse.queries import exposure
from brobygget.openhouse.queries.route import tables_of
from tests.agreements.test_doors import _whole_database
from tests.conftest import NOW, TODAY
from tests.openhouse.conftest import three_hundred_more
from tests.openhouse.stamping import Tables, at, public_day, tables

__all__ = ["at", "public_day", "tables"]
pytestmark = pytest.mark.usefixtures("at")


@pytest.fixture(autouse=True)
def _counted_anew() -> Iterator[None]:
    exposure.forget_seen()
    yield
    exposure.forget_seen()


def about(table: Invitation, *interests: str, **facts: Any) -> Invitation:
    """Say what an association is about."""
    for interest in interests:
        AssociationInterest.objects.create(association=table.association, interest=interest)
    for name, value in facts.items():
        setattr(table.association, name, value)
    table.association.save()
    return table


@pytest.fixture
def fair(tables: Tables) -> Tables:
    """Seven tables are about something; the others have not said."""
    about(tables[6], "sewing", "weaving", languages=",fa,ar,", try_free=Known.YES)
    about(tables[11], "chess", languages=",sv,ar,", step_free=Known.YES)
    AssociationTime.objects.create(association=tables[11].association, weekday=1, starts=time(18))
    about(tables[20], "football", minimum_age=7, maximum_age=12)
    about(tables[24], "board_games")
    about(tables[35], "choir", fee_sek=300)
    about(tables[36], "birds", swedish_needed="none")
    about(tables[2], "chess", takes_new_members=Known.NO)
    return tables


def go(openhouse: OpenHouse, query: str, client: Client | None = None) -> HttpResponse:
    client = client or Client()
    return client.get(reverse("openhouse:route", args=[openhouse.pk]) + f"?{query}", follow=True)


def numbers(answer: HttpResponse) -> list[int]:
    """The tables of the way, as one walks."""
    return [
        int(one)
        for one in re.findall(
            r'class="stop-number"><span class="hidden">[^<]*</span>(\d+)', answer.content.decode()
        )
    ]


def words(answer: HttpResponse) -> str:
    plain = re.sub(r"<(script|style|svg|head)\b.*?</\1>", "", answer.content.decode(), flags=re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", plain).split()))


# -- the way -------------------------------------------------------------------------------------------------------
def test_the_way_has_reasons_languages_needs_and_a_surprise(public_day: OpenHouse, fair: Tables) -> None:
    told = go(public_day, "like=chess&like=sewing&day=1&when=evening&speak=ar&need=step-free")
    shown = numbers(told)
    assert shown[:2] == [7, 12]
    assert 25 in shown  # another game
    assert len(shown) == 4  # three that fit and a surprise; nobody is put in to make it five
    text = words(told)
    for sentence in (
        "För att du valde schack och tisdag kväll",
        "För att du valde sy",
        "Nära det du valde: schack",
        "En överraskning: något helt annat",
        "Någon talar arabiska",
        "Första gången är gratis",
        "Utan trappsteg",
        "Fråga om det finns trappsteg",
        "Börja vid entrén · Sal A → Sal B → Korridoren",
    ):
        assert sentence in text
    assert "Förening 3 " not in text  # takes no new members


def test_which_tables_stands_in_the_address_from_then_on(public_day: OpenHouse, fair: Tables) -> None:
    first = go(public_day, "surprise=1")
    address = first.redirect_chain[-1][0]
    assert address.count("to=") == 5
    again = [numbers(Client().get(address)) for _time in range(3)]
    assert again == [numbers(first)] * 3
    # Another visitor is shown others.
    assert numbers(go(public_day, "surprise=1")) != numbers(first)


def test_the_way_is_walked_from_the_entrance_hall_by_hall(public_day: OpenHouse, fair: Tables) -> None:
    far, near, middle = fair[38], fair[1], fair[30]
    query = "&".join(f"to={one.pk}" for one in (far, near, middle))
    assert numbers(go(public_day, f"surprise=1&{query}")) == [2, 31, 39]


def test_more_tables_can_be_shown_and_those_that_are_there_stay(public_day: OpenHouse, fair: Tables) -> None:
    first = go(public_day, "surprise=1")
    more = html.unescape(re.findall(r'href="\?([^"]*more=1)"', first.content.decode())[0])
    second = go(public_day, more)
    assert set(numbers(first)) < set(numbers(second))
    assert len(numbers(second)) == 10


def test_a_table_that_has_left_is_told_and_the_rest_of_the_way_stands(
    public_day: OpenHouse, fair: Tables
) -> None:
    query = f"like=chess&to={fair[11].pk}&to={fair[24].pk}&to=99999999"
    Place.objects.filter(invitation=fair[24]).update(given_up_at=NOW)
    answer = go(public_day, query)
    assert numbers(answer) == [12]
    assert "2 bord på din väg är inte kvar. De andra är det." in words(answer)


def test_ages_and_needs_shut_out_by_a_known_no_alone(public_day: OpenHouse, fair: Tables) -> None:
    assert 21 in numbers(go(public_day, "like=football&who=child-7"))
    assert 21 not in numbers(go(public_day, "like=football&who=me"))
    assert 36 in numbers(go(public_day, "like=choir"))
    assert 36 not in numbers(go(public_day, "like=choir&need=free"))
    Answer.objects.filter(invitation=fair[35]).update(noise="loud")
    assert 36 not in numbers(go(public_day, "like=choir&need=quiet"))
    Position.objects.filter(number=12).update(step_free=False)
    assert 12 not in numbers(go(public_day, "like=chess&need=step-free"))


def test_what_has_a_time_to_try_is_told_with_it(public_day: OpenHouse, fair: Tables) -> None:
    facts = {"openhouse": public_day, "kind": "try", "invitation": fair[11], "capacity": 12}
    Slot.objects.create(title="Ett parti schack", starts=time(13, 30), ends=time(14), **facts)
    Slot.objects.create(title="Inställt", starts=time(12), ends=time(13), called_off_at=NOW, **facts)
    text = words(go(public_day, "like=chess"))
    assert "Ett parti schack 13.30" in text
    assert "Inställt" not in text


def test_before_the_floor_plan_is_told_there_are_no_numbers(public_day: OpenHouse, fair: Tables) -> None:
    FloorPlan.objects.update(told_at=None)
    answer = go(public_day, "like=chess")
    assert numbers(answer) == []
    assert "Förening 12" in words(answer)
    assert "Borden får sina nummer några dagar innan." in words(answer)


# -- the pages -----------------------------------------------------------------------------------------------------
def test_from_groups_to_activities_to_wishes_everything_is_carried_in_the_address(
    public_day: OpenHouse, fair: Tables
) -> None:
    visitor = Client()
    start = visitor.get(reverse("openhouse:visit", args=[public_day.pk])).content.decode()
    groups = set(re.findall(r'name="group" value="([^"]+)"', start))
    assert groups == {"g-craft", "g-games", "g-ball", "g-music", "g-nature"}
    assert 'name="surprise"' in start
    second = visitor.get(
        reverse("openhouse:visit_interests", args=[public_day.pk]) + "?group=g-games&group=g-craft&surprise=1"
    ).content.decode()
    assert set(re.findall(r'name="like" value="([^"]+)"', second)) == {
        "chess",
        "board_games",
        "sewing",
        "weaving",
    }
    third = visitor.get(
        reverse("openhouse:visit_wishes", args=[public_day.pk])
        + "?group=g-games&group=g-craft&surprise=1&like=chess"
    ).content.decode()
    hidden = set(re.findall(r'type="hidden" name="(like|group|surprise|to)" value="([^"]+)"', third))
    assert hidden == {("like", "chess"), ("group", "g-games"), ("group", "g-craft"), ("surprise", "1")}


@pytest.mark.parametrize(
    ("name", "query", "to"),
    [
        ("visit_interests", "", "visit"),
        ("visit_interests", "surprise=1", "visit_wishes"),
        ("visit_wishes", "", "visit"),
        ("visit_wishes", "like=no_such_thing", "visit"),
        ("route", "", "visit"),
        ("route", "to=1&to=x&like=&group=%00&day=9&who=king&when=never&need=money", "visit"),
    ],
)
def test_where_nothing_is_chosen_one_is_led_back(
    public_day: OpenHouse, fair: Tables, name: str, query: str, to: str
) -> None:
    answer = Client().get(reverse(f"openhouse:{name}", args=[public_day.pk]) + f"?{query}")
    assert answer.status_code == 302
    assert answer.headers["Location"].split("?")[0] == reverse(f"openhouse:{to}", args=[public_day.pk])


def test_nobody_comes_yet_and_nothing_fits_are_told_with_a_way_on(public_day: OpenHouse) -> None:
    assert "Föreningarna tillfrågas just nu." in words(
        Client().get(reverse("openhouse:visit", args=[public_day.pk]))
    )
    assert "Inget bord passar allt det här" in words(go(public_day, "surprise=1"))


def test_a_day_that_is_not_public_has_no_visit(public_day: OpenHouse, fair: Tables) -> None:
    events.publish(public_day, is_public=False, on=TODAY, at=NOW)
    for name in ("visit", "visit_interests", "visit_wishes", "route"):
        assert Client().get(reverse(f"openhouse:{name}", args=[public_day.pk])).status_code == 404


# -- what is kept --------------------------------------------------------------------------------------------------
def test_nothing_of_a_visit_is_kept_on_the_server_and_no_cookie_holds_it(
    public_day: OpenHouse, fair: Tables
) -> None:
    before, visitor = _whole_database(), Client()
    for name, query in (
        ("visit", ""),
        ("visit_interests", "group=g-games"),
        ("visit_wishes", "like=chess"),
        ("route", "like=chess&when=evening"),
    ):
        visitor.get(reverse(f"openhouse:{name}", args=[public_day.pk]) + f"?{query}", follow=True)
    assert _whole_database() == before
    assert set(visitor.cookies) == {"csrftoken"}


def test_each_of_forty_is_among_the_first_as_often_as_any_other(
    public_day: OpenHouse, tables: Tables
) -> None:
    for table in tables:
        AssociationInterest.objects.create(association=table.association, interest="chess")
    for _visitor in range(40):
        go(public_day, "like=chess")
    seen = exposure.seen_at(public_day.pk)
    assert set(seen.values()) == {3}
    assert len(seen) == 40


def test_the_pages_ask_the_same_of_the_database_for_three_and_for_three_hundred(
    public_day: OpenHouse, fair: Tables
) -> None:
    query = "?like=chess&like=sewing&group=g-games&when=evening&speak=ar&need=quiet"
    names = ("visit", "visit_interests", "visit_wishes", "route")
    tail = f"&to={fair[6].pk}&to={fair[11].pk}&to={fair[24].pk}"
    counts = []
    for turn in range(2):
        if turn:
            for one in three_hundred_more(public_day, given_at=NOW):
                AssociationInterest.objects.create(association_id=one.association_id, interest="chess")
        asked = []
        for name in names:
            address = reverse(f"openhouse:{name}", args=[public_day.pk]) + query + tail
            Client().get(address)
            with CaptureQueriesContext(connection) as queries:
                assert Client().get(address).status_code == 200
            asked.append(len(queries))
        counts.append(asked)
    assert counts[0] == counts[1]
    with CaptureQueriesContext(connection) as queries:
        tables_of(public_day, on=TODAY)
    assert len(queries) == 6


def test_names_and_words_of_associations_are_shown_as_they_are_and_do_nothing(
    public_day: OpenHouse, fair: Tables
) -> None:
    wild = "<script>alert(1)</script>"
    fair[11].association.name = wild
    fair[11].association.save()
    Answer.objects.filter(invitation=fair[11]).update(hands=wild)
    page = go(public_day, f"like=chess&to={fair[11].pk}").content.decode()
    assert wild not in page
    assert html.escape(wild) in page


def test_the_way_runs_from_right_to_left_in_arabic(public_day: OpenHouse, fair: Tables) -> None:
    reader = Client()
    reader.cookies["language"] = "ar"
    assert 'dir="rtl"' in go(public_day, "like=chess&speak=ar", reader).content.decode().split("<body")[0]
