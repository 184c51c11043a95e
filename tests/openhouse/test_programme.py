"""Staff plan the programme: what conflicts is saved and named, what is impossible is one clear sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands import booking, events, floor_halls, places, programme, waiting
from brobygget.openhouse.commands.floor_halls import HallFacts, Rows
from brobygget.openhouse.models import Gathering, Hall, Invitation, OpenHouse, Slot
from brobygget.openhouse.queries import programme as queries
from brobygget.openhouse.views import programme_words
from tests.conftest import NOW, TODAY
from tests.openhouse.at_the_tables import Press, text
from tests.openhouse.conftest import DAY, swedish, three_hundred_more
from tests.openhouse.in_the_programme import FORM, at, slot


@pytest.fixture
def desk(leader: Client) -> Client:
    leader.cookies["language"] = "en"
    return leader


@pytest.fixture
def band(the_day: OpenHouse, frozen: OpenHouse, invited: Any, says: Any) -> Invitation:
    """An association that has a place and has written what one can try."""
    made = invited("Bandet", languages=",sv,so,", minimum_age=8)
    says(made, hands="Slå på trumman", noise="loud", table="floor")
    places.give_places(frozen, at=swedish(the_day.closes_on + timedelta(1)))
    return Invitation.objects.select_related("association", "openhouse__house").get(pk=made.pk)


def test_a_slot_is_added_with_all_its_facts(
    desk: Client, press: Press, the_day: OpenHouse, band: Invitation
) -> None:
    hall = floor_halls.put_up_hall(the_day, facts=HallFacts(name="Hall A", wide=200, deep=100))
    more = {
        "association": band.pk,
        "hall": hall.pk,
        "languages": ["sv", "so"],
        "is_loud": "on",
        "maximum_age": "15",
    }
    answer = press(desk, at("slot_new", the_day), **{**FORM, **more})
    made = Slot.objects.get()
    assert answer.headers["Location"] == f"{at('programme', the_day)}#slot-{made.pk}"
    assert (made.title, made.kind, made.invitation, made.hall, made.place) == (
        "Prova trumma",
        "try",
        band,
        hall,
        "Bord 3",
    )
    assert (made.starts, made.ends, made.capacity, made.is_loud) == (time(12), time(12, 30), 12, True)
    assert (made.language_codes, made.changing, made.bring) == (["sv", "so"], "none", "Ingenting")
    assert (made.minimum_age, made.maximum_age, made.needs_floor, made.version) == (7, 15, False, 1)
    told = text(desk.get(at("programme", the_day)))
    assert "Everything goes together." in told
    assert "0 of 12 booked" in told


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Write something first."),
        ({"title": "19850101-1236"}, "That looks like an identity number."),
        ({"bring": "ring 19850101-1236"}, "That looks like an identity number."),
        ({"title": "x" * 81}, "there is room for 80"),
        ({"starts": "25:00"}, "Enter a valid time."),
        ({"ends": "11:59"}, "It ends before it begins. Look at the times again."),
        ({"ends": "12:00"}, "It ends before it begins. Look at the times again."),
        ({"capacity": ""}, "Write for how many there is room."),
        ({"capacity": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"capacity": "-5"}, "Ensure this value is greater than or equal to 1."),
        ({"capacity": "9" * 20}, "Ensure this value is less than or equal to 500."),
        ({"minimum_age": "9", "maximum_age": "8"}, "That is younger than the youngest."),
        ({"association": "999999"}, "Select a valid choice."),
        ({"hall": "abc"}, "Select a valid choice."),
        ({"kind": "party"}, "Select a valid choice."),
        ({"languages": ["klingon"]}, "Select a valid choice."),
    ],
)
def test_bad_input_is_one_clear_sentence_and_nothing_is_lost(
    desk: Client, press: Press, the_day: OpenHouse, wrong: dict[str, Any], sentence: str
) -> None:
    answer = press(desk, at("slot_new", the_day), **{**FORM, **wrong})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Bord 3" in answer.content.decode()
    assert Slot.objects.count() == 0


def test_another_days_association_or_hall_is_no_choice(
    desk: Client, press: Press, the_day: OpenHouse, house: Any, circle: Any, band: Invitation
) -> None:
    facts = events.Facts(
        name="En annan dag",
        language="sv",
        day=DAY + timedelta(7),
        starts=time(11),
        ends=time(16),
        place="Där",
        places=3,
    )
    other = events.plan_open_house(house=house, circle=circle, facts=facts, on=TODAY, at=NOW)
    hall = floor_halls.put_up_hall(other, facts=HallFacts(name="Hall X", wide=200, deep=100))
    for wrong in ({"hall": hall.pk}, {}):
        where = the_day if wrong else other
        answer = press(desk, at("slot_new", where), **{**FORM, "association": band.pk, **wrong})
        assert answer.status_code == 422
    assert Slot.objects.count() == 0


def test_pressed_twice_there_is_one(desk: Client, press: Press, the_day: OpenHouse) -> None:
    key = "6f6b1d1e-6f0e-4f6e-9a55-0c8a7f3f1a77"
    for _press in range(2):
        assert press(desk, at("slot_new", the_day), key=key, **FORM).status_code == 302
    assert Slot.objects.count() == 1


def test_what_an_association_has_written_is_the_starting_text(
    desk: Client, the_day: OpenHouse, band: Invitation
) -> None:
    assert queries.to_offer(the_day) == [band]
    told = desk.get(at("programme", the_day)).content.decode()
    assert f"{at('slot_new', the_day)}?from={band.pk}" in told
    form = desk.get(f"{at('slot_new', the_day)}?from={band.pk}").context["form"]
    given = {
        name: form.initial[name]
        for name in ("title", "association", "is_loud", "needs_floor", "languages", "minimum_age")
    }
    assert given == {
        "title": "Slå på trumman",
        "association": str(band.pk),
        "is_loud": True,
        "needs_floor": True,
        "languages": ["sv", "so"],
        "minimum_age": 8,
    }
    slot(the_day, "Trumma", invitation=band)
    assert queries.to_offer(the_day) == []


@pytest.mark.parametrize("asked", ["999999", "abc", "-1", "1" * 30])
def test_an_offer_that_is_not_there_is_an_empty_form(desk: Client, the_day: OpenHouse, asked: str) -> None:
    answer = desk.get(f"{at('slot_new', the_day)}?from={asked}")
    assert (answer.status_code, "title" in answer.context["form"].initial) == (200, False)


def test_every_conflict_is_named_in_words(
    desk: Client, press: Press, the_day: OpenHouse, band: Invitation, cafe: Gathering
) -> None:
    hall = floor_halls.put_up_hall(the_day, facts=HallFacts(name="Hall A", wide=200, deep=100))
    floor_halls.put_up_rows(hall, rows=Rows(tables=2, rows=1))
    other = floor_halls.put_up_hall(the_day, facts=HallFacts(name="Hall B", wide=200, deep=100))
    floor_halls.put_up_rows(other, rows=Rows(tables=1, rows=1))
    floor_halls.change_table(the_day.positions.last(), has_floor=True)
    slot(the_day, "Trumma", invitation=band, hall=hall, place="")
    slot(the_day, "Dans", time(12, 15), time(12, 45), invitation=band, hall=hall, needs_floor=True)
    slot(the_day, "Kör", time(13), time(13, 20), kind="stage", place="Scenen")
    slot(the_day, "Teater", time(13, 10), time(13, 30), kind="stage", place="Scenen")
    slot(the_day, "Tal", time(13, 35), time(13, 50), kind="stage", place="Scenen")
    slot(the_day, "För tidigt", time(10), time(10, 30))
    slot(the_day, "Ingenstans", time(15), time(15, 30), place="")
    full = slot(the_day, "Trångt", time(15), time(15, 30))
    for seats in (4, 4):
        booking.book_seats(full, seats=seats, phone="", at=NOW)
    Slot.objects.filter(pk=full.pk).update(capacity=6)
    waiting.give_up_place(band, at=NOW)
    told = text(desk.get(at("programme", the_day))).replace("\u2068", "").replace("\u2069", "")
    for sentence in (
        "“För tidigt” is outside the opening hours, 11:00–16:00.",
        "“Trumma”: Bandet no longer has a place at the open house.",
        "Bandet would be in two places at 12:15–12:30: “Trumma” and “Dans”.",
        "“Trumma” and “Dans” are in the same room at 12:15–12:30.",
        "“Dans” needs free floor, and Hall A has none on the floor plan.",
        "“Kör” is loud while people talk at “Språkkafé”, 13:00–13:20.",
        "“Kör” and “Teater” are on the stage at the same time, 13:10–13:20.",
        "Between “Teater” and “Tal” on the stage there are only 5 minutes.",
        "Nobody has said where “Ingenstans” is.",
        "“Trångt” has 6 seats, and 8 are booked.",
    ):
        assert sentence in told, sentence


def test_a_conflict_is_saved_and_said_with_other_times_and_is_gone_when_it_is_moved(
    desk: Client, press: Press, the_day: OpenHouse
) -> None:
    slot(the_day, "Sång", place="Bord 3")
    answer = press(desk, at("slot_new", the_day), **FORM)
    made = Slot.objects.get(title="Prova trumma")
    assert answer.headers["Location"] == at("slot", the_day, made.pk)
    page = text(desk.get(at("slot", the_day, made.pk))).replace("\u2068", "").replace("\u2069", "")
    assert "Saved. Something does not go together yet" in page
    assert "are in the same room at 12:00–12:30" in page
    assert "It meets nothing at: 11:00–11:30" in page
    answer = press(desk, at("slot", the_day, made.pk), **{**FORM, "starts": "12:30", "ends": "13:00"})
    assert answer.headers["Location"] == f"{at('programme', the_day)}#slot-{made.pk}"
    assert "Everything goes together." in text(desk.get(at("programme", the_day)))
    assert Slot.objects.get(pk=made.pk).version == 2


def test_only_another_hour_or_room_is_a_new_version(the_day: OpenHouse) -> None:
    made = slot(the_day, "Sång")
    facts = {
        "kind": "try",
        "title": "Sång",
        "starts": time(12),
        "ends": time(12, 30),
        "capacity": 12,
        "place": "Där Sång är",
    }
    versions = []
    for change in (
        {"title": "Sjung"},
        {"capacity": 9},
        {"bring": "Skor"},
        {"starts": time(11)},
        {"place": "Bord 9"},
    ):
        facts |= change
        versions.append(programme.change_slot(made, facts=programme.SlotFacts(**facts)).version)
    assert versions == [1, 1, 1, 2, 3]


def test_what_is_called_off_says_so_conflicts_with_nothing_and_can_happen_after_all(
    desk: Client, press: Press, the_day: OpenHouse
) -> None:
    made, _other = slot(the_day, "Sång", place="Bord 3"), slot(the_day, "Dans", place="Bord 3")
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    press(desk, at("slot_calling_off", the_day, made.pk), answer="yes")
    press(desk, at("slot_calling_off", the_day, made.pk), answer="yes")
    made.refresh_from_db()
    assert (made.called_off_at, made.version) == (NOW, 2)
    assert queries.conflicts_of(queries.day_of(the_day)) == []
    assert "Called off" in text(_public(the_day))
    press(desk, at("slot_calling_off", the_day, made.pk), answer="no")
    assert [one.code for one in queries.conflicts_of(queries.day_of(the_day))] == ["one_room"]


def test_a_slot_with_bookings_is_called_off_and_never_taken_away(
    desk: Client, press: Press, the_day: OpenHouse
) -> None:
    made, empty = slot(the_day, "Sång"), slot(the_day, "Dans")
    booking.book_seats(made, seats=1, phone="", at=NOW)
    answers = [press(desk, at("slot_removal", the_day, one.pk)).status_code for one in (made, empty, empty)]
    assert answers == [409, 302, 302]
    assert list(Slot.objects.all()) == [made]
    answer = press(desk, at("slot", the_day, made.pk), **{**FORM, "kind": "stage"})
    assert "Seats are booked here, and on the stage there are none." in text(answer)


def test_on_a_day_that_is_called_off_nothing_is_added(the_day: OpenHouse) -> None:
    events.call_off(the_day, on=TODAY, at=NOW)
    with pytest.raises(Refused):
        slot(the_day, "Sång")


def test_a_hall_that_is_taken_down_leaves_the_slot_and_names_it(the_day: OpenHouse) -> None:
    hall = floor_halls.put_up_hall(the_day, facts=HallFacts(name="Hall A", wide=200, deep=100))
    slot(the_day, "Sång", hall=hall, place="")
    floor_halls.take_down_hall(Hall.objects.get())
    assert [one.code for one in queries.conflicts_of(queries.day_of(the_day))] == ["no_room"]


# -- for everybody -------------------------------------------------------------------------------------------------
def _public(openhouse: OpenHouse, language: str = "en") -> Any:
    client = Client()
    client.cookies["language"] = language
    return client.get(at("open_house", openhouse))


def test_the_public_page_shows_slots_in_the_order_of_the_clock_and_names_only_those_who_come(
    the_day: OpenHouse, band: Invitation
) -> None:
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    slot(the_day, "Sång", time(14), time(14, 30), languages=["sv", "so"], minimum_age=7)
    slot(the_day, "Trumma", time(12), time(12, 30), invitation=band, capacity=1, is_loud=True)
    slot(the_day, "Tal", time(11, 30), time(11, 45), kind="stage", place="Scenen")
    told = text(_public(the_day))
    order = [told.index(words) for words in ("11:30–11:45", "12:00–12:30", "14:00–14:30")]
    assert order == sorted(order)
    for words in (
        "Just come",
        "1 seat left",
        "12 seats left",
        "Swedish · Somali",
        "From 7 years",
        "It gets loud",
    ):
        assert words in told
    assert "Bandet" in told
    waiting.give_up_place(band, at=NOW)
    assert "Trumma" not in text(_public(the_day))


def test_the_calendar_file_has_each_slot_as_an_event_that_follows_it(the_day: OpenHouse) -> None:
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    made = slot(the_day, "Sång", place="Bord 3")

    def event() -> Any:
        answer = Client().get(at("calendar", the_day))
        found = Calendar.from_ical(answer.content).walk("VEVENT")
        assert len(found) == 2
        return found[1]

    first = event()
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (swedish(DAY, 12), swedish(DAY, 12, 30))
    assert (str(first["summary"]), str(first["location"])) == ("Sång", "Bord 3, Älvhallen, Storgatan 2")
    assert str(first["url"]).endswith(at("seats", the_day, made.pk))
    programme.call_off_slot(made, is_off=True, at=NOW)
    second = event()
    assert (second["uid"], str(second["status"])) == (first["uid"], "CANCELLED")
    assert second["sequence"] == first["sequence"] + 1


def _asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_pages_ask_the_same_number_of_questions_for_three_slots_and_three_hundred(
    the_day: OpenHouse, desk: Client, marit: Any, client_of_account: Callable[..., Client], band: Invitation
) -> None:
    events.publish(the_day, is_public=True, on=TODAY, at=NOW)
    hall = floor_halls.put_up_hall(the_day, facts=HallFacts(name="Hall A", wide=200, deep=100))
    mine = [slot(the_day, f"Tid {number}", invitation=band, hall=hall) for number in range(3)]
    coordinator, nobody = client_of_account(marit), Client()
    pages = [
        (desk, at("programme", the_day)),
        (desk, at("slot", the_day, mine[0].pk)),
        (coordinator, at("bookings", the_day)),
        (nobody, at("open_house", the_day)),
        (nobody, at("seats", the_day, mine[0].pk)),
        (nobody, at("calendar", the_day)),
    ]
    few = [_asked(*page) for page in pages]
    more = three_hundred_more(the_day, given_at=NOW)
    Slot.objects.bulk_create(
        Slot(
            openhouse=the_day, kind="try", title=f"Tid {number}", starts=time(11 + number % 4, number % 60),
            ends=time(15, 30), capacity=9, hall=hall, invitation=one,
        )
        for number, one in enumerate(more[:297], start=3)
    )  # fmt: skip
    assert queries.slots_of(the_day)[-1].openhouse == the_day
    assert [_asked(*page) for page in pages] == few
    page = desk.get(at("programme", the_day)).content.decode()
    assert page.count("are in the same room at") == programme_words.FIRST_CLASHES
    assert "Here are the first 60 of them. The others are told when these are mended." in page
    with pytest.raises(Refused):
        slot(the_day, "En för mycket")
