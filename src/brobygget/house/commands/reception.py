"""Counting who comes, without registering anybody."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from brobygget.house.models import DayCount, House


@transaction.atomic
def count_visits(*, house: House, day: date, adults: int = 0, children: int = 0) -> DayCount:
    """Add to a day's count; a negative number takes back, never below nothing."""
    DayCount.objects.get_or_create(house=house, day=day)
    DayCount.objects.filter(house=house, day=day).update(
        adults=Greatest(F("adults") + adults, 0), children=Greatest(F("children") + children, 0)
    )
    return DayCount.objects.get(house=house, day=day)
