"""The pages about tables, read as people read them: three choices, moves, three screens and paper that agree."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from brobygget.circles.commands import table_guests, table_plans
from brobygget.circles.commands.table_guests import NewGuest
from brobygget.circles.models import Circle, Meeting, Membership, Step, TableGuest, TablePlan
from brobygget.circles.queries.circles import wall_token
from brobygget.circles.queries.table_doors import token_of
from brobygget.people.models import Account, Participant
from brobygget.people.request import COOKIE
from tests.conftest import NOW, TODAY

from .cafe import PEOPLE, begin, cafe, guest, hall, planned, seating

Press = Callable[..., HttpResponse]
pytestmark = pytest.mark.django_db
LINES = "\n".join(
    ["Amal, arabiska svenska, 1", "Anders", "Farah: dari, svenska", "Iryna; ukrainska / svenska; 2 år"]
)


@pytest.fixture
def leader(birgit: Account, client_of_account: Callable[[Account], Client]) -> Client:
    return client_of_account(birgit)


def _text(response: Any) -> str:
    inner = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", inner).split()))


def _at(name: str, meeting: Meeting, query: str = "", **more: Any) -> str:
    return reverse(f"circles:{name}", kwargs={"pk": meeting.pk, **more}) + query


def _see(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return _text(response)


def _choose(press: Press, leader: Client, meeting: Meeting, **more: Any) -> HttpResponse:
    facts = {"lines": LINES, "tables": 2, "rounds": 2, "minutes_each": 12, "here": [], **more}
    return press(leader, _at("tables", meeting), **facts)


# -- three choices -------------------------------------------------------------------------------------------------
def test_three_choices_make_a_plan_of_members_and_of_those_who_were_written_down(
    leader: Client, press: Press, meeting: Meeting, amina: Membership
) -> None:
    assert _see(leader, _at("tables", meeting)).count("Amina") == 1
    assert TablePlan.objects.count() == 0  # looking makes nothing
    answer = _choose(press, leader, meeting, here=[f"m{amina.pk}"])
    assert (answer.status_code, answer.headers["Location"]) == (302, _at("tables", meeting))
    plan = TablePlan.objects.get()
    assert [(who.called, who.languages, who.guest.years_here) for who in hall(plan).people] == [
        ("Amal", ("sv", "ar"), "1-3"),
        ("Amina", ("ar",), ""),
        ("Anders", ("sv",), ""),
        ("Farah", ("sv", "fa"), ""),
        ("Iryna", ("sv", "uk"), "1-3"),
    ]
    assert [sorted(map(len, tables.values())) for tables in seating(plan).values()] == [[2, 3], [2, 3]]


def test_a_member_who_is_not_ticked_has_no_seat(
    leader: Client, press: Press, meeting: Meeting, amina: Membership
) -> None:
    _choose(press, leader, meeting)
    assert "Amina" not in {
        name for tables in seating(TablePlan.objects.get()).values() for n in tables.values() for name in n
    }


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"tables": 0}, "Choose from 1 to 60 tables."),
        ({"tables": -4}, "Choose from 1 to 60 tables."),
        ({"tables": 5}, "There are 4 people for 5 tables."),
        ({"tables": "många"}, "Write a number, like 5."),
        ({"tables": ""}, "Write a number of tables."),
        ({"rounds": 200}, "Choose from 1 to 20 rounds."),
        ({"rounds": 0}, "Choose from 1 to 20 rounds."),
        ({"minutes_each": 1}, "A round is from 3 to 90 minutes long."),
        ({"lines": ""}, "Nobody is at the tables yet."),
        ({"lines": "Amal, klingonska"}, "We do not know the language “klingonska” on line 1."),
        ({"lines": "Amal\nAmal"}, "Somebody here is already called Amal."),
        ({"lines": "Amal\n ,svenska"}, "Line 2 has no name that can be said aloud."),
        ({"lines": "A" * 31}, "The name on line 1 is longer than 30 letters."),
        ({"lines": "Amal 19850101-1236"}, "That looks like an identity number."),
        ({"here": ["m999999"]}, "is not one of the available choices"),
    ],
)
def test_bad_input_is_one_clear_sentence_and_nothing_is_lost(
    leader: Client, press: Press, meeting: Meeting, wrong: dict[str, Any], sentence: str
) -> None:
    leader.cookies["language"] = "en"
    answer = _choose(press, leader, meeting, **wrong)
    told = _text(answer)
    assert answer.status_code == 422
    assert sentence in told
    assert str(wrong.get("lines", "Iryna; ukrainska / svenska; 2 år")).strip().split("\n")[-1].strip() in told
    assert TableGuest.objects.count() == 0


def test_the_sentence_comes_in_the_readers_language(leader: Client, press: Press, meeting: Meeting) -> None:
    leader.cookies["language"] = "ar"
    assert "يوجد 4 أشخاص لـ 5 طاولات" in _text(_choose(press, leader, meeting, tables=5))
    leader.cookies["language"] = "sv"
    assert "Det är 4 personer till 5 bord." in _text(_choose(press, leader, meeting, tables=5))


def test_pressed_twice_there_is_one_plan(leader: Client, press: Press, meeting: Meeting) -> None:
    key = "6f6b1d1e-6f0e-4f6e-9a55-0c8a7f3f1a11"
    for _press in range(2):
        assert _choose(press, leader, meeting, key=key).status_code == 302
    assert TableGuest.objects.count() == 4


# -- looking and moving --------------------------------------------------------------------------------------------
def test_the_plan_says_why_each_table_is_as_it_is(leader: Client, meeting: Meeting) -> None:
    plan = planned(meeting)
    leader.cookies["language"] = "en"
    told = _see(leader, _at("tables", meeting))
    assert told.count("Swedish is spoken here. 10 pairs meet for the first time.") >= 3
    assert re.search(r"\d+ new meetings of \d+ possible: (9\d|100) %", told)
    assert "Fewest:" in told or "Everybody meets at least" in told
    assert plan.rounds.count() == 5


def _meetings(told: str) -> int:
    return int(re.search(r"(\d+) new meetings of", told)[1])  # type: ignore[index]


def test_a_shared_interpreter_is_named_with_what_one_more_would_give(
    leader: Client, meeting: Meeting
) -> None:
    people = [NewGuest(alias, ("ti",)) for alias in ("Dawit", "Rahel", "Selam")]
    people += [NewGuest("Mulu", ("ti", "sv"))] + [NewGuest(f"Svea {n}", ("sv",)) for n in range(12)]
    plan = cafe(meeting, people)
    table_guests.change_guest(guest(plan, "Mulu"), languages=["ti", "sv"], interprets=True)
    table_plans.make_plan(plan, tables=3, rounds=5, seed=1)
    leader.cookies["language"] = "en"
    told = _see(leader, _at("tables", meeting))
    assert "Tigrinya is spoken here. Mulu interprets for Svea" in told
    found = re.search(r"With one more interpreter of Tigrinya there would be (\d+) more meetings\.", told)
    assert found is not None
    # Somebody who interprets too: the evening has at least as many more meetings as was said.
    before = _meetings(told)
    table_guests.change_guest(guest(plan, "Svea 0"), languages=["sv", "ti"], interprets=True)
    table_plans.make_plan(plan, tables=3, rounds=5, seed=1)
    assert _meetings(_see(leader, _at("tables", meeting))) > before


def test_where_everybody_understands_each_other_nobody_is_told_to_find_an_interpreter(
    meeting: Meeting,
) -> None:
    plan = cafe(meeting, [NewGuest(f"Svea {n}", ("sv",)) for n in range(8)])
    assert table_plans.make_plan(plan, tables=2, rounds=2, seed=1).one_more_gives is None


def test_who_cannot_follow_is_said_first_with_who_could_help(leader: Client, meeting: Meeting) -> None:
    plan = cafe(meeting, [NewGuest("Layla", ("ar",)), NewGuest("Amal", ("ar", "sv")), *PEOPLE[1:8]])
    table_plans.make_plan(plan, tables=2, rounds=3, seed=1)
    leader.cookies["language"] = "en"
    told = _see(leader, _at("tables", meeting))
    assert "1 person cannot follow at some table. Do something about that first." in told
    assert "Ask whether somebody interprets Arabic there, such as Amal" in told
    assert " %" not in told  # what is possible says nothing while a rule is broken


def test_the_consequences_are_shown_before_the_move_is_kept(
    leader: Client, press: Press, meeting: Meeting
) -> None:
    plan = planned(meeting)
    before = seating(plan)
    one, other = (guest(plan, before[2][table][0]) for table in (1, 3))
    leader.cookies["language"] = "en"
    query = f"?round=2&guest={one.pk}"
    assert "Tap a table, or somebody to change places with." in _see(leader, _at("tables", meeting, query))
    told = _see(leader, _at("tables", meeting, f"{query}&with={other.pk}"))
    assert "change places" in told
    assert re.search(r"\d+ meetings? would be lost: |Nothing is lost by this", told)
    assert seating(plan) == before
    press(leader, _at("tables_move", meeting), round=2, guest=one.pk, **{"with": other.pk})
    after = seating(plan)
    assert after[2] != before[2]
    assert {n: after[n] for n in (1, 3, 4, 5)} == {n: before[n] for n in (1, 3, 4, 5)}
    assert "Changed: 2 people have another table" in _see(leader, _at("tables", meeting, "?round=2"))
    press(leader, _at("tables_undo", meeting), round=2)
    assert seating(plan) == before


def test_a_move_that_breaks_the_language_is_told_so(leader: Client, meeting: Meeting) -> None:
    people = [NewGuest("Farah", ("fa",)), NewGuest("Habib", ("fa", "sv"))]
    plan = cafe(meeting, [*people, *(NewGuest(f"Svea {n}", ("sv",)) for n in range(6))])
    table_guests.change_guest(guest(plan, "Habib"), languages=["fa", "sv"], interprets=True)
    table_plans.make_plan(plan, tables=2, rounds=1, seed=1)
    farah = guest(plan, "Farah")
    away = next(table for table, names in seating(plan)[1].items() if "Farah" not in names)
    leader.cookies["language"] = "en"
    told = _see(leader, _at("tables", meeting, f"?round=1&guest={farah.pk}&table={away}"))
    assert f"Farah could not follow at table {away}: there is no language in common." in told
    assert "One table gets more people than another." in told


@pytest.mark.parametrize(
    "query", ["?round=99", "?round=x&guest=-1", "?round=1&guest=1&table=99", "?guest=9&with=9"]
)
def test_an_address_that_somebody_made_up_shows_the_plan(
    leader: Client, meeting: Meeting, query: str
) -> None:
    planned(meeting)
    assert leader.get(_at("tables", meeting, query)).status_code == 200


def test_a_held_round_shows_no_way_to_move_anybody(leader: Client, meeting: Meeting) -> None:
    plan = planned(meeting)
    begin(plan, 1)
    page = leader.get(_at("tables", meeting, "?round=1")).content.decode()
    assert 'a class="hall-person' not in page
    assert 'a class="hall-person' in leader.get(_at("tables", meeting, "?round=2")).content.decode()


def test_the_leader_writes_down_two_who_came_late_and_the_rest_is_planned_at_once(
    leader: Client, press: Press, meeting: Meeting
) -> None:
    plan = planned(meeting)
    begin(plan, 1)
    answer = press(leader, _at("tables_people", meeting), lines="Mona, arabiska svenska\nOlle")
    assert answer.status_code == 302
    assert {"Mona", "Olle"} <= {name for names in seating(plan)[2].values() for name in names}
    press(leader, _at("tables_presence", meeting), guest=guest(plan, "Gun").pk, here="no")
    assert "Gun" not in {name for names in seating(plan)[2].values() for name in names}


def test_when_no_plan_fits_the_departure_is_kept_and_the_page_says_why(
    leader: Client, press: Press, meeting: Meeting
) -> None:
    plan = cafe(meeting, PEOPLE[:4])
    table_plans.make_plan(plan, tables=4, rounds=2, seed=1)
    leader.cookies["language"] = "en"
    press(leader, _at("tables_presence", meeting), guest=guest(plan, "Amal").pk, here="no")
    assert "There are 3 people for 4 tables." in _see(leader, _at("tables_people", meeting))
    assert _see(leader, _at("tables", meeting)).count("There are 3 people for 4 tables.") == 1


def test_a_table_is_told_where_it_stands(leader: Client, press: Press, meeting: Meeting) -> None:
    plan = planned(meeting)
    press(leader, _at("tables_table", meeting), table=4, what="name", place="vid fönstret")
    assert "vid fönstret" in _see(leader, _at("tables_places", meeting))
    press(leader, _at("tables_table", meeting), table=4, what="name", place="x" * 61)
    assert plan.tables.get(number=4).place == "vid fönstret"
    press(leader, _at("tables_table", meeting), table=2, what="break")
    assert [table.number for table in hall(plan).tables_in(1)] == [1, 3, 4, 5]


# -- phones, wall, paper -------------------------------------------------------------------------------------------
@pytest.fixture
def at_tables(meeting: Meeting, amina: Membership) -> TablePlan:
    """Amina and two dozen others are in the second of five rounds."""
    Step.objects.create(meeting=meeting, kind="tables", position=1, planned_minutes=60, began_at=NOW)
    plan = planned(meeting)
    plan.tables.filter(number=1).update(place="vid fönstret")
    begin(plan, 2)
    return plan


def _table_of(plan: TablePlan, number: int, called: str) -> int:
    return next(table for table, names in seating(plan)[number].items() if called in names)


def test_a_phone_shows_now_and_next_in_its_own_language_and_direction(
    at_tables: TablePlan, amina: Membership, client_of: Callable[..., Client]
) -> None:
    answer = client_of(amina).get(reverse("circles:now"))
    told = _text(answer)
    assert 'dir="rtl"' in answer.content.decode()
    assert f"الآن: الطاولة {_table_of(at_tables, 2, 'Amina')}" in told
    assert f"التالي: الطاولة {_table_of(at_tables, 3, 'Amina')}" in told
    assert "الجولة 2 من 5" in told


def test_a_phone_says_what_one_can_talk_in_there(
    meeting: Meeting, amina: Membership, client_of: Callable[..., Client]
) -> None:
    Step.objects.create(meeting=meeting, kind="tables", position=1, planned_minutes=60, began_at=NOW)
    plan = cafe(
        meeting, [NewGuest("Layla", ("ar", "sv")), NewGuest("Svea", ("sv",)), NewGuest("Gun", ("sv",))]
    )
    table_guests.say_languages(amina.participant, ["ar"])
    table_guests.change_guest(guest(plan, "Layla"), languages=["ar", "sv"], interprets=True)
    table_plans.make_plan(plan, tables=2, rounds=1, seed=1)
    phone = client_of(amina)
    phone.cookies["language"] = "en"
    assert (
        f"Next: table {_table_of(plan, 1, 'Amina')} {_table_of(plan, 1, 'Amina')} With somebody who speaks Arabic Layla"
        in _see(phone, reverse("circles:now"))
    )


def test_the_wall_shows_every_table_of_the_round_with_its_clock(at_tables: TablePlan, circle: Circle) -> None:
    told = _see(Client(), reverse("circles:wall", args=[circle.pk, wall_token(circle)]))
    assert "Runda 2 av 5" in told
    assert "12 minuter sedan byter alla bord" in told
    for table, names in seating(at_tables)[2].items():
        place = " vid fönstret" if table == 1 else ""
        assert f"{table}{place} {' '.join(names)}" in told


def test_more_tables_than_a_wall_can_show_take_turns(meeting: Meeting, circle: Circle) -> None:
    from brobygget.circles.queries.table_screens import wall_tables

    plan = cafe(meeting, [NewGuest(f"G{number}", ("sv",)) for number in range(40)])
    table_plans.make_plan(plan, tables=20, rounds=1, seed=1)
    leaves = [wall_tables(plan, at=NOW, turn=turn) for turn in range(3)]
    assert [[row.table.number for row in leaf.tables] for leaf in leaves if leaf] == [
        list(range(1, 11)),
        list(range(11, 21)),
        list(range(1, 11)),
    ]


def _paper(answer: Any) -> str:
    assert answer.headers["Content-Type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_a_card_stands_on_each_table_with_its_people_round_by_round(
    leader: Client, at_tables: TablePlan, meeting: Meeting
) -> None:
    answer = leader.get(_at("tables_cards", meeting))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    seats = seating(at_tables)
    assert len(pages) == 5
    for place, page in enumerate(pages, start=1):
        lines = " ".join(page.split())
        for number in range(1, 6):
            assert f"Runda {number} {' · '.join(seats[number][place])}" in lines
    assert {script for script in ("Стіл", "Miis", "ጣውላ") if script in pages[0]} == {"Стіл", "Miis", "ጣውላ"}


def test_a_slip_tells_each_person_their_way_in_their_language(
    leader: Client, at_tables: TablePlan, meeting: Meeting
) -> None:
    told = " ".join(_paper(leader.get(_at("tables_slips", meeting))).split())
    seats = seating(at_tables)
    way = " ".join(
        f"Runda {number}: bord {table}" + (" · vid fönstret" if table == 1 else "")
        for number in range(1, 6)
        for table in [next(t for t, names in seats[number].items() if "Anders" in names)]
    )
    assert f"Anders {way}" in told


def test_names_can_be_read_aloud_from_one_screen(
    leader: Client, at_tables: TablePlan, meeting: Meeting
) -> None:
    told = _see(leader, _at("tables_aloud", meeting))
    for names in seating(at_tables)[2].values():
        assert ", ".join(names) in told.replace(" ,", ",")


# -- guests by the code --------------------------------------------------------------------------------------------
def test_a_guest_comes_in_by_the_code_and_their_phone_shows_the_table(
    leader: Client, press: Press, at_tables: TablePlan, meeting: Meeting
) -> None:
    press(leader, _at("tables_door", meeting), what="open")
    at_tables.refresh_from_db()
    phone = Client()
    phone.cookies["language"] = "en"
    door = reverse("circles:tables_join", args=[token_of(at_tables)])
    assert "We sit at tables" in _see(phone, door)
    assert Participant.objects.filter(memberships=None).count() == 0  # looking lets nobody in
    answer = press(phone, door, alias="Mona", language="en", languages=["en", "sv"], years_here="<1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/now/")
    assert phone.cookies[COOKIE].value
    assert "The leader gives you a table for the next round." in _see(phone, reverse("circles:now"))
    assert "Mona" in _see(leader, _at("tables_waiting", meeting))
    press(leader, _at("tables_again", meeting))
    assert f"Next: table {_table_of(at_tables, 3, 'Mona')}" in _see(phone, reverse("circles:now"))
    assert phone.get(reverse("circles:card")).status_code == 404  # she sits in no circle
    table_guests.put_away(at_tables, at=NOW)
    assert phone.get(reverse("circles:now")).status_code == 404


def test_a_guest_keeps_what_they_wrote_when_the_name_is_taken(
    press: Press, at_tables: TablePlan, meeting: Meeting
) -> None:
    table_guests.open_door(at_tables, is_open=True)
    at_tables.refresh_from_db()
    phone = Client()
    phone.cookies["language"] = "en"
    door = reverse("circles:tables_join", args=[token_of(at_tables)])
    answer = press(phone, door, alias="Amal", language="en", languages=["so"])
    assert answer.status_code == 422
    assert "Somebody here is already called that." in _text(answer)
    assert 'value="Amal"' in answer.content.decode()


def test_a_door_that_was_closed_stays_closed_for_the_old_code(
    press: Press, leader: Client, at_tables: TablePlan, meeting: Meeting
) -> None:
    press(leader, _at("tables_door", meeting), what="open")
    at_tables.refresh_from_db()
    old = reverse("circles:tables_join", args=[token_of(at_tables)])
    press(leader, _at("tables_door", meeting), what="close")
    press(leader, _at("tables_door", meeting), what="open")
    assert Client().get(old).status_code == 404


def test_a_member_says_which_languages_they_talk_in(
    press: Press, amina: Membership, meeting: Meeting, client_of: Callable[..., Client]
) -> None:
    phone = client_of(amina)
    press(phone, reverse("circles:own_languages"), languages=["sv", "ar"])
    plan = table_guests.open_plan(meeting, on=TODAY)
    assert hall(plan).people[0].languages == ("sv", "ar")
    press(phone, reverse("circles:own_languages"))
    assert hall(plan).people[0].languages == ("ar",)
    assert press(phone, reverse("circles:own_languages"), languages=["tlh"]).status_code == 422


# -- what no page may tell -----------------------------------------------------------------------------------------
def _everything(
    leader: Client, phone: Client, plan: TablePlan, circle: Circle, meeting: Meeting
) -> dict[str, str]:
    """Every page, fragment and paper about the tables, but the leader's own list of wishes."""
    shown = {}
    names = ["tables", "tables_people", "tables_places", "tables_aloud", "tables_waiting"]
    for name in names:
        shown[name] = leader.get(_at(name, meeting)).content.decode()
    for number in range(1, 6):
        shown[f"round {number}"] = leader.get(_at("tables", meeting, f"?round={number}")).content.decode()
    one, other = (hall(plan).people[place].pk for place in (0, 5))
    moving = f"?round=5&guest={one}&with={other}"
    shown["moving"] = leader.get(_at("tables", meeting, moving)).content.decode()
    shown["guest"] = leader.get(_at("tables_guest", meeting, guest=one)).content.decode()
    for name in ("tables_cards", "tables_slips"):
        shown[name] = _paper(leader.get(_at(name, meeting)))
    wall = [circle.pk, wall_token(circle)]
    shown["wall"] = Client().get(reverse("circles:wall", args=wall)).content.decode()
    shown["wall live"] = Client().get(reverse("circles:wall_live", args=wall)).content.decode()
    shown["now"] = phone.get(reverse("circles:now")).content.decode()
    shown["study export"] = leader.get(
        reverse("circles:study_export", args=[circle.pk]) + "?aliases=yes"
    ).content.decode()
    return shown


