"""What an open house forgets by itself: earlier words, that somebody was written to, who sat where, booked and hosted."""

from __future__ import annotations

from datetime import datetime, timedelta

from brobygget.openhouse.commands.booking import forget_bookings
from brobygget.openhouse.commands.gatherings import forget_days_gone
from brobygget.openhouse.commands.hosting import forget_hosts
from brobygget.openhouse.models import AnswerChange, Sending

EARLIER_DAYS = 400  # a year, and time to look back; as in the register of associations


def forget_what_is_old(*, house_id: int, at: datetime) -> None:
    """Remove what has had its time."""
    long_ago = at - timedelta(days=EARLIER_DAYS)
    AnswerChange.objects.filter(answer__invitation__openhouse__house_id=house_id, at__lt=long_ago).delete()
    Sending.objects.filter(invitation__openhouse__house_id=house_id, queued_at__lt=long_ago).delete()
    forget_days_gone(house_id=house_id, at=at)
    forget_bookings(house_id=house_id, at=at)
    forget_hosts(house_id=house_id, at=at)
