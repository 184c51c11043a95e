"""The one row that the leader's phone, the wall and every participant's phone follow."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from brobygget.circles.models import Meeting
from brobygget.house.commands.refused import Refused


def held_meeting(pk: int) -> Meeting:
    """The meeting as it is now; on PostgreSQL nobody else changes it before this transaction ends."""
    # SQLite has one writer at a time, from the first line of the transaction.
    return Meeting.objects.select_for_update().get(pk=pk)


def not_closed(meeting: Meeting) -> Meeting:
    """The same meeting, refused when it is over."""
    if meeting.closed_at is not None:
        raise Refused(_("This meeting is closed. What you did before is saved."), status=409)
    return meeting


def going_on(meeting: Meeting) -> Meeting:
    """The same meeting, refused when it is over or has not begun."""
    not_closed(meeting)
    if meeting.opened_at is None:
        raise Refused(_("The meeting has not begun yet."), status=409)
    return meeting


def note_change(meeting: Meeting) -> None:
    """Let every screen fetch what is new; call it in the transaction of the change."""
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1)
    meeting.refresh_from_db(fields=["version"])
