"""Table plans: everybody sits, what was held stays, and the rest changes as little as it must."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from brobygget.circles.commands import Refused, table_guests, table_plans, table_rounds
from brobygget.circles.commands.table_guests import KEPT_DAYS, NewGuest
from brobygget.circles.models import Circle, Meeting, Membership, TableGuest, TablePlan, TableWish
from brobygget.circles.queries import tables as queries
from brobygget.people.models import Participant
from tests.conftest import NOW, TODAY

from .cafe import PEOPLE, begin, cafe, guest, hall, pairs, planned, seating, seats_in_store

pytestmark = pytest.mark.usefixtures("in_english")
ALL = sorted(person.alias for person in PEOPLE)


def _refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as no:
        act()
    return no.value.sentence


# -- making --------------------------------------------------------------------------------------------------------
def test_everybody_sits_once_in_every_round_at_tables_that_differ_by_one(meeting: Meeting) -> None:
    plan = planned(meeting)
    for tables in seating(plan).values():
        assert sorted(name for names in tables.values() for name in names) == ALL
        assert sorted(len(names) for names in tables.values()) == [4, 5, 5, 5, 5]


def test_five_rounds_of_new_people_for_nearly_everybody(meeting: Meeting) -> None:
    plan = planned(meeting)
    met = [pair for number in range(1, 6) for pair in pairs(plan, number)]
    assert len(met) == 5 * (4 * 10 + 6)
    assert len(set(met)) >= 0.97 * len(met)


def test_the_same_seed_gives_the_same_plan(meeting: Meeting) -> None:
    plan = planned(meeting, seed=3)
    first = seating(plan)
    table_plans.make_plan(plan, tables=5, rounds=5, seed=3)
    assert seating(plan) == first


def test_those_who_share_only_dari_sit_with_somebody_who_speaks_it(meeting: Meeting) -> None:
    people = [NewGuest("Farah", ("fa",)), NewGuest("Habib", ("fa", "sv"))]
    people += [NewGuest(f"Svea {number}", ("sv",)) for number in range(10)]
    plan = cafe(meeting, people)
    interpreter = guest(plan, "Habib")
    table_guests.change_guest(interpreter, languages=["fa", "sv"], interprets=True)
    table_plans.make_plan(plan, tables=3, rounds=3, seed=1)
    assert all(frozenset(("Farah", "Habib")) in pairs(plan, number) for number in (1, 2, 3))


def test_members_are_here_as_the_attendance_says(
    meeting: Meeting, circle: Circle, member: Callable[..., Membership]
) -> None:
    here, away = member(circle, "Yusuf", "so"), member(circle, "Hassan", "ar")
    meeting.attendances.create(membership=here)
    plan = table_guests.open_plan(meeting, on=TODAY)
    assert [(who.called, who in hall(plan).here) for who in hall(plan).people] == [
        ("Hassan", False),
        ("Yusuf", True),
    ]
    assert away.participant.table_guests.get().last_round == 0


def test_opening_the_tables_twice_opens_them_once(meeting: Meeting, amina: Membership) -> None:
    for _press in range(2):
        plan = table_guests.open_plan(meeting, on=TODAY)
    assert [who.called for who in hall(plan).people] == ["Amina"]


@pytest.mark.parametrize(
    ("tables", "rounds", "sentence"),
    [
        (0, 5, "Choose from 1 to 60 tables."),
        (-3, 5, "Choose from 1 to 60 tables."),
        (61, 5, "Choose from 1 to 60 tables."),
        (5, 0, "Choose from 1 to 20 rounds."),
        (5, 200, "Choose from 1 to 20 rounds."),
        (25, 5, "There are 24 people for 25 tables. Choose fewer tables, or tell who else is here."),
    ],
)
def test_an_impossible_size_is_said_in_one_sentence_and_changes_nothing(
    meeting: Meeting, tables: int, rounds: int, sentence: str
) -> None:
    plan = planned(meeting)
    before = seating(plan)
    assert _refusal(lambda: table_plans.make_plan(plan, tables=tables, rounds=rounds, seed=1)) == sentence
    assert seating(plan) == before


def test_nobody_here_is_said_too(meeting: Meeting) -> None:
    plan = table_guests.open_plan(meeting, on=TODAY)
    said = _refusal(lambda: table_plans.make_plan(plan, tables=2, rounds=2, seed=1))
    assert said == "Nobody is at the tables yet. Tell who is here first."


# -- live ----------------------------------------------------------------------------------------------------------
def test_a_round_begins_once_whatever_is_pressed(meeting: Meeting) -> None:
    plan = planned(meeting)
    for _press in range(2):
        table_rounds.begin_next_round(plan, after=0, at=NOW)
    assert [each.number for each in hall(plan).held] == [1]
    table_rounds.begin_next_round(plan, after=1, at=NOW + timedelta(minutes=12))
    seen = hall(plan)
    assert [(each.number, each.ended_at is not None) for each in seen.held] == [(1, True), (2, False)]


def test_the_thumb_slipped_and_the_round_has_not_begun(meeting: Meeting) -> None:
    plan = planned(meeting)
    begin(plan, 2)
    assert table_rounds.back_one_round(plan, number=2)
    seen = hall(plan)
    assert seen.now is not None
    assert (seen.now.number, seen.next_number) == (1, 2)
    assert not table_rounds.back_one_round(plan, number=2)


def test_the_last_round_can_end_and_go_on_again(meeting: Meeting) -> None:
    plan = planned(meeting, rounds=1)
    begin(plan, 1)
    assert table_rounds.begin_next_round(plan, after=1, at=NOW) is None
    assert hall(plan).now is None
    assert table_rounds.back_one_round(plan, number=1)
    assert hall(plan).now is not None


def test_a_latecomer_gets_a_seat_and_rounds_held_stay(meeting: Meeting) -> None:
    plan = planned(meeting)
    begin(plan, 2)
    held = {number: seating(plan)[number] for number in (1, 2)}
    table_guests.add_guests(plan, [NewGuest("Olle", ("sv",)), NewGuest("Mona", ("sv", "ar"))])
    after = seating(plan)
    assert {number: after[number] for number in (1, 2)} == held
    for number in (3, 4, 5):
        assert sorted(name for names in after[number].values() for name in names) == sorted(
            [*ALL, "Mona", "Olle"]
        )


def test_a_latecomer_moves_few_others(meeting: Meeting) -> None:
    plan = planned(meeting)
    begin(plan, 2)
    before = seating(plan)
    table_guests.add_guests(plan, [NewGuest("Olle", ("sv",))])
    after = seating(plan)
    moved = [
        name
        for number in (3, 4, 5)
        for table, names in before[number].items()
        for name in names
        if name not in after[number][table]
    ]
    assert len(moved) <= 6  # of 72 seats


def test_who_goes_has_no_seat_any_more_and_keeps_the_rounds_that_were(meeting: Meeting) -> None:
    plan = planned(meeting)
    begin(plan, 3)
    assert table_guests.note_guest(guest(plan, "Gun"), is_here=False) == ""
    after = seating(plan)
    assert [any("Gun" in names for names in after[number].values()) for number in range(1, 6)] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_who_comes_back_has_a_seat_again(meeting: Meeting) -> None:
    plan = planned(meeting)
    begin(plan, 1)
    table_guests.note_guest(guest(plan, "Gun"), is_here=False)
    begin(plan, 1)
    table_guests.note_guest(guest(plan, "Gun"), is_here=True)
    after = seating(plan)
    assert [any("Gun" in names for names in after[number].values()) for number in range(1, 6)] == [
        True,
        False,
        True,
        True,
        True,
    ]


def test_when_too_few_are_left_the_going_is_kept_and_the_sentence_says_why(meeting: Meeting) -> None:
    plan = cafe(meeting, PEOPLE[:4])
    table_plans.make_plan(plan, tables=4, rounds=2, seed=1)
    begin(plan, 1)
    said = table_guests.note_guest(guest(plan, "Britta"), is_here=False)
    assert said == "There are 3 people for 4 tables. Choose fewer tables, or tell who else is here."
    assert sorted(name for names in seating(plan)[2].values() for name in names) == [
        "Amal",
        "Anders",
        "Birger",
    ]


def test_a_table_breaks_and_its_people_sit_at_the_others(meeting: Meeting) -> None:
    plan = planned(meeting)
    begin(plan, 1)
    held = seating(plan)[1]
    table = plan.tables.get(number=2)
    table_rounds.break_table(table)
    after = seating(plan)
    assert after[1] == held
    assert sorted(len(names) for names in after[2].values()) == [0, 6, 6, 6, 6]
    assert after[2][2] == []
    table_rounds.break_table(plan.tables.get(number=2))
    assert seating(plan) == after


def test_the_last_table_cannot_break(meeting: Meeting) -> None:
    plan = cafe(meeting, PEOPLE[:4])
    table_plans.make_plan(plan, tables=1, rounds=2, seed=1)
    assert (
        _refusal(lambda: table_rounds.break_table(plan.tables.get()))
        == "It is the only table. Fetch another one first."
    )


def test_one_more_table_is_used_from_the_next_round(meeting: Meeting) -> None:
    plan = planned(meeting)
    begin(plan, 1)
    table_rounds.fetch_table(plan, place="i köket")
    after = seating(plan)
    assert after[1][6] == []
    assert [len(names) for names in after[2].values()] == [4] * 6


def test_a_round_more_and_a_round_fewer(meeting: Meeting) -> None:
    plan = planned(meeting, rounds=3)
    begin(plan, 2)
    table_plans.change_rounds(plan, rounds=4)
    assert sorted(seating(plan)) == [1, 2, 3, 4]
    table_plans.change_rounds(plan, rounds=2)
    assert sorted(seating(plan)) == [1, 2]
    assert (
        _refusal(lambda: table_plans.change_rounds(plan, rounds=1))
        == "There can be from 2 to 20 rounds here."
    )


def test_the_first_plan_is_not_made_again_after_a_round_was_held(meeting: Meeting) -> None:
    plan = planned(meeting)
    begin(plan, 1)
    before = seating(plan)
    _refusal(lambda: table_plans.make_plan(plan, tables=4, rounds=4, seed=1))
    assert seating(plan) == before


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_a_round_that_was_held_never_changes(meeting: Meeting, seed: int) -> None:
    """Chance plays an evening: late, leaving, broken tables, moves, undo. What has been sat stays."""
    chance = random.Random(seed)
    plan = planned(meeting)
    held: dict[int, dict[int, list[str]]] = {}
    for turn in range(12):
        seen = hall(plan)
        what = chance.choice(["late", "leave", "move", "begin", "undo", "again", "break"])
        if what == "late":
            table_guests.add_guests(plan, [NewGuest(f"Sen {turn}", ("sv",))])
        elif what == "leave":
            table_guests.note_guest(guest(plan, chance.choice(seen.here).called), is_here=False)
        elif what == "move" and seen.open:
            one = chance.choice(seen.here)
            where = chance.choice(seen.tables_in(seen.open[-1].number))
            table_plans.move_guest(plan, number=seen.open[-1].number, guest=one.pk, table=where.number)
        elif what == "begin" and len(seen.open) > 1:
            begin(plan)
            held = {each.number: seating(plan)[each.number] for each in hall(plan).held}
        elif what == "undo":
            table_plans.undo_change(plan)
        elif what == "again":
            table_plans.plan_again(plan)
        elif what == "break" and len(seen.tables_in(seen.next_number)) > 3:
            table_rounds.break_table(chance.choice(seen.tables_in(seen.next_number)))
        now = seating(plan)
        assert {number: now[number] for number in held} == held


# -- by hand -------------------------------------------------------------------------------------------------------
def test_two_change_places_and_it_can_be_taken_back(meeting: Meeting) -> None:
    plan = planned(meeting)
    before = seating(plan)
    one, other = before[2][1][0], before[2][3][0]
    table_plans.move_guest(plan, number=2, guest=guest(plan, one).pk, other=guest(plan, other).pk)
    after = seating(plan)
    assert other in after[2][1]
    assert one in after[2][3]
    assert {number: after[number] for number in (1, 3, 4, 5)} == {
        number: before[number] for number in (1, 3, 4, 5)
    }
    assert table_plans.undo_change(plan)
    assert seating(plan) == before
    assert not table_plans.undo_change(plan)


def test_nobody_is_moved_in_a_round_that_has_begun(meeting: Meeting) -> None:
    plan = planned(meeting)
    begin(plan, 1)
    said = _refusal(lambda: table_plans.move_guest(plan, number=1, guest=guest(plan, "Gun").pk, table=2))
    assert said == "That round has begun, so it stays as it is."


@pytest.mark.parametrize("where", [{"table": 99}, {"other": 10**8}, {"guest": 10**8, "table": 1}])
def test_a_move_of_nobody_or_to_nowhere_is_refused(meeting: Meeting, where: dict[str, int]) -> None:
    plan = planned(meeting)
    before = seating(plan)
    facts = {"guest": guest(plan, "Gun").pk, **where}
    _refusal(lambda: table_plans.move_guest(plan, number=1, **facts))  # type: ignore[arg-type]
    assert seating(plan) == before


# -- wishes --------------------------------------------------------------------------------------------------------
def test_those_who_are_to_be_apart_never_share_a_table_and_a_couple_always_does(meeting: Meeting) -> None:
    plan = planned(meeting)
    table_guests.wish(plan, rule="apart", one=guest(plan, "Amal"), other=guest(plan, "Layla"))
    table_guests.wish(plan, rule="at-one", one=guest(plan, "Karl"), other=guest(plan, "Maj"))
    for number in range(1, 6):
        assert frozenset(("Amal", "Layla")) not in pairs(plan, number)
        assert frozenset(("Karl", "Maj")) in pairs(plan, number)


def test_a_wish_lies_sealed_in_the_store(meeting: Meeting) -> None:
    from django.db import connection

    plan = planned(meeting)
    amal, layla = guest(plan, "Amal"), guest(plan, "Layla")
    table_guests.wish(plan, rule="apart", one=amal, other=layla)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM circles_tablewish")
        (stored,) = cursor.fetchone()
    assert "apart" not in stored
    assert TableWish.objects.get().secret == f"apart {amal.pk} {layla.pk}"


def test_nobody_is_apart_from_themself(meeting: Meeting) -> None:
    plan = planned(meeting)
    amal = guest(plan, "Amal")
    said = _refusal(lambda: table_guests.wish(plan, rule="apart", one=amal, other=amal))
    assert said == "A wish is about two different people. Choose two."


def test_two_cannot_be_at_one_table_and_not(meeting: Meeting) -> None:
    plan = planned(meeting)
    amal, layla = guest(plan, "Amal"), guest(plan, "Layla")
    table_guests.wish(plan, rule="apart", one=amal, other=layla)
    assert _refusal(lambda: table_guests.wish(plan, rule="at-one", one=layla, other=amal)).startswith(
        "You have wished the opposite for these two."
    )
    assert [wish.rule for wish in hall(plan).wishes] == ["apart"]


def test_a_wish_about_two_members_holds_at_the_next_meeting_and_can_be_dropped(
    meeting: Meeting, circle: Circle, member: Callable[..., Membership]
) -> None:
    members = [member(circle, alias) for alias in ("A", "B", "C", "D")]
    plan = table_guests.open_plan(meeting, on=TODAY)
    table_guests.wish(plan, rule="apart", one=guest(plan, "A"), other=guest(plan, "B"))
    table_guests.put_away(plan, at=NOW)
    meeting.closed_at = NOW
    meeting.save()
    following = Meeting.objects.create(circle=circle, number=2, starts_at=NOW, opened_at=NOW)
    later = table_guests.open_plan(following, on=TODAY)
    wishes = hall(later).wishes
    assert [(wish.rule, wish.pair) for wish in wishes] == [
        ("apart", frozenset((guest(later, "A").pk, guest(later, "B").pk)))
    ]
    table_guests.drop_wish(later, pk=wishes[0].pk)
    assert list(hall(later).wishes) == []
    assert len(members) == 4


# -- history -------------------------------------------------------------------------------------------------------
def test_who_sat_together_at_an_earlier_meeting_sits_with_others_now(
    meeting: Meeting, circle: Circle, member: Callable[..., Membership]
) -> None:
    for number in range(8):
        member(circle, f"Medlem {number}")
    plan = table_guests.open_plan(meeting, on=TODAY)
    table_plans.make_plan(plan, tables=4, rounds=3, seed=1)
    begin(plan, 3)
    met = {pair for number in (1, 2, 3) for pair in pairs(plan, number)}
    table_guests.put_away(plan, at=NOW)
    meeting.closed_at = NOW
    meeting.save()
    following = Meeting.objects.create(circle=circle, number=2, starts_at=NOW, opened_at=NOW)
    later = table_guests.open_plan(following, on=TODAY)
    table_plans.make_plan(later, tables=4, rounds=4, seed=1)
    now = {pair for number in range(1, 5) for pair in pairs(later, number)}
    assert len(met) == 12
    assert now & met == set()
    assert len(now) == 16


# -- forgetting ----------------------------------------------------------------------------------------------------
def _by_phone(plan: TablePlan, alias: str = "Mona") -> Participant:
    return table_guests.join_tables(
        plan,
        alias=alias,
        language="ar",
        languages=["ar", "sv"],
        years_here="<1",
        phone_secret=f"secret-of-{alias}",
        on=TODAY,
    )


def test_a_guest_comes_in_by_the_code_once_and_waits_for_a_table(meeting: Meeting) -> None:
    plan = planned(meeting)
    assert (
        _refusal(lambda: _by_phone(plan)) == "The door is closed just now. Tell the leader that you are here."
    )
    table_guests.open_door(plan, is_open=True)
    assert _by_phone(plan) == _by_phone(plan)
    assert [who.called for who in hall(plan).without_a_seat] == ["Mona"]
    assert hall(plan).by_pk[guest(plan, "Mona").pk].languages == ("sv", "ar")
    table_plans.plan_again(plan)
    assert list(hall(plan).without_a_seat) == []


def test_who_waits_gets_a_table_when_the_next_round_begins(meeting: Meeting) -> None:
    plan = planned(meeting)
    table_guests.open_door(plan, is_open=True)
    _by_phone(plan)
    begin(plan, 1)
    assert sum("Mona" in names for names in seating(plan)[1].values()) == 1


def test_an_alias_is_somebodys_alone(meeting: Meeting) -> None:
    plan = planned(meeting)
    assert _refusal(lambda: table_guests.add_guests(plan, [NewGuest("amal", ("sv",))])).startswith(
        "Somebody here is already called amal."
    )
    table_guests.open_door(plan, is_open=True)
    assert _refusal(lambda: _by_phone(plan, "AMAL")).startswith("Somebody here is already called that.")


def test_when_the_evening_is_over_guests_are_forgotten_and_members_stay(
    meeting: Meeting, circle: Circle, amina: Membership
) -> None:
    plan = planned(meeting)
    table_guests.open_door(plan, is_open=True)
    mona = _by_phone(plan)
    table_guests.wish(plan, rule="apart", one=guest(plan, "Amal"), other=guest(plan, "Amina"))
    begin(plan, 2)
    table_guests.put_away(plan, at=NOW)
    assert [who.called for who in hall(plan).people] == ["Amina"]
    assert not Participant.objects.filter(pk=mona.pk).exists()
    assert Participant.objects.filter(pk=amina.participant_id).exists()
    assert TableWish.objects.count() == 0
    assert seats_in_store(plan) == 2  # Amina's own two rounds
    assert _refusal(lambda: table_plans.plan_again(plan)) == "These tables have been put away."


def test_guests_of_an_evening_that_nobody_ended_are_forgotten_after_a_week(
    meeting: Meeting, circle: Circle
) -> None:
    plan = planned(meeting)
    later = Meeting.objects.create(circle=circle, number=2, starts_at=NOW)
    table_guests.open_plan(later, on=TODAY + timedelta(days=KEPT_DAYS))
    assert TableGuest.objects.filter(plan=plan).count() == len(PEOPLE)
    third = Meeting.objects.create(circle=circle, number=3, starts_at=NOW)
    table_guests.open_plan(third, on=TODAY + timedelta(days=KEPT_DAYS + 1))
    assert TableGuest.objects.filter(plan=plan).count() == 0


def test_who_asks_to_be_forgotten_is_gone_from_the_tables(meeting: Meeting, amina: Membership) -> None:
    from brobygget.people.commands import forget_participant

    plan = planned(meeting)
    begin(plan, 1)
    forget_participant(amina.participant)
    assert "Amina" not in {who.called for who in hall(plan).people}
    table_plans.plan_again(plan)
    assert queries.hall_of(plan).without_a_seat == []


def test_the_plan_of_a_closed_meeting_is_not_changed(meeting: Meeting) -> None:
    plan = planned(meeting)
    meeting.closed_at = NOW
    meeting.save()
    _refusal(lambda: table_plans.plan_again(plan))


# -- large ---------------------------------------------------------------------------------------------------------
def test_a_large_plan_holds_at_once_and_gets_better_in_pieces(meeting: Meeting) -> None:
    people = [NewGuest(f"Gäst {number}", ("sv",), "<1" if number % 2 else "always") for number in range(80)]
    plan = cafe(meeting, people)
    table_plans.make_plan(plan, tables=16, rounds=4, seed=1)
    assert all(len(names) == 5 for tables in seating(plan).values() for names in tables.values())
    left = [TablePlan.objects.get(pk=plan.pk).pieces_left]
    while left[-1]:
        table_plans.improve_plan(plan, pieces_left=left[-1])
        table_plans.improve_plan(plan, pieces_left=left[-1])  # pressed twice
        left.append(TablePlan.objects.get(pk=plan.pk).pieces_left)
    assert left == [4, 3, 2, 1, 0]
    assert all(len(names) == 5 for tables in seating(plan).values() for names in tables.values())


def test_there_is_room_for_three_hundred(meeting: Meeting) -> None:
    plan = table_guests.open_plan(meeting, on=TODAY)
    many = [NewGuest(f"G{number}", ("sv",)) for number in range(301)]
    assert (
        _refusal(lambda: table_guests.add_guests(plan, many))
        == "There is room for 300 people in one table plan."
    )
    assert plan.guests.count() == 0
