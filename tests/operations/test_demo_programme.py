"""The programme of the association day of Älvnäs, as chapter G tells it, to the last figure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from brobygget.openhouse.models import Booking, OpenHouse, Slot
from brobygget.openhouse.queries import programme as queries
from brobygget.openhouse.queries.language_hosts import grid_of, spoken_by_hour
from brobygget.operations.demo import gatherings, loading, openhouse, programme

# The town is told once, and everybody looks at the same one.
pytestmark = pytest.mark.xdist_group("demo programme")


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[OpenHouse]:
    with django_db_blocker.unblock(), transaction.atomic():
        town = loading.load_town(chapter="G")
        assert town is not None
        day = openhouse.hold_day(town, until=loading.CHAPTERS["G"])
        gatherings.lay_cafe(town.house)
        programme.lay_programme(town, day, until=loading.CHAPTERS["G"])
        yield day
        transaction.set_rollback(True)


@pytest.fixture
def day(_loaded: OpenHouse, db: None) -> OpenHouse:
    return _loaded


def test_ten_times_to_try_with_twelve_seats_each_and_97_of_120_are_booked(day: OpenHouse) -> None:
    found = queries.day_of(day)
    assert [one.capacity for one in found.tries] == [12] * 10
    assert (found.seats, found.booked) == (120, 97)
    assert {one.seats for one in Booking.objects.all()} <= {1, 2, 3, 4}
    assert all(queries.booked_of(one) <= one.capacity for one in found.tries)
    assert Booking.objects.filter(browser_digest="").exists()  # some at the reception, on paper


def test_four_on_the_stage_keep_away_from_the_language_tables_and_everything_goes_together(
    day: OpenHouse,
) -> None:
    found = queries.day_of(day)
    stage = [one for one in found.slots if one.kind == Slot.Kind.STAGE]
    tables = [(one.starts, one.ends) for one in found.gatherings]
    assert (len(stage), len(tables)) == (4, 2)
    assert [
        (one, each) for one in stage for each in tables if one.starts < each[1] and each[0] < one.ends
    ] == []
    assert queries.conflicts_of(found) == []


def test_those_who_hold_them_come_and_use_the_words_they_have_written(day: OpenHouse) -> None:
    tries = queries.day_of(day).tries
    assert all(queries.comes(one) for one in tries)
    assert [one.title for one in tries] == [one.invitation.answer.hands for one in tries if one.invitation]


def test_five_hosts_three_languages_in_every_hour_and_nobody_over_two_hours(day: OpenHouse) -> None:
    shown = grid_of(day)
    assert (len(shown.rows), shown.lacks) == (5, [])
    assert all(shown.grid.values())  # everybody who wants to is needed
    spoken = spoken_by_hour(day)
    assert (spoken[0].starts, spoken[-1].ends) == (11 * 60, 16 * 60)
    assert all(len(set(one.languages) - {"sv"}) >= 3 for one in spoken)


def test_before_it_was_planned_there_is_none(day: OpenHouse) -> None:
    town = loading.Town(day.house)
    programme.lay_programme(town, day, until=loading.CHAPTERS["F"])
    assert queries.day_of(day).seats == 120
