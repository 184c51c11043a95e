"""Attendance: the leader notes who is here. Who is not here has no row and no reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from brobygget.circles.commands.circle_state import going_circle
from brobygget.circles.commands.state import held_meeting, note_change
from brobygget.circles.models import Attendance, Meeting, Membership
from brobygget.house.commands.refused import Refused


@transaction.atomic
def note_here(*, meeting: Meeting, membership: Membership, is_here: bool, at: datetime) -> None:
    """Somebody is here, or was noted by mistake. The list may be put right until the circle has ended."""
    held = held_meeting(meeting.pk)
    going_circle(held.circle)
    if membership.circle_id != held.circle_id:
        raise Refused(_("That choice is not on this page. Open the page again and tap once more."))
    if held.opened_at is None and at < held.starts_at:
        raise Refused(_("The meeting has not begun yet."), status=409)
    if is_here:
        Attendance.objects.get_or_create(meeting=held, membership=membership)
    else:
        Attendance.objects.filter(meeting=held, membership=membership).delete()
    note_change(held)


@transaction.atomic
def note_everybody_here(*, meeting: Meeting, at: datetime) -> None:
    """All chairs are taken; whoever is missing is then tapped away."""
    for membership in meeting.circle.memberships.order_by("seat"):
        note_here(meeting=meeting, membership=membership, is_here=True, at=at)