def _without_chance(text: str) -> str:
    """Keys of presses and tokens differ each time; nothing else may."""
    text = re.sub(r'(name="(key|csrfmiddlewaretoken)" value=")[^"]*', r"\1", text)
    return re.sub(r'nonce="[^"]*"', "", text)


def test_turning_everybodys_side_changes_no_page_and_no_paper(
    leader: Client, at_tables: TablePlan, amina: Membership, circle: Circle, meeting: Meeting, client_of: Any
) -> None:
    """With the same seats, whoever is new here and whoever is not: every byte is the same."""
    phone = client_of(amina)
    before = _everything(leader, phone, at_tables, circle, meeting)
    for one in at_tables.guests.filter(participant=None):
        one.years_here = "always" if one.years_here in {"<1", "1-3"} else "<1"
        one.save(update_fields=["years_here"])
    amina.participant.years_here = "always"
    amina.participant.save(update_fields=["years_here"])
    after = _everything(leader, phone, at_tables, circle, meeting)
    assert {name: _without_chance(text) for name, text in after.items()} == {
        name: _without_chance(text) for name, text in before.items()
    }


def test_a_wish_shows_on_no_page_but_the_leaders_own_list(
    leader: Client, at_tables: TablePlan, amina: Membership, circle: Circle, meeting: Meeting, client_of: Any
) -> None:
    """A wish that the seats keep anyway changes nothing that anybody could see."""
    seats = seating(at_tables)
    together = {frozenset((a, b)) for tables in seats.values() for n in tables.values() for a in n for b in n}
    # Amina needs somebody who speaks Arabic: a wish about her would change what is possible at all.
    one, other = next(
        (a, b)
        for a in seats[1][1]
        for b in seats[1][2]
        if frozenset((a, b)) not in together and "Amina" not in {a, b}
    )
    phone = client_of(amina)
    before = _everything(leader, phone, at_tables, circle, meeting)
    at_tables.wishes.create(secret=f"apart {guest(at_tables, one).pk} {guest(at_tables, other).pk}")
    after = _everything(leader, phone, at_tables, circle, meeting)
    assert {name: _without_chance(text) for name, text in after.items()} == {
        name: _without_chance(text) for name, text in before.items()
    }
    leader.cookies["language"] = "en"
    told = _see(leader, _at("tables_wishes", meeting))
    assert f"{min(one, other)}" in told
    assert "Not at the same table" in told


