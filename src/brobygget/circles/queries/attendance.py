"""Who was there, for the leader; and how far it is to a study circle, for everybody as totals."""

from __future__ import annotations

from dataclasses import dataclass

from brobygget.circles import study_rule
from brobygget.circles.models import Attendance, Circle, Meeting, Membership
from brobygget.circles.study_rule import Evening, Progress


@dataclass(frozen=True)
class PersonRow:
    """One person on the leader's list."""

    membership: Membership
    is_here: bool
    progress: Progress


@dataclass(frozen=True)
class StudyTotals:
    """What the circle and the study association see: numbers, no persons."""

    progress: Progress
    visits: int
    person_hours: int
    people: int
    counted_people: int

    @property
    def is_too_large(self) -> bool:
        """More people than one study circle may have."""
        return self.people > study_rule.MOST_PEOPLE


def evenings_of(circle: Circle) -> list[Evening]:
    """The meetings at which somebody has been noted, in order, in two queries."""
    present: dict[int, set[int]] = {}
    for meeting_id, membership_id in Attendance.objects.filter(meeting__circle=circle).values_list(
        "meeting_id", "membership_id"
    ):
        present.setdefault(meeting_id, set()).add(membership_id)
    return [
        Evening(
            number=meeting.number, minutes=meeting.planned_minutes, present=frozenset(present[meeting.pk])
        )
        for meeting in circle.meetings.order_by("number")
        if meeting.pk in present
    ]


def study_totals(evenings: list[Evening]) -> StudyTotals:
    """Totals of the evenings so far."""
    people = frozenset[int]().union(*(evening.present for evening in evenings))
    counted = [person for person in people if study_rule.progress_of_person(person, evenings).has_passed]
    return StudyTotals(
        progress=study_rule.progress_of_circle(evenings),
        visits=study_rule.visits(evenings),
        person_hours=study_rule.person_hours(evenings),
        people=len(people),
        counted_people=len(counted),
    )


def list_of(meeting: Meeting, evenings: list[Evening]) -> list[PersonRow]:
    """The leader's list at a meeting: everybody in the circle, in the order round the table."""
    here = set(meeting.attendances.values_list("membership_id", flat=True))
    members = meeting.circle.memberships.select_related("participant").order_by("seat")
    return [
        PersonRow(
            membership=membership,
            is_here=membership.pk in here,
            progress=study_rule.progress_of_person(membership.pk, evenings),
        )
        for membership in members
    ]
