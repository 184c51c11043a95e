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

from brobygget.circles.commands import joining
from brobygget.circles.models import Circle, Invitation
from brobygget.operations import keeping
from brobygget.operations.commands import tidy
from brobygget.people.models import WrongTry
from brobygget.web.models import Receipt
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