def test_a_wish_is_made_and_dropped_and_has_no_field_for_why(
    leader: Client, press: Press, meeting: Meeting
) -> None:
    plan = planned(meeting)
    amal, layla = guest(plan, "Amal").pk, guest(plan, "Layla").pk
    page = leader.get(_at("tables_wishes", meeting)).content.decode().split("<main")[1].split("</main")[0]
    fields = set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', page))
    assert fields == {"csrfmiddlewaretoken", "key", "one", "other", "rule"}
    leader.cookies["language"] = "en"
    for facts, sentence in (
        ({"one": amal, "other": amal}, "A wish is about two different people."),
        ({"one": amal, "other": 10**8}, "Select a valid choice."),
        ({"one": amal, "other": layla, "rule": "hate"}, "Select a valid choice."),
    ):
        answer = press(leader, _at("tables_wishes", meeting), **{"rule": "apart", **facts})
        assert (answer.status_code, sentence in _text(answer)) == (422, True)
    press(leader, _at("tables_wishes", meeting), rule="apart", one=amal, other=layla)
    answer = press(leader, _at("tables_wishes", meeting), rule="at-one", one=layla, other=amal)
    assert "You have wished the opposite for these two." in _text(answer)
    (wish,) = hall(plan).wishes
    press(leader, _at("tables_wishes", meeting), drop=wish.pk)
    assert list(hall(plan).wishes) == []


