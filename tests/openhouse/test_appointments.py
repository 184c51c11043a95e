"""Meetings by appointment, for those who plan: opened, closed, made, moved by hand, made again, told, forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from brobygget.house.commands.refused import Refused
from brobygget.openhouse import analysis, jobs
from brobygget.openhouse.commands import appointments, events, waiting, wishes
from brobygget.openhouse.commands.programme import SlotFacts, add_slot, call_off_slot
from brobygget.openhouse.models import (
    Appointment,
    AppointmentHost,
    AppointmentPlan,
    OpenHouse,
    VisitWish,
    WishedInterest,
)
from brobygget.openhouse.queries.appointments import plan_of
from brobygget.operations.commands import tidy
from tests.conftest import NOW, TODAY
from tests.openhouse.at_the_tables import Press, text
from tests.openhouse.conftest import DAY, swedish, three_hundred_more
from tests.openhouse.meetings import (
    CLOSES,
    FACTS,
    FORM,
    LATER,
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


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time to choose has passed."""
    from brobygget.web import clock

    monkeypatch.setattr(clock, "read", lambda: LATER)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """What a command says without a page."""
    with translation.override("en"):
        yield


@pytest.fixture
def english(leader: Client) -> Client:
    leader.cookies["language"] = "en"
    return leader


# -- opened and closed ---------------------------------------------------------------------------------------------
def test_staff_open_it_and_change_the_hours(english: Client, press: Press, the_day: OpenHouse) -> None:
    page = address("appointments", the_day)
    assert press(english, page, **FORM).status_code == 302
    assert press(english, page, **{**FORM, "minutes": "15"}).status_code == 302
    found = AppointmentPlan.objects.values_list("starts", "ends", "minutes", "pause", "at_once", "choose_by")
    until = timezone.localtime(CLOSES).replace(hour=18, minute=0, second=0, microsecond=0)
    assert list(found) == [(time(12), time(13), 15, 0, 1, until)]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"minutes": "0"}, "Choose a number from 5 to 60."),
        ({"minutes": "abc"}, "Enter a whole number."),
        ({"pause": "-5"}, "Choose a number from 0 to 30."),
        ({"at_once": "0"}, "Choose a number from 1 to 12."),
        ({"at_once": "99999999999999999999"}, "Choose a number from 1 to 12."),
        ({"starts": "13:00", "ends": "12:00"}, "It ends before it begins. Look at the times again."),
        ({"starts": "09:00"}, "The doors are open from 11:00 to 16:00. Choose a time between."),
        ({"ends": "18:00"}, "The doors are open from 11:00 to 16:00. Choose a time between."),
        ({"ends": "12:10"}, "Not even one meeting fits between these hours."),
        ({"choose_day": "2026-01-01"}, "That time has passed."),
        ({"choose_day": "2027-04-24", "choose_clock": "12:30"}, "Visitors must have chosen before the doors"),
        ({"choose_day": "0000-00-00"}, "Enter a valid date."),
        ({"starts": "11:00", "ends": "16:00", "minutes": "5"}, ""),
    ],
)
def test_bad_hours_are_one_clear_sentence_and_nothing_is_lost(
    english: Client, press: Press, the_day: OpenHouse, wrong: dict[str, str], sentence: str
) -> None:
    answer = press(english, address("appointments", the_day), **{**FORM, **wrong})
    if not sentence:
        assert (answer.status_code, AppointmentPlan.objects.count()) == (
            302,
            1,
        )  # sixty meetings are the most
        return
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert f'value="{next(iter(wrong.values()))}"' in answer.content.decode()
    assert AppointmentPlan.objects.count() == 0


def test_on_a_day_that_is_called_off_or_has_been_nothing_is_opened(the_day: OpenHouse) -> None:
    with pytest.raises(Refused):
        appointments.open_appointments(the_day, facts=FACTS, at=swedish(DAY, 17))
    events.call_off(the_day, on=TODAY, at=NOW)
    with pytest.raises(Refused):
        appointments.open_appointments(the_day, facts=FACTS, at=NOW)


