"""Counting who comes, without registering anybody."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from brobygget.house.commands.refused import Refused
from brobygget.house.models import DayCount, House

KEPT_DAYS = 7  # how long a phone may keep presses before they are counted


def refuse_other_days(day: date, *, today: date) -> None:
    """A press belongs to the day it was made: today, or a few days ago on a phone without a network."""
    if day > today:
        raise Refused(_("That day has not come yet. Look at the clock of the phone."))
    if day < today - timedelta(days=KEPT_DAYS):
        raise Refused(
            _("That day is more than a week ago. Write the number on paper and tell the coordinator.")
        )


@transaction.atomic
def count_visits(*, house: House, day: date, adults: int = 0, children: int = 0) -> DayCount:
    """Add to a day's count; a negative number takes back, never below nothing."""
    DayCount.objects.get_or_create(house=house, day=day)
    DayCount.objects.filter(house=house, day=day).update(
        adults=Greatest(F("adults") + adults, 0), children=Greatest(F("children") + children, 0)
    )
    return DayCount.objects.get(house=house, day=day)
