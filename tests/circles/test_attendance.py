"""Who was there: the leader's list, and totals for everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from brobygget.circles.commands import Refused
from brobygget.circles.commands.attendance import note_everybody_here, note_here
from brobygget.circles.models import Attendance, Circle, Meeting, Membership, Step
from brobygget.circles.queries import attendance
from brobygget.people.models import Account

pytestmark = pytest.mark.django_db
Member = Callable[..., Membership]


@pytest.fixture
def story(circle: Circle, member: Member, clock: datetime) -> dict[str, Membership]:
    """Four meetings of the circle in Älvnäs: 8, 7, 8 and 8 people; Hassan missed the second."""
    names = ("Jonas", "Marit", "Karin", "Samira", "Yusuf", "Selam", "Hassan", "Oksana")
    people = {name: member(circle, name) for name in names}
    for number, days in enumerate((0, 7, 14, 28), start=1):
        at = clock + timedelta(days=days)
        meeting = Meeting.objects.create(circle=circle, number=number, starts_at=at, opened_at=at)
        note_everybody_here(meeting=meeting, at=at)
        if number == 2:
            note_here(meeting=meeting, membership=people["Hassan"], is_here=False, at=at)
    return people


def test_the_story_gives_its_golden_numbers(circle: Circle, story: dict[str, Membership]) -> None:
    evenings = attendance.evenings_of(circle)
    totals = attendance.study_totals(evenings)
    assert [len(evening.present) for evening in evenings] == [8, 7, 8, 8]
    assert (totals.visits, totals.person_hours, totals.progress.hours) == (31, 93, 12)
    assert (totals.progress.passed_at, totals.counted_people, totals.people) == (3, 8, 8)
    rows = attendance.list_of(circle.meetings.get(number=4), evenings)
    passed = {row.membership.participant.alias: row.progress.passed_at for row in rows}
    assert passed == {name: 4 if name == "Hassan" else 3 for name in story}


def test_after_two_meetings_it_is_two_of_three_and_six_of_nine(
    circle: Circle, story: dict[str, Membership]
) -> None:
    Meeting.objects.filter(number__gt=2).delete()
    progress = attendance.study_totals(attendance.evenings_of(circle)).progress
    assert (progress.meetings, progress.hours, progress.has_passed) == (2, 6, False)


def test_a_doubled_tap_notes_once_and_can_be_taken_back(
    meeting: Meeting, amina: Membership, clock: datetime
) -> None:
    for _ in range(2):
        note_here(meeting=meeting, membership=amina, is_here=True, at=clock)
    assert Attendance.objects.count() == 1
    for _ in range(2):
        note_here(meeting=meeting, membership=amina, is_here=False, at=clock)
    assert Attendance.objects.count() == 0


def test_there_is_no_reason_for_not_being_here() -> None:
    assert {field.name for field in Attendance._meta.get_fields()} == {"id", "meeting", "membership"}


def test_a_meeting_to_come_and_somebody_of_another_circle_are_refused(
    meeting: Meeting, amina: Membership, chidi: Membership, clock: datetime
) -> None:
    with pytest.raises(Refused):
        note_here(meeting=meeting, membership=chidi, is_here=True, at=clock)
    Meeting.objects.update(opened_at=None)
    with pytest.raises(Refused):
        note_here(meeting=meeting, membership=amina, is_here=True, at=clock - timedelta(hours=1))
    assert not Attendance.objects.exists()


def test_the_list_can_be_put_right_until_the_circle_has_ended(
    meeting: Meeting, circle: Circle, amina: Membership, clock: datetime
) -> None:
    Meeting.objects.update(closed_at=clock)
    note_here(meeting=meeting, membership=amina, is_here=True, at=clock)
    Circle.objects.filter(pk=circle.pk).update(ended_on=clock.date())
    with pytest.raises(Refused):
        note_here(meeting=meeting, membership=amina, is_here=False, at=clock)
    assert Attendance.objects.count() == 1


def test_the_number_of_queries_does_not_grow_with_people_and_meetings(
    circle: Circle, member: Member, clock: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    meeting = Meeting.objects.create(circle=circle, number=1, starts_at=clock, opened_at=clock)
    for amount in (3, 60):
        while circle.memberships.count() < amount:
            who = member(circle, f"Gäst {circle.memberships.count()}")
            Attendance.objects.create(meeting=meeting, membership=who)
        with django_assert_num_queries(4):
            rows = attendance.list_of(meeting, attendance.evenings_of(circle))
            assert next(row.membership.participant.alias for row in rows if row.is_here) == "Gäst 0"
        assert len(rows) == amount


def test_the_leader_notes_everybody_and_taps_one_away(
    meeting: Meeting,
    circle: Circle,
    amina: Membership,
    member: Member,
    birgit: Account,
    client_of_account: Callable[[Account], Client],
    press: Callable[..., HttpResponse],
) -> None:
    hassan = member(circle, "Hassan", "ar")
    leader, url = client_of_account(birgit), reverse("circles:attendance", args=[meeting.pk])
    press(leader, reverse("circles:attendance_everybody", args=[meeting.pk]))
    press(leader, reverse("circles:attendance_note", args=[meeting.pk]), seat=hassan.pk, here="no")
    page = leader.get(url).content.decode()
    assert "1 av 2 är här" in page
    assert "1 av 3 träffar, 3 av 9 timmar" in page
    assert [row.membership_id for row in Attendance.objects.all()] == [amina.pk]


def test_the_list_leads_back_to_the_evening_and_at_its_end_on_to_the_next_time(
    meeting: Meeting,
    amina: Membership,
    birgit: Account,
    client_of_account: Callable[[Account], Client],
    press: Callable[..., HttpResponse],
    clock: datetime,
) -> None:
    leader, url = client_of_account(birgit), reverse("circles:attendance", args=[meeting.pk])
    back, on = (reverse(f"circles:{name}", args=[meeting.pk]) for name in ("meeting", "next_meeting"))
    press(leader, reverse("circles:attendance_everybody", args=[meeting.pk]))
    last = Step.objects.create(meeting=meeting, kind=Step.Kind.NEXT, position=1, planned_minutes=10)
    early = leader.get(url).content.decode()
    assert (f'class="button" href="{back}"' in early, on in early) == (True, False)
    Step.objects.filter(pk=last.pk).update(began_at=clock)
    late = leader.get(url).content.decode()
    assert (f'class="button" href="{on}"' in late, f'class="button" href="{back}"' in late) == (True, False)


@pytest.mark.parametrize("seat", ["", "x", "0", "9" * 30, "²"])
def test_a_seat_that_is_not_there_is_no_page(
    meeting: Meeting,
    chidi: Membership,
    birgit: Account,
    client_of_account: Callable[[Account], Client],
    press: Callable[..., HttpResponse],
    seat: str,
) -> None:
    url = reverse("circles:attendance_note", args=[meeting.pk])
    leader = client_of_account(birgit)
    assert press(leader, url, seat=seat, here="yes").status_code == 404
    assert press(leader, url, seat=chidi.pk, here="yes").status_code == 404
    assert not Attendance.objects.exists()


def test_the_list_is_the_leaders_only(
    meeting: Meeting,
    amina: Membership,
    doris: Account,
    frans: Account,
    client_of: Callable[[Membership], Client],
    client_of_account: Callable[[Account], Client],
) -> None:
    url = reverse("circles:attendance", args=[meeting.pk])
    assert Client().get(url).status_code == client_of(amina).get(url).status_code == 302
    for other in (doris, frans):
        assert client_of_account(other).get(url).status_code == 404
