"""What the register says is removed is removed, and what is still needed stays."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from brobygget.associations.commands import staging
from brobygget.associations.commands.applying import apply_run
from brobygget.associations.commands.undoing import undo_run
from brobygget.associations.models import (
    Association,
    AssociationLink,
    FieldChange,
    ImportFile,
    LinkSending,
)
from brobygget.circles.commands import joining, table_guests
from brobygget.circles.commands.table_guests import NewGuest
from brobygget.circles.models import Circle, Invitation, Meeting, Membership
from brobygget.house.models import House
from brobygget.operations import keeping
from brobygget.operations.commands import tidy
from brobygget.people.models import Participant, WrongTry
from brobygget.web.models import Receipt
from tests.associations.conftest import SMALL
from tests.conftest import NOW, TODAY

DAY = timedelta(days=1)


def test_what_has_had_its_time_is_removed_and_the_rest_stays(circle: Circle) -> None:
    for days in (14, 15):
        Receipt.objects.create(key=uuid.uuid4(), fingerprint="x", made_on=(NOW - days * DAY).date())
        WrongTry.objects.create(minute=NOW - days * DAY, tries=1)
    for name, ends in (("old", NOW - DAY), ("new", NOW + DAY)):
        Session.objects.create(session_key=name, session_data="", expire_date=ends)
    old, used, fresh = joining.print_tickets(circle, count=3, at=NOW, on=TODAY)
    Invitation.objects.filter(pk__in=[old.pk, used.pk]).update(expires_at=NOW - DAY)
    Invitation.objects.filter(pk=used.pk).update(used_at=NOW - 2 * DAY)
    link = joining.open_invitation(circle, on=TODAY)

    tidy(at=NOW)

    assert [receipt.made_on for receipt in Receipt.objects.all()] == [(NOW - 14 * DAY).date()]
    assert not WrongTry.objects.exists()
    assert [session.session_key for session in Session.objects.all()] == ["new"]
    assert set(Invitation.objects.values_list("pk", flat=True)) == {used.pk, fresh.pk, link.pk}


def test_a_demo_house_goes_by_its_own_clock(circle: Circle) -> None:
    circle.house.clock_offset = -400 * DAY
    circle.house.save()
    joining.print_tickets(circle, count=1, at=NOW - 400 * DAY, on=TODAY)
    tidy(at=NOW)
    assert Invitation.objects.count() == 1


def test_a_guest_of_the_tables_is_forgotten_a_week_after_the_evening(meeting: Meeting) -> None:
    plan = table_guests.open_plan(meeting, on=TODAY)
    table_guests.add_guests(plan, [NewGuest("Gäst", ("sv",))])
    left = []
    for days in (7, 8):
        tidy(at=NOW + days * DAY)
        left.append([guest.alias for guest in plan.guests.filter(participant=None)])
    assert left == [["Gäst"], []]


def test_a_circle_is_forgotten_half_a_year_after_its_end_with_those_who_sat_only_there(
    circle: Circle, other_circle: Circle, amina: Membership, chidi: Membership
) -> None:
    in_both = Membership.objects.create(circle=circle, participant=chidi.participant, seat=7, joined_on=TODAY)
    Circle.objects.filter(pk=circle.pk).update(ended_on=TODAY)
    left = []
    for days in (180, 181):
        tidy(at=NOW + days * DAY)
        there = (Circle.objects.filter(pk=circle.pk), Membership.objects.filter(pk=in_both.pk))
        people = Participant.objects.filter(pk__in=[amina.participant_id, chidi.participant_id])
        left.append(([one.exists() for one in there], {person.alias for person in people}))
    assert left == [([True, True], {"Amina", "Chidi"}), ([False, False], {"Chidi"})]
    assert Circle.objects.filter(pk=other_circle.pk).exists()


def test_a_file_that_nobody_took_up_is_left_aside_after_thirty_days(house: House) -> None:
    run = staging.take_file(house=house, data=SMALL.encode(), name="a.csv", by=None, at=NOW)
    staging.read_rows(staging.confirm_columns(run, mapping=run.mapping, on=TODAY), at=NOW)
    left = []
    for days in (30, 31):
        tidy(at=NOW + days * DAY)
        run.refresh_from_db()
        left.append((run.state, run.rows.count(), ImportFile.objects.count()))
    assert left == [("read", 3, 1), ("dismissed", 0, 0)]


def test_the_rows_of_an_import_are_forgotten_after_ninety_days_and_it_can_still_be_undone(
    house: House,
) -> None:
    run = staging.take_file(house=house, data=SMALL.encode(), name="a.csv", by=None, at=NOW)
    run = apply_run(
        staging.read_rows(staging.confirm_columns(run, mapping=run.mapping, on=TODAY), at=NOW), at=NOW
    )
    left = []
    for days in (90, 91):
        tidy(at=NOW + days * DAY)
        left.append([bool(row.source or row.understood or row.problems) for row in run.rows.all()])
    assert left == [[True] * 3, [False] * 3]
    undo_run(run, at=NOW + 92 * DAY)
    assert not Association.objects.exists()


def test_earlier_words_sendings_and_closed_links_of_an_association_are_kept_for_four_hundred_days(
    house: House,
) -> None:
    one = Association.objects.create(house=house, name="Bengts", created_on=TODAY, changed_at=NOW)
    for number, days in enumerate((400, 401)):
        at = NOW - days * DAY
        FieldChange.objects.create(association=one, field="met_by", before=str(days), origin="staff", at=at)
        LinkSending.objects.create(association=one, way="letter", at=at)
        for ended in ({"revoked_at": at, "expires_on": TODAY}, {"expires_on": at.date()}):
            AssociationLink.objects.create(
                association=one,
                purpose="association-link",
                digest=f"{number}{len(ended)}",
                seed="x",
                made_on=at.date(),
                **ended,
            )
    tidy(at=NOW)
    assert [change.before for change in one.changes.all()] == ["400"]
    assert [sent.at for sent in one.sendings.all()] == [NOW - 400 * DAY]
    assert sorted(link.digest for link in one.links.all()) == ["01", "02"]


@pytest.mark.on_sqlite
@pytest.mark.django_db(transaction=True)
def test_the_keeper_empties_the_log_of_what_was_removed(circle: Circle) -> None:
    log = Path(f"{settings.DATABASES['default']['NAME']}-wal")
    assert log.stat().st_size > 0
    assert keeping.has_traces()
    keeping.wipe_traces()
    assert log.stat().st_size == 0
    assert not keeping.has_traces()


@pytest.mark.django_db(transaction=True)
def test_health_is_a_write_and_says_nothing_about_anybody(circle: Circle) -> None:
    answers = [Client().get("/health/") for _ in range(2)]
    assert [set(answer.json()) for answer in answers] == [{"status", "version"}] * 2
    assert Receipt.objects.filter(key=uuid.UUID(int=0)).count() == 1


@pytest.mark.on_sqlite
@pytest.mark.django_db(transaction=True)
def test_health_is_bad_where_nothing_can_be_written(circle: Circle) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=ON")
    try:
        assert Client().get("/health/").status_code == 503
    finally:
        connection.close()
