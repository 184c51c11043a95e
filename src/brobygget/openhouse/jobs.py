"""What no page waits for: mails that go, and calls from the waiting list whose time passes."""

from __future__ import annotations

from django.conf import settings

from brobygget.house.models import House
from brobygget.openhouse.commands.sending import send_due_mails
from brobygget.openhouse.commands.waiting import pass_late_calls
from brobygget.openhouse.models import AppointmentPlan
from brobygget.web import clock


def tell_associations() -> int:
    """The next mails of every house, by its own clock; how many went."""
    now = clock.read()
    return sum(
        send_due_mails(house, address=settings.ADDRESS, at=now + house.clock_offset)
        for house in House.objects.order_by("pk")
    )


def call_the_next() -> int:
    """Every call that was not answered in time goes on to the next in line; how many."""
    now = clock.read()
    return sum(
        pass_late_calls(house.pk, at=now + house.clock_offset) for house in House.objects.order_by("pk")
    )


def make_timetables() -> int:
    """Every timetable of meetings that takes longer than somebody should wait; how many."""
    if not AppointmentPlan.objects.exclude(asked_at=None).exists():
        return 0
    # Not before: a worker that has nothing to arrange needs no solver.
    from brobygget.openhouse.commands.appointments import make_asked_timetables

    now = clock.read()
    return sum(
        make_asked_timetables(house, at=now + house.clock_offset) for house in House.objects.order_by("pk")
    )
