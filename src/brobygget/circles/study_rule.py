"""3-3-3-9: when evenings together are a study circle. Plain counting, after the study associations' shared rules.

Three to twenty people, at least three meetings and nine study hours of 45 minutes, at most four of them in one
meeting. A person counts who has nine study hours over three meetings and was there at one of the first three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MINUTES_OF_A_STUDY_HOUR = 45
MOST_HOURS_A_MEETING = 4
FEWEST_MEETINGS = 3
FEWEST_HOURS = 9
FEWEST_PEOPLE, MOST_PEOPLE = 3, 20
COME_BY = 3  # at the latest the third meeting


@dataclass(frozen=True)
class Evening:
    """One meeting that has been: its number, its length, and who was there (any hashable mark of a person)."""

    number: int
    minutes: int
    present: frozenset[int]

    @property
    def study_hours(self) -> int:
        """Whole study hours; more than four in one meeting do not count."""
        return min(self.minutes // MINUTES_OF_A_STUDY_HOUR, MOST_HOURS_A_MEETING)

    @property
    def person_hours(self) -> int:
        """The study hours of everybody together."""
        return self.study_hours * len(self.present)


@dataclass(frozen=True)
class Progress:
    """How far a circle or a person has come. `passed_at` is the number of the meeting, None before."""

    meetings: int
    hours: int
    passed_at: int | None

    @property
    def has_passed(self) -> bool:
        """Whether it counts."""
        return self.passed_at is not None


def progress_of_person(person: int, evenings: Sequence[Evening]) -> Progress:
    """One person's meetings and hours, and the meeting at which they began to count."""
    meetings = hours = 0
    passed_at = None
    came_early = any(person in evening.present for evening in evenings[:COME_BY])
    for evening in evenings:
        if person not in evening.present:
            continue
        meetings += 1
        hours += evening.study_hours
        if passed_at is None and came_early and meetings >= FEWEST_MEETINGS and hours >= FEWEST_HOURS:
            passed_at = evening.number
    return Progress(meetings=meetings, hours=hours, passed_at=passed_at)


def progress_of_circle(evenings: Sequence[Evening]) -> Progress:
    """The circle's meetings and hours, and the meeting at which it became a study circle.

    It is one when enough of its people count, so meetings and hours alone are not enough; more than twenty people
    are two circles.
    """
    people = frozenset[int]().union(*(evening.present for evening in evenings))
    hours = sum(evening.study_hours for evening in evenings)
    counted = [progress_of_person(person, evenings) for person in people]
    passes = sorted(progress.passed_at for progress in counted if progress.passed_at is not None)
    passed_at = (
        passes[FEWEST_PEOPLE - 1] if len(passes) >= FEWEST_PEOPLE and len(people) <= MOST_PEOPLE else None
    )
    return Progress(meetings=len(evenings), hours=hours, passed_at=passed_at)


def person_hours(evenings: Sequence[Evening]) -> int:
    """What a study association asks for: the hours of everybody at every meeting."""
    return sum(evening.person_hours for evening in evenings)


def visits(evenings: Sequence[Evening]) -> int:
    """How many times somebody came."""
    return sum(len(evening.present) for evening in evenings)