# -- cost ----------------------------------------------------------------------------------------------------------
def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_three_people_and_three_hundred_cost_the_same_questions(
    leader: Client, circle: Circle, meeting: Meeting, amina: Membership, client_of: Any
) -> None:
    Step.objects.create(meeting=meeting, kind="tables", position=1, planned_minutes=60, began_at=NOW)
    phone = client_of(amina)
    addresses = {
        "tables": (leader, _at("tables", meeting)),
        "again": (leader, _at("tables", meeting, "?again=yes")),
        "people": (leader, _at("tables_people", meeting)),
        "wishes": (leader, _at("tables_wishes", meeting)),
        "places": (leader, _at("tables_places", meeting)),
        "aloud": (leader, _at("tables_aloud", meeting)),
        "slips": (leader, _at("tables_slips", meeting)),
        "now": (phone, reverse("circles:now")),
        "wall": (Client(), reverse("circles:wall", args=[circle.pk, wall_token(circle)])),
    }
    plan = cafe(meeting, [NewGuest(f"G{number}", ("sv",)) for number in range(3)])
    table_plans.make_plan(plan, tables=2, rounds=2, seed=1)
    few = {name: _queries(client, address) for name, (client, address) in addresses.items()}
    table_guests.add_guests(plan, [NewGuest(f"H{number}", ("sv", "ar")) for number in range(296)])
    table_plans.make_plan(plan, tables=50, rounds=2, seed=1)
    many = {name: _queries(client, address) for name, (client, address) in addresses.items()}
    assert many == few


def test_a_phone_that_has_the_newest_asks_one_question(
    at_tables: TablePlan, amina: Membership, client_of: Callable[..., Client]
) -> None:
    phone = client_of(amina)
    first = phone.get(reverse("circles:now_live"))
    with CaptureQueriesContext(connection) as asked:
        again = phone.get(reverse("circles:now_live"), HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert again.status_code == 304
    assert len(asked) == 2  # who this is, and whether anything is new
