"""Next meeting: times to choose from, a decision, and closing, which cannot be done without an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from brobygget.circles.commands.circle_state import going_circle
from brobygget.circles.commands.companions import forget_ended
from brobygget.circles.commands.meetings import plan_meeting
from brobygget.circles.commands.state import going_on, held_meeting, not_closed, note_change
from brobygget.circles.commands.steps import end_turns
from brobygget.circles.commands.table_guests import put_away
from brobygget.circles.models import Circle, DateAnswer, DateOption, Meeting, Membership, TablePlan
from brobygget.circles.queries import next_meeting as times
from brobygget.house.commands.refused import Refused
from brobygget.people.forms import has_a_letter

FARTHEST = timedelta(days=400)
MOST_OPTIONS = 8


def _must_be_ahead(starts_at: datetime, *, at: datetime, after: Meeting | None) -> None:
    if starts_at <= at or (after is not None and starts_at <= after.starts_at):
        raise Refused(_("That time has already been. Choose a later one."))
    if starts_at > at + FARTHEST:
        raise Refused(_("That is more than a year away. Look at the year once more."))


@transaction.atomic
def propose_time(*, meeting: Meeting, starts_at: datetime, place: str, at: datetime) -> DateOption:
    """One more time to choose from; for the leader."""
    held = not_closed(held_meeting(meeting.pk))
    going_circle(held.circle)
    _must_be_ahead(starts_at, at=at, after=held)
    if held.date_options.filter(starts_at=starts_at).exists():
        raise Refused(_("That time is already on the list."))
    if held.date_options.count() >= MOST_OPTIONS:
        raise Refused(_("There are %(most)d times already. Take one away first.") % {"most": MOST_OPTIONS})
    option = DateOption.objects.create(meeting=held, starts_at=starts_at, place=place)
    note_change(held)
    return option


@transaction.atomic
def withdraw_time(*, option: DateOption) -> None:
    """A time that is no longer possible; for the leader."""
    held = not_closed(held_meeting(option.meeting_id))
    DateOption.objects.filter(pk=option.pk).delete()
    note_change(held)


@transaction.atomic
def choose_times(*, meeting: Meeting, membership: Membership, options: Iterable[int]) -> None:
    """The times that somebody can come; a new answer replaces the earlier one."""
    held = not_closed(held_meeting(meeting.pk))
    wished = set(options)
    known = set(held.date_options.values_list("pk", flat=True))
    if membership.circle_id != held.circle_id or wished - known:
        raise Refused(
            _("One of the times has been taken away. Look at the list and choose again."), status=409
        )
    earlier = DateAnswer.objects.filter(option__meeting=held, membership=membership)
    earlier.exclude(option_id__in=wished).delete()
    kept = set(earlier.values_list("option_id", flat=True))
    DateAnswer.objects.bulk_create(
        [DateAnswer(option_id=pk, membership=membership) for pk in sorted(wished - kept)],
        ignore_conflicts=True,
    )
    note_change(held)


@transaction.atomic
def decide_next_meeting(
    *,
    meeting: Meeting,
    starts_at: datetime,
    place: str,
    at: datetime,
    planned_minutes: int | None = None,
) -> Meeting:
    """The circle meets again at this time; another decision moves the same meeting."""
    held = not_closed(held_meeting(meeting.pk))
    going_circle(held.circle)
    following = times.meeting_after(held)
    if following is None:
        _must_be_ahead(starts_at, at=at, after=held)
        following = plan_meeting(
            circle=held.circle,
            starts_at=starts_at,
            place=place,
            planned_minutes=planned_minutes or held.planned_minutes,
        )
        note_change(held)
        return following
    return move_meeting(
        meeting=following, starts_at=starts_at, place=place, at=at, planned_minutes=planned_minutes
    )


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, starts_at: datetime, place: str, at: datetime, planned_minutes: int | None = None
) -> Meeting:
    """Another time or place for a meeting that has not begun; calendars see the change."""
    held = not_closed(held_meeting(meeting.pk))
    going_circle(held.circle)
    if held.opened_at is not None:
        raise Refused(_("This meeting has begun, so its time stays."), status=409)
    before = held.circle.meetings.filter(number__lt=held.number).order_by("-number").first()
    _must_be_ahead(starts_at, at=at, after=before)
    held.starts_at, held.place = starts_at, place
    held.planned_minutes = planned_minutes or held.planned_minutes
    held.save(update_fields=["starts_at", "place", "planned_minutes"])
    note_change(held)
    if before is not None and before.is_open:
        note_change(before)
    return held


@transaction.atomic
def close_meeting(*, meeting: Meeting, at: datetime, on: date, ending: str = "") -> Meeting:
    """End the evening, when the next one has a time or the circle has a named ending: one of them, always.

    This is the only place that closes a meeting. With an ending the circle ends, and a next meeting that was
    already planned is taken away.
    """
    held = going_on(held_meeting(meeting.pk))
    circle = going_circle(held.circle)
    following = times.meeting_after(held)
    if ending:
        if not has_a_letter(ending):
            raise Refused(_("Name the ending in words, so that everybody understands it."))
        if following is not None:
            following.delete()
        Circle.objects.filter(pk=circle.pk).update(ended_on=on, ending=ending)
        forget_ended(circle)
    elif following is None or following.starts_at <= at:
        raise Refused(_("Before you close: when do you meet again? Set a time, or name the ending."))
    _end_what_goes_on(held, at)
    for tables in TablePlan.objects.filter(meeting=held):
        put_away(tables, at=at)
    held.closed_at = at
    held.save(update_fields=["closed_at"])
    note_change(held)
    return held


def _end_what_goes_on(meeting: Meeting, at: datetime) -> None:
    for step in meeting.steps.filter(began_at__isnull=False, ended_at=None):
        end_turns(step, at=at)
        step.ended_at = at
        step.save(update_fields=["ended_at"])


def renew_time_link(*, circle: Circle) -> Circle:
    """Close the old "what time?" link and make a new one; for the leader."""
    Circle.objects.filter(pk=circle.pk).update(time_link=F("time_link") + 1)
    circle.refresh_from_db(fields=["time_link"])
    return circle
