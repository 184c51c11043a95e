"""Backwards from the day: the whole plan at once, every date movable, a pair for every task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from brobygget.circles.models import Circle, Membership
from brobygget.house.commands.refused import Refused
from brobygget.house.models import House
from brobygget.openhouse.commands import events, places, tasks
from brobygget.openhouse.commands.events import Facts
from brobygget.openhouse.commands.tasks import Owner
from brobygget.openhouse.models import OpenHouse, Task, TaskOwner
from brobygget.openhouse.plans import timeline
from brobygget.openhouse.queries.events import plan_of
from brobygget.people.commands import forget_participant
from brobygget.people.models import Account
from tests.conftest import NOW, TODAY
from tests.openhouse.conftest import DAY, FACTS

Press = Callable[..., Any]
Screen = Callable[[Account], Client]
DAYS = st.dates(date(2027, 1, 1), date(2028, 12, 31))


def _dates(openhouse: OpenHouse) -> dict[str, tuple[date, time | None]]:
    return {task.kind: (task.due_on, task.clock) for task in openhouse.tasks.all()}


def _task(openhouse: OpenHouse, kind: str) -> Task:
    return openhouse.tasks.get(kind=kind)


def test_the_plan_of_the_story_follows_from_its_day(the_day: OpenHouse) -> None:
    assert _dates(the_day) == {
        "idea": (TODAY, None),  # fourteen weeks would have been 16 January
        "invite": (date(2027, 2, 11), None),
        "nudge": (date(2027, 3, 2), None),
        "closing": (date(2027, 3, 16), None),
        "places": (date(2027, 3, 22), None),
        "programme": (date(2027, 4, 2), None),
        "map": (date(2027, 4, 9), None),
        "reminder": (date(2027, 4, 16), None),
        "rooms": (DAY, time(8)),
        "arrive": (DAY, time(10)),
        "round": (DAY, time(10, 45)),
        "doors": (DAY, time(11)),
        "end": (DAY, time(16)),
        "tidy": (DAY, time(16, 15)),
        "thanks": (date(2027, 4, 26), None),
        "contacted": (date(2027, 4, 30), None),
        "survey": (date(2027, 5, 7), None),
        "tried": (date(2027, 5, 24), None),
        "still": (date(2027, 7, 23), None),
        "workshop": (date(2027, 10, 22), None),
    }
    assert the_day.closes_on == date(2027, 3, 16)


def test_with_fourteen_weeks_left_nothing_is_squeezed() -> None:
    plan = timeline.planned(day=DAY, starts=time(11), ends=time(16), on=DAY - timedelta(99))
    due = {one.kind: one.due_on for one in plan}
    assert (due["invite"], due["closing"], due["places"]) == (
        date(2027, 2, 5),
        date(2027, 3, 12),
        date(2027, 3, 19),
    )


@given(day=DAYS, lead=st.integers(0, 400))
def test_however_late_it_is_the_steps_come_in_order_and_never_yesterday(day: date, lead: int) -> None:
    on = day - timedelta(lead)
    due = {one.kind: one.due_on for one in timeline.planned(day=day, starts=time(11), ends=time(16), on=on)}
    dates = list(due.values())
    assert dates == sorted(dates)
    assert min(dates) >= on
    assert due["closing"] <= day < due["thanks"]
    working = [each for each in due.values() if each not in (on, day)]
    assert {each.weekday() for each in working} <= {0, 1, 2, 3, 4}


@given(starts=st.times(), ends=st.times())
def test_the_hours_of_the_day_stay_on_the_day(starts: time, ends: time) -> None:
    clocks = [timeline.clock_of(kind, starts=starts, ends=ends) for kind in timeline.FROM_START]
    assert clocks == sorted(clocks)  # type: ignore[type-var]
    assert timeline.clock_of("tidy", starts=starts, ends=ends) >= ends.replace(second=0, microsecond=0)  # type: ignore[operator]


def test_moving_the_day_moves_what_nobody_has_moved_or_done(the_day: OpenHouse) -> None:
    tasks.change_task(
        _task(the_day, "invite"), title="", due=date(2027, 2, 8), clock=None, note="", pair={}, on=TODAY
    )
    tasks.finish_task(_task(the_day, "idea"), is_done=True, on=TODAY)
    before = _dates(the_day)
    later = {**FACTS, "day": DAY + timedelta(7), "starts": time(12), "ends": time(15)}
    moved = events.change_open_house(the_day, facts=Facts(**later), on=TODAY, at=NOW)
    after = _dates(the_day)
    stayed = {kind for kind in after if after[kind] == before[kind]}
    assert stayed == {"idea", "invite"}
    assert after["doors"] == (DAY + timedelta(7), time(12))
    assert (after["closing"][0], moved.closes_on) == (before["closing"][0] + timedelta(7),) * 2
    assert moved.version == the_day.version + 1
    back = events.change_open_house(moved, facts=Facts(**FACTS), on=TODAY, at=NOW)
    assert (_dates(back), back.closes_on) == (before, the_day.closes_on)


def test_a_date_that_was_moved_by_hand_follows_again_when_it_is_told_to(the_day: OpenHouse) -> None:
    closing = _task(the_day, "closing")
    tasks.change_task(closing, title="", due=date(2027, 3, 1), clock=None, note="", pair={}, on=TODAY)
    assert OpenHouse.objects.get().closes_on == date(2027, 3, 1)
    tasks.let_follow(closing, on=TODAY)
    closing.refresh_from_db()
    assert (closing.due_on, closing.moved_on) == (date(2027, 3, 16), None)
    assert OpenHouse.objects.get().closes_on == date(2027, 3, 16)


def test_what_is_moved_to_another_day_keeps_its_hour_and_leaves_the_run_sheet(
    the_day: OpenHouse, marit: Account, client_of_account: Screen
) -> None:
    arrive, eve = _task(the_day, "arrive"), DAY - timedelta(1)
    was = arrive.clock
    tasks.change_task(arrive, title="", due=eve, clock=time(18, 30), note="", pair={}, on=TODAY)
    arrive.refresh_from_db()
    assert (arrive.due_on, arrive.clock) == (eve, time(18, 30))
    screen = client_of_account(marit)
    assert "18.30" in screen.get(f"/open-houses/{the_day.pk}/").content.decode()
    assert "18.30" not in screen.get(f"/open-houses/{the_day.pk}/run-sheet/").content.decode()
    tasks.let_follow(arrive, on=TODAY)
    arrive.refresh_from_db()
    assert (arrive.due_on, arrive.clock) == (DAY, was)


@pytest.mark.parametrize("days", [-1, 3 * 365])
def test_a_day_that_has_been_or_is_far_away_is_refused_and_what_was_written_stays(
    days: int, house: House, marit: Account, client_of_account: Screen, press: Press
) -> None:
    fields = {**FACTS, "day": TODAY + timedelta(days), "starts": "11:00", "ends": "16:00"}
    answer = press(client_of_account(marit), "/open-houses/new/", **fields)
    assert answer.status_code == 422
    assert 'value="Älvhallen, Storgatan 2"' in answer.content.decode()
    assert not OpenHouse.objects.exists()
    with pytest.raises(Refused):
        events.plan_open_house(house=house, circle=None, facts=Facts(**fields), on=TODAY, at=NOW)


def test_a_task_cannot_be_moved_to_a_day_that_has_been(
    the_day: OpenHouse, marit: Account, client_of_account: Screen, press: Press
) -> None:
    task = _task(the_day, "map")
    url = f"/open-houses/{the_day.pk}/tasks/{task.pk}/"
    answer = press(
        client_of_account(marit),
        url,
        due=TODAY - timedelta(1),
        note="Elskåpet är kollat",
        new="",
        established="",
    )
    assert (answer.status_code, "Elskåpet är kollat" in answer.content.decode()) == (422, True)
    assert _task(the_day, "map").due_on == task.due_on


def test_registration_cannot_close_after_the_day_or_move_when_places_are_given(
    the_day: OpenHouse, frozen: OpenHouse
) -> None:
    closing = _task(the_day, "closing")

    def move(due: date) -> None:
        tasks.change_task(closing, title="", due=due, clock=None, note="", pair={}, on=TODAY)

    with pytest.raises(Refused):
        move(DAY + timedelta(1))
    places.give_places(frozen, at=NOW + timedelta(days=60))
    with pytest.raises(Refused):
        move(date(2027, 4, 1))
    assert OpenHouse.objects.get().closes_on == date(2027, 3, 16)


def test_a_pair_is_one_of_the_circle_and_one_who_hosts(
    the_day: OpenHouse, amina: Membership, chidi: Membership, birgit: Account, marit: Account,
    client_of_account: Screen, press: Press,
) -> None:  # fmt: skip
    task = _task(the_day, "programme")
    url = f"/open-houses/{the_day.pk}/tasks/{task.pk}/"
    screen = client_of_account(marit)
    page = screen.get(url).content.decode()
    assert ("Amina" in page, "Chidi" in page) == (True, False)  # an alias is shown inside its circle only
    fields = {
        "due": task.due_on,
        "note": "",
        "new": f"p:{amina.participant_id}",
        "established": f"a:{birgit.pk}",
    }
    assert press(screen, url, **fields).status_code == 302
    shown = next(one for one in plan_of(the_day, on=TODAY, reader=marit) if one.task.pk == task.pk)
    assert [(one.side, one.name, one.is_participant) for one in shown.owners] == [
        ("new", "Amina", True),
        ("established", "Birgit", False),
    ]
    assert shown.missing == []
    as_birgit_sees_it = [one.name for one in _shown_to(birgit, the_day, task)]
    assert as_birgit_sees_it == ["Amina", "Birgit"]
    # somebody of another circle cannot be chosen, and one person is not a pair
    assert press(screen, url, **{**fields, "new": f"p:{chidi.participant_id}"}).status_code == 422
    assert press(screen, url, **{**fields, "new": f"a:{birgit.pk}"}).status_code == 422
    assert TaskOwner.objects.count() == 2


def _shown_to(reader: Account | None, the_day: OpenHouse, task: Task) -> list[Any]:
    plan = plan_of(the_day, on=TODAY, reader=reader)
    return next(one.owners for one in plan if one.task.pk == task.pk)


def test_names_of_the_staff_are_for_coordinators(
    the_day: OpenHouse,
    birgit: Account,
    marit: Account,
    elsa: Account,
    client_of_account: Screen,
    press: Press,
) -> None:
    task = _task(the_day, "map")
    tasks.change_task(
        task, title="", due=task.due_on, clock=None, note="", pair={"new": Owner(account=elsa)}, on=TODAY
    )
    names = [_shown_to(reader, the_day, task)[0].name for reader in (marit, birgit, None)]
    assert names == ["Elsa", "", ""]
    # a leader who saves the page keeps whom the coordinator has chosen
    url = f"/open-houses/{the_day.pk}/tasks/{task.pk}/"
    fields = {"due": task.due_on, "note": "Klart", "new": f"a:{elsa.pk}", "established": ""}
    assert press(client_of_account(birgit), url, **fields).status_code == 302
    assert TaskOwner.objects.get().account == elsa


def test_who_is_forgotten_owns_nothing_any_more(the_day: OpenHouse, amina: Membership) -> None:
    task = _task(the_day, "map")
    pair = {"new": Owner(participant=amina.participant)}
    tasks.change_task(task, title="", due=task.due_on, clock=None, note="", pair=pair, on=TODAY)
    forget_participant(amina.participant)
    assert not TaskOwner.objects.exists()
    assert Task.objects.filter(pk=task.pk).exists()


def test_a_participant_sees_the_plan_and_finishes_what_is_theirs(
    the_day: OpenHouse, amina: Membership, client_of: Callable[..., Client], press: Press
) -> None:
    mine, other = _task(the_day, "programme"), _task(the_day, "map")
    pair = {"new": Owner(participant=amina.participant)}
    tasks.change_task(mine, title="", due=mine.due_on, clock=None, note="", pair=pair, on=TODAY)
    phone = client_of(amina)
    assert f'href="/open-house/{the_day.pk}/ours/"' in phone.get("/now/").content.decode()
    assert "Amina" in phone.get(f"/open-house/{the_day.pk}/ours/").content.decode()
    press(phone, f"/open-house/{the_day.pk}/ours/{mine.pk}/done/", answer="yes")
    assert press(phone, f"/open-house/{the_day.pk}/ours/{other.pk}/done/", answer="yes").status_code == 404
    assert (_task(the_day, "programme").done_on, _task(the_day, "map").done_on) == (TODAY, None)


def test_our_own_tasks_come_and_go_and_the_plans_own_stay(
    the_day: OpenHouse, marit: Account, client_of_account: Screen, press: Press
) -> None:
    screen = client_of_account(marit)
    new = f"/open-houses/{the_day.pk}/tasks/new/"
    press(screen, new, title="Låna våffeljärn", due=DAY, clock="09:00")
    own = _task(the_day, "own")
    assert (own.title, own.due_on, own.clock, own.moved_on) == ("Låna våffeljärn", DAY, time(9), TODAY)
    assert press(screen, new, title="För sent", due=TODAY - timedelta(1)).status_code == 422
    for kind in ("own", "workshop"):
        press(screen, f"/open-houses/{the_day.pk}/tasks/{_task(the_day, kind).pk}/removal/")
    assert not the_day.tasks.filter(kind="own").exists()
    assert the_day.tasks.filter(kind="workshop").exists()


def test_a_leader_works_on_what_the_own_circle_shapes_and_on_nothing_else(
    the_day: OpenHouse, house: House, birgit: Account, other_circle: Circle, client_of_account: Screen
) -> None:
    elsewhere = events.plan_open_house(
        house=house, circle=other_circle, facts=Facts(**FACTS), on=TODAY, at=NOW
    )
    screen = client_of_account(birgit)
    assert [screen.get(f"/open-houses/{one.pk}/").status_code for one in (the_day, elsewhere)] == [200, 404]
    page = screen.get("/open-houses/").content.decode()
    assert (f"/open-houses/{the_day.pk}/" in page, f"/open-houses/{elsewhere.pk}/" in page) == (True, False)


def test_the_number_of_questions_is_the_same_for_three_and_three_hundred_tasks(
    the_day: OpenHouse,
    marit: Account,
    amina: Membership,
    client_of_account: Screen,
    client_of: Callable[..., Client],
) -> None:
    screen, phone = client_of_account(marit), client_of(amina)
    addresses = [
        (screen, f"/open-houses/{the_day.pk}/"),
        (screen, f"/open-houses/{the_day.pk}/run-sheet/"),
        (screen, "/open-houses/"),
        (phone, f"/open-house/{the_day.pk}/ours/"),
    ]

    def asked() -> list[int]:
        counts = []
        for client, url in addresses:
            client.get(url)
            with CaptureQueriesContext(connection) as found:
                assert client.get(url).status_code == 200
            counts.append(len(found))
        return counts

    for number in range(3):
        _owned(the_day, number, amina, marit)
    few = asked()
    for number in range(300):
        _owned(the_day, number, amina, marit)
    for _number in range(3):
        events.plan_open_house(
            house=the_day.house, circle=the_day.circle, facts=Facts(**FACTS), on=TODAY, at=NOW
        )
    assert asked() == few


def _owned(the_day: OpenHouse, number: int, amina: Membership, marit: Account) -> None:
    task = tasks.add_task(the_day, title=f"Sak {number}", due=DAY, clock=time(9), on=TODAY)
    TaskOwner.objects.create(task=task, side="new", participant=amina.participant)
    TaskOwner.objects.create(task=task, side="established", account=marit)
