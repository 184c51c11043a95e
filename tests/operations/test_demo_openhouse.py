"""The association day of Älvnäs, as chapters F and G of the story tell it, to the last figure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from brobygget.associations.models import Association
from brobygget.openhouse.commands import waiting
from brobygget.openhouse.models import Answer, OpenHouse, Place, PlaceCall, Sending, Stand
from brobygget.openhouse.queries import invitations, places, reminders
from brobygget.openhouse.queries.events import plan_of
from brobygget.openhouse.queries.floor import door_of
from brobygget.openhouse.views.confirmations import sheets_of
from brobygget.openhouse.views.signs import sheet_of, signs_of
from brobygget.operations.demo import loading, openhouse, papers
from brobygget.operations.demo.associations import BENGTS
from brobygget.web.moments import SWEDEN
from tests.openhouse.papers import pages_of, text_of

# The town is told once, and everybody looks at the same one.
pytestmark = pytest.mark.xdist_group("demo openhouse")


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[OpenHouse]:
    with django_db_blocker.unblock(), transaction.atomic():
        town = loading.load_town(chapter="G")
        assert town is not None
        yield openhouse.hold_day(town, until=loading.CHAPTERS["G"])
        transaction.set_rollback(True)


@pytest.fixture
def day(_loaded: OpenHouse, db: None) -> OpenHouse:
    return _loaded


def test_of_304_rows_277_associations_are_invited_241_by_mail_and_36_by_letter(day: OpenHouse) -> None:
    sums = invitations.sums_of(day)
    assert (sums.invited, sums.by_mail, sums.by_letter, sums.by_phone) == (277, 241, 36, 0)
    assert Association.objects.filter(house=day.house).count() == 295
    assert invitations.unreachable(day.house) == 18
    told = Sending.objects.filter(about="invited")
    assert (told.filter(way="mail").count(), told.filter(way="letter").count()) == (241, 36)


def test_46_say_yes_19_no_6_maybe_and_206_are_silent(day: OpenHouse) -> None:
    before = Answer.objects.filter(invitation__openhouse=day)
    change = openhouse.local(openhouse.told()["answers"]["change"])
    gave_up = Q(invitation__place__given_up_at__isnull=False)
    turned = before.filter(wants_since=change)
    assert turned.count() == 2  # maybe became yes
    yes = before.filter(Q(said="yes") | gave_up).count() - turned.count()
    no = before.filter(Q(said="no") & ~gave_up).count()
    maybe = before.filter(said="maybe").count() + turned.count()
    silent = invitations.sums_of(day).silent
    assert (yes, no, maybe, silent) == (46, 19, 6, 206)


def test_48_want_a_place_40_get_one_and_8_wait(day: OpenHouse) -> None:
    given_at = day.rule.given_at
    assert Place.objects.count() == 48
    assert Place.objects.filter(given_at=given_at).count() == 40
    assert list(Place.objects.exclude(given_at=given_at).values_list("position", flat=True)) == [
        *range(41, 49)
    ]
    assert not Place.objects.filter(was_late=True).exists()


def test_the_rule_was_there_before_registration_closed(day: OpenHouse) -> None:
    rule = day.rule
    assert rule.criteria == ["kind", "try", "beginners"]
    assert rule.frozen_at is not None
    assert rule.given_at is not None
    days = [timezone.localdate(at).isoformat() for at in (rule.written_at, rule.frozen_at, rule.given_at)]
    assert (days, day.closes_on.isoformat()) == (["2027-02-15", "2027-02-22", "2027-03-19"], "2027-03-12")


def test_three_cancellations_are_filled_from_the_waiting_list(day: OpenHouse) -> None:
    sums = places.sums_of(day, places.in_order(day))
    assert (sums.taken, sums.given_up, sums.called, sums.waiting) == (40, 3, 0, 5)
    calls = PlaceCall.objects.order_by("pk")
    assert [(call.place.position, call.said) for call in calls] == [(41, "yes"), (42, "yes"), (43, "yes")]


def test_one_that_does_not_turn_up_on_the_day_is_filled_by_number_44_on_the_telephone(day: OpenHouse) -> None:
    """Called at 10.50, and said yes: forty stand, four remain on the list."""
    with transaction.atomic():
        at = datetime(2027, 4, 24, 10, 50, tzinfo=SWEDEN)
        missing = places.have_places(day).last()
        assert missing is not None
        waiting.give_up_place(missing, at=at)
        (call,) = places.calls_to_make(day, at=at)
        assert call.place.position == 44
        waiting.note_talked(call, by=None, at=at)
        waiting.answer_call(call, is_yes=True, at=at)
        sums = places.sums_of(day, places.in_order(day))
        assert (sums.taken, sums.called, sums.waiting) == (40, 0, 4)
        transaction.set_rollback(True)


def test_small_associations_do_not_end_at_the_back_and_each_hall_has_many_kinds(day: OpenHouse) -> None:
    """Counted by hand, not by the engine that placed them."""
    stands = _stands(day)
    walk = {}
    for one in day.positions.select_related("hall"):
        x, y = door_of(one.hall)
        walk[one.pk] = one.hall.walk + abs(one.x - x) + abs(one.y - y)
    small = [
        walk[one.position_id]
        for one in stands
        if (members := one.invitation.association.members) is not None and members <= 50
    ]
    back = sorted(walk.values())[-len(walk) // 3]
    mean = sum(walk.values()) / len(walk)
    assert len(small) >= 5
    assert sum(small) / len(small) <= mean
    assert sum(each > back for each in small) <= math.ceil(len(small) / 3)
    kinds = {one.invitation.answer.kind for one in stands}
    for hall in day.halls.all():
        here = [one.invitation.answer.kind for one in stands if one.position.hall_id == hall.pk]
        assert len(set(here)) >= min(len(here), math.ceil(len(kinds) / 2)), hall.name


def test_fourteen_stands_need_9850_watts_and_the_first_is_bengts(day: OpenHouse) -> None:
    needing = [one for one in places.have_places(day) if one.answer.watts]
    assert (len(needing), sum(one.answer.watts for one in needing)) == (14, 9850)
    bengts = next(one for one in needing if one.association.name == BENGTS)
    assert (bengts.answer.watts, bengts.answer.power_for) == (1200, "våffeljärn")


def _stands(day: OpenHouse) -> list[Stand]:
    rows = Stand.objects.filter(position__openhouse=day).order_by("position__number")
    return list(
        rows.select_related("position__hall", "circuit", "invitation__answer", "invitation__association")
    )


def test_forty_stand_at_the_forty_tables_of_two_halls_and_a_corridor(day: OpenHouse) -> None:
    stands = _stands(day)
    halls = [one.position.hall.name for one in stands]
    assert [halls.count(name) for name in ("Hall A", "Hall B", "Korridoren")] == [22, 12, 6]
    assert [one.position.number for one in stands] == [*range(1, 41)]
    assert {one.invitation_id for one in stands} == {one.pk for one in places.have_places(day)}
    assert (day.floor_plan.is_proven, day.floor_plan.conflicts) == (True, "")
    assert timezone.localdate(day.floor_plan.told_at).isoformat() == "2027-04-09"


def test_five_circuits_of_2300_watts_carry_9850_and_no_two_waffle_irons_share_one(day: OpenHouse) -> None:
    loads: dict[str, list[Answer]] = {name: [] for name in ("A1", "A2", "A3", "B1", "B2")}
    for one in _stands(day):
        answer = one.invitation.answer
        assert (one.circuit is not None) == bool(answer.watts)
        if one.circuit is not None:
            assert one.circuit_id == one.position.circuit_id
            loads[one.circuit.name].append(answer)
    assert sum(answer.watts for load in loads.values() for answer in load) == 9850
    assert sum(len(load) for load in loads.values()) == 14
    assert {one.watts for one in day.circuits.all()} == {2300}
    assert max(sum(answer.watts for answer in load) for load in loads.values()) <= 2300
    irons = [[answer.power_for for answer in load].count("våffeljärn") for load in loads.values()]
    assert sorted(irons) == [0, 0, 0, 1, 1]


def test_loud_is_not_beside_talk_steps_are_spared_and_no_two_of_a_kind_are_side_by_side(
    day: OpenHouse,
) -> None:
    stands = _stands(day)
    answers = {one.pk: one.invitation.answer for one in stands}
    asked = [one for one in stands if answers[one.pk].step_free]
    assert len(asked) == 6
    assert all(one.position.step_free and one.position.hall.step_free for one in asked)
    loud = [one for one in stands if answers[one.pk].noise == "loud"]
    quiet = [one for one in stands if answers[one.pk].noise == "quiet"]
    assert (len(loud), len(quiet)) == (2, 2)
    for one in loud:
        for other in quiet:
            away = math.dist((one.position.x, one.position.y), (other.position.x, other.position.y))
            assert one.position.hall_id != other.position.hall_id or away > 40  # dm, two tables
    rows = [(one.position.hall_id, one.position.y, one.position.x, answers[one.pk].kind) for one in stands]
    beside = [
        (kind, other)
        for hall, y, x, kind in rows
        for its_hall, its_y, its_x, other in rows
        if (its_hall, its_y, its_x) == (hall, y, x + 20)
    ]
    assert len(beside) == 40 - 7  # seven rows of tables
    assert [pair for pair in beside if pair[0] == pair[1]] == []


def test_the_plan_has_the_storys_days_and_pairs_of_the_circle(day: OpenHouse) -> None:
    plan = plan_of(day, on=loading.CHAPTERS["G"].date())
    due = {one.task.kind: one.task.due_on.isoformat() for one in plan}
    wanted = {
        "invite": "2027-02-08",
        "closing": "2027-03-12",
        "doors": "2027-04-24",
        "thanks": "2027-04-26",
        "still": "2027-07-23",
        "workshop": "2027-10-22",
    }
    assert {kind: due[kind] for kind in wanted} == wanted
    owners = {one.task.kind: [owner.name for owner in one.owners] for one in plan}
    assert owners["invite"] == ["Samira", "Marit"]
    assert not [one.task.kind for one in plan if one.is_overdue]


def test_no_mail_of_the_past_waits_to_be_sent(day: OpenHouse) -> None:
    assert not Sending.objects.filter(sent_at=None).exists()


def test_forty_signs_and_forty_confirmations_are_one_page_each_and_nobody_is_reminded_yet(
    day: OpenHouse, tmp_path: Path
) -> None:
    """Also those with the longest names of the story; the reminder is pressed on the Friday after the chapter."""
    with transaction.atomic():
        papers.brief_those_who_come(day.house)
        coming = reminders.reminded_of(day)
        assert (len(coming), {one.state for one in coming}) == (40, {"untold"})
        assert {one.table.number for one in coming if one.table} == set(range(1, 41))
        signs = signs_of(day, on=loading.CHAPTERS["G"].date())
        made = sheet_of(day, signs)
        assert pages_of(made) == 40
        for page, sign in enumerate(signs, start=1):
            text = "".join(text_of(made, tmp_path, page=page).split()).replace("-", "")
            assert "".join(sign["name"].split()).replace("-", "") in text
        assert pages_of(sheets_of(day, coming, to_post=True)) == 40
        transaction.set_rollback(True)
