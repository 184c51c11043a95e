"""A visitor without an account: chooses by pictures, changes, takes back, finds the own meetings; nobody is asked who it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from icalendar import Calendar

from brobygget.associations.queries.interests import SENSITIVE
from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands import appointments, events, waiting, wishes
from brobygget.openhouse.commands.wishes import Wishes
from brobygget.openhouse.models import (
    Appointment,
    AppointmentHost,
    AppointmentPlan,
    Invitation,
    OpenHouse,
    VisitWish,
    WishedInterest,
)
from brobygget.openhouse.queries import wishes as queries
from brobygget.people.models import Account
from brobygget.web import clock
from tests.conftest import NOW, TODAY
from tests.openhouse.at_the_tables import Press, text
from tests.openhouse.conftest import three_hundred_more
from tests.openhouse.meetings import (
    LATER,
    WISH,
    Hosts,
    address,
    hosts,
    make,
    meetings,
    now,
    phone_with,
    plan,
    told,
    wish,
)

__all__ = ["hosts", "plan"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """What a command says without a page."""
    with translation.override("en"):
        yield


@pytest.fixture
def phone() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


def _wished() -> list[tuple[Any, ...]]:
    return [
        ([each.interest for each in one.interests.all()], one.comes, one.leaves, one.most, one.languages)
        for one in VisitWish.objects.all()
    ]


# -- choosing ------------------------------------------------------------------------------------------------------
def test_a_phone_chooses_by_pictures_and_is_known_again(
    phone: Client, press: Press, the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    first = phone.get(address("meet", the_day)).content.decode()
    assert re.findall(r'name="group" value="([^"]+)"', first) == ["g-ball", "g-music", "g-games"]
    second = phone.get(address("meet_interests", the_day), {"group": ["g-music", "g-games"]}).content.decode()
    assert re.findall(r'type="checkbox" name="like" value="([^"]+)"', second) == ["choir", "chess"]
    third = phone.get(address("meet_wishes", the_day), {"group": "g-ball", "like": ["chess", "choir"]})
    assert re.findall(r'name="like" value="([^"]+)"', third.content.decode()) == ["chess", "choir", "g-ball"]
    answer = press(phone, address("meet_wishes", the_day), **{**WISH, "like": ["chess", "choir", "g-ball"]})
    assert (answer.status_code, answer.headers["Location"]) == (302, address("own_meetings", the_day))
    assert _wished() == [(["chess", "choir", "g-ball"], time(12), time(13), 2, ",ar,")]
    own = text(phone.get(address("own_meetings", the_day)))
    mine = VisitWish.objects.get()
    assert f"Your number {mine.number}" in own
    assert queries.code_of(mine.seed) in own
    assert phone.get(address("meet", the_day)).headers["Location"] == address("own_meetings", the_day)
    assert "no-store" in phone.get(address("own_meetings", the_day)).headers["Cache-Control"]


def test_nothing_that_names_anybody_is_asked_or_kept(
    phone: Client, press: Press, the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    page = phone.get(address("meet_wishes", the_day), {"like": "chess"}).content.decode()
    form = page.partition('<form id="wish"')[2].partition("</form>")[0]
    asked = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', form))
    assert asked == {"csrfmiddlewaretoken", "key", "seen", "like", "comes", "leaves", "most", "languages"}
    press(
        phone,
        address("meet_wishes", the_day),
        **WISH,
        alias="Selam",
        phone="070-123 45 67",
        email="a@b.example",
    )
    row = VisitWish.objects.get()
    secret = phone.cookies[f"meetings-{the_day.pk}"].value
    stored = " ".join(str(value) for value in VisitWish.objects.values().get().values())
    for word in ("Selam", "123 45 67", "a@b.example", secret, queries.code_of(row.seed)):
        assert word not in stored
    assert phone.cookies[f"meetings-{the_day.pk}"]["path"] == address("meet", the_day)
    assert phone.cookies[f"meetings-{the_day.pk}"]["httponly"]


def test_pictures_are_put_in_order_without_a_script_and_nothing_is_kept_by_it(
    phone: Client, press: Press, the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    page, three = address("meet_wishes", the_day), ["chess", "choir", "football"]
    answer = press(phone, page, **{**WISH, "like": three, "comes": "12:20", "up": "football"})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert re.findall(r'name="like" value="([^"]+)"', body) == ["chess", "football", "choir"]
    assert '<option value="12:20" selected>' in body
    answer = press(phone, page, **{**WISH, "like": three, "drop": "choir"})
    assert re.findall(r'name="like" value="([^"]+)"', answer.content.decode()) == ["chess", "football"]
    assert VisitWish.objects.count() == 0


def test_what_can_tell_of_faith_politics_or_health_is_never_offered_nor_kept(
    phone: Client, press: Press, the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts
) -> None:
    theirs = hosts["Bollklubben"].association
    for interest in sorted(SENSITIVE):
        theirs.interests.create(interest=interest)
    groups = phone.get(address("meet", the_day)).content.decode()
    assert re.findall(r'name="group" value="([^"]+)"', groups) == ["g-ball", "g-music", "g-games"]
    for interest in sorted(SENSITIVE):
        answer = press(phone, address("meet_wishes", the_day), **{**WISH, "like": ["chess", interest]})
        assert answer.status_code == 409
    assert VisitWish.objects.count() == 0


def test_an_association_that_may_only_be_chosen_by_something_sensitive_does_not_take_part(
    the_day: OpenHouse, plan: AppointmentPlan, invited: Callable[..., Invitation], says: Any
) -> None:
    from brobygget.openhouse.models import Place

    one = invited("Kyrkan")
    one.association.interests.create(interest="faith")
    says(one)
    Place.objects.create(openhouse=the_day, invitation=one, position=9, wants_since=NOW, given_at=NOW)
    assert [host.name for host in now(the_day).hosts if not host.takes_part] == ["Kyrkan"]


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"like": []}, 422, "Choose at least one picture."),
        ({"like": ["chess", "no-such-thing"]}, 409, "One of the pictures is not there any more."),
        ({"comes": "12:40", "leaves": "12:20"}, 422, "It ends before it begins."),
        ({"comes": "09:00"}, 422, "Select a valid choice."),
        ({"leaves": ""}, 422, "This field is required."),
        ({"most": "0"}, 422, "Select a valid choice."),
        ({"most": "5"}, 422, "Select a valid choice."),
        ({"languages": ["xx"]}, 422, "Select a valid choice."),
        ({"comes": "12:20", "leaves": "12:40"}, 302, ""),
    ],
)
def test_bad_input_is_one_clear_sentence_and_the_rest_is_still_there(
    phone: Client,
    press: Press,
    the_day: OpenHouse,
    plan: AppointmentPlan,
    wrong: dict[str, Any],
    status: int,
    sentence: str,
) -> None:
    answer = press(phone, address("meet_wishes", the_day), **{**WISH, **wrong})
    assert answer.status_code == status
    if not sentence:
        return
    assert sentence in text(answer)
    if "like" not in wrong or "chess" in wrong["like"]:
        assert 'name="like" value="chess"' in answer.content.decode()
    assert VisitWish.objects.count() == 0


def test_six_pictures_are_one_too_many(the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts) -> None:
    more = ["basketball", "volleyball", "handball", "tennis", "golf"]
    for interest in more:
        hosts["Bollklubben"].association.interests.create(interest=interest)
    with pytest.raises(Refused, match="Choose 5 pictures at most"):
        wish(the_day, "chess", *more)
    wish(the_day, *more)


def test_a_stay_in_which_no_meeting_fits_is_said(the_day: OpenHouse, plan: AppointmentPlan) -> None:
    with pytest.raises(Refused, match="No meeting fits between these times"):
        wish(the_day, "chess", comes=time(12, 10), leaves=time(12, 35))


def test_a_wish_after_the_close_is_refused_kindly(
    phone: Client, press: Press, the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    appointments.close_wishes(the_day, at=NOW)
    answer = press(phone, address("meet_wishes", the_day), **WISH)
    assert answer.status_code == 409
    assert "The time to choose has passed. You are welcome on the day all the same" in text(answer)
    assert phone.get(address("meet_wishes", the_day)).status_code == 302
    assert "The time to choose has passed." in text(phone.get(address("meet", the_day)))
    assert VisitWish.objects.count() == 0


def test_an_interest_of_which_the_association_left_meanwhile_is_said(
    phone: Client, press: Press, the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts
) -> None:
    waiting.give_up_place(hosts["Schackklubben"], at=NOW)
    answer = press(phone, address("meet_wishes", the_day), **{**WISH, "like": ["chess", "choir"]})
    assert (answer.status_code, VisitWish.objects.count()) == (409, 0)
    assert "One of the pictures is not there any more. Look at the others, and press once more." in text(
        answer
    )
    assert re.findall(r'name="like" value="([^"]+)"', answer.content.decode()) == ["choir"]


# -- pressed twice, two phones, changed, taken back ----------------------------------------------------------------
def test_a_press_whose_answer_was_lost_is_sent_again_by_a_phone_without_a_cookie(
    press: Press, the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    key = "6f6b1d1e-6f0e-4f6e-9a55-0c8a7f3f1a77"
    tokens = set()
    for _press in range(2):
        lost = Client()
        press(lost, address("meet_wishes", the_day), key=key, **WISH)
        tokens.add(lost.cookies[f"meetings-{the_day.pk}"].value)
        assert lost.get(address("own_meetings", the_day)).status_code == 200
    assert (len(tokens), VisitWish.objects.count()) == (1, 1)
    assert key not in str(VisitWish.objects.values().get())


def test_two_phones_with_one_code_and_the_slower_one_loses_nothing(
    phone: Client, press: Press, the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    mine = wish(the_day, "chess")
    press(phone, address("meet_code", the_day), code=queries.code_of(mine.seed).lower().replace("-", " "))
    other = phone_with(mine)
    page = address("meet_wishes", the_day)
    assert press(other, page, **{**WISH, "like": ["football"], "seen": "1"}).status_code == 302
    answer = press(phone, page, **{**WISH, "like": ["choir"], "seen": "1"})
    assert answer.status_code == 409
    assert "Your wishes were changed on another phone meanwhile." in text(answer)
    body = answer.content.decode()
    assert ('name="like" value="choir"' in body, 'name="seen" value="2"' in body) == (True, True)
    assert press(phone, page, **{**WISH, "like": ["choir"], "seen": "2"}).status_code == 302
    assert [row[0] for row in _wished()] == [["choir"]]


def test_changing_begins_with_what_was_chosen(
    press: Press, the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    mine = wish(the_day, "choir", "chess", comes=time(12, 20), most=3, languages=["ar"])
    phone = phone_with(mine)
    first = phone.get(address("meet", the_day), {"change": "1"}).content.decode()
    assert re.findall(r'name="group" value="([^"]+)" checked', first) == ["g-music", "g-games"]
    assert re.findall(r'type="hidden" name="like" value="([^"]+)"', first) == ["choir", "chess"]
    third = phone.get(address("meet_wishes", the_day), {"like": ["choir", "chess"]}).content.decode()
    assert '<option value="12:20" selected>' in third
    assert re.search(r'name="most" value="3"[^>]*checked', third)
    assert re.search(r'name="languages" value="ar"[^>]*checked', third)


def test_taking_back_erases_everything_and_the_phone_is_a_stranger(
    press: Press, the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    mine = wish(the_day, "chess")
    told(the_day)
    phone = phone_with(mine)
    answer = press(phone, address("own_meetings_taking_back", the_day))
    assert (answer.status_code, answer.headers["Location"]) == (302, address("meet", the_day))
    assert (VisitWish.objects.count(), WishedInterest.objects.count(), Appointment.objects.count()) == (
        0,
        0,
        0,
    )
    assert phone.get(address("own_meetings", the_day)).status_code == 404
    again = press(phone_with(mine), address("own_meetings_taking_back", the_day))
    assert again.status_code == 404


def test_a_phone_that_forgets_opens_it_again_with_the_code_and_a_wrong_code_opens_nothing(
    press: Press, the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    mine = wish(the_day, "chess")
    phone = phone_with(mine)
    press(phone, address("own_meetings_leaving", the_day))
    assert phone.get(address("own_meetings", the_day)).status_code == 404
    for wrong in ("ABCDE-FGHJK", "x", ""):
        assert press(phone, address("meet_code", the_day), code=wrong).status_code == 422
    answer = press(phone, address("meet_code", the_day), code=queries.code_of(mine.seed))
    assert answer.headers["Location"] == address("own_meetings", the_day)
    assert phone.get(address("own_meetings", the_day)).status_code == 200


def test_a_code_opens_its_own_day_only_and_codes_are_guessed_slowly(
    press: Press, the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    phone = Client()
    answers = [press(phone, address("meet_code", the_day), code="ABCDE-FGHJK").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_there_is_no_page_where_the_day_is_not_public_or_has_no_meetings(
    phone: Client, the_day: OpenHouse, hosts: Hosts
) -> None:
    names = ("meet", "meet_interests", "meet_wishes", "meet_code", "own_meetings", "own_meetings_calendar")
    assert {phone.get(address(name, the_day)).status_code for name in names} == {404}
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    assert {phone.get(address(name, the_day)).status_code for name in names} == {404}
    assert "Sit down with an association" not in text(phone.get(address("open_house", the_day)))


# -- told ----------------------------------------------------------------------------------------------------------
def test_before_it_is_told_nobody_sees_a_meeting_and_then_with_whom_when_where_and_why(
    the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts, client_invited: Callable[[Invitation], Client]
) -> None:
    mine = wish(the_day, "choir", languages=["ar", "fa"])
    make(the_day)
    phone, choir = phone_with(mine), client_invited(hosts["Kören"])
    choir.cookies["language"] = "en"
    assert "Kören" not in text(phone.get(address("own_meetings", the_day)))
    assert str(mine.number) not in text(choir.get(address("hosting", the_day)))
    assert phone.get(address("own_meetings_calendar", the_day)).status_code == 404
    appointments.tell_meetings(the_day, is_told=True, at=LATER)
    ((_number, _name, clock_at),) = meetings(the_day)
    shown = text(phone.get(address("own_meetings", the_day)))
    assert f"{clock_at} Kören Ask at the entrance where they stand. Because you chose: choir" in shown
    assert "Somebody there speaks: Arabic" in shown
    theirs = text(choir.get(address("hosting", the_day)))
    assert f"{clock_at} {mine.number} choir and singing Arabic (as you do)" in theirs
    assert "Persian" not in theirs  # a language that they do not share is nobody's business
    assert queries.code_of(mine.seed) not in theirs
    chess = client_invited(hosts["Schackklubben"])
    assert str(mine.number) not in text(chess.get(address("hosting", the_day)))
    appointments.tell_meetings(the_day, is_told=False, at=LATER)
    assert "Kören" not in text(phone.get(address("own_meetings", the_day)))


def test_the_table_is_told_when_the_floor_plan_is(
    the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts
) -> None:
    from brobygget.openhouse.commands import floor, floor_halls
    from brobygget.openhouse.models import Position, Stand

    hall = floor_halls.put_up_hall(
        the_day, facts=floor_halls.HallFacts(name="Hall A", wide=100, deep=100, step_free=True)
    )
    floor_halls.put_up_rows(hall, rows=floor_halls.Rows(tables=3, rows=1))
    Stand.objects.create(invitation=hosts["Kören"], position=Position.objects.get(number=2))
    mine = wish(the_day, "choir")
    told(the_day)
    phone = phone_with(mine)
    assert "Table 2" not in text(phone.get(address("own_meetings", the_day)))
    floor.tell_floor(the_day, is_told=True, at=LATER)
    assert "Table 2, Hall A" in text(phone.get(address("own_meetings", the_day)))


def test_somebody_without_a_meeting_is_told_so_and_is_welcome(
    the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    found = [wish(the_day, "chess", name=f"c{number}", leaves=time(12, 20)) for number in range(2)]
    told(the_day)
    left = next(one for one in found if not one.appointments.exists())
    shown = text(phone_with(left).get(address("own_meetings", the_day)))
    assert "No meeting this time" in shown
    assert "More people wished for the same than there are chairs." in shown
    assert "You are welcome all the same" in shown


def test_a_meeting_with_an_association_that_cannot_come_is_crossed_out(
    the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts
) -> None:
    mine = wish(the_day, "choir")
    told(the_day)
    waiting.give_up_place(hosts["Kören"], at=LATER)
    shown = text(phone_with(mine).get(address("own_meetings", the_day)))
    assert "They cannot meet you then. The house looks for somebody else for you." in shown


def test_the_calendar_file_has_the_times_and_no_word_of_who_it_is(
    the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    mine = wish(the_day, "choir")
    told(the_day)
    answer = phone_with(mine).get(address("own_meetings_calendar", the_day))
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    made = Appointment.objects.get()
    assert str(event["SUMMARY"]) == "Kören"
    assert event.decoded("DTSTART").strftime("%Y-%m-%d %H:%M") == f"{the_day.day} {made.starts:%H:%M}"
    numbers = re.findall(
        r"\d+", answer.content.decode()
    )  # whole ones: days of the time zone have eight digits
    assert str(mine.number) not in numbers
    assert "no-store" in answer.headers["Cache-Control"]


# -- an association ------------------------------------------------------------------------------------------------
def test_an_association_says_no_or_how_many_and_when_not(
    press: Press, the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts, client_invited: Any
) -> None:
    choir = client_invited(hosts["Kören"])
    choir.cookies["language"] = "en"
    page, mine = address("hosting", the_day), hosts["Kören"].pk
    said = {"takes_part": "yes", "at_once": "3", "away": ["12:20-12:40"], "invitation": mine}
    assert press(choir, page, **said).status_code == 302
    host = next(one for one in now(the_day).hosts if one.name == "Kören")
    assert (host.at_once, [slot.value for slot in host.away], host.takes_part) == (3, ["12:20-12:40"], True)
    assert now(the_day).places == 3 + 3 + 6
    body = choir.get(page).content.decode()
    assert re.search(r'value="12:20-12:40"[^>]*checked', body)
    press(choir, page, **{**said, "takes_part": "no"})
    assert [one.name for one in now(the_day).by_host.values()] == ["Bollklubben", "Schackklubben"]
    for wrong in ({"at_once": "0"}, {"at_once": "99"}, {"away": ["03:00-04:00"]}, {"takes_part": "x"}):
        assert press(choir, page, **{**said, **wrong}).status_code == 422
    assert AppointmentHost.objects.count() == 1


def test_one_without_a_place_has_no_such_page(
    the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts, invited: Any, client_invited: Any
) -> None:
    assert client_invited(invited("Utan plats")).get(address("hosting", the_day)).status_code == 404
    waiting.give_up_place(hosts["Kören"], at=NOW)
    assert client_invited(hosts["Kören"]).get(address("hosting", the_day)).status_code == 404


# -- paper ---------------------------------------------------------------------------------------------------------
def test_reception_writes_a_slip_in_prints_it_and_erases_it(
    press: Press,
    the_day: OpenHouse,
    plan: AppointmentPlan,
    elsa: Account,
    client_of_account: Callable[[Account], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = client_of_account(elsa)
    desk.cookies["language"] = "en"
    page = address("slips", the_day)
    chosen = desk.get(page, {"like": ["chess", "g-music"]}).content.decode()
    assert re.findall(r'name="like" value="([^"]+)"', chosen) == ["chess", "g-music"]
    answer = press(desk, page, **{**WISH, "like": ["chess", "g-music"]})
    mine = VisitWish.objects.get()
    slip = address("slip", the_day, mine.number)
    assert (answer.headers["Location"], mine.channel) == (slip, "paper")
    shown = text(desk.get(slip))
    assert (str(mine.number) in shown, queries.code_of(mine.seed) in shown) == (True, True)
    assert desk.get(page, {"number": str(mine.number)}).headers["Location"] == slip
    assert "There is no such number on this day." in text(desk.get(page, {"number": "1"}))
    change = address("slip_wishes", the_day, mine.number)
    assert press(desk, change, **{**WISH, "like": ["choir"], "seen": "1"}).status_code == 302
    assert [row[0] for row in _wished()] == [["choir"]]
    make(the_day)
    appointments.tell_meetings(the_day, is_told=True, at=LATER)
    assert "Kören" in text(desk.get(slip))
    press(desk, address("slip_removal", the_day, mine.number))
    assert (VisitWish.objects.count(), desk.get(slip).status_code) == (0, 404)


@pytest.mark.parametrize("language", ["sv", "ar", "ti", "xx"])
def test_the_sheet_to_mark_is_a_tagged_file_in_the_language_asked_for(
    the_day: OpenHouse,
    plan: AppointmentPlan,
    elsa: Account,
    client_of_account: Callable[[Account], Client],
    language: str,
) -> None:
    answer = client_of_account(elsa).get(address("slips_paper", the_day), {"language": language})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert b"pdfuaid" in answer.content or b"StructTreeRoot" in answer.content


# -- the law of large numbers --------------------------------------------------------------------------------------
def test_the_phone_asks_the_same_questions_with_three_and_with_three_hundred_associations(
    the_day: OpenHouse, plan: AppointmentPlan, client_invited: Any, hosts: Hosts
) -> None:
    mine = wish(the_day, "choir")
    told(the_day)
    phone, choir = phone_with(mine), client_invited(hosts["Kören"])
    pages = [(phone, "own_meetings"), (choir, "hosting"), (Client(), "open_house"), (Client(), "meet")]
    counts = []
    for size in range(2):
        found = []
        for client, name in pages:
            client.get(address(name, the_day))
            with CaptureQueriesContext(connection) as asked:
                client.get(address(name, the_day))
            found.append(len(asked))
        counts.append(found)
        if not size:
            three_hundred_more(the_day, given_at=NOW)
    assert counts[0] == counts[1]


def test_nobody_can_fill_the_hall_from_one_phone(
    the_day: OpenHouse, plan: AppointmentPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    from brobygget.openhouse import rules

    monkeypatch.setattr(rules, "MOST_WISHES", 2)
    for number in range(2):
        wish(the_day, "chess", name=f"c{number}")
    with pytest.raises(Refused, match="no room for more"):
        wish(the_day, "chess", name="one too many")


def test_after_the_day_a_wish_is_forgotten_by_itself_and_not_taken_back(
    the_day: OpenHouse, plan: AppointmentPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = wish(the_day, "chess")
    gone = the_day.ends_at + timedelta(hours=1)
    with pytest.raises(Refused, match="forgotten by itself"):
        wishes.take_back_wishes(mine, at=gone)
    monkeypatch.setattr(clock, "read", lambda: gone)
    assert phone_with(mine).get(address("own_meetings", the_day)).status_code == 200


def test_changing_what_was_taken_back_is_said(the_day: OpenHouse, plan: AppointmentPlan) -> None:
    mine = wish(the_day, "chess")
    wishes.take_back_wishes(mine, at=NOW)
    with pytest.raises(Refused, match="taken back"):
        wishes.change_wishes(mine, wishes=Wishes(["chess"], time(12), time(13), 1), seen=mine.version, at=NOW)
