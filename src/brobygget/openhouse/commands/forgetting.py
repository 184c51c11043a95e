"""What an open house forgets by itself: earlier words, who was written to, sat where, booked, hosted, met whom and wanted to try."""

from __future__ import annotations

from datetime import datetime, timedelta

from brobygget.openhouse.commands.appointments import forget_meetings_gone
from brobygget.openhouse.commands.booking import forget_bookings
from brobygget.openhouse.commands.gatherings import forget_days_gone
from brobygget.openhouse.commands.hands import forget_hands
from brobygget.openhouse.commands.language_hosts import forget_hosts
from brobygget.openhouse.commands.stamps import forget_stamp_cards
from brobygget.openhouse.models import AnswerChange, Briefing, Sending
from brobygget.openhouse.rules import LINK_LASTS_AFTER

EARLIER_DAYS = 400  # a year, and time to look back; as in the register of associations


def forget_what_is_old(*, house_id: int, at: datetime) -> None:
    """Remove what has had its time."""
    long_ago = at - timedelta(days=EARLIER_DAYS)
    AnswerChange.objects.filter(answer__invitation__openhouse__house_id=house_id, at__lt=long_ago).delete()
    Sending.objects.filter(invitation__openhouse__house_id=house_id, queued_at__lt=long_ago).delete()
    # Whom to ask is somebody's name and number: it goes when the associations' links do.
    gone = (at - LINK_LASTS_AFTER).date()
    Briefing.objects.filter(openhouse__house_id=house_id, openhouse__day__lt=gone).delete()
    forget_days_gone(house_id=house_id, at=at)
    forget_meetings_gone(house_id=house_id, at=at)
    forget_bookings(house_id=house_id, at=at)
    forget_hands(house_id=house_id, at=at)
    forget_hosts(house_id=house_id, at=at)
    forget_stamp_cards(house_id=house_id, at=at)
