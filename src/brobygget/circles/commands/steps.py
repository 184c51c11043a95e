"""The parts of the evening: go on, move, shorten, lengthen, add, take away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from brobygget.circles import plans
from brobygget.circles.commands.state import going_on, held_meeting, not_closed, note_change
from brobygget.circles.models import Meeting, Step, Turn
from brobygget.house.commands.refused import Refused


@transaction.atomic
def begin_step(step: Step, *, at: datetime) -> Step:
    """Everybody goes on to this part; the one before it ends. Pressed twice, it has begun once."""
    meeting = going_on(held_meeting(step.meeting_id))
    step = _step_of(meeting, step)
    if step.is_now:
        return step
    for now in meeting.steps.filter(began_at__isnull=False, ended_at=None):
        end_turns(now, at=at)
        now.ended_at = at
        now.save(update_fields=["ended_at"])
    # Coming back to an earlier part goes on with it; it keeps the time when it first began.
    step.began_at, step.ended_at = step.began_at or at, None
    step.save(update_fields=["began_at", "ended_at"])
    note_change(meeting)
    return step


def end_turns(step: Step, *, at: datetime) -> None:
    """Whoever speaks in this step has finished."""
    Turn.objects.filter(round__step=step, began_at__isnull=False, ended_at=None).update(ended_at=at)


@transaction.atomic
def move_step(step: Step, *, earlier: bool) -> Step:
    """Change places with the part before or after; what has begun stays where it is."""
    meeting = not_closed(held_meeting(step.meeting_id))
    step = _ahead(_step_of(meeting, step))
    ahead = meeting.steps.filter(began_at=None)
    if earlier:
        other = ahead.filter(position__lt=step.position).order_by("-position").first()
    else:
        other = ahead.filter(position__gt=step.position).order_by("position").first()
    if other is None:
        return step
    step.position, other.position = other.position, step.position
    Step.objects.bulk_update([step, other], ["position"])
    note_change(meeting)
    return step


@transaction.atomic
def change_length(step: Step, *, minutes: int) -> Step:
    """Give a part more time or less; also one that has begun."""
    meeting = not_closed(held_meeting(step.meeting_id))
    step = _step_of(meeting, step)
    if not plans.SHORTEST_STEP <= minutes <= plans.LONGEST_STEP:
        raise Refused(
            _("A part can be between %(shortest)s and %(longest)s minutes long.")
            % {"shortest": plans.SHORTEST_STEP, "longest": plans.LONGEST_STEP}
        )
    if step.planned_minutes != minutes:
        step.planned_minutes = minutes
        step.save(update_fields=["planned_minutes"])
        note_change(meeting)
    return step


@transaction.atomic
def add_step(meeting: Meeting, *, kind: str, minutes: int) -> Step:
    """One more part, last but before the next meeting is set."""
    held = not_closed(held_meeting(meeting.pk))
    if not plans.SHORTEST_STEP <= minutes <= plans.LONGEST_STEP:
        raise Refused(
            _("A part can be between %(shortest)s and %(longest)s minutes long.")
            % {"shortest": plans.SHORTEST_STEP, "longest": plans.LONGEST_STEP}
        )
    last = held.steps.aggregate(last=Max("position"))["last"] or 0
    end = held.steps.filter(kind=Step.Kind.NEXT, position=last, began_at=None).first()
    step = Step(meeting=held, kind=kind, position=last + 1, planned_minutes=minutes)
    if end is not None and kind != Step.Kind.NEXT:
        step.position, end.position = last, last + 1
        end.save(update_fields=["position"])
    step.save()
    note_change(held)
    return step


@transaction.atomic
def remove_step(step: Step) -> None:
    """Take a part out of the evening; the next meeting can have it instead."""
    meeting = not_closed(held_meeting(step.meeting_id))
    found = meeting.steps.filter(pk=step.pk).first()
    if found is None:
        return
    _ahead(found).delete()
    note_change(meeting)


def _step_of(meeting: Meeting, step: Step) -> Step:
    found = meeting.steps.filter(pk=step.pk).first()
    if found is None:
        raise Refused(_("This part is no longer in the evening."), status=409)
    return found


def _ahead(step: Step) -> Step:
    if step.began_at is not None:
        raise Refused(_("This part has already begun. It can be made longer or shorter."), status=409)
    return step
