"""Who may do what with an open house, and when."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from brobygget.associations.rules import KEEPS
from brobygget.house.rules import RECEIVES
from brobygget.openhouse.models import OpenHouse

PLANS = ("leader", "coordinator")  # a leader: what the own circle shapes; see queries/events.py
INVITES = KEEPS  # who may read how an association is reached
WORKS_WITH = ("leader", "coordinator", "associations")
LATEST = timedelta(days=2 * 365)
LINK_LASTS_AFTER = timedelta(days=30)  # the day
NUDGE_AFTER = timedelta(days=7)
NUDGES = 2
ONE_MAIL_EACH = timedelta(hours=24)
SMALL = 50  # members; such an association should not end at the back of a hall
LONGEST_HALL = 3_000  # dm
MOST_TABLES = 300
MOST_CIRCUIT_WATTS = 43_000  # three phases of 63 A
AISLE = 12  # dm between two rows of tables, so that a wheelchair gets through
MOST_WATTS = 11_000  # three phases of 16 A; more is an electrician's matter
BOOKS = RECEIVES  # who may book a seat for somebody who stands before them
MOST_SEATS = 4  # in one booking: a family, or some friends
MOST_BOOKINGS = 5  # of one phone in one day, so that there is something left for others
MOST_CAPACITY = 500
OLDEST = 120
MOST_HOSTS = 30
BOOKINGS_KEPT_DAYS = 7  # after the day; then only how many
HOSTS_KEPT_DAYS = 30  # after the day: who hosted when


def is_open_for_answers(openhouse: OpenHouse, *, at: datetime) -> bool:
    """Until the doors close on the day; after the last day of registration an answer is late, not lost."""
    return openhouse.called_off_on is None and at < openhouse.ends_at


def is_late(openhouse: OpenHouse, *, on: date) -> bool:
    """Whether registration has closed."""
    return on > openhouse.closes_on


def is_late_at(openhouse: OpenHouse, *, at: datetime) -> bool:
    """Whether registration had closed at a moment, by the clock in Sweden."""
    return is_late(openhouse, on=timezone.localdate(at))


def link_works(openhouse: OpenHouse, *, on: date) -> bool:
    """An association's link opens its page until a month after the day."""
    return on <= openhouse.day + LINK_LASTS_AFTER


def published() -> Q:
    """What everybody may read."""
    return Q(published_on__isnull=False)