def test_it_closes_by_itself_before_the_first_meeting_also_when_the_day_moves(
    the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    OpenHouse.objects.filter(pk=the_day.pk).update(closes_on=TODAY, day=TODAY + timedelta(days=30))
    moved = AppointmentPlan.objects.select_related("openhouse").get()
    assert moved.closes_at == swedish(TODAY + timedelta(days=30), 12)


# -- made ----------------------------------------------------------------------------------------------------------
def test_the_timetable_is_made_told_and_made_again_without_a_change(
    english: Client, press: Press, the_day: OpenHouse, plan: AppointmentPlan, late: None
) -> None:
    one, other = wish(the_day, "chess"), wish(the_day, "choir")
    page = address("appointments", the_day)
    answer = press(english, address("appointments_making", the_day), what="all")
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    shown = text(english.get(page))
    assert "The timetable is made: 2 visitors meet somebody." in shown
    assert "2 of 2 have a meeting" in shown
    assert "100 % of what no timetable can surpass" in shown
    before = list(Appointment.objects.order_by("pk").values())
    press(english, address("appointments_making", the_day), what="all")
    assert "The timetable is as it was" in text(english.get(page))
    assert list(Appointment.objects.order_by("pk").values()) == before
    assert {(number, name) for number, name, _clock in meetings(the_day)} == {
        (one.number, "Schackklubben"),
        (other.number, "Kören"),
    }
    press(english, address("appointments_telling", the_day), answer="yes")
    found = plan_of(the_day)
    assert found is not None
    assert (found.told_at, found.visitors, found.served, found.most_served, found.meetings, found.share) == (
        LATER,
        2,
        2,
        2,
        2,
        1.0,
    )


def test_before_the_close_nothing_is_made_or_told(
    english: Client, press: Press, the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    wish(the_day, "chess")
    answer = press(english, address("appointments_making", the_day), what="all")
    assert (answer.status_code, Appointment.objects.count()) == (422, 0)
    assert "Visitors can still choose." in text(answer)
    press(english, address("appointments_closing", the_day))
    assert press(english, address("appointments_making", the_day), what="all").status_code == 302
    assert Appointment.objects.count() == 1


def test_nobody_has_chosen_and_nobody_takes_part_are_said(
    the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts
) -> None:
    with pytest.raises(Refused, match="Nobody has chosen"):
        make(the_day)
    wish(the_day, "chess")
    for one in hosts.values():
        appointments.say_hosting(one, takes_part=False, at_once=None, away=[], at=NOW)
    with pytest.raises(Refused, match="No association takes part"):
        make(the_day)


def test_everybody_is_served_before_anybody_has_two_and_who_has_none_is_told_why(
    english: Client, the_day: OpenHouse, plan: AppointmentPlan, late: None
) -> None:
    for number in range(5):
        wish(the_day, "chess", name=f"c{number}", most=2)
    away = wish(the_day, "choir", name="early", leaves=time(12, 20))
    assert away.number
    make(the_day)
    assert len(meetings(the_day)) == 4  # three chairs at the chess board, one early song
    shown = text(english.get(address("appointments", the_day)))
    assert "4 of 6 have a meeting" in shown
    assert "Every chair where they could go is given to somebody who would else meet nobody." in shown
    assert "Schackklubben fits 2 of them" in shown
    assert "Bollklubben Nobody chose what it is about." in shown
    without = VisitWish.objects.filter(appointments=None).values_list("cause", flat=True)
    assert list(without) == ["places_taken"] * 2


@pytest.mark.parametrize(
    ("likes", "facts", "cause"),
    [
        (["chess"], {"leaves": time(12, 20)}, "closed_while_present"),
        (["choir"], {}, "no_eligible_association"),
        (["chess"], {"comes": time(12, 20), "leaves": time(12, 40)}, "no_time"),
    ],
)
def test_every_cause_is_told(
    the_day: OpenHouse,
    plan: AppointmentPlan,
    hosts: Hosts,
    likes: list[str],
    facts: dict[str, time],
    cause: str,
) -> None:
    one = wish(the_day, *likes, **facts)
    chess, choir = hosts["Schackklubben"], hosts["Kören"]
    if cause == "closed_while_present":
        slots = now(the_day).slots[:1]
        appointments.say_hosting(chess, takes_part=True, at_once=None, away=slots, at=NOW)
    elif cause == "no_eligible_association":
        appointments.say_hosting(choir, takes_part=False, at_once=None, away=[], at=NOW)
    else:
        AppointmentPlan.objects.update(minutes=30)
    make(the_day)
    assert VisitWish.objects.get(pk=one.pk).cause == cause


def test_who_speaks_the_language_is_chosen_where_both_fit(
    the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts
) -> None:
    one = wish(the_day, "chess", "choir", languages=["ar"])
    make(the_day)
    assert {name for _number, name, _clock in meetings(the_day)} == {"Kören"}
    assert Appointment.objects.get(wish=one).interest == "choir"


def test_an_interest_that_was_retired_is_what_took_its_place_or_a_cause(
    the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts
) -> None:
    from brobygget.associations.commands.directory import renew_version
    from brobygget.associations.models import Interest

    moved, gone = wish(the_day, "chess"), wish(the_day, "choir")
    for interest, into in (("chess", "football"), ("choir", "")):
        Interest.objects.create(house=the_day.house, interest=interest, retired_on=TODAY, replaced_by=into)
    renew_version(the_day.house)
    make(the_day)
    assert {(number, name) for number, name, _clock in meetings(the_day)} in (
        {(moved.number, "Bollklubben")},
        {(moved.number, "Schackklubben")},
    )
    assert VisitWish.objects.get(pk=gone.pk).cause == "interest_gone"


def test_two_make_it_at_once_and_a_wish_that_came_between_is_not_written_over(
    the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    one = wish(the_day, "chess")
    seen = now(the_day)
    found = appointments.arrange(seen, all_anew=True, at=LATER)
    wishes.take_back_wishes(one, at=LATER)
    with pytest.raises(Refused, match="Something has changed meanwhile"):
        appointments.keep_arranged(seen, found, at=LATER)
    assert Appointment.objects.count() == 0


def test_what_takes_long_is_made_by_the_worker(
    english: Client,
    press: Press,
    the_day: OpenHouse,
    plan: AppointmentPlan,
    late: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wish(the_day, "chess")
    monkeypatch.setattr(analysis, "SOON", 0)
    press(english, address("appointments_making", the_day), what="all")
    assert Appointment.objects.count() == 0
    assert "The timetable is being made" in text(english.get(address("appointments", the_day)))
    assert (jobs.make_timetables(), jobs.make_timetables()) == (1, 0)
    assert Appointment.objects.count() == 1
    found = plan_of(the_day)
    assert found is not None
    assert (found.asked_at, found.made_at) == (None, LATER)


def test_a_timetable_that_was_asked_for_and_cannot_be_made_is_not_tried_for_ever(
    the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    appointments.ask_for_timetable(the_day, all_anew=True, at=NOW)
    assert appointments.make_asked_timetables(the_day.house, at=LATER) == 0  # nobody has chosen
    found = plan_of(the_day)
    assert found is not None
    assert found.asked_at is None


# -- after a change ------------------------------------------------------------------------------------------------
def test_when_an_association_drops_out_its_visitors_are_placed_again_and_others_keep_theirs(
    english: Client,
    press: Press,
    the_day: OpenHouse,
    plan: AppointmentPlan,
    hosts: Hosts,
    late: None,
) -> None:
    both = [wish(the_day, "choir", "football", name=f"b{number}") for number in range(2)]
    chess = wish(the_day, "chess")
    told(the_day)
    before = meetings(the_day)
    assert {name for _number, name, _clock in before} == {"Kören", "Bollklubben", "Schackklubben"}
    waiting.give_up_place(hosts["Kören"], at=LATER)
    page = address("appointments", the_day)
    assert "1 association cannot keep all its meetings. 1 meeting is lost." in text(english.get(page))
    press(english, address("appointments_making", the_day), what="fill")
    after = meetings(the_day)
    kept = {one for one in before if one[1] != "Kören"}
    assert kept < after
    lost = next(number for number, name, _clock in before if name == "Kören")
    (new,) = after - before
    assert new[:2] == (lost, "Bollklubben")
    assert chess.number in {number for number, _name, _clock in kept}
    assert "It is told, so phones and associations see the change now." in text(english.get(page))
    of_lost = phone_with(next(one for one in both if one.number == lost))
    assert "New since the meetings were told" in text(of_lost.get(address("own_meetings", the_day)))


def test_a_time_that_is_marked_as_busy_later_and_fewer_chairs_are_lost_meetings(
    the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts
) -> None:
    appointments.say_hosting(hosts["Schackklubben"], takes_part=True, at_once=2, away=[], at=NOW)
    for number in range(6):
        wish(the_day, "chess", name=f"c{number}")
    told(the_day)
    assert (len(now(the_day).living), len(now(the_day).dropped)) == (6, 0)
    appointments.say_hosting(hosts["Schackklubben"], takes_part=True, at_once=1, away=[], at=LATER)
    assert (len(now(the_day).living), len(now(the_day).dropped)) == (3, 3)
    away = now(the_day).slots[:1]
    appointments.say_hosting(hosts["Schackklubben"], takes_part=True, at_once=1, away=away, at=LATER)
    assert (len(now(the_day).living), len(now(the_day).dropped)) == (2, 4)
    make(the_day)
    assert (len(now(the_day).living), len(now(the_day).dropped)) == (2, 0)
    assert VisitWish.objects.filter(cause="places_taken").count() == 4


def test_who_shows_something_at_that_time_meets_nobody_then(
    the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts
) -> None:
    facts = SlotFacts(
        kind="try",
        title="Snabbschack",
        starts=time(12),
        ends=time(12, 30),
        capacity=4,
        invitation=hosts["Schackklubben"],
    )
    slot = add_slot(the_day, facts=facts)
    for number in range(6):
        wish(the_day, "chess", name=f"c{number}")
    told(the_day)
    taken = {one.starts for one in Appointment.objects.filter(invitation=hosts["Schackklubben"])}
    assert taken
    assert min(taken) >= time(12, 30)
    call_off_slot(slot, is_off=True, at=LATER)
    make(the_day)
    again = {one.starts for one in Appointment.objects.filter(invitation=hosts["Schackklubben"])}
    assert min(again) == time(12)


def test_hours_are_not_changed_under_those_who_have_been_told(
    the_day: OpenHouse, plan: AppointmentPlan
) -> None:
    wish(the_day, "chess")
    told(the_day)
    with pytest.raises(Refused, match="The meetings are told"):
        appointments.open_appointments(the_day, facts=FACTS, at=LATER)
    appointments.tell_meetings(the_day, is_told=False, at=LATER)
    appointments.open_appointments(the_day, facts=FACTS, at=LATER)


# -- by hand -------------------------------------------------------------------------------------------------------
def test_a_meeting_is_moved_by_hand_with_what_breaks_shown_first(
    english: Client, press: Press, the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts, late: None
) -> None:
    one, other = wish(the_day, "chess", name="one"), wish(the_day, "chess", name="other")
    make(the_day)
    mine = Appointment.objects.get(wish=one)
    theirs = Appointment.objects.get(wish=other)
    places = [time(12), time(12, 20), time(12, 40)]
    taken, free = (
        places.index(theirs.starts) + 1,
        next(place for place, clock in enumerate(places, 1) if clock not in (mine.starts, theirs.starts)),
    )
    table = address("appointments_table", the_day)
    chess, choir = hosts["Schackklubben"], hosts["Kören"]
    shown = text(english.get(table, {"meeting": mine.pk, "host": chess.pk, "time": taken}))
    assert "Schackklubben has no free chair at that time." in shown
    assert "So it cannot be." in shown
    shown = text(english.get(table, {"meeting": mine.pk, "host": choir.pk, "time": taken}))
    assert f"{one.number} chose nothing that Kören is about." in shown
    shown = text(english.get(table, {"meeting": mine.pk, "host": chess.pk, "time": free}))
    assert "Nothing breaks." in shown
    found = plan_of(the_day)
    assert found is not None
    move = {"meeting": mine.pk, "host": chess.pk, "time": free, "seen": found.version}
    assert press(english, address("appointments_moving", the_day), **move).status_code == 302
    assert Appointment.objects.get(pk=mine.pk).starts == places[free - 1]
    answer = press(english, address("appointments_moving", the_day), **move)
    assert (answer.status_code, "Somebody else has moved something meanwhile." in text(answer)) == (409, True)
    impossible = {**move, "time": taken, "seen": found.version + 1}
    assert press(english, address("appointments_moving", the_day), **impossible).status_code == 422
    for wrong in ({"host": 999_999}, {"time": 77}, {"meeting": 999_999}, {"time": "x"}):
        answer = press(english, address("appointments_moving", the_day), **{**impossible, **wrong})
        assert answer.status_code == 409


def test_what_was_moved_by_hand_is_kept_when_gaps_are_filled(
    the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts
) -> None:
    one, other = wish(the_day, "chess", name="one"), wish(the_day, "football", name="other")
    told(the_day)
    found = plan_of(the_day)
    assert found is not None
    mine = Appointment.objects.get(wish=one)
    appointments.move_meeting(
        the_day, appointment=mine.pk, host=hosts["Kören"].pk, place=2, seen=found.version, at=LATER
    )
    waiting.give_up_place(hosts["Bollklubben"], at=LATER)
    make(the_day)
    assert meetings(the_day) == {(one.number, "Kören", "12:40")}
    assert VisitWish.objects.get(pk=other.pk).cause == "no_eligible_association"


# -- many, and the end ---------------------------------------------------------------------------------------------
def test_the_pages_ask_the_same_questions_with_three_and_with_three_hundred(
    english: Client,
    the_day: OpenHouse,
    plan: AppointmentPlan,
    late: None,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    pages = [address(name, the_day) for name in ("appointments", "appointments_table")]
    for number in range(3):
        wish(the_day, "chess", name=f"c{number}")
    make(the_day)
    counts = []
    for _size in range(2):
        found = []
        for page in pages:
            english.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert english.get(page).status_code == 200
            found.append(len(asked))
        counts.append(found)
        if len(counts) == 1:
            _three_hundred(the_day)
    assert counts[0] == counts[1]
    assert max(counts[0]) < 40


def _three_hundred(the_day: OpenHouse) -> None:
    """As many wishes, and as many associations."""
    extra = three_hundred_more(the_day, given_at=NOW)
    made = VisitWish.objects.bulk_create(
        VisitWish(
            openhouse=the_day,
            seed=f"s{number}",
            token_digest=f"t{number}",
            code_digest=f"c{number}",
            number=9_999 - number if number < 300 else 0,
            channel="phone",
            comes=time(12),
            leaves=time(13),
            most=1,
        )
        for number in range(300)
        if not VisitWish.objects.filter(openhouse=the_day, number=9_999 - number).exists()
    )
    WishedInterest.objects.bulk_create(WishedInterest(wish=one, interest="chess", place=0) for one in made)
    Appointment.objects.bulk_create(
        Appointment(
            wish=one,
            invitation=invitation,
            starts=time(12),
            ends=time(12, 20),
            interest="chess",
            given_at=NOW,
        )
        for one, invitation in zip(made, extra, strict=False)
    )


def test_wishes_and_meetings_are_gone_two_days_after_the_day_and_the_sums_stay(
    the_day: OpenHouse, plan: AppointmentPlan, hosts: Hosts
) -> None:
    wish(the_day, "chess")
    appointments.say_hosting(hosts["Kören"], takes_part=True, at_once=2, away=[], at=NOW)
    told(the_day)
    kept = []
    for days in (2, 3):
        tidy(at=datetime.combine(DAY + timedelta(days=days), time(3), tzinfo=NOW.tzinfo))
        kept.append(
            (
                VisitWish.objects.count(),
                WishedInterest.objects.count(),
                Appointment.objects.count(),
                AppointmentHost.objects.exists(),
            )
        )
    assert kept == [(1, 1, 1, True), (0, 0, 0, False)]
    assert list(AppointmentPlan.objects.values_list("visitors", "served", "meetings")) == [(1, 1, 1)]


def test_a_chapter_of_the_story_is_arranged_whole(the_day: OpenHouse, plan: AppointmentPlan) -> None:
    """Nine wishes for nine chairs: everybody has one, and every chair is taken."""
    for interest in ("chess", "choir", "football"):
        for number in range(3):
            wish(the_day, interest, name=f"{interest}{number}")
    make(the_day)
    day = now(the_day)
    assert (len(day.living), len(day.without), day.places) == (9, 0, 9)
