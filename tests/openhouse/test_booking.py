"""A visitor books from the own phone or at the reception: no account, no name, and never more seats than there are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from brobygget.house.commands.refused import Refused
from brobygget.openhouse.commands import booking, events, places, programme, waiting
from brobygget.openhouse.commands.booking import Full
from brobygget.openhouse.commands.programme import SlotFacts
from brobygget.openhouse.models import Booking, Invitation, OpenHouse, Slot
from brobygget.openhouse.queries import booking_doors as doors
from brobygget.openhouse.views.booking import cookie_of
from brobygget.operations.commands import tidy
from brobygget.people.guessing import NETWORK_TRIES
from brobygget.people.models import Account
from brobygget.web import clock as real_clock
from tests.conftest import NOW, TODAY
from tests.openhouse.at_the_tables import Press, text
from tests.openhouse.conftest import DAY, swedish
from tests.openhouse.in_the_programme import at, phone, slot


@pytest.fixture
def public(the_day: OpenHouse) -> OpenHouse:
    return events.publish(the_day, is_public=True, on=TODAY, at=NOW)


@pytest.fixture
def drum(public: OpenHouse) -> Slot:
    return slot(public, "Prova trumma")


@pytest.fixture
def desk(elsa: Account, client_of_account: Callable[[Account], Client]) -> Client:
    client = client_of_account(elsa)
    client.cookies["language"] = "en"
    return client


def _books(press: Press, client: Client, one: Slot, seats: object = 1, **more: Any) -> Any:
    return press(client, at("seats", one.openhouse, one.pk), seats=seats, **more)


def _own(client: Client, openhouse: OpenHouse) -> str:
    return text(client.get(at("own_seats", openhouse))).replace("\u2068", "").replace("\u2069", "")


def _code(booked: Booking) -> str:
    return doors.code_of(booked)


# -- a phone -------------------------------------------------------------------------------------------------------
def test_two_taps_book_and_the_phone_shows_a_code(press: Press, public: OpenHouse, drum: Slot) -> None:
    client = phone(public, drum)
    answer = _books(press, client, drum, 3)
    assert (answer.status_code, answer.headers["Location"]) == (302, at("own_seats", public))
    made = Booking.objects.get()
    told = _own(client, public)
    for words in ("12:00–12:30", "Prova trumma", "3 seats", _code(made)):
        assert words in told
    assert re.fullmatch(r"[A-HJ-NP-Z2-9]{3}-[A-HJ-NP-Z2-9]{3}", _code(made))
    assert "9 seats left" in text(client.get(at("open_house", public)))


def test_nothing_is_stored_but_the_slot_the_seats_and_random_numbers(
    press: Press, public: OpenHouse, drum: Slot
) -> None:
    client = phone(public, drum)
    _books(press, client, drum, 2)
    (row,) = Booking.objects.values()
    assert set(row) == {
        "id", "slot_id", "seats", "seed", "code_digest", "browser_digest", "starts_at", "version",
    }  # fmt: skip
    secret = client.cookies[cookie_of(public.pk)]
    assert secret.value not in str(row)
    assert _code(Booking.objects.get()) not in str(row)
    assert (secret["httponly"], secret["samesite"], secret["path"]) == (True, "Lax", at("open_house", public))
    kept = swedish(DAY, 16) + timedelta(days=8) - NOW
    assert secret["max-age"] == int(kept.total_seconds())


def test_who_only_looks_at_the_open_house_gets_no_number(public: OpenHouse, drum: Slot) -> None:
    client = Client()
    for name in ("open_house", "own_seats"):
        assert client.get(at(name, public)).status_code == 200
    assert cookie_of(public.pk) not in client.cookies


def test_one_press_sent_twice_is_one_booking(press: Press, public: OpenHouse, drum: Slot) -> None:
    client = phone(public, drum)
    key = "6f6b1d1e-6f0e-4f6e-9a55-0c8a7f3f1a77"
    assert [_books(press, client, drum, 4, key=key).status_code for _time in range(2)] == [302, 302]
    assert [one.seats for one in Booking.objects.all()] == [4]


def test_another_press_changes_the_number_and_keeps_the_code(
    press: Press, public: OpenHouse, drum: Slot
) -> None:
    client = phone(public, drum)
    _books(press, client, drum, 4)
    code = _code(Booking.objects.get())
    _books(press, client, drum, 2)
    assert (Booking.objects.get().seats, _code(Booking.objects.get())) == (2, code)


@pytest.mark.parametrize("seats", ["0", "-1", "5", "97", "abc", "", "9" * 30, "1.5"])
def test_a_number_of_seats_that_nobody_can_choose_is_one_sentence(
    press: Press, public: OpenHouse, drum: Slot, seats: str
) -> None:
    answer = _books(press, phone(public, drum), drum, seats)
    assert answer.status_code == 422
    assert "Choose from one to 4 seats. Are you more? Ask at the reception." in text(answer)
    assert Booking.objects.count() == 0


def test_a_browser_that_keeps_nothing_is_sent_to_the_reception(press: Press, drum: Slot) -> None:
    client = Client()
    client.cookies["language"] = "en"
    answer = _books(press, client, drum)
    assert (answer.status_code, Booking.objects.count()) == (422, 0)
    assert "This phone does not keep anything" in text(answer)


def test_what_is_full_says_so_and_shows_what_else_has_room(press: Press, public: OpenHouse) -> None:
    small = slot(public, "Liten", capacity=3)
    slot(public, "Sent", time(15), time(15, 30))
    slot(public, "Nära", time(12, 15), time(12, 45))
    slot(public, "Scen", kind="stage")
    off = slot(public, "Inställd")
    programme.call_off_slot(off, is_off=True, at=NOW)
    _books(press, phone(public, small), small, 2)
    second = phone(public, small)
    page = text(second.get(at("seats", public, small.pk)))
    assert ("1 seat left" in page, "2 seats" in page) == (True, False)
    answer = _books(press, second, small, 2)
    assert answer.status_code == 409
    assert "Only 1 seat is left. Nothing was booked: choose again." in text(answer)
    _books(press, second, small, 1)
    late = text(phone(public, small).get(at("seats", public, small.pk)))
    assert "Full Here is room Nära 12:15–12:45 12 seats left Sent 15:00–15:30" in late.replace(
        "\u2068", ""
    ).replace("\u2069", "")
    assert ("Scen" in late, "Inställd" in late) == (False, False)


def test_after_the_start_nothing_is_booked_or_taken_back(
    press: Press, public: OpenHouse, drum: Slot, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, other = phone(public, drum), phone(public, drum)
    _books(press, client, drum)
    monkeypatch.setattr(real_clock, "read", lambda: swedish(DAY, 12))
    assert "Has begun" in text(other.get(at("seats", public, drum.pk)))
    answer = _books(press, other, drum)
    assert (answer.status_code, "This has begun" in text(answer)) == (422, True)
    answer = press(client, at("seats_back", public, Booking.objects.get().pk))
    assert (answer.status_code, Booking.objects.count()) == (409, 1)


def test_one_phone_books_five_times_and_no_more(press: Press, public: OpenHouse) -> None:
    slots = [
        slot(public, f"Tid {number}", time(11 + number % 5, number % 60), time(15, 59)) for number in range(7)
    ]
    client = phone(public, slots[0])
    answers = [_books(press, client, one) for one in slots[:6]]
    assert [answer.status_code for answer in answers] == [302] * 5 + [422]
    assert "This phone has booked 5 times already." in text(answers[5])
    programme.call_off_slot(slots[0], is_off=True, at=NOW)  # what does not happen counts no more
    assert _books(press, client, slots[5]).status_code == 302


def test_two_at_the_same_time_are_booked_and_named(press: Press, public: OpenHouse, drum: Slot) -> None:
    song, later = (
        slot(public, "Sång", time(12, 15), time(12, 45)),
        slot(public, "Sen", time(12, 30), time(13)),
    )
    client = phone(public, drum)
    _books(press, client, drum)
    page = text(client.get(at("seats", public, song.pk)))
    assert "This phone has booked something at the same time: Prova trumma" in page
    assert "at the same time" not in text(client.get(at("seats", public, later.pk)))
    _books(press, client, song)
    told = _own(client, public)
    assert "These are at the same time: Prova trumma 12:00–12:30 · Sång 12:15–12:45" in told


def test_taken_back_nothing_is_left_of_it_and_another_phone_cannot(
    press: Press, public: OpenHouse, drum: Slot
) -> None:
    client, other = phone(public, drum), phone(public, drum)
    _books(press, client, drum, 4)
    address = at("seats_back", public, Booking.objects.get().pk)
    assert [press(other, address).status_code, press(Client(), address).status_code] == [404, 404]
    key = "6f6b1d1e-6f0e-4f6e-9a55-0c8a7f3f1a77"
    assert [press(client, address, key=key).status_code for _time in range(2)] == [302, 302]
    assert Booking.objects.count() == 0
    assert "Nothing is booked on this phone" in _own(client, public)
    assert "12 seats left" in text(client.get(at("open_house", public)))


# -- what happens to a slot ----------------------------------------------------------------------------------------
def test_a_moved_and_a_called_off_slot_say_so_on_the_phone(
    press: Press, public: OpenHouse, drum: Slot
) -> None:
    client = phone(public, drum)
    _books(press, client, drum, 2)
    facts = SlotFacts(
        kind="try", title="Prova trumma", starts=time(13), ends=time(13, 30), place="Bord 9", capacity=12
    )
    programme.change_slot(drum, facts=facts)
    told = _own(client, public)
    assert "13:00–13:30" in told
    assert "This was moved. You booked Saturday 24 April at 12:00" in told
    _books(press, client, drum, 2)  # who presses again has seen it
    assert "This was moved." not in _own(client, public)
    programme.call_off_slot(drum, is_off=True, at=NOW)
    assert "This is called off. Your seats are not needed any more." in _own(client, public)
    assert _books(press, client, drum).status_code == 409
    events.call_off(public, on=TODAY, at=NOW)
    assert "The day is called off." in _own(client, public)


def test_a_day_that_moves_says_so_too(press: Press, public: OpenHouse, drum: Slot) -> None:
    client = phone(public, drum)
    _books(press, client, drum)
    OpenHouse.objects.update(day=DAY + timedelta(7))
    assert "This was moved. You booked Saturday 24 April at 12:00" in _own(client, public)


def test_fewer_seats_than_are_booked_take_nothing_from_anybody(
    press: Press, public: OpenHouse, drum: Slot
) -> None:
    _books(press, phone(public, drum), drum, 4)
    facts = SlotFacts(
        kind="try", title="Prova trumma", starts=time(12), ends=time(12, 30), place="Bord 9", capacity=3
    )
    programme.change_slot(drum, facts=facts)
    assert Booking.objects.get().seats == 4
    assert "Full" in text(phone(public, drum).get(at("seats", public, drum.pk)))
    with translation.override("en"), pytest.raises(Full) as no:
        booking.book_seats(drum, seats=1, phone="x", at=NOW)
    assert (no.value.left, no.value.sentence) == (0, "It is full. Nothing was booked.")


def test_of_an_association_that_gave_up_its_place_nothing_is_booked_and_the_phone_says_why(
    press: Press, public: OpenHouse, frozen: OpenHouse, invited: Any, says: Any, client_invited: Any
) -> None:
    band: Invitation = invited("Bandet")
    says(band)
    places.give_places(frozen, at=swedish(public.closes_on + timedelta(1)))
    made = slot(public, "Trumma", invitation=band)
    client = phone(public, made)
    _books(press, client, made, 3)
    own = client_invited(band)
    own.cookies["language"] = "en"
    told = text(own.get(at("receipt", public)))
    assert "3 of 12 booked" in told
    assert (_code(Booking.objects.get()) in told, "Nobody knows who has booked" in told) == (False, True)
    waiting.give_up_place(band, at=NOW)
    assert "The association that holds it cannot come." in _own(client, public)
    assert client.get(at("seats", public, made.pk)).status_code == 404


# -- paper and codes -----------------------------------------------------------------------------------------------
def test_the_reception_books_on_a_slip_and_a_phone_takes_it_in(
    press: Press, desk: Client, public: OpenHouse, drum: Slot
) -> None:
    answer = press(desk, at("seat_slip_new", public, drum.pk), seats=2)
    made = Booking.objects.get()
    assert (answer.headers["Location"], made.browser_digest) == (at("seat_slip", public, made.pk), "")
    slip = text(desk.get(at("seat_slip", public, made.pk)))
    assert (_code(made) in slip, "2 seats" in slip) == (True, True)
    client = phone(public, drum)
    typed = _code(made).lower().replace("-", " ")
    answer = press(client, at("seats_code", public), code=typed)
    assert answer.headers["Location"] == at("own_seats", public)
    assert _code(made) in _own(client, public)
    assert desk.get(at("seat_slip", public, made.pk)).status_code == 404  # from now on it is the phone's


def test_the_reception_looks_a_code_up_and_takes_it_back(
    press: Press, desk: Client, public: OpenHouse, drum: Slot
) -> None:
    _books(press, phone(public, drum), drum, 4)
    made = Booking.objects.get()
    shown = text(press(desk, at("booking_code", public), code=_code(made)))
    assert ("Prova trumma" in shown, "4 seats" in shown) == (True, True)
    assert press(desk, at("seat_slip_back", public, made.pk), code="AAA-AAA").status_code == 404
    assert press(desk, at("seat_slip_back", public, made.pk), code=_code(made)).status_code == 302
    assert Booking.objects.count() == 0


def test_guessing_codes_is_slow_for_phones_and_for_the_reception(
    press: Press, desk: Client, public: OpenHouse, drum: Slot
) -> None:
    _books(press, phone(public, drum), drum)
    right = _code(Booking.objects.get())
    client = phone(public, drum)
    wrong = [
        press(client, at("seats_code", public), code="AAA-AAA").status_code for _time in range(NETWORK_TRIES)
    ]
    assert wrong == [422] * NETWORK_TRIES
    assert press(client, at("seats_code", public), code=right).status_code == 429
    assert press(desk, at("booking_code", public), code=right).status_code == 429


def test_a_code_of_another_day_or_a_phone_with_seats_of_its_own_takes_nothing_in(
    press: Press, desk: Client, public: OpenHouse, drum: Slot, house: Any
) -> None:
    press(desk, at("seat_slip_new", public, drum.pk), seats=2)
    slip = Booking.objects.get()
    client = phone(public, drum)
    _books(press, client, drum, 1)
    answer = press(client, at("seats_code", public), code=_code(slip))
    assert (answer.status_code, "This phone has seats there already." in text(answer)) == (409, True)
    facts = events.Facts(
        name="En annan dag",
        language="sv",
        day=DAY + timedelta(7),
        starts=time(11),
        ends=time(16),
        place="Där",
        places=3,
    )
    other = events.plan_open_house(house=house, circle=None, facts=facts, on=TODAY, at=NOW)
    events.publish(other, is_public=True, on=TODAY, at=NOW)
    stranger = phone(other, slot(other, "Annat"))
    answer = press(stranger, at("seats_code", other), code=_code(slip))
    assert (answer.status_code, "That code is not known here." in text(answer)) == (422, True)


def test_two_codes_are_never_alike_and_a_code_follows_from_the_row(public: OpenHouse, drum: Slot) -> None:
    made = [booking.book_seats(drum, seats=1, phone="", at=NOW) for _time in range(12)]
    assert len({_code(one) for one in made}) == 12
    assert [_code(Booking.objects.get(pk=one.pk)) for one in made] == [_code(one) for one in made]


# -- forgetting ----------------------------------------------------------------------------------------------------
def test_a_week_after_the_day_only_how_many_is_left(press: Press, public: OpenHouse, drum: Slot) -> None:
    for _time in range(2):
        _books(press, phone(public, drum), drum, 3)
    kept = []
    for days in (7, 8, 9):
        tidy(at=swedish(DAY, 12) + timedelta(days=days))
        kept.append((Booking.objects.count(), Slot.objects.get().booked_then))
    assert kept == [(2, None), (0, 6), (0, 6)]


def test_what_is_on_the_stage_is_never_booked(press: Press, public: OpenHouse) -> None:
    stage = slot(public, "Kör", kind="stage")
    answer = _books(press, phone(public, stage), stage)
    assert (answer.status_code, "Nobody needs a seat for this. Just come." in text(answer)) == (422, True)
    with pytest.raises(Refused):
        booking.book_seats(stage, seats=1, phone="", at=NOW)
