""" "What time?" without signing in: page, calendar file, sheet for the wall; and the pages where it is decided."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from icalendar import Calendar, Event
from pypdf import PdfReader

from brobygget.circles.commands.next_meeting import (
    close_meeting,
    decide_next_meeting,
    move_meeting,
    propose_time,
    renew_time_link,
)
from brobygget.circles.models import Circle, DateAnswer, DateOption, Meeting, Membership
from brobygget.circles.queries.next_meeting import time_token
from brobygget.people.models import Account

pytestmark = pytest.mark.django_db
Phone = Callable[[Membership], Client]
Desk = Callable[[Account], Client]
Press = Callable[..., HttpResponse]
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture
def following(meeting: Meeting, clock: datetime) -> Meeting:
    """Friday 29 January at 13, decided and the first evening closed."""
    found = decide_next_meeting(meeting=meeting, starts_at=clock + timedelta(days=7), place="Rum 2", at=clock)
    close_meeting(meeting=meeting, at=clock, on=clock.date())
    return found


def calendar_of(circle: Circle, **headers: str) -> Calendar:
    answer = Client(headers=headers).get(reverse("circles:calendar", args=[time_token(circle)]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def only_event(calendar: Calendar) -> Event:
    (event,) = calendar.walk("VEVENT")
    return event


@pytest.mark.parametrize(
    ("language", "day", "clock_shown"),
    [
        ("sv", "fredag 29 januari", "13.00"),
        ("en", "Friday 29 January", "13:00"),
        ("ar", "الجمعة، 29 يناير", "13:00"),
        ("uk", "29 січня", "13:00"),
    ],
)
def test_the_link_tells_day_time_and_place_in_the_readers_language(
    circle: Circle, following: Meeting, language: str, day: str, clock_shown: str
) -> None:
    visitor = Client()
    visitor.cookies["language"] = language
    page = visitor.get(reverse("circles:what_time", args=[time_token(circle)])).content.decode()
    assert day in page
    assert clock_shown in page
    assert "Rum 2" in page
    assert "Brohuset" in page


def test_the_link_names_neither_the_circle_nor_anybody(
    circle: Circle, following: Meeting, amina: Membership
) -> None:
    page = Client().get(reverse("circles:what_time", args=[time_token(circle)])).content.decode()
    ics = Client().get(reverse("circles:calendar", args=[time_token(circle)])).content.decode()
    for secret in (circle.name, "Amina", "Birgit"):
        assert secret not in page
        assert secret not in ics


def test_looking_twenty_times_changes_nothing(circle: Circle, following: Meeting) -> None:
    before = list(Meeting.objects.order_by("pk").values())
    for _ in range(20):
        Client().get(reverse("circles:what_time", args=[time_token(circle)]))
        Client().get(reverse("circles:calendar", args=[time_token(circle)]))
    assert list(Meeting.objects.order_by("pk").values()) == before


def test_an_old_link_and_a_wrong_link_look_the_same(circle: Circle, following: Meeting) -> None:
    old = time_token(circle)
    renew_time_link(circle=circle)
    for name in ("circles:what_time", "circles:calendar"):
        for token in (old, "1-AAAAAAAAAAAAAAAAAAAAAA", "x"):
            assert Client().get(reverse(name, args=[token])).status_code == 404


def test_the_calendar_file_has_its_zone_and_no_circle(circle: Circle, following: Meeting) -> None:
    calendar = calendar_of(circle)
    event = only_event(calendar)
    assert event.decoded("dtstart") == datetime(2027, 1, 29, 13, 0, tzinfo=STOCKHOLM)
    assert event.decoded("dtend") == datetime(2027, 1, 29, 15, 15, tzinfo=STOCKHOLM)
    assert event["dtstart"].params["TZID"] == "Europe/Stockholm"
    zones = calendar.walk("VTIMEZONE")
    assert [str(zone["tzid"]) for zone in zones] == ["Europe/Stockholm"]
    assert event["location"] == "Rum 2"
    assert event["summary"] == "Vi ses i Brohuset"
    assert not event.get("attendee")
    assert not event.get("organizer")


def test_a_moved_meeting_keeps_its_mark_and_gets_a_higher_sequence(
    circle: Circle, following: Meeting, clock: datetime
) -> None:
    before = only_event(calendar_of(circle))
    move_meeting(meeting=following, starts_at=clock + timedelta(days=14), place="Rum 5", at=clock)
    after = only_event(calendar_of(circle))
    assert after["uid"] == before["uid"]
    assert int(after["sequence"]) > int(before["sequence"])
    assert after.decoded("dtstart") == datetime(2027, 2, 5, 13, 0, tzinfo=STOCKHOLM)


def test_a_summer_meeting_is_at_the_same_hour_on_the_wall(
    circle: Circle, following: Meeting, clock: datetime
) -> None:
    summer = datetime(2027, 6, 11, 13, 0, tzinfo=STOCKHOLM)
    move_meeting(meeting=following, starts_at=summer, place="", at=clock)
    assert only_event(calendar_of(circle)).decoded("dtstart") == summer
    page = Client().get(reverse("circles:what_time", args=[time_token(circle)])).content.decode()
    assert "13.00" in page


def test_without_a_time_and_after_the_ending_there_is_a_sentence(
    circle: Circle, meeting: Meeting, clock: datetime
) -> None:
    url = reverse("circles:what_time", args=[time_token(circle)])
    Meeting.objects.all().delete()
    assert "Ingen ny tid är bestämd än." in Client().get(url).content.decode()
    Circle.objects.update(ended_on=clock.date(), ending="Klart")
    page = Client().get(url).content.decode()
    assert "Cirkeln är slut" in page
    assert "Klart" not in page
    assert len(calendar_of(circle).walk("VEVENT")) == 0


def test_the_sheet_for_the_wall_is_one_a3_page_in_every_language(
    circle: Circle, following: Meeting, amina: Membership, client_of: Phone
) -> None:
    answer = client_of(amina).get(reverse("circles:wall_sheet", args=[circle.pk]))
    assert answer["Content-Type"] == "application/pdf"
    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    width, height = (float(side) / 72 * 25.4 for side in (page.mediabox.width, page.mediabox.height))
    assert (round(width), round(height)) == (297, 420)
    text = page.extract_text()
    assert "Fredag 29 januari" in text
    assert "13.00" in text
    assert "Friday 29 January" in text
    assert "Amina" not in text


def test_without_a_time_there_is_no_sheet(circle: Circle, amina: Membership, client_of: Phone) -> None:
    answer = client_of(amina).get(reverse("circles:wall_sheet", args=[circle.pk]))
    assert answer.status_code == 409


# -- where it is decided -------------------------------------------------------------------------------------------
def test_everybody_taps_and_the_leader_decides_and_closes(
    circle: Circle,
    meeting: Meeting,
    amina: Membership,
    birgit: Account,
    client_of: Phone,
    client_of_account: Desk,
    press: Press,
) -> None:
    phone, leader = client_of(amina), client_of_account(birgit)
    url = reverse("circles:next_meeting", args=[meeting.pk])
    for day in ("2027-01-29", "2027-02-05"):
        added = press(
            leader, reverse("circles:next_propose", args=[meeting.pk]), day=day, clock="13:00", place="Rum 2"
        )
        assert added.status_code == 302
    first, second = DateOption.objects.all()
    press(phone, reverse("circles:next_choose", args=[meeting.pk]), option=[second.pk])
    page = leader.get(url).content.decode()
    assert "1 kan komma" in page
    assert "Amina" not in page
    too_early = press(leader, reverse("circles:meeting_close", args=[meeting.pk]))
    assert too_early.status_code == 422
    assert "när ses ni igen" in too_early.content.decode()
    press(leader, reverse("circles:next_decide", args=[meeting.pk]), option=second.pk)
    assert (
        "fredag 5 februari" in phone.get(url).content.decode()
        or "5 فبراير" in phone.get(url).content.decode()
    )
    assert press(leader, reverse("circles:meeting_close", args=[meeting.pk])).status_code == 302
    meeting.refresh_from_db()
    assert meeting.closed_at is not None
    assert list(circle.meetings.order_by("number").values_list("number", flat=True)) == [1, 2]
    late = press(phone, reverse("circles:next_choose", args=[meeting.pk]), option=[first.pk])
    assert late.status_code == 409
    assert DateAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"day": "2026-01-01", "clock": "13:00"}, "Den tiden har redan varit."),
        ({"day": "igår", "clock": "13:00"}, "Vi kunde inte läsa dagen."),
        ({"day": "2027-02-05", "clock": "25:99"}, "Vi kunde inte läsa klockslaget."),
        ({"day": "2027-02-05", "clock": "13:00", "place": "x" * 10_000}, "10000 tecken"),
        ({"day": "2027-02-05", "clock": "13:00", "place": "🏠"}, "Skriv minst en bokstav."),
        ({"day": "2027-02-05", "clock": "13:00", "minutes": "9"}, "mellan 45 och 480 minuter"),
        ({}, "Välj en dag."),
    ],
)
def test_a_time_that_cannot_be_gets_a_sentence_and_nothing_is_lost(
    meeting: Meeting,
    birgit: Account,
    client_of_account: Desk,
    press: Press,
    fields: dict[str, str],
    says: str,
) -> None:
    answer = press(client_of_account(birgit), reverse("circles:next_decide", args=[meeting.pk]), **fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert all(value in page for value in fields.values())
    assert Meeting.objects.count() == 1


def test_the_same_time_twice_is_said_on_the_page(
    meeting: Meeting, birgit: Account, clock: datetime, client_of_account: Desk, press: Press
) -> None:
    propose_time(meeting=meeting, starts_at=clock + timedelta(days=7), place="Rum 2", at=clock)
    answer = press(
        client_of_account(birgit),
        reverse("circles:next_propose", args=[meeting.pk]),
        day="2027-01-29",
        clock="13.00",
        place="Rum 9",
    )
    assert answer.status_code == 422
    assert "Den tiden finns redan" in answer.content.decode()
    assert "Rum 9" in answer.content.decode()


def test_a_named_ending_closes_and_an_emoji_does_not(
    circle: Circle, meeting: Meeting, birgit: Account, client_of_account: Desk, press: Press
) -> None:
    leader, url = client_of_account(birgit), reverse("circles:meeting_close", args=[meeting.pk])
    for wrong in ("", "🎉", "x" * 10_000):
        assert press(leader, url, ending=wrong).status_code == 422
    assert press(leader, url, ending="Dagen är gjord. Vi ses på stan!").status_code == 302
    circle.refresh_from_db()
    assert circle.ending == "Dagen är gjord. Vi ses på stan!"
    page = leader.get(reverse("circles:next_meeting", args=[meeting.pk])).content.decode()
    assert "Dagen är gjord." in page


def test_a_new_link_from_the_leader_closes_the_old_one(
    circle: Circle, following: Meeting, birgit: Account, client_of_account: Desk, press: Press
) -> None:
    old = reverse("circles:what_time", args=[time_token(circle)])
    press(client_of_account(birgit), reverse("circles:time_link_renew", args=[circle.pk]))
    circle.refresh_from_db()
    assert Client().get(old).status_code == 404
    assert Client().get(reverse("circles:what_time", args=[time_token(circle)])).status_code == 200


def test_the_next_time_is_moved_between_the_meetings(
    meeting: Meeting, following: Meeting, birgit: Account, client_of_account: Desk, press: Press
) -> None:
    answer = press(
        client_of_account(birgit),
        reverse("circles:next_decide", args=[meeting.pk]),
        day="2027-02-02",
        clock="18.30",
        place="Biblioteket",
        minutes="180",
    )
    assert answer.status_code == 302
    following.refresh_from_db()
    assert following.starts_at == datetime(2027, 2, 2, 18, 30, tzinfo=STOCKHOLM)
    assert (following.place, following.planned_minutes) == ("Biblioteket", 180)


def test_somebody_of_another_circle_sees_no_such_page(
    meeting: Meeting,
    circle: Circle,
    chidi: Membership,
    frans: Account,
    client_of: Phone,
    client_of_account: Desk,
) -> None:
    for name, number in (
        ("next_meeting", meeting.pk),
        ("pulse", meeting.pk),
        ("homework", meeting.pk),
        ("homework_answers", meeting.pk),
        ("customs", circle.pk),
        ("ground_rules", circle.pk),
        ("wall_sheet", circle.pk),
    ):
        url = reverse(f"circles:{name}", args=[number])
        absent = reverse(f"circles:{name}", args=[999_999])
        for reader in (client_of(chidi), client_of_account(frans), Client()):
            assert reader.get(url).status_code == reader.get(absent).status_code == 404
