"""Planning a meeting and opening it. It is closed where the next one is set: see `next_meeting`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from brobygget.circles import plans
from brobygget.circles.commands.state import held_meeting, not_closed, note_change
from brobygget.circles.models import Circle, Meeting, Step
from brobygget.house.commands.refused import Refused

USUAL_PEOPLE = 8


@transaction.atomic
def plan_meeting(
    *,
    circle: Circle,
    starts_at: datetime,
    planned_minutes: int = 135,
    place: str = "",
    wall_question: str = "",
    people: int | None = None,
    steps: Iterable[plans.PlannedStep] | None = None,
) -> Meeting:
    """The circle's next evening, with steps that fit it unless others are given."""
    held = Circle.objects.select_for_update().get(pk=circle.pk)
    if held.ended_on is not None:
        raise Refused(_("This circle has ended. Start a new one to meet again."), status=409)
    number = (held.meetings.aggregate(last=Max("number"))["last"] or 0) + 1
    meeting = Meeting.objects.create(
        circle=held,
        number=number,
        starts_at=starts_at,
        planned_minutes=planned_minutes,
        place=place,
        wall_question=wall_question,
    )
    if steps is None:
        expected = people or max(held.memberships.count(), USUAL_PEOPLE if number == 1 else 1)
        evening = plans.first_evening if number == 1 else plans.later_evening
        steps = evening(people=expected, minutes=planned_minutes)
    Step.objects.bulk_create(
        Step(meeting=meeting, kind=step.kind, position=place_in_order, planned_minutes=step.minutes)
        for place_in_order, step in enumerate(steps, start=1)
    )
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting, *, starts_at: datetime, planned_minutes: int, place: str, wall_question: str
) -> Meeting:
    """Another time, another place, another question on the wall."""
    held = not_closed(held_meeting(meeting.pk))
    held.starts_at, held.planned_minutes = starts_at, planned_minutes
    held.place, held.wall_question = place, wall_question
    held.save(update_fields=["starts_at", "planned_minutes", "place", "wall_question"])
    note_change(held)
    return held


@transaction.atomic
def open_meeting(meeting: Meeting, *, at: datetime) -> Meeting:
    """Begin the evening with its first step. Pressed twice, it has begun once."""
    held = not_closed(held_meeting(meeting.pk))
    if held.opened_at is not None:
        return held
    if held.circle.meetings.filter(opened_at__isnull=False, closed_at=None).exists():
        raise Refused(_("Another meeting of this circle is open. Close it first."), status=409)
    first = held.steps.first()
    if first is None:
        raise Refused(_("This meeting has no parts yet. Add at least one."))
    held.opened_at = at
    held.save(update_fields=["opened_at"])
    first.began_at, first.ended_at = at, None
    first.save(update_fields=["began_at", "ended_at"])
    note_change(held)
    return held
