"""3-3-3-9, counted by hand for the circle in Älvnäs."""

from __future__ import annotations

from brobygget.circles.study_rule import (
    Evening,
    person_hours,
    progress_of_circle,
    progress_of_person,
    visits,
)

EVERYBODY = frozenset(range(8))
HASSAN = 6
STORY = [
    Evening(1, 135, EVERYBODY),
    Evening(2, 135, EVERYBODY - {HASSAN}),
    Evening(3, 135, EVERYBODY),
    Evening(4, 135, EVERYBODY),
]


def test_the_story_gives_its_golden_numbers() -> None:
    assert [len(evening.present) for evening in STORY] == [8, 7, 8, 8]
    assert visits(STORY) == 31
    assert person_hours(STORY) == 93
    assert sum(evening.study_hours for evening in STORY) == 12


def test_the_circle_passes_at_the_third_meeting() -> None:
    before, then = progress_of_circle(STORY[:2]), progress_of_circle(STORY[:3])
    assert (before.meetings, before.hours, before.passed_at) == (2, 6, None)
    assert (then.meetings, then.hours, then.passed_at) == (3, 9, 3)
    assert progress_of_circle(STORY).passed_at == 3


def test_whoever_missed_a_meeting_passes_at_the_fourth() -> None:
    assert progress_of_person(HASSAN, STORY[:3]).passed_at is None
    hassan = progress_of_person(HASSAN, STORY)
    assert (hassan.meetings, hassan.hours, hassan.passed_at) == (3, 9, 4)
    assert progress_of_person(0, STORY).passed_at == 3


def test_more_than_four_study_hours_in_one_meeting_do_not_count() -> None:
    assert Evening(1, 45 * 6, EVERYBODY).study_hours == 4
    assert Evening(1, 44, EVERYBODY).study_hours == 0
    long_days = [Evening(number, 600, EVERYBODY) for number in (1, 2)]
    assert progress_of_circle(long_days).hours == 8
    assert not progress_of_circle(long_days).has_passed


def test_two_people_are_no_circle_and_twentyone_are_two() -> None:
    def circle_of(people: int) -> list[Evening]:
        return [Evening(number, 135, frozenset(range(people))) for number in (1, 2, 3)]

    assert not progress_of_circle(circle_of(2)).has_passed
    assert progress_of_circle(circle_of(3)).passed_at == 3
    assert progress_of_circle(circle_of(20)).passed_at == 3
    assert not progress_of_circle(circle_of(21)).has_passed


def test_whoever_comes_first_at_the_fourth_meeting_does_not_count() -> None:
    late = [Evening(number, 180, EVERYBODY | ({99} if number > 3 else set())) for number in range(1, 8)]
    newcomer = progress_of_person(99, late)
    assert (newcomer.meetings, newcomer.hours) == (4, 16)
    assert not newcomer.has_passed


def test_three_short_meetings_wait_for_nine_hours() -> None:
    short = [Evening(number, 90, EVERYBODY) for number in range(1, 6)]
    assert progress_of_circle(short).passed_at == 5


def test_nobody_has_come_yet() -> None:
    assert progress_of_circle([]).meetings == 0
    assert not progress_of_circle([]).has_passed
    assert person_hours([]) == 0
