"""Who may do what with an open house, and when."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from brobygget.associations.rules import KEEPS
from brobygget.house.rules import RECEIVES
from brobygget.openhouse.models import AppointmentPlan, OpenHouse

PLANS = ("leader", "coordinator")  # a leader: what the own circle shapes; see queries/events.py
INVITES = KEEPS  # who may read how an association is reached
WORKS_WITH = ("leader", "coordinator", "associations")
LATEST = timedelta(days=2 * 365)
LINK_LASTS_AFTER = timedelta(days=30)  # the day
NUDGE_AFTER = timedelta(days=7)
NUDGES = 2
ONE_MAIL_EACH = timedelta(hours=24)
MAIL_TAKES = timedelta(minutes=15)  # a mail that has not gone by then is no way to reach anybody
CALLS_BEFORE = timedelta(days=1)  # from then on a free place is told by telephone, whatever mails go
SMALL = 50  # members; such an association should not end at the back of a hall
LONGEST_HALL = 3_000  # dm
MOST_TABLES = 300
MOST_CIRCUIT_WATTS = 43_000  # three phases of 63 A
ENTERS_WISHES = ("reception", "leader", "coordinator")  # who enters a visitor's slip of wishes
MOST_WISHES = 5_000  # phones and slips; nobody can fill the hall from one
MEETINGS_KEPT_DAYS = 2  # after the day: who wished what, and who met whom
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
WARN_AT = 0.9  # of the most that may be inside
PRESSES_KEPT = timedelta(days=7)  # on a phone without a network
FEWEST_FACES = 5  # presses below which a sum is not shown
HANDS_KEPT_DAYS = 90  # after the day: who wanted to try; then only how many
FEWEST_HANDS = 5  # people below which a sum is not shown
MOST_VISITORS = 5_000  # who raise a hand; nobody can fill the lists from one phone
STAMPS = 5  # on a stamp card, at least
ZONES = 3  # halls from which they come, at least, where there are so many
MOST_STAMPS = 200  # on one card; there is no room for more in what a phone keeps
CARDS_KEPT_DAYS = 2  # after the day: that there was a card, and its number
AROUND_THE_DAY = timedelta(hours=1)  # before the doors open and after they close, for stamps
MOST_CARDS = 5_000  # handed in; nobody can fill the box from one phone
FEWEST_CARDS = 5  # below which a sum of cards is not shown
MOST_PRIZES = 20


def warns_at(most: int) -> int:
    """From how many inside the door is told that it is soon full: 135 of 150."""
    return max(int(most * WARN_AT), 1)


def door_is_watched(openhouse: OpenHouse, *, on: date) -> bool:
    """The addresses of the door work until phones have sent what they had kept."""
    return openhouse.called_off_on is None and on <= openhouse.day + PRESSES_KEPT


def is_open_for_answers(openhouse: OpenHouse, *, at: datetime) -> bool:
    """Until the doors close on the day; after the last day of registration an answer is late, not lost."""
    return openhouse.called_off_on is None and at < openhouse.ends_at


def is_late(openhouse: OpenHouse, *, on: date) -> bool:
    """Whether registration has closed."""
    return on > openhouse.closes_on


def is_late_at(openhouse: OpenHouse, *, at: datetime) -> bool:
    """Whether registration had closed at a moment, by the clock in Sweden."""
    return is_late(openhouse, on=timezone.localdate(at))


def may_raise_hand(openhouse: OpenHouse, *, at: datetime) -> bool:
    """On the day itself, on a phone or at a stand."""
    return openhouse.called_off_on is None and timezone.localdate(at) == openhouse.day


def may_write_in_slips(openhouse: OpenHouse, *, on: date) -> bool:
    """What was written on paper is typed in from the day on, as long as the associations' links work."""
    return openhouse.called_off_on is None and openhouse.day <= on <= openhouse.day + LINK_LASTS_AFTER


def link_works(openhouse: OpenHouse, *, on: date) -> bool:
    """An association's link opens its page until a month after the day."""
    return on <= openhouse.day + LINK_LASTS_AFTER


def published() -> Q:
    """What everybody may read."""
    return Q(published_on__isnull=False)


def zones_needed(halls: int) -> int:
    """From how many halls a full card has stamps; a house with one hall asks for none."""
    return min(ZONES, halls)


def is_full_card(*, stamps: int, zones: int, halls: int) -> bool:
    """At least five stamps, from at least three halls where there are three."""
    return stamps >= STAMPS and zones >= zones_needed(halls)


def stamps_now(openhouse: OpenHouse, *, at: datetime) -> bool:
    """Stamps are given, and cards handed in, while the doors are open, and a little before and after."""
    if openhouse.called_off_on is not None or openhouse.published_on is None:
        return False
    return openhouse.starts_at - AROUND_THE_DAY <= at < openhouse.ends_at + AROUND_THE_DAY


def takes_kept_stamps(openhouse: OpenHouse, *, at: datetime) -> bool:
    """A press that a phone had kept is taken for two days more, whatever the phone's clock says."""
    late = timezone.localdate(at) <= openhouse.day + timedelta(days=CARDS_KEPT_DAYS)
    return stamps_now(openhouse, at=at) or (
        openhouse.called_off_on is None and at >= openhouse.starts_at - AROUND_THE_DAY and late
    )


def may_wish(plan: AppointmentPlan, *, at: datetime) -> bool:
    """Visitors choose and change until the time that was set, and never after they were told."""
    return plan.openhouse.called_off_on is None and plan.told_at is None and at < plan.closes_at


def may_arrange(plan: AppointmentPlan, *, at: datetime) -> bool:
    """A timetable is made when nobody can choose any more, and until the doors close."""
    return plan.closes_at <= at < plan.openhouse.ends_at and plan.openhouse.called_off_on is None


def is_gone(openhouse: OpenHouse, *, at: datetime) -> bool:
    """The day has been, or does not take place."""
    return openhouse.called_off_on is not None or at >= openhouse.ends_at
