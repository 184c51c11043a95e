"""Meetings by appointment hold no word of anybody's: pictures, times and numbers. That they name nobody is the point.

Who sees which number is asked in tests/openhouse/test_wishes.py, and of every address in `doors_appointments.py`.
"""

from __future__ import annotations

PUBLIC: set[str] = set()
BY_LINK: dict[str, set[str]] = {}
READERS: dict[str, frozenset[str]] = {}
NO_WORDS = {
    "openhouse.AppointmentHost.away": "times",
    "openhouse.AppointmentHost.cause": "a code",
    "openhouse.VisitWish.cause": "a code",
    "openhouse.VisitWish.would_help": "numbers of rows",
    "openhouse.WishedInterest.interest": "the id of an interest",
    "openhouse.Appointment.interest": "the id of an interest",
}
