"""How long an association has to answer when a place becomes free: days when there are weeks left, an hour on the day."""

from __future__ import annotations

from datetime import datetime, timedelta

from brobygget.web.moments import SWEDEN

LEFT_AND_LENGTH = (
    (timedelta(days=14), timedelta(days=3)),
    (timedelta(days=3), timedelta(hours=24)),
    (timedelta(hours=12), timedelta(hours=6)),
)
AT_LEAST = timedelta(minutes=30)
MORNING, EVENING = 9, 21
NOON = 12


def answer_by(*, at: datetime, starts_at: datetime) -> datetime:
    """Until when, from the moment they are told. Nobody has to answer at night, or after the doors have opened."""
    left = starts_at - at
    length = next((length for least, length in LEFT_AND_LENGTH if left > least), timedelta(hours=1))
    by = _in_the_daytime(at + length) if left > LEFT_AND_LENGTH[-1][0] else at + length
    return max(min(by, starts_at), at + AT_LEAST)


def _in_the_daytime(moment: datetime) -> datetime:
    there = moment.astimezone(SWEDEN)
    if MORNING <= there.hour < EVENING:
        return moment
    day = there.date() + timedelta(days=there.hour >= EVENING)
    return datetime(day.year, day.month, day.day, NOON, tzinfo=SWEDEN)
